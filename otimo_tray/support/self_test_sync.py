"""The self-test's last check: one whole synchronisation between a demo ERP and a simulated Plugg.to on loopback."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.settings import ErpSettings, HubSettings, Settings

PRODUCTS: Final = 6
ORDERS: Final = 4
BALANCE: Final = 37
_SECRETS: Final = ("client_id", "client_secret", "username", "password")


class _Memory:
    """Implements `ports.Secrets` for the length of the check."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def get(self, name: str) -> str | None:
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        self._values[name] = value

    def delete(self, name: str) -> None:
        self._values.pop(name, None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the simulator holds afterwards: SKUs by code, and the ids of orders that were approved."""

    skus: dict[str, dict[str, Any]]
    approved: list[str]


def whole_sync(folder: Path) -> str:
    """Stock and prices reach the hub, approved orders reach the ERP once, a second run sends nothing.

    Raises:
        AssertionError: an end state is wrong; the text says which.
    """
    from otimo_tray.demo.erp import DemoErp
    from otimo_tray.demo.simulator import Simulator
    from otimo_tray.domain.status import ALL_FLOWS
    from otimo_tray.pluggto.client import PluggtoHub
    from otimo_tray.store import open_store
    from otimo_tray.sync.board import Board
    from otimo_tray.sync.context import FlowContext
    from otimo_tray.sync.flows import Flows

    clock = SystemClock()
    with Simulator(folder / "hub.db", products=PRODUCTS, orders=ORDERS) as simulator:
        before = _look(simulator.address)
        erp = DemoErp(folder / "erp.db", clock)
        prices = {sku: Decimal("19.90") + place for place, sku in enumerate(sorted(before.skus))}
        erp.seed((sku, sku, "", price, BALANCE) for sku, price in prices.items())
        given = asdict(simulator.credentials)
        secrets = _Memory({f"hub.{name}": str(given[name]) for name in _SECRETS})
        settings = Settings(
            hub=HubSettings(base_url=simulator.address, connections=2),
            erp=ErpSettings(kind="demo", demo_data=str(folder / "erp.db")),
            approve_first_sync=True,
            first_orders="import",
        )
        store = open_store(folder / "state.db", clock)
        hub = PluggtoHub(settings.hub, secrets, clock)
        flows = Flows(Board(clock, settings), settings.hub.connections)
        try:
            context = FlowContext(store, hub, erp, settings, clock)
            for _ in range(2):
                reports = flows.run_once(context, list(ALL_FLOWS))
                bad = [f"{report.flow} {report.code} {report.params}" for report in reports if not report.ok]
                if bad:
                    raise AssertionError("; ".join(bad))
        finally:
            flows.close()
            hub.close()
            store.close()
        after = _look(simulator.address)
    return _judge(prices, before, after, [order for order in before.approved if erp.find_order(order) is not None])


def _judge(prices: dict[str, Decimal], before: _Found, after: _Found, imported: list[str]) -> str:
    wrong = [sku for sku, price in prices.items() if Decimal(str(after.skus[sku]["price"])) != price]
    wrong += [sku for sku in prices if not 0 <= int(after.skus[sku]["quantity"]) <= BALANCE]
    if wrong:
        raise AssertionError(f"not as the ERP says: {wrong[:5]}")
    if not any(int(after.skus[sku]["quantity"]) == BALANCE for sku in prices):
        raise AssertionError("no SKU has the ERP's balance")
    if imported != before.approved or not imported:
        raise AssertionError(f"{len(imported)} of {len(before.approved)} approved orders are in the ERP")
    return f"{len(prices)} SKUs, {len(imported)} orders"


def _look(address: str) -> _Found:
    skus = cast("list[dict[str, Any]]", _get(f"{address}/_sim/skus")["skus"])
    orders = cast("list[dict[str, Any]]", _get(f"{address}/_sim/orders")["orders"])
    return _Found({entry["sku"]: entry for entry in skus}, [one["id"] for one in orders if one["status"] == "approved"])


def _get(address: str) -> Any:
    # No proxy of the PC may stand between the program and its own loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=60) as answer:
        return json.load(answer)
