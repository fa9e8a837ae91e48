"""A shop of 100,000 mapped SKUs whose hub and ERP agree, made from a seed through the shipped parts alone.

The hub is the simulator as a process of its own; the ERP either the demo ERP (SQLite) or an exchange folder (CSV).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

from otimo_tray.app import make_erp, make_hub
from otimo_tray.demo.erp import DemoErp
from otimo_tray.demo.simulator.catalogue import generate_catalogue
from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.settings import ErpSettings, HubSettings, Settings
from otimo_tray.ports import Erp
from otimo_tray.ports import Hub as HubPort
from otimo_tray.profile import SECRET_NAMES
from otimo_tray.store import StateStore, open_store
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.flows import VALUE_FLOWS, Flows
from tests.process.world import HEADER, Hub, start_hub, stop_hub
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets

SKUS = 100_000
PRODUCTS = 83_334
"""Every tenth product has two variations: so many products are 100,000 SKUs."""
ZONE = ZoneInfo("America/Sao_Paulo")
SELECT = "SELECT code, balance, price, promo_price, promo_from, promo_until, name, ean FROM item"

Source = Literal["sqlite", "csv"]
SOURCES: tuple[Source, ...] = ("sqlite", "csv")


class CheckError(Exception):
    """A run didn't do what it was measured for: its figure is void."""


def check(right: bool, what: str, found: object = "") -> None:
    """Raises CheckError unless `right`."""
    if not right:
        raise CheckError(f"{what}: {found}")


def evening() -> datetime:
    """Eight in the evening two days ago at the shop: a promotion of that day ends four hours later, and every process
    that takes a profile over later sees only younger readings."""
    day = datetime.now(ZONE).date() - timedelta(days=2)
    return datetime.combine(day, time_of_day(20), ZONE).astimezone(ZoneInfo("UTC"))


def raw_rows(seed: int, today: str) -> dict[str, RawRow]:
    """The ERP's rows by code, equal to what a simulator of the same seed offers. Every promotion but the first has no
    end; the first one's last day is `today`."""
    rows: dict[str, RawRow] = {}
    until: str | None = today
    for item in generate_catalogue(PRODUCTS, seed):
        promotion = f"{item.special_price:.2f}" if item.special_price != item.price else None
        end = until if promotion else None
        rows[item.sku] = (
            item.sku, str(item.quantity), f"{item.price:.2f}", promotion, None, end, item.name, item.ean,
        )  # fmt: skip
        if end:
            until = None
    return rows


@dataclass
class Ground:
    """What all shops of one run are copied from: the hub's file and the ERP's rows."""

    folder: Path
    rows: dict[str, RawRow]
    start: datetime

    @classmethod
    def make(cls, folder: Path, seed: int) -> Ground:
        """Makes the hub's catalogue; raises CheckError when it isn't the ERP's."""
        start = evening()
        rows = raw_rows(seed, start.astimezone(ZONE).date().isoformat())
        hub = start_hub(folder, "--products", str(PRODUCTS), "--orders", "0", "--seed", str(seed))
        stop_hub(hub)
        check(len(rows) == SKUS, "SKUs made", len(rows))
        return cls(folder, rows, start)


