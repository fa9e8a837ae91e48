"""Plans stopped by a guard: why, which values, and the two buttons."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from otimo_tray.sync.storage import HeldItem, HeldPlan
from otimo_tray.ui.formats import DASH, ago, decimal_text, number, quantity, raw_decimal
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import SearchField, button, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.words import phrase

ITEMS_SHOWN = 20_000


def _text(item: HeldItem) -> str:
    return item.sku


class HeldPane(QWidget):
    """One held plan at a time, with its values.

    Signals:
        decided: plan id, "release" or "discard", and the SKUs chosen (empty: all of it).
        sku_asked: a SKU whose numbers a person wants to see.
    """

    decided = Signal(int, str, list)
    sku_asked = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.plans: list[HeldPlan] = []
        self.choose = QComboBox()
        self.choose.setAccessibleName(self.tr("Envio aguardando liberação"))
        self.choose.currentIndexChanged.connect(self._read_items)
        self.why = label(wrap=True, tone=Tone.WARN)
        self.release = button(self.tr("&Liberar"), lambda: self._decide("release"), name="release")
        self.discard = button(self.tr("&Descartar"), lambda: self._decide("discard"), name="discard")
        self.model: RowsModel[HeldItem] = RowsModel(self._columns(), _text)
        self.model.setParent(self)
        self.model.run_sort = lambda op, done: bench.work.run(self, op, done)
        self.table = Table(self.model, "held-items", bench.layout)
        self.table.empty_text = lambda: self.tr(
            "Este envio não tem valores: foi a leitura inteira do ERP que ficou retida."
        )
        self.table.opened.connect(self._open)
        self.table.row_menu = self._row_menu
        self.search = SearchField(self.tr("Filtrar por SKU"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.table.selectionModel().selectionChanged.connect(self._name_buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.choose, self.search, None, self.discard, self.release, margin=MARGIN))
        laid = row(self.why, margin=MARGIN)
        layout.addLayout(laid)
        layout.addWidget(self.table, 1)

    def show_plans(self, plans: list[HeldPlan]) -> None:
        """Show these plans; the chosen one stays chosen."""
        before = self.choose.currentData()
        self.plans = plans
        self.choose.blockSignals(True)
        self.choose.clear()
        now = self._bench.desk.clock.now()
        for plan in plans:
            title = self._bench.desk.title(plan.guard, plan.params)
            items = self.tr("{n} valores").format(n=number(plan.items))
            self.choose.addItem(f"{title} · {items} · {ago(plan.created_at, now)}", plan.id)
        self.choose.setCurrentIndex(max(0, self.choose.findData(before)))
        self.choose.blockSignals(False)
        self.choose.setVisible(len(plans) > 0)
        self._read_items()

    def _plan(self) -> HeldPlan | None:
        place = self.choose.currentIndex()
        return self.plans[place] if 0 <= place < len(self.plans) else None

    def _read_items(self, *_: object) -> None:
        plan = self._plan()
        self.release.setEnabled(plan is not None)
        self.discard.setEnabled(plan is not None)
        if plan is None:
            self.why.clear()
            self.model.set_rows([])
            return
        self.why.setText(self._bench.desk.sentence(plan.guard, plan.params))
        held, plan_id = self._bench.desk.storage.held, plan.id

        def read() -> tuple[list[HeldItem], FoldedIndex[HeldItem]]:
            items = list(islice(held.items(plan_id), ITEMS_SHOWN))
            index: FoldedIndex[HeldItem] = FoldedIndex(_text)
            index.build(items)
            return items, index

        def show(found: tuple[list[HeldItem], FoldedIndex[HeldItem]]) -> None:
            now = self._plan()
            if now is not None and now.id == plan_id:  # another plan may have been chosen meanwhile
                self._show_items(found)

        self._bench.work.run(self, read, show)

    def _show_items(self, found: tuple[list[HeldItem], FoldedIndex[HeldItem]]) -> None:
        self.model.set_rows(*found)
        self._name_buttons()

    def _name_buttons(self, *_: object) -> None:
        chosen = len(self.table.selected_rows())
        part = 0 < chosen < len(self.model.rows)
        count = number(chosen if part else len(self.model.rows))
        self.release.setText(self.tr("&Liberar {n}").format(n=count) if part else self.tr("&Liberar tudo"))
        self.discard.setText(self.tr("&Descartar {n}").format(n=count) if part else self.tr("&Descartar tudo"))

    def _open(self, item: HeldItem) -> None:
        self.sku_asked.emit(item.sku)

    def _row_menu(self, menu: QMenu, items: list[HeldItem]) -> None:
        if len(items) == 1:
            sku = items[0].sku
            menu.addAction(self.tr("Por que este valor? (De/Para)")).triggered.connect(lambda: self.sku_asked.emit(sku))

    def _decide(self, what: str) -> None:
        plan = self._plan()
        if plan is None:
            return
        chosen = self.table.selected_rows()
        part = 0 < len(chosen) < len(self.model.rows)
        self.decided.emit(plan.id, what, sorted({item.sku for item in chosen}) if part else [])

    def _columns(self) -> list[Column[HeldItem]]:
        kinds = {"stock": self.tr("estoque"), "price": self.tr("preço")}

        def value(item: HeldItem, text: str | None) -> str:
            if text is None:
                return DASH
            if item.kind == "stock":
                return quantity(text)
            return decimal_text(raw_decimal(text.partition("/")[2] or text))

        def amount(item: HeldItem, text: str | None) -> float:
            found = raw_decimal((text or "").partition("/")[2] or text) if text else None
            return float(found) if found is not None else -1.0

        language = self._bench.desk.settings().shop.language

        def reason(item: HeldItem) -> str:
            return phrase(f"reason.{item.reason}", None, language)

        def change(item: HeldItem) -> str:
            before, after = amount(item, item.previous), amount(item, item.value)
            if item.previous is None or before <= 0:
                return self.tr("novo")
            return f"{(after - before) / before:+.0%}".replace("%", " %").replace("-", "\N{MINUS SIGN}")

        return [
            Column("sku", self.tr("SKU Plugg.to"), lambda item: item.sku, 0, code=True),
            Column("kind", self.tr("O quê"), lambda item: kinds[item.kind], 10),
            Column(
                "from",
                self.tr("No Plugg.to"),
                lambda item: value(item, item.previous),
                12,
                right=True,
                sort=lambda item: amount(item, item.previous),
            ),
            Column(
                "to",
                self.tr("Passa a"),
                lambda item: value(item, item.value),
                12,
                right=True,
                sort=lambda item: amount(item, item.value),
            ),
            Column("change", self.tr("Variação"), change, 10, right=True),
            Column("reason", self.tr("Motivo"), reason, 24, hidden=True),
        ]
