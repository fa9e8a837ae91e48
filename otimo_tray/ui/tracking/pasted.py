"""Results of pasted codes, a row each: the wrong ones first, to be put right where they stand and tried again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from otimo_tray.ui.desk import Desk
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, count_words, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate
from otimo_tray.ui.tracking import said
from otimo_tray.ui.tracking.paste import PasteResult, PasteRow, paste_codes
from otimo_tray.ui.tracking.session import Choice, Outcome

_ORDER, _CODE = 1, 2


class PasteModel(RowsModel[PasteResult]):
    """Rows whose order and code can be put right; one that is saved already can't."""

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let only wrong rows be edited."""
        found = self.row_at(index)
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if found is not None and found.good else flags

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take a corrected order or code; what came of it before is no longer true."""
        found = self.row_at(index)
        if found is None or role != Qt.ItemDataRole.EditRole or index.column() not in {_ORDER, _CODE}:
            return False
        text = str(value).strip()
        changed = replace(found.row, order=text) if index.column() == _ORDER else replace(found.row, code=text)
        if changed != found.row:
            self.replace_rows({self.place_at(index.row()): PasteResult(replace(changed, accept=False), None)})
        return True


class PasteDialog(QDialog):
    """Shows what became of each row, and tries the wrong ones again.

    Signals:
        saved: results of rows that were saved now.
    """

    saved = Signal(list)

    def __init__(
        self, parent: QWidget, bench: Bench, results: Sequence[PasteResult], choice: Callable[[], Choice]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Códigos colados"))
        self.resize(760, 440)
        self._bench = bench
        self._choice = choice
        columns: list[Column[PasteResult]] = [
            Column(
                "line",
                self.tr("Linha"),
                lambda found: str(found.row.line),
                6,
                right=True,
                sort=lambda found: found.row.line,
            ),
            Column("order", self.tr("Pedido"), lambda found: found.row.order, 18, code=True, editable=True),
            Column("code", self.tr("Código"), lambda found: found.row.code, 20, code=True, editable=True),
            Column(
                "why",
                self.tr("Resultado"),
                self._why,
                0,
                tip=self._why,
                tone=lambda found: None if found.good else Tone.WARN,
            ),
        ]
        self.model = PasteModel(columns, lambda found: f"{found.row.order} {found.row.code}")
        self.model.setParent(self)
        self.model.set_rows(sorted(results, key=lambda found: (found.good, found.row.line)))
        self.table = Table(self.model, "pasted-codes", bench.layout)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.summary = label(self.tr("Corrija o pedido ou o código na própria linha e grave de novo."), wrap=True)
        self.again = button(self.tr("&Gravar os corrigidos"), self.try_again, name="paste-again")
        self.accept_warned = button(self.tr("Usar &assim mesmo"), self.use_anyway, name="paste-accept")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Códigos colados")))
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.again, self.accept_warned, None, buttons))
        self._enable()

    def try_again(self) -> None:
        """Give the wrong rows' codes again, as they stand now."""
        self._give([(place, found.row) for place, found in enumerate(self.model.rows) if not found.good])

    def use_anyway(self) -> None:
        """Take the codes that were warned of."""
        warned = [
            (place, replace(found.row, accept=True))
            for place, found in enumerate(self.model.rows)
            if found.answer is not None and found.answer.outcome is Outcome.WARNED
        ]
        self._give(warned)

    def _give(self, rows: Sequence[tuple[int, PasteRow]]) -> None:
        if not rows:
            return
        choice, desk = self._choice(), self._bench.desk
        now = desk.clock.now()

        def show(results: list[PasteResult]) -> None:
            self.model.replace_rows({place: found for (place, _), found in zip(rows, results, strict=True)})
            good = [found for found in results if found.good]
            left = sum(1 for found in self.model.rows if not found.good)
            text = count_words(len(good), self.tr("código gravado"), self.tr("códigos gravados"))
            if left:
                text += self.tr("; {n} ainda com problema").format(n=left)
            self.summary.setText(text)
            self._enable()
            if good:
                self.saved.emit(good)

        self._bench.work.save(self, lambda: paste_codes(desk, [found for _, found in rows], choice, now), show)

    def _enable(self) -> None:
        self.again.setEnabled(any(not found.good for found in self.model.rows))
        self.accept_warned.setVisible(
            any(found.answer is not None and found.answer.outcome is Outcome.WARNED for found in self.model.rows)
        )

    def _why(self, found: PasteResult) -> str:
        if found.answer is None and found.row.code:
            return self.tr("● corrigido: grave de novo")
        return self.tr("✓ gravado") if found.good else why(found, self._bench.desk)


def why(found: PasteResult, desk: Desk) -> str:
    """Return what is wrong with a row."""
    answer = found.answer
    if answer is None:
        return translate("PasteDialog", "▲ falta o código")
    if answer.outcome is Outcome.ALARM:
        return translate("PasteDialog", "✖ NÃO DESPACHAR: cancelado")
    if answer.outcome is Outcome.SEVERAL:
        return translate("PasteDialog", "▲ mais de um pedido com este número")
    if answer.outcome is Outcome.UNKNOWN:
        return translate("PasteDialog", "▲ pedido não encontrado")
    return _reason(found, desk)


def _reason(found: PasteResult, desk: Desk) -> str:
    assert found.answer is not None
    if found.answer.outcome is Outcome.WARNED:
        return f"⚠ {said.warnings(found.answer, desk)}"
    return "▲ " + desk.error_sentence(found.answer.error) if found.answer.error is not None else ""
