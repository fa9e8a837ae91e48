"""What the windows read: the shop's schema of the server, followed in a local SQLite file of the same tables.

    NOTIFY, or a timer ─▶ pull: one view of the server ─▶ rows with a higher number, deletions ─▶ one local transaction

Why nothing can be missed: every row of the server carries the number (`change_no`) of its last change, from one
sequence, and every deletion leaves one in `gone_row`. Numbers are drawn by a writer that holds the shop's advisory
lock, and PostgreSQL makes a commit visible before it gives that lock away. So whoever draws a number can see, and
everybody after it will see, all that was committed under smaller ones: numbers grow in the order of the commits. A view
in which the highest number is N holds every change up to N for good, and what is above N comes next time. Numbers drawn
by a transaction that was undone are missing for good, which harms nobody.

What a mirror was filled from is known by the server's own marks (`origin`): a schema made anew, restored or moved has
others, and the mirror is then filled anew in one transaction: who reads it sees the old rows until all new ones are
there. A file that is damaged is thrown away and made anew beside; nothing in it is the only copy of anything.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Connection, text

from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.ports import Clock
from otimo_tray.store.codec import time_of, time_text
from otimo_tray.store.dialect import many
from otimo_tray.store.shared.changes import TABLES, Changes, Head, may_know_cluster, read_changes, read_head
from otimo_tray.store.shared.spool import Spool
from otimo_tray.store.state import StateStore, open_store

_log = logging.getLogger(__name__)
_REMEMBERED_EVERY: Final = timedelta(seconds=60)
"""A pull that found nothing isn't written down more often than so."""
ASK_AGAIN_S: Final = 12.0
"""So long nobody but a pull asks a server that didn't answer: each question may take the longest connect time. Longer
than from one pull to the next, so that windows never wait while somebody pulls."""
_OWN_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS mirror (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
    'CREATE TABLE IF NOT EXISTS overlaid (id INTEGER PRIMARY KEY NOT NULL, "row" TEXT NOT NULL)',
)
_SIDE_FILES: Final = ("", "-wal", "-shm", "-journal")
_TRIES: Final = 3


class Shop(Protocol):
    """The server's side: one view of the shop's schema, never one of this mirror. Raises StoreAway."""

    def view(self) -> contextlib.AbstractContextManager[Connection]: ...


class Overlay(Protocol):
    """What lies on top of the server's rows in a mirror: taken off before they change, and put on again after it."""

    def take_off(self, connection: Connection) -> None: ...
    def put_on(self, connection: Connection) -> None: ...


