"""Who did what, at which desk: written in the transaction of the deed, kept as long as the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from otimo_tray.domain.desks import Act, Author
from otimo_tray.store.codec import clean, json_text, params_of, time_of, time_text
from otimo_tray.store.dialect import among, given, keys_of, many, tuples
from otimo_tray.store.schema import act
from otimo_tray.store.transactions import StateDatabase

_NAMES: Final = ("at", "desk", "person", "what", "item", "params")
_c = act.c
_FIELDS: Final = (_c.id, _c.at, _c.person, _c.desk, _c.what, _c.item, _c.params)
_PUT: Final = insert(act)
_OF_ITEM: Final = (
    select(*_FIELDS).where(_c.item == given("of_item")).order_by(_c.at.desc(), _c.id.desc()).limit(given("block"))
)
_RECENT: Final = select(*_FIELDS).order_by(_c.at.desc(), _c.id.desc()).limit(given("block"))
_last = select(func.max(_c.id)).where(among(_c.item)).group_by(_c.item)
_LATEST: Final = select(*_FIELDS).where(_c.id.in_(_last))
_FORGET: Final = delete(act).where(among(_c.item))


class ActStore:
    """Implements `sync.storage.Acts`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database
        self.author = Author()

    def note(self, what: str, item: str, params: Mapping[str, Any], now: datetime) -> None:
        self.note_all([(what, item, params)], now)

    def note_all(self, deeds: Iterable[tuple[str, str, Mapping[str, Any]]], now: datetime) -> None:
        at, person, desk = time_text(now), clean(self.author.person), clean(self.author.desk)
        rows = ((at, desk, person, what, clean(item), json_text(params)) for what, item, params in deeds)
        with self._database.write() as connection:
            many(connection, _PUT, _NAMES, rows)

    def of_item(self, item: str, limit: int = 100) -> list[Act]:
        return self._read(_OF_ITEM, {"of_item": clean(item), "block": limit})

    def latest(self, items: Sequence[str]) -> dict[str, Act]:
        return {found.item: found for found in self._read(_LATEST, {"keys": keys_of(items)})} if items else {}

    def recent(self, limit: int = 2_000) -> list[Act]:
        return self._read(_RECENT, {"block": limit})

    def _read(self, statement: Any, values: Mapping[str, object]) -> list[Act]:
        with self._database.read() as connection:
            rows = tuples(connection, statement, values)
        return [
            Act(number, time_of(at), Author(person, desk), what, item, params_of(params))
            for number, at, person, desk, what, item, params in rows
        ]


def forget_acts(connection: Connection, items: Sequence[str]) -> None:
    """Inside a transaction: takes everything that was noted of these items away, as when a buyer asked for it."""
    connection.execute(_FORGET, {"keys": keys_of(items)})
