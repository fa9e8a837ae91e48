"""The whole state of one profile: opens the database and holds its parts."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from otimo_tray.errors import StoreAway, StoreDamaged
from otimo_tray.ports import Clock
from otimo_tray.store import backup as backups
from otimo_tray.store.acts import ActStore
from otimo_tray.store.audit import AuditStore
from otimo_tray.store.catalogue import CatalogueStore
from otimo_tray.store.database import Database
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.facts import FactStore
from otimo_tray.store.held import HeldStore
from otimo_tray.store.invoices import InvoiceStore
from otimo_tray.store.migrate import migrate
from otimo_tray.store.orders import OrderStore
from otimo_tray.store.problems import ProblemStore
from otimo_tray.store.pruning import erase, prune
from otimo_tray.store.runs import RunStore
from otimo_tray.store.trackings import TrackingStore
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.store.values import ValueStore
from otimo_tray.sync.storage import (
    Acts,
    Audit,
    Catalogue,
    Facts,
    HeldPlans,
    Invoices,
    Orders,
    Problems,
    Runs,
    Trackings,
    Values,
)


class StateStore:
    """Implements `sync.storage.Storage`. Made by `open_store`, or on a server by `open_shared_store`."""

    def __init__(self, database: StateDatabase, clock: Clock) -> None:
        self._database = database
        marks = DirtyMarks(database)
        self.facts: Facts = FactStore(database)
        self.values: Values = ValueStore(database, marks, clock)
        self.held: HeldPlans = HeldStore(database)
        acts = ActStore(database)
        self.acts: Acts = acts
        self.catalogue: Catalogue = CatalogueStore(database, marks, acts)
        self.orders: Orders = OrderStore(database, clock)
        self.invoices: Invoices = InvoiceStore(database, clock)
        self.trackings: Trackings = TrackingStore(database, clock, acts)
        self.problems: Problems = ProblemStore(database)
        self.runs: Runs = RunStore(database)
        self.audit: Audit = AuditStore(database, marks)

    @property
    def database(self) -> StateDatabase:
        """Its connections."""
        return self._database

    @property
    def path(self) -> Path:
        """The database file. Raises LookupError where the state lies on a server."""
        if not isinstance(self._database, Database):
            raise LookupError("the state lies on a server")
        return self._database.path

    def batch(self) -> AbstractContextManager[None]:
        """Joins this thread's writes; reads of this thread inside see them. Other writers wait meanwhile."""
        return self._batch()

    @contextmanager
    def _batch(self) -> Generator[None]:
        with self._database.write():
            yield

    def prune(self, now: datetime, keep_days: int) -> int:
        self._database.forget_copies(now - timedelta(days=keep_days))
        return prune(self._database, now, keep_days)

    def erase(self, hub_ids: Sequence[str]) -> None:
        erase(self._database, hub_ids)

    def backup(self, now: datetime) -> Path | None:
        """Makes today's copy unless there is one; see `store.backup.backup`."""
        return self._database.backup(now)

    def close(self) -> None:
        self._database.close()


def open_store(path: Path, clock: Clock, *, check: bool = False) -> StateStore:
    """Opens or makes the state database, and brings it to this program's schema.

    The file is checked after an end that wasn't clean (SQLite then left its write-ahead log behind), and with `check`.

    Raises:
        StoreAway: the file can't be opened or written now.
        StoreDamaged: L-321, it is newer than this program; L-322, it is damaged or not ours.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ready = backups.waiting_restore(path)
        if ready.exists() and not path.exists():
            ready.replace(path)  # a restore ended between its two renames
        log = path.with_name(path.name + "-wal")
        unclean = log.exists() and log.stat().st_size > 0
    except OSError as error:
        raise StoreAway("L-314", detail=type(error).__name__) from error
    database = Database(path)
    try:
        if unclean or check:
            _check(database)
        with database.write() as connection:
            migrate(connection)
        return StateStore(database, clock)
    except BaseException:
        database.close()
        raise


def _check(database: Database) -> None:
    with database.read() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise StoreDamaged("L-322", detail=str(found))
