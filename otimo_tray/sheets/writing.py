"""Writes a sheet row by row, XLSX or CSV by the file's name, whole or not at all; codes stay text."""

from __future__ import annotations

import contextlib
import csv
import errno
import re
import uuid
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal

from otimo_tray.errors import ConfigurationError
from otimo_tray.sheets.guard import guarded, storable

Cell = str | int | Decimal | None
_XLSX_ROWS: Final = 1_048_575
"""Rows that Excel can hold below the header."""
_XLSX_CELL: Final = 32_767
"""Characters that Excel can hold in a cell."""
_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WHYS: Final = {errno.ENOSPC: "full", errno.ENOENT: "folder", errno.ENOTDIR: "folder", errno.EROFS: "locked"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write. `kind` "money" and "number" are numbers in XLSX and have a decimal comma in CSV."""

    title: str
    width: int
    kind: Literal["text", "number", "money"] = "text"


def write_sheet(path: Path, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Writes header and rows; memory stays flat however many there are. Answers how many rows.

    Args:
        path: ends in `.xlsx` or `.csv`; an old file is replaced only once the new one is whole.
        name: of the sheet inside the workbook.

    Raises:
        ConfigurationError: C-484 another ending, C-483 it can't be written there (`why`: locked, folder, full,
            rows, other).
    """
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        raise ConfigurationError("C-484", file=path.name)
    with _whole_file(path) as temporary:
        if ending == ".csv":
            return _write_csv(temporary, columns, rows)
        return _write_xlsx(temporary, path.name, name, columns, rows)


@contextlib.contextmanager
def _whole_file(path: Path) -> Generator[Path]:
    """A temporary neighbour that becomes `path` when all went well, and is gone otherwise."""
    temporary = path.with_name(f".{path.stem}.{uuid.uuid4().hex}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        why = "locked" if isinstance(error, PermissionError) else _WHYS.get(error.errno or 0, "other")
        raise ConfigurationError("C-483", file=path.name, why=why, raw=str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """As Brazilian Excel writes and reads it: `;`, UTF-8 with its mark, CRLF, decimal comma."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([guarded(column.title) for column in columns])
        for row in rows:
            writer.writerow([_csv_cell(cell) for cell in row])
            count += 1
    return count


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(storable(cell))
    if cell is None:
        return ""
    return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _write_xlsx(path: Path, file: str, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + place)].width = column.width
    header: list[Any] = []
    for column in columns:
        cell: Any = WriteOnlyCell(sheet, value=column.title)
        cell.font = Font(bold=True)
        header.append(cell)
    formats = {"text": "@", "number": "General", "money": "#,##0.00"}
    # One cell a column, used again for every row: a row is written out before the next one is looked at.
    text_cells: list[Any] = []
    number_cells: list[Any] = []
    for column in columns:
        text_cells.append(_styled(sheet, "@"))
        number_cells.append(_styled(sheet, formats[column.kind]))
    count = 0
    try:
        sheet.append(header)
        for row in rows:
            count += 1
            if count > _XLSX_ROWS:
                raise ConfigurationError("C-483", file=file, why="rows")
            sheet.append(list(_xlsx_cells(row, text_cells, number_cells)))
        book.save(path)
    except BaseException:
        # The rows so far are in a temporary file of openpyxl's own, which only a save takes away.
        with contextlib.suppress(Exception):
            sheet.close()
            sheet._writer.cleanup()  # noqa: SLF001
        raise
    return count


def _styled(sheet: Any, number_format: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet, value="")
    cell.number_format = number_format
    return cell


def _xlsx_cells(row: Sequence[Cell], text_cells: Sequence[Any], number_cells: Sequence[Any]) -> Iterator[Any]:
    for value, text_cell, number_cell in zip(row, text_cells, number_cells, strict=True):
        if value is None or value == "":
            yield None
        elif isinstance(value, str):
            text_cell.value = _xlsx_text(value)
            text_cell.data_type = "s"  # never "f": what looks like a formula is text, and its format keeps it so
            yield text_cell
        else:
            number_cell.value = value
            yield number_cell


def _xlsx_text(text: str) -> str:
    """Text as the format holds it: `_x0041_` would be read as an escaped A, so its first mark is escaped itself."""
    text = storable(text)
    return (_ESCAPED.sub("_x005F_", text) if "_x" in text else text)[:_XLSX_CELL]
