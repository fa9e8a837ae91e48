"""The demo ERP as a connector: implements `otimo_tray.ports.Erp` over its own SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.demo.erp.database import Database, fact
from otimo_tray.demo.erp.shop import Shop
from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.domain.settings import Booking
from otimo_tray.erp.nfe import read_nfe
from otimo_tray.erp.rows import parse_raw
from otimo_tray.errors import ErpRefusedOrder, OtimoError, RowRefused
from otimo_tray.ports import CheckResult, Clock, ErpOrderRef, InvoiceBatch

_BLOCK: Final = 4_000
_BATCH: Final = 500


class DemoReading:
    """Implements `otimo_tray.ports.StockReading`: one SELECT over the view, in one read transaction."""

    full = True
    more = False
    digest = ""
    source = "v_item"

    def __init__(self, database: Database, as_of: datetime) -> None:
        self.as_of = as_of
        self._database = database

    def chunks(self) -> Iterator[list[RawRow]]:
        """See the port. Raises ErpAway E-210."""
        with self._database.reading() as connection:
            cursor = connection.execute("SELECT * FROM v_item")
            while rows := cursor.fetchmany(_BLOCK):
                yield rows

    def accepted(self) -> None:
        """Nothing to tidy up."""

    def refused(self, error: OtimoError) -> None:
        """Nothing to tidy up."""


class DemoErp:
    """One shop's demo ERP; safe to use from any thread and any number of processes.

    Args:
        path: the database file; made with its schema when missing, in a folder that exists.
        zone: the shop's zone, for promotions and notes.
        booking: when a sale leaves the balance, as in `ShopSettings.booking`; of an existing file too.

    Attributes:
        shop: what the people behind the counter do: `sell`, `set_balance`, `set_price`, `invoice_order` …
    """

    name = "demo"

    def __init__(
        self,
        path: Path,
        clock: Clock,
        zone: ZoneInfo | None = None,
        *,
        booking: Booking = "on_invoice",
    ) -> None:
        self._clock = clock
        self._zone = ZoneInfo("America/Sao_Paulo") if zone is None else zone
        self._database = Database(path)
        self.shop = Shop(self._database, clock, self._zone, booking)

    def seed(self, products: Iterable[tuple[str, str, str, Decimal, int]]) -> int:
        """Puts products (code, name, ean, price, balance) into an ERP that hasn't them; answers how many were new."""
        return self.shop.seed(products)

    def check(self) -> list[CheckResult]:
        """One result: the database answers."""
        try:
            with self._database.reading() as connection:
                count = connection.execute("SELECT count(*) FROM v_item").fetchone()[0]
        except OtimoError as error:
            return [CheckResult("erp_database", error)]
        return [CheckResult("erp_database", None, f"{self._database.path.name}: {count}")]

    def read_items(self) -> DemoReading:
        """The whole view as it is; `as_of` is taken before, so that it never claims more than the rows show."""
        return DemoReading(self._database, self._clock.now())

    def parse_row(self, row: RawRow) -> ErpItem:
        """See the port."""
        return parse_raw(row, self._zone)

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """See the port."""
        with self._database.reading() as connection:
            return _reference(connection, hub_id)

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        """One transaction, once for each hub id. Raises ErpRefusedOrder: E-241 no lines, E-242 no id, E-243 no code."""
        hub_id = order.order.hub_id
        if not hub_id.strip():
            raise ErpRefusedOrder("E-242", order=order.order.original_id)
        if not order.lines:
            raise ErpRefusedOrder("E-241", order=order.order.original_id)
        with self._database.writing() as connection:
            known = _reference(connection, hub_id)
            if known is not None:
                return known
            for line in order.lines:
                if connection.execute("SELECT 1 FROM item WHERE code = ?", (line.erp_code,)).fetchone() is None:
                    raise ErpRefusedOrder("E-243", order=order.order.original_id, code=line.erp_code, sku=line.sku)
            number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM sales_order").fetchone()[0]
            self.shop.take_order(connection, order, number, fact(connection, "tick"))
            return ErpOrderRef(str(number))

    def invoices(self, cursor: str) -> InvoiceBatch:
        """Notes and cancellations by their place in the invoice table; the cursor is that place."""
        place = int(cursor) if cursor.isascii() and cursor.isdigit() else 0
        rows, _, _ = self.documents(place, _BATCH)
        if not rows:
            return InvoiceBatch((), (), cursor, complete=True)
        found: list[InvoiceRecord] = []
        refused: list[tuple[str, OtimoError]] = []
        for number, order_ref, xml in rows:
            source = f"nota {number}"
            try:
                record = read_nfe(xml, source)
            except RowRefused as error:
                refused.append((source, error))
                continue
            if record is not None:
                found.append(_with_reference(record, order_ref))
        return InvoiceBatch(tuple(found), tuple(refused), str(rows[-1][0]))

    def documents(self, place: int, limit: int) -> tuple[list[tuple[int, str, bytes]], bool, int]:
        """(documents after a place: place, the ERP's order reference, XML; whether there are more; the last place)."""
        with self._database.reading() as connection:
            rows: list[tuple[int, str, bytes]] = connection.execute(
                "SELECT id, order_ref, xml FROM invoice WHERE id > ? ORDER BY id LIMIT ?", (place, limit + 1)
            ).fetchall()
            last = connection.execute("SELECT coalesce(max(id), 0) FROM invoice").fetchone()[0]
        return rows[:limit], len(rows) > limit, int(last)

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()


def _reference(connection: sqlite3.Connection, hub_id: str) -> ErpOrderRef | None:
    row = connection.execute("SELECT number FROM sales_order WHERE hub_id = ?", (hub_id,)).fetchone()
    return None if row is None else ErpOrderRef(str(row[0]))


def _with_reference(record: InvoiceRecord, order_ref: str) -> InvoiceRecord:
    return replace(record, order_ref=order_ref) if order_ref else record
