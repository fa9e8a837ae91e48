"""A whole world in one process: real client, real store, demo ERP, simulator in a thread, time by hand."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import requests

from otimo_tray.demo.erp import DemoErp
from otimo_tray.demo.simulator import Simulator
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.domain.settings import HubSettings, Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.errors import ErpAway
from otimo_tray.pluggto.client import PluggtoHub
from otimo_tray.ports import ErpOrderRef
from otimo_tray.store import StateStore, open_store
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.flows import Flows
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


class LosingErp(DemoErp):
    """A demo ERP whose answer to an import can get lost, before or after its effect."""

    lose: str = ""

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        if self.lose == "before":
            raise ErpAway()
        reference = super().import_order(order)
        if self.lose == "after":
            raise ErpAway()
        return reference


@dataclass
class World:
    """Attributes:
    simulator: the hub. erp: the ERP. store: what the PC remembers. clock: moves only when told.
    """

    folder: Path
    simulator: Simulator
    clock: FakeClock
    erp: LosingErp
    secrets: MemorySecrets
    settings: Settings
    store: StateStore
    flows: Flows
    hub: PluggtoHub
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, *flows: Flow) -> dict[Flow, FlowReport]:
        """One run of these flows (all) as `sync --once` does it."""
        context = FlowContext(self.store, self.hub, self.erp, self.settings, self.clock, stop=self.stop)
        self.clock.advance(1)
        return {report.flow: report for report in self.flows.run_once(context, flows or ALL_FLOWS)}

    def change(self, **changes: Any) -> None:
        """Other settings from the next run on."""
        self.settings = replace(self.settings, **changes)

    def restart(self) -> None:
        """The program ends and starts again."""
        self.flows.close()
        self.store.close()
        self.store = open_store(self.folder / "state.db", self.clock)
        self.flows = Flows(Board(self.clock, self.settings), 5)

    # --- the hub from outside ----------------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: object = None) -> Any:
        answer = requests.request(method, f"{self.simulator.address}/_sim/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def hub_sku(self, sku: str) -> dict[str, Any]:
        rows = cast("list[dict[str, Any]]", self.call("GET", "skus?limit=1000")["skus"])
        return next(row for row in rows if row["sku"] == sku)

    def hub_order(self, hub_id: str) -> dict[str, Any]:
        rows = cast("list[dict[str, Any]]", self.call("GET", "orders?limit=1000")["orders"])
        return next(row for row in rows if row["id"] == hub_id)

    def sell(self, sku: str, quantity: int = 1, **fields: Any) -> str:
        """A customer buys; answers the hub's order id."""
        body = {"sku": sku, "quantity": quantity, "status": "approved", "force": True, **fields}
        return cast(str, self.call("POST", "sell", body)["Order"]["id"])

    def fault(self, *rules: dict[str, Any]) -> None:
        """Sets the hub's faults; none ends them."""
        self.call("POST", "faults", {"rules": list(rules), "add": False})

    def puts(self) -> int:
        """PUTs since the last look."""
        calls = cast("dict[str, int]", self.call("GET", "requests")["calls"])
        self.call("POST", "requests/reset", {})
        return sum(number for call, number in calls.items() if call.startswith("PUT"))

    def stage(self, hub_id: str) -> str:
        row = self.store.orders.get(hub_id)
        assert row is not None
        return row.stage

    def problems(self) -> set[str]:
        return {problem.code for problem in self.store.problems.list()}


CODES = [f"{number:06d}" for number in range(1, 10)]


@contextmanager
def world(folder: Path, *, codes: Sequence[str] = CODES, **settings: Any) -> Generator[World]:
    """Nine products, the same in ERP (20 units at R$ 10,00 each) and hub; nothing mapped or sent yet."""
    clock = FakeClock()
    with Simulator(products=9, orders=0, wall=lambda: clock.now().timestamp()) as simulator:
        given = simulator.credentials
        values = {name: str(getattr(given, name)) for name in ("client_id", "client_secret", "username", "password")}
        secrets = MemorySecrets({f"hub.{name}": value for name, value in values.items()})
        hub_settings = HubSettings(base_url=simulator.address, connect_timeout_s=5, read_timeout_s=5)
        chosen: dict[str, Any] = {"approve_first_sync": True, "first_orders": "import", **settings}
        made = Settings(hub=hub_settings, **chosen)
        erp = LosingErp(folder / "erp.db", clock)
        erp.seed((code, f"Peça {code}", "", Decimal(10), 20) for code in codes)
        store = open_store(folder / "state.db", clock)
        flows = Flows(Board(clock, made), 5)
        hub = PluggtoHub(hub_settings, secrets, clock)
        here = World(folder, simulator, clock, erp, secrets, made, store, flows, hub)
        try:
            yield here
        finally:
            here.flows.close()
            here.store.close()
            here.hub.close()
            here.erp.close()
