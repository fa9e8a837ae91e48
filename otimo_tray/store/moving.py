"""A shop's state from this PC's file to a server, and back.

    nobody else has it open ─▶ copied, compared row by row ─▶ settings say where it is now ─▶ the old one is put aside

Until the settings are written the old one is in force: an end at any moment before leaves it untouched, and what was
begun on the other side is begun anew the next time. After it the new one is in force, whatever else is still to do.
The old one is never deleted: the file gets its day in its name, the schema too, and both say that they were moved, so
that nobody goes on working in them by mistake.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, StaticPool, create_engine, event

from otimo_tray.errors import ConfigurationError, StoreAway, StoreDamaged
from otimo_tray.ports import Clock
from otimo_tray.store import backup
from otimo_tray.store.copying import Copied, Steps, copy_all, is_empty
from otimo_tray.store.database import border
from otimo_tray.store.journal import Journal
from otimo_tray.store.shared.database import SCHEMA_NAMES, SharedDatabase
from otimo_tray.store.shared.place import (
    at_server,
    check_moved_from,
    check_nobody_else,
    forget_unfinished,
    leave,
    make_room,
    moved_mark,
    note_unfinished,
)
from otimo_tray.store.shared.server import Server
from otimo_tray.store.state import open_store

_log = logging.getLogger(__name__)
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done. `aside`: the name of the former file or schema, which nobody uses any more."""

    copied: Copied
    aside: str


def to_server(
    path: Path,
    server: Server,
    schema: str,
    clock: Clock,
    switch: Callable[[], None],
    *,
    own: str,
    steps: Steps | None = None,
) -> Moved:
    """Moves the state in a file to a schema of a server. The caller holds the profile's lock and has the file closed.

    Args:
        switch: writes the settings; from then on the server's is the state.
        own: this profile's own name, so that a move that was cut off can be begun anew from here, and from here alone.

    Raises:
        ConfigurationError: L-370, the schema has a state already; L-373, L-376; C-405, not a schema's name.
        StoreAway: L-313, another program has the file open; L-33x, the server is away or has no right for us.
        StoreDamaged: L-371, the copy isn't the same; L-321, L-322, the one or the other can't be read.
        What `switch` raises; the file stays in force then.
    """
    _check_name(schema)
    steps = steps or Steps()
    open_store(path, clock, check=True).close()
    with _alone(path) as source:
        with at_server(server, schema) as target:
            make_room(target, schema, own)
            copied = copy_all(source, target, steps)
            note_unfinished(target, own)
        switch()
        with suppress(StoreAway):  # it says so for nothing then
            forget_unfinished(server, schema)
        with border():
            mark = moved_mark(clock.now())
            source.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{mark}'")  # noqa: S608 - our own word
    Journal(path).set_aside()
    return Moved(copied, _put_aside(path, clock.now(), stub=True))


def to_file(
    server: Server,
    schema: str,
    path: Path,
    clock: Clock,
    switch: Callable[[], None],
    *,
    own: str,
    steps: Steps | None = None,
) -> Moved:
    """Moves the state in a schema of a server to a file. The caller holds the profile's lock, and has no store open.

    Raises:
        ConfigurationError: L-370, there is a file with a state; L-372, other desks are at work; L-373, L-376.
        StoreAway, StoreDamaged: as `to_server`.
    """
    _check_name(schema)
    steps = steps or Steps()
    may_go = _check_no_state(path, clock)
    fresh = path.with_suffix(".moving")
    aside, done = "", None
    try:
        with at_server(server, schema) as source:
            check_moved_from(source)
            check_nobody_else(source, own)
            copied = _into_new_file(source, fresh, clock, steps)
            aside = leave(source, schema, clock.now())
            _take_place(fresh, path, clock.now(), switch, may_go=may_go)
            done = Moved(copied, aside)
    except StoreAway as error:
        if done is None:
            raise
        # Its last word didn't arrive: this PC goes on with the file, and the server doesn't say that it was moved.
        _log.warning("the state was moved, but the server doesn't know: %s", error.code)
        return Moved(done.copied, "")
    return done