@dataclass
class BenchShop:
    """One shop: its hub's process, its ERP, its state. `open` makes what a start of the program makes."""

    source: Source
    folder: Path
    hub_process: Hub
    rows: dict[str, RawRow]
    clock: FakeClock
    secrets: MemorySecrets
    settings: Settings
    writes: int = 0
    opened: Parts | None = None
    other: dict[str, RawRow] = field(default_factory=dict[str, RawRow])

    @property
    def sheet(self) -> Path:
        return self.folder / "troca" / "estoque.csv"

    @property
    def erp_file(self) -> Path:
        return self.folder / "erp.db"

    @property
    def state(self) -> Path:
        return self.folder / "state.db"

    # --- the ERP -----------------------------------------------------------------------------------------------------

    def change(self, rows: Mapping[str, RawRow]) -> None:
        """Changes rows of the ERP."""
        self.rows.update(rows)
        if self.source == "csv":
            self.write_sheet()
            return
        connection = sqlite3.connect(self.erp_file)
        with connection:
            connection.executemany(
                "UPDATE item SET balance = ?, price = ?, promo_price = ?, promo_until = ? WHERE code = ?",
                [(row[1], row[2], row[3], row[5], code) for code, row in rows.items()],
            )
        connection.close()

    def write_sheet(self, *, same_bytes: bool = False) -> None:
        """Writes the sheet anew: later than the last one, and other bytes (blank lines at its end) unless told."""
        self.writes += 0 if same_bytes else 1
        lines = [HEADER]
        for code, balance, price, promotion, since, until, name, ean in self.rows.values():
            money = (f"{price or ''};{promotion or ''}").replace(".", ",")
            lines.append(f"{code};{name};{ean};{balance};{money};{since or ''};{until or ''}")
        text = "\r\n".join(lines) + "\r\n" * (1 + self.writes)
        temporary = self.sheet.with_name("novo.tmp")
        temporary.write_bytes(text.encode("cp1252"))
        self.clock.advance(10)
        moment = int((self.clock.now().timestamp() - 5) * 1_000_000_000)
        os.utime(temporary, ns=(moment, moment))
        temporary.replace(self.sheet)

    # --- the program -------------------------------------------------------------------------------------------------

    def open(self) -> Parts:
        """Fresh store, flows, ERP and hub: what a start of the program makes."""
        self.close()
        store = open_store(self.state, self.clock)
        hub = make_hub(self.settings.hub, self.secrets, self.clock)
        erp = make_erp(self.settings, self.secrets, self.clock, self.folder / "cache")
        flows = Flows(Board(self.clock, self.settings), self.settings.hub.connections)
        self.opened = Parts(store, hub, erp, flows)
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def cycle(self) -> list[FlowReport]:
        """One cycle of stock and price. Raises CheckError when it says that it went wrong."""
        parts = self.opened or self.open()
        context = FlowContext(parts.store, parts.hub, parts.erp, self.settings, self.clock, stop=threading.Event())
        reports = parts.flows.run_values(context, VALUE_FLOWS)
        for report in reports:
            check(report.ok, f"{self.source}: cycle of {report.flow}", (report.code, report.params, report.counts))
        return reports

    def first_cycles(self) -> None:
        """Reads catalogue and ERP, matches equal codes, computes all SKUs; nothing may have to be sent."""
        self.cycle()
        parts = self.opened
        assert parts is not None
        counts = parts.store.catalogue.counts()
        check(counts["mapped"] == SKUS and not counts["unmapped"], "SKUs mapped", counts)
        self.cycle()
        puts = self.puts()
        check(not puts, "PUTs while hub and ERP agree", puts)

    # --- the hub -----------------------------------------------------------------------------------------------------

    def puts(self) -> int:
        """PUTs of SKUs that the hub saw since they were last forgotten."""
        made = self.hub_process.requests_made()
        return sum(number for call, number in made.items() if call.startswith("PUT /skus/"))

    def hub_values(self) -> dict[str, tuple[int, Decimal, Decimal]]:
        """Quantity, price and special price of every SKU, read over plain HTTP."""
        return {
            sku: (
                int(entry["quantity"]),
                Decimal(str(entry["price"])).quantize(Decimal("0.01")),
                Decimal(str(entry["special_price"])).quantize(Decimal("0.01")),
            )
            for sku, entry in self.hub_process.skus().items()
        }

    def end(self) -> None:
        """Stops the hub and closes the program."""
        self.close()
        stop_hub(self.hub_process)


@dataclass
class Parts:
    """The program's parts, open."""

    store: StateStore
    hub: HubPort
    erp: Erp
    flows: Flows

    def close(self) -> None:
        self.flows.close()
        self.hub.close()
        self.erp.close()
        self.store.close()


def make_shop(ground: Ground, source: Source, name: str) -> BenchShop:
    """A shop with an ERP of its own, a copy of the ground's hub, and an empty state."""
    folder = ground.folder / name
    (folder / "troca").mkdir(parents=True)
    shutil.copy(ground.folder / "hub.db", folder / "hub.db")
    hub = start_hub(folder)
    line = cast("dict[str, str]", json.loads(hub.first_line))
    secrets = MemorySecrets({f"hub.{one}": line[one] for one in SECRET_NAMES})
    clock = FakeClock(ground.start)
    erp = ErpSettings(kind="demo", demo_data=str(folder / "erp.db"))
    if source == "csv":
        erp = ErpSettings(kind="folder", folder=str(folder / "troca"))
    settings = replace(
        Settings(), hub=HubSettings(base_url=hub.address), erp=erp, approve_first_sync=True, first_orders="ignore"
    )
    shop = BenchShop(source, folder, hub, dict(ground.rows), clock, secrets, settings)
    if source == "csv":
        shop.write_sheet()
    else:
        DemoErp(shop.erp_file, clock).seed(_seeds(shop.rows))
        shop.change({code: row for code, row in shop.rows.items() if row[3] is not None})
    return shop


def _seeds(rows: Mapping[str, RawRow]) -> Iterator[tuple[str, str, str, Decimal, int]]:
    for code, balance, price, _, _, _, name, ean in rows.values():
        yield str(code), str(name), str(ean), Decimal(str(price)), int(str(balance))


def median(values: Sequence[float]) -> float:
    """The middle one of an odd number of values."""
    return sorted(values)[len(values) // 2]


class Stopwatch:
    """Seconds of the block it is around."""

    seconds = 0.0

    def __enter__(self) -> Stopwatch:
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._start
