"""Reads a sheet that a person filled in as text, by its columns' names.

Encoding, separator and the workbook are found out as for the ERP's own exports; but where those must be whole and
regular or are refused, a person's sheet may end without a line's end and leave out empty cells at a row's end, as
Excel itself does, and keeps its blank rows so that row numbers are those the person sees.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from otimo_tray.erp.folder.columns import find_columns
from otimo_tray.erp.folder.csv_sheet import CsvSheet
from otimo_tray.erp.folder.excel_sheet import ExcelSheet, plain_text
from otimo_tray.erp.folder.files import reading
from otimo_tray.erp.folder.sheets import CSV_LIMIT, EXCEL_LIMIT, Block
from otimo_tray.errors import ConfigurationError, ErpAway, ErpMisconfigured, ReadRefused
from otimo_tray.sheets.guard import storable, unguarded

Columns = Mapping[str, Sequence[str]]
"""Our name of a column → the spellings it is recognised by, plain (`columns.plain_name`), the best one first."""
_BLOCK_ROWS: Final = 2_000
_HEADER_BYTES: Final = 64 * 1024
_EXACT: Final = 10**15
_AWAY: Final = {"E-211": "locked", "E-213": "gone"}


class PersonSheet:
    """One sheet. `rows` can be asked once."""

    def __init__(self, path: Path, columns: Columns, required: Sequence[str], expected: str) -> None:
        """Opens the file and recognises its header.

        Args:
            expected: the columns as the person should name them, for the sentence.

        Raises:
            ConfigurationError: C-480 the columns aren't there (`found`, `expected`), C-481 it can't be read now
                (`why`: gone, locked, other), C-482 it is no sheet (`why`, `row`).
        """
        self._path = path
        try:
            self._sheet = _open(path, columns)
        except (ReadRefused, ErpAway) as error:
            raise _refusal(path, error) from error
        header = [unguarded(name) for name in self._sheet.header]
        try:
            self._places = find_columns(header, columns, required, {}, path.name)
        except (ReadRefused, ErpMisconfigured) as error:
            found = str(error.params.get("found", ""))
            repeated = error.params.get("repeated")
            raise ConfigurationError(
                "C-480", file=path.name, found=found, expected=expected, repeated=repeated
            ) from error
        self._names = tuple(columns)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row that isn't blank: its number as the person sees it (the header is row 1), and its cells.

        They are in the order of `columns`, "" for a column that the sheet doesn't have. Raises ConfigurationError
        C-481, C-482.
        """
        places = [self._places.get(name) for name in self._names]
        clean = _csv_text if self._sheet.text else cell_text
        try:
            for block in self._sheet.blocks():
                count = len(block.columns[0])
                picked = [block.columns[place] if place is not None else [""] * count for place in places]
                for number, cells in enumerate(zip(*picked, strict=True), block.first_row):
                    texts = tuple([clean(cell) if cell != "" else "" for cell in cells])
                    if any(texts):
                        yield number, texts
        except (ReadRefused, ErpAway) as error:
            raise _refusal(self._path, error) from error


def _csv_text(cell: str) -> str:
    return unguarded(storable(cell))


def cell_text(cell: object) -> str:
    """A cell of Excel's as text. A number too long to be exact comes as `1.23457E+15`, which no code looks like."""
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        return f"{cell:.5E}"
    return plain_text(cell)


class _PersonCsv(CsvSheet):
    """Found out as an export is; its rows are read leniently and may have any length."""

    def __init__(self, path: Path, columns: Columns) -> None:
        super().__init__(path, columns, {})

    def _texts(self, file: BinaryIO) -> Iterator[str]:
        """Only the header is read by it here; a text wrapper around the file would be left open after it."""
        if self._encoding == "utf-16":
            return iter([file.read(_HEADER_BYTES).decode("utf-16", "replace")])
        return super()._texts(file)

    def blocks(self) -> Iterator[Block]:
        width, row = len(self.header), self._skipped + 1
        with (
            reading(self._path),
            self._path.open(encoding=self._encoding, errors="replace", newline="") as file,
        ):
            rows = csv.reader(file, delimiter=self._separator, strict=True)
            try:
                for _ in range(self._skipped):
                    next(rows, None)
                while block := list(islice(rows, _BLOCK_ROWS)):
                    fitted = [(cells + [""] * width)[:width] for cells in block]
                    yield Block(row, list(zip(*fitted, strict=True)))
                    row += len(block)
            except csv.Error as error:
                raise ReadRefused("E-252", source=self.source, row=row, reason="quotes", raw=str(error)) from error


class _PersonExcel(ExcelSheet):
    def blocks(self) -> Iterator[Block]:
        row = 2
        while rows := list(islice(self._rows, _BLOCK_ROWS)):
            yield Block(row, list(zip(*rows, strict=True)))
            row += len(rows)


def _open(path: Path, columns: Columns) -> CsvSheet | ExcelSheet:
    with reading(path):
        size = path.stat().st_size
        if path.is_dir():
            raise ReadRefused("E-258", source=path.name, reason="folder")
    excel = path.suffix.lower() in (".xlsx", ".xlsm", ".xls")
    limit = EXCEL_LIMIT if excel else CSV_LIMIT
    if size > limit:
        raise ReadRefused("E-256", source=path.name, size=size, limit=limit)
    return _PersonExcel(path) if excel else _PersonCsv(path, columns)


def _refusal(path: Path, error: ReadRefused | ErpAway) -> ConfigurationError:
    """The ERP reader's refusal, told of a person's sheet."""
    if isinstance(error, ErpAway):
        why = _AWAY.get(error.code, "other")
        return ConfigurationError("C-481", file=path.name, why=why, raw=error.raw)
    why = "size" if error.code == "E-256" else str(error.params.get("reason", "other"))
    return ConfigurationError(
        "C-482", file=path.name, why=why, row=error.params.get("row"), raw=error.raw or str(error)
    )
