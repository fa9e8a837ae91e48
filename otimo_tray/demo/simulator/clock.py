"""The hub's clock and its way of writing times: ISO, UTC, milliseconds, `Z`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

BRASILIA = timezone(timedelta(hours=-3))
"""Brasília has had no summer time since 2019, so a fixed offset does (and needs no tz database)."""


class Clock:
    """Time in seconds since 1970, which control calls can push forward or freeze.

    Attributes:
        offset: seconds added to the wall clock.
        frozen: the one moment the clock shows, or None while it runs.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self.offset = 0.0
        self.frozen: float | None = None

    def now(self) -> float:
        """The hub's time in seconds since 1970."""
        return self._wall() + self.offset if self.frozen is None else self.frozen

    def iso(self) -> str:
        """The hub's time as text."""
        return iso(self.now())

    def advance(self, seconds: float) -> None:
        """Push the clock forward (or back, when negative)."""
        if self.frozen is None:
            self.offset += seconds
        else:
            self.frozen += seconds

    def set(self, moment: float) -> None:
        """Show `moment` now; a running clock runs on from there."""
        self.advance(moment - self.now())

    def freeze(self, on: bool) -> None:
        """Stop the clock where it is, or let it run on from there."""
        if on and self.frozen is None:
            self.frozen = self.now()
        elif not on and self.frozen is not None:
            self.offset, self.frozen = self.frozen - self._wall(), None


def iso(moment: float) -> str:
    """`2025-04-27T12:30:39.691Z`."""
    text = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return text[:-6] + "Z"


_BARE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def is_bare_date(text: str) -> bool:
    """Whether `text` is a date without a time of day."""
    return _BARE_DATE.match(text.strip()) is not None


def parse(text: str, zone: str) -> float:
    """Seconds since 1970 of a date or date-time; one without an offset is taken in `zone` (`utc` or
    `brasilia`).

    Raises:
        ValueError: not a date.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if zone == "utc" else BRASILIA)
    try:
        return moment.timestamp()
    except OverflowError as error:
        raise ValueError(str(error)) from None


def parse_window(text: str, zone: str, end_whole_day: bool) -> tuple[str | None, str | None]:
    """The inclusive bounds of `FROMtoTO` as the hub writes times; an empty side is open, a lone date is that
    day.

    Raises:
        ValueError: not such a window.
    """
    left, separator, right = text.partition("to")
    if not separator:
        right = left
    start = iso(parse(left, zone)) if left.strip() else None
    if not right.strip():
        return start, None
    end = parse(right, zone)
    if is_bare_date(right) and (end_whole_day or not separator):
        end += 86400 - 0.001
    return start, iso(end)


def after(previous: object, now: str) -> str:
    """`now`, or a millisecond after `previous` when the clock shows no later time: `modified`
    always moves."""
    if not isinstance(previous, str) or now > previous:
        return now
    return iso(parse(previous, "utc") + 0.001)
