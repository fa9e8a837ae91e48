"""What the databases of the state have in common: transactions that join in a thread, and what follows a commit."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from otimo_tray.store.journal import Entry


class Mine(threading.local):
    """The writing connection while this thread has a transaction open, and what it said it is changing."""

    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.changed: set[str] = set()
        self.journal: list[Entry] = []


class StateDatabase(ABC):
    """Where a shop's state lies, as the repositories see it: `Database` is a SQLite file, `SharedDatabase` a schema in
    PostgreSQL.

    One transaction writes at a time, whoever began it: what was read in it is still so when it commits.
    """

    after_commit: Callable[[], None] | None = None
    """Called in the writing thread after each commit, when the next writer may already be at work."""

    journalling: bool = True
    """False while the journal's own lines are done again."""

    def __init__(self) -> None:
        self._mine = Mine()
        self._generations: dict[str, int] = {}
        self._bumping = threading.Lock()

    @abstractmethod
    def write(self) -> AbstractContextManager[Connection]:
        """A short transaction of the writer. Inside another one of this thread it joins that, and is undone alone.

        Raises:
            StoreAway: the database can't be written now. StoreDamaged: it can't be trusted.
        """

    @abstractmethod
    def read(self) -> AbstractContextManager[Connection]:
        """One consistent view; inside `write` of this thread it sees what was written there. Raises as `write`."""

    @abstractmethod
    def checkpoint(self) -> None:
        """After something was erased: no trace of it stays where it lay, as far as no reader is in the way.

        Raises:
            StoreAway, StoreDamaged: as `write`.
        """

    @abstractmethod
    def wiping(self, connection: Connection) -> AbstractContextManager[None]:
        """Inside `write`: what is deleted meanwhile is overwritten, where the database can do that."""

    @abstractmethod
    def backup(self, now: datetime) -> Path | None:
        """Makes today's copy unless there is one: its path, None when it was there. Raises as `store.backup.backup`."""

    @abstractmethod
    def forget_copies(self, before: datetime) -> None:
        """Removes databases put aside before a day, and what else only an old copy would need. Raises StoreAway."""

    @abstractmethod
    def close(self) -> None:
        """Ends all connections of its own. Safe to repeat."""

    @property
    def lease_number(self) -> int:
        """The lease that this process leads under; 0 where nobody needs one."""
        return 0

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside `write`."""
        return self._mine.connection is not None

    def changing(self, what: str) -> None:
        """Inside `write`: says that whatever is kept in memory about `what` is void once this is committed."""
        self._mine.changed.add(what)

    def note(self, entry: Entry) -> None:
        """Inside `write`: a line for the journal once this is committed, and on the disk before `write` ends."""
        self._mine.journal.append(entry)

    def generation(self, what: str) -> int:
        """A number that grows with every commit that changed `what`."""
        return self._generations.get(what, 0)

    def bump(self, what: str | None = None) -> None:
        """Another process changed `what` (None: anything may have changed): whatever is kept in memory is void."""
        with self._bumping:
            for one in list(self._generations) if what is None else [what]:
                self._generations[one] = self._generations.get(one, 0) + 1

    def _count_changes(self) -> None:
        if self._mine.changed:
            with self._bumping:
                for what in self._mine.changed:
                    self._generations[what] = self._generations.get(what, 0) + 1
            self._mine.changed.clear()

    @contextmanager
    def _part(self, connection: Connection) -> Generator[None]:
        """One method inside a batch: all of it or nothing of it, even when the batch goes on after its error."""
        self._check_alive(connection)
        connection.exec_driver_sql("SAVEPOINT part")
        noted = len(self._mine.journal)
        try:
            yield
        except BaseException:
            del self._mine.journal[noted:]
            if self._is_alive(connection):
                connection.exec_driver_sql("ROLLBACK TO part")
                connection.exec_driver_sql("RELEASE part")
            raise
        connection.exec_driver_sql("RELEASE part")

    @abstractmethod
    def _is_alive(self, connection: Connection) -> bool:
        """Whether the transaction is still open."""

    @abstractmethod
    def _check_alive(self, connection: Connection) -> None:
        """Raises StoreAway when the database ended the transaction by itself: what follows in the batch must not be
        written alone."""
