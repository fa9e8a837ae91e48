"""The small life of the demo shop: counter sales, restocks, new prices, promotions, invoices and cancellations.

Everything that happens in tick *n* follows from the seed, *n* and the state of the database alone: the same shop with
the same orders lives the same life again.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.demo.erp.database import fact, set_fact
from otimo_tray.demo.erp.shop import Shop
from otimo_tray.ports import Clock

_CANCELLED_ONE_IN: Final = 14
_CENT: Final = Decimal("0.01")


@dataclass(slots=True)
class TickReport:
    """What happened in one tick: codes, and keys of notes."""

    sold: list[str] = field(default_factory=list[str])
    restocked: list[str] = field(default_factory=list[str])
    repriced: list[str] = field(default_factory=list[str])
    promoted: list[str] = field(default_factory=list[str])
    invoiced: list[str] = field(default_factory=list[str])
    cancelled: list[str] = field(default_factory=list[str])


class Life:
    """Moves one shop on.

    Args:
        seed: two shops with one seed live alike.
        share: sales in a tick, as a share of all products; at least one sale happens.
        invoice_after: ticks between the import of an order and its note.
    """

    def __init__(
        self,
        shop: Shop,
        clock: Clock,
        zone: ZoneInfo,
        *,
        seed: int = 1,
        share: float = 0.01,
        invoice_after: int = 2,
    ) -> None:
        self._shop = shop
        self._clock = clock
        self._zone = zone
        self._seed = seed
        self._share = share
        self._invoice_after = invoice_after

    def tick(self, n: int = 1) -> TickReport:
        """Lives `n` ticks on; answers what happened in all of them. Raises ErpAway."""
        report = TickReport()
        for _ in range(n):
            with self._shop.database.writing() as connection:
                number = fact(connection, "tick") + 1
                set_fact(connection, "tick", number)
                self._trade(connection, random.Random(f"{self._seed}/{number}"), report)
            self._paperwork(number, report)
        return report

    def _trade(self, connection: sqlite3.Connection, rng: random.Random, report: TickReport) -> None:
        last = connection.execute("SELECT coalesce(max(rowid), 0) FROM item").fetchone()[0]
        if not last:
            return
        sales = max(1, int(last * self._share))
        for _ in range(sales):
            code, balance, _ = _pick(connection, rng, last)
            if balance >= 1:
                self._shop.move(connection, code, -Decimal(min(rng.choice((1, 1, 1, 2, 3)), int(balance))))
                report.sold.append(code)
            else:
                self._shop.move(connection, code, Decimal(rng.randrange(5, 40)))
                report.restocked.append(code)
        for _ in range(max(1, sales // 5)):
            code, _, price = _pick(connection, rng, last)
            if price is not None and price > 0:
                moved = (price * rng.randrange(93, 109) / 100).quantize(Decimal(1)) - Decimal("0.10")
                connection.execute(
                    "UPDATE item SET price = ? WHERE code = ?", (f"{max(moved, Decimal('0.90')):.2f}", code)
                )
                report.repriced.append(code)
        for _ in range(max(1, sales // 20)):
            self._promote(connection, rng, last, report)

    def _promote(self, connection: sqlite3.Connection, rng: random.Random, last: int, report: TickReport) -> None:
        code, _, price = _pick(connection, rng, last)
        if price is None or price <= 1:
            return
        today = self._clock.now().astimezone(self._zone).date()
        lower = (price * rng.randrange(80, 95) / 100).quantize(_CENT)
        connection.execute(
            "UPDATE item SET promo_price = ?, promo_from = ?, promo_until = ? WHERE code = ?",
            (f"{lower:.2f}", today.isoformat(), (today + timedelta(days=rng.randrange(1, 8))).isoformat(), code),
        )
        report.promoted.append(code)

    def _paperwork(self, tick: int, report: TickReport) -> None:
        """Notes for the orders that waited long enough; now and then one is cancelled and written anew later."""
        with self._shop.database.reading() as connection:
            due = connection.execute(
                "SELECT hub_id FROM sales_order WHERE stage = 'open' AND imported_tick <= ? ORDER BY number",
                (tick - self._invoice_after,),
            ).fetchall()
            wrong = connection.execute(
                "SELECT i.hub_id FROM invoice i JOIN sales_order o USING (hub_id) WHERE i.kind = 'note'"
                " AND o.stage = 'invoiced' AND i.tick = ? AND i.number % ? = 0",
                (tick - 2, _CANCELLED_ONE_IN),
            ).fetchall()
        report.invoiced += [self._shop.invoice_order(hub_id) for (hub_id,) in due]
        report.cancelled += [self._shop.cancel_invoice(hub_id) for (hub_id,) in wrong]


def _pick(connection: sqlite3.Connection, rng: random.Random, last: int) -> tuple[str, Decimal, Decimal | None]:
    code, balance, price = connection.execute(
        "SELECT code, balance, price FROM item WHERE rowid >= ? LIMIT 1", (rng.randint(1, last),)
    ).fetchone()
    return code, Decimal(balance or 0), None if price is None else Decimal(price)
