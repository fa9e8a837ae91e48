"""One reading of stock and prices over the interface: page by page, and whole or not at all."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.http.wire import Page
from otimo_tray.errors import OtimoError, ReadRefused

SOURCE: Final = "/items"
_SHARES: Final = 8
_BLOCK: Final = 500
"""Rows given on at a time: what is made of them is gone again before the garbage collector takes it for lasting."""


class HttpReading:
    """Implements `otimo_tray.ports.StockReading`.

    Args:
        first: the page that opened it.
        more_pages: gets the page with a cursor.
        as_of: moment it speaks of, by this PC's clock.
        on_accepted: what the connector remembers then.
    """

    more = False
    digest = ""
    source = SOURCE

    def __init__(
        self,
        first: Page,
        more_pages: Callable[[str], Page],
        as_of: datetime,
        on_accepted: Callable[[], None],
    ) -> None:
        self.as_of = as_of
        self.full = first.full
        self._first = first
        self._more_pages = more_pages
        self._on_accepted = on_accepted

    def chunks(self) -> Iterator[list[RawRow]]:
        """See the port.

        Raises:
            ReadRefused: E-290 the pages don't belong together or aren't whole, E-291 a code is there twice.
            ErpAway, ErpMisconfigured: a page couldn't be had.
        """
        page, count = self._first, 0
        codes = _Codes()
        while True:
            if page.removed and page.full:
                raise ReadRefused("E-290", source=SOURCE, reason="removed", found=len(page.removed), expected=0)
            count += page.count
            if count > page.total:
                raise ReadRefused("E-290", source=SOURCE, reason="rows_told", found=count, expected=page.total)
            codes.add(page.rows)
            for start in range(0, len(page.rows), _BLOCK):
                yield page.rows[start : start + _BLOCK]
            if not page.next:
                break
            if not page.count:
                # An empty page that names a next one might go on for ever.
                raise ReadRefused("E-290", source=SOURCE, reason="blank_page", found=count, expected=page.total)
            page = self._next_of(page)
        if count != page.total:
            raise ReadRefused("E-290", source=SOURCE, reason="rows_told", found=count, expected=page.total)
        codes.check()

    def _next_of(self, page: Page) -> Page:
        later = self._more_pages(page.next)
        if (later.snapshot, later.as_of, later.full, later.total) != (page.snapshot, page.as_of, page.full, page.total):
            raise ReadRefused("E-290", source=SOURCE, reason="snapshot", found=later.snapshot, expected=page.snapshot)
        return later

    def accepted(self) -> None:
        """See the port."""
        self._on_accepted()

    def refused(self, error: OtimoError) -> None:
        """Nothing is remembered of it: the next run asks anew."""


class UnchangedReading:
    """Nothing has changed: what was accepted last speaks of `as_of` too. A change-only reading without rows."""

    more = False
    full = False
    digest = ""
    source = SOURCE

    def __init__(self, as_of: datetime) -> None:
        self.as_of = as_of

    def chunks(self) -> Iterator[list[RawRow]]:
        """No rows."""
        yield from ()

    def accepted(self) -> None:
        """Nothing new to remember."""

    def refused(self, error: OtimoError) -> None:
        """Nothing to remember."""


class _Codes:
    """Tells a code that came twice. While codes ascend, as most servers give them, comparing neighbours shows it."""

    def __init__(self) -> None:
        self._last = ""
        self._ascending = True
        self._prints = array("q")

    def add(self, rows: list[RawRow]) -> None:
        codes = [row[0] or "" for row in rows]
        self._prints.extend(map(hash, codes))
        if self._ascending and codes:
            self._ascending = codes[0] > self._last and all(map(str.__lt__, codes, codes[1:]))
            self._last = codes[-1]

    def check(self) -> None:
        """Raises ReadRefused E-291."""
        if self._ascending:
            return
        # A share at a time: a set of all of them would be the largest thing of the whole reading.
        distinct = sum(len({mark for mark in self._prints if mark % _SHARES == share}) for share in range(_SHARES))
        if distinct != len(self._prints):
            raise ReadRefused("E-291", source=SOURCE, count=len(self._prints) - distinct)
