"""What the engine asks of the state database, as Protocols; `otimo_tray.store` implements them.

Every method is one short transaction of its own (never open across a network call) and safe to call from any thread.
Writers may raise StoreAway. Times are aware UTC datetimes. Iterators read in blocks and hold no transaction between
blocks; where a caller needs one consistent view, the method returns a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from otimo_tray.sync.storage.acts import Acts
from otimo_tray.sync.storage.audit import Audit, OutboxRow, SentValue, TakenBack
from otimo_tray.sync.storage.catalogue import Catalogue
from otimo_tray.sync.storage.held import HeldItem, HeldPlan, HeldPlans
from otimo_tray.sync.storage.ledgers import Facts, Problem, Problems, RunRow, Runs
from otimo_tray.sync.storage.orders import OrderRow, Orders
from otimo_tray.sync.storage.papers import InvoiceRow, Invoices, TrackingRow, Trackings
from otimo_tray.sync.storage.values import Applied, LastReading, OutboxCounts, SkuContext, Values

__all__ = [
    "Acts",
    "Applied",
    "Audit",
    "Catalogue",
    "Facts",
    "HeldItem",
    "HeldPlan",
    "HeldPlans",
    "InvoiceRow",
    "Invoices",
    "LastReading",
    "OrderRow",
    "Orders",
    "OutboxCounts",
    "OutboxRow",
    "Problem",
    "Problems",
    "RunRow",
    "Runs",
    "SentValue",
    "SkuContext",
    "Storage",
    "TakenBack",
    "TrackingRow",
    "Trackings",
    "Values",
]


class Storage(Protocol):
    """The whole state of one profile."""

    facts: Facts
    values: Values
    held: HeldPlans
    catalogue: Catalogue
    orders: Orders
    invoices: Invoices
    trackings: Trackings
    problems: Problems
    runs: Runs
    audit: Audit
    acts: Acts

    def batch(self) -> AbstractContextManager[None]:
        """Joins the writes of this thread into one transaction (short, no network call inside)."""
        ...

    def prune(self, now: datetime, keep_days: int) -> int: ...
    def erase(self, hub_ids: Sequence[str]) -> None:
        """Forgets these orders with all that is theirs but their id, so that no trace of the buyer is left."""
        ...

    def backup(self, now: datetime) -> object:
        """Makes today's copy of the state unless there is one."""
        ...

    def close(self) -> None: ...
