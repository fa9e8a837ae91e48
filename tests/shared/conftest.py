"""Desks that share a schema of the tests' own PostgreSQL."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from tests.servers import Server as RealServer
from tests.shared.away_desks import AwayDesk, MakeDesk
from tests.store.build import NOW, order
from tests.store.conftest import clock, empty, file_store, path, schemas, shared_store
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
