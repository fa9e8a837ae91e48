"""Fixtures: an empty state database of a profile, and the sheets over it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from otimo_tray.sheets.desk import Sheets
from otimo_tray.store import StateStore, open_store
from tests.sheets.shop import NOW
from tests.support.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def store(profile_dir: Path, clock: FakeClock) -> Generator[StateStore]:
    opened = open_store(profile_dir / "state.db", clock)
    yield opened
    opened.close()


@pytest.fixture
def sheets(store: StateStore, clock: FakeClock) -> Sheets:
    return Sheets(store, store.path, clock)
