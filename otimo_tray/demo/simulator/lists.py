"""What the lists of orders and products share: filters, cursors, page numbers and their limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import clock
from .switches import Switches
from .wire import refuse
from .world import World


@dataclass(slots=True)
class Filter:
    """An SQL condition that grows as a call's filters are read."""

    parts: list[str] = field(default_factory=list[str])
    values: list[object] = field(default_factory=list[object])

    def add(self, condition: str, *values: object) -> None:
        """And `condition`."""
        self.parts.append(condition)
        self.values.extend(values)

    def add_window(self, column: str, text: str | None, switches: Switches) -> None:
        """And a window of time, `2024-07-01to2024-07-31`.

        Raises:
            RefusedError: 400, the text is no window.
        """
        if not text:
            return
        try:
            start, end = clock.parse_window(text, switches.bare_dates, switches.bare_end_whole_day)
        except ValueError:
            refuse(400, "invalid_filter", {column: f"{text} is not FROMtoTO"})
        if start is not None:
            self.add(f"{column} >= ?", start)
        if end is not None:
            self.add(f"{column} <= ?", end)

    @property
    def where(self) -> str:
        """The condition as SQL."""
        return " AND ".join(self.parts) or "1"


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, with the numbers of its envelope."""

    rows: Sequence[sqlite3.Row]
    total: int
    limit: int

    def envelope(self, entries: Sequence[str]) -> str:
        """The list's JSON around its entries' JSON."""
        head = f'{{"total":{self.total},"showing":{len(entries)},"limit":{self.limit},"result":['
        return head + ",".join(entries) + "]}"


def page_of(
    world: World,
    db: sqlite3.Connection,
    table: str,
    condition: Filter,
    query: Mapping[str, str],
    columns: str = "*",
    max_limit: int | None = None,
) -> Page:
    """Read the page that `limit`, `next` (the last id of the page before) and `page` (1-based) ask for;
    `next` wins.

    `next` finds its place by the item's age, so an item that has left the filter since doesn't break the
    cursor.
    """
    switches = world.switches
    limit = min(_number(query.get("limit"), switches.default_limit), max_limit or switches.max_limit)
    counting = f"SELECT count(*) FROM {table} WHERE {condition.where}"
    total = world.store.count(db, counting, condition.values)
    order, beyond = ("DESC", "<") if switches.newest_first else ("ASC", ">")
    sql = f"SELECT {columns} FROM {table} WHERE {{where}} ORDER BY seq {order} LIMIT ? OFFSET ?"
    cursor = query.get("next")
    if not cursor:
        offset = min((_number(query.get("page"), 1) - 1) * limit, 2**62)
        rows = db.execute(sql.format(where=condition.where), (*condition.values, limit, offset)).fetchall()
        return Page(rows, total, limit)
    placing = f"SELECT seq FROM {table} WHERE id = ?"
    place = db.execute(placing, (cursor,)).fetchone()
    if place is None:
        return Page([], total, limit)
    where = f"{condition.where} AND seq {beyond} ?"
    rows = db.execute(sql.format(where=where), (*condition.values, place["seq"], limit, 0)).fetchall()
    if not rows and switches.cursor_past_end == "repeat":
        last = max(0, total - limit)
        rows = db.execute(sql.format(where=condition.where), (*condition.values, limit, last)).fetchall()
    return Page(rows, total, limit)


def _number(text: str | None, default: int) -> int:
    """A positive number from a query; anything else is the default."""
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if number > 0 else default
