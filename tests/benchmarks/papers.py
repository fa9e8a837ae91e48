"""How the pages of orders, codes, problems and the panel hold up on a long ledger, on one PC.

`python -m tests.benchmarks.papers [ORDERS [WAITING]]`: builds a ledger (300,000 orders, 5,000 of them waiting for a
code), opens each page, searches, changes tabs, scans, and prints how long each took and blocked the event loop. Exit
code 1 when the loop was blocked longer than `LIMIT_MS`. Loading a page's code for the first time is shown, not judged.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import Order, OrderItem, Party, Shipment
from otimo_tray.store.codec import dump, json_text
from otimo_tray.store.order_rows import columns_of
from otimo_tray.store.readmodels.panel import stored
from tests.ui.shop import NOW, code_for, insert, key_for

ORDERS, WAITING = 300_000, 5_000
LIMIT_MS = 50.0
PROBLEMS = 1_000
LOAD = "(load)"
_NAMES = ("Ana", "Bruno", "Carla", "Diego", "Eduarda", "Fábio", "Gabriela", "Hugo", "Íris", "João")
_LAST = ("Souza", "Lima", "Mendes", "Ferreira", "Alves", "Conceição", "Nunes", "Rocha", "Silva", "Prado")


def fill(path: Path, orders: int, waiting: int) -> None:
    """Write the ledger straight into the file."""
    chance = random.Random(7)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    with connection:
        for place in range(orders):
            _order(connection, place, chance, waits=place < waiting)
        for place in range(PROBLEMS):
            params = json.dumps({"item": f"SKU-{place}", "details": "invalid quantity"})
            at = stored(NOW - timedelta(minutes=place))
            connection.execute(
                "INSERT INTO problem VALUES (?,?,?,?,?,?,?,?)",
                ("stock", f"SKU-{place}", "P-130", params, '{"type":"error"}', at, at, 1),
            )
        connection.executemany(
            "INSERT INTO sent_value (sku, kind, value, previous, reason, basis, at, answer) VALUES (?,?,?,?,?,?,?,?)",
            (
                (
                    f"SKU-{n}",
                    ("stock", "price")[n % 2],
                    "5",
                    "4",
                    "changed",
                    "{}",
                    stored(NOW - timedelta(seconds=n)),
                    "ok",
                )
                for n in range(orders)
            ),
        )
    connection.execute("ANALYZE")
    connection.close()


def _order(connection: sqlite3.Connection, place: int, chance: random.Random, *, waits: bool) -> None:
    hub_id = f"6650a1f2{place:016d}"
    at = NOW - timedelta(minutes=place * 0.4)
    name = f"{chance.choice(_NAMES)} {chance.choice(_LAST)}"
    method = chance.choice(("PAC", "SEDEX", "Package"))
    order = Order(
        hub_id,
        str(1_000_000 + place),
        "invoiced",
        channel=chance.choice(("Loja própria", "Magalu", "Shopee")),
        created=at,
        approved=at,
        expected_send=at + timedelta(days=2),
        payer=Party(name=name, document=f"{place:011d}"),
        items=(OrderItem(f"SKU-{place % 900}", "Camiseta básica algodão", 1, None),),
        shipments=(Shipment("s1", company="Correios", method=method, track_code="" if waits else code_for(place)),),
        raw={"id": hub_id, "filler": "x" * 600},
    )
    key = f"{place:044d}" if place else key_for(1)
    row = {
        **columns_of(order), "hub_id": hub_id, "stage": "invoiced" if waits else "tracked", "stage_at": stored(at),
        "seen_at": stored(at), "read_at": stored(at), "imported_at": stored(at), "erp_ref": f"PED-{place}",
        "attempts": 0, "due_at": stored(at), "cancel_open": 0,
    }  # fmt: skip
    insert(connection, "orders", row)
    record = json_text(dump(InvoiceRecord(key, str(place), "1", at, "2026-11-23", source="x.xml")))
    insert(
        connection, "invoice",
        {"key": key, "number": str(place), "serie": "1", "issued": stored(at),
         "issued_date": "2026-11-23", "cnpj": "59431500015755", "total": "10", "state": "confirmed", "hub_id": hub_id,
         "record": record, "source": "x.xml", "found_at": stored(at), "sent_at": stored(at), "confirmed_at": stored(at),
         "attempts": 0, "due_at": stored(at)},
    )  # fmt: skip
    connection.execute(
        "INSERT INTO order_item VALUES (?,0,?,'Camiseta',1,'10')", (hub_id, f"SKU-{place % 900}")
    )  # fmt: skip
    if not waits:
        insert(
            connection, "tracking",
            {"hub_id": hub_id, "volume": 1, "code": code_for(place), "carrier": "Correios", "method": "PAC", "url": "",
             "state": "confirmed", "warnings": "[]", "typed_at": stored(at), "sent_at": stored(at),
             "confirmed_at": stored(at), "attempts": 0, "due_at": stored(at)},
        )  # fmt: skip


class Watch:
    """The longest time between two beats of a timer in the GUI thread, beyond its own interval.

    Attributes:
        longest: seconds by the clock, so with whatever else the PC was doing.
        work: seconds that the GUI thread itself worked: what the pages are to blame for on a busy PC.
    """

    def __init__(self, parent: Any) -> None:
        from PySide6.QtCore import QTimer

        self._timer = QTimer(parent)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.longest = self.work = 0.0
        self._timer.start()

    def _beat(self) -> None:
        at, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, at - self._last - 0.001)
        self.work = max(self.work, worked - self._worked)
        self._last, self._worked = at, worked

    def begin(self) -> None:
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.longest = self.work = 0.0


def main(arguments: list[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    orders = int(arguments[0]) if arguments else ORDERS
    waiting = int(arguments[1]) if len(arguments) > 1 else WAITING
    with tempfile.TemporaryDirectory(prefix="otimo-papers-") as folder:
        began = time.perf_counter()
        worst = _measure(Path(folder), orders, waiting, began)
    print(f"papers_stall_ms_max {worst:.1f}")
    return 0 if worst <= LIMIT_MS else 1


def _measure(folder: Path, orders: int, waiting: int, began: float) -> float:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from otimo_tray.ui.app import application
    from otimo_tray.ui.bridge import Bridge
    from otimo_tray.ui.page import Bench
    from otimo_tray.ui.responsive import keep_responsive
    from otimo_tray.ui.window import Window
    from otimo_tray.ui.work import Work
    from tests.ui.desks import open_shop

    keep_responsive()
    app = application()
    shop = open_shop(folder, lambda path: fill(path, orders, waiting))
    print(f"{orders} orders, {waiting} waiting, built in {time.perf_counter() - began:.0f} s", flush=True)
    bridge = Bridge()
    work = Work(bridge)
    window = Window(Bench(shop.desk, bridge, work, QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat)))
    window.resize(1180, 700)
    window.open_at("settings")
    watch = Watch(app)

    def settle(timers: Callable[[], bool] = lambda: False) -> None:
        quiet = 0
        while quiet < 20:
            QApplication.processEvents()
            time.sleep(0.001)
            quiet = 0 if work.busy or timers() else quiet + 1

    settle()
    worst = 0.0
    for name, act, timers in _steps(window):
        watch.begin()
        at = time.perf_counter()
        act()
        settle(timers)
        took = (time.perf_counter() - at) * 1000 - 20
        blocked, own = watch.longest * 1000, watch.work * 1000
        print(f"  {name:<34} shown after {took:7.1f} ms, blocked {blocked:6.1f} ms, own work {own:5.1f}", flush=True)
        if not name.startswith(LOAD):
            worst = max(worst, watch.longest * 1000)
    window.leave()
    work.close()
    shop.close()
    return worst


def _steps(window: Any) -> Iterator[tuple[str, Callable[[], object], Callable[[], bool]]]:
    def never() -> bool:
        return False

    # The first look at a page loads its code: that belongs to the start, not to the data.
    for name in ("tracking", "orders", "problems", "panel"):
        yield f"{LOAD} {name}", lambda name=name: window.show_page(name), never
        yield f"open {name}", lambda name=name: (window.show_page("settings"), _again(window, name)), never
    tracking = window.show_page("tracking")
    yield "tracking: reload", tracking.reload, never
    for tab in ("late", "all", "waiting"):
        yield f"tracking: tab {tab}", lambda tab=tab: tracking.tabs.choose(tab), never
    for text in ("s", "si", "silva", "1002", ""):
        yield f"tracking: filter {text!r}", lambda text=text: tracking.search.setText(text), lambda: tracking.model.busy
    yield "tracking: scan order", lambda: tracking.pane.scan("1000100"), never
    yield "tracking: scan code", lambda: tracking.pane.scan(code_for(9_900_000)), never
    yield "tracking: missing", tracking.show_missing, never
    yield "packing window", window.open_packing, never
    orders = window.show_page("orders")
    for text in ("s", "si", "sil", "silva", "100029", "LU", str(key_for(1)), "zzz", ""):
        yield f"orders: search {text[:12]!r}", lambda text=text: orders.search.setText(text), orders._typing.isActive
    for tab in ("open", "waiting", "cancelled", "all"):
        yield f"orders: tab {tab}", lambda tab=tab: orders.tabs.choose(tab), never
    yield "orders: details", lambda: orders.show_item(orders.model.rows[3].hub_id), never


def _again(window: Any, name: str) -> None:
    page = window.show_page(name)
    page.reload()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
