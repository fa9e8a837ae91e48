"""An Excel sheet, read by calamine, whose cells come as Excel holds them: every number is a float there."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from otimo_tray.erp.folder.files import reading
from otimo_tray.erp.folder.sheets import UNPACKED_LIMIT, Block
from otimo_tray.errors import ReadRefused

_BLOCK_ROWS: Final = 4_000
_NO_CELLS: Final[list[object]] = []
_EXACT: Final = 10**15
"""Excel keeps 15 digits: a larger whole number has lost some, and never becomes a code."""


class ExcelSheet:
    """The first visible sheet of one workbook. The workbook is held in memory while `blocks` runs."""

    text = False

    def __init__(self, path: Path) -> None:
        self.source = path.name
        self._path = path
        if path.suffix.lower() == ".xlsx":
            self._check_archive()
        self._rows = self._open()
        self.header: Sequence[str] = [str(cell) for cell in next(self._rows, _NO_CELLS)]
        if not any(name.strip() for name in self.header):
            raise ReadRefused("E-252", source=self.source, row=1, reason="empty")

    def blocks(self) -> Iterator[Block]:
        """See `Sheet.blocks`. Rows that are blank are left out. Can be asked once."""
        row = 2
        while rows := list(islice(self._rows, _BLOCK_ROWS)):
            columns: list[Sequence[object]] = list(zip(*rows, strict=True))
            if "" in columns[0]:
                kept = [cells for cells in rows if any(cell != "" for cell in cells)]
                columns = list(zip(*kept, strict=True))
            if columns:
                yield Block(row, columns)
            row += len(rows)

    def _check_archive(self) -> None:
        """The directory of a zip file stands at its end: readable, it proves that the file was written to the end.

        A damaged one may also ask for features that nobody has (NotImplementedError) or name no date (ValueError).
        """
        try:
            with reading(self._path), zipfile.ZipFile(self._path) as archive:
                size = sum(entry.file_size for entry in archive.infolist())
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
            with reading(self._path), self._path.open("rb") as file:
                begun = file.read(2) in (b"PK", b"")
            if begun:
                raise ReadRefused("E-252", source=self.source, row=0, reason="no_end", raw=str(error)) from error
            raise ReadRefused("E-258", source=self.source, reason="not_excel", raw=str(error)) from error
        if size > UNPACKED_LIMIT:
            raise ReadRefused("E-256", source=self.source, size=size, limit=UNPACKED_LIMIT)

    def _open(self) -> Iterator[list[object]]:
        try:
            with reading(self._path):
                workbook = CalamineWorkbook.from_path(str(self._path))  # pyright: ignore[reportUnknownMemberType]
            visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
            if not visible:
                return iter(())
            sheet = workbook.get_sheet_by_name(visible[0])
        except PasswordError as error:
            raise ReadRefused("E-258", source=self.source, reason="password", raw=str(error)) from error
        except (CalamineError, ZipError) as error:
            raise ReadRefused("E-258", source=self.source, reason="not_excel", raw=str(error)) from error
        return cast("Iterator[list[object]]", sheet.iter_rows())


def code_text(cell: object) -> str | None:
    """A code, an EAN or a key as text; None when Excel has made something else of it (a fraction, too many digits)."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return str(int(cell)) if _is_whole(cell) else None


def number_text(cell: object) -> str:
    """A number cell in canonical text, with the 15 digits that Excel itself shows; anything else as it is written."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return plain_text(cell)
    if _is_whole(cell):
        return str(int(cell))
    return format(Decimal(f"{cell:.15g}"), "f")


def plain_text(cell: object) -> str:
    """Any cell as text; dates as ISO (`2026-10-01`, or with the time when it has one), whole numbers without `.0`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and _is_whole(cell):
        return str(int(cell))
    return str(cell)


def _is_whole(number: float) -> bool:
    return float(number).is_integer() and abs(number) < _EXACT
