"""The order ledger at random, beside a ledger that is a plain dict."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from otimo_tray.domain.orders import Order, OrderStage, Party
from otimo_tray.errors import ItemError
from otimo_tray.store import StateStore
from otimo_tray.store.orders_read import COMMITTING_STAGES
from tests.store.build import NOW, order
from tests.store.places import FilePlaces, Place, Places, SharedPlaces, machine_settings
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

IDS = ("h1", "h2")
ids = st.sampled_from(IDS)
stages = st.sampled_from(list(OrderStage))
ACTIONS = (*("add", "refresh", "advance") * 2, "wait", "later", "prune", "restart")
lines = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(1, 3)), min_size=1, max_size=2)
ENDED = {OrderStage.TRACKED, OrderStage.IGNORED, OrderStage.CANCELLED, OrderStage.INVOICED}


class Known:
    """What the model knows of one order."""

    def __init__(self, order: Order, stage: OrderStage, now: datetime) -> None:
        self.order = order
        self.stage = stage
        self.stage_at = now
        self.clear = not order.is_masked
        self.booked_at: datetime | None = None
        self.imported = stage is OrderStage.IMPORTED
        self.attempts = 0
        self.waits = False


class Ledger(RuleBasedStateMachine):
    """Every step is done to both, and both are compared after it."""

    places: ClassVar[Places]

    def __init__(self) -> None:
        super().__init__()
        self.place: Place = self.places.make()
        self.clock = FakeClock(NOW)
        self.store: StateStore = self.place.open(self.clock)
        self.live: dict[str, Known] = {}
        self.forgotten: dict[str, OrderStage] = {}

    def teardown(self) -> None:
        self.store.close()
        self.place.leave()

    @staticmethod
    def _order(hub_id: str, bought: list[tuple[str, int]], *, masked: bool) -> Order:
        made = order(hub_id, *bought, raw={"id": hub_id, "payer_name": "João da Silva"})
        if not masked:
            return made
        hidden = Party(name="J***", document="***")
        return replace(made, payer=hidden, raw={"id": hub_id, "payer_name": "J***"})

    @rule(
        action=st.sampled_from(ACTIONS),
        hub_id=ids,
        stage=stages,
        bought=lines,
        yes=st.booleans(),
        days=st.sampled_from([1, 8, 70]),
    )
    def step(
        self, action: str, hub_id: str, stage: OrderStage, bought: list[tuple[str, int]], days: int, *, yes: bool
    ) -> None:
        """One rule for all: hypothesis leaves single rules out of whole runs, and then nothing meets."""
        match action:
            case "add":
                self.add(hub_id, stage, bought, masked=yes)
            case "refresh":
                self.refresh(hub_id, bought, masked=yes)
            case "advance":
                self.advance(hub_id, stage, booked=yes)
            case "wait":
                self.wait(hub_id)
            case "later":
                self.clock.advance(days=days)
            case "prune":
                self.prune()
            case _:
                self.restart()

    def add(self, hub_id: str, stage: OrderStage, bought: list[tuple[str, int]], *, masked: bool) -> None:
        made, now = self._order(hub_id, bought, masked=masked), self.clock.now()
        new = hub_id not in self.live and hub_id not in self.forgotten
        assert self.store.orders.add(made, stage, now) == new
        if new:
            self.live[hub_id] = Known(made, stage, now)

    def refresh(self, hub_id: str, bought: list[tuple[str, int]], *, masked: bool) -> None:
        made = self._order(hub_id, bought, masked=masked)
        self.store.orders.refresh(made, self.clock.now())
        if hub_id in self.live:
            known = self.live[hub_id]
            known.order = made
            known.clear = known.clear or not masked

    def advance(self, hub_id: str, stage: OrderStage, *, booked: bool) -> None:
        now = self.clock.now()
        self.store.orders.advance(hub_id, stage, now, event="x", booked_at=now if booked else None)
        if hub_id in self.live:
            known = self.live[hub_id]
            known.stage, known.stage_at, known.attempts, known.waits = stage, now, 0, False
            known.imported = known.imported or stage is OrderStage.IMPORTED
            known.booked_at = now if booked else known.booked_at

    def wait(self, hub_id: str) -> None:
        now = self.clock.now()
        self.store.orders.wait(hub_id, ItemError("O-501", skus="A"), now + timedelta(hours=1), now)
        if hub_id in self.live:
            self.live[hub_id].attempts += 1
            self.live[hub_id].waits = True

    def prune(self) -> None:
        now = self.clock.now()
        self.store.prune(now, 60)
        for hub_id, known in list(self.live.items()):
            if known.stage in ENDED and known.stage_at < now - timedelta(days=60):
                self.forgotten[hub_id] = known.stage
                del self.live[hub_id]

    def restart(self) -> None:
        self.store.close()
        self.store = self.place.open(self.clock)

    @invariant()
    def once_known_always_known(self) -> None:
        stages_of = {hub_id: known.stage for hub_id, known in self.live.items()}
        assert self.store.orders.known(IDS) == {**self.forgotten, **stages_of}

    @invariant()
    def both_ledgers_tell_the_same(self) -> None:
        for hub_id in IDS:
            row = self.store.orders.get(hub_id)
            if hub_id not in self.live:
                assert row is None
                continue
            known = self.live[hub_id]
            assert row is not None
            assert row.order.items == known.order.items
            assert row.order.is_masked != known.clear
            assert row.order.raw["payer_name"] == ("João da Silva" if known.clear else "J***")
            assert (row.stage, row.attempts, row.booked_at) == (known.stage, known.attempts, known.booked_at)
            assert (row.error_code is not None) == known.waits
            if known.stage is OrderStage.IMPORTED and row.imported_at is None:
                assert not known.imported

    @invariant()
    def what_may_commit_stock_is_listed(self) -> None:
        week = self.clock.now() - timedelta(days=7)
        expected: list[tuple[str, str, int]] = []
        for hub_id, known in self.live.items():
            booked = known.booked_at is not None and known.booked_at >= week
            late = known.stage in (OrderStage.INVOICED, OrderStage.TRACKED, OrderStage.CANCELLED) and booked
            if known.stage in COMMITTING_STAGES or late:
                expected += [(hub_id, item.sku, item.quantity) for item in known.order.items]
        assert sorted(line[:3] for line in self.store.orders.committed_lines()) == sorted(expected)

    @invariant()
    def counts_count(self) -> None:
        counts = self.store.orders.counts()
        for stage in OrderStage:
            assert counts.get(stage, 0) == sum(1 for known in self.live.values() if known.stage is stage)


class SharedLedger(Ledger):
    """The same over a server."""


Ledger.TestCase.settings = machine_settings(40, 50)
SharedLedger.TestCase.settings = machine_settings(6, 50)


class TestLedger(Ledger.TestCase):
    """Runs the machine."""

    @pytest.fixture(autouse=True)
    def _places(self, empty: Path) -> None:
        Ledger.places = FilePlaces(empty)


class TestSharedLedger(SharedLedger.TestCase):
    """Runs it there."""

    @pytest.fixture(autouse=True)
    def _places(self, schemas: Schemas) -> None:
        SharedLedger.places = SharedPlaces(schemas)
