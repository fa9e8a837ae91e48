"""A small shop in one process whose parts can be made to fail, with the demo ERP or an exchange folder.

Time is virtual, the hub answers on loopback, and what people do on both sides is written down here independently of
the program: `disagreements` compares both sides with that.
"""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

import requests

from otimo_tray.demo.erp import DemoErp
from otimo_tray.demo.simulator import Simulator
from otimo_tray.domain.settings import ErpSettings, GuardSettings, HubSettings, Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.domain.tracking import CORREIOS
from otimo_tray.erp.folder import open_folder_erp
from otimo_tray.pluggto.client import PluggtoHub
from otimo_tray.ports import Erp
from otimo_tray.store import StateStore, open_store
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.decisions import type_tracking
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.flows import Flows
from tests.process.invoices import CNPJ, check_digit
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

CODES = tuple(f"{number:06d}" for number in range(1, 10))
START_BALANCE = 5_000
_OPEN = ("pending", "partial_payment", "under_review", "approved")
_CENT = Decimal("0.01")


class Counter(Protocol):
    """What people do at the ERP, and what is in it."""

    erp: Erp

    def set_balance(self, code: str, balance: int) -> None: ...
    def set_price(self, code: str, price: Decimal) -> None: ...
    def invoice(self, hub_id: str) -> str:
        """Writes the order's NF-e, books its goods out; answers the key."""
        ...

    def orders(self) -> list[str]:
        """Hub ids of the orders the ERP holds, one entry for each time it has it."""
        ...

    def export(self) -> None:
        """Writes the picture of stock and prices anew, as an ERP does every few minutes."""
        ...


class DemoCounter:
    """The demo ERP."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self._demo = DemoErp(folder / "erp.db", clock)
        self._demo.seed((code, f"Peça {code}", "", Decimal(10), START_BALANCE) for code in CODES)
        self.erp: Erp = self._demo

    def set_balance(self, code: str, balance: int) -> None:
        self._demo.shop.set_balance(code, balance)

    def set_price(self, code: str, price: Decimal) -> None:
        self._demo.shop.set_price(code, price)

    def invoice(self, hub_id: str) -> str:
        return self._demo.shop.invoice_order(hub_id)

    def export(self) -> None:
        """Its view is always the present."""

    def orders(self) -> list[str]:
        with self._demo.shop.database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT hub_id FROM sales_order")]


class FolderCounter:
    """An exchange folder whose ERP picks the order files up at once."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder = folder / "pasta"
        self.folder.mkdir()
        self._clock = clock
        self._rows = {code: (START_BALANCE, Decimal(10)) for code in CODES}
        self._taken: list[dict[str, Any]] = []
        self._note = 0
        self._write()
        self.erp: Erp = open_folder_erp(
            ErpSettings(kind="folder", folder=str(self.folder)),
            ZoneInfo("America/Sao_Paulo"),
            clock,
            folder / "cache",
            pause=clock.advance,
        )

    def set_balance(self, code: str, balance: int) -> None:
        self._rows[code] = (balance, self._rows[code][1])
        self._write()

    def set_price(self, code: str, price: Decimal) -> None:
        self._rows[code] = (self._rows[code][0], price)
        self._write()

    def export(self) -> None:
        self._write()

    def _write(self) -> None:
        lines = ["codigo;descricao;saldo;preco"]
        lines += [f"{code};Peça {code};{units};{f'{price:.2f}'.replace('.', ',')}" for code, (units, price) in
                  self._rows.items()]  # fmt: skip
        file = self.folder / "estoque.csv"
        file.with_suffix(".tmp").write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
        self._settle(file.with_suffix(".tmp"))
        file.with_suffix(".tmp").replace(file)

    def _settle(self, file: Path) -> None:
        self._clock.advance(3)
        moment = self._clock.now().timestamp() - 2
        os.utime(file, (moment, moment))

    def _take(self) -> None:
        for file in sorted((self.folder / "pedidos").glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream, delimiter=";"))
            self._taken.append({"id": rows[0]["id_pluggto"], "rows": rows})
            file.unlink()

    def orders(self) -> list[str]:
        self._take()
        return [cast(str, entry["id"]) for entry in self._taken]

    def invoice(self, hub_id: str) -> str:
        self._take()
        rows = next(entry["rows"] for entry in self._taken if entry["id"] == hub_id)
        self._note += 1
        issued = self._clock.now().astimezone(timezone(timedelta(hours=-3)))
        body = f"35{issued:%y%m}{CNPJ}55001{self._note:09d}1{self._note:08d}"
        key = body + check_digit(body)
        notes = self.folder / "notas"
        notes.mkdir(exist_ok=True)
        file = notes / f"notas{self._note}.csv"
        moment = f"{issued:%d/%m/%Y %H:%M:%S}"
        file.write_text(f"pedido;numero;serie;data;chave\n{hub_id};{self._note};1;{moment};{key}\n", "utf-8")
        for row in rows:
            units, price = self._rows[row["codigo"].lstrip("'")]
            self._rows[row["codigo"].lstrip("'")] = (units - int(row["quantidade"]), price)
        self._settle(file)
        self._write()
        return key


