"""A first look at the exchange folder's sheets: header, which columns were recognised, a few rows as they stand there.

For the screen where the columns are mapped: it reads a few rows, checks nothing more and moves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from otimo_tray.erp.folder.columns import STOCK_COLUMNS, find_columns
from otimo_tray.erp.folder.excel_sheet import plain_text
from otimo_tray.erp.folder.layout import find_stock_files, root_of
from otimo_tray.erp.folder.reading import SourceFile
from otimo_tray.erp.folder.sheets import Sheet, open_sheet
from otimo_tray.errors import OtimoError


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What one sheet shows.

    Attributes:
        header: names as the file has them.
        rows: the first rows, every cell as text.
        found: our column → the place in the header by our own names for it, before the shop's.
        error: why there are no rows, or why no column was recognised.
    """

    source: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    found: Mapping[str, int] | None = None
    error: OtimoError | None = None


def look_at_sheets(folder: str, limit: int = 10) -> list[SheetLook]:
    """The stock sheet and the price sheet of a folder, those of the two that there are.

    Raises:
        ErpMisconfigured: E-220, no folder. ErpAway: E-210, it can't be reached. ReadRefused: E-257, two of a kind.
    """
    files = find_stock_files(root_of(folder))
    present = [file for file in (files.stock, files.prices) if file is not None]
    return [_look(file, limit) for file in present or files.changes[:1]]


def _look(file: SourceFile, limit: int) -> SheetLook:
    name = file.path.name
    try:
        sheet = open_sheet(file.path, file.stamp.size, STOCK_COLUMNS, {})
    except OtimoError as error:
        return SheetLook(name, error=error)
    header = tuple(sheet.header)
    error: OtimoError | None = None
    found: Mapping[str, int] = {}
    try:
        found = find_columns(header, STOCK_COLUMNS, (), {}, name)
    except OtimoError as caught:
        error = caught
    try:
        rows = _rows(sheet, limit)
    except OtimoError as caught:
        return SheetLook(name, header, (), found, error or caught)
    return SheetLook(name, header, rows, found, error)


def _rows(sheet: Sheet, limit: int) -> tuple[tuple[str, ...], ...]:
    for block in islice(sheet.blocks(), 1):
        rows = islice(zip(*block.columns, strict=True), limit)
        return tuple(tuple(cell if isinstance(cell, str) else plain_text(cell) or "" for cell in row) for row in rows)
    return ()
