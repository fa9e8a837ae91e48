"""The model behind every table: a list of rows, the places that are shown, and how they are ordered."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from heapq import merge
from itertools import compress
from time import perf_counter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from otimo_tray.ui.look import Tone, alarm_ground, fixed_font, tone_colour
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex, narrows
from otimo_tray.ui.text import plain

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
SLICE_SECONDS = 0.008
"""How long filtering holds the event loop before it lets other events in."""
SORT_RUN = 4096
SORT_HERE = 10_000
"""Up to so many rows are sorted in the GUI thread; more in a worker, where there is one."""
Run = Callable[[Callable[[], Any], Callable[[Any], None]], object]
"""Runs the first call in a worker and hands its result to the second one in the GUI thread."""
# As numbers: a table asks some thousand times for one look, and Python's enums take their time.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
_BACKGROUND = int(Qt.ItemDataRole.BackgroundRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ANSWERED = frozenset((_DISPLAY, _EDIT, _ALIGNMENT, _FONT, _FOREGROUND, _BACKGROUND, _TIP))
GAP = "\N{EN SPACE}"
"""After numbers at the right, so that they don't touch the text of the next column; copies don't have it."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def sort_places(rows: Sequence[R], key: Callable[[R], Any], descending: bool) -> array[int]:
    """Return the rows' places in order; stable.

    Sorts runs and merges them in Python's steps: one sort of 100,000 would hold every thread.
    """
    keys = [key(row) for row in rows]
    runs = [
        sorted(range(start, min(start + SORT_RUN, len(rows))), key=keys.__getitem__, reverse=descending)
        for start in range(0, len(rows), SORT_RUN)
    ]
    if len(runs) == 1:
        return array("I", runs[0])
    return array("I", merge(*runs, key=keys.__getitem__, reverse=descending))


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of any kind behind declared columns.

    Signals:
        shown_changed: the shown rows are others now (after a filter, a sort or new rows).
    """

    shown_changed = Signal()

    def __init__(self, columns: Sequence[Column[R]], search_text: Callable[[R], str]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: MutableSequence[R] = []
        self._shown: array[int] = array("I")
        self._order: array[int] | None = None
        self._sorted_by: tuple[int, bool] | None = None
        self.search_text = search_text
        self._index: FoldedIndex[R] = FoldedIndex(search_text)
        self._query = ""
        self._tab: Callable[[Sequence[R]], bytes | bytearray] | None = None
        self._steps: Iterator[list[int]] | None = None
        self._hits = bytearray()
        self._found: str | None = None
        """The query whose whole result `_hits` is; None while there is none, or rows are others since."""
        self._last: tuple[int, R] | None = None
        """The row last asked for, by its place: a cell is asked for many roles, a row for many cells."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self.alarm: Callable[[R], bool] | None = None
        self.mark: Callable[[R], str] | None = None
        """Says who else has a row open, "" = nobody; the column `mark_column` shows it."""
        self.mark_column = next((n for n, column in enumerate(self.columns) if column.key in {"state", "stage"}), 0)
        self.mark_words: Callable[[str], str] = str
        """Makes the tool tip's sentence of a name."""
        self.locked = ""
        """Why no cell can be edited now; "" = they can."""
        self.renewing = False
        """While other rows take the place of those before: what is current and in view is to stay so."""
        self.run_sort: Run | None = None
        self._code_font: QFont | None = None

    # --- rows ---------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: MutableSequence[R], index: FoldedIndex[R] | None = None) -> None:
        """Take these rows; `index` when a worker folded them already. Filter and order stay."""
        self._timer.stop()
        self._steps = None
        self._found = self._last = None
        self.beginResetModel()
        self.rows = rows
        if index is None:
            self._index.build(rows)
        else:
            self._index = index
        self._order = None
        self._shown = array("I")
        self.endResetModel()
        if self._sorted_by is not None:
            self._make_order(*self._sorted_by)
        self.renewing = True
        self.refilter()

    def swap_rows(self, rows: Sequence[R], index: FoldedIndex[R]) -> None:
        """Take new values of the very same rows in the same places: selection, editor and order stay as they are."""
        self.rows = rows  # type: ignore[assignment]
        self._index = index
        self._found = self._last = None
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    def replace_rows(self, changed: dict[int, R]) -> None:
        """Put new values at these places; the shown order stays until the next sort or filter."""
        places = [place for place in changed if place < len(self.rows)]
        for place in places:
            self.rows[place] = changed[place]
        self._found = self._last = None
        self._index.replace(self.rows, places)
        if self._shown and places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    def row_at(self, index: Index) -> R | None:
        """Return the row of a shown index."""
        shown = index.row()
        if not 0 <= shown < len(self._shown):
            return None
        place = self._shown[shown]
        last = self._last
        if last is None or last[0] != place:
            last = self._last = (place, self.rows[place])
        return last[1]

    def place_at(self, shown_row: int) -> int:
        """Return the place in `rows` of a shown row."""
        return self._shown[shown_row]

    def shown_now(self) -> tuple[Sequence[int], Sequence[R]]:
        """Return the shown places and the rows as they are now, for a worker: another filter makes other places."""
        return self._shown, self.rows

    def shown_rows(self) -> Iterator[R]:
        """Yield the rows as shown."""
        return (self.rows[place] for place in self._shown)

    def shown_row_of(self, place: int) -> int | None:
        """Return where a place of `rows` is shown, or None."""
        try:
            return self._shown.index(place)
        except ValueError:
            return None

    # --- filter and order ---------------------------------------------------------------------------------------------

    def set_query(self, query: str) -> None:
        """Show the rows that hold every word."""
        if query != self._query:
            self._query = query
            self.refilter()

    @property
    def query(self) -> str:
        """The words searched for."""
        return self._query

    def set_tab(self, mask: Callable[[Sequence[R]], bytes | bytearray] | None) -> None:
        """Show the rows for which `mask(rows)` has a 1; None shows all."""
        self._tab = mask
        self.refilter()

    def refilter(self) -> None:
        """Look anew which rows are shown; long searches go on in slices."""
        within = self._hits if self._found is not None and narrows(self._query, self._found) else None
        self._found = None
        if not self._query.strip():
            self._steps = None
            self._hits = bytearray(b"\x01") * len(self.rows)
            self._show()
            return
        self._hits = bytearray(len(self.rows))
        self._steps = iter(self._index.search(self._query, within))
        self._step()
        if self.busy:
            self._timer.start()

    def _step(self) -> None:
        limit = perf_counter() + SLICE_SECONDS
        steps = self._steps
        if steps is None:
            self._timer.stop()
            return
        for found in steps:
            for place in found:
                self._hits[place] = 1
            if perf_counter() > limit:
                return
        self._steps = None
        self._timer.stop()
        self._found = self._query
        self._show()

    @property
    def busy(self) -> bool:
        """Whether a search is still going on."""
        return self._steps is not None

    def _show(self) -> None:
        mask: bytes | bytearray = self._hits
        if self._tab is not None and self.rows:
            tab = self._tab(self.rows)
            both = int.from_bytes(mask, "big") & int.from_bytes(tab, "big")
            mask = both.to_bytes(len(self.rows), "big")
        self.beginResetModel()
        order = self._order
        if order is None:
            self._shown = array("I", compress(range(len(self.rows)), mask))
        else:
            self._shown = array("I", compress(order, map(mask.__getitem__, order)))
        self.endResetModel()
        self.shown_changed.emit()
        self.renewing = False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 goes back to the order the rows came in."""
        if column < 0:
            self._sorted_by = self._order = None
        else:
            self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder)
            self._make_order(*self._sorted_by)
            if self._order is None:
                return  # a worker makes it; what is shown stays until then
        if self._steps is None:
            self._show()

    def _make_order(self, column: int, descending: bool) -> None:
        self._order = None
        chosen, rows, asked = self.columns[column], self.rows, self._sorted_by
        key = chosen.sort or chosen.show
        if self.run_sort is None or len(rows) <= SORT_HERE:
            self._order = sort_places(rows, key, descending)
            return

        def take(order: array[int]) -> None:
            if self.rows is rows and self._sorted_by == asked:
                self._order = order
                if self._steps is None:
                    self._show()

        self.run_sort(lambda: sort_places(rows, key, descending), take)

    # --- Qt's questions -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of shown rows."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                column = self.columns[section]
                return column.title + GAP if column.right else column.title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.columns[section].right else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].editable and not self.locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def multiData(self, index: Index, roles: Any) -> None:
        """Answer all that the view asks of a cell at once: each question alone crosses into Python for itself."""
        row = self.row_at(index)
        if row is None:
            for number in range(roles.size()):
                roles[number].clearData()
            return
        column = index.column()
        for number in range(roles.size()):
            asked = roles[number]
            role = asked.role()
            value = self.answer(row, column, role) if role in _ANSWERED else None
            if value is None:
                asked.clearData()
            else:
                asked.setData(value)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows."""
        if role not in _ANSWERED:
            return None
        row = self.row_at(index)
        return None if row is None else self.answer(row, index.column(), role)

    def answer(self, row: R, number: int, role: int) -> Any:
        """Return what a row says in a column about a role."""
        column = self.columns[number]
        if role == _DISPLAY:
            if self.mark is not None and number == self.mark_column and (name := self.mark(row)):
                return f"◉ {name} · {column.show(row)}"
            return column.show(row) + GAP if column.right else column.show(row)
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        if role == _FONT:
            return self._font() if column.code else None
        if role == _FOREGROUND:
            return self._foreground(column, row)
        if role == _BACKGROUND:
            return alarm_ground() if self.alarm is not None and self.alarm(row) else None
        if role == _EDIT:
            return column.show(row)
        return self._tip(column, row, marked=number == self.mark_column)

    def copy_text(self, index: Index) -> str:
        """Return what a cell puts on the clipboard."""
        row = self.row_at(index)
        if row is None:
            return ""
        column = self.columns[index.column()]
        return (column.copy or column.show)(row)

    def remark(self) -> None:
        """Others have other rows open now."""
        if self._shown:
            last = len(self._shown) - 1
            self.dataChanged.emit(self.index(0, self.mark_column), self.index(last, self.mark_column))

    def _tip(self, column: Column[R], row: R, *, marked: bool) -> str | None:
        told = [column.tip(row)] if column.tip is not None else []
        if marked and self.mark is not None and (name := self.mark(row)):
            told.insert(0, self.mark_words(name))
        if self.locked and column.editable:
            told.insert(0, self.locked)
        return plain("\n".join(part for part in told if part)) or None

    def _foreground(self, column: Column[R], row: R) -> Any:
        if self.alarm is not None and self.alarm(row):
            return QColor(Qt.GlobalColor.white)
        tone: Tone | None = column.tone(row) if column.tone is not None else None
        return None if tone is None else tone_colour(tone)

    def _font(self) -> QFont:
        if self._code_font is None:
            self._code_font = fixed_font()
        return self._code_font
