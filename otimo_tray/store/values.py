"""Stock and price in the state database: the four parts behind one Protocol."""

from __future__ import annotations

from otimo_tray.ports import Clock
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.store.values_context import ContextStore
from otimo_tray.store.values_image import ErpImageStore
from otimo_tray.store.values_outbox import OutboxStore
from otimo_tray.store.values_plan import PlanStore


class ValueStore(ErpImageStore, ContextStore, PlanStore, OutboxStore):
    """Implements `sync.storage.Values`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks, clock: Clock) -> None:
        ErpImageStore.__init__(self, database, marks)
        ContextStore.__init__(self, database)
        PlanStore.__init__(self, database, marks)
        OutboxStore.__init__(self, database, marks, clock)
