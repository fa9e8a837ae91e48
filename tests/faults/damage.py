"""The state database flipped, cut, emptied, on a full disk: found, put aside, brought back; both sides agree again."""

from __future__ import annotations

import contextlib
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from otimo_tray.errors import OtimoError, StoreDamaged
from otimo_tray.store import open_store
from otimo_tray.store.rescue import rescue
from otimo_tray.sync.board import Board
from otimo_tray.sync.flows import Flows
from tests.faults.rows import Row
from tests.faults.shop import CODES, FaultShop, fault_shop
from tests.support.file_state import file_of

Damage = Callable[[Path, random.Random], None]
STEP_S = 300.0


def flip(path: Path, rng: random.Random) -> None:
    """Some flipped bits."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.randrange(20, 2_000)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def cut(path: Path, rng: random.Random) -> None:
    """The file's end is missing."""
    data = path.read_bytes()
    path.write_bytes(data[: rng.randrange(len(data) // 8, max(2, len(data) * 7 // 8))])


def blank(path: Path, rng: random.Random) -> None:
    """A stretch of zeros, as a power cut leaves it."""
    data = bytearray(path.read_bytes())
    start = rng.randrange(0, len(data) // 2)
    data[start : start + 40_000] = bytes(min(40_000, len(data) - start))
    path.write_bytes(data)


def no_copy(path: Path, rng: random.Random) -> None:
    """The database and all its copies."""
    for file in [path, *path.parent.glob("backups/*.db")]:
        cut(file, rng)


DAMAGES: dict[str, Damage] = {
    "flipped bytes": flip,
    "cut file": cut,
    "zeroed stretch": blank,
    "database and all copies damaged": no_copy,
}


def run_damage(name: str, times: int, seed: int) -> Row:
    """`lost` counts what disagrees afterwards, and typed codes that never arrived; `found` is counted as tried."""
    row = Row(f"store: {name}", seed=seed)
    started = time.monotonic()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="otimo-damage-") as folder, fault_shop(Path(folder)) as shop:
        shop.run()
        for number in range(times):
            _day(shop, rng, number)
            _reopen(shop, lambda: DAMAGES[name](shop.folder / "state.db", rng), row)
            for _ in range(2):
                shop.clock.advance(STEP_S)
                shop.run()
            row.add(*shop.disagreements(), when=f"damage {number + 1}")
    row.seconds = time.monotonic() - started
    return row


def _day(shop: FaultShop, rng: random.Random, number: int) -> None:
    """A settled state, a copy of it, and work after it: pushed values, an order handed over, a code just typed."""
    first = shop.sell(CODES[0])
    shop.run()
    shop.invoice(first)
    shop.clock.advance(days=1)
    shop.run()  # makes the day's copy
    shop.clock.advance(STEP_S)
    shop.set_balance(CODES[5], rng.randrange(10, 900))
    shop.sell(CODES[2])
    shop.run()
    shop.type_code(first, f"OT{number:07d}BR")
    shop.set_balance(CODES[5], rng.randrange(10, 900))


def _reopen(shop: FaultShop, damage: Callable[[], None], row: Row) -> None:
    """The program ends, the file is damaged, the program starts."""
    path = shop.folder / "state.db"
    shop.flows.close()
    shop.store.close()
    damage()
    row.tried += 1
    try:
        shop.store = open_store(path, shop.clock, check=True)
    except StoreDamaged:
        before = {file.name for file in shop.folder.iterdir()}
        rescue(path, shop.clock)
        if not [file for file in shop.folder.glob("state-replaced-*") if file.name not in before]:
            row.add(["the damaged file wasn't kept"])
        shop.store = open_store(path, shop.clock, check=True)
    shop.flows = Flows(Board(shop.clock, shop.settings), shop.settings.hub.connections)


def run_full_disk(seed: int, times: int = 20) -> Row:
    """The disk fills up at one moment after another of a run, and somebody makes room again."""
    row = Row("store: full disk", seed=seed)
    started = time.monotonic()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="otimo-full-") as folder, fault_shop(Path(folder)) as shop:
        shop.run()
        for number in range(times):
            shop.clock.advance(STEP_S)
            shop.sell(CODES[1])
            shop.set_balance(CODES[5], rng.randrange(10, 900))
            driver: Any = file_of(shop.store)._writer.connection.driver_connection
            pages = driver.execute("PRAGMA page_count").fetchone()[0]
            driver.execute(f"PRAGMA max_page_count = {pages + number % 3}")
            with contextlib.suppress(OtimoError):
                shop.run()
            driver.execute("PRAGMA max_page_count = 1073741823")
            row.tried += 1
            shop.clock.advance(STEP_S)
            shop.run()
            row.add(*shop.disagreements(), when=f"run {number + 1}")
    row.seconds = time.monotonic() - started
    return row


def run(seed: int, times: int = 8) -> list[Row]:
    """All kinds of damage, and the full disk."""
    return [*(run_damage(name, times, seed) for name in DAMAGES), run_full_disk(seed)]
