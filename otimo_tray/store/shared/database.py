"""A shop's schema in PostgreSQL, with the same methods as the SQLite file has: the repositories know neither."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from psycopg import sql
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, text

from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.store.shared.faults import LEASE_LOST
from otimo_tray.store.shared.names import lock_key
from otimo_tray.store.shared.server import Server
from otimo_tray.store.transactions import StateDatabase

SCHEMA_NAMES: Final = re.compile("[a-z][a-z0-9_]{0,40}")
_KEEP_GONE: Final = timedelta(days=30)
"""How long deletions are told; a mirror that slept longer is read anew."""
TABLES_OF: Final = {"catalogue": ("hub_product", "mapping")}
"""What `Kept` values are about, and the tables that they are read from."""
_WIPED: Final = ("orders", "order_item", "order_event", "invoice", "tracking", "problem")
"""Where a buyer's data lies: what `checkpoint` cleans."""


class LeaseCheck(Protocol):
    """What a desk that leads carries."""

    @property
    def number(self) -> int:
        """The lease's number; 0 = it doesn't lead (any more)."""
        ...


class Away(Protocol):
    """What a desk reads while the server is away: `mirror.Mirror`."""

    def known(self) -> StoreAway | None:
        """What to raise or to pass over without asking, when the server was away a moment ago; None: ask it."""
        ...

    def went_away(self, error: StoreAway) -> StoreAway:
        """The server didn't answer. Answers what to say of it."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """A view of what was last seen. Raises StoreAway when nothing was."""
        ...


class SharedDatabase(StateDatabase):
    """One shop's schema on a server.

    One transaction writes at a time, whichever desk began it: each first takes the schema's advisory lock, so that
    read-then-write code is as right as behind SQLite's BEGIN IMMEDIATE. Reads see one snapshot and wait for nobody.
    """

    def __init__(self, server: Server, schema: str, *, lease: LeaseCheck | None = None) -> None:
        """Connects to nothing yet; `server` stays its maker's to close. Raises ConfigurationError C-405 (schema)."""
        super().__init__()
        if not SCHEMA_NAMES.fullmatch(schema):
            raise ConfigurationError("C-405", file="settings.toml", key="state.schema", value=schema, expected="schema")
        self.server = server
        self.schema = schema
        self.away: Away | None = None
        """Where `read` looks while the server is away; None = it raises, as is right for who sends by what it read."""
        self.copy: Callable[[datetime], Path | None] | None = None
        """Makes today's copy of the state on this PC; None = there is none."""
        self._lease = lease
        self._lock = threading.RLock()
        self._closed = False
        path = f'SET LOCAL search_path = "{schema}"'
        self._reading = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {path}"
        self._aside = f"BEGIN; {path}"
        self._writing = f"BEGIN; {path}; SELECT pg_advisory_xact_lock({lock_key(schema)})"

    def __repr__(self) -> str:
        return f"SharedDatabase({self.server!r}, {self.schema!r})"

    @property
    def lease_number(self) -> int:
        return 0 if self._lease is None else self._lease.number

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A short transaction of the writer. Inside another one of this thread it joins that, and is undone alone.

        Raises:
            StoreAway: L-33x, the server is away; L-313, another desk writes too long. LeaseLost: the lease that this
            database carries isn't the shop's any more; nothing was written.
        """
        joined = self._mine.connection
        if joined is not None:
            with self.server.border(), self._part(joined):
                yield joined
            return
        # This process's writers wait here, not with a connection of the pool each.
        with self._lock, self._answering() as begun, self.server.border():
            self._check_open()
            self._mine.changed.clear()
            self._mine.journal.clear()
            with self.server.begin(self._begin_writing()) as connection:
                begun.append(True)
                self._mine.connection = connection
                try:
                    yield connection
                    self._check_alive(connection)
                finally:
                    self._mine.connection = None
            self._count_changes()
            # Its journal is the server's own log.
            self._mine.journal.clear()
        if self.after_commit is not None:
            self.after_commit()

    @contextmanager
    def aside(self) -> Generator[Connection]:
        """A transaction beside the writers' queue, for tables whose changes nobody follows. Raises StoreAway L-33x."""
        with self._answering() as begun, self.server.border():
            self._check_open()
            with self.server.begin(self._aside) as connection:
                begun.append(True)
                yield connection

    def _begin_writing(self) -> str:
        """One round trip: the lock, then the look at the lease (its number grows behind this same lock)."""
        if self._lease is None:
            return self._writing
        ours = f"SELECT 1 FROM lease WHERE name = 'engine' AND number = {int(self._lease.number)}"  # noqa: S608 - a number
        return (
            f"{self._writing}; DO $$BEGIN IF NOT EXISTS ({ours})"
            f" THEN RAISE EXCEPTION USING ERRCODE = '{LEASE_LOST}', MESSAGE = 'lease'; END IF; END$$"
        )

    @contextmanager
    def read(self) -> Generator[Connection]:
        joined = self._mine.connection
        if joined is not None:
            with self.server.border():
                self._check_alive(joined)
                yield joined
            return
        begun: list[bool] = []
        try:
            with self._answering() as begun, self.view() as connection:
                begun.append(True)
                yield connection
            return
        except StoreAway:
            if begun or self.away is None or self._closed:
                raise
        with self.away.read() as connection:
            yield connection

    @contextmanager
    def view(self) -> Generator[Connection]:
        """One snapshot of the server itself, whatever this thread has open. Raises StoreAway L-33x."""
        with self.server.border():
            self._check_open()
            with self.server.begin(self._reading) as connection:
                yield connection

    def generation(self, what: str) -> int:
        """Asked of the server: other desks, and other terms of this one, change it as well. While the server is away
        a number that stays."""
        tables = TABLES_OF.get(what)
        if tables is None:
            return super().generation(what)
        numbers = " UNION ALL ".join(f"SELECT max(change_no) AS no FROM {table}" for table in (*tables, "gone_row"))  # noqa: S608 - our own names
        try:
            with self._answering() as begun, self.view() as connection:
                begun.append(True)
                return connection.exec_driver_sql(f"SELECT max(no) FROM ({numbers}) AS numbers").scalar_one()  # noqa: S608
        except StoreAway:
            if self.away is None:
                raise
            return -1

    @contextmanager
    def _answering(self) -> Generator[list[bool]]:
        """Asks nothing of a server that was away a moment ago, and says so when it is; who is inside puts something
        into the list once it answered."""
        begun: list[bool] = []
        known = None if self.away is None or self._closed else self.away.known()
        if known is not None:
            raise known
        try:
            yield begun
        except StoreAway as error:
            if begun or self.away is None or not error.is_unreached:
                raise
            raise self.away.went_away(error) from error

    def checkpoint(self) -> None:
        """What was deleted is taken out of the tables' files, as far as no other transaction may still see it."""
        names = sql.SQL(", ").join(sql.Identifier(self.schema, name) for name in _WIPED)
        with self.server.border(), closing(self.server.connect(slow=True)) as connection:
            connection.execute(sql.SQL("VACUUM {}").format(names))

    @contextmanager
    def wiping(self, connection: Connection) -> Generator[None]:
        """PostgreSQL doesn't overwrite in place: `checkpoint` does it afterwards."""
        del connection
        yield

    def backup(self, now: datetime) -> Path | None:
        return None if self.copy is None else self.copy(now)

    def forget_copies(self, before: datetime) -> None:
        """Forgets deletions that no mirror needs any more, and leaves the number up to which they are forgotten."""
        del before
        with self.write() as connection:
            connection.execute(_FORGET_GONE, {"age": _KEEP_GONE})

    def close(self) -> None:
        """Nothing begins any more; the server's connections are its own."""
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise StoreAway("L-338", host=self.server.host)

    def _is_alive(self, connection: Connection) -> bool:
        return _status(connection) in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def _check_alive(self, connection: Connection) -> None:
        """Also after an error that nobody undid: its COMMIT would be taken and do nothing."""
        if _status(connection) != TransactionStatus.INTRANS:
            raise StoreAway("L-338", host=self.server.host)


def _status(connection: Connection) -> TransactionStatus:
    if connection.invalidated:  # it broke, or its thread was interrupted in the middle of a statement
        return TransactionStatus.UNKNOWN
    driver: Any = connection.connection.driver_connection
    return driver.info.transaction_status


_FORGET_GONE: Final = text("""
WITH forgotten AS (
  DELETE FROM gone_row WHERE table_name <> '' AND at < now() - CAST(:age AS interval) RETURNING change_no
)
UPDATE gone_row SET key = CAST((SELECT max(change_no) FROM forgotten) AS text)
WHERE table_name = '' AND EXISTS (SELECT 1 FROM forgotten)
""")
"""The row without a table's name tells up to where deletions are forgotten: a mirror behind it is read anew."""
