"""Two desks at random over one server, cut off and back: mirrors equal it, and no typed code is lost or doubled."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.kept import NOTICE
from tests.servers import Server as RealServer
from tests.shared.away_desks import AwayDesk
from tests.shared.looks import rows_of
from tests.store.build import NOW, invoice, one_to_one, order, plan, product, push, reading, row
from tests.store.places import machine_settings
from tests.store.shared import Schemas
from tests.support.clock import FakeClock

ORDERS = ("1", "2", "3")
"""Orders of which codes are typed; they stay."""
WRITES = (
    "map", "unmap", "products", "apply", "doubt", "orders", "advance", "erase", "invoices", "held", "facts", "problems",
    "prune", "forget", "send", "batch",
)  # fmt: skip
desks = st.integers(0, 1)


class Desks(RuleBasedStateMachine):
    """`typed`: every code that a desk was told is safe; `taken`: those that it took back itself."""

    schemas: ClassVar[Schemas]
    empty: ClassVar[Path]
    port: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock(NOW)
        self.store: StateStore = self.schemas.store(self.clock)
        assert isinstance(self.store.database, SharedDatabase)
        schema = self.store.database.schema
        self.folder = Path(tempfile.mkdtemp(prefix="otimo-desks-"))
        self.desks = [
            AwayDesk(self.port, schema, self.folder / name, self.clock, self.empty, name) for name in ("Ana", "Beto")
        ]
        self.away = [False, False]
        self.typed: dict[str, tuple[int, int]] = {}
        self.taken: set[str] = set()
        for hub_id in ORDERS:
            self.store.orders.add(order(hub_id, ("A", 1)), OrderStage.INVOICED, NOW)
        for desk in self.desks:
            desk.mirror.pull()

    def teardown(self) -> None:
        try:
            for number in (0, 1):
                self._back(number)
                self.desks[number].follow()
            for number in (0, 1):
                self._pull(number)
            self._each_code_once()
        finally:
            for desk in self.desks:
                desk.close()
            self.store.close()
            self.schemas.give_back(self.store)
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- what happens at the server -----------------------------------------------------------------------------------

    @rule(what=st.sampled_from(WRITES), seed=st.integers(0, 10_000))
    def write(self, what: str, seed: int) -> None:
        self.clock.advance(seconds=1)
        getattr(self, f"_{what}")(random.Random(seed))

    def _map(self, chance: random.Random) -> None:
        sku = chance.choice("ABCDE")
        self.store.catalogue.set_mappings([one_to_one(sku, chance.choice("VWXYZ"), chance.randint(1, 3))], NOW)

    def _unmap(self, chance: random.Random) -> None:
        self.store.catalogue.delete_mappings(chance.sample("ABCDE", 2), NOW)

    def _products(self, chance: random.Random) -> None:
        found = [product(sku, chance.randint(0, 9)) for sku in chance.sample("ABCDEFGH", 4)]
        self.store.catalogue.replace_products(iter(found), self.clock.now(), complete=chance.random() < 0.5)

    def _apply(self, chance: random.Random) -> None:
        rows = [row(code, str(chance.randint(0, 9))) for code in chance.sample("VWXYZ", 3)]
        pushes = [push(sku, str(chance.randint(0, 9))) for sku in chance.sample("ABCDE", 2)]
        held = [push(sku, "1", guard="G-201") for sku in chance.sample("FGH", 1)]
        self.store.values.apply(
            plan(taken=reading(rows=3), rows=rows, gone=[chance.choice("VW")], pushes=pushes + held)
        )

    def _doubt(self, chance: random.Random) -> None:
        due = self.store.values.due_pushes(("stock",), self.clock.now(), 3)
        self.store.values.mark_doubt(due[: chance.randint(0, 3)], self.clock.now())

    def _orders(self, chance: random.Random) -> None:
        hub_id = str(chance.randint(10, 14))
        self.store.orders.add(order(hub_id, (chance.choice("ABC"), 1), ("D", 2)), OrderStage.SEEN, self.clock.now())

    def _advance(self, chance: random.Random) -> None:
        hub_id, stage = str(chance.randint(10, 14)), chance.choice([OrderStage.TRACKED, OrderStage.CANCELLED])
        if self.store.orders.get(hub_id) is not None:
            self.store.orders.advance(hub_id, stage, self.clock.now(), event="O-520", params={})

    def _erase(self, chance: random.Random) -> None:
        self.store.erase([str(chance.randint(10, 14))])

    def _invoices(self, chance: random.Random) -> None:
        key = f"{chance.randint(1, 3):044d}"
        self.store.invoices.put_batch([(invoice(key), InvoiceState.MATCHED, None)], str(chance.random()), NOW)

    def _held(self, chance: random.Random) -> None:
        for held in self.store.held.list()[:1]:
            (self.store.held.release if chance.random() < 0.5 else self.store.held.discard)(held.id, "Ana", NOW)

    def _facts(self, chance: random.Random) -> None:
        self.store.facts.set(chance.choice("xyz"), str(chance.random()))

    def _problems(self, chance: random.Random) -> None:
        self.store.problems.solve("stock", [chance.choice("AB")])
        self.store.runs.add("stock", NOW, self.clock.now(), "ok", counts={"sent": chance.randint(0, 3)})

    def _prune(self, chance: random.Random) -> None:
        self.store.prune(self.clock.now(), chance.choice([30, 365]))

    def _forget(self, chance: random.Random) -> None:
        """A month of deletions is forgotten: mirrors that didn't see them begin anew."""
        assert isinstance(self.store.database, SharedDatabase)
        if chance.random() < 0.5:
            schema = self.store.database.schema
            self.schemas.tell(
                f"UPDATE \"{schema}\".gone_row SET at = now() - interval '60 days' WHERE table_name <> ''"
            )
            self.store.database.forget_copies(self.clock.now())

    def _send(self, chance: random.Random) -> None:
        rows = [one for hub_id in ORDERS for one in self.store.trackings.of_order(hub_id)]
        if rows:
            state = chance.choice([TrackingState.SENT, TrackingState.CONFIRMED, TrackingState.PROBLEM])
            self.store.trackings.set_state(chance.choice(rows).id, state, self.clock.now())

    def _batch(self, chance: random.Random) -> None:
        with self.store.batch():
            for _ in range(3):
                self._map(chance)
                self._unmap(chance)
                self._facts(chance)

    # --- what desks do ------------------------------------------------------------------------------------------------

    @rule(number=desks, hub_id=st.sampled_from(ORDERS), volume=st.integers(1, 2))
    def type(self, number: int, hub_id: str, volume: int) -> None:
        self.clock.advance(seconds=1)
        code = f"BR{len(self.typed)}"
        self.typed[code] = (number, self.desks[number].type(hub_id, code, volume=volume))
        shown = [one for one, _ in self.desks[number].shown(hub_id)]
        assert shown.count(code) == 1, "what was typed is shown at once"

    @rule(number=desks)
    def take_back(self, number: int) -> None:
        mine = [(code, local) for code, (desk, local) in self.typed.items() if desk == number]
        if mine:
            code, local = mine[-1]
            before = self.desks[number].kept.waiting()
            if self.desks[number].store.trackings.remove(local, self.clock.now()):
                kept = [one for one in before if one.what == "gone" and one.code == code]
                assert not kept, "it is taken back once"
                self.taken.add(code)

    @rule(number=desks)
    def leave(self, number: int) -> None:
        self.away[number] = True
        self.desks[number].leave()

    @rule(number=desks)
    def come_back(self, number: int) -> None:
        self._back(number)
        self.desks[number].follow()
        assert self.desks[number].kept.waiting() == []

    @rule(number=desks)
    def pull(self, number: int) -> None:
        if not self.away[number]:
            self._pull(number)

    def _back(self, number: int) -> None:
        self.away[number] = False
        self.desks[number].come_back()

    def _pull(self, number: int) -> None:
        desk = self.desks[number]
        desk.mirror.pull()
        here, there = rows_of(desk.mirror.local.database), rows_of(self.store.database)
        if desk.kept.waiting():
            here.pop("tracking", None)
            there.pop("tracking", None)
        assert here == there

    def _each_code_once(self) -> None:
        there = Counter(one.code for hub_id in ORDERS for one in self.store.trackings.of_order(hub_id))
        told = Counter(str(one.params["code"]) for one in self.store.problems.list() if one.flow == NOTICE)
        assert max(there.values(), default=1) == 1
        for code in self.typed:
            assert there[code] or told[code] or code in self.taken, f"{code} is lost"
        for hub_id in ORDERS:
            counting = Counter(
                one.volume for one in self.store.trackings.of_order(hub_id) if one.state is not TrackingState.REPLACED
            )
            assert max(counting.values(), default=1) == 1


Desks.TestCase.settings = machine_settings(10, 40)


class TestDesks(Desks.TestCase):
    """Runs the machine."""

    @pytest.fixture(autouse=True)
    def _places(self, schemas: Schemas, empty: Path, postgresql_server: RealServer) -> None:
        Desks.schemas, Desks.empty, Desks.port = schemas, empty, postgresql_server.port
