"""Every schema this program ever had, kept as text, is brought up with all it holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import Component
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store import migrate, open_store
from tests.store.test_migrations import _shape
from tests.support.clock import FakeClock

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_an_older_database_is_brought_up_with_all_it_holds(path: Path, clock: FakeClock, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{revision}.sql").read_text("utf-8"))
    store = open_store(path, clock, check=True)
    try:
        assert store.facts.get("cursor") == "7"
        mapping = store.catalogue.mapping("A")
        assert mapping is not None
        assert mapping.components == (Component("00012", 3),)
        (code,) = store.trackings.of_order("h1")
        assert (code.code, code.state) == ("AA123456785BR", TrackingState.TYPED)
        assert store.orders.known(["h0"]) == {"h0": OrderStage.TRACKED}
    finally:
        store.close()
    new = path.with_name("new.db")
    open_store(new, clock).close()
    assert _shape(path).keys() == _shape(new).keys()
