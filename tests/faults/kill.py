"""The real process is killed at moments spread over a busy run and started again; afterwards both sides are compared.

The simulator is a process of its own, the ERP an exchange folder whose order files are taken away at once, as a real
one does. Every code that the command line acknowledged must be at the hub in the end.
"""

from __future__ import annotations

import csv
import random
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tests.faults.rows import Row
from tests.process.conftest import CALM
from tests.process.invoices import nfe_for
from tests.process.world import Shop, start_hub, stop_hub, units_of

PRODUCTS = 12
_BUSY = "".join(f"[{flow}]\ninterval_s = 1\n" for flow in ("stock", "price", "orders", "invoices", "tracking"))
_START_S = 0.5
"""Before that the process only loads itself; some kills go there all the same."""
_SETTLED = ("invoiced", "shipping_informed")


@dataclass
class Busy:
    """What people did on both sides, the measure of the comparison."""

    shop: Shop
    rng: random.Random
    rows: dict[str, tuple[int, int]]
    """Balance and price in cents by code."""
    sold: set[str] = field(default_factory=set[str])
    taken: Counter[str] = field(default_factory=Counter[str])
    """How many order files the ERP took, by hub id."""
    lines: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])
    keys: dict[str, str] = field(default_factory=dict[str, str])
    codes: dict[str, str] = field(default_factory=dict[str, str])

    def write(self) -> None:
        """The ERP's picture of stock and prices."""
        self.shop.write_stock(
            [(sku, str(units), f"{cents / 100:.2f}".replace(".", ",")) for sku, (units, cents) in self.rows.items()]
        )

    def act(self) -> None:
        """A moment of a busy day: a changed sheet, a sale or two, order files taken away and invoiced."""
        for sku in self.rng.sample(sorted(self.rows), 4):
            units, cents = self.rows[sku]
            self.rows[sku] = (units + self.rng.randrange(1, 4), max(500, cents + self.rng.randrange(-20, 40)))
        for _ in range(self.rng.randrange(1, 3)):
            sku = self.rng.choice(sorted(self.rows))
            order = self.shop.hub.post("/_sim/sell", {"sku": sku, "quantity": 1, "status": "approved", "force": True})
            self.sold.add(cast("dict[str, Any]", order)["Order"]["id"])
        self.take_orders()
        for hub_id in [one for one in self.lines if one not in self.keys][:2]:
            self.invoice(hub_id)
        self.write()

    def take_orders(self) -> None:
        """The ERP takes the order files away."""
        for file in sorted((self.shop.folder / "pedidos").glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream, delimiter=";"))
            file.unlink()
            self.taken[rows[0]["id_pluggto"]] += 1
            self.lines[rows[0]["id_pluggto"]] = rows

    def invoice(self, hub_id: str) -> None:
        record, xml = nfe_for(self.lines[hub_id], len(self.keys) + 1)
        notes = self.shop.folder / "notas"
        notes.mkdir(exist_ok=True)
        (notes / f"{record['key']}.xml").write_text(xml, encoding="utf-8")
        self.keys[hub_id] = record["key"]
        for row in self.lines[hub_id]:
            sku = row["codigo"].lstrip("'")
            self.rows[sku] = (self.rows[sku][0] - int(row["quantidade"]), self.rows[sku][1])

    def type_codes(self) -> None:
        """Types codes through the command line; only what it called applied counts as typed."""
        chosen = [hub_id for hub_id in self.keys if hub_id not in self.codes][:3]
        if not chosen:
            return
        codes = {hub_id: f"JAD{len(self.codes) + place:09d}" for place, hub_id in enumerate(chosen)}
        sheet = self.shop.profile.parent / "codigos.csv"
        sheet.write_text(
            "pedido;codigo;transportadora\n" + "".join(f"{h};{c};Jadlog\n" for h, c in codes.items()), "utf-8"
        )
        told = self.shop.run("tracking", "import", str(sheet), expect=None)
        rows = cast("list[dict[str, Any]]", told.get("rows", []))
        accepted = {str(row["key"]) for row in rows if told.get("applied") and row["outcome"] in ("new", "same")}
        self.codes.update({hub_id: code for hub_id, code in codes.items() if hub_id in accepted})

    # --- the comparison ----------------------------------------------------------------------------------------------

    def compare(self) -> tuple[list[str], list[str]]:
        """(lost, twice) after everything settled."""
        self.take_orders()
        orders, lost = self.shop.hub.orders(), self._values()
        twice = [f"order {hub_id} went into the ERP {times} times" for hub_id, times in self.taken.items() if times > 1]
        lost += [f"order {hub_id} isn't in the ERP" for hub_id in self.sold if not self.taken[hub_id]]
        for hub_id, key in self.keys.items():
            shipments = cast("list[dict[str, Any]]", orders[hub_id]["shipments"])
            if key not in [entry["nfe_key"] for entry in shipments] or orders[hub_id]["status"] not in _SETTLED:
                lost.append(f"invoice of {hub_id} isn't at the hub: {orders[hub_id]['status']}")
            if len(shipments) > 1:
                twice.append(f"order {hub_id} has {len(shipments)} shipments")
        for hub_id, code in self.codes.items():
            if code not in [entry["track_code"] for entry in orders[hub_id]["shipments"]]:
                lost.append(f"typed code {code} of {hub_id} isn't at the hub")
        return lost, twice

    def _values(self) -> list[str]:
        held: Counter[str] = Counter()
        for hub_id, order in self.shop.hub.orders().items():
            if hub_id in self.sold and hub_id not in self.keys:
                held.update(units_of(order))
        wrong: list[str] = []
        for sku, entry in self.shop.hub.skus().items():
            units, cents = self.rows[sku]
            if entry["quantity"] != max(0, units - held[sku]):
                wrong.append(f"stock of {sku} is {entry['quantity']}, should be {units - held[sku]}")
            if round(float(entry["price"]) * 100) != cents:
                wrong.append(f"price of {sku} is {entry['price']}, should be {cents / 100}")
        return wrong


