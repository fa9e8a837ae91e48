"""One reading of the exchange folder: stock sheet, with a price sheet joined to it, as canonical raw rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from operator import lt
from pathlib import Path
from typing import Final, cast

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.folder.columns import STOCK_COLUMNS, find_columns
from otimo_tray.erp.folder.excel_sheet import code_text, number_text, plain_text
from otimo_tray.erp.folder.files import Stamp, reading
from otimo_tray.erp.folder.numbers import DecimalStyle
from otimo_tray.erp.folder.sheets import Block, Sheet, limit_of, open_sheet
from otimo_tray.errors import ErpAway, OtimoError, ReadRefused

_FIELDS: Final = tuple(STOCK_COLUMNS)
_NUMBERS: Final = ("saldo", "preco", "preco_promocional")
_CODES: Final = ("codigo", "ean")
PRICE_FIELDS: Final = ("preco", "preco_promocional", "promocao_inicio", "promocao_fim")
_SHOWN: Final = 5

Column = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was found: its path and the version looked at."""

    path: Path
    stamp: Stamp

    def check(self) -> None:
        """Raises ErpAway E-213 when the file isn't the version that was found any more."""
        with reading(self.path):
            now = Stamp.of(self.path.stat())
        if now != self.stamp:
            raise ErpAway("E-213", source=self.path.name)


def digest_of(files: Iterable[SourceFile]) -> str:
    """SHA-256 of the bytes of each file, in order. Raises ErpAway."""
    digests: list[str] = []
    for file in files:
        with reading(file.path), file.path.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return "+".join(digests)


