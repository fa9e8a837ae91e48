"""Thirty days in virtual time with faults at random from a printed seed; invariants after each cycle, figures flat."""

from __future__ import annotations

import contextlib
import gc
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil

from otimo_tray.errors import OtimoError
from tests.faults.breaks import BreakingErp, Countdown, DatabaseBreak
from tests.faults.rows import Row
from tests.faults.shop import CODES, FaultShop, fault_shop

CYCLE_S = 3_600.0
"""Virtual seconds between two cycles: a twelfth of the usual pace, so that a month fits into minutes."""
_KINDS = ("drop", "lost_answer", "500", "503", "429", "truncate", "html", "empty", "401")
_KEEP_DAYS = 3
"""Retention: short, so that a month shows whether the database stays small."""
_GROWTH = 1.35
"""What counts as flat: the last days against the first settled ones."""

_SOME = 10
"""Connections come and go: so many files and threads more are no leak; a leak of a month is hundreds."""
_SETTLES_DAYS = 12
"""Shorter runs say nothing about growth: the first days only fill up."""


@dataclass(slots=True)
class Figures:
    """What the process holds at one moment."""

    memory: int
    files: int
    threads: int
    database: int

    @classmethod
    def now(cls, shop: FaultShop) -> Figures:
        gc.collect()
        me = psutil.Process()
        count: Callable[[], int] = getattr(me, "num_handles" if sys.platform == "win32" else "num_fds")
        files = count()
        with closing(sqlite3.connect(shop.folder / "state.db")) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            free = connection.execute("PRAGMA freelist_count").fetchone()[0]
        return cls(me.memory_info().rss, files, threading.active_count(), (pages - free) * 4096)


class _People:
    """Both sides' people, by a seed. An order lives three days: sold, invoiced, its code typed, delivered."""

    def __init__(self, shop: FaultShop, rng: random.Random) -> None:
        self.shop, self.rng = shop, rng
        self.open: list[tuple[str, int]] = []
        self.codes = 0
        self.cancelled_in = -1

    def act(self, cycle: int) -> None:
        shop, rng = self.shop, self.rng
        if rng.random() < 0.4:
            code = rng.choice(CODES)
            shop.set_balance(code, rng.randrange(1_000, 9_000))
        if rng.random() < 0.2:
            shop.set_price(rng.choice(CODES), Decimal(rng.randrange(900, 1_300)) / 100)
        if rng.random() < 0.25:
            self.open.append((shop.sell(rng.choice(CODES), rng.randrange(1, 4)), cycle))
        held = set(shop.counter.orders())
        for hub_id, since in list(self.open):
            age = cycle - since
            if age > 3 and hub_id in held and hub_id not in shop.invoiced:
                if rng.random() < 0.06:
                    shop.cancel(hub_id)
                    self.cancelled_in = cycle
                    self.open.remove((hub_id, since))
                    continue
                shop.invoice(hub_id)
            elif age > 6 and hub_id in shop.invoiced:
                self.codes += 1
                shop.type_code(hub_id, f"OT{self.codes:07d}BR")
                self.open.remove((hub_id, since))


def run(days: float, seed: int, *, until: float = 0.0) -> Row:
    """Runs `days` virtual days (fewer when `until`, a monotonic moment, comes first)."""
    row = Row(f"soak: {days:g} virtual days", seed=seed)
    started = time.monotonic()
    rng = random.Random(seed)
    countdown, database = Countdown(), DatabaseBreak()
    with (
        tempfile.TemporaryDirectory(prefix="otimo-soak-") as folder,
        fault_shop(Path(folder), wrap=lambda erp: BreakingErp(erp, countdown, "after")) as shop,
    ):
        shop.settings = replace(shop.settings, retention_days=_KEEP_DAYS)
        shop.run()
        database.attach(shop)
        people = _People(shop, rng)
        first: Figures | None = None
        broken_before = False
        total = int(days * 86_400 / CYCLE_S)
        for cycle in range(total):
            if until and time.monotonic() > until:
                row.what = f"soak: {cycle * CYCLE_S / 86_400:.0f} of {days:g} virtual days"
                break
            people.act(cycle)
            shop.clock.advance(120)  # an invoice counts as booked a little after its emission
            broken = rng.random() < 0.3 and cycle < total - 8
            if broken:
                _break_something(shop, rng, countdown, database)
            with contextlib.suppress(OtimoError):
                shop.run()
            _mend(shop, countdown, database)
            if rng.random() < 0.02:
                shop.restart()
            shop.clock.advance(CYCLE_S - 120)
            lost, twice = shop.disagreements()
            # What a fault of this cycle or the one before delayed may still be on its way, and a cancelled order's
            # units count again only in the balance read after that; nothing may ever be there twice.
            delayed = broken or broken_before or people.cancelled_in in (cycle, cycle - 1)
            row.add([] if delayed else lost, twice, f"cycle {cycle}")
            row.tried += 1
            broken_before = broken
            if len(row.told) > 20:
                break
            if cycle == total // 2 and days >= _SETTLES_DAYS:
                first = Figures.now(shop)
        if first is not None and row.tried == total:
            row.add(_grown(first, Figures.now(shop)))
    row.seconds = time.monotonic() - started
    return row


def _break_something(shop: FaultShop, rng: random.Random, countdown: Countdown, database: DatabaseBreak) -> None:
    kind = rng.choice(("hub", "hub", "hub", "erp", "database", "keyring"))
    if kind == "hub":
        rule: dict[str, Any] = {"kind": rng.choice(_KINDS), "probability": rng.choice((0.1, 0.5, 1.0))}
        if rule["kind"] == "429" and rng.random() < 0.5:
            rule["retry_after"] = "90"
        shop.call("POST", "faults", {"rules": [rule | {"seed": rng.randrange(1_000)}], "add": False})
    elif kind == "erp":
        countdown.arm(rng.randrange(1, 8))
    elif kind == "database":
        database.arm(rng.randrange(1, 120))
    else:
        shop.secrets.away = True


def _mend(shop: FaultShop, countdown: Countdown, database: DatabaseBreak) -> None:
    shop.call("POST", "faults", {"rules": [], "add": False})
    countdown.disarm()
    database.disarm()
    shop.secrets.away = False
    shop.secrets.log.clear()


def _grown(first: Figures, last: Figures) -> list[str]:
    """What isn't flat."""
    grown: list[str] = []
    if last.memory > first.memory * _GROWTH:
        grown.append(f"memory grew from {first.memory >> 20} to {last.memory >> 20} MiB")
    if last.files > first.files + _SOME:
        grown.append(f"open files grew from {first.files} to {last.files}")
    if last.threads > first.threads + _SOME:
        grown.append(f"threads grew from {first.threads} to {last.threads}")
    if last.database > first.database * _GROWTH:
        grown.append(f"the database grew from {first.database >> 10} to {last.database >> 10} KiB")
    return grown
