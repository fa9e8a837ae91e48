"""The demo ERP's database file: its schema and its connections, with the driver's errors turned into ours."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Final

from otimo_tray.errors import ErpAway, ErpMisconfigured

VERSION: Final = 1
BUSY_S: Final = 10.0
_KEPT: Final = 2
"""Free connections kept: stock and invoices are read at the same time, hardly ever more."""

_SCHEMA: Final = """
CREATE TABLE item (
    code TEXT NOT NULL UNIQUE,      -- text: leading zeros stay
    balance TEXT,                   -- decimal text, may be negative or fractional
    price TEXT,                     -- BRL
    promo_price TEXT, promo_from TEXT, promo_until TEXT,
    name TEXT, ean TEXT
);
-- What an integration may read: the eight fields of a raw row, in their order.
CREATE VIEW v_item AS
    SELECT code, balance, price, promo_price, promo_from, promo_until, name, ean FROM item;
CREATE TABLE sales_order (
    hub_id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    channel_number TEXT NOT NULL, channel TEXT NOT NULL,
    buyer_name TEXT NOT NULL, buyer_document TEXT NOT NULL,
    city TEXT NOT NULL, state TEXT NOT NULL, zipcode TEXT NOT NULL, street TEXT NOT NULL, house TEXT NOT NULL,
    district TEXT NOT NULL,
    freight TEXT NOT NULL, discount TEXT NOT NULL, total TEXT,
    imported_at TEXT NOT NULL,
    imported_tick INTEGER NOT NULL,
    stage TEXT NOT NULL DEFAULT 'open' CHECK (stage IN ('open', 'invoiced', 'cancelled')),
    booked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX sales_order_stage ON sales_order (stage, imported_tick);
CREATE TABLE sales_line (
    hub_id TEXT NOT NULL REFERENCES sales_order (hub_id),
    line INTEGER NOT NULL,
    code TEXT NOT NULL, sku TEXT NOT NULL, description TEXT NOT NULL,
    quantity INTEGER NOT NULL, unit_price TEXT NOT NULL, total TEXT NOT NULL,
    PRIMARY KEY (hub_id, line)
) WITHOUT ROWID;
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'cancellation', 'file')),
    key TEXT NOT NULL, number INTEGER,
    hub_id TEXT, order_ref TEXT NOT NULL DEFAULT '',
    tick INTEGER NOT NULL DEFAULT 0,
    xml BLOB NOT NULL
);
CREATE INDEX invoice_order ON invoice (hub_id, kind);
CREATE TABLE fact (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


class Database:
    """One SQLite file in WAL mode; any thread may ask.

    Connections for reading are kept and used again: to open the write-ahead log anew touches the disk, and the last one
    to go even removes it, every time somebody only looks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._free: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None
        """The file (device, number) that the free connections have open."""
        with self._open("rwc") as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")
            elif version != VERSION:
                raise ErpMisconfigured("E-226", file=path.name, version=version, expected=VERSION)

    @contextlib.contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A connection in one read transaction: all its reads see one moment. Raises ErpAway E-210."""
        with self._converted():
            file, connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
                connection.execute("ROLLBACK")
            except BaseException:
                connection.close()
                raise
            self._give_back(file, connection)

    @contextlib.contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A connection in one write transaction, committed at the end or not at all. Raises ErpAway E-210."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Lets go of the file. What is asked afterwards opens it again."""
        with self._lock:
            free, self._free, self._file = self._free, [], None
        for connection in free:
            connection.close()

    def _take(self) -> tuple[tuple[int, int], sqlite3.Connection]:
        """A free connection to the file that has this name now, or a new one."""
        try:
            stat = self.path.stat()
        except OSError as error:
            self.close()
            raise self._away(error) from error
        file = (stat.st_dev, stat.st_ino)
        with self._lock:
            if self._file == file and self._free:
                return file, self._free.pop()
        connection = self._connect("rw")
        connection.execute("PRAGMA query_only = ON")
        return file, connection

    def _give_back(self, file: tuple[int, int], connection: sqlite3.Connection) -> None:
        with self._lock:
            old: list[sqlite3.Connection] = []
            if self._file != file:
                old, self._free, self._file = self._free, [], file
            if len(self._free) < _KEPT:
                self._free.append(connection)
            else:
                old.append(connection)
        for one in old:
            one.close()

    @contextlib.contextmanager
    def _open(self, mode: str = "rw") -> Generator[sqlite3.Connection]:
        with self._converted():
            connection = self._connect(mode)
            try:
                connection.execute("PRAGMA synchronous = NORMAL")
                yield connection
            finally:
                connection.close()

    def _connect(self, mode: str) -> sqlite3.Connection:
        """`rw`: a file that went away isn't quietly replaced by an empty one."""
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(address, timeout=BUSY_S, isolation_level=None, uri=True, check_same_thread=False)

    @contextlib.contextmanager
    def _converted(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._away(error) from error

    def _away(self, error: Exception) -> ErpAway:
        return ErpAway("E-210", folder=str(self.path.parent), raw=str(error))


def fact(connection: sqlite3.Connection, name: str) -> int:
    """A remembered number; 0 when it was never set."""
    row = connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row is not None else 0


def set_fact(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Remembers a number."""
    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))
