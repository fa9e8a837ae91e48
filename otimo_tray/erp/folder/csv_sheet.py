"""A CSV sheet: encoding and separator found out, rows cut into columns as fast as Python allows.

Where no quote has been met, a block of lines is cut by one `str.split` and checked as a whole to have exactly the
header's columns in each row; that is quicker than `csv.reader`, which takes over at the first quote in the file and
looks at every block that isn't regular, so that a fault can be named by its row.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from otimo_tray.erp.folder.columns import count_known
from otimo_tray.erp.folder.files import reading
from otimo_tray.erp.folder.sheets import TOTAL_MARK, Block
from otimo_tray.errors import ReadRefused

_BLOCK_BYTES: Final = 384 * 1024
_BLOCK_ROWS: Final = 4_000
_SEPARATORS: Final = (";", "\t", ",")
_LONGEST_LINE: Final = 4 * 1024 * 1024


class CsvSheet:
    """One CSV file; `header` is read at once, the rows by `blocks`."""

    text = True

    def __init__(self, path: Path, known: Mapping[str, Sequence[str]], overrides: Mapping[str, str]) -> None:
        self.source = path.name
        self._path = path
        self._last = b"\n"
        with reading(path), path.open("rb") as file:
            self._encoding = self._find_encoding(file)
            file.seek(0)
            first = next(self._texts(file), "")
        lines = first.split("\n", 2)
        self._skipped = 1
        if lines[0].lower().startswith("sep=") and len(lines) > 1:
            self._skipped, self._separator = 2, lines[0][4:5] or ";"
            self.header: Sequence[str] = self._cells(lines[1], self._separator)
            return
        choices = [(count_known(cells, known, overrides), len(cells), separator, cells)
                   for separator in _SEPARATORS
                   for cells in [self._cells(lines[0], separator)]]  # fmt: skip
        _, _, self._separator, self.header = max(choices, key=lambda choice: choice[:2])
        if not any(cell.strip() for cell in self.header):
            raise ReadRefused("E-252", source=self.source, row=1, reason="empty")

    def blocks(self) -> Iterator[Block]:
        """See `Sheet.blocks`."""
        with reading(self._path), self._path.open("rb") as file:
            yield from self._blocks(file)

    # --- text ----------------------------------------------------------------------------------------------------

    def _find_encoding(self, file: BinaryIO) -> str:
        """utf-8 when every byte of the file is, else cp1252 as Brazilian Excel writes it; UTF-16 by its mark."""
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            file.seek(-2, io.SEEK_END)
            self._last = file.read().strip(b"\0")
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            block = start
            while block:
                if b"\0" in block or block.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
                    raise ReadRefused("E-258", source=self.source, reason="not_text")
                self._last = block[-1:]
                decoder.decode(block)
                block = file.read(1024 * 1024)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            while block:
                if b"\0" in block:
                    raise ReadRefused("E-258", source=self.source, reason="not_text") from None
                self._last = block[-1:]
                block = file.read(1024 * 1024)
            return "cp1252"
        return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"

    def _texts(self, file: BinaryIO) -> Iterator[str]:
        r"""The file in pieces that end at a line's end (the last one may not), lines ended by `\n`."""
        if self._encoding == "utf-16":
            text = io.TextIOWrapper(file, "utf-16", newline=None)
            while lines := "".join(islice(text, _BLOCK_ROWS)):
                yield lines
            text.detach()
            return
        carry = b""
        while data := file.read(_BLOCK_BYTES):
            cut = data.rfind(b"\n") + 1
            if not cut:
                carry += data
                if len(carry) > _LONGEST_LINE:
                    raise ReadRefused("E-258", source=self.source, reason="not_text")
                continue
            yield self._decoded(carry + data[:cut])
            carry = data[cut:]
        if carry:
            yield self._decoded(carry)

    def _decoded(self, data: bytes) -> str:
        if self._encoding == "cp1252":
            text = data.decode("cp1252", "replace")  # five bytes of cp1252 mean nothing; they are never in a number
        else:
            text = data.decode("utf-8")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text.removeprefix("\ufeff")

    @staticmethod
    def _cells(line: str, separator: str) -> list[str]:
        return next(csv.reader([line], delimiter=separator), [])

    # --- rows ----------------------------------------------------------------------------------------------------

    def _blocks(self, file: BinaryIO) -> Iterator[Block]:
        row, skip = self._skipped + 1, self._skipped
        texts = self._texts(file)
        for text in texts:
            body = text
            if skip:
                if text.count("\n") < skip:
                    raise ReadRefused("E-252", source=self.source, row=skip, reason="no_end")
                body = text.split("\n", skip)[skip]
                skip = 0
            if '"' in body:
                yield from self._quoted(chain([body], texts), row)
                return
            if not body:
                continue
            columns = self._cut(body) if body.endswith("\n") else None
            if columns is not None:
                yield Block(row, columns)
                row += len(columns[0])
                continue
            rows = csv.reader(io.StringIO(body, newline="\n"), delimiter=self._separator)
            for block in self._checked(rows, row, body.endswith("\n")):
                row = block.first_row + len(block.columns[0])
                yield block

    def _cut(self, body: str) -> list[list[str]] | None:
        """All cells of a regular block by one split; None when some row hasn't exactly the header's columns."""
        width, count = len(self.header), body.count("\n")
        if width == 1:
            return None
        separator = self._separator
        # Each line's end becomes a separator, and its mark the first character of the next line's first cell.
        cells = ("\n" + body[:-1]).replace("\n", f"{separator}\n").split(separator)
        del cells[0]
        if len(cells) != width * count:
            return None
        columns = [cells[place::width] for place in range(width)]
        marked = "".join(columns[0])
        if marked.count("\n") != count:
            return None
        first = marked.split("\n")
        del first[0]
        if "" in first or TOTAL_MARK in marked:
            return None
        columns[0] = first
        return columns

    def _quoted(self, texts: Iterator[str], row: int) -> Iterator[Block]:
        lines = chain.from_iterable(io.StringIO(text, newline="\n") for text in texts)
        rows = csv.reader(lines, delimiter=self._separator, strict=True)
        yield from self._checked(rows, row, self._last in (b"\n", b"\r"))

    def _checked(self, rows: Iterator[list[str]], row: int, complete: bool) -> Iterator[Block]:
        """Blocks of rows that all have the header's columns; blank lines left out, a declared total checked."""
        width = len(self.header)
        start = self._skipped + 1
        while True:
            try:
                block = list(islice(rows, _BLOCK_ROWS))
            except csv.Error as error:
                raise ReadRefused("E-252", source=self.source, row=row, reason="quotes", raw=str(error)) from error
            if not block:
                if not complete:
                    # Cut in the middle of its last row, though this may have all columns: `19,9` of `19,90`.
                    raise ReadRefused("E-252", source=self.source, row=row - 1, reason="no_end")
                return
            try:
                columns = list(zip(*block, strict=True))
            except ValueError:
                columns = []
            irregular = len(columns) != width or "" in columns[0] or TOTAL_MARK in columns[0]
            if irregular:
                kept: list[list[str]] = []
                for index, cells in enumerate(block):
                    if cells and cells[0].strip().lower() == TOTAL_MARK:
                        self._check_total(cells, row + index - start)
                        complete = True
                    elif any(cells):
                        kept.append(self._fitted(cells, row + index))
                columns = list(zip(*kept, strict=True))
            if columns:
                yield Block(row, columns)
            row += len(block)

    def _fitted(self, cells: list[str], row: int) -> list[str]:
        width = len(self.header)
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if len(cells) != width:
            raise ReadRefused("E-252", source=self.source, row=row, reason="columns", found=len(cells), expected=width)
        return cells

    def _check_total(self, cells: list[str], count: int) -> None:
        declared = cells[1].strip() if len(cells) > 1 else ""
        if declared != str(count):
            raise ReadRefused("E-252", source=self.source, row=count, reason="total", found=count, expected=declared)
