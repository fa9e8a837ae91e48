"""The rule of one SKU, with the stock and the price that it would give shown while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rule_book import RuleBook, Told
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.sync.explain import Explanation
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.details import Lines, order_words
from otimo_tray.ui.mapping.explained import Line, price_lines, stock_lines, value_of, value_text
from otimo_tray.ui.mapping.rule_form import RuleForm
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import Line as Hairline
from otimo_tray.ui.parts import button, heading, label

PREVIEW_MS = 120
"""After the last key until the preview is worked out anew."""


class _Start(NamedTuple):
    """What a worker reads before the first key."""

    rule: SkuRule
    version: int
    told: Told


class RuleDialog(QDialog):
    """Edits the rule of one SKU; OK hands it over.

    Args:
        sku, name: whose rule.
        take: gets the rule before and the new one.
    """

    def __init__(
        self, parent: QWidget, bench: Bench, sku: str, name: str, take: Callable[[SkuRule, SkuRule], None]
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._sku = sku
        self._take = take
        self._before = NO_RULE
        self.version = 0
        """Of the rule that is edited."""
        self._asked = 0
        self.setWindowTitle(self.tr("Regras de {sku}").format(sku=sku))
        self.resize(760, 560)
        self.form = RuleForm(bench.zone())
        self.form.setEnabled(False)
        self.form.edited.connect(self._edited)
        self.outcome = Lines()
        self.stock, self.price = Lines(), Lines()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_MS)
        self._soon.timeout.connect(self._preview)
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Save | boxes.Cancel)
        self.buttons.button(boxes.Save).setText(self.tr("&Salvar"))
        self.buttons.button(boxes.Cancel).setText(self.tr("Cancelar"))
        self.none = button(self.tr("Sem &regra própria"), self._clear, name="no-rule")
        self.buttons.addButton(self.none, QDialogButtonBox.ButtonRole.ResetRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(sku, name)
        self._enable()
        bench.work.run(self, self._read, self._begin, self._failed)

    def _lay_out(self, sku: str, name: str) -> None:
        seen = QWidget()
        right = QVBoxLayout(seen)
        right.setContentsMargins(0, 0, 8, 0)
        right.setSpacing(8)
        right.addWidget(label(self.tr("Com esta regra"), tone=Tone.QUIET))
        for part in (self.outcome, Hairline(), self.stock, Hairline(), self.price):
            right.addWidget(part)
        right.addStretch(1)
        area, left = QScrollArea(), QScrollArea()
        for scroll, inside in ((area, seen), (left, self.form)):
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidget(inside)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(left, 5)
        both.addWidget(Hairline(vertical=True))
        both.addWidget(area, 4)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        title = heading(sku)
        layout.addWidget(title)
        layout.addWidget(label(name, wrap=True, tone=Tone.QUIET))
        layout.addLayout(both, 1)
        layout.addWidget(self.buttons)

    def _read(self) -> _Start:
        desk = self._bench.desk
        product = desk.storage.catalogue.product(self._sku)
        ruled = RuleBook(desk.settings()).of(self._sku, NO_RULE, product.brand if product is not None else "")
        told = {**ruled.told["stock"], **ruled.told["price"]}
        return _Start(*desk.storage.catalogue.rule_now(self._sku), told)

    def _begin(self, start: _Start) -> None:
        self._before, self.version = start.rule, start.version
        self.form.show_defaults(start.told)
        self.form.show_rule(start.rule)
        self.form.setEnabled(True)
        first = next(iter(self.form.boxes.values())).box
        first.setFocus()
        self._enable()
        self._preview()

    def _failed(self, error: Exception) -> None:
        self.outcome.show_lines([Line(self._bench.desk.error_sentence(error), tone=Tone.BAD)])

    def _edited(self) -> None:
        self._enable()
        self._soon.start()

    def _enable(self) -> None:
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(self.form.isEnabled() and self.form.rule not in {None, self._before})
        self.none.setEnabled(self.form.isEnabled() and self.form.rule != NO_RULE)

    def _clear(self) -> None:
        self.form.show_rule(NO_RULE)
        self._edited()

    def _preview(self) -> None:
        rule = self.form.rule
        self._asked += 1
        if rule is None:
            self.outcome.show_lines([Line(self.tr("Corrija o campo marcado."), tone=Tone.WARN)])
            return
        asked, sku = self._asked, self._sku

        def read() -> tuple[Explanation, dict[str, list[str]]]:
            found = self._bench.desk.explain(sku, rule)
            return found, order_words(self._bench, found)

        def show(read_back: tuple[Explanation, dict[str, list[str]]]) -> None:
            if asked == self._asked:
                self._show(*read_back)

        self._bench.work.run(self, read, show, self._failed)

    def _show(self, found: Explanation, orders: dict[str, list[str]]) -> None:
        stock, price = value_of(found, "stock"), value_of(found, "price")
        wrong = [value.error for value in (stock, price) if value is not None and value.error is not None]
        outcome = [self._compared(found, "stock", self.tr("Estoque")), self._compared(found, "price", self.tr("Preço"))]
        outcome += [Line(self._bench.desk.sentence(error.code, error.params), tone=Tone.BAD) for error in wrong]
        self.outcome.show_lines(outcome)
        self.stock.show_lines(stock_lines(stock, orders) if stock is not None else [])
        self.price.show_lines(price_lines(price) if price is not None else [])

    def _compared(self, found: Explanation, kind: Kind, title: str) -> Line:
        """`Estoque  12 → 9`: what the hub has, and what it would get."""
        value = value_of(found, kind)
        if value is None:
            return Line(title, "–")
        after = value_text(kind, value.announced)
        if value.confirmed is None or value.confirmed == value.announced:
            return Line(title, after, self.tr("nada muda") if value.confirmed is not None else "", strong=True)
        return Line(title, f"{value_text(kind, value.confirmed)} → {after}", strong=True, tone=Tone.NOTE)

    def _accept(self) -> None:
        rule = self.form.rule
        if rule is not None:
            self._take(self._before, rule)
            self.accept()
