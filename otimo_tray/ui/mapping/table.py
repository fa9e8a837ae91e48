"""The De/Para table: keys as in a spreadsheet, and a field that proposes the ERP's codes while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QSettings, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from otimo_tray.store.readmodels.mapping import SKU, MappingRow
from otimo_tray.ui.look import fixed_font
from otimo_tray.ui.mapping.columns import CODE_COLUMN, UNITS_COLUMN
from otimo_tray.ui.mapping.model import MappingModel
from otimo_tray.ui.tables.view import Table

_EndHint = QAbstractItemDelegate.EndEditHint


class CodeField(QLineEdit):
    """A cell's editor that proposes codes by code, name and EAN."""

    def __init__(self, suggest: Callable[[str], list[tuple[str, str]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._codes: dict[str, str] = {}
        self.setFont(fixed_font())
        self.setFrame(False)
        self._proposals = QStringListModel(self)
        self.proposals = QCompleter(self._proposals, self)
        self.proposals.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.proposals.setMaxVisibleItems(12)
        popup = self.proposals.popup()
        assert popup is not None  # made on the first call
        popup.setMinimumWidth(420)
        self.setCompleter(self.proposals)
        self.proposals.activated.connect(self._take)
        self.textEdited.connect(self._propose)

    def _propose(self, text: str) -> None:
        self._codes = {f"{code}   {name}" if name else code: code for code, name in self._suggest(text)}
        self._proposals.setStringList(list(self._codes))

    def _take(self, shown: str) -> None:
        # The completer writes its own line into the field; the code alone belongs there.
        self.setText(self._codes.get(shown, shown))

    def code(self) -> str:
        """Return the code typed or chosen."""
        return self._codes.get(self.text(), self.text())


class CodeDelegate(QStyledItemDelegate):
    """Edits ERP codes with proposals, other cells plainly."""

    def __init__(self, suggest: Callable[[str], list[tuple[str, str]]], parent: QObject) -> None:
        super().__init__(parent)
        self._suggest = suggest

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:  # type: ignore[override]
        """Return the cell's editor."""
        if index.column() == CODE_COLUMN:
            return CodeField(self._suggest, parent)
        made = QLineEdit(parent)
        made.setFrame(False)
        if index.column() == UNITS_COLUMN:
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return made

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:  # type: ignore[override]
        """Show the cell's value, but never over what is being typed: another desk may change the row meanwhile."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:  # type: ignore[override]
        """Hand over what was typed."""
        if isinstance(editor, CodeField):
            model.setData(index, editor.code(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)


class Picked(NamedTuple):
    """Cells chosen at one moment; whose they are may be asked in a worker, whatever is shown by then."""

    blocks: tuple[tuple[int, int, int, int], ...]
    """(top, left, bottom, right), limits included."""
    shown: Sequence[int]
    rows: Sequence[MappingRow]

    @property
    def height(self) -> int:
        """About how many rows: one in two blocks counts twice."""
        return sum(bottom - top + 1 for top, _, bottom, _ in self.blocks)

    def cells(self) -> dict[str, set[int]]:
        """Return the columns by SKU, in the shown order."""
        found: dict[int, set[int]] = {}
        for top, left, bottom, right in self.blocks:
            for row in range(top, bottom + 1):
                found.setdefault(row, set()).update(range(left, right + 1))
        return {self.rows[self.shown[row]][SKU]: columns for row, columns in sorted(found.items())}

    def skus(self) -> list[str]:
        """Return the SKUs in the shown order."""
        return list(self.cells())


class MappingTable(Table[MappingRow]):
    """The table with a spreadsheet's keys: Enter goes down, Tab right, F2 edits, typing replaces, Delete clears.

    Signals:
        paste_asked, fill_asked, clear_asked: of the selected cells.
    """

    paste_asked = Signal()
    fill_asked = Signal()
    clear_asked = Signal()

    def __init__(
        self, model: MappingModel, suggest: Callable[[str], list[tuple[str, str]]], settings: QSettings
    ) -> None:
        super().__init__(model, "mapping", settings)
        self.mapping = model
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(CodeDelegate(suggest, self))
        self.setTabKeyNavigation(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act as a spreadsheet does."""
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            super().keyPressEvent(event)  # the editor's own Enter comes by here too: the delegate deals with it
            return
        key, plainly = event.key(), not event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_asked.emit()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and plainly:
            self.clear_asked.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.move_down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Enter."""
        down = hint == _EndHint.SubmitModelCache
        super().closeEditor(editor, _EndHint.NoHint if down else hint)
        if down:
            self.move_down(1)

    def move_down(self, step: int) -> None:
        """Go one row down (or up) in the same column."""
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + step)
        if below.isValid():
            self.setCurrentIndex(below)

    def picked(self) -> Picked:
        """Return the selected cells as they are now."""
        return Picked(tuple(sorted(self.selected_blocks())), *self.mapping.shown_now())

    def below(self, index: QModelIndex, count: int) -> Picked:
        """Return the rows from an index down, as shown now."""
        last = min(index.row() + count, self.mapping.rowCount()) - 1
        block = (index.row(), index.column(), last, index.column())
        return Picked((block,) if last >= index.row() else (), *self.mapping.shown_now())

    def columns_from(self, column: int) -> list[int]:
        """Return the shown columns from one on to the right."""
        header = self.horizontalHeader()
        first = header.visualIndex(column)
        places = (header.logicalIndex(visual) for visual in range(first, header.count()))
        return [place for place in places if not self.isColumnHidden(place)]