def _take_place(fresh: Path, path: Path, now: datetime, switch: Callable[[], None], *, may_go: bool) -> None:
    ready = backup.waiting_restore(path)
    try:
        if may_go:
            _remove(path)
        else:
            _put_aside(path, now, stub=False)
        Journal(path).set_aside()  # what was typed before the state went to the server is in it
        fresh.replace(ready)  # from here on opening finds it, once the settings say that the state is a file
        try:
            switch()
        except Exception:  # it wrote nothing: that copy must not be found one day
            ready.unlink(missing_ok=True)
            raise
        ready.replace(path)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error


def daily_copy(database: SharedDatabase, path: Path, clock: Clock) -> Callable[[datetime], Path | None]:
    """What makes today's copy of a state on a server, as `store.backup.backup` makes it of a file: at `path`'s side."""

    def copy(now: datetime) -> Path | None:
        target = backup.copy_of_day(path, now)
        if target.exists():
            return None
        unfinished = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with at_server(database.server, database.schema, reading=True) as source:
                _into_new_file(source, unfinished, clock, Steps())
            unfinished.replace(target)
            backup.forget_old(path)
        except OSError as error:
            raise StoreAway("L-310", detail=type(error).__name__) from error
        return target

    return copy


def _check_name(schema: str) -> None:
    if not SCHEMA_NAMES.fullmatch(schema):
        raise ConfigurationError(
            "C-405", file="settings.toml", key="state.schema", value=schema, expected="a-z, 0-9, _"
        )


# --- the file ---------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(path: Path) -> Generator[Connection]:
    """The file in one transaction, with nobody else in it: who opens it meanwhile waits, and then finds the mark."""
    with border(), closing(sqlite3.connect(path, timeout=1.0, isolation_level=None, check_same_thread=False)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE").fetchone()  # refused while anybody else has it open
        raw.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        raw.execute("PRAGMA synchronous = FULL")
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)
        event.listen(engine, "begin", _begin_alone)
        with engine.begin() as connection:
            yield connection


def _begin_alone(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")


def _into_new_file(source: Connection, fresh: Path, clock: Clock, steps: Steps) -> Copied:
    """A new file with all of it, compared and on the disk for good."""
    _remove(fresh)
    with closing(open_store(fresh, clock)) as store:
        store.database.journalling = False
        with store.database.write() as target:
            copied = copy_all(source, target, steps)
    with border(), closing(sqlite3.connect(fresh)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    try:
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error
    return copied


def _check_no_state(path: Path, clock: Clock) -> bool:
    """Whether the file holds nothing (or isn't there); False: what was moved away from it before is still in it.

    Raises ConfigurationError L-370 where it holds a state.
    """
    if not path.exists():
        return True
    try:
        with closing(open_store(path, clock)) as store, store.database.read() as connection:
            if is_empty(connection):
                return True
    except StoreDamaged as damage:
        if damage.code != "L-374":
            raise
        with border(), closing(sqlite3.connect(path)) as raw:
            tables = raw.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
        return tables == (1,)
    raise ConfigurationError("L-370", where=path.name)


def _put_aside(path: Path, now: datetime, *, stub: bool) -> str:
    """Gives a file its day in its name; `stub`: with a word in its place for whoever still looks there. Its old name
    where that can't be done: it says by itself that it was moved."""
    aside = path.with_name(f"{path.stem}-moved-{now:%Y%m%d-%H%M%S}{path.suffix}")
    word = path.with_suffix(".word")
    try:
        _remove(word)
        if stub:
            with border(), closing(sqlite3.connect(word)) as raw:
                raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY NOT NULL)")
                raw.execute("INSERT INTO alembic_version VALUES (?)", (moved_mark(now),))
                raw.commit()
        path.replace(aside)
        if stub:
            word.replace(path)
    except (OSError, StoreAway):
        return aside.name if aside.exists() else path.name
    return aside.name


def _remove(path: Path) -> None:
    try:
        for ending in ("", *_SIDE_FILES):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StoreAway("L-310", detail=type(error).__name__) from error
