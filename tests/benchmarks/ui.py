"""How long the window makes a person wait while everything happens at once: 60 seconds with the De/Para open.

In them: the hub's catalogue of 100,000 SKUs is read, then the ERP's 100,000 rows, the difference is worked out, changed
values go to a hub that takes 400 ms for each call, and an XLSX of 50,000 rows is read, previewed and applied, while
somebody types into the search. The window and the engine are one process (`ui_inside`), as in the shipped tray.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.sheets.writing import Column, write_sheet
from tests.benchmarks.processes import make_profile
from tests.benchmarks.shop import BenchShop, check

SECONDS = 60.0
LATENCY_S = 0.4
CHANGED = 3_000
SHEET_ROWS = 50_000
LEAST_KEYS = 100
LEAST_PUTS = 50
_LONGEST_S = 240.0


@dataclass
class UiFigures:
    """Milliseconds: the longest time the event loop was blocked (`queued_ms` of it because other processes had all
    processors), and the longest from a key to its painted result."""

    stall_ms_max: float
    search_ms_max: float
    queued_ms: float


def measure(shop: BenchShop, seed: int, say: Callable[[str], None], *, watch: bool = False) -> UiFigures:
    """Raises CheckError when something of what the 60 seconds are to span didn't happen."""
    shop.first_cycles()
    paths = make_profile(shop)
    state = paths.state
    shop.close()
    state.parent.mkdir(parents=True, exist_ok=True)
    shop.state.replace(state)
    prepare(shop, seed)
    return run(shop, paths, say, watch=watch)


def prepare(shop: BenchShop, seed: int) -> None:
    """Changes the ERP and writes the sheet."""
    chance = random.Random(f"ui {seed}")
    codes = chance.sample(sorted(shop.rows), CHANGED)
    shop.clock.set_wall(datetime.now(UTC) - timedelta(seconds=20))
    shop.change({code: (code, str(int(str(shop.rows[code][1])) + 1), *shop.rows[code][2:]) for code in codes})
    # Half of the sheet's SKUs get another code, half stay as they are.
    skus = sorted(shop.rows)[:SHEET_ROWS]
    lines = ((sku, skus[(place + 1) % SHEET_ROWS] if place % 2 else sku, 1) for place, sku in enumerate(skus))
    titles = (Column("SKU Plugg.to", 24), Column("Código no ERP", 20), Column("Qtd. por SKU", 13, "number"))
    write_sheet(sheet_of(shop), "De-Para", titles, lines)


def sheet_of(shop: BenchShop) -> Path:
    return shop.folder / "de-para.xlsx"


def run(shop: BenchShop, paths: ProfilePaths, say: Callable[[str], None], *, watch: bool = False) -> UiFigures:
    """The minute itself."""
    hub = shop.hub_process
    hub.forget_requests()
    command = [sys.executable, "-m", "tests.benchmarks.ui_inside", str(paths.folder), str(sheet_of(shop)), str(SECONDS)]
    with (shop.folder / "janela.txt").open("w") as log:
        process = subprocess.Popen(
            [*command, "--watch"] if watch else command, stdout=subprocess.PIPE, stderr=log, text=True
        )
    slow = False
    deadline = time.monotonic() + _LONGEST_S
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
        if not slow and shop.puts():
            hub.post("/_sim/latency", {"seconds": LATENCY_S})
            slow = True
    process.kill()
    told = process.communicate()[0]
    report = hub.get("/_sim/requests?last=0")["calls"]
    hub.post("/_sim/latency", {"seconds": 0})
    words = (shop.folder / "janela.txt").read_text(encoding="utf-8", errors="replace")
    check(bool(told.strip()), "the window's process ended without a word", words[-2_000:])
    found = cast("dict[str, Any]", json.loads(told.strip().splitlines()[-1]))
    puts = sum(number for call, number in report.items() if call.startswith("PUT /skus/"))
    say(f"window: {found}; {puts} PUTs; calls {report}")
    if watch:
        say(words)
    check(found["searches"] >= LEAST_KEYS and not found["waiting"], "keys whose result was seen", found)
    check(puts >= LEAST_PUTS, "PUTs within the minute", puts)
    check(found["previewed"] == SHEET_ROWS and "de-para.xlsx" in found["undo"], "the sheet's import", found)
    queued = found["stalls"][0][2] if found["stalls"] else 0.0
    return UiFigures(found["stall_ms_max"], found["search_ms_max"], queued)
