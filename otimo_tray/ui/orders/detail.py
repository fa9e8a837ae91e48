"""Everything about one order: what it is, what is in it, what happened to it, and what can be done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from otimo_tray.domain.desks import Act
from otimo_tray.domain.orders import OrderStage
from otimo_tray.store.readmodels.orders import Detail, EventRow, InvoiceRow, ItemRow, TypedRow
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.ui.formats import date_time, decimal_text, money, number, parse_moment, raw_decimal
from otimo_tray.ui.look import MARGIN, Tone, fixed_font
from otimo_tray.ui.orders.words import stage_word
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.words.deeds import deed_text

R = TypeVar("R")


class OrderDetail(QWidget):
    """The pane at the right of the orders list.

    Signals:
        asked: what a person wants done with the order: first:import, first:in_erp, first:ignore, handled, retry.
        map_asked: a SKU whose De/Para is missing.
    """

    asked = Signal(str, str)
    map_asked = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.hub_id = ""
        self.setMinimumWidth(340)
        self.title = heading()
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble = label(wrap=True, tone=Tone.BAD)
        self.facts = QFormLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setVerticalSpacing(4)
        self.links = QVBoxLayout()
        self.links.setSpacing(4)
        self.import_ = button(self.tr("&Importar"), lambda: self._ask("first:import"), name="import")
        self.in_erp = button(self.tr("&Já está no ERP"), lambda: self._ask("first:in_erp"), name="in-erp")
        self.ignore = button(self.tr("I&gnorar"), lambda: self._ask("first:ignore"), name="ignore")
        self.handled = button(self.tr("Cancelamento &tratado"), lambda: self._ask("handled"), name="handled")
        self.retry = button(self.tr("&Tentar de novo"), lambda: self._ask("retry"), name="retry")
        self.open_hub = button(self.tr("Abrir no &Plugg.to"), self._open_hub, name="open-hub")
        self.diagnose = button(self.tr("Diagnóstico…"), lambda: self._ask("diagnose"), name="diagnose")
        self.items_model = _model(self, self._item_columns())
        self.events_model = _model(self, self._event_columns())
        self.invoices_model = _model(self, self._invoice_columns())
        self.codes_model = _model(self, self._code_columns())
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setAccessibleName(self.tr("Dados brutos"))
        self.raw.setFont(fixed_font())
        self.raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.parts = QTabWidget()
        self.parts.setDocumentMode(True)
        self.parts.addTab(Table(self.items_model, "order-items", bench.layout), self.tr("Itens"))
        self.parts.addTab(Table(self.events_model, "order-events", bench.layout), self.tr("Histórico"))
        self.parts.addTab(Table(self.invoices_model, "order-invoices", bench.layout), self.tr("Notas"))
        self.parts.addTab(Table(self.codes_model, "order-codes", bench.layout), self.tr("Rastreio"))
        self.parts.addTab(self.raw, self.tr("Dados brutos"))
        self._build()

    def _build(self) -> None:
        top = QWidget()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.title)
        inside.addWidget(self.trouble)
        inside.addLayout(self.links)
        inside.addLayout(
            row(self.import_, self.in_erp, self.ignore, self.handled, self.retry, None, self.diagnose, self.open_hub)
        )
        inside.addLayout(self.facts)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(area)
        split.addWidget(self.parts)
        split.setSizes([330, 260])
        split.setChildrenCollapsible(False)
        layout.addWidget(split)

    def show_order(self, detail: Detail, deeds: Sequence[Act] = ()) -> None:
        """Show an order; its history tells what happened to it and who did what."""
        order = detail.order
        self.hub_id = order.hub_id
        self.title.setText(self.tr("Pedido {number}").format(number=order.original_id or order.hub_id))
        desk = self._bench.desk
        said = desk.sentence(order.error_code, order.error_params) if order.error_code else ""
        if order.cancel_open:
            said = self.tr(
                "✖ Cancelado no canal depois de importado. Não despache; cancele no ERP e marque como tratado."
            )
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))
        self._show_links(detail)
        self._show_facts(detail)
        first = order.stage == OrderStage.FIRST_RUN
        for part in (self.import_, self.in_erp, self.ignore):
            part.setVisible(first)
        self.handled.setVisible(order.cancel_open)
        self.retry.setVisible(order.error_code is not None and not order.cancel_open and not first)
        self.items_model.set_rows(detail.items)
        told = [EventRow(stored(deed.at), deed.what, {"deed": deed}) for deed in deeds]
        self.events_model.set_rows(sorted([*detail.events, *told], key=lambda event: event.at))
        self.invoices_model.set_rows(detail.invoices)
        self.codes_model.set_rows(detail.codes)
        self.parts.setTabText(3, self.tr("Rastreio ({n})").format(n=len(detail.codes)))
        self.parts.setTabText(2, self.tr("Notas ({n})").format(n=len(detail.invoices)))
        answers = [
            detail.error_raw,
            *(entry.error_raw for entry in detail.invoices),
            *(row.raw for row in detail.codes),
        ]
        self.raw.setPlainText("\n\n".join(_indented(part) for part in (*answers, detail.raw) if part))

    def _show_links(self, detail: Detail) -> None:
        while (item := self.links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if detail.order.stage not in {OrderStage.SEEN, OrderStage.FIRST_RUN}:
            return
        for sku in dict.fromkeys(item.sku for item in detail.items if not item.erp_code):
            link = button(
                self.tr("Vincular {sku} no De/Para").format(sku=sku),
                lambda sku=sku: self.map_asked.emit(sku),
                name=f"map-{sku}",
            )
            line = QWidget()
            line.setLayout(row(link, None))
            self.links.addWidget(line)

    def _show_facts(self, detail: Detail) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        order, zone = detail.order, self._bench.zone()

        def time(text: str | None) -> str:
            moment = parse_moment(text)
            return "" if moment is None else date_time(moment, zone)

        for title, text in (
            (self.tr("Situação"), stage_word(order.stage)),
            (self.tr("No Plugg.to"), " · ".join(part for part in (order.hub_status, order.sub_status) if part)),
            (self.tr("Canal"), " · ".join(part for part in (order.channel, order.account) if part)),
            (self.tr("Comprador"), " · ".join(part for part in (order.buyer, order.document) if part)),
            (self.tr("Total"), money(raw_decimal(order.total))),
            (self.tr("Aprovado"), time(order.approved)),
            (self.tr("Despachar até"), time(order.expected_send)),
            (self.tr("No ERP como"), order.erp_ref or ""),
            (self.tr("Nota"), order.invoice_number),
            (self.tr("Chave"), order.invoice_key),
            (self.tr("Rastreio"), order.tracking_code),
            (self.tr("Id no Plugg.to"), order.hub_id),
        ):
            if text:
                shown = label(text, wrap=True, select=True)
                self.facts.addRow(label(title, tone=Tone.QUIET), shown)

    def _item_columns(self) -> list[Column[ItemRow]]:
        return [
            Column("sku", self.tr("SKU"), lambda row: row.sku, 16, code=True),
            Column("name", self.tr("Produto"), lambda row: row.name, 0, tip=lambda row: row.name),
            Column(
                "code", self.tr("Código no ERP"), lambda row: row.erp_code or self.tr("○ sem De/Para"), 14, code=True
            ),
            Column("quantity", self.tr("Qtd."), lambda row: number(row.quantity), 5, right=True),
            Column("price", self.tr("Preço"), lambda row: decimal_text(raw_decimal(row.price)), 9, right=True),
        ]

    def _event_columns(self) -> list[Column[EventRow]]:
        desk = self._bench.desk

        def time(row: EventRow) -> str:
            moment = parse_moment(row.at)
            return "" if moment is None else date_time(moment, self._bench.zone())

        def what(row: EventRow) -> str:
            deed = row.params.get("deed")
            return deed.author.label if isinstance(deed, Act) else desk.title(row.code, row.params)

        def more(row: EventRow) -> str:
            deed = row.params.get("deed")
            if isinstance(deed, Act):
                return deed_text(deed, desk.settings().shop.language, zone=self._bench.zone())
            return desk.say(row.code, row.params).text

        return [
            Column("at", self.tr("Quando"), time, 19, sort=lambda row: row.at),
            Column("what", self.tr("O quê"), what, 20),
            Column("more", self.tr("Detalhe"), more, 0, tip=more),
        ]

    def _invoice_columns(self) -> list[Column[InvoiceRow]]:
        states = {
            "waiting_authorisation": self.tr("○ aguardando autorização"),
            "proposed": self.tr("? a confirmar"),
            "matched": self.tr("→ a transmitir"),
            "sent": self.tr("→ transmitida"),
            "confirmed": self.tr("✓ confirmada"),
            "refused": self.tr("▲ recusada"),
            "cancelled": self.tr("– cancelada"),
        }
        return [
            Column("number", self.tr("Nota"), lambda row: row.number, 8, right=True, code=True),
            Column("state", self.tr("Situação"), lambda row: states.get(row.state, row.state), 22),
            Column("total", self.tr("Total"), lambda row: decimal_text(raw_decimal(row.total)), 10, right=True),
            Column("key", self.tr("Chave"), lambda row: row.key, 46, code=True),
        ]

    def _code_columns(self) -> list[Column[TypedRow]]:
        desk = self._bench.desk
        states = {
            "typed": self.tr("● digitado"),
            "sent": self.tr("→ transmitido"),
            "confirmed": self.tr("✓ confirmado"),
            "problem": self.tr("▲ com problema"),
            "replaced": self.tr("– substituído"),
        }

        def state(row: TypedRow) -> str:
            why = f": {desk.title(row.error_code, row.error_params)}" if row.error_code else ""
            return states.get(row.state, row.state) + why

        def typed(row: TypedRow) -> str:
            moment = parse_moment(row.typed_at)
            return "" if moment is None else date_time(moment, self._bench.zone())

        return [
            Column("volume", self.tr("Vol."), lambda row: number(row.volume), 5, right=True),
            Column("code", self.tr("Código"), lambda row: row.code, 18, code=True),
            Column("carrier", self.tr("Transportadora"), lambda row: f"{row.carrier} {row.method}".strip(), 16),
            Column("state", self.tr("Situação"), state, 0, tip=state),
            Column("typed", self.tr("Digitado"), typed, 19, sort=lambda row: row.typed_at),
        ]

    def _ask(self, what: str) -> None:
        self.asked.emit(self.hub_id, what)

    def _open_hub(self) -> None:
        template = self._bench.desk.settings().hub.panel_order_url
        encoded = bytes(QUrl.toPercentEncoding(self.hub_id).data()).decode("ascii")
        QDesktopServices.openUrl(QUrl(template.replace("{id}", encoded)))


def _model(parent: QWidget, columns: list[Column[R]]) -> RowsModel[R]:
    made: RowsModel[R] = RowsModel(columns, str)
    made.setParent(parent)
    return made


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
