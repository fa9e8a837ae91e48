"""A state database of its own for each test: as a SQLite file, and as a schema in a PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.store import StateStore, open_store
from otimo_tray.store.shared.database import SharedDatabase
from tests.store.build import NOW
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def path(profile_dir: Path) -> Path:
    return profile_dir / "estado.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, made once: Alembic takes a hundred times longer than a copy."""
    made = tmp_path_factory.mktemp("state") / "empty.db"
    open_store(made, FakeClock(NOW)).close()
    return made


@pytest.fixture
def file_store(path: Path, clock: FakeClock, empty: Path) -> Generator[StateStore]:
    """A state in a SQLite file, for what is about the file."""
    shutil.copyfile(empty, path)
    opened = open_store(path, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def schemas(request: pytest.FixtureRequest) -> Generator[Schemas]:
    """The schemas of the session's PostgreSQL; it starts only when a test asks."""
    made = Schemas(request.getfixturevalue("postgresql_server"))
    yield made
    made.close()


@pytest.fixture
def shared_store(schemas: Schemas, clock: FakeClock) -> Generator[StateStore]:
    """A state in a PostgreSQL, empty."""
    opened = schemas.store(clock)
    yield opened
    opened.close()
    schemas.give_back(opened)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> StateStore:
    """A state of each kind: what is said of the store is true of both."""
    return request.getfixturevalue("file_store" if request.param == "sqlite" else "shared_store")


@pytest.fixture
def rows(store: StateStore, request: pytest.FixtureRequest) -> Rows:
    """What somebody else sees there: `rows(sql, *values)`, with ? for values."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        if isinstance(store.database, SharedDatabase):
            schemas: Schemas = request.getfixturevalue("schemas")
            return schemas.rows(store.database, sql, *values)
        with closing(sqlite3.connect(store.path)) as connection:
            return connection.execute(sql, values).fetchall()

    return ask


@pytest.fixture
def file_rows(file_store: StateStore) -> Rows:
    """`rows` of the file."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file_store.path)) as connection:
            return connection.execute(sql, values).fetchall()

    return ask
