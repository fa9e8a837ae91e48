"""Opens a sheet, CSV or Excel, and gives its columns block by block; a sheet that isn't whole is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from otimo_tray.errors import ReadRefused

CSV_LIMIT: Final = 256 * 1024 * 1024
"""Bytes of a CSV file, looked at before it is opened: about three million products."""
EXCEL_LIMIT: Final = 64 * 1024 * 1024
UNPACKED_LIMIT: Final = 512 * 1024 * 1024
"""Bytes that an XLSX file may unpack to (Excel itself stops at 1,048,576 rows)."""
TOTAL_MARK: Final = "#total"
"""An optional last row `#total;<number of rows>` declares that the file is complete."""

EXTENSIONS: Final = (".csv", ".txt", ".xlsx", ".xls")


@dataclass(frozen=True, slots=True)
class Block:
    """Some thousand rows as columns of equal length, in the file's own order.

    Attributes:
        first_row: row number of the first one as a person counts (the header is row 1).
        columns: cells; text in a CSV file, whatever Excel holds (str, float, datetime …) in an Excel one.
    """

    first_row: int
    columns: Sequence[Sequence[object]]


class Sheet(Protocol):
    """An open question to one file; nothing is held open between calls but a running `blocks`.

    Attributes:
        text: every cell is text as the file has it.
    """

    source: str
    header: Sequence[str]
    text: bool

    def blocks(self) -> Iterator[Block]:
        """All rows below the header. Raises ReadRefused (E-252 not whole, E-258 damaged) and ErpAway."""
        ...


def open_sheet(path: Path, size: int, known: Mapping[str, Sequence[str]], overrides: Mapping[str, str]) -> Sheet:
    """Opens by extension and reads the header.

    Raises:
        ReadRefused: E-256 too large, E-252 not whole, E-258 not a sheet at all.
        ErpAway: the file is locked or gone.
    """
    from otimo_tray.erp.folder.csv_sheet import CsvSheet

    limit = limit_of(path)
    if size > limit:
        raise ReadRefused("E-256", source=path.name, size=size, limit=limit)
    if limit == EXCEL_LIMIT:
        from otimo_tray.erp.folder.excel_sheet import ExcelSheet

        return ExcelSheet(path)
    return CsvSheet(path, known, overrides)


def limit_of(path: Path) -> int:
    """Bytes that a sheet may have, by its extension."""
    return EXCEL_LIMIT if path.suffix.lower() in (".xlsx", ".xls") else CSV_LIMIT
