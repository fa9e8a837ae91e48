"""Details of one SKU: why this number is the available one, what holds units of it, and what was sent when and why."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from otimo_tray.domain.desks import Act
from otimo_tray.errors import ItemError, OtimoError
from otimo_tray.store.readmodels.mapping import NAME, SKU, MappingRow, SentRow
from otimo_tray.sync.explain import Explanation, KindExplained
from otimo_tray.ui.formats import near_letters, near_moment, raw_decimal
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.mapping.chart import History, Point
from otimo_tray.ui.mapping.explained import Line, price_lines, stock_lines, value_of, value_text
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.words import phrase
from otimo_tray.words.deeds import deed_text

DEEDS_SHOWN = 20
"""Last deeds about a SKU."""
ORDERS_NAMED = 8
"""Orders that hold units, named with their number; the rest is counted."""
_GOOD = frozenset({"confirmed", "unchanged"})


class SkuFacts(NamedTuple):
    """What a worker read about a SKU."""

    sku: str
    found: Explanation | None
    error: OtimoError | None
    orders: dict[str, list[str]]
    sent: list[SentRow]
    deeds: list[Act]


class Lines(QWidget):
    """Lines of an explanation: words at the left, numbers at the right, below them where they come from."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: list[Line]) -> None:
        """Show these instead of those before."""
        self.lines = lines
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        place = 0
        for line in lines:
            title = _line_label(line.title, line)
            self._grid.addWidget(title, place, 0, 1, 1 if line.value else 2)
            if line.value:
                value = _line_label(line.value, line)
                value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                value.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
                self._grid.addWidget(value, place, 1)
            place += 1
            if line.note:
                note = label(line.note, wrap=True, tone=line.tone or Tone.QUIET)
                note.setContentsMargins(12, 0, 0, 2)
                self._grid.addWidget(note, place, 0, 1, 2)
                place += 1


