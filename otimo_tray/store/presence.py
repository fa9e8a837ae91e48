"""Who has what open just now, where several desks share one state.

An entry says so for `GONE_S` seconds by the server's clock; whoever has it open says it anew every `REFRESH_S`. A desk
that dies or loses the server is gone by itself. Nothing here is the shop's data: it is written outside the writers'
queue, so that a packer never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, text

from otimo_tray.domain.desks import Author
from otimo_tray.store.codec import clean, time_of, time_text
from otimo_tray.store.dialect import given, many, tuples, upsert
from otimo_tray.store.schema import open_item

REFRESH_S: Final = 10
GONE_S: Final = 30
Place = tuple[str, str]
"""(place, item): place is "mapping", "tracking" or "orders", item a SKU or an order's id."""
_c = open_item.c
_PUT: Final = upsert(open_item, ["person", "at"])
_MINE_GONE: Final = delete(open_item).where(_c.desk == given("of_desk"))
_OLD_GONE: Final = delete(open_item).where(_c.at < given("before"))
_OTHERS: Final = (
    select(_c.place, _c.item, _c.person, _c.desk)
    .where(_c.desk != given("of_desk"), _c.at >= given("since"))
    .order_by(_c.at.desc(), _c.desk)
)
_NOW_THERE: Final = text("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")


class PresenceStore:
    """Implements `ui.desk.Presence` over a server's connections."""

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[Connection]],
        desk: str,
        author: Callable[[], Author],
        now: Callable[[Connection], str] | None = None,
    ) -> None:
        """Args:
        connect: a transaction of its own in the shop's schema.
        desk: this desk's id, unlike any other's.
        author: who works here now.
        now: the server's clock as a stored time; without it, asked of the server itself.
        """
        self._connect = connect
        self._desk = desk
        self._author = author
        self._now = now or server_time

    def refresh(self, mine: Collection[Place]) -> dict[Place, str]:
        """Says what is open here, all of it; answers what others have open, with the person's (else the desk's) name.

        Raises:
            StoreAway: the server can't be reached now.
        """
        author = self._author()
        with self._connect() as connection:
            at = self._now(connection)
            gone = time_text(time_of(at) - timedelta(seconds=GONE_S))
            connection.execute(_MINE_GONE, {"of_desk": self._desk})
            if mine:
                name = clean(author.label)
                rows = ((self._desk, place, clean(item), name, at) for place, item in sorted(set(mine)))
                many(connection, _PUT, ("desk", "place", "item", "person", "at"), rows)
            others = tuples(connection, _OTHERS, {"of_desk": self._desk, "since": gone})
            connection.execute(_OLD_GONE, {"before": gone})
        found: dict[Place, str] = {}
        for place, item, label, _desk in reversed(others):  # the latest comer's name stands
            person, _, desk = label.rpartition(" · ")
            # Where every PC has the same user, the desk tells them apart.
            found[place, item] = person if person and person != author.person else desk
        return found


def server_time(connection: Connection) -> str:
    """The server's clock as a stored time."""
    return str(connection.execute(_NOW_THERE).scalar_one())
