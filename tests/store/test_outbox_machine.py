"""No wanted value is ever lost: a shop's ERP, planner, sender and hub played at random over the real outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from otimo_tray.domain.plan import DuePush, Kind, PlannedPush, PushResult
from otimo_tray.errors import HubAway, HubBusy, HubRefusedItem
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import SkuContext
from tests.store.build import NOW, one_to_one, plan, product, push
from tests.store.places import FilePlaces, Place, Places, SharedPlaces, machine_settings
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

SKUS: tuple[str, ...] = ("A", "B")
skus = st.sampled_from(SKUS)
ACTIONS = (
    *("erp", "plan", "take", "put", "answer") * 3,
    *("later", "later", "map", "unmap", "decide", "retry", "crash"),
)
values = st.sampled_from(["0", "1", "2", "3"])


@dataclass
class Flight:
    """A PUT between its doubt and its answer; `landed` None = not sent yet, else whether the hub took it."""

    push: DuePush
    landed: bool | None = None


class Outbox(RuleBasedStateMachine):
    """`wanted` is what the rules make of the ERP's value, `hub` what the hub really holds."""

    places: ClassVar[Places]

    def __init__(self) -> None:
        super().__init__()
        self.place: Place = self.places.make()
        self.clock = FakeClock(NOW)
        self.store: StateStore = self.place.open(self.clock)
        self.wanted: dict[str, str] = dict.fromkeys(SKUS, "0")
        self.hub: dict[str, str] = dict.fromkeys(SKUS, "0")
        self.code: dict[str, str] = {}
        self.worth: dict[tuple[str, str], str] = {}
        self.mapped: set[str] = set()
        self.flights: dict[str, Flight] = {}

    def teardown(self) -> None:
        try:
            self._settle()
        finally:
            self.store.close()
            self.place.leave()

    @initialize()
    def open_shop(self) -> None:
        self.store.catalogue.replace_products(iter([product(sku, 0, None) for sku in SKUS]), NOW, complete=True)
        for sku in SKUS:
            self.map(sku, "1")

    @rule(
        action=st.sampled_from(ACTIONS),
        sku=skus,
        value=values,
        yes=st.booleans(),
        outcome=st.sampled_from(["told", "lost", "lost", "busy", "refused"]),
    )
    def step(self, action: str, sku: str, value: str, outcome: str, *, yes: bool) -> None:
        """One rule for all: hypothesis leaves single rules out of whole runs, and then nothing meets."""
        match action:
            case "erp":
                self.erp_changes(sku, value)
            case "map":
                self.map(sku, value)
            case "unmap":
                self.store.catalogue.delete_mappings([sku], self.clock.now())
                self.mapped.discard(sku)
            case "plan":
                self.make_plan({sku} if yes and value == "0" else set())
            case "decide":
                self.decide(release=yes, some=None if value == "0" else [sku])
            case "retry":
                self.store.values.retry_now(None)
            case "later":
                self.clock.advance(minutes=5)
            case "take":
                self.take(2)
            case "put":
                self.put(sku, lands=yes)
            case "answer":
                self.answer(sku, outcome)
            case _:
                self.crash()

    # --- the shop

    def erp_changes(self, sku: str, value: str) -> None:
        if self.wanted[sku] != value:
            self.store.values.mark_dirty([("sku", sku)])
            self.wanted[sku] = self.worth[sku, self.code[sku]] = value

    def map(self, sku: str, code: str) -> None:
        self.store.catalogue.set_mappings([one_to_one(sku, f"{sku}{code}")], self.clock.now())
        self.mapped.add(sku)
        self.code[sku] = code
        # Another code, another balance: nobody marks it but the edit.
        self.wanted[sku] = self.worth.setdefault((sku, code), str(len(self.worth) % 4))

    def make_plan(self, guarded: set[str]) -> None:
        answered = self.store.values.dirty()
        found = {key for kind, key in answered if kind == "sku"}
        found.update(self.store.values.skus_of_codes([key for kind, key in answered if kind == "code"]))
        pushes: list[PlannedPush] = []
        withdrawn: list[tuple[str, Kind]] = []
        for block in self.store.values.contexts(sorted(found)):
            for context in block:
                sku, wanted = context.mapping.sku, self.wanted[context.mapping.sku]
                if wanted == context.confirmed.get("stock") and "stock" not in context.doubt:
                    withdrawn.append((sku, "stock"))
                else:
                    pushes.append(push(sku, wanted, guard="G-222" if sku in guarded else None))
        self.store.values.apply(plan(now=self.clock.now(), pushes=pushes, withdrawn=withdrawn, cleaned=answered))

    def decide(self, *, release: bool, some: list[str] | None) -> None:
        for held in self.store.held.list():
            act = self.store.held.release if release else self.store.held.discard
            act(held.id, "Ana", self.clock.now(), some)

    # --- the sender

    def take(self, limit: int) -> None:
        due = self.store.values.due_pushes(["stock"], self.clock.now(), limit)
        free = [entry for entry in due if entry.sku not in self.flights]
        self.store.values.mark_doubt(free, self.clock.now())
        self.flights.update({entry.sku: Flight(entry) for entry in free})

    def put(self, sku: str, *, lands: bool) -> None:
        flight = self.flights.get(sku)
        if flight is None or flight.landed is not None:
            return
        if not self.store.values.is_current(flight.push):
            self._answer(flight, PushResult(flight.push, self.clock.now(), answer="skipped"))
            return
        flight.landed = lands
        if lands:
            self.hub[sku] = flight.push.value

    def answer(self, sku: str, outcome: str) -> None:
        flight = self.flights.get(sku)
        if flight is None or flight.landed is None:
            return
        now, entry, later = self.clock.now(), flight.push, self.clock.now() + timedelta(minutes=2)
        if outcome == "lost":
            error = HubAway()
            result = PushResult(entry, now, answer=error.code, error=error, keep_doubt=True, retry_at=later)
        elif flight.landed:
            result = PushResult(entry, now, confirmed=entry.value)
        elif outcome == "refused":
            result = PushResult(entry, now, answer="P-130", error=HubRefusedItem(sku=entry.sku))
        else:
            result = PushResult(entry, now, answer="P-120", error=HubBusy(), retry_at=later)
        self._answer(flight, result)

    def _answer(self, flight: Flight, result: PushResult) -> None:
        self.store.values.record_results([result])
        del self.flights[flight.push.sku]

    def crash(self) -> None:
        """The program ends anywhere: answers on their way are never read."""
        self.store.close()
        self.flights.clear()
        self.store = self.place.open(self.clock)

    # --- what always holds

    def _contexts(self) -> dict[str, SkuContext]:
        return {c.mapping.sku: c for block in self.store.values.contexts(None) for c in block}

    @invariant()
    def nothing_is_lost(self) -> None:
        """One look for all of it: a look is what costs here."""
        contexts = self._contexts()
        dirty = {key for kind, key in self.store.values.dirty() if kind == "sku"}
        assert contexts.keys() == self.mapped
        held = 0
        for sku, context in contexts.items():
            value, state = context.pending.get("stock", (None, ""))
            held += state == "held"
            # What is wanted is at the hub or on its way there.
            on_its_way = sku in dirty or value == self.wanted[sku] or sku in self.flights
            assert self.hub[sku] == self.wanted[sku] or on_its_way, sku
            # What is believed of the hub is true or in doubt.
            assert context.confirmed.get("stock") == self.hub[sku] or "stock" in context.doubt, sku
        # An open plan has something to decide.
        plans = self.store.held.list()
        assert all(entry.items for entry in plans)
        assert sum(entry.items for entry in plans) == held
        # Only what is mapped is sent.
        due = self.store.values.due_pushes(["stock"], self.clock.now() + timedelta(days=9), 10)
        assert {entry.sku for entry in due} <= self.mapped

    def _settle(self) -> None:
        """In the end, with everything let go and a hub that answers, the hub holds what is wanted."""
        self.crash()
        self.store.values.retry_now(None)
        self.clock.advance(days=1)
        for _ in range(4):
            self.make_plan(set())
            self.decide(release=True, some=None)
            self.take(9)
            for flight in list(self.flights.values()):
                if not self.store.values.is_current(flight.push):
                    self._answer(flight, PushResult(flight.push, self.clock.now(), answer="skipped"))
                    continue
                self.hub[flight.push.sku] = flight.push.value
                self._answer(flight, PushResult(flight.push, self.clock.now(), confirmed=flight.push.value))
        for sku, context in self._contexts().items():
            refused = context.pending.get("stock") == (self.wanted[sku], "discarded")
            assert self.hub[sku] == self.wanted[sku] or refused, sku


class SharedOutbox(Outbox):
    """The same over a server."""


Outbox.TestCase.settings = machine_settings(120, 60)
SharedOutbox.TestCase.settings = machine_settings(12, 60)


class TestOutbox(Outbox.TestCase):
    """Runs the machine."""

    @pytest.fixture(autouse=True)
    def _places(self, empty: Path) -> None:
        Outbox.places = FilePlaces(empty)


class TestSharedOutbox(SharedOutbox.TestCase):
    """Runs it there."""

    @pytest.fixture(autouse=True)
    def _places(self, schemas: Schemas) -> None:
        SharedOutbox.places = SharedPlaces(schemas)
