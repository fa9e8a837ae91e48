"""A made-up shop around the real program: the simulator as its hub, the demo ERP, and people who buy and sell."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import requests

from otimo_tray.demo.erp import DemoErp, Life
from otimo_tray.demo.simulator import generate_catalogue
from otimo_tray.domain.orders import COMMITTING_HUB_STATUSES
from otimo_tray.domain.settings import ErpSettings, FlowSettings, HubSettings, Settings
from otimo_tray.errors import ErpAway
from otimo_tray.profile import SECRET_NAMES, Profile

PRODUCTS = 240
ORDERS = 24
SEED = 7
DEMO_INTERVAL_S = 30
"""The demo's flows run every half minute: nobody wants to watch five minutes of nothing."""
_TICK_S = 12.0


@dataclass(slots=True)
class DemoHub:
    """The simulator's process and its control calls."""

    process: subprocess.Popen[str]
    address: str
    credentials: dict[str, str] = field(repr=False)

    def _call(self, method: str, path: str, body: object = None) -> Any:
        answer = requests.request(method, f"{self.address}/_sim/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def sell(self, seed: int) -> None:
        """A customer buys something somewhere."""
        self._call("POST", "sell", {"seed": seed})

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """Everything of one kind: "skus" or "orders"."""
        after = ""
        while True:
            page = cast("dict[str, Any]", self._call("GET", f"{name}?limit=1000" + (f"&next={after}" if after else "")))
            yield from page[name]
            if len(page[name]) < 1000:
                return
            after = page["next"]

    def stop(self) -> None:
        """Ends the process."""
        self.process.terminate()
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_hub(data: Path) -> DemoHub:
    """Starts the simulator with its data in one file; an existing file is gone on with."""
    command = [sys.executable, "-m", "otimo_tray", "simulator", "--port", "0", "--data", str(data)]
    command += ["--products", str(PRODUCTS), "--orders", str(ORDERS), "--seed", str(SEED)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    told = cast("dict[str, Any]", json.loads(process.stdout.readline()))
    return DemoHub(process, told["address"], {name: told[name] for name in SECRET_NAMES})


def demo_settings(address: str, erp_file: Path) -> Settings:
    """Settings of the made-up shop. The first sync is approved: there is nothing real to protect."""
    flow = FlowSettings(interval_s=DEMO_INTERVAL_S)
    return Settings(
        hub=HubSettings(base_url=address),
        erp=ErpSettings(kind="demo", demo_data=str(erp_file)),
        stock=flow,
        price=flow,
        orders=flow,
        invoices=FlowSettings(interval_s=10),
        tracking=flow,
        approve_first_sync=True,
        first_orders="import",
    )


class DemoShop:
    """The made-up shop in a profile's folder."""

    def __init__(self, profile: Profile, hub: DemoHub) -> None:
        self.profile = profile
        self.hub = hub
        erp_file = profile.paths.folder / "demo-erp.db"
        settings = demo_settings(hub.address, erp_file)
        profile.change_settings(settings)
        for name, value in hub.credentials.items():
            profile.secrets.set(f"hub.{name}", value)
        profile.secrets.delete("hub.token")
        profile.secrets.set("hub.address", hub.address)
        zone = ZoneInfo(settings.shop.time_zone)
        self.erp = DemoErp(erp_file, profile.clock, zone)
        self.erp.seed(
            (item.sku, item.name, item.ean, item.price, item.quantity + 30)
            for item in generate_catalogue(PRODUCTS, SEED)
        )
        self.life = Life(self.erp.shop, profile.clock, zone, seed=SEED)
        self._rng = random.Random(SEED)

    def live(self) -> None:
        """A little time passes: the counter sells, prices change, notes are written, customers buy."""
        self.life.tick()
        for _ in range(self._rng.randrange(3)):
            self.hub.sell(self._rng.randrange(1_000_000))

    def differences(self) -> list[dict[str, Any]]:
        """SKUs whose stock or price at the hub isn't what the ERP and the open orders say, looked at from outside."""
        held: dict[str, int] = {}
        for order in self.hub.rows("orders"):
            waits = order["status"] in ("approved", *COMMITTING_HUB_STATUSES)
            if waits and order.get("delivery_type") != "fulfillment":
                for item in cast("list[dict[str, Any]]", order["items"]):
                    variation = cast("dict[str, Any]", item.get("variation") or {})
                    sku = str(variation.get("sku") or item["sku"])
                    held[sku] = held.get(sku, 0) + int(item["quantity"])
        wanted = self._erp_values()
        found: list[dict[str, Any]] = []
        for entry in self.hub.rows("skus"):
            sku = str(entry["sku"])
            if sku not in wanted:
                continue
            balance, price = wanted[sku]
            stock = max(0, int(balance) - held.get(sku, 0))
            shown = Decimal(str(entry["price"])).quantize(Decimal("0.01"))
            if entry["quantity"] != stock or shown != price:
                found.append(
                    {"sku": sku, "stock": stock, "hub_stock": entry["quantity"], "price": price, "hub_price": shown}
                )
        return found

    def _erp_values(self) -> dict[str, tuple[Decimal, Decimal]]:
        values: dict[str, tuple[Decimal, Decimal]] = {}
        for chunk in self.erp.read_items().chunks():
            for row in chunk:
                values[str(row[0])] = (Decimal(str(row[1])), Decimal(str(row[2])))
        return values


@contextmanager
def living(shop: DemoShop) -> Generator[None]:
    """The shop lives in a thread of its own while the program runs."""
    ending = threading.Event()

    def live() -> None:
        while not ending.wait(_TICK_S):
            try:
                shop.live()
            except (ErpAway, requests.RequestException):
                continue  # the next moment will do: nobody waits for a made-up customer

    thread = threading.Thread(target=live, name="demo-life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(10)
