"""Who has what open: said by the server's clock, gone by itself."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from otimo_tray.domain.desks import Author
from otimo_tray.store import StateStore
from otimo_tray.store.codec import time_text
from otimo_tray.store.presence import PresenceStore
from otimo_tray.store.shared.database import SharedDatabase
from tests.store.build import NOW

PARCEL = ("tracking", "o1")


class Wall:
    """A server's clock that a test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self, _connection: Connection) -> str:
        return time_text(self.at)


def at(store: StateStore, author: Author, desk: str, wall: Wall | None) -> PresenceStore:
    """A desk's presence over this state."""

    @contextmanager
    def connect() -> Generator[Connection]:
        with store.database.write() as connection:
            yield connection

    return PresenceStore(connect, desk, lambda: author, wall)


def test_others_see_what_is_open_until_it_is_closed(store: StateStore) -> None:
    wall = Wall()
    ana, bia = at(store, Author("Ana", "B1"), "d1", wall), at(store, Author("Bia", "B2"), "d2", wall)
    assert ana.refresh([PARCEL, PARCEL]) == {}
    assert bia.refresh([("mapping", "A")]) == {PARCEL: "Ana"}
    assert ana.refresh([]) == {("mapping", "A"): "Bia"}
    assert bia.refresh([]) == {}


def test_a_desk_that_says_nothing_for_half_a_minute_is_gone(store: StateStore) -> None:
    wall = Wall()
    ana, bia = at(store, Author("Ana", "B1"), "d1", wall), at(store, Author("Bia", "B2"), "d2", wall)
    ana.refresh([PARCEL])
    wall.at += timedelta(seconds=30)
    assert bia.refresh([]) == {PARCEL: "Ana"}
    wall.at += timedelta(seconds=1)
    assert bia.refresh([]) == {}


def test_the_same_user_on_two_pcs_is_told_by_the_desk(store: StateStore) -> None:
    wall = Wall()
    one, two = at(store, Author("loja", "Balcão 1"), "d1", wall), at(store, Author("loja", "Balcão 2"), "d2", wall)
    one.refresh([PARCEL])
    assert two.refresh([PARCEL]) == {PARCEL: "Balcão 1"}
    assert one.refresh([]) == {PARCEL: "Balcão 2"}


@pytest.mark.parametrize("seconds", [0, 31])
def test_the_servers_own_clock_counts(shared_store: StateStore, seconds: int) -> None:
    """Desks' clocks differ; nobody asks them."""
    database = shared_store.database
    assert isinstance(database, SharedDatabase)
    ana, bia = at(shared_store, Author("Ana", "B1"), "d1", None), at(shared_store, Author("Bia", "B2"), "d2", None)
    ana.refresh([PARCEL])
    with database.write() as connection:
        connection.exec_driver_sql(
            f"UPDATE open_item SET at = to_char(clock_timestamp() AT TIME ZONE 'UTC' - interval '{seconds} seconds', "
            '\'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')',
            execution_options={"no_parameters": True},
        )
    assert bia.refresh([]) == ({} if seconds else {PARCEL: "Ana"})
