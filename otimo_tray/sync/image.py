"""The ERP's last picture in memory, so that a quiet cycle compares raw rows and turns none into an object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.ports import StockReading
from otimo_tray.sync.storage import Values


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reading changes. `count` is the number of rows read, `fresh` how many codes are new."""

    changed: list[RawRow]
    gone: list[str]
    count: int
    fresh: int


class ErpImage:
    """Raw rows by code. Loaded from the store once, kept in step by the values flow alone (one thread)."""

    def __init__(self) -> None:
        self._rows: dict[str, RawRow] | None = None

    def __len__(self) -> int:
        return 0 if self._rows is None else len(self._rows)

    def load(self, values: Values) -> None:
        """Reads the stored picture if it isn't in memory yet."""
        if self._rows is None:
            rows: dict[str, RawRow] = {}
            same: dict[str | None, str | None] = {}
            for block in values.erp_rows():
                rows.update((cast(str, row[0]), row) for row in _shared(block, same))
            self._rows = rows

    def forget(self) -> None:
        """Drops the picture, e.g. after a write of it failed: the next cycle loads the stored one."""
        self._rows = None

    def difference(self, reading: StockReading) -> Difference:
        """Reads all chunks and compares them. Raises whatever the reading raises; then nothing was changed here."""
        rows = self._rows or {}
        # A code is always text; typed loosely here because a call of cast() per row would double the loop's cost.
        get = cast("Callable[[str | None], RawRow | None]", rows.get)
        changed: list[RawRow] = []
        seen: list[str | None] = []
        same: dict[str | None, str | None] = {}
        for chunk in reading.chunks():
            changed += _shared([row for row in chunk if get(row[0]) != row], same)
            seen += [row[0] for row in chunk]
        codes = cast("list[str]", seen)
        fresh = sum(1 for row in changed if row[0] not in rows)
        gone: list[str] = []
        if reading.full and len(codes) - fresh != len(rows):
            gone = list(rows.keys() - set(codes))
        return Difference(changed, gone, len(codes), fresh)

    def apply(self, difference: Difference) -> None:
        """Takes a difference over, after it was stored."""
        rows = self._rows if self._rows is not None else {}
        rows.update((cast(str, row[0]), row) for row in difference.changed)
        for code in difference.gone:
            rows.pop(code, None)
        self._rows = rows


def _shared(rows: Iterable[RawRow], known: dict[str | None, str | None]) -> Iterator[RawRow]:
    """The rows with each repeated balance, price and date kept once: a quarter of the picture's memory less."""
    same = cast("Callable[[str | None, str | None], str | None]", known.setdefault)
    for code, balance, price, promotion, since, until, name, ean in rows:
        kept = same(balance, balance), same(price, price), same(promotion, promotion), same(since, since)
        yield (code, *kept, same(until, until), name, ean)
