"""A copy a day, seven kept, and the way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.store import StateStore, backup, open_store
from tests.store.build import NOW
from tests.support.clock import FakeClock


@pytest.fixture
def store(file_store: StateStore) -> StateStore:
    """Copies are of the file."""
    return file_store


def test_one_copy_a_day_and_the_newest_seven(store: StateStore) -> None:
    store.facts.set("a", "1")
    assert store.backup(NOW) is not None
    assert store.backup(NOW + timedelta(hours=3)) is None
    for days in range(1, 10):
        assert store.backup(NOW + timedelta(days=days)) is not None
    names = [copy.name for copy in backup.backups(store.path)]
    assert names == [f"estado-{NOW + timedelta(days=days):%Y%m%d}.db" for days in range(9, 2, -1)]
    assert all(backup.is_sound(copy) for copy in backup.backups(store.path))


def test_a_copy_holds_what_was_committed_and_nothing_else(store: StateStore) -> None:
    store.facts.set("a", "committed")
    with store.batch():
        store.facts.set("a", "on its way")
        copy = store.backup(NOW)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM fact WHERE key = 'a'").fetchall() == [("committed",)]
    assert sorted(file.name for file in copy.parent.iterdir()) == [copy.name]


def test_no_room_for_a_copy_harms_nothing(store: StateStore) -> None:
    backup.backup_folder(store.path).write_text("a file where the folder should be", encoding="ascii")
    with pytest.raises(StoreAway):
        store.backup(NOW)
    store.facts.set("a", "1")
    assert store.facts.get("a") == "1"


def test_the_way_back(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    store.facts.set("a", "before")
    copy = store.backup(NOW)
    store.facts.set("a", "after")
    store.close()
    assert copy is not None
    path.write_bytes(b"ruined" * 1000)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"of the ruined one")
    aside = backup.restore(path, copy, NOW)
    assert aside is not None
    assert aside.read_bytes() == b"ruined" * 1000  # never deleted
    assert aside.with_name(aside.name + "-wal").exists()
    assert not log.exists()
    again = open_store(path, clock)
    try:
        assert again.facts.get("a") == "before"
    finally:
        again.close()


def test_a_ruined_copy_is_not_put_back(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    store.facts.set("a", "1")
    store.close()
    ruined = path.with_name("copy.db")
    ruined.write_bytes(b"x" * 5000)
    with pytest.raises(StoreDamaged):
        backup.restore(path, ruined, NOW)
    store = open_store(path, clock)
    try:
        assert store.facts.get("a") == "1"
    finally:
        store.close()


def test_back_where_nothing_is(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    copy = store.backup(NOW)
    store.close()
    assert copy is not None
    path.unlink()
    assert backup.restore(path, copy, NOW) is None
    open_store(path, clock).close()
