"""What a state holds, table by table, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from otimo_tray.store import StateStore
from otimo_tray.store.schema import metadata
from otimo_tray.store.shared.changes import TABLES
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.transactions import StateDatabase


def rows_of(database: StateDatabase, names: Iterable[str] = tuple(TABLES)) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of these tables, in the order of their keys; empty tables are left out."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with database.read() as connection:
        for name in names:
            table = metadata.tables[name]
            order = list(table.primary_key.columns)
            rows = [tuple(row) for row in connection.execute(select(table).order_by(*order))]
            if rows:
                found[name] = rows
    return found


def shared(store: StateStore) -> SharedDatabase:
    """The database of a state that lies on a server."""
    assert isinstance(store.database, SharedDatabase)
    return store.database
