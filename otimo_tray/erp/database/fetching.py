"""Rows of a long read straight from the driver's cursor: for 100,000 of them SQLAlchemy's own cost too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

BLOCK: Final = 500
"""Rows handled at a time: so few that they stay in the processor's cache and are gone before the garbage collector
takes them for lasting ones; with 4,000 each step costs half as much again."""

Rows = Sequence[tuple[Any, ...]]


def driver_blocks(connection: sa.Connection, result: sa.CursorResult[Any], fetched: int) -> Iterator[Rows]:
    """Blocks of at most `BLOCK` of the driver's own rows, none empty.

    Args:
        fetched: rows asked of the driver at a time.

    Raises:
        DBAPIError: as SQLAlchemy itself would, of whatever the driver raises.
    """
    # What SQLAlchemy has fetched ahead to learn the columns, or else the first row.
    first = [tuple(row) for row in result.fetchmany(1)]
    cursor: Any = result.cursor
    if not first or cursor is None:
        return
    yield first
    while rows := _fetch(connection, cursor, fetched):
        if len(rows) <= BLOCK:
            yield rows
            continue
        for start in range(0, len(rows), BLOCK):
            yield rows[start : start + BLOCK]


def _fetch(connection: sa.Connection, cursor: Any, size: int) -> Rows:
    dialect = connection.dialect
    driver: Any = dialect.loaded_dbapi
    try:
        return cursor.fetchmany(size)
    except driver.Error as error:
        raise DBAPIError.instance(None, None, error, driver.Error, dialect=dialect) from error