class SheetRows:
    """The eight raw columns of one sheet, block by block, with decimal style, codes and width checked.

    Args:
        required: columns that the header must have (names of `STOCK_COLUMNS`).
    """

    def __init__(self, file: SourceFile, required: Sequence[str], overrides: Mapping[str, str]) -> None:
        self._file = file
        self._sheet: Sheet = open_sheet(file.path, file.stamp.size, STOCK_COLUMNS, overrides)
        self._places = find_columns(self._sheet.header, STOCK_COLUMNS, required, overrides, self._sheet.source)
        self._style = DecimalStyle(self._sheet.source)
        self._codes: set[str] = set()
        self._seen: list[Sequence[str]] = []

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that the sheet has."""
        return tuple(field for field in _FIELDS if field in self._places)

    def columns(self) -> Iterator[list[Column]]:
        """Eight columns of equal length for each block. Raises ReadRefused E-252 … E-259, ErpAway."""
        waiting: list[_Half] = []
        for block in self._sheet.blocks():
            half = self._half(block)
            if waiting or self._style.open:
                # Numbers like `1.990` so far: what they mean is known when some other cell proves the style.
                waiting.append(half)
                if self._style.open:
                    continue
                yield from map(self._whole, waiting)
                waiting.clear()
            else:
                yield self._whole(half)
        self._style.close()
        yield from map(self._whole, waiting)
        self._file.check()

    def _half(self, block: Block) -> _Half:
        """A block with everything done but the numbers, whose style may still be open."""
        columns: list[Column | None] = []
        numbers: dict[int, _Numbers] = {}
        count = len(block.columns[0])
        for index, field in enumerate(_FIELDS):
            place = self._places.get(field)
            if place is None:
                columns.append([None] * count)
                continue
            cells = block.columns[place]
            if field in _NUMBERS:
                columns.append(None)
                numbers[index] = self._number_cells(cells, block.first_row)
            elif field == "codigo":
                columns.append(self._code_column(cells, block.first_row))
            elif not self._sheet.text:
                read = code_text if field in _CODES else plain_text
                columns.append([read(cell) or None for cell in cells])
            else:
                columns.append(_text_or_none(cast(Sequence[str], cells)))
        return _Half(columns, numbers)

    def _number_cells(self, cells: Sequence[object], first_row: int) -> _Numbers:
        """The text cells are evidence of the decimal style; Excel's real numbers are beyond doubt."""
        if self._sheet.text:
            texts = cast(Sequence[str], cells)
            return _Numbers(texts, self._style.look(texts, first_row), None)
        texts = [cell if isinstance(cell, str) else "" for cell in cells]
        return _Numbers(texts, self._style.look(texts, first_row), cells)

    def _whole(self, half: _Half) -> list[Column]:
        for index, numbers in half.numbers.items():
            column = self._style.convert(numbers.texts, numbers.text)
            if numbers.cells is not None:
                column = [
                    text if isinstance(cell, str) else number_text(cell)
                    for text, cell in zip(column, numbers.cells, strict=True)
                ]
            half.columns[index] = column
        return cast("list[Column]", half.columns)

    def _code_column(self, cells: Sequence[object], first_row: int) -> Column:
        """The codes, trimmed; each one there and met once."""
        if self._sheet.text:
            codes = cast(Sequence[str], cells)
            joined = "".join(codes)
            if any(mark in joined for mark in ' \t\u00a0="'):
                codes = [_bare(code) for code in codes]
        else:
            codes = [cast(str, code_text(cell)) for cell in cells]
        if not all(codes):
            place = next(index for index, code in enumerate(codes) if not code)
            raise ReadRefused(
                "E-259", source=self._sheet.source, row=first_row + place, value=plain_text(cells[place])[:60]
            )
        self._check_repeated(codes)
        return codes

    def _check_repeated(self, codes: Sequence[str]) -> None:
        """Each code once. While codes come in order, as most exports give them, comparing neighbours shows it."""
        last = self._seen[-1][-1] if self._seen else ""
        self._seen.append(codes)
        if not self._codes and codes[0] > last and all(map(lt, codes, islice(codes, 1, None))):
            return
        if not self._codes:
            self._codes.update(chain(*self._seen))
        else:
            self._codes.update(codes)
        if len(self._codes) != sum(map(len, self._seen)):
            # Which of two rows is right can't be known, so none is used.
            names = sorted(code for code, times in Counter(chain(*self._seen)).items() if times > 1)
            raise ReadRefused("E-254", source=self._sheet.source, codes=", ".join(names[:_SHOWN]), count=len(names))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A number column before its conversion; `text` is `DecimalStyle.look`'s answer, `cells` Excel's own ones."""

    texts: Sequence[str]
    text: str
    cells: Sequence[object] | None


@dataclass(frozen=True, slots=True)
class _Half:
    columns: list[Column | None]
    numbers: dict[int, _Numbers]


def _text_or_none(cells: Sequence[str]) -> Column:
    if all(cells):
        return cells
    return [cell or None for cell in cells] if any(cells) else [None] * len(cells)


def _bare(code: str) -> str:
    """A code without blanks around it and without the `="000123"` by which some exports keep Excel from a number."""
    code = code.strip()
    return code[2:-1].strip() if code.startswith('="') and code.endswith('"') else code


class FolderReading:
    """Implements `otimo_tray.ports.StockReading` over a stock (or change-only) sheet, with a price sheet or without.

    Args:
        on_accepted, on_refused: what the connector does with the files afterwards.
    """

    more = True

    def __init__(
        self,
        stock: SourceFile,
        prices: SourceFile | None,
        *,
        full: bool,
        as_of: datetime,
        required: Sequence[str],
        overrides: Mapping[str, str],
        on_accepted: Callable[[FolderReading], None],
        on_refused: Callable[[FolderReading, OtimoError], None],
    ) -> None:
        self.as_of = as_of
        self.full = full
        self.stock = stock
        self.prices = prices
        self.source = stock.path.name if prices is None else f"{stock.path.name} + {prices.path.name}"
        # One that is too large is refused by `chunks`; nobody waits for its hash first.
        sane = all(file.stamp.size <= limit_of(file.path) for file in self.files)
        self.digest = digest_of(self.files) if sane else ""
        self.fields: tuple[str, ...] = ()
        """Columns met, known once the rows were read."""
        self._required = required
        self._overrides = overrides
        self._on_accepted = on_accepted
        self._on_refused = on_refused

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.stock,) if self.prices is None else (self.stock, self.prices)

    def chunks(self) -> Iterator[list[RawRow]]:
        """See the port. Raises ReadRefused (E-252 … E-259), ErpMisconfigured (E-223), ErpAway."""
        self.stock.check()
        stock = SheetRows(self.stock, self._required, self._overrides)
        self.fields = stock.fields
        if self.prices is None:
            for columns in stock.columns():
                yield list(zip(*columns, strict=True))
            return
        self.prices.check()
        prices = SheetRows(self.prices, ("codigo", "preco"), self._overrides)
        self.fields = tuple(field for field in _FIELDS if field in stock.fields or field in prices.fields)
        by_code: dict[str | None, tuple[str | None, ...]] = {}
        for columns in prices.columns():
            by_code.update(zip(columns[0], zip(*columns[2:6], strict=True), strict=True))
        unknown: tuple[str | None, ...] = (None,) * 4
        for columns in stock.columns():
            joined = zip(*(by_code.get(code, unknown) for code in columns[0]), strict=True)
            yield list(zip(*columns[:2], *joined, *columns[6:], strict=True))
        self.prices.check()

    def accepted(self) -> None:
        """See the port."""
        self._on_accepted(self)

    def refused(self, error: OtimoError) -> None:
        """See the port."""
        self._on_refused(self, error)
