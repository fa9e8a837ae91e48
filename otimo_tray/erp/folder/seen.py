"""Remembers which invoice files were handed over, so that only new ones are read; when it is lost all are read anew.

Two steps, because a file counts as handed over only when the engine has stored its batch: `offered` files wait until
the engine comes back with the cursor of that batch, which proves it. A cursor from before takes them back.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

from otimo_tray.errors import StoreAway

Version = tuple[int, int]
"""(size, mtime in ns) of a file."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (id TEXT NOT NULL, step INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seen (
    folder TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, step INTEGER NOT NULL,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_step ON seen (step);
"""


class SeenFiles:
    """The index file `path`, read once into memory; written only when a batch is proved to be stored."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._id = ""
        self._step = 0
        self._seen: dict[str, dict[str, Version]] | None = None
        self._next = 1
        self._offered: tuple[str, list[tuple[str, str, Version]]] = ("", [])

    def versions(self, folder: str) -> dict[str, Version]:
        """What is known of one folder's files, also what waits for its proof. Raises StoreAway."""
        return self._loaded().setdefault(folder, {})

    def settle(self, cursor: str) -> tuple[list[tuple[str, str, Version]], bool]:
        """Takes the cursor the engine comes with.

        Answers the files whose batch is proved stored by it, and whether files were taken back: then everything has
        to be looked at again.
        """
        self._loaded()
        step = self._step_of(cursor)
        offered, files = self._offered
        if offered and cursor == offered:
            self._write(files, step)
            self._offered = ("", [])
            return files, False
        back = bool(offered) or step < self._step
        if back:
            self._take_back(step)
        # The engine may have stored a batch that this index never learnt of: its number isn't used again.
        self._next = max(self._step, step) + 1
        return [], back

    def offer(self, files: list[tuple[str, str, Version]]) -> str:
        """Notes files as handed over with the cursor it answers, in memory only. No cursor is ever answered twice."""
        content = {"index": self._id, "step": self._next, "offer": uuid.uuid4().hex}
        cursor = json.dumps(content, separators=(",", ":"))
        self._offered = (cursor, files)
        for folder, name, version in files:
            self.versions(folder)[name] = version
        return cursor

    def forget(self, files: Iterable[tuple[str, str, Version]]) -> None:
        """Drops files that were moved away."""
        rows = [(folder, name) for folder, name, _ in files]
        with self._open() as connection:
            connection.executemany("DELETE FROM seen WHERE folder = ? AND name = ?", rows)
        for folder, name in rows:
            self.versions(folder).pop(name, None)

    def _step_of(self, cursor: str) -> int:
        """The step in a cursor of this index; 0 (from the beginning) for any other."""
        try:
            content: Any = json.loads(cursor) if cursor else {}
            return int(content["step"]) if content["index"] == self._id else 0
        except (ValueError, TypeError, KeyError):
            return 0

    def _take_back(self, step: int) -> None:
        self._offered = ("", [])
        self._seen = None
        if step < self._step:
            with self._open() as connection:
                connection.execute("DELETE FROM seen WHERE step > ?", (step,))
                connection.execute("UPDATE about SET step = ?", (step,))
        self._loaded()

    def _write(self, files: list[tuple[str, str, Version]], step: int) -> None:
        rows = [(folder, name, *version, step) for folder, name, version in files]
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("UPDATE about SET step = ?", (step,))
        self._step, self._next = step, step + 1

    def _loaded(self) -> dict[str, dict[str, Version]]:
        if self._seen is None:
            try:
                self._seen = self._load()
            except sqlite3.DatabaseError:
                # Damaged: nothing in it is needed, since reading everything again is allowed.
                for ending in ("", "-journal"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
                self._seen = self._load()
        return self._seen

    def _load(self) -> dict[str, dict[str, Version]]:
        seen: dict[str, dict[str, Version]] = {}
        with self._open(translate=False) as connection:
            about = connection.execute("SELECT id, step FROM about").fetchone()
            if about is None:
                about = (uuid.uuid4().hex, 0)
                connection.execute("INSERT INTO about VALUES (?, ?)", about)
            self._id, self._step = about
            for folder, name, size, mtime_ns in connection.execute("SELECT folder, name, size, mtime_ns FROM seen"):
                seen.setdefault(folder, {})[name] = (size, mtime_ns)
        return seen

    @contextlib.contextmanager
    def _open(self, translate: bool = True) -> Generator[sqlite3.Connection]:
        """One transaction on a connection of its own: polls come from changing threads, twenty seconds apart."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=5)
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreAway("L-310", file=self._path.name, raw=str(error)) from error
        try:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                connection.executescript(_SCHEMA)
            with connection:
                yield connection
        except sqlite3.DatabaseError as error:
            if not translate and not isinstance(error, sqlite3.OperationalError):
                raise
            raise StoreAway("L-310", file=self._path.name, raw=str(error)) from error
        finally:
            connection.close()