class Mirror:
    """One file; any thread may pull, one does at a time. Several processes may share the file.

    Attributes:
        path: the file; `Reader(mirror.path)` reads it.
        overlay: codes kept on this PC, which the windows show with the server's rows.
        renewed: called when the file itself is replaced (it was damaged): readers must let go of the old one.
    """

    def __init__(self, path: Path, shop: Shop, clock: Clock) -> None:
        """Opens the file or makes it (StoreAway when that can't be done); the server isn't asked for anything."""
        self.path = path
        self.overlay: Overlay | None = None
        self.renewed: Callable[[], None] | None = None
        self._shop = shop
        self._clock = clock
        self._pulling = threading.Lock()
        self._cluster: bool | None = None
        self._away: StoreAway | None = None
        self._asked = 0.0
        self._broken = False
        self._remembered: datetime | None = None
        self._in_step: datetime | None = None
        self._local = self._open()

    # --- what others ask ----------------------------------------------------------------------------------------------

    @property
    def local(self) -> StateStore:
        """The file as a store of its own, to be read; what is written to it is gone with the next pull."""
        return self._local

    @property
    def as_of(self) -> datetime | None:
        """When the mirror was last known to be in step with the server, by this PC's clock; None = never yet."""
        return self._in_step

    @property
    def is_away(self) -> bool:
        """Whether the server didn't answer when it was last asked."""
        return self._away is not None

    @property
    def trouble(self) -> StoreAway | None:
        """Why the server was away when it was last asked."""
        return self._away

    def known(self) -> StoreAway | None:
        """What to say without asking the server, which didn't answer a moment ago; None: ask it again."""
        away, since = self._away, self._clock.monotonic() - self._asked
        return self._explained(away) if away is not None and 0 <= since < ASK_AGAIN_S else None

    def went_away(self, error: StoreAway) -> StoreAway:
        """Whoever asked the server for something and got no answer says so; answers what to say of it."""
        self._asked = self._clock.monotonic()
        self._away = error
        return self._explained(error)

    def _explained(self, error: StoreAway) -> StoreAway:
        if self._in_step is None:
            return error
        return StoreAway("L-360", raw=error.raw, **{**error.params, "as_of": self._in_step})

    @contextlib.contextmanager
    def read(self) -> Generator[Connection]:
        """A view of what was last seen. Raises StoreAway L-361 when nothing was ever seen."""
        if self._in_step is None:
            raise StoreAway("L-361")
        with self._local.database.read() as connection:
            yield connection

    def close(self) -> None:
        """Lets go of the file. Safe to repeat."""
        self._local.close()

    # --- following ----------------------------------------------------------------------------------------------------

    def pull(self) -> frozenset[str]:
        """Brings what is new; answers the names of the tables that changed.

        One question where nothing is new. Repeating it, ending half-way and doing it in two processes change nothing.

        Raises:
            StoreAway: the server doesn't answer, or this PC can't write. StoreDamaged: L-321, the schema is newer than
                this program.
        """
        with self._pulling:
            if self._broken:
                self._renew()
            try:
                return self._pull()
            except StoreDamaged as damage:
                if damage.code != "L-322":
                    raise
                _log.warning("the mirror is damaged and made anew: %s", damage)
                self._renew()
                return self._pull()

    def _pull(self) -> frozenset[str]:
        for _ in range(_TRIES):
            mark, origin = self._marks()
            at = self._clock.now()
            with Spool(self.path.parent) as spool:
                try:
                    with self._shop.view() as server:
                        if self._cluster is None:
                            self._cluster = may_know_cluster(server)
                        head = read_head(server, cluster=self._cluster)
                        anew = head.origin != origin or not head.floor <= mark <= head.top
                        if not anew and mark == head.top:
                            self._in_step_at(at)
                            return frozenset()
                        changes = read_changes(server, head, -1 if anew else mark, spool)
                except StoreAway as error:
                    if error.is_unreached:
                        raise self.went_away(error) from error
                    raise
                if self._apply(changes, head, (mark, origin), at, anew=anew):
                    return frozenset(TABLES) if anew else changes.tables
        raise StoreAway("L-313", detail="mirror")  # another process pulled between all of ours

    def _apply(self, changes: Changes, head: Head, seen: tuple[int, str], at: datetime, *, anew: bool) -> bool:
        """Writes it all with the new mark. False when another process was faster: then nothing was written."""
        with self._local.database.write() as connection:
            if _marks_in(connection) != seen:
                return False
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # whole only when all of it is written
            if self.overlay is not None:
                self.overlay.take_off(connection)
            if anew:
                for table in reversed(TABLES.values()):
                    connection.execute(table.clear)
            for name, keys in changes.gone:
                many(connection, TABLES[name].drop, TABLES[name].keys, keys)
            for name, rows in changes.blocks():
                many(connection, TABLES[name].put, TABLES[name].columns, rows)
            _remember(connection, [("mark", str(head.top)), ("origin", head.origin), ("as_of", time_text(at))])
            if self.overlay is not None:
                self.overlay.put_on(connection)
        self._remembered = at
        self._in_step_at(at)
        return True

    def overlay_changed(self) -> None:
        """Something was typed here, or came up: shows the server's rows with what is kept now."""
        if self.overlay is not None:
            with self._local.database.write() as connection:
                self.overlay.take_off(connection)
                self.overlay.put_on(connection)

    def _in_step_at(self, at: datetime) -> None:
        if self._remembered is None or not timedelta(0) <= at - self._remembered < _REMEMBERED_EVERY:
            with self._local.database.write() as connection:
                _remember(connection, [("as_of", time_text(at))])
            self._remembered = at
        self._in_step = at
        self._away = None

    def _marks(self) -> tuple[int, str]:
        with self._local.database.read() as connection:
            return _marks_in(connection)

    # --- the file -----------------------------------------------------------------------------------------------------

    def _open(self) -> StateStore:
        try:
            return self._opened()
        except StoreDamaged as damage:  # also one that a newer program left: there is nothing in it that we miss
            _log.warning("the mirror is made anew: %s", damage)
            _remove(self.path)
            return self._opened()

    def _opened(self) -> StateStore:
        store = open_store(self.path, self._clock)
        database = store.database
        database.journalling = False
        try:
            with database.write() as connection:
                connection.exec_driver_sql(
                    "PRAGMA secure_delete = ON"
                )  # a buyer's erasure at the server counts here too
                for statement in _OWN_TABLES:
                    connection.exec_driver_sql(statement)
                kept = connection.execute(text("SELECT value FROM mirror WHERE name = 'as_of'")).scalar()
        except BaseException:
            database.close()
            raise
        self._remembered = self._in_step = None if kept is None else time_of(kept)
        return store

    def _renew(self) -> None:
        """A new file in the place of the damaged one. Raises StoreAway: somebody has it open; the next pull tries."""
        self._broken = True
        self._local.close()
        if self.renewed is not None:
            self.renewed()
        _remove(self.path)
        self._local = self._opened()
        self._broken = False


def _marks_in(connection: Connection) -> tuple[int, str]:
    found = dict(tuple(row) for row in connection.execute(text("SELECT name, value FROM mirror")))
    return int(found.get("mark", "-1")), found.get("origin", "")


def _remember(connection: Connection, values: Iterable[tuple[str, str]]) -> None:
    statement = text("INSERT OR REPLACE INTO mirror (name, value) VALUES (:name, :value)")
    connection.execute(statement, [{"name": name, "value": value} for name, value in values])


def forget_mirror(path: Path) -> None:
    """Removes a closed mirror's file once the state is no longer on a server. It holds nothing that isn't elsewhere."""
    with contextlib.suppress(StoreAway):  # it would only be older with every day
        _remove(path)


def _remove(path: Path) -> None:
    try:
        for ending in _SIDE_FILES:
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StoreAway("L-314", detail=type(error).__name__) from error
