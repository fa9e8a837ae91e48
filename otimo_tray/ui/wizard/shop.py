"""How the shop works: what the program can't find out by itself, each with a safe answer chosen already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.settings import FirstOrders
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, label
from otimo_tray.ui.settings.fields import Field
from otimo_tray.ui.settings.options import get, put, sections
from otimo_tray.ui.wizard.step import Step

ASKED = (
    "first_orders",
    "shop.booking",
    "shop.balance_is_net",
    "shop.cnpjs",
    "shop.time_zone",
    "shop.support_contact",
)
"""Settings that are asked here; the same declarations as on the settings page."""


class ShopStep(Step):
    """Orders of the first time, how the ERP books, whose invoices."""

    key = "shop"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Como a loja trabalha"),
            self.tr("Na dúvida, deixe como está: nada é enviado nem importado sem você confirmar."),
        )
        self.fields: dict[str, Field] = {}
        options = {option.path: option for section in sections() for option in section.options}
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setVerticalSpacing(12)
        for path in ASKED:
            field = Field(options[path], self._check)
            self.fields[path] = field
            title = label("" if options[path].kind == "switch" else options[path].title)
            title.setBuddy(field.box)
            form.addRow(title, field)
        self.said = label(wrap=True, tone=Tone.BAD)
        self.body.addLayout(form)
        self.body.addWidget(self.said)
        self.body.addStretch(1)

    def enter(self) -> None:
        """Show what is kept."""
        kept = self.bench.desk.settings()
        for path, field in self.fields.items():
            field.show_value(get(kept, path))
        self.fields[ASKED[0]].box.setFocus()

    def leave(self) -> None:
        """Keep the answers."""
        desk = self.bench.desk
        settings = desk.settings()
        for path, field in self.fields.items():
            settings = put(settings, path, field.value())
        if settings == desk.settings():
            return

        def save() -> None:
            desk.save_settings(settings)
            self._answer_waiting(settings.first_orders)

        self.bench.work.save(self, save, None, lambda error: self._failed(desk.error_sentence(error)))

    def _answer_waiting(self, choice: FirstOrders) -> None:
        """In a worker: the answer is for the orders, too, that were found while the ERP's page was shown."""
        if choice != "ask":
            desk = self.bench.desk
            waiting = [row.order.hub_id for row in desk.storage.orders.by_stage((OrderStage.FIRST_RUN,))]
            if waiting:
                desk.decide_first_orders(waiting, choice)

    def _failed(self, text: str) -> None:
        if isinstance(self.said, ToneLabel):
            self.said.setText(f"▲ {text}")

    def _check(self) -> None:
        self.set_ready(not any(field.reason for field in self.fields.values()))
