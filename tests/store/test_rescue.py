"""A damaged state is put aside, the last good copy comes back, and what was typed since is done again."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.store import StateStore, backup, open_store
from otimo_tray.store.journal import Journal
from otimo_tray.store.rescue import NOTICE, rescue
from tests.store.build import NOW, order, plan, push, row
from tests.support.clock import FakeClock

CODE = "AA123456785BR"


@pytest.fixture
def store(file_store: StateStore) -> StateStore:
    """A file is rescued."""
    return file_store


def type_code(store: StateStore, hub_id: str, code: str, volume: int = 1) -> int:
    return store.trackings.add(hub_id, code, "Correios", "PAC", "https://x.invalid", NOW, volume=volume)


def fill(store: StateStore) -> None:
    """A day's work before the copy is made."""
    store.values.apply(plan(rows=[row(f"C{number:05}") for number in range(2_000)], pushes=[push("A", "7")]))
    store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
    store.facts.set("cursor", "1")


def after_the_copy(store: StateStore) -> None:
    """What a person and the program did since."""
    type_code(store, "h1", CODE)
    wrong = type_code(store, "h1", "WRONG", volume=2)
    store.trackings.remove(wrong, NOW)
    store.catalogue.set_mappings([SkuMapping("A", (Component("C00001", 3),))], NOW)
    store.catalogue.set_mappings([SkuMapping("B", (Component("C00002", 1),))], NOW)
    store.catalogue.delete_mappings(["B"], NOW)
    store.orders.advance("h1", OrderStage.IMPORTED, NOW, event="O-512", erp_ref="P1")
    store.orders.add(order("h2", ("A", 2)), OrderStage.FIRST_RUN, NOW)
    store.orders.advance("h2", OrderStage.IGNORED, NOW, event="O-530")


def assert_whole(store: StateStore) -> None:
    codes = {r.code: r.state for r in store.trackings.of_order("h1")}
    assert codes == {CODE: TrackingState.TYPED}
    assert store.catalogue.mapping("B") is None
    found = store.catalogue.mapping("A")
    assert found is not None
    assert found.components == (Component("C00001", 3),)
    assert store.orders.known(["h1", "h2"]) == {"h1": OrderStage.IMPORTED, "h2": OrderStage.IGNORED}
    imported = store.orders.get("h1")
    assert imported is not None
    assert imported.erp_ref == "P1"


