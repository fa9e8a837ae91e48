"""The server as a mirror sees it, and a mirror of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from otimo_tray.errors import StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.mirror import Mirror
from tests.shared.looks import rows_of
from tests.support.clock import FakeClock


@dataclass
class Shop:
    """The server as the mirror sees it; `away` for a while, and `meanwhile` what happens right after a view ended."""

    database: SharedDatabase
    away: StoreAway | None = None
    meanwhile: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    views: int = 0

    @contextmanager
    def view(self) -> Generator[Connection]:
        if self.away is not None:
            raise self.away
        self.views += 1
        with self.database.view() as connection:
            yield connection
        if self.meanwhile:
            self.meanwhile.pop()()


def opened(shop: Shop, path: Path, clock: FakeClock, empty: Path) -> Mirror:
    """A mirror over a copy of an empty state: Alembic takes a hundred times longer."""
    shutil.copyfile(empty, path)
    return Mirror(path, shop, clock)


def same(mirror: Mirror, store: StateStore) -> None:
    assert rows_of(mirror.local.database) == rows_of(store.database)
