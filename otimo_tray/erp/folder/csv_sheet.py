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
from itertools import repeat
from operator import contains
from pathlib import Path
from typing import BinaryIO, Final

from otimo_tray.erp.folder.columns import count_known
from otimo_tray.erp.folder.files import reading
from otimo_tray.erp.folder.sheets import TOTAL_MARK, Block
from otimo_tray.errors import ReadRefused

_BLOCK_BYTES: Final = 64 * 1024
"""Small enough that a block and its cells stay in the processor's cache: six times as much takes a third longer."""
_BLOCK_ROWS: Final = 800
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
        self._line_end = "\r\n" if "\r\n" in first else "\n"
        lines = _lines_of(first, 2)
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
        if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise ReadRefused("E-258", source=self.source, reason="not_text")  # an Excel file called .csv
        file.seek(0)
        decode = codecs.getincrementaldecoder("utf-8")().decode
        unicode = True
        while block := file.read(_BLOCK_BYTES):
            if b"\0" in block:
                raise ReadRefused("E-258", source=self.source, reason="not_text")
            self._last = block[-1:]
            if unicode:
                try:
                    decode(block)
                except UnicodeDecodeError:
                    unicode = False
        if unicode:
            try:
                decode(b"", True)
            except UnicodeDecodeError:
                unicode = False
        if not unicode:
            return "cp1252"
        return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"

    def _texts(self, file: BinaryIO) -> Iterator[str]:
        """The file in pieces that end at a line's end (the last one may not), with its own line ends."""
        if self._encoding == "utf-16":
            yield from self._wide_texts(file)
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

    def _wide_texts(self, file: BinaryIO) -> Iterator[str]:
        """The same for UTF-16, where a line's end isn't one byte."""
        decode, carry = codecs.getincrementaldecoder("utf-16")().decode, ""
        try:
            while data := file.read(_BLOCK_BYTES):
                lines, end, rest = (carry + decode(data)).rpartition("\n")
                if lines or end:
                    yield lines + end
                carry = rest
                if len(carry) > _LONGEST_LINE:
                    raise ReadRefused("E-258", source=self.source, reason="not_text")
            carry += decode(b"", True)
        except UnicodeDecodeError as error:
            raise ReadRefused("E-258", source=self.source, reason="not_text", raw=str(error)) from error
        if carry:
            yield carry

    def _decoded(self, data: bytes) -> str:
        if self._encoding == "cp1252":
            text = data.decode("cp1252", "replace")  # five bytes of cp1252 mean nothing; they are never in a number
        else:
            text = data.decode("utf-8")
        return text.removeprefix("\ufeff")

    def _cells(self, line: str, separator: str) -> list[str]:
        try:
            rows: list[list[str]] = list(csv.reader([line], delimiter=separator))
        except (csv.Error, TypeError) as error:  # a lone CR in it; a separator that can't be one
            raise ReadRefused("E-252", source=self.source, row=1, reason="quotes", raw=str(error)) from error
        return rows[0] if rows else []

    # --- rows ----------------------------------------------------------------------------------------------------

    def _blocks(self, file: BinaryIO) -> Iterator[Block]:
        row, count, skip = self._skipped + 1, 0, self._skipped
        texts = self._texts(file)
        for text in texts:
            body = text
            if skip:
                lines = _lines_of(text, skip)
                if len(lines) <= skip:
                    raise ReadRefused("E-252", source=self.source, row=skip, reason="no_end")
                body, skip = lines[skip], 0
            if not body:
                continue
            columns = None if '"' in body else self._cut(body)
            if columns is not None:
                yield Block(row, columns)
                row += len(columns[0])
                count += len(columns[0])
                continue
            lines, body = self._parsed(body, texts, row)
            block = self._checked(lines, row, count, body.endswith(("\n", "\r")))
            if block is not None:
                yield block
                count += len(block.columns[0])
            row += len(lines)

    def _parsed(self, body: str, texts: Iterator[str], row: int) -> tuple[list[list[str]], str]:
        """An irregular block by `csv.reader`; takes more text in, and answers it, when it ends inside of quotes."""
        while True:
            try:
                rows = csv.reader(io.StringIO(body, newline=""), delimiter=self._separator, strict=True)
                return list(rows), body
            except csv.Error as error:
                more = next(texts, "") if len(body) < _LONGEST_LINE and body.count('"') % 2 else ""
                if not more:
                    raise ReadRefused("E-252", source=self.source, row=row, reason="quotes", raw=str(error)) from error
                body += more

    def _cut(self, body: str) -> list[Sequence[str]] | None:
        """All cells of a regular block by one split; None when some row hasn't exactly the header's columns."""
        end, gaps = self._line_end, len(self.header) - 1
        count = body.count("\n")
        if not gaps or not count or body.count("\r") != (count if end == "\r\n" else 0):
            return None
        cells = body.split(self._separator)
        if len(cells) != gaps * count + 1:
            return None
        # The last cell of a row and the first one of the next are still together, a line's end between them.
        # There are as many of these as line ends: if each has one, it has exactly one, and no other cell has any.
        joints = cells[gaps::gaps]
        if not all(map(contains, joints, repeat("\n"))):
            return None
        ends = end.join((cells[0], *joints)).split(end)
        first = ends[: 2 * count : 2]
        if len(ends) != 2 * count + 1 or not all(first) or TOTAL_MARK in body:
            return None
        return [first, *(cells[place::gaps] for place in range(1, gaps)), ends[1::2]]

    def _checked(self, block: list[list[str]], row: int, count: int, complete: bool) -> Block | None:
        """Rows, after `count` earlier ones, that all have the header's columns; blank lines are left out."""
        columns: list[tuple[str, ...]] = []
        if block and {len(cells) for cells in block} == {len(self.header)}:
            columns = list(zip(*block, strict=True))
        if not columns or not all(columns[0]) or TOTAL_MARK in columns[0]:
            kept: list[list[str]] = []
            for index, cells in enumerate(block):
                if cells and cells[0].strip().lower() == TOTAL_MARK:
                    self._check_total(cells, count + len(kept))
                    complete = True
                elif any(cells):
                    kept.append(self._fitted(cells, row + index))
            columns = list(zip(*kept, strict=True))
        if not complete:
            # Cut in the middle of its last row, though this may have all columns: `19,9` of `19,90`.
            raise ReadRefused("E-252", source=self.source, row=row + len(block) - 1, reason="no_end")
        return Block(row, columns) if columns else None

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


def _lines_of(text: str, count: int) -> list[str]:
    """The first lines, without their ends, and the rest of the text."""
    lines: list[str] = []
    for _ in range(count):
        line, end, rest = text.partition("\n" if "\n" in text else "\r")
        if not end:
            break
        lines.append(line.removesuffix("\r"))
        text = rest
    return [*lines, text]
