"""Desks that share a schema of the tests' own PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store import StateStore, moving, open_store
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.mirror import Mirror
from tests.servers import Server as RealServer
from tests.shared.away_desks import AwayDesk, MakeDesk
from tests.shared.mirror_shop import Shop, opened
from tests.shared.moving_places import Places, left_of
from tests.store.build import NOW, order
from tests.store.conftest import clock, empty, file_store, path, schemas, shared_store
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

__all__ = ["clock", "empty", "file_store", "path", "schemas", "shared_store"]


@pytest.fixture
def make_desk(
    postgresql_server: RealServer, shared_store: StateStore, profile_dir: Path, clock: FakeClock, empty: Path
) -> Generator[MakeDesk]:
    assert isinstance(shared_store.database, SharedDatabase)
    schema = shared_store.database.schema
    for number in ("1", "2", "3"):
        shared_store.orders.add(order(number, ("A", 1)), OrderStage.INVOICED, NOW)
    made: list[AwayDesk] = []

    def make(person: str) -> AwayDesk:
        desk = AwayDesk(postgresql_server.port, schema, profile_dir / person, clock, empty, person)
        made.append(desk)
        desk.mirror.pull()
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def ana(make_desk: MakeDesk) -> AwayDesk:
    return make_desk("Ana")


@pytest.fixture
def places(
    profile_dir: Path, schemas: Schemas, clock: FakeClock, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Places]:
    """A new file and an empty schema; Alembic, which takes most of a small move's time, finds both made."""

    def opened(path: Path, clock: FakeClock, *, check: bool = False) -> StateStore:
        if not path.exists():
            shutil.copyfile(empty, path)
        return open_store(path, clock, check=check)

    monkeypatch.setattr(moving, "open_store", opened)
    path = profile_dir / "state.db"
    shutil.copyfile(empty, path)
    store = schemas.store(clock)
    store.close()
    assert isinstance(store.database, SharedDatabase)
    schema = store.database.schema
    yield Places(path, schemas, schema, clock)
    left = left_of(schemas, schema)
    if left == [schema] and schemas.tell(f"SELECT to_regclass('{schema}.dirty')") != [(None,)]:
        schemas.tell(f'DROP TABLE IF EXISTS "{schema}".unfinished_move')
        schemas.give_back(store)
        return
    for name in left:
        schemas.tell(f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture
def shop(shared_store: StateStore) -> Shop:
    assert isinstance(shared_store.database, SharedDatabase)
    return Shop(shared_store.database)


@pytest.fixture
def mirror(shop: Shop, profile_dir: Path, clock: FakeClock, empty: Path) -> Generator[Mirror]:
    made = opened(shop, profile_dir / "mirror.db", clock, empty)
    yield made
    made.close()
