"""Where a machine of many steps keeps its state: a file that waits for no disk, or a schema; empty, and opened anew."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hypothesis import HealthCheck, settings

from otimo_tray.ports import Clock
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.shared.opening import open_shared_store
from tests.store.shared import Schemas


class Place(Protocol):
    """One empty state."""

    def open(self, clock: Clock) -> StateStore: ...
    def leave(self) -> None: ...


class Places(Protocol):
    """Makes them."""

    def make(self) -> Place: ...


class FilePlace:
    """A copy of an empty file."""

    def __init__(self, empty: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="place-"))
        self._path = self._folder / "estado.db"
        shutil.copyfile(empty, self._path)

    def open(self, clock: Clock) -> StateStore:
        """Doesn't wait for the disk: no step of a machine is a power cut."""
        opened = open_store(self._path, clock)
        database: Any = opened.database
        database._writer.connection.driver_connection.execute("PRAGMA synchronous = OFF")
        return opened

    def leave(self) -> None:
        shutil.rmtree(self._folder)


class SharedPlace:
    """An empty schema."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._schema = schemas.lend()

    def open(self, clock: Clock) -> StateStore:
        return open_shared_store(self._schemas.server, self._schema, clock)

    def leave(self) -> None:
        self._schemas.empty(self._schema)
        self._schemas.free(self._schema)


@dataclass
class FilePlaces:
    """Copies of an empty file."""

    empty: Path

    def make(self) -> FilePlace:
        return FilePlace(self.empty)


@dataclass
class SharedPlaces:
    """Schemas of the session's server."""

    schemas: Schemas

    def make(self) -> SharedPlace:
        return SharedPlace(self.schemas)


def machine_settings(examples: int, steps: int) -> settings:
    """The same walks on every run, however long one takes; nothing of them on the disk."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
