"""Single remembered facts, text by key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from otimo_tray.store.codec import clean
from otimo_tray.store.dialect import given, upsert
from otimo_tray.store.schema import fact
from otimo_tray.store.transactions import StateDatabase

_GET: Final = select(fact.c.value).where(fact.c.key == given("key"))
_SET: Final = upsert(fact, ["value"])


def put_fact(connection: Connection, key: str, value: str) -> None:
    """Sets a fact inside a transaction."""
    connection.execute(_SET, {"key": key, "value": clean(value)})


class FactStore:
    """Implements `sync.storage.Facts`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        with self._database.read() as connection:
            return connection.execute(_GET, {"key": key}).scalar()

    def set(self, key: str, value: str) -> None:
        """A value that is there already costs no write."""
        if self.get(key) == value:
            return
        with self._database.write() as connection:
            put_fact(connection, key, value)