class SkuDetails(QWidget):
    """The pane at the right of the De/Para table.

    Signals:
        rule_asked: SKU whose rule is to be edited.
    """

    rule_asked = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._sku = ""
        self.setMinimumWidth(280)
        self.title, self.name = heading(), label(wrap=True, tone=Tone.QUIET)
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stock, self.price, self.state, self.deeds = Lines(), Lines(), Lines(), Lines()
        self.rule = button(self.tr("&Regras deste SKU…"), lambda: self.rule_asked.emit(self._sku), name="sku-rule")
        self.chart = History(self._chart_words)
        self.chart.setAccessibleName(self.tr("Estoque e preço enviados"))
        self.caption = label(self.tr("Enviado: ▬ estoque, ╌ preço"), tone=Tone.QUIET)
        self.sent_model: RowsModel[SentRow] = RowsModel(self._columns(), lambda row: f"{row.value} {row.reason}")
        self.sent_model.setParent(self)
        self.sent = Table(self.sent_model, "sent-values", bench.layout)
        self.sent.empty_text = lambda: self.tr("Nada foi enviado ainda para este SKU.")
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(8)
        for part in (self.stock, self.price, self.state):
            body.addWidget(part)
        body.addLayout(row(self.rule, None))
        self.deeds_title = label(self.tr("Quem fez o quê"), tone=Tone.QUIET)
        body.addWidget(self.deeds_title)
        body.addWidget(self.deeds)
        body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.name)
        layout.addWidget(area, 3)
        layout.addWidget(self.caption)
        layout.addWidget(self.chart)
        layout.addWidget(self.sent, 2)

    def show_sku(self, row: MappingRow) -> None:
        """Show a SKU; what was read for another one meanwhile is thrown away."""
        self._sku = row[SKU]
        self.title.setText(row[SKU])
        self.name.setText(row[NAME])
        self.read_again()

    def read_again(self) -> None:
        """Read the shown SKU anew."""
        if self._sku:
            desk, sku = self._bench.desk, self._sku
            self._bench.work.run(self, lambda: self._read(sku), self._show, lambda e: self._failed(desk, sku, e))

    def _read(self, sku: str) -> SkuFacts:
        desk = self._bench.desk
        sent = desk.reader.mapping.sent(sku)
        deeds = desk.storage.acts.of_item(sku, DEEDS_SHOWN)
        try:
            found = desk.explain(sku, None)
        except ItemError as error:
            return SkuFacts(sku, None, error, {}, sent, deeds)
        return SkuFacts(sku, found, None, order_words(self._bench, found), sent, deeds)

    def _failed(self, desk: object, sku: str, error: Exception) -> None:
        del desk
        if sku == self._sku:
            told = self._bench.desk.error_sentence(error)
            self.stock.show_lines([Line(told, tone=Tone.BAD)])
            self.price.show_lines([])
            self.state.show_lines([])

    def _show(self, facts: SkuFacts) -> None:
        if facts.sku != self._sku:
            return
        found = facts.found
        self.rule.setVisible(found is not None and found.mapped)
        if found is None or not found.mapped:
            self.stock.show_lines([Line(self.tr("Sem De/Para: informe o Código no ERP para vender."), tone=Tone.NOTE)])
            self.price.show_lines([])
            self.state.show_lines([])
        else:
            stock, price = value_of(found, "stock"), value_of(found, "price")
            self.stock.show_lines(self._with_error(stock, stock_lines(stock, facts.orders)) if stock else [])
            self.price.show_lines(self._with_error(price, price_lines(price)) if price else [])
            self.state.show_lines([line for value in found.values for line in self._state_lines(value)])
        self._show_sent(facts.sent)
        self._show_deeds(facts.deeds)

    def _show_deeds(self, deeds: list[Act]) -> None:
        language, zone = self._bench.desk.settings().shop.language, self._bench.zone()
        self.deeds_title.setVisible(bool(deeds))
        self.deeds.show_lines(
            [
                Line(
                    deed_text(deed, language, zone=zone),
                    note=" · ".join(part for part in (deed.author.label, self._moment(deed.at)) if part),
                )
                for deed in deeds
            ]
        )

    def _show_sent(self, sent: list[SentRow]) -> None:
        points: dict[str, list[Point]] = {"stock": [], "price": []}
        for one in reversed(sent):
            amount = raw_decimal(one.value.partition("/")[2] or one.value)
            if one.answer in _GOOD and amount is not None and one.kind in points:
                points[one.kind].append(Point(datetime.fromisoformat(one.at), float(amount)))
        self.chart.show_points(points["stock"], points["price"], self._bench.desk.clock.now())
        self.chart.setVisible(not self.chart.is_empty)
        self.caption.setVisible(not self.chart.is_empty)
        self.sent_model.set_rows(sent)

    def _with_error(self, value: KindExplained, lines: list[Line]) -> list[Line]:
        if value.error is None:
            return lines
        return [*lines, Line(self._bench.desk.sentence(value.error.code, value.error.params), tone=Tone.BAD)]

    def _state_lines(self, value: KindExplained) -> list[Line]:
        """What the hub has, and what is on its way or held."""
        kind = self.tr("Estoque no Plugg.to") if value.kind == "stock" else self.tr("Preço no Plugg.to")
        lines: list[Line] = []
        if value.confirmed is not None:
            when = self.tr("confirmado {when}").format(when=self._moment(value.confirmed_at))
            lines.append(Line(kind, value_text(value.kind, value.confirmed), when))
        if value.doubt is not None:
            note = self.tr("sem resposta {when}: será enviado de novo").format(when=self._moment(value.doubt_at))
            lines.append(Line(self.tr("Em dúvida"), value_text(value.kind, value.doubt), note, tone=Tone.WARN))
        waiting = value.waiting
        if waiting is not None:
            language = self._bench.desk.settings().shop.language
            notes: list[str] = []
            if waiting.state == "held" and waiting.guard:
                notes.append(self._bench.desk.title(waiting.guard))
            if waiting.error_code:
                notes.append(self._bench.desk.sentence(waiting.error_code, waiting.error_params))
            word = phrase(f"push.{waiting.state}", None, language)
            tone = Tone.NOTE if waiting.state == "due" else Tone.WARN
            lines.append(Line(word, value_text(value.kind, waiting.value), "; ".join(notes), tone=tone))
        if value.taken_back is not None:
            note = self.tr("no lugar de {value}, até o ERP mudar").format(
                value=value_text(value.kind, value.taken_back.value)
            )
            lines.append(Line(self.tr("Desfeito por você"), value_text(value.kind, value.taken_back.instead), note))
        if value.next_change is not None:
            lines.append(Line(self.tr("O preço muda"), self._moment(value.next_change), self.tr("data da promoção")))
        return lines

    def _columns(self) -> list[Column[SentRow]]:
        kinds = {"stock": self.tr("estoque"), "price": self.tr("preço")}
        language = self._bench.desk.settings().shop.language

        def reason(one: SentRow) -> str:
            return phrase(f"reason.{one.reason}", None, language)

        def answer(one: SentRow) -> str:
            told = phrase(f"answer.{one.answer}", None, language)
            return told if one.answer in _GOOD else f"▲ {one.answer}"

        return [
            Column("at", self.tr("Quando"), lambda one: self._time(one.at), near_letters(13), sort=lambda one: one.at),
            Column("kind", self.tr("O quê"), lambda one: kinds.get(one.kind, one.kind), 7),
            Column("from", self.tr("De"), lambda one: value_text(one.kind, one.previous), 6, right=True),
            Column("to", self.tr("Para"), lambda one: value_text(one.kind, one.value), 6, right=True),
            Column("reason", self.tr("Por quê"), reason, 18, tip=reason),
            Column(
                "answer",
                self.tr("Resposta"),
                answer,
                12,
                tone=lambda one: None if one.answer in _GOOD else Tone.BAD,
                tip=lambda one: "" if one.answer in _GOOD else self._bench.desk.sentence(one.answer, {}),
            ),
        ]

    def _moment(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        return near_moment(moment, self._bench.desk.clock.now(), self._bench.zone())

    def _time(self, text: str) -> str:
        return self._moment(datetime.fromisoformat(text))

    def _chart_words(self, kind: str, point: Point) -> str:
        if kind == "stock":
            return self.tr("{when}: estoque {value}").format(
                when=self._moment(point.at), value=value_text("stock", str(int(point.value)))
            )
        return self.tr("{when}: preço {value}").format(
            when=self._moment(point.at), value=value_text("price", f"{point.value:.2f}")
        )


def order_words(bench: Bench, found: Explanation) -> dict[str, list[str]]:
    """Name the orders that hold units, by ERP code: `100234 (2)`. In a worker."""
    orders = bench.desk.storage.orders
    named: dict[str, list[str]] = {}
    for entry in found.commitments:
        words = named.setdefault(entry.erp_code, [])
        if len(words) < ORDERS_NAMED:
            known = orders.get(entry.hub_id)
            number = known.order.original_id if known is not None else ""
            words.append(f"{number or entry.hub_id} ({entry.units})")
        elif words[-1] != "…":
            words.append("…")
    return named


def _line_label(text: str, line: Line) -> ToneLabel:
    made = ToneLabel(text, line.tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(not line.value)
    if line.strong:
        font = made.font()
        font.setBold(True)
        made.setFont(font)
    return made
