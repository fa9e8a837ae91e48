"""Marks on what must be computed anew. A mark set while a plan was being made outlives that plan."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, select, update

from otimo_tray.store.dialect import given, many, tuples, upsert
from otimo_tray.store.schema import dirty
from otimo_tray.store.transactions import StateDatabase

_COUNTER: Final = ("", "")
"""The row whose `mark` is the last number given: numbers never fall, whichever process gives them."""
_ALL: Final = select(dirty.c.kind, dirty.c.key, dirty.c.mark).order_by(dirty.c.kind, dirty.c.key)
_LAST: Final = select(func.max(dirty.c.mark))
_MARK: Final = upsert(dirty, ["mark"])
_COUNT: Final = (
    update(dirty)
    .where(dirty.c.kind == _COUNTER[0], dirty.c.key == _COUNTER[1])
    .values(mark=dirty.c.mark + given("step"))
    .returning(dirty.c.mark)
)
_CLEAR: Final = (
    delete(dirty)
    .where(dirty.c.kind == given("of_kind"))
    .where(dirty.c.key == given("of_key"), dirty.c.mark <= given("until"))
)


class DirtyMarks:
    """Every mark gets a number that grows; a plan clears a mark only up to the number its thread has read."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database
        self._seen = threading.local()

    def read(self) -> list[tuple[str, str]]:
        """All marks (kind, key); this thread has seen them."""
        with self._database.read() as connection:
            rows = tuples(connection, _ALL)
        self._seen.until = max((row[2] for row in rows), default=0)
        return [(row[0], row[1]) for row in rows if row[:2] != _COUNTER]

    def mark(self, connection: Connection, marks: Iterable[tuple[str, str]]) -> None:
        rows = list(dict.fromkeys(marks))
        if not rows:
            return
        first = _next(connection, len(rows))
        numbered = ((kind, key, first + place) for place, (kind, key) in enumerate(rows))
        many(connection, _MARK, ("kind", "key", "mark"), numbered)

    def clear(self, connection: Connection, marks: Sequence[tuple[str, str]]) -> None:
        """Removes marks that weren't set again since this thread's last `read`."""
        if not marks:
            return
        until: int | None = getattr(self._seen, "until", None)
        if until is None:
            until = connection.execute(_LAST).scalar() or 0
        names = ("of_kind", "of_key", "until")
        many(connection, _CLEAR, names, ((kind, key, until) for kind, key in marks))


def _next(connection: Connection, count: int) -> int:
    """The first of `count` numbers that nobody else gets."""
    last = tuples(connection, _COUNT, {"step": count})
    if last:
        return last[0][0] - count + 1
    highest = connection.execute(_LAST).scalar() or 0  # a database from before there was a counter
    many(connection, _MARK, ("kind", "key", "mark"), [(*_COUNTER, highest + count)])
    return highest + 1
