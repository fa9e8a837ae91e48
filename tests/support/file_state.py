"""The connections of a state that lies in a file, for tests that reach into them."""

from __future__ import annotations

from otimo_tray.store import StateStore
from otimo_tray.store.database import Database


def file_of(store: StateStore) -> Database:
    """Raises AssertionError for a state on a server."""
    assert isinstance(store.database, Database)
    return store.database
