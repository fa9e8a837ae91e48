"""The day's copy of a state that lies on a server."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert

from otimo_tray.store import StateStore, backup, moving, open_store
from otimo_tray.store.schema import metadata
from otimo_tray.store.shared.database import SharedDatabase
from tests.shared.looks import rows_of
from tests.shared.moving_places import NAMES
from tests.store.build import fill
from tests.support.clock import FakeClock


def test_the_days_copy_of_a_server_is_a_file_like_all_others(
    shared_store: StateStore, profile_dir: Path, clock: FakeClock
) -> None:
    assert isinstance(shared_store.database, SharedDatabase)
    path = profile_dir / "state.db"
    shared_store.database.copy = moving.daily_copy(shared_store.database, path, clock)
    fill(shared_store, "A", "B")
    made = shared_store.backup(clock.now())
    assert made == backup.backups(path)[0]
    assert made is not None
    assert backup.is_sound(made)
    assert shared_store.backup(clock.now()) is None, "one a day"
    with closing(sqlite3.connect(made)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    for _ in range(backup.KEEP + 1):
        clock.advance(days=1)
        shared_store.backup(clock.now())
    assert len(backup.backups(path)) == backup.KEEP
    backup.restore(path, backup.backups(path)[0], clock.now())
    with closing(open_store(path, clock)) as store:
        assert rows_of(store.database, NAMES) == rows_of(shared_store.database, NAMES)


def test_a_copy_writes_nothing_on_the_server(shared_store: StateStore, profile_dir: Path, clock: FakeClock) -> None:
    assert isinstance(shared_store.database, SharedDatabase)
    fill(shared_store, "A")
    with shared_store.database.write() as connection:
        connection.execute(insert(metadata.tables["fact"]), {"key": "open", "value": "1"})
        # A writer is at work meanwhile: the copy neither waits for it nor sees half of it.
        copy = moving.daily_copy(shared_store.database, profile_dir / "state.db", clock)
        made = threading.Thread(target=copy, args=(clock.now(),), name="copy")
        made.start()
        made.join(30)
        assert not made.is_alive()
    [file] = backup.backups(profile_dir / "state.db")
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM fact WHERE key = 'open'").fetchone() == (0,)