@dataclass
class FaultShop:
    """Attributes:
    store, flows, hub: made anew by `restart`. open_state: how the state database is opened; a breaker wraps it.
    balances, prices, invoiced, typed: what people did, the measure of `disagreements`.
    """

    folder: Path
    simulator: Simulator
    clock: FakeClock
    counter: Counter
    erp: Erp
    secrets: MemorySecrets
    settings: Settings
    store: StateStore
    flows: Flows
    hub: PluggtoHub
    opened: Callable[[StateStore], None] = lambda _: None
    prices: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(CODES, Decimal(10)))
    balances: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES, START_BALANCE))
    sold: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    cancelled: set[str] = field(default_factory=set[str])
    invoiced: dict[str, str] = field(default_factory=dict[str, str])
    typed: dict[str, str] = field(default_factory=dict[str, str])

    # --- the program -------------------------------------------------------------------------------------------------

    def run(self, *flows: Flow) -> dict[Flow, FlowReport]:
        """One run as `sync --once` does it, in the program as it runs now."""
        context = FlowContext(self.store, self.hub, self.erp, self.settings, self.clock, stop=threading.Event())
        self.clock.advance(1)
        return {report.flow: report for report in self.flows.run_once(context, flows or ALL_FLOWS)}

    def restart(self) -> None:
        """The program ends and starts again; what it had in memory is gone."""
        self.flows.close()
        self.store.close()
        self.hub.close()
        self.hub = PluggtoHub(self.settings.hub, self.secrets, self.clock)
        self.store = open_store(self.folder / "state.db", self.clock)
        self.opened(self.store)
        self.flows = Flows(Board(self.clock, self.settings), self.settings.hub.connections)

    # --- people ------------------------------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The hub's back door."""
        answer = requests.request(method, f"{self.simulator.address}/_sim/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def set_balance(self, code: str, balance: int) -> None:
        self.counter.set_balance(code, balance)
        self.balances[code] = balance

    def set_price(self, code: str, price: Decimal) -> None:
        self.counter.set_price(code, price)
        self.prices[code] = price

    def sell(self, sku: str, quantity: int = 1) -> str:
        body = {"sku": sku, "quantity": quantity, "status": "approved", "force": True}
        hub_id = str(self.call("POST", "sell", body)["Order"]["id"])
        self.sold[hub_id] = {sku: quantity}
        return hub_id

    def cancel(self, hub_id: str) -> None:
        self.call("POST", "cancel", {"id": hub_id})
        self.cancelled.add(hub_id)

    def invoice(self, hub_id: str) -> None:
        self.invoiced[hub_id] = self.counter.invoice(hub_id)
        for code, units in self.sold[hub_id].items():
            self.balances[code] -= units

    def type_code(self, hub_id: str, code: str) -> bool:
        """Types a code as the window does; True when the program took it."""
        row, _ = type_tracking(self.store, hub_id, code, CORREIOS, self.clock.now(), accept_warnings=True)
        if row is None:
            return False
        self.typed[hub_id] = code
        return True

    # --- both sides compared -----------------------------------------------------------------------------------------

    def disagreements(self) -> tuple[list[str], list[str]]:
        """(what is missing or wrong, what is there twice)."""
        lost, twice = self._values(), list[str]()
        orders = {row["id"]: row for row in cast("list[Any]", self.call("GET", "orders")["orders"])}
        held = self.counter.orders()
        for hub_id in self.sold:
            times = held.count(hub_id)
            if times > 1:
                twice.append(f"order {hub_id} is in the ERP {times} times")
            if times == 0 and hub_id not in self.cancelled:
                lost.append(f"order {hub_id} isn't in the ERP")
        for hub_id, key in self.invoiced.items():
            keys = [entry["nfe_key"] for entry in orders[hub_id]["shipments"]]
            if key not in keys or orders[hub_id]["status"] not in ("invoiced", "shipping_informed"):
                lost.append(f"invoice of {hub_id}: {orders[hub_id]['status']}, {keys}")
        for hub_id, code in self.typed.items():
            if code not in [entry["track_code"] for entry in orders[hub_id]["shipments"]]:
                lost.append(f"code {code} of {hub_id} isn't at the hub")
        for hub_id, order in orders.items():
            if len(order["shipments"]) > 1:
                twice.append(f"order {hub_id} has {len(order['shipments'])} shipments")
        return lost, twice

    def _values(self) -> list[str]:
        wrong: list[str] = []
        held = dict.fromkeys(CODES, 0)
        for hub_id, lines in self.sold.items():
            if hub_id not in self.cancelled and hub_id not in self.invoiced:
                for code, units in lines.items():
                    held[code] += units
        rows = {row["sku"]: row for row in cast("list[Any]", self.call("GET", "skus")["skus"])}
        for code in CODES:
            wanted = max(0, self.balances[code] - held[code])
            if rows[code]["quantity"] != wanted:
                wrong.append(f"stock of {code} is {rows[code]['quantity']}, should be {wanted}")
            wrong += [
                f"{name} of {code} is {rows[code][name]}, should be {self.prices[code]}"
                for name in ("price", "special_price")
                if Decimal(str(rows[code][name])).quantize(_CENT) != self.prices[code].quantize(_CENT)
            ]
        return wrong


@contextmanager
def fault_shop(
    folder: Path,
    *,
    kind: str = "demo",
    secrets: Callable[[dict[str, str]], MemorySecrets] = MemorySecrets,
    wrap: Callable[[Erp], Erp] = lambda erp: erp,
) -> Generator[FaultShop]:
    """Nine products, the same in ERP and hub, nothing sent yet. `kind`: demo or folder."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = FakeClock()
    with Simulator(products=len(CODES), orders=0, wall=lambda: clock.now().timestamp()) as simulator:
        given = simulator.credentials
        names = ("client_id", "client_secret", "username", "password")
        kept = secrets({f"hub.{name}": str(getattr(given, name)) for name in names})
        hub_settings = HubSettings(base_url=simulator.address, connect_timeout_s=5, read_timeout_s=5)
        settings = Settings(hub=hub_settings, approve_first_sync=True, first_orders="import")
        settings = replace(settings, guards=GuardSettings(price_move_percent=1_000, changes_percent=100))
        counter: Counter = DemoCounter(folder, clock) if kind == "demo" else FolderCounter(folder, clock)
        store = open_store(folder / "state.db", clock)
        flows = Flows(Board(clock, settings), hub_settings.connections)
        hub = PluggtoHub(hub_settings, kept, clock)
        shop = FaultShop(folder, simulator, clock, counter, wrap(counter.erp), kept, settings, store, flows, hub)
        try:
            yield shop
        finally:
            shop.flows.close()
            shop.store.close()
            shop.hub.close()
            shop.counter.erp.close()
