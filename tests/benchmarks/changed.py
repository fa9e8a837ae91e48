"""2,000 changed SKUs against a hub that takes 50 ms for each call, beside the field's usual way of sending them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from urllib.parse import quote

import requests

from otimo_tray.domain.catalogue import RawRow
from tests.benchmarks.shop import SKUS, BenchShop, Stopwatch, check

CHANGED = 2_000
LATENCY_S = 0.05
CONNECTIONS = 5
SAMPLE = 200
"""SKUs sent in the usual way, each by a GET and a PUT; the time is linear in their number."""
_IDEAL_S = LATENCY_S / CONNECTIONS
"""What a PUT costs at least."""
_CENT = Decimal("0.01")


@dataclass
class Changed:
    """`ratio`: seconds of the cycle by PUTs × 50 ms / 5. `cycle_s` is the whole cycle, the ERP's read included."""

    ratio: float
    puts: int
    cycle_s: float


def measure(shop: BenchShop, seed: int, say: Callable[[str], None]) -> Changed:
    """Raises CheckError when a PUT was missing or one too many, a value isn't at the hub, or not five connections."""
    shop.first_cycles()
    expected = _change(shop, seed)
    shop.hub_process.post("/_sim/latency", {"seconds": LATENCY_S})
    shop.hub_process.forget_requests()
    with Stopwatch() as cycle:
        shop.cycle()
    report = shop.hub_process.get("/_sim/requests?last=0")
    puts = shop.puts()
    check(puts == expected, f"{shop.source}: PUTs", f"{puts} instead of {expected}")
    # The daily round over the hub's real values takes its own few reads after the sending (sync/reconcile.py).
    reads = sum(number for call, number in report["calls"].items() if call == "GET /skus/{sku}")
    check(report["total"] == puts + reads, f"{shop.source}: calls besides PUTs and the daily round", report["calls"])
    check(reads <= 200, f"{shop.source}: reads of the daily round", reads)
    lines = report["connections"]
    check(lines["calls_at_once_peak"] == CONNECTIONS, f"{shop.source}: calls at once", lines)
    # One of those open is the one that asks for the count.
    check(lines["open"] - 1 == CONNECTIONS == lines["peak"] - 1, f"{shop.source}: connections", lines)
    shop.hub_process.post("/_sim/latency", {"seconds": 0})
    _compare(shop)
    ratio = cycle.seconds / (puts * _IDEAL_S)
    say(f"{shop.source}: {puts} PUTs in {cycle.seconds:.2f} s, {ratio:.3f}")
    return Changed(ratio, puts, cycle.seconds)


def _change(shop: BenchShop, seed: int) -> int:
    """Changes the stock of half of the SKUs, the price of a quarter, both of a quarter; answers how many values."""
    codes = random.Random(seed).sample(sorted(shop.rows), CHANGED)
    rows: dict[str, RawRow] = {}
    values = 0
    for place, code in enumerate(codes):
        row = list(shop.rows[code])
        if place % 4 != 0:
            row[1] = str(int(str(row[1])) + 1)
            values += 1
        if place % 4 < 2:
            row[2] = str((Decimal(str(row[2])) * Decimal("1.05")).quantize(_CENT))
            values += 1
        rows[code] = tuple(row)
    shop.change(rows)
    return values


def _compare(shop: BenchShop) -> None:
    """Every SKU of the hub against the ERP's row."""
    hub = shop.hub_values()
    check(len(hub) == SKUS, "SKUs at the hub", len(hub))
    for code, row in shop.rows.items():
        price = Decimal(str(row[2]))
        wanted = int(str(row[1])), price, price if row[3] is None else Decimal(row[3])
        check(hub[code] == wanted, f"{shop.source}: {code} at the hub", (hub[code], wanted))


def usual_way(shop: BenchShop, seed: int, say: Callable[[str], None]) -> float:
    """For each SKU a GET, then a PUT, one after the other; its time for a SKU by what a PUT costs at least."""
    hub = shop.hub_process
    line = cast("dict[str, str]", json.loads(hub.first_line))
    form = {name: line[name] for name in ("client_id", "client_secret", "username", "password")}
    with requests.Session() as session:
        answer = session.post(f"{hub.address}/oauth/token", data={"grant_type": "password", **form}, timeout=60)
        answer.raise_for_status()
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        hub.post("/_sim/latency", {"seconds": LATENCY_S})
        skus = random.Random(f"usual {seed}").sample(sorted(shop.rows), SAMPLE)
        hub.forget_requests()
        with Stopwatch() as spent:
            for sku in skus:
                address = f"{hub.address}/skus/{quote(sku, safe='')}"
                read = session.get(address, timeout=60)
                read.raise_for_status()
                quantity = int(read.json()["Product"]["quantity"]) + 1
                body = {"action": "update", "quantity": quantity}
                session.put(f"{address}/stock", json=body, timeout=60).raise_for_status()
        puts = shop.puts()
        hub.post("/_sim/latency", {"seconds": 0})
    check(puts == SAMPLE, "PUTs of the usual way", puts)
    ratio = spent.seconds / SAMPLE / _IDEAL_S
    say(f"usual way: {SAMPLE} SKUs in {spent.seconds:.2f} s, {ratio:.2f}")
    return ratio
