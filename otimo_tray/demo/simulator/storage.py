"""The simulator's one SQLite file: schema, one locked connection, a transaction a request.

WAL with `synchronous=NORMAL` keeps every committed request through a killed process (only a power cut may
lose the last ones). The connection holds the file exclusively, so a second simulator on it fails at once.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FORMAT = "1"
"""Version of the file's layout."""

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE access_token (token TEXT PRIMARY KEY, expires REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE refresh_token (
    token TEXT PRIMARY KEY, expires REAL, used INTEGER NOT NULL DEFAULT 0, access TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE product (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sku TEXT NOT NULL UNIQUE,
    parent INTEGER REFERENCES product (seq),
    price, special_price, quantity NOT NULL, reserved NOT NULL DEFAULT 0,
    light_price, light_special_price, light_quantity, light_due REAL,
    created TEXT NOT NULL, modified TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX product_parent ON product (parent);
CREATE INDEX product_created ON product (created) WHERE parent IS NULL;
CREATE INDEX product_modified ON product (modified) WHERE parent IS NULL;
CREATE TABLE purchase (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, status TEXT, channel TEXT, original_id TEXT,
    external TEXT, created TEXT NOT NULL, modified TEXT NOT NULL, holds TEXT NOT NULL,
    lowered INTEGER NOT NULL, doc TEXT NOT
    NULL
);
CREATE INDEX purchase_status ON purchase (status);
CREATE INDEX purchase_created ON purchase (created);
CREATE INDEX purchase_modified ON purchase (modified);
CREATE INDEX purchase_external ON purchase (external);
CREATE INDEX purchase_original ON purchase (original_id);
"""
# `order` is an SQL keyword: the table of orders is called purchase.


class DataFileError(Exception):
    """The data file is in use, damaged, or not a simulator's."""


class Store:
    """The open data file.

    Attributes:
        fresh: whether the file was made by this start.
    """

    def __init__(self, path: Path) -> None:
        """Open or create `path`.

        Raises:
            DataFileError: see there.
        """
        self._lock = threading.RLock()
        self._counts: dict[tuple[object, ...], int] = {}
        try:
            self._db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise DataFileError(f"{path}: {error}") from error
        try:
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA cache_size=-65536")
            self.fresh = self._prepare()
        except (sqlite3.Error, DataFileError) as error:
            self._db.close()
            raise DataFileError(f"{path}: {error}") from error

    def _prepare(self) -> bool:
        with self.transaction() as db:
            tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                for statement in SCHEMA.split(";\n"):
                    db.execute(statement)
                self.put(db, "format", FORMAT)
                return True
            if "meta" not in tables or "purchase" not in tables:
                raise DataFileError("not a simulator's data file")
            found = self.get(db, "format")
            if found != FORMAT:
                raise DataFileError(f"layout {found}, this program knows {FORMAT}")
            # A file whose filling was cut short has no such mark, and is filled again from the start.
            return self.get(db, "filled") is None

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """Run the body in one write transaction; an exception undoes it all."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            self._counts.clear()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Run the body alone with the database, for reads."""
        with self._lock:
            yield self._db

    def count(self, db: sqlite3.Connection, sql: str, values: Sequence[object]) -> int:
        """The one number that `sql` answers, remembered until something is written (a list asks on every
        page)."""
        key = (sql, *values)
        if key not in self._counts or db.in_transaction:
            if len(self._counts) > 1000:  # windows of time that move on with every poll
                self._counts.clear()
            self._counts[key] = int(db.execute(sql, values).fetchone()[0])
        return self._counts[key]

    def get(self, db: sqlite3.Connection, name: str) -> Any:
        """A remembered value, or None."""
        row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, db: sqlite3.Connection, name: str, value: object) -> None:
        """Remember a JSON value."""
        db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, json.dumps(value)))

    def close(self) -> None:
        """Close the file; its journal is folded in."""
        with self._lock:
            self._db.close()
