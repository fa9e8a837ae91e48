"""The SQLite file: one writer behind a lock, readers beside it, and the one border where its errors become ours."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError

from otimo_tray.errors import OtimoError, StoreAway, StoreDamaged
from otimo_tray.store.journal import Journal
from otimo_tray.store.transactions import StateDatabase

BUSY_SECONDS: Final = 5.0
"""How long another program's lock on the file is waited for."""
_READERS: Final = 5
_AWAY: Final = {
    "SQLITE_FULL": "L-312",
    "SQLITE_BUSY": "L-313",
    "SQLITE_LOCKED": "L-313",
    "SQLITE_READONLY": "L-314",
    "SQLITE_PERM": "L-314",
    "SQLITE_CANTOPEN": "L-314",
    "SQLITE_IOERR": "L-310",
    "SQLITE_NOMEM": "L-310",
    "SQLITE_PROTOCOL": "L-313",
}
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")


def translated(error: Exception) -> OtimoError | None:
    """What an error of database or driver means to us; None when it is a fault of this program."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, UnicodeDecodeError) or "Could not decode to UTF-8" in str(cause):
        return StoreDamaged("L-322", detail="text")  # also SQLite's own message may quote what is damaged
    if not isinstance(cause, sqlite3.Error):
        return None
    name: str = getattr(cause, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    if primary in _AWAY:
        return StoreAway(_AWAY[primary], detail=str(cause))
    if primary in _DAMAGED:
        return StoreDamaged("L-322", detail=str(cause))
    if isinstance(error, InterfaceError) or isinstance(cause, sqlite3.ProgrammingError):
        return StoreAway(detail=str(cause)) if "closed" in str(cause) else None
    return None


@contextmanager
def border() -> Generator[None]:
    """Turns the errors of SQLAlchemy and sqlite3 into StoreAway and StoreDamaged."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError) as error:
        ours = translated(error)
        if ours is None:
            raise
        raise ours from error


class Database(StateDatabase):
    """Connections to one database file.

    Transactions are begun by us, not by the driver: the writer's with BEGIN IMMEDIATE, so that it waits for the lock
    before it reads and never half-way, and so that CREATE TABLE belongs to the transaction like everything else.
    """

    def __init__(self, path: Path) -> None:
        """Opens the writer. Raises StoreAway (no access, locked, full), StoreDamaged L-322 (not a database)."""
        super().__init__()
        self.path = path
        self._journal = Journal(path)
        self._lock = threading.RLock()
        self._closed = False
        self._readers = _engine(path, writer=False)
        self._writers = _engine(path, writer=True)
        with border():
            try:
                self._writer = self._writers.connect()
            except BaseException:
                self._readers.dispose()
                self._writers.dispose()
                raise

    def checkpoint(self) -> None:
        """Moves the write-ahead log into the file and empties it, as far as no reader is in the way.

        Raises:
            StoreAway, StoreDamaged: as `write`.
        """
        with self._lock, border():
            if self._closed:
                raise StoreAway(detail="closed")
            raw = self._writer.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A short transaction of the writer. Inside another one of this thread it joins that, and is undone alone.

        Raises:
            StoreAway: disk full, locked, read-only, or closed. StoreDamaged: L-322.
        """
        joined = self._mine.connection
        if joined is not None:
            with border(), self._part(joined):
                yield joined
            return
        with self._lock, border():
            if self._closed:
                raise StoreAway(detail="closed")
            self._mine.changed.clear()
            self._mine.journal.clear()
            try:
                with self._writer.begin():
                    self._mine.connection = self._writer
                    try:
                        yield self._writer
                        self._check_alive(self._writer)
                    finally:
                        self._mine.connection = None
            except BaseException:
                self._abandon()
                raise
            self._count_changes()
            if self._mine.journal and self.journalling:
                # Still behind the lock: the journal has the order of the commits.
                self._journal.add(self._mine.journal)
            self._mine.journal.clear()
        if self.after_commit is not None:
            self.after_commit()

    def _abandon(self) -> None:
        """Ends a transaction whose COMMIT failed (full, locked): SQLite keeps it open, and no other could begin."""
        driver: Any = self._writer.connection.driver_connection
        if driver.in_transaction:
            with suppress(sqlite3.Error):
                driver.rollback()

    def _is_alive(self, connection: Connection) -> bool:
        driver: Any = connection.connection.driver_connection
        return bool(driver.in_transaction)

    def _check_alive(self, connection: Connection) -> None:
        """A full disk ends the whole transaction by itself."""
        if not self._is_alive(connection):
            raise StoreAway(detail="the transaction was rolled back")

    @contextmanager
    def wiping(self, connection: Connection) -> Generator[None]:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            connection.exec_driver_sql("PRAGMA secure_delete = OFF")

    def backup(self, now: datetime) -> Path | None:
        from otimo_tray.store.backup import backup  # it needs this module's border

        return backup(self.path, now)

    def forget_copies(self, before: datetime) -> None:
        from otimo_tray.store.backup import forget_replaced

        forget_replaced(self.path, before)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One consistent view; inside `write` of this thread it sees what was written there."""
        joined = self._mine.connection
        with border():
            if joined is not None:
                yield joined
                return
            if self._closed:
                raise StoreAway(detail="closed")
            with self._readers.connect() as connection:
                yield connection

    def close(self) -> None:
        """Ends all connections; the write-ahead log goes into the file. Safe to repeat."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._readers.dispose()
            self._writer.close()
            self._writers.dispose()


def _engine(path: Path, *, writer: bool) -> Engine:
    url = URL.create("sqlite", database=str(path))
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    # Parameters hold buyers' data: they must not get into the text of an exception.
    if writer:
        engine = create_engine(url, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
    else:
        engine = create_engine(url, pool_size=_READERS, max_overflow=-1, connect_args=arguments, hide_parameters=True)

    def settle(driver: Any, _record: object) -> None:
        cursor = driver.cursor()
        try:
            if writer:
                cursor.execute("PRAGMA journal_mode = WAL")
                cursor.execute("PRAGMA synchronous = FULL")
                cursor.execute("PRAGMA journal_size_limit = 16777216")
            else:
                cursor.execute("PRAGMA query_only = ON")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA temp_store = MEMORY")
            cursor.execute("PRAGMA cache_size = -4000" if writer else "PRAGMA cache_size = -1000")
        finally:
            cursor.close()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", begin)
    return engine
