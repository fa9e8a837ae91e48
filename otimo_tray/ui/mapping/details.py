"""Details of one SKU: why this number is the available one, what holds units of it, and what was sent when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, cast

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from otimo_tray.store.readmodels.mapping import AVAILABLE, NAME, SKU, MappingRow, SentRow
from otimo_tray.ui.formats import decimal_text, near_moment, number, quantity, raw_decimal
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.panel.spark import Spark
from otimo_tray.ui.parts import heading, label
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table

CHART = 24
"""Values shown in the chart."""


class SkuFacts(NamedTuple):
    """What a worker read about a SKU."""

    sku: str
    pending: list[tuple[str, str, str, dict[str, Any]]]
    sent: list[SentRow]
    orders: list[tuple[str, str, str, int]]


class SkuDetails(QWidget):
    """The pane at the right of the De/Para table."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._sku = ""
        self.setMinimumWidth(280)
        self.title, self.name = heading(), label(wrap=True, tone=Tone.QUIET)
        self.title.setWordWrap(True)
        self.why = QFormLayout()
        self.why.setContentsMargins(0, 0, 0, 0)
        self.spark = Spark(self._bar_words)
        self.sent_model: RowsModel[SentRow] = RowsModel(self._columns(), lambda row: row.value)
        self.sent_model.setParent(self)
        self.sent = Table(self.sent_model, "sent-values", bench.layout)
        self.sent.empty_text = lambda: self.tr("Nada foi enviado ainda para este SKU.")
        self._stock: list[SentRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        layout.setSpacing(8)
        for part in (self.title, self.name):
            layout.addWidget(part)
        layout.addLayout(self.why)
        self.caption = label(self.tr("Estoque enviado, do mais antigo ao mais novo"), tone=Tone.QUIET)
        layout.addWidget(self.caption)
        layout.addWidget(self.spark)
        layout.addWidget(label(self.tr("Envios"), tone=Tone.QUIET))
        layout.addWidget(self.sent, 1)

    def show_sku(self, row: MappingRow) -> None:
        """Show a SKU; what was read for another one meanwhile is thrown away."""
        self._sku = row[SKU]
        self.title.setText(row[SKU])
        self.name.setText(row[NAME])
        reader, sku = self._bench.desk.reader.mapping, row[SKU]
        self._bench.work.run(
            self,
            lambda: SkuFacts(sku, reader.pending(sku), reader.sent(sku), reader.commitments(sku)),
            lambda facts: self._show(facts, row),
        )

    def _show(self, facts: SkuFacts, row: MappingRow) -> None:
        if facts.sku != self._sku:
            return
        while self.why.rowCount():
            self.why.removeRow(0)
        basis = next((found for kind, _, _, found in facts.pending if kind == "stock"), None)
        if basis is None:
            basis = next((sent.basis for sent in facts.sent if sent.kind == "stock"), dict[str, Any]())
        for title, text in self._reasons(basis, facts.orders):
            self.why.addRow(label(title, tone=Tone.QUIET), _right(text))
        self.why.addRow(label(self.tr("Disponível")), _right(quantity(row[AVAILABLE]), bold=True))
        self._stock = [sent for sent in facts.sent if sent.kind == "stock"][:CHART][::-1]
        values = [int(raw_decimal(sent.value) or 0) for sent in self._stock]
        self.spark.set_values(values)
        self.spark.setVisible(len(values) > 1)
        self.caption.setVisible(len(values) > 1)
        self.sent_model.set_rows(facts.sent)

    def _reasons(self, basis: dict[str, Any], orders: list[tuple[str, str, str, int]]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        parts = cast("list[dict[str, Any]]", basis.get("components", []))
        for part in parts:
            code = f" {part['erp_code']}" if len(parts) > 1 else ""
            found.append((self.tr("Saldo no ERP") + code, quantity(str(part["balance"]))))
            if part["committed"]:
                found.append((self.tr("− reservado em pedidos") + code, number(int(part["committed"]))))
            if part["safety"]:
                found.append((self.tr("− estoque de segurança") + code, number(int(part["safety"]))))
            if part["units"] != 1:
                found.append((self.tr("÷ Qtd. por SKU") + code, number(int(part["units"]))))
        capped = basis.get("capped_by")
        if capped == "max_announced":
            found.append((self.tr("limitado por"), self.tr("máximo anunciado")))
        elif capped == "stop_selling":
            found.append((self.tr("limitado por"), self.tr("venda parada")))
        if orders:
            listed = ", ".join(f"{original or hub} ({count})" for hub, original, _, count in orders[:6])
            found.append((self.tr("Pedidos que reservam"), listed + ("…" if len(orders) > 6 else "")))
        return found

    def _columns(self) -> list[Column[SentRow]]:
        kinds = {"stock": self.tr("estoque"), "price": self.tr("preço")}

        def value(row: SentRow, text: str | None) -> str:
            if text is None:
                return "–"
            return quantity(text) if row.kind == "stock" else decimal_text(raw_decimal(text.partition("/")[2] or text))

        return [
            Column("at", self.tr("Quando"), lambda row: self._time(row.at), 13, sort=lambda row: row.at),
            Column("kind", self.tr("O quê"), lambda row: kinds.get(row.kind, row.kind), 7),
            Column("from", self.tr("De"), lambda row: value(row, row.previous), 5, right=True),
            Column("to", self.tr("Para"), lambda row: value(row, row.value), 5, right=True),
            Column(
                "answer",
                self.tr("Resposta"),
                lambda row: self.tr("✓ confirmado") if row.answer in {"confirmed", "unchanged"} else f"▲ {row.answer}",
                0,
                tone=lambda row: None if row.answer in {"confirmed", "unchanged"} else Tone.BAD,
            ),
        ]

    def _time(self, text: str) -> str:
        return near_moment(datetime.fromisoformat(text), self._bench.desk.clock.now(), self._bench.zone())

    def _bar_words(self, place: int, count: int) -> str:
        return f"{self._time(self._stock[place].at)}: {number(count)}"


def _right(text: str, *, bold: bool = False) -> QLabel:
    made = label(text, wrap=True)
    if bold:
        font = made.font()
        font.setBold(True)
        made.setFont(font)
    return made
