"""A mirror that can't go on from where it was is read anew: another server, another schema, a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.store import StateStore
from otimo_tray.store.readmodels.reader import Reader
from otimo_tray.store.shared import changes
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.mirror import Mirror
from otimo_tray.store.shared.opening import open_shared_store
from tests.shared.mirror_shop import Shop, same
from tests.store.build import NOW, fill, one_to_one, order
from tests.store.shared import Schemas
from tests.support.clock import FakeClock


def test_another_schema_is_read_anew(mirror: Mirror, shop: Shop, schemas: Schemas, clock: FakeClock) -> None:
    fill(open_shared_store(shop.database.server, shop.database.schema, clock), "A", "B", "C")
    mirror.pull()
    other = schemas.store(clock)
    try:
        assert isinstance(other.database, SharedDatabase)
        for name in ("D", "E", "F", "G", "H"):
            fill(other, name)  # its numbers are higher: only its origin tells
        shop.database = other.database
        mirror.pull()
        same(mirror, other)
    finally:
        other.close()
        schemas.give_back(other)


def test_a_server_that_went_back_in_time_is_read_anew(
    mirror: Mirror, shop: Shop, schemas: Schemas, shared_store: StateStore
) -> None:
    fill(shared_store, "A", "B")
    mirror.pull()
    schemas.empty(shop.database.schema)  # also its numbers begin again
    fill(shared_store, "C")
    mirror.pull()
    same(mirror, shared_store)


def test_a_mirror_behind_forgotten_deletions_is_read_anew(mirror: Mirror, shop: Shop, shared_store: StateStore) -> None:
    fill(shared_store, "A", "B")
    mirror.pull()
    shared_store.catalogue.delete_mappings(["A"], NOW)
    with shop.database.write() as connection:
        connection.execute(text("UPDATE gone_row SET at = now() - interval '90 days' WHERE table_name <> ''"))
    shop.database.forget_copies(NOW)
    mirror.pull()
    same(mirror, shared_store)
    views = shop.views
    assert mirror.pull() == frozenset(), "and then it follows again"
    assert shop.views == views + 1


def test_a_newer_schema_is_not_guessed_at(mirror: Mirror, shop: Shop, shared_store: StateStore) -> None:
    fill(shared_store, "A")
    mirror.pull()
    with shop.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    try:
        with pytest.raises(StoreDamaged) as caught:
            mirror.pull()
        assert caught.value.code == "L-321"
    finally:
        with shop.database.write() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{changes.HEAD}'"))


def test_who_may_not_ask_for_the_cluster_follows_all_the_same(
    mirror: Mirror, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Connection) -> bool:
        return False

    monkeypatch.setattr("otimo_tray.store.shared.mirror.may_know_cluster", never)
    fill(shared_store, "A")
    mirror.pull()
    same(mirror, shared_store)
    assert mirror.pull() == frozenset()


# --- a damaged file ---------------------------------------------------------------------------------------------------


def test_a_damaged_file_is_made_anew_when_it_is_opened(
    shop: Shop, profile_dir: Path, clock: FakeClock, shared_store: StateStore
) -> None:
    fill(shared_store, "A")
    path = profile_dir / "mirror.db"
    path.write_bytes(b"no database at all" * 100)
    mirror = Mirror(path, shop, clock)
    try:
        assert mirror.as_of is None
        mirror.pull()
        same(mirror, shared_store)
    finally:
        mirror.close()


def test_a_file_damaged_while_open_is_made_anew(mirror: Mirror, shared_store: StateStore) -> None:
    shared_store.orders.add(order("1", ("A", 2)), OrderStage.INVOICED, NOW)
    fill(shared_store, *(f"S{n}" for n in range(300)))
    mirror.pull()
    mirror.local.database.checkpoint()
    told: list[bool] = []
    reader = Reader(mirror.path)
    assert len(reader.tracking.parcels("2026")) == 1

    def let_go() -> None:
        told.append(True)
        reader.close()

    mirror.renewed = let_go
    with mirror.path.open("r+b") as file:  # all but the first page
        size = mirror.path.stat().st_size
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    shared_store.catalogue.set_mappings([one_to_one(f"S{n}", "X") for n in range(300)], NOW)
    mirror.pull()
    same(mirror, shared_store)
    assert told == [True]
    shared_store.orders.add(order("2", ("A", 2)), OrderStage.INVOICED, NOW)
    mirror.pull()
    assert len(reader.tracking.parcels("2026")) == 2, "a reader that let go reads the new file"
    reader.close()


def test_a_damaged_file_that_somebody_holds_is_made_anew_later(
    mirror: Mirror, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_: Path) -> None:
        raise StoreAway("L-314")

    def damaged(_: Mirror) -> frozenset[str]:
        raise StoreDamaged("L-322")

    fill(shared_store, "A")
    monkeypatch.setattr("otimo_tray.store.shared.mirror._remove", held)
    monkeypatch.setattr(Mirror, "_pull", damaged)
    for _ in range(2):
        with pytest.raises(StoreAway) as caught:
            mirror.pull()
        assert caught.value.code == "L-314"
    monkeypatch.undo()
    mirror.pull()
    same(mirror, shared_store)
