"""The mirror equals the server after each pull, whoever wrote, and costs one question when nobody did."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event, text

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store import StateStore
from otimo_tray.store.readmodels.reader import Reader
from otimo_tray.store.shared import changes, spool
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.mirror import Mirror
from otimo_tray.store.shared.opening import open_shared_store
from tests.shared.looks import rows_of
from tests.shared.mirror_shop import Shop, same
from tests.store.build import NOW, fill, one_to_one, order, product
from tests.support.clock import FakeClock


def test_the_first_pull_brings_all_and_the_next_what_is_new(mirror: Mirror, shared_store: StateStore) -> None:
    fill(shared_store, "A", "B", "C")
    shared_store.orders.add(order("1", ("A", 2)), OrderStage.SEEN, NOW)
    assert "mapping" in mirror.pull()
    same(mirror, shared_store)
    assert rows_of(mirror.local.database)["mapping"]
    shared_store.catalogue.set_mappings([one_to_one("A", "B")], NOW)
    shared_store.trackings.add("1", "BR1", "Correios", "PAC", "", NOW)
    assert mirror.pull() >= {"mapping", "tracking"}
    same(mirror, shared_store)


def test_deletions_and_rows_that_came_back_arrive(mirror: Mirror, shared_store: StateStore) -> None:
    fill(shared_store, "A", "B")
    mirror.pull()
    shared_store.catalogue.delete_mappings(["A"], NOW)
    shared_store.catalogue.delete_mappings(["B"], NOW)
    shared_store.catalogue.set_mappings([one_to_one("B", "A", 3)], NOW)
    mirror.pull()
    same(mirror, shared_store)
    assert [row[0] for row in rows_of(mirror.local.database)["mapping"]] == ["B"]


def test_children_and_parents_that_go_together_leave_no_gap(mirror: Mirror, shared_store: StateStore) -> None:
    shared_store.orders.add(order("1", ("A", 2)), OrderStage.IGNORED, NOW)
    mirror.pull()
    shared_store.erase(["1"])
    mirror.pull()
    same(mirror, shared_store)
    assert set(rows_of(mirror.local.database)) == {"forgotten_order"}


def test_nothing_new_is_one_question(mirror: Mirror, shop: Shop, shared_store: StateStore) -> None:
    fill(shared_store, "A")
    mirror.pull()
    asked: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = shop.database.server.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert mirror.pull() == frozenset()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len([statement for statement in asked if not statement.startswith("BEGIN")]) == 1


def test_nothing_new_writes_nothing_for_a_minute(mirror: Mirror, clock: FakeClock, shared_store: StateStore) -> None:
    fill(shared_store, "A")
    mirror.pull()

    def written() -> str:
        with closing(sqlite3.connect(mirror.path)) as connection:
            return connection.execute("SELECT value FROM mirror WHERE name = 'as_of'").fetchone()[0]

    before = written()
    clock.advance(30)
    mirror.pull()
    assert mirror.as_of == clock.now()
    assert written() == before
    clock.advance(31)
    mirror.pull()
    assert written() > before


def test_a_catalogue_goes_through_the_disk_in_blocks(
    mirror: Mirror, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "IN_BLOCK", 100)
    monkeypatch.setattr(spool, "_IN_MEMORY", 1_000)
    blocks: list[int] = []
    add = spool.Spool.add

    def counted(self: spool.Spool, name: str, rows: Any) -> None:
        blocks.append(len(rows))
        add(self, name, rows)

    monkeypatch.setattr(spool.Spool, "add", counted)
    shared_store.catalogue.replace_products(iter([product(f"S{n:04}") for n in range(1_050)]), NOW, complete=True)
    mirror.pull()
    same(mirror, shared_store)
    assert max(blocks) <= 100
    assert len(blocks) >= 11
    assert [path.name for path in mirror.path.parent.iterdir() if "mirror.db" not in path.name] == []


def test_windows_read_it_as_they_read_a_state(mirror: Mirror, shared_store: StateStore) -> None:
    fill(shared_store, "A")
    shared_store.orders.add(order("1", ("A", 2)), OrderStage.INVOICED, NOW)
    with closing(Reader(mirror.path)) as reader:
        assert reader.tracking.parcels("2026") == []
        mirror.pull()
        assert [parcel.hub_id for parcel in reader.tracking.parcels("2026")] == ["1"]


def test_two_processes_may_follow_with_one_file(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock
) -> None:
    fill(shared_store, "A")
    other = Mirror(mirror.path, Shop(shop.database), clock)
    try:
        mirror.pull()
        fill(shared_store, "B")
        other.pull()
        mirror.pull()
        same(other, shared_store)
        same(mirror, shared_store)
    finally:
        other.close()


def test_an_older_view_never_undoes_a_newer_one(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock
) -> None:
    fill(shared_store, "A")
    mirror.pull()
    other = Mirror(mirror.path, Shop(shop.database), clock)

    def overtake() -> None:
        shared_store.catalogue.set_mappings([one_to_one("A", "NEWER")], NOW)
        other.pull()

    try:
        shared_store.catalogue.set_mappings([one_to_one("A", "OLDER")], NOW)
        shop.meanwhile.append(overtake)
        mirror.pull()
        same(mirror, shared_store)
        assert rows_of(mirror.local.database)["mapping"][0][2] == "NEWER"
    finally:
        other.close()


def test_nothing_is_missed_while_many_write(
    mirror: Mirror, shop: Shop, shared_store: StateStore, clock: FakeClock
) -> None:
    """Writers at once, each in a transaction that it holds open for a while after it drew its numbers; a mirror that
    pulls all the time must end as the server is, by its pulls alone."""
    others = [open_shared_store(shop.database.server, shop.database.schema, clock) for _ in range(3)]
    ended = threading.Event()
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            store = others[number]
            for turn in range(15):
                with store.batch():
                    store.facts.set(f"fact {number} {turn % 4}", str(turn))
                    store.catalogue.set_mappings([one_to_one(f"S{number}-{turn % 5}", f"C{turn}")], NOW)
                if turn % 3 == 2:
                    store.catalogue.delete_mappings([f"S{number}-{turn % 5}"], NOW)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,), name=f"desk {number}") for number in range(3)]
    for thread in threads:
        thread.start()
    watch = threading.Thread(target=lambda: [[t.join() for t in threads], ended.set()], name="end")
    watch.start()
    while not ended.is_set():
        mirror.pull()
    watch.join()
    assert not failed
    mirror.pull()
    same(mirror, shared_store)


def test_the_highest_number_of_a_view_is_never_ahead_of_an_open_writer(mirror: Mirror, shop: Shop) -> None:
    """One writer draws numbers and waits; another, later one may not get past it."""
    database, schema = shop.database, shop.database.schema
    slow = SharedDatabase(database.server, schema)
    got_there = threading.Event()

    def second() -> None:
        with database.write() as connection:
            connection.execute(text("INSERT INTO fact (key, value) VALUES ('second', '')"))
        got_there.set()

    thread = threading.Thread(target=second, name="second")
    with slow.write() as connection:
        connection.execute(text("INSERT INTO fact (key, value) VALUES ('first', '')"))
        thread.start()
        assert not got_there.wait(0.2)
        mirror.pull()
        assert "fact" not in rows_of(mirror.local.database)
    thread.join()
    mirror.pull()
    assert [row[0] for row in rows_of(mirror.local.database)["fact"]] == ["first", "second"]


def test_what_is_written_without_the_lock_hides_nothing(mirror: Mirror, shop: Shop) -> None:
    """Presence is written beside the writers: a number it draws may be committed before a lower one."""
    database = shop.database
    path = f'SET LOCAL search_path = "{database.schema}"'

    def beside(statement: str) -> None:
        with database.server.begin(f"BEGIN; {path}") as connection:
            connection.execute(text(statement))

    columns = "(desk, place, item, person, at)"
    beside(f"INSERT INTO open_item {columns} VALUES ('d', 'orders', '1', 'Ana', '2026')")
    mirror.pull()
    with database.write() as connection:
        connection.execute(text("INSERT INTO fact (key, value) VALUES ('first', '')"))
        beside("DELETE FROM open_item")
        beside(f"INSERT INTO open_item {columns} VALUES ('d', 'orders', '2', 'Ana', '2026')")
        mirror.pull()
    mirror.pull()
    assert [row[0] for row in rows_of(mirror.local.database)["fact"]] == ["first"]
