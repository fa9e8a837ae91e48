"""Invoices that belong to an order by CPF/CNPJ and total only: a person says yes or no."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from otimo_tray.store.readmodels.orders import Proposal
from otimo_tray.ui.formats import date_time, decimal_text, parse_moment, raw_decimal
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table


class Proposals(QWidget):
    """The list of proposals with its two buttons.

    Signals:
        confirmed: (key, hub id) pairs.
        refused: keys.
    """

    confirmed = Signal(list)
    refused = Signal(list)

    def __init__(self, bench: Bench) -> None:
        super().__init__()

        def issued(found: Proposal) -> str:
            text = found.issued or ""
            moment = parse_moment(text) if "T" in text else None
            return date_time(moment, bench.zone()) if moment is not None else "/".join(reversed(text.split("-")))

        columns: list[Column[Proposal]] = [
            Column("number", self.tr("Nota"), lambda found: f"{found.number}/{found.serie}", 10, right=True, code=True),
            Column("issued", self.tr("Emitida"), issued, 19, sort=lambda found: found.issued or ""),
            Column(
                "total", self.tr("Total da nota"), lambda found: decimal_text(raw_decimal(found.total)), 12, right=True
            ),
            Column("order", self.tr("Pedido"), lambda found: found.original_id or found.hub_id, 18, code=True),
            Column("channel", self.tr("Canal"), lambda found: found.channel, 13),
            Column("buyer", self.tr("Comprador"), lambda found: found.buyer, 0),
            Column("document", self.tr("CPF/CNPJ"), lambda found: found.document, 16, code=True),
            Column(
                "order_total",
                self.tr("Total do pedido"),
                lambda found: decimal_text(raw_decimal(found.order_total)),
                13,
                right=True,
            ),
        ]
        self.model: RowsModel[Proposal] = RowsModel(
            columns, lambda found: f"{found.number} {found.original_id} {found.buyer}"
        )
        self.model.setParent(self)
        self.table = Table(self.model, "proposals", bench.layout)
        self.table.empty_text = lambda: self.tr("Nenhuma nota a confirmar.")
        self.yes = button(self.tr("São &do pedido: transmitir"), self._confirm, name="confirm-invoices")
        self.no = button(self.tr("&Não são"), self._refuse, name="refuse-invoices")
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.model.shown_changed.connect(self._enable)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        why = label(
            self.tr("Estas notas combinam com um pedido só pelo CPF/CNPJ e pelo total. Confira antes de transmitir."),
            wrap=True,
            tone=Tone.QUIET,
        )
        bar = row(why, self.no, self.yes, margin=MARGIN)
        bar.setStretch(0, 1)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        self._enable()

    def _enable(self, *_: object) -> None:
        chosen = bool(self.table.selected_rows())
        self.yes.setEnabled(chosen)
        self.no.setEnabled(chosen)

    def _confirm(self) -> None:
        self.confirmed.emit([(found.key, found.hub_id) for found in self.table.selected_rows()])

    def _refuse(self) -> None:
        self.refused.emit([found.key for found in self.table.selected_rows()])
