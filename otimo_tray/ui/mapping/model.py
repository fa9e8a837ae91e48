"""The De/Para table's model: rows by SKU, marks of refused cells, and edits told to the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, cast

from PySide6.QtCore import Qt, QTimer, Signal

from otimo_tray.domain.catalogue import Component
from otimo_tray.store.readmodels.mapping import (
    CODE,
    COMPONENTS,
    NAME,
    SKU,
    STATE,
    UNITS,
    VERSION,
    MappingRow,
    MappingState,
)
from otimo_tray.ui.look import Tone, tone_colour
from otimo_tray.ui.mapping.columns import (
    CODE_COLUMN,
    STATE_COLUMN,
    UNITS_COLUMN,
    columns,
    search_text,
    states_of,
    tab_mask,
)
from otimo_tray.ui.mapping.conflicts import Conflict, shown
from otimo_tray.ui.mapping.edits import Components, Draft
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import GAP, Index, RowsModel
from otimo_tray.ui.text import plain

_sku = cast("Callable[[MappingRow], str]", itemgetter(SKU))


POUR = 1_000
"""Rows put in one slice: some milliseconds."""
Kits = dict[str, list[tuple[str, int]]]


class Placed(NamedTuple):
    """Rows read anew, by their places among `among`."""

    among: object
    changed: dict[int, MappingRow]
    kits: Kits


class MappingModel(RowsModel[MappingRow]):
    """Rows in the order of their SKUs, so that a SKU is found by halving.

    Signals:
        typed: SKU, column and text of a cell that a person edited.
        poured: all rows that were read anew are in their places.
    """

    typed = Signal(str, int, str)
    poured = Signal()

    def __init__(self) -> None:
        super().__init__(columns(), search_text)
        self.kits: Kits = {}
        self.drafts: dict[tuple[str, int], Draft] = {}
        self.conflicts: dict[str, Conflict] = {}
        """Edits that somebody else's change stopped, by SKU: they are shown as typed, with what the other one wrote."""
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._waiting: dict[int, MappingRow] = {}

    def place_of(self, sku: str) -> int | None:
        """Return the place of a SKU's row."""
        place = bisect_left(self.rows, sku, key=_sku)
        return place if place < len(self.rows) and self.rows[place][SKU] == sku else None

    def components(self, row: MappingRow) -> Components:
        """Return what stands behind a row's SKU; empty without De/Para."""
        if row[COMPONENTS] == 0:
            return ()
        kit = self.kits.get(row[SKU])
        if kit is not None and row[COMPONENTS] > 1:
            return tuple(Component(code, units) for code, units in kit)
        return (Component(row[CODE], row[UNITS]),)

    def components_of(self, skus: Iterable[str]) -> dict[str, Components]:
        """Return the components of these SKUs, those without a row left out."""
        found: dict[str, Components] = {}
        for sku in skus:
            place = self.place_of(sku)
            if place is not None:
                found[sku] = self.components(self.rows[place])
        return found

    def versions_of(self, skus: Iterable[str]) -> dict[str, int]:
        """Return the versions of these SKUs' rows, 0 without De/Para."""
        places = ((sku, self.place_of(sku)) for sku in skus)
        return {sku: self.rows[place][VERSION] for sku, place in places if place is not None}

    def suggest(self, text: str, limit: int = 12) -> list[tuple[str, str]]:
        """Return (SKU, product) of SKUs that hold what was typed, those without De/Para first."""
        free: list[tuple[str, str]] = []
        used: list[tuple[str, str]] = []
        for places in self._index.search(text):
            for place in places:
                row = self.rows[place]
                (used if row[COMPONENTS] else free).append((row[SKU], row[NAME]))
            if len(free) >= limit:
                break
        return (free + used)[:limit]

    def show_tab(self, tab: str) -> None:
        """Show one tab's rows."""
        if tab == "refused":
            self.set_tab(self._refused_mask)
            return
        mask = tab_mask(tab)
        self.set_tab(None if tab == "all" else lambda rows: states_of(rows).translate(mask))

    def put_components(self, after: dict[str, Components]) -> None:
        """Show edits at once, before they are saved and read back."""
        changed: dict[int, MappingRow] = {}
        for sku, components in after.items():
            place = self.place_of(sku)
            if place is None:
                continue
            if len(components) > 1:
                self.kits[sku] = [(part.erp_code, part.units) for part in components]
            else:
                self.kits.pop(sku, None)
            row = list(self.rows[place])
            row[CODE] = components[0].erp_code if components else ""
            row[UNITS] = components[0].units if components else 1
            row[COMPONENTS] = len(components)
            row[STATE] = int(MappingState.NEW if components else MappingState.UNMAPPED)
            self._waiting.pop(place, None)
            changed[place] = tuple(row)  # type: ignore[assignment]  # a list has lost its shape
        self.replace_rows(changed)

    def placed(self, rows: Sequence[MappingRow], kits: Kits) -> Placed:
        """Find where rows that were read anew belong. In a worker: thousands take longer than a key may wait."""
        among = self.rows
        changed: dict[int, MappingRow] = {}
        for row in rows:
            place = bisect_left(among, row[SKU], key=_sku)
            if place < len(among) and among[place][SKU] == row[SKU]:
                changed[place] = row
        return Placed(among, changed, kits)

    def put_placed(self, found: Placed) -> bool:
        """Put rows where `placed` found them, many in slices; False when all rows were read anew meanwhile."""
        if found.among is not self.rows:
            return False
        self.kits.update(found.kits)
        self._waiting.update(found.changed)
        self._pour()
        return True

    @property
    def pouring(self) -> bool:
        """Whether rows still wait for their turn."""
        return bool(self._waiting)

    def _pour(self) -> None:
        places = list(islice(self._waiting, POUR))
        self.replace_rows({place: self._waiting.pop(place) for place in places})
        if self._waiting:
            QTimer.singleShot(0, self, self._pour)
        else:
            self.poured.emit()

    def same_skus(self, rows: Sequence[MappingRow]) -> Sequence[MappingRow] | None:
        """Return the present rows if these are theirs, read anew; None otherwise. In a worker."""
        now = self.rows
        same = len(now) == len(rows) > 0 and all(new[SKU] == old[SKU] for new, old in zip(rows, now, strict=True))
        return now if same else None

    def swap_rows(self, rows: Sequence[MappingRow], index: FoldedIndex[MappingRow]) -> None:
        """Take new values of the same SKUs; older ones that wait to be put are dropped."""
        self._waiting.clear()
        super().swap_rows(rows, index)

    def set_rows(self, rows: Sequence[MappingRow], index: FoldedIndex[MappingRow] | None = None) -> None:
        """Take these rows; what waits to be put among the old ones is dropped."""
        self._waiting.clear()
        super().set_rows(rows, index)  # type: ignore[arg-type]

    def put_drafts(self, drafts: dict[tuple[str, int], Draft | None]) -> None:
        """Mark or clear refused cells."""
        for key, draft in drafts.items():
            if draft is None:
                self.drafts.pop(key, None)
            else:
                self.drafts[key] = draft
        if self.rowCount():
            self.dataChanged.emit(self.index(0, CODE_COLUMN), self.index(self.rowCount() - 1, UNITS_COLUMN))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell the page what was typed; it decides, and puts the row."""
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole or not self.columns[index.column()].editable:
            return False
        text = str(value)
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self.typed.emit(row[SKU], index.column(), text)
        return True

    def answer(self, row: MappingRow, number: int, role: int) -> Any:
        """Show a refused cell's text, marked, with the reason."""
        if self.conflicts and number in {CODE_COLUMN, UNITS_COLUMN, STATE_COLUMN} and row[SKU] in self.conflicts:
            told = self._conflict(self.conflicts[row[SKU]], number, role)
            if told is not None:
                return told
        if self.drafts and number in {CODE_COLUMN, UNITS_COLUMN}:
            draft = self.drafts.get((row[SKU], number))
            if draft is not None:
                if role == Qt.ItemDataRole.DisplayRole:
                    return f"⚠ {draft.text}"
                if role == Qt.ItemDataRole.EditRole:
                    return draft.text
                if role == Qt.ItemDataRole.ForegroundRole:
                    return tone_colour(Tone.BAD)
                if role == Qt.ItemDataRole.ToolTipRole:
                    return plain(draft.reason)
        return super().answer(row, number, role)

    def _conflict(self, found: Conflict, number: int, role: int) -> Any:
        """The cells of code and units show what was typed here, the state's what the other one wrote, and when."""
        theirs = shown(found.theirs.value or ())
        if role == Qt.ItemDataRole.DisplayRole and number == UNITS_COLUMN:
            return (str(found.mine[0].units) if len(found.mine) == 1 else "") + GAP
        if role == Qt.ItemDataRole.DisplayRole:
            return f"▲ {shown(found.mine)}" if number == CODE_COLUMN else f"▲ {found.name}: {theirs}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return tone_colour(Tone.WARN)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(f"{found.when(self.now())}: {theirs}")
        return None

    def put_conflicts(self, conflicts: Mapping[str, Conflict], settled: Iterable[str] = ()) -> None:
        """Mark rows whose edit met somebody else's, and clear those that are settled."""
        self.conflicts.update(conflicts)
        for sku in settled:
            self.conflicts.pop(sku, None)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, CODE_COLUMN), self.index(self.rowCount() - 1, STATE_COLUMN))

    def _refused_mask(self, rows: Sequence[MappingRow]) -> bytes:
        mask = bytearray(len(rows))
        for sku in (*(sku for sku, _column in self.drafts), *self.conflicts):
            place = self.place_of(sku)
            if place is not None:
                mask[place] = 1
        return bytes(mask)
