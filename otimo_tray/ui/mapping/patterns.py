"""Rules for many SKUs at once, by pattern and brand: a list in which the upper one wins, and the chosen one's form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from otimo_tray.domain.rule_book import RuleBook
from otimo_tray.domain.rules import NO_RULE, PATTERN_FIELDS, PatternRule
from otimo_tray.sync.rules import Fitting, brands, fitting
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.rule_form import RuleForm
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, label, row

LOOK_MS = 250
"""After the last key until the fitting SKUs are counted anew."""
EXAMPLES = 6


class PatternsDialog(QDialog):
    """Edits all pattern rules; OK hands the whole list over.

    Args:
        take: gets the rules before and the new ones.

    Signals:
        counted: the fitting SKUs of the chosen rule were counted.
    """

    counted = Signal()

    def __init__(
        self,
        parent: QWidget,
        bench: Bench,
        take: Callable[[tuple[PatternRule, ...], tuple[PatternRule, ...]], None],
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._take = take
        self._before = bench.desk.settings().rules
        self.rules = list(self._before)
        self._asked = 0
        self.setWindowTitle(self.tr("Regras por padrão de SKU"))
        self.resize(820, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Regras, a de cima vence"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.pattern, self.brand = QLineEdit(), QComboBox()
        self.pattern.setPlaceholderText(self.tr("p. ex. NIKE-*"))
        self.pattern.setAccessibleName(self.tr("Padrão do SKU"))
        self.brand.setEditable(True)
        self.brand.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.brand.setAccessibleName(self.tr("Marca"))
        self.form = RuleForm(bench.zone(), PATTERN_FIELDS)
        self.reach, self.reason = label(wrap=True, tone=Tone.QUIET), label(wrap=True, tone=Tone.BAD)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)
        self.add = button(self.tr("&Nova regra"), self.add_rule, name="add")
        self.remove = button(self.tr("&Excluir"), self._remove, name="remove")
        self.up = button(self.tr("Para &cima"), lambda: self._move(-1), name="up")
        self.down = button(self.tr("Para &baixo"), lambda: self._move(1), name="down")
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Save | boxes.Cancel)
        self.buttons.button(boxes.Save).setText(self.tr("&Salvar"))
        self.buttons.button(boxes.Cancel).setText(self.tr("Cancelar"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_rule)
        self.pattern.textEdited.connect(self._edited)
        self.brand.editTextChanged.connect(self._edited)
        self.form.edited.connect(self._edited)
        defaults = RuleBook(replace(bench.desk.settings(), rules=())).of("")
        self.form.show_defaults({**defaults.told["stock"], **defaults.told["price"]})
        self._fill(0)
        bench.work.run(self, lambda: brands(bench.desk.storage), self._show_brands)

    def _lay_out(self) -> None:
        what = QWidget()
        right = QVBoxLayout(what)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        top = QFormLayout()
        top.setHorizontalSpacing(16)
        top.addRow(self.tr("&Padrão do SKU"), self.pattern)
        top.addRow(self.tr("&Marca"), self.brand)
        right.addLayout(top)
        right.addWidget(
            label(
                self.tr("* vale por qualquer texto, ? por um caractere. Sem marca, vale para todas."),
                wrap=True,
                tone=Tone.QUIET,
            )
        )
        right.addWidget(self.reach)
        right.addWidget(self.form, 1)
        self.chosen = what
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(label(self.tr("Valem na ordem da lista: a de cima vence."), wrap=True, tone=Tone.QUIET))
        left.addWidget(self.list, 1)
        left.addLayout(row(self.add, self.remove, None))
        left.addLayout(row(self.up, self.down, None))
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 2)
        both.addWidget(what, 3)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                self.tr(
                    "Uma regra para muitos SKUs de uma vez. A regra própria de um SKU vence estas, e estas vencem "
                    "o padrão da loja."
                ),
                wrap=True,
            )
        )
        layout.addLayout(both, 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.buttons)

    # --- the list -------------------------------------------------------------------------------------------------

    def add_rule(self) -> None:
        """Put an empty rule at the end, ready to be typed."""
        self.rules.append(PatternRule("", NO_RULE))
        self._fill(len(self.rules) - 1)
        self.pattern.setFocus()

    def _remove(self) -> None:
        place = self.list.currentRow()
        if place >= 0:
            del self.rules[place]
            self._fill(min(place, len(self.rules) - 1))

    def _move(self, step: int) -> None:
        place = self.list.currentRow()
        other = place + step
        if place >= 0 and 0 <= other < len(self.rules):
            self.rules[place], self.rules[other] = self.rules[other], self.rules[place]
            self._fill(other)

    def _fill(self, current: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._title(rule) for rule in self.rules])
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self._show_rule(current)

    def _title(self, rule: PatternRule) -> str:
        return rule.name or self.tr("(padrão vazio)")

    # --- the chosen one -------------------------------------------------------------------------------------------

    def _show_rule(self, place: int) -> None:
        there = 0 <= place < len(self.rules)
        rule = self.rules[place] if there else PatternRule("", NO_RULE)
        self.pattern.setText(rule.pattern)
        self.brand.blockSignals(True)
        self.brand.setEditText(rule.brand)
        self.brand.blockSignals(False)
        self.form.show_rule(rule.rule)
        self.chosen.setEnabled(there)
        self.reach.setText("")
        self._enable()
        if there:
            self._soon.start()

    def _edited(self, *_: object) -> None:
        place = self.list.currentRow()
        typed = self.form.rule
        if not 0 <= place < len(self.rules):
            return
        before = self.rules[place]
        rule = PatternRule(
            self.pattern.text().strip(), before.rule if typed is None else typed, self.brand.currentText().strip()
        )
        self.rules[place] = rule
        item = self.list.item(place)
        item.setText(self._title(rule))
        self._enable()
        self._soon.start()

    def _show_brands(self, found: list[str]) -> None:
        self.brand.blockSignals(True)
        text = self.brand.currentText()
        self.brand.addItems(found)
        self.brand.setEditText(text)
        self.brand.blockSignals(False)

    def _look(self) -> None:
        place = self.list.currentRow()
        if not 0 <= place < len(self.rules) or not self.rules[place].pattern:
            self.reach.setText("")
            return
        self._asked += 1
        asked, rule, storage = self._asked, self.rules[place], self._bench.desk.storage

        def show(found: Fitting) -> None:
            if asked != self._asked:
                return
            self.reach.setText(self._reach_words(found))
            self.counted.emit()

        self._bench.work.run(self, lambda: fitting(storage, rule, EXAMPLES), show)

    def _reach_words(self, found: Fitting) -> str:
        if not found.count:
            return self.tr("Nenhum SKU com De/Para combina.")
        some = ", ".join(found.some) + (" …" if found.count > len(found.some) else "")
        if found.count == 1:
            return self.tr("Vale para 1 SKU: {some}").format(some=some)
        return self.tr("Vale para {n} SKUs: {some}").format(n=number(found.count), some=some)

    # --- together -------------------------------------------------------------------------------------------------

    def _reason(self) -> str:
        if self.form.rule is None:
            return self.tr("Corrija o campo marcado.")
        seen: set[tuple[str, str]] = set()
        for rule in self.rules:
            key = (rule.pattern.casefold(), rule.brand.casefold())
            if not rule.pattern:
                return self.tr("Uma regra está sem padrão. Use * para todos os SKUs.")
            if rule.rule == NO_RULE:
                return self.tr("A regra {name} não muda nada: preencha um campo, ou exclua-a.").format(name=rule.name)
            if key in seen:
                return self.tr("A regra {name} está duas vezes na lista.").format(name=rule.name)
            seen.add(key)
        return ""

    def _enable(self) -> None:
        reason, place = self._reason(), self.list.currentRow()
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(not reason and tuple(self.rules) != self._before)
        self.remove.setEnabled(place >= 0)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self.rules) - 1)

    def _accept(self) -> None:
        if not self._reason():
            self._take(self._before, tuple(self.rules))
            self.accept()
