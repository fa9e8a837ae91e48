"""Transactions: joined in a batch, undone alone, whole or not at all; faults of the file become ours."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import ItemError, StoreAway, StoreDamaged
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.database import Database
from tests.store.build import NOW, order, plan, push, row
from tests.store.conftest import Rows
from tests.support.clock import FakeClock


def writer_of(store: StateStore) -> sqlite3.Connection:
    """The driver's connection of the writer."""
    database: Any = store.database
    connection: Any = database._writer.connection.driver_connection
    return connection


def test_the_file_is_safe_against_a_power_cut(file_store: StateStore) -> None:
    writer = writer_of(file_store)
    assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert writer.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert writer.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_reader_cannot_write(store: StateStore) -> None:
    with pytest.raises(StoreAway), store._database.read() as connection:
        connection.exec_driver_sql("DELETE FROM fact")


def test_a_batch_is_one_transaction(store: StateStore, rows: Rows) -> None:
    with store.batch():
        store.facts.set("a", "1")
        store.problems.report("stock", "A", ItemError("S-321"), NOW)
        assert store.facts.get("a") == "1"  # this thread sees what it wrote
        assert store.problems.count() == 1
        assert rows("SELECT count(*) FROM fact") == [(0,)]  # nobody else does
    assert rows("SELECT value FROM fact") == [("1",)]
    assert rows("SELECT count(*) FROM problem") == [(1,)]


def test_a_batch_that_fails_leaves_nothing(store: StateStore, rows: Rows) -> None:
    def broken() -> None:
        with store.batch():
            store.facts.set("a", "1")
            store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        broken()
    assert rows("SELECT count(*) FROM fact") == [(0,)]
    assert rows("SELECT count(*) FROM orders") == [(0,)]
    store.facts.set("a", "2")  # and the writer goes on
    assert store.facts.get("a") == "2"


def test_a_method_that_fails_inside_a_batch_is_undone_alone(store: StateStore, rows: Rows) -> None:
    store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
    impossible = order("h2", ("A", 1), ("B", 10**30))  # its second line can't be stored
    with store.batch():
        store.facts.set("before", "1")
        with pytest.raises(OverflowError):
            store.orders.add(impossible, OrderStage.SEEN, NOW)
        store.facts.set("after", "1")
    assert rows("SELECT key FROM fact ORDER BY key") == [("after",), ("before",)]
    assert rows("SELECT hub_id FROM orders") == [("h1",)]
    assert rows("SELECT hub_id FROM order_item") == [("h1",)]


def test_batches_nest(store: StateStore) -> None:
    def broken() -> None:
        with store.batch():
            store.facts.set("inner", "1")
            raise RuntimeError

    with store.batch():
        with pytest.raises(RuntimeError):
            broken()
        store.facts.set("outer", "1")
    assert store.facts.get("inner") is None
    assert store.facts.get("outer") == "1"


def test_eight_threads_write_at_once(store: StateStore, rows: Rows) -> None:
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(25):
                with store.batch():
                    last = int(store.facts.get("total") or 0)
                    store.facts.set("total", str(last + 1))
                    store.facts.set(f"{number}-{step}", "x")
                store.problems.report("stock", f"{number}", ItemError("S-321"), NOW)
                store.values.mark_dirty([("sku", f"{number}-{step}")])
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert store.facts.get("total") == "200"  # none of the read-and-writes was lost
    assert rows("SELECT count(*) FROM fact") == [(201,)]
    assert {problem.times for problem in store.problems.list()} == {25}
    assert len(store.values.dirty()) == 200
    assert rows("SELECT count(DISTINCT mark) FROM dirty") == [(200,)]


def test_readers_are_not_held_up_by_a_long_write(store: StateStore) -> None:
    seen: list[str | None] = []
    store.facts.set("a", "old")
    with store.batch():
        store.facts.set("a", "new")
        reader = threading.Thread(target=lambda: seen.append(store.facts.get("a")))
        reader.start()
        reader.join()
    assert seen == ["old"]


def test_a_full_disk_is_told_and_leaves_nothing(file_store: StateStore, file_rows: Rows) -> None:
    file_store.facts.set("before", "1")
    writer = writer_of(file_store)
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreAway) as caught:
        file_store.values.apply(plan(rows=[row(f"C{number:05}") for number in range(5_000)]))
    assert caught.value.code == "L-312"
    assert file_rows("SELECT count(*) FROM erp_item") == [(0,)]
    writer.execute("PRAGMA max_page_count = 100000")  # somebody made room
    file_store.values.apply(plan(rows=[row("C1")]))
    assert file_rows("SELECT erp_code FROM erp_item") == [("C1",)]


def test_a_commit_that_fails_leaves_nothing_and_the_writer_goes_on(file_store: StateStore, file_rows: Rows) -> None:
    """SQLite keeps a transaction open whose COMMIT met a lock or a full disk."""
    failing = [True]

    def refuse(_: object) -> None:
        if failing:
            failing.clear()
            raise sqlite3.OperationalError("database is locked")

    database: Any = file_store.database
    event.listen(database._writers, "commit", refuse)
    with pytest.raises((StoreAway, sqlite3.OperationalError)):
        file_store.facts.set("a", "1")
    assert file_rows("SELECT count(*) FROM fact") == [(0,)]
    file_store.facts.set("a", "2")
    assert file_rows("SELECT value FROM fact") == [("2",)]