def flip(path: Path, seed: int = 1) -> None:
    """Flips bytes all over the file."""
    rng = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(len(data) // 200):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def overwrite(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


@pytest.mark.parametrize("damage", [flip, cut, overwrite])
def test_the_last_copy_comes_back_with_what_was_typed_since(path: Path, clock: FakeClock, damage: object) -> None:
    store = open_store(path, clock)
    fill(store)
    store.backup(NOW)
    after_the_copy(store)
    store.close()
    assert callable(damage)
    damage(path)
    with pytest.raises(StoreDamaged) as caught:
        open_store(path, clock, check=True)
    assert caught.value.code == "L-322"
    ruined = path.read_bytes()
    done = rescue(path, clock)
    assert done.copy is not None
    assert done.aside is not None
    assert done.aside.read_bytes() == ruined, "put aside, never deleted"
    store = open_store(path, clock, check=True)
    try:
        assert_whole(store)
        assert store.facts.get("cursor") == "1"
        assert [p.code for p in store.problems.list() if p.flow == NOTICE] == ["L-323"]
    finally:
        store.close()


def test_without_a_good_copy_it_is_built_anew_from_the_journal(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    fill(store)
    after_the_copy(store)
    store.backup(NOW)
    store.close()
    for file in [path, *backup.backups(path)]:
        overwrite(file)
    done = rescue(path, clock)
    assert done.copy is None
    store = open_store(path, clock, check=True)
    try:
        assert_whole(store)
        assert store.facts.get("cursor") is None
        assert [p.code for p in store.problems.list()] == ["L-324"]
    finally:
        store.close()


def test_an_erased_buyer_does_not_come_back_with_a_copy(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    fill(store)
    store.orders.advance("h1", OrderStage.TRACKED, NOW, event="O-540")
    store.backup(NOW)
    store.erase(["h1"])
    store.close()
    cut(path)
    rescue(path, clock)
    store = open_store(path, clock)
    try:
        assert store.orders.get("h1") is None
        assert store.orders.known(["h1"]) == {"h1": OrderStage.TRACKED}, "once stays once"
    finally:
        store.close()


def test_a_file_put_aside_goes_with_the_retention(store: StateStore) -> None:
    folder = store.path.parent
    old, young = (folder / f"estado-replaced-{NOW - timedelta(days=days):%Y%m%d-%H%M%S}.db" for days in (91, 89))
    for file in (old, young):
        file.write_bytes(b"x")
    store.prune(NOW, 90)
    assert not old.exists()
    assert young.exists()


def test_a_damaged_copy_is_passed_over_for_an_older_one(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    fill(store)
    first = store.backup(NOW)
    after_the_copy(store)
    second = store.backup(NOW + timedelta(days=1))
    store.close()
    assert second is not None
    for file in (path, second):
        cut(file)
    assert rescue(path, clock).copy == first
    store = open_store(path, clock, check=True)
    try:
        assert_whole(store)
    finally:
        store.close()


def test_what_the_hub_confirmed_is_asked_anew(path: Path, clock: FakeClock) -> None:
    """A value sent after the copy was made: the copy's confirmed one would hide that the hub has another."""
    store = open_store(path, clock)
    fill(store)
    store.values.set_confirmed([("A", "stock", "5")], NOW)
    store.facts.set("catalogue_read_at", NOW.isoformat())
    store.backup(NOW)
    store.close()
    cut(path)
    rescue(path, clock)
    store = open_store(path, clock)
    try:
        assert store.facts.get("catalogue_read_at") is None
        assert store.values.due_pushes(["stock", "price"], NOW, 10) == []
        assert ("all", "") in store.values.dirty()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT count(*) FROM sku_value WHERE confirmed IS NOT NULL").fetchone() == (0,)
    finally:
        store.close()


@pytest.mark.parametrize("moment", ["before both renames", "between the renames"])
def test_a_rescue_that_is_cut_off_is_made_good_at_the_next_start(
    path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    store = open_store(path, clock)
    fill(store)
    store.backup(NOW)
    after_the_copy(store)
    store.close()
    cut(path)
    replace = Path.replace
    calls: list[Path] = []

    def fail(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == (1 if moment == "before both renames" else 2):
            raise OSError(5, "power cut")
        return replace(self, target)

    with monkeypatch.context() as cutting:
        cutting.setattr(Path, "replace", fail)
        with pytest.raises(StoreAway):
            rescue(path, clock)
    try:
        store = open_store(path, clock, check=True)
    except StoreDamaged:
        rescue(path, clock)
        store = open_store(path, clock, check=True)
    try:
        assert_whole(store)
    finally:
        store.close()


def test_a_damaged_database_takes_no_good_copys_place(path: Path, clock: FakeClock) -> None:
    store = open_store(path, clock)
    fill(store)
    good = store.backup(NOW)
    store.close()
    with path.open("rb+") as file:  # one page in the middle: SQLite copies it without a word
        file.seek(path.stat().st_size * 2 // 3 // 4096 * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreDamaged):
        backup.backup(path, NOW + timedelta(days=1))
    assert backup.backups(path) == [good]


def test_a_line_is_on_the_disk_before_the_code_is_called_safe(store: StateStore) -> None:
    type_code(store, "h1", CODE)
    (entry,) = Journal(store.path).since(None)
    assert (entry["what"], entry["order"], entry["code"]) == ("code", "h1", CODE)


def test_what_was_not_committed_is_not_in_the_journal(store: StateStore) -> None:
    def broken() -> None:
        with store.batch():
            type_code(store, "h1", CODE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    with store.batch():
        with pytest.raises(RuntimeError):
            broken()
        type_code(store, "h2", CODE)
    assert [entry["order"] for entry in Journal(store.path).since(None)] == ["h2"]


def test_a_torn_line_hides_no_other(store: StateStore) -> None:
    type_code(store, "h1", CODE)
    (file,) = Journal(store.path).files()
    with file.open("ab") as stream:
        stream.write(json.dumps({"what": "code", "order": "h9"}).encode()[:20])
    type_code(store, "h2", CODE)
    assert [entry["order"] for entry in Journal(store.path).since(None)] == ["h1", "h2"]


def test_no_room_for_the_journal_stops_nothing(store: StateStore) -> None:
    backup.backup_folder(store.path).write_text("a file where the folder should be", encoding="ascii")
    number = type_code(store, "h1", CODE)
    assert [found.id for found in store.trackings.of_order("h1")] == [number]


def test_the_journal_goes_with_the_copies_that_need_it(store: StateStore) -> None:
    for days in range(12):
        type_code(store, f"h{days}", CODE)
        store.backup(NOW + timedelta(days=days))
    oldest = backup.backups(store.path)[-1]
    lines = [entry["order"] for entry in Journal(store.path).since(None)]
    assert lines[-1] == "h11"
    assert len(lines) <= backup.KEEP + 1
    assert [e["order"] for e in Journal(store.path).since(oldest)][-1] == "h11"
