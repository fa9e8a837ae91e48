"""The one table widget: dense rows, copy, remembered columns, and a sentence where there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from otimo_tray.ui.look import row_height
from otimo_tray.ui.tables.clipboard import to_block
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import Index, RowsModel
from otimo_tray.ui.text import translate

R = TypeVar("R")
COPY_LIMIT = 1_000_000
"""Cells copied at most: a sheet of Excel has no more rows."""
KEPT_SELECTION = 1_000
"""Chosen rows up to so many stay chosen when rows are read anew."""
COPY_HERE = 1_000
"""Up to so many rows are copied in the GUI thread; more in a worker, where there is one."""


def _block_text(
    columns: Sequence[Column[R]],
    order: Sequence[int],
    blocks: Sequence[tuple[int, int, int, int]],
    places: Sequence[int],
    rows: Sequence[R],
    whole: bool,
) -> str:
    """The selected cells as text; may run in a worker, and so makes one row after the other."""
    cells: dict[int, set[int]] = {}
    if len(blocks) > 1:
        for top, left, bottom, right in blocks:
            for row in range(top, bottom + 1):
                cells.setdefault(row, set()).update(range(left, right + 1))
        chosen = {column for picked in cells.values() for column in picked}
        lines: Sequence[int] = sorted(cells)
    else:
        top, left, bottom, right = blocks[0]
        chosen = set(range(left, right + 1))
        lines = range(top, bottom + 1)
    used = [column for column in order if column in chosen]
    lines = lines[: max(1, COPY_LIMIT // max(1, len(used)))]

    def texts(shown: int) -> list[str]:
        row, picked = rows[places[shown]], cells.get(shown, chosen)
        return [(columns[place].copy or columns[place].show)(row) if place in picked else "" for place in used]

    titles = [[columns[column].title for column in used]] if whole and len(lines) > 1 else []
    return to_block(chain(titles, map(texts, lines)))


class Table(QTableView, Generic[R]):
    """A table over a `RowsModel`.

    Args:
        model: the rows.
        name: under which the columns' layout is remembered.
        settings: where.

    Signals:
        opened: a row was chosen by Enter or double click where cells aren't edited.
        current_changed: another row is current now.
    """

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(self, model: RowsModel[R], name: str, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = model
        self._name = f"tables/{name}"
        self._settings = settings
        self.empty_text: Callable[[], str] = str
        self.row_menu: Callable[[QMenu, list[R]], None] | None = None
        self.setModel(model)
        self.setObjectName(name)
        titles = ", ".join(column.title for column in model.columns[:3])
        self.setAccessibleName(translate("Tables", "Tabela: {columns}").format(columns=titles))
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(self._open)
        model.shown_changed.connect(self._keep_place)
        self._place: int | None = None
        self.key: Callable[[R], object] | None = None
        """What makes a row the same one after rows were read anew; without it, its place does."""
        self.place_of_key: Callable[[Any], int | None] | None = None
        """Finds the place of a key's row, where there may be a hundred thousand."""
        self._key: object = None
        self._before: tuple[int, int, set[object]] | None = None
        model.modelAboutToBeReset.connect(self._note_view)
        self._prepare_headers()
        copy = QAction(self.tr("Copiar"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self._copy = copy

    # --- rows ---------------------------------------------------------------------------------------------------------

    def current_row(self) -> R | None:
        """Return the current row."""
        return self.rows_model.row_at(self.currentIndex())

    def selected_blocks(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (top, left, bottom, right) of the selected blocks, limits included."""
        # A list in all but its stubs.
        for part in cast("list[QItemSelectionRange]", self.selectionModel().selection()):
            yield part.top(), part.left(), part.bottom(), part.right()

    def selected_rows(self) -> list[R]:
        """Return the selected rows in the shown order."""
        seen: dict[int, None] = {}
        for top, _left, bottom, _right in sorted(self.selected_blocks()):
            seen.update(dict.fromkeys(range(top, bottom + 1)))
        return [self.rows_model.rows[self.rows_model.place_at(row)] for row in seen]

    def go_to(self, place: int, column: int = 0) -> bool:
        """Make the row at this place of the model's rows current; False when it isn't shown."""
        shown = self.rows_model.shown_row_of(place)
        if shown is None:
            return False
        index = self.rows_model.index(shown, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    # --- clipboard ----------------------------------------------------------------------------------------------------

    def copy_selection(self) -> None:
        """Put the selected cells on the clipboard as Excel expects them: whole rows come with their headings."""
        header = self.horizontalHeader()
        order = [place for place in map(header.logicalIndex, range(header.count())) if not self.isColumnHidden(place)]
        blocks = sorted(self.selected_blocks())
        if not blocks:
            return
        whole = self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
        places, rows = self.rows_model.shown_now()
        make = partial(_block_text, self.rows_model.columns, order, blocks, places, rows, whole)
        count = sum(bottom - top + 1 for top, _, bottom, _ in blocks)
        if count <= COPY_HERE or self.rows_model.run_sort is None:
            QGuiApplication.clipboard().setText(make())
        else:
            self.rows_model.run_sort(make, QGuiApplication.clipboard().setText)

    # --- keys and menus -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter, copy with Ctrl+C."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = self.rows_model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = self.selected_rows()
        if self.row_menu is not None and rows:
            self.row_menu(menu, rows)
            menu.addSeparator()
        if rows:
            menu.addAction(self._copy)
        menu.popup(self.viewport().mapToGlobal(place))

    def _show_columns_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.rows_model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _show_column(self, number: int, shown: bool) -> None:
        self.setColumnHidden(number, not shown)
        self._remember()

    # --- looks --------------------------------------------------------------------------------------------------------

    def _prepare_headers(self) -> None:
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # To paint itself, a header asks of every cell whether it is selected: seconds with all of 100,000 rows chosen.
        # It shows no selection here, so it gets one of its own, in which there never is any.
        header.setSelectionModel(QItemSelectionModel(self.rows_model, header))
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_columns_menu)
        self.setSortingEnabled(True)
        letter = self.fontMetrics().averageCharWidth()
        for number, column in enumerate(self.rows_model.columns):
            heading = self.fontMetrics().horizontalAdvance(column.title) + 28
            self.setColumnWidth(number, max(column.width * letter + 16, heading))
            self.setColumnHidden(number, column.hidden)
        stretch = next((n for n, column in enumerate(self.rows_model.columns) if column.width == 0), None)
        kept: Any = self._settings.value(self._name)
        if kept is not None and self._settings.value(f"{self._name}/columns") == self._fingerprint():
            header.restoreState(kept)
        if stretch is not None:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        else:
            shown = [column for column in self.rows_model.columns if not column.hidden]
            header.setStretchLastSection(not shown[-1].right)
        header.sectionResized.connect(self._remember)
        header.sectionMoved.connect(self._remember)
        self.setFixedWidthHint()

    def setFixedWidthHint(self) -> None:
        """Let the table shrink: layouts must survive small screens."""
        self.setMinimumWidth(240)

    def _fingerprint(self) -> str:
        return ",".join(column.key for column in self.rows_model.columns)

    def _remember(self, *_: int) -> None:
        self._settings.setValue(self._name, self.horizontalHeader().saveState())
        self._settings.setValue(f"{self._name}/columns", self._fingerprint())

    def _fit_rows(self) -> None:
        height = row_height(self.fontMetrics())
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
        super().changeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Remember the current row's place, so that it stays current through filters."""
        super().currentChanged(current, previous)
        row = self.rows_model.row_at(current)
        if row is not None:
            self._place = self.rows_model.place_at(current.row())
            self._key = None if self.key is None else self.key(row)
            self.current_changed.emit(row)

    def _note_view(self) -> None:
        """Before rows are read anew: how far down they are scrolled, and which are chosen."""
        if self.key is None or self._before is not None:
            return
        blocks = sorted(self.selected_blocks())
        few = sum(bottom - top + 1 for top, _, bottom, _ in blocks) <= KEPT_SELECTION
        chosen = {self.key(found) for found in self.selected_rows()} if few else set[object]()
        self._before = self.verticalScrollBar().value(), max(0, self.currentIndex().column()), chosen

    def _keep_view(self, scrolled: int, column: int, chosen: set[object]) -> None:
        """After rows were read anew, by another desk's doing: the same one is current, the same are chosen and in view.

        A row that is gone isn't followed by its neighbour: the next key would do to that what was meant for it.
        """
        model, key = self.rows_model, self.key
        assert key is not None
        selection = self.selectionModel()
        wanted: set[object] = {*chosen, self._key} - {None}
        now: dict[object, int] = {}
        if self.place_of_key is not None:
            places = ((one, self.place_of_key(one)) for one in wanted)
            shown = ((one, None if place is None else model.shown_row_of(place)) for one, place in places)
            now = {one: number for one, number in shown if number is not None}
        elif wanted:
            now = {one: number for number, found in enumerate(model.shown_rows()) if (one := key(found)) in wanted}
        cells = self.selectionBehavior() != QAbstractItemView.SelectionBehavior.SelectRows
        flags = QItemSelectionModel.SelectionFlag
        if self._key in now:
            index = model.index(now[self._key], column)
            selection.setCurrentIndex(index, flags.ClearAndSelect if cells else flags.NoUpdate)
        for one in () if cells else chosen & now.keys():
            selection.select(model.index(now[one], column), flags.Select | flags.Rows)
        self.verticalScrollBar().setValue(scrolled)

    def _keep_place(self) -> None:
        before, self._before = self._before, None
        if before is not None and self.rows_model.renewing:
            self.updateGeometries()  # the scroll bar's range is the new rows'
            self._keep_view(*before)
            self.viewport().update()
            return
        if self._place is not None and self._place < len(self.rows_model.rows):
            column = max(0, self.currentIndex().column())
            self.go_to(self._place, column)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say in a sentence why the table is empty."""
        super().paintEvent(event)
        if self.rows_model.rowCount() or self.rows_model.busy:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        area = self.viewport().rect().adjusted(32, 24, -32, -24)
        painter.drawText(
            area,
            int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap),
            self.empty_text(),
        )
        painter.end()
