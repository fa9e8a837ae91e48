"""A rig for each kind of database, and for the servers alone."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.contract.database_rigs import DatabaseRig, database_rig

SERVERS = ("firebird", "mariadb", "postgresql")


@pytest.fixture(params=[*SERVERS, "sqlite"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[DatabaseRig]:
    made = database_rig(request.param, tmp_path, request)
    yield made
    made.close()


@pytest.fixture(params=SERVERS)
def server_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[DatabaseRig]:
    made = database_rig(request.param, tmp_path, request)
    yield made
    made.close()


@pytest.fixture
def sqlite_rig(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[DatabaseRig]:
    made = database_rig("sqlite", tmp_path, request)
    yield made
    made.close()