def test_a_batch_does_not_go_on_after_the_disk_was_full(file_store: StateStore, file_rows: Rows) -> None:
    writer = writer_of(file_store)
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 2}")

    def careless() -> None:
        with file_store.batch():
            file_store.facts.set("first", "1")
            try:
                file_store.values.apply(plan(rows=[row(f"C{number:05}") for number in range(5_000)]))
            except StoreAway:
                writer.execute("PRAGMA max_page_count = 100000")
            file_store.facts.set("second", "1")

    try:
        careless()
        expected = [("first",), ("second",)]  # this SQLite undid the one method alone
    except StoreAway:
        expected = []  # this one undid the whole transaction
    assert file_rows("SELECT key FROM fact ORDER BY key") == expected


def test_a_transaction_that_the_database_ended_by_itself_is_not_continued(store: StateStore, rows: Rows) -> None:
    def careless() -> None:
        with store.batch():
            store.facts.set("first", "1")
            with store.database.read() as connection:  # what SQLite does when the disk is full at the wrong moment
                connection.connection.cursor().execute("ROLLBACK")
            store.facts.set("second", "1")

    with pytest.raises(StoreAway):
        careless()
    assert rows("SELECT key FROM fact") == []
    store.facts.set("third", "1")
    assert rows("SELECT key FROM fact") == [("third",)]


def test_another_program_that_holds_the_file_is_told(file_store: StateStore) -> None:
    writer_of(file_store).execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(file_store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreAway) as caught:
            file_store.facts.set("a", "1")
        other.execute("ROLLBACK")
    assert caught.value.code == "L-313"
    file_store.facts.set("a", "1")
    assert file_store.facts.get("a") == "1"


def test_an_error_of_the_file_says_nothing_about_buyers(file_store: StateStore) -> None:
    writer_of(file_store).execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(file_store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreAway) as caught:
            file_store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
        other.execute("ROLLBACK")
    error: BaseException | None = caught.value
    while error is not None:
        assert "João" not in f"{error} {error.args}"
        error = error.__cause__


def test_what_is_no_database_is_told(path: Path, clock: FakeClock) -> None:
    path.write_bytes(b"this is a letter, not a database" * 200)
    with pytest.raises(StoreDamaged) as caught:
        open_store(path, clock)
    assert caught.value.code == "L-322"


def test_a_foreign_database_is_left_alone(path: Path, clock: FakeClock) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE guests (name TEXT)")
    with pytest.raises(StoreDamaged) as caught:
        open_store(path, clock)
    assert caught.value.code == "L-322"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("guests",)]


def test_a_folder_that_cannot_be_made_is_told(profile_dir: Path, clock: FakeClock) -> None:
    (profile_dir / "file").write_text("x", encoding="ascii")
    with pytest.raises(StoreAway) as caught:
        open_store(profile_dir / "file" / "estado.db", clock)
    assert caught.value.code == "L-314"


def _damage(path: Path) -> None:
    """Overwrites the second half of a database."""
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * (size // 2))


@pytest.fixture
def filled(path: Path, clock: FakeClock) -> Path:
    store = open_store(path, clock)
    store.values.apply(plan(rows=[row(f"C{number:05}") for number in range(3_000)]))
    store.close()
    return path


def test_after_an_unclean_end_the_file_is_checked(filled: Path, clock: FakeClock) -> None:
    _damage(filled)
    log = filled.with_name(filled.name + "-wal")
    log.write_bytes(b"left behind")  # what a killed program leaves; SQLite itself ignores such a one
    with pytest.raises(StoreDamaged) as caught:
        open_store(filled, clock)
    assert caught.value.code == "L-322"


def test_a_clean_end_leaves_no_log_and_costs_no_check(
    filled: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sorted(file.name for file in filled.parent.iterdir()) == [filled.name]

    def check(database: Database) -> None:
        raise AssertionError(database.path)

    monkeypatch.setattr("otimo_tray.store.state._check", check)
    open_store(filled, clock).close()


def test_damage_found_while_working_is_told(filled: Path, clock: FakeClock) -> None:
    store = open_store(filled, clock)
    try:
        _damage(filled)
        with pytest.raises(StoreDamaged) as caught:
            list(store.values.erp_rows())
        assert caught.value.code == "L-322"
    finally:
        store.close()


def test_a_closed_store_says_so(store: StateStore) -> None:
    store.close()
    uses: list[Callable[[], object]] = [
        lambda: store.facts.get("a"),
        lambda: store.facts.set("a", "1"),
        lambda: store.orders.get("h1"),
    ]
    for use in uses:
        with pytest.raises(StoreAway):
            use()
    store.close()  # twice is once


def test_everything_survives_a_restart(path: Path, clock: FakeClock) -> None:
    first = open_store(path, clock)
    first.values.apply(plan(pushes=[push("A", "7")], commitments={"A": 2}))
    first.values.mark_dirty([("sku", "A")])
    first.close()
    second = open_store(path, clock)
    try:
        assert [entry.value for entry in second.values.due_pushes(["stock"], NOW, 10)] == ["7"]
        assert second.values.applied_commitments() == {"A": 2}
        assert second.values.dirty() == [("sku", "A")]
    finally:
        second.close()
