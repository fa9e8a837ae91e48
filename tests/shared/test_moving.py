"""A state goes to a server and back, row by row, and to no place that has one."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text

from otimo_tray.errors import ConfigurationError, OtimoError, StoreAway, StoreDamaged
from otimo_tray.store import moving, open_store
from otimo_tray.store.database import Database
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.opening import open_shared_store
from tests.shared.looks import rows_of
from tests.shared.moving_places import NAMES, Places, filled
from tests.store.build import NOW
from tests.support.clock import FakeClock


def test_there_and_back_is_the_start_row_by_row(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    assert set(start) == set(NAMES), "no table is moved empty in this test"
    moved = places.there()
    assert places.settings == "postgresql"
    assert places.rows() == start
    assert moved.copied.rows == sum(map(len, start.values()))
    assert moved.copied.cleaned == 0
    clock.advance(days=1)
    back = places.back()
    assert places.settings == "sqlite"
    assert places.rows() == start
    assert back.copied.rows == moved.copied.rows


def test_the_former_ones_are_kept_and_nobody_works_in_them(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    moved = places.there()
    kept = places.path.with_name(moved.aside)
    assert kept.name == "state-moved-20261124-120000.db"
    for file in (kept, places.path):
        with pytest.raises(StoreDamaged) as caught:
            open_store(file, clock)
        assert caught.value.code == "L-374"
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT count(*) FROM orders").fetchone() == (len(start["orders"]),)
    desk = open_shared_store(places.server, places.schema, clock)  # another desk that goes on
    clock.advance(hours=1)
    back = places.back()
    with pytest.raises(StoreDamaged) as caught:
        open_shared_store(places.server, places.schema, clock)
    assert caught.value.code == "L-374"
    with pytest.raises(StoreAway) as away:
        desk.trackings.add("1", "BR9", "Correios", "PAC", "", NOW)
    assert away.value.code == "L-374"
    rows = places.schemas.rows(
        SharedDatabase(places.server, places.schema), f'SELECT count(*) FROM "{back.aside}".orders'
    )
    assert rows == [(len(start["orders"]),)]


def test_it_can_be_moved_again_and_again(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    for _ in range(3):
        places.there()
        clock.advance(minutes=1)
        places.back()
        clock.advance(minutes=1)
    assert places.rows() == start
    assert len(list(places.path.parent.glob("state-moved-*.db"))) == 3


def test_numbers_that_were_given_are_never_given_again(places: Places, clock: FakeClock) -> None:
    with closing(open_store(places.path, clock)) as store:
        first = store.trackings.add("1", "BR1", "Correios", "PAC", "", NOW)
        gone = store.trackings.add("2", "BR2", "Correios", "PAC", "", NOW)
        store.trackings.remove(gone, NOW)
    places.there()
    with closing(places.open()) as store:
        there = store.trackings.add("2", "BR3", "Correios", "PAC", "", NOW)
        store.trackings.remove(there, NOW)
        store.runs.add("stock", NOW, NOW, "ok")
    places.back()
    with closing(places.open()) as store:
        back = store.trackings.add("2", "BR4", "Correios", "PAC", "", NOW)
        store.runs.add("stock", NOW, NOW, "ok")
    assert first < gone < there < back


def test_texts_that_no_server_takes_are_cleaned_and_said(places: Places, clock: FakeClock) -> None:
    with closing(sqlite3.connect(places.path)) as raw:
        raw.executemany(
            "INSERT INTO fact (key, value) VALUES (?, ?)",
            [("a\0b", "v\0"), ("a\x01", "1"), ("a", "2"), ("aé", "3"), ("b", "\0\0")],
        )
        raw.commit()
    moved = places.there()
    assert moved.copied.cleaned == 3
    assert places.rows()["fact"] == [
        ("a", "2"),
        ("a\x01", "1"),
        ("aé", "3"),
        ("a\ufffdb", "v\ufffd"),
        ("b", "\ufffd\ufffd"),
    ]


def test_a_target_with_a_state_is_refused(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    with closing(open_shared_store(places.server, places.schema, clock)) as there:
        there.facts.set("somebody's", "state")
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert (caught.value.code, caught.value.params) == ("L-370", {"where": places.schema})
    assert places.settings == "sqlite"
    assert places.rows() == start
    places.settings = "postgresql"
    with pytest.raises(ConfigurationError) as caught:
        places.back()
    assert caught.value.code == "L-370"
    assert rows_of(places.open().database, NAMES)["fact"] == [("somebody's", "state")]


def test_an_empty_schema_and_an_empty_file_are_taken(places: Places, clock: FakeClock) -> None:
    open_shared_store(places.server, places.schema, clock).close()
    filled(places.path, clock)
    start = places.rows()
    places.there()
    places.path.unlink()
    open_store(places.path, clock).close()
    places.back()
    assert places.rows() == start


def test_a_schema_that_is_not_there_is_made(places: Places, clock: FakeClock) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.there()
    with closing(places.open()) as store:
        store.facts.set("used", "1")


def test_a_schema_of_somebody_else_is_left_alone(places: Places) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.schemas.tell(f'CREATE SCHEMA "{places.schema}"')
    places.schemas.tell(f'CREATE TABLE "{places.schema}".clientes (id int)')
    with pytest.raises(ConfigurationError) as caught:  # StoreDamaged would have this PC's own state rescued
        places.there()
    assert caught.value.code == "L-370"
    assert places.settings == "sqlite"


def test_a_schema_without_a_state_has_nothing_to_move(places: Places) -> None:
    places.schemas.tell(f'DROP SCHEMA "{places.schema}" CASCADE')
    places.path.unlink()
    with pytest.raises(StoreDamaged) as caught:
        places.back()
    assert caught.value.code == "L-374"
    assert not places.path.exists()


def test_others_at_work_are_named_and_nothing_is_done(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    places.there()
    start = places.rows()
    now = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    columns = "(desk, place, item, person, at)"
    path = f'SET search_path = "{places.schema}"'
    for statement in (
        f"INSERT INTO open_item {columns} VALUES ('pc-2', 'orders', '1', 'Beto', {now})",
        f"INSERT INTO open_item {columns} VALUES ('pc-1', 'orders', '1', 'Ana', {now})",
        f"INSERT INTO open_item {columns} VALUES ('pc-3', 'orders', '1', 'Caio', '2020-01-01T00:00:00.000000Z')",
        f"INSERT INTO lease (name, number, desk, person, backend, beat_at) VALUES ('engine', 3, 'PC', '', 77, {now})",
    ):
        places.schemas.tell(f"{path}; {statement}")
    with pytest.raises(ConfigurationError) as caught:
        places.back()
    assert (caught.value.code, caught.value.params) == ("L-372", {"desks": "Beto, PC"})
    assert places.settings == "postgresql"
    assert places.rows() == start


def test_a_file_that_somebody_has_open_is_not_moved(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    with closing(Database(places.path)), pytest.raises(StoreAway) as caught:  # and does nothing with it
        places.there()
    assert caught.value.code == "L-313"
    with closing(Database(places.path)) as other, other.read() as connection:
        connection.execute(text("SELECT 1 FROM fact"))
        with pytest.raises(StoreAway) as caught:
            places.there()
    assert caught.value.code == "L-313"
    assert places.settings == "sqlite"
    places.there()


def test_who_opens_the_file_during_the_move_finds_that_it_was_moved(places: Places, clock: FakeClock) -> None:
    """The waiting one opens the old file, and must not write into it."""
    filled(places.path, clock)
    found: list[BaseException] = []

    def come() -> None:
        try:
            with closing(open_store(places.path, clock)) as store:
                store.facts.set("late", "1")
        except OtimoError as error:
            found.append(error)

    comer = threading.Thread(target=come, name="comer")
    real = places.say("postgresql")

    def switch() -> None:
        comer.start()
        comer.join(0.3)
        real()

    moved = moving.to_server(places.path, places.server, places.schema, clock, switch, own="pc-1")
    comer.join()
    assert len(found) == 1, "it was told, one way or the other"
    with closing(sqlite3.connect(places.path.with_name(moved.aside))) as raw:
        assert raw.execute("SELECT count(*) FROM fact WHERE key = 'late'").fetchone() == (0,)
