"""A state database of its own for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from otimo_tray.store import StateStore, open_store
from tests.store.build import NOW
from tests.support.clock import FakeClock

Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def path(profile_dir: Path) -> Path:
    return profile_dir / "estado.db"


def open_quickly(path: Path, clock: FakeClock) -> StateStore:
    """A store that doesn't wait for the disk: for machines of thousands of steps, none of them a power cut."""
    opened = open_store(path, clock)
    writer: Any = opened._database._writer
    writer.connection.driver_connection.execute("PRAGMA synchronous = OFF")
    return opened


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, made once: Alembic takes a hundred times longer than a copy."""
    made = tmp_path_factory.mktemp("state") / "empty.db"
    open_store(made, FakeClock(NOW)).close()
    return made


@pytest.fixture
def store(path: Path, clock: FakeClock, empty: Path) -> Generator[StateStore]:
    shutil.copyfile(empty, path)
    opened = open_store(path, clock)
    yield opened
    opened.close()


@pytest.fixture
def rows(store: StateStore) -> Rows:
    """What another reader of the file sees: `rows(sql, *values)`."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(store.path)) as connection:
            return connection.execute(sql, values).fetchall()

    return ask
