"""A large shop: 100,000 SKUs, 5,000 waiting orders, 300,000 rows of history; commands stay within their time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.orders import Order, OrderItem, OrderStage, Party
from otimo_tray.errors import ItemError
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.schema import sent_value
from otimo_tray.sync.storage import Applied, LastReading
from tests.faults.rows import Row
from tests.process.conftest import CALM
from tests.process.world import Shop, start_hub, stop_hub
from tests.support.file_state import file_of

SKUS, ORDERS, LEDGER = 100_000, 5_000, 300_000
LARGEST_SLICE = 6_000
"""Rows of all tables that one transaction of the retention may change: a thousand orders with what is theirs."""
LONGEST_WRITE_S = 5.0
"""How long a person's edit may wait meanwhile: what the database itself waits for before it says "busy". On a quiet
machine it is hundredths of a second."""

#: (command, seconds of a processor it may take with its process's start; what else the machine does adds nothing)
COMMANDS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("status",), 4.0),
    (("orders", "list", "--waiting"), 4.0),
    (("orders", "list", "--find", "Pessoa 4321"), 4.0),
    (("tracking", "list"), 4.0),
    (("invoices", "list"), 4.0),
    (("held", "list"), 4.0),
    (("explain", "S-000077"), 4.0),
    (("audit", "--sku", "S-000077"), 4.0),
    (("audit", "--limit", "200"), 4.0),
    (("mapping", "export", "depara.csv"), 20.0),
    (("mapping", "export", "sem.xlsx", "--unmapped"), 20.0),
    (("backup", "list"), 6.0),
)


def fill(store: StateStore, skus: int, orders: int, ledger: int) -> None:
    """Writes the shop's years straight into the state."""
    now = datetime.now(UTC)
    codes = [f"S-{number:06d}" for number in range(skus)]
    price = Decimal("19.90")
    products = (HubProduct(c, f"{n:024x}", f"Peça {c}", "", 5, price, price) for n, c in enumerate(codes))
    store.catalogue.replace_products(products, now, complete=True)
    rows = [(code, "5", "19.90", None, None, None, f"Peça {code}", "") for code in codes]
    reading = LastReading(now, "d1", skus, True)
    store.values.apply(Applied(reading, "estoque.csv", now, rows, (), (), (), (), None, ()))
    store.catalogue.match_equal_codes(now)
    with store.batch():
        for number in range(orders):
            hub_id = f"{number:024x}"
            person = Party(name=f"Pessoa {number}", document="52998224725")
            item = OrderItem(f"X-{number % 900}", "Item", 1, price)
            order = Order(hub_id, f"MLB-{number}", "approved", channel="MercadoLivre", approved=now, payer=person,
                          receiver=person, items=(item,), total=price, raw={"id": hub_id})  # fmt: skip
            store.orders.add(order, OrderStage.SEEN, now)
            store.orders.wait(hub_id, ItemError("O-501", order=hub_id, skus=item.sku), now + timedelta(hours=1), now)
    columns = ("sku", "kind", "value", "previous", "reason", "basis", "at", "answer")
    with store.database.write() as connection:
        marks = ", ".join("?" * len(columns))
        at = [(now - timedelta(minutes=number)).isoformat(timespec="microseconds")[:-6] + "Z" for number in range(200)]
        connection.exec_driver_sql(
            f"INSERT INTO {sent_value.name} ({', '.join(columns)}) VALUES ({marks})",
            [(codes[n % skus], "stock", "5", "4", "changed", "{}", at[n % 200], "confirmed") for n in range(ledger)],
        )


def run(seed: int = 0, *, scale: int = 1, commands: Sequence[tuple[tuple[str, ...], float]] = COMMANDS) -> list[Row]:
    """`scale` divides the sizes. `lost` counts what took too long or failed."""
    sizes = f"{SKUS // scale:,} SKUs, {ORDERS // scale:,} orders, {LEDGER // scale:,} rows"
    row = Row(f"load: commands at {sizes}", seed=seed)
    pruned = Row(f"load: retention prunes {LEDGER // scale:,} rows in bounded slices", seed=seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="otimo-load-") as name:
        folder = Path(name)
        hub = start_hub(folder, "--products", "1", "--orders", "0", "--seed", "5")
        try:
            shop = Shop(hub, folder / "perfil", folder / "pasta")
            shop.folder.mkdir()
            shop.setup(CALM)
        finally:
            stop_hub(hub)
        with closing(open_store(shop.profile / "state.db", SystemClock())) as store:
            fill(store, SKUS // scale, ORDERS // scale, LEDGER // scale)
        for words, most in commands:
            row.tried += 1
            row.add(_command(shop, words, most))
        row.seconds = time.monotonic() - started
        started = time.monotonic()
        with closing(open_store(shop.profile / "state.db", SystemClock())) as store:
            _prune(store, pruned, LEDGER // scale)
        pruned.seconds = time.monotonic() - started
    return [row, pruned]


def _command(shop: Shop, words: tuple[str, ...], most: float) -> list[str]:
    began = _children()
    done = subprocess.run(shop.command(*words), cwd=shop.profile, capture_output=True, check=False, timeout=600)
    took = _children() - began
    told = " ".join(words)
    wrong = [f"{told} took {took:.1f} s, may take {most:.0f}"] if took > most else []
    return wrong + ([f"{told} ended with {done.returncode}"] if done.returncode else [])


def _children() -> float:
    """Processor seconds of the processes that this one waited for; where the system doesn't tell, the time of day."""
    times = os.times()
    return times.children_user + times.children_system if sys.platform != "win32" else time.monotonic()


def _prune(store: StateStore, row: Row, ledger: int) -> None:
    """Prunes everything in one thread while a person's edits go on in another: no transaction is long."""
    largest, before = 0, 0

    def committed(connection: Connection) -> None:
        nonlocal largest, before
        driver: Any = connection.connection.driver_connection
        largest, before = max(largest, driver.total_changes - before), driver.total_changes

    gone: list[int] = []
    event.listen(file_of(store)._writers, "commit", committed)
    store.facts.set("edit", "")
    largest = 0
    longest = _longest_edit(store, lambda: gone.append(store.prune(datetime.now(UTC) + timedelta(days=40), 30)))
    row.tried = gone[0]
    if gone[0] < ledger:
        row.add([f"only {gone[0]} rows went"])
    if largest > LARGEST_SLICE:
        row.add([f"one transaction changed {largest} rows"])
    if longest > LONGEST_WRITE_S:
        row.add([f"an edit waited {longest:.1f} s"])


def _longest_edit(store: StateStore, meanwhile: Callable[[], object]) -> float:
    """Seconds that the slowest of a person's edits took while something else went on."""
    longest, ended = 0.0, threading.Event()

    def edit() -> None:
        nonlocal longest
        while not ended.wait(0.02):
            began = time.monotonic()
            store.facts.set("edit", f"{began}")
            longest = max(longest, time.monotonic() - began)

    person = threading.Thread(target=edit)
    person.start()
    try:
        meanwhile()
    finally:
        ended.set()
        person.join()
    return longest