def run(kills: int, seed: int, *, until: float = 0.0) -> Row:
    """Kills the program `kills` times (fewer when `until`, a monotonic moment, comes first)."""
    row = Row("kill of the real process", seed=seed)
    started = time.monotonic()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="otimo-kill-") as name:
        folder = Path(name)
        hub = start_hub(folder, "--products", str(PRODUCTS), "--orders", "0", "--seed", "5")
        try:
            shop = Shop(hub, folder / "perfil", folder / "pasta")
            shop.folder.mkdir()
            busy = Busy(shop, rng, dict.fromkeys(sorted(hub.skus()), (500, 9_990)))
            busy.write()
            shop.setup(CALM + _BUSY)
            shop.run("sync", "--once", expect=None)
            for number in range(kills):
                if until and time.monotonic() > until:
                    break
                busy.act()
                _kill_one(shop, rng)
                row.tried += 1
                if number % 4 == 3:
                    busy.type_codes()
            _settle(busy)
            row.add(*busy.compare())
        finally:
            stop_hub(hub)
    row.seconds = time.monotonic() - started
    return row


def run_both(kills: int, seed: int, *, until: float = 0.0) -> Row:
    """Two shops at once: most of a kill is waiting for a process to start. The second one's seed is one more."""
    with ThreadPoolExecutor(2) as pool:
        halves = (kills // 2, kills - kills // 2)
        jobs = [pool.submit(run, part, seed + place, until=until) for place, part in enumerate(halves)]
        rows = [job.result() for job in jobs]
    both = Row(rows[0].what, seed=seed, seconds=max(row.seconds for row in rows))
    for row in rows:
        both.tried, both.lost, both.twice = both.tried + row.tried, both.lost + row.lost, both.twice + row.twice
        both.told += [f"seed {row.seed}: {line}" for line in row.told]
    return both


def _kill_one(shop: Shop, rng: random.Random) -> None:
    """Starts the program and kills it at a moment of its work; some moments fall into its start."""
    process = subprocess.Popen(shop.command("run"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert process.stdout is not None
        if rng.random() < 0.9:
            process.stdout.readline()  # it says that it started
            wait = rng.random() * 0.8
        else:
            wait = rng.random() * _START_S
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()  # SIGKILL; TerminateProcess on Windows
    finally:
        process.kill()
        process.communicate()


def _settle(busy: Busy) -> None:
    """Clean runs with a fresh sheet, until a run has nothing left to do."""
    for _ in range(8):
        busy.take_orders()
        busy.write()
        time.sleep(1.5)  # an invoice's booking counts as sure a little after its emission; the sheet must be younger
        busy.write()
        busy.shop.run("sync", "--once", expect=None)
        if not any(busy.compare()):
            return
