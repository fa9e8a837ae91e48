"""No wanted value is ever lost: a shop's ERP, planner, sender and hub played at random over the real outbox."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from otimo_tray.domain.plan import DuePush, PushResult
from otimo_tray.errors import HubAway, HubBusy, HubRefusedItem
from otimo_tray.store import StateStore, open_store
from otimo_tray.sync.storage import SkuContext
from tests.store.build import NOW, one_to_one, plan, product, push
from tests.support.clock import FakeClock

SKUS = ("A", "B", "C")
skus = st.sampled_from(SKUS)
values = st.sampled_from(["0", "1", "2", "3"])


@dataclass
class Flight:
    """A PUT between its doubt and its answer; `landed` None = not sent yet, else whether the hub took it."""

    push: DuePush
    landed: bool | None = None


class Outbox(RuleBasedStateMachine):
    """`wanted` is what the rules make of the ERP's value, `hub` what the hub really holds."""

    empty: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-"))
        self.path = self.folder / "estado.db"
        shutil.copyfile(self.empty, self.path)
        self.clock = FakeClock(NOW)
        self.store: StateStore = open_store(self.path, self.clock)
        self.wanted = dict.fromkeys(SKUS, "0")
        self.hub = dict.fromkeys(SKUS, "0")
        self.mapped: set[str] = set()
        self.flights: dict[str, Flight] = {}

    def teardown(self) -> None:
        try:
            self._settle()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    @initialize()
    def open_shop(self) -> None:
        self.store.catalogue.replace_products(iter([product(sku, 0, None) for sku in SKUS]), NOW, complete=True)
        for sku in SKUS:
            self.map(sku, "1")

    # --- the shop

    @rule(sku=skus, value=values)
    def erp_changes(self, sku: str, value: str) -> None:
        if self.wanted[sku] != value:
            with self.store.batch():
                self.store.values.mark_dirty([("sku", sku)])
            self.wanted[sku] = value

    @rule(sku=skus, code=st.sampled_from(["1", "2"]))
    def map(self, sku: str, code: str) -> None:
        self.store.catalogue.set_mappings([one_to_one(sku, f"{sku}{code}")], self.clock.now())
        self.mapped.add(sku)

    @rule(sku=skus)
    def unmap(self, sku: str) -> None:
        self.store.catalogue.delete_mappings([sku], self.clock.now())
        self.mapped.discard(sku)

    @rule(guarded=st.sets(skus))
    def make_plan(self, guarded: set[str]) -> None:
        answered = self.store.values.dirty()
        found = {key for kind, key in answered if kind == "sku"}
        found.update(self.store.values.skus_of_codes([key for kind, key in answered if kind == "code"]))
        pushes, withdrawn = [], []
        for block in self.store.values.contexts(sorted(found)):
            for context in block:
                sku, wanted = context.mapping.sku, self.wanted[context.mapping.sku]
                if wanted == context.confirmed.get("stock") and "stock" not in context.doubt:
                    withdrawn.append((sku, "stock"))
                else:
                    pushes.append(push(sku, wanted, guard="G-222" if sku in guarded else None))
        self.store.values.apply(plan(now=self.clock.now(), pushes=pushes, withdrawn=withdrawn, cleaned=answered))

    @rule(release=st.booleans(), some=st.none() | st.lists(skus, max_size=2))
    def decide(self, release: bool, some: list[str] | None) -> None:
        for held in self.store.held.list():
            act = self.store.held.release if release else self.store.held.discard
            act(held.id, "Ana", self.clock.now(), some)

    @rule()
    def retry(self) -> None:
        self.store.values.retry_now(None)

    @rule(minutes=st.sampled_from([1, 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    # --- the sender

    @rule(limit=st.integers(1, 3))
    def take(self, limit: int) -> None:
        due = self.store.values.due_pushes(["stock"], self.clock.now(), limit)
        free = [entry for entry in due if entry.sku not in self.flights]
        self.store.values.mark_doubt(free, self.clock.now())
        self.flights.update({entry.sku: Flight(entry) for entry in free})

    @precondition(lambda self: self.flights)
    @rule(data=st.data(), lands=st.booleans())
    def put(self, data: st.DataObject, lands: bool) -> None:
        waiting = sorted(sku for sku, flight in self.flights.items() if flight.landed is None)
        if not waiting:
            return
        flight = self.flights[data.draw(st.sampled_from(waiting))]
        if not self.store.values.is_current(flight.push):
            self._answer(flight, PushResult(flight.push, self.clock.now(), answer="skipped"))
            return
        flight.landed = lands
        if lands:
            self.hub[flight.push.sku] = flight.push.value

    @precondition(lambda self: any(flight.landed is not None for flight in self.flights.values()))
    @rule(data=st.data(), lost=st.booleans(), stop=st.booleans())
    def answer(self, data: st.DataObject, lost: bool, stop: bool) -> None:
        sent = sorted(sku for sku, flight in self.flights.items() if flight.landed is not None)
        flight = self.flights[data.draw(st.sampled_from(sent))]
        now, entry = self.clock.now(), flight.push
        if lost:
            error = HubAway()
            result = PushResult(
                entry, now, answer=error.code, error=error, keep_doubt=True, retry_at=now + timedelta(minutes=2)
            )
        elif flight.landed:
            result = PushResult(entry, now, confirmed=entry.value)
        elif stop:
            result = PushResult(entry, now, answer="P-130", error=HubRefusedItem(sku=entry.sku))
        else:
            result = PushResult(entry, now, answer="P-120", error=HubBusy(), retry_at=now + timedelta(minutes=2))
        self._answer(flight, result)

    def _answer(self, flight: Flight, result: PushResult) -> None:
        self.store.values.record_results([result])
        del self.flights[flight.push.sku]

    @rule()
    def crash(self) -> None:
        """The program ends anywhere: answers on their way are never read."""
        self.store.close()
        self.flights.clear()
        self.store = open_store(self.path, self.clock)

    # --- what always holds

    def _contexts(self) -> dict[str, SkuContext]:
        return {c.mapping.sku: c for block in self.store.values.contexts(None) for c in block}

    @invariant()
    def a_wanted_value_is_at_the_hub_or_on_its_way(self) -> None:
        dirty = {key for kind, key in self.store.values.dirty() if kind == "sku"}
        for sku, context in self._contexts().items():
            value, _ = context.pending.get("stock", (None, ""))
            on_its_way = sku in dirty or value == self.wanted[sku] or sku in self.flights
            assert self.hub[sku] == self.wanted[sku] or on_its_way, sku

    @invariant()
    def what_is_believed_of_the_hub_is_true_or_in_doubt(self) -> None:
        for sku, context in self._contexts().items():
            if context.confirmed.get("stock") != self.hub[sku]:
                assert "stock" in context.doubt, sku

    @invariant()
    def only_mapped_skus_are_sent(self) -> None:
        assert self._contexts().keys() == self.mapped
        due = self.store.values.due_pushes(["stock"], self.clock.now() + timedelta(days=9), 10)
        assert {entry.sku for entry in due} <= self.mapped

    @invariant()
    def an_open_plan_has_something_to_decide(self) -> None:
        held = sum(1 for c in self._contexts().values() if c.pending.get("stock", ("", ""))[1] == "held")
        plans = self.store.held.list()
        assert all(entry.items for entry in plans)
        assert sum(entry.items for entry in plans) == held == self.store.values.outbox_counts().held

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


Outbox.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class TestOutbox(Outbox.TestCase):
    """Runs the machine."""

    @pytest.fixture(autouse=True)
    def _template(self, empty: Path) -> None:
        Outbox.empty = empty
