"""What people do in the demo ERP: sell at the counter, change prices, take orders, write and cancel invoices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.demo.erp.database import Database, fact, set_fact
from otimo_tray.demo.erp.nfe_xml import STATES, Buyer, Issuer, Note, NoteLine, cancellation_xml, note_xml
from otimo_tray.domain.order_lines import split_cents
from otimo_tray.domain.orders import ErpOrder, Order
from otimo_tray.domain.settings import Booking
from otimo_tray.ports import Clock

REFERENCE_WAYS: Final = 3
"""A note tells its order in one of three ways, in turn: the ERP's own reference, `xPed`, or free text only."""


class Shop:
    """Changes of one database; each method is one transaction. Raises ErpAway E-210, KeyError for what isn't there."""

    def __init__(self, database: Database, clock: Clock, zone: ZoneInfo, booking: Booking) -> None:
        self.database = database
        self.issuer = Issuer()
        self._clock = clock
        self._zone = zone
        self._booking = booking

    # --- items ---------------------------------------------------------------------------------------------------

    def seed(self, products: Iterable[tuple[str, str, str, Decimal, int]]) -> int:
        """See `DemoErp.seed`."""
        with self.database.writing() as connection:
            before = connection.total_changes
            connection.executemany(
                "INSERT OR IGNORE INTO item (code, name, ean, price, balance) VALUES (?, ?, ?, ?, ?)",
                ((code, name, ean, f"{price:.2f}", str(balance)) for code, name, ean, price, balance in products),
            )
            return connection.total_changes - before

    def sell(self, code: str, quantity: Decimal | int = 1) -> Decimal:
        """A counter sale (negative: a delivery or return). Answers the new balance."""
        with self.database.writing() as connection:
            return self.move(connection, code, -Decimal(quantity))

    def set_balance(self, code: str, balance: Decimal | int | None) -> None:
        """A stock count; may be negative, fractional or unknown (None)."""
        self._set(code, "balance", None if balance is None else str(balance))

    def set_price(self, code: str, price: Decimal | None) -> None:
        """The list price in BRL."""
        self._set(code, "price", None if price is None else str(price))

    def set_promotion(self, code: str, price: Decimal | None, since: str = "", until: str = "") -> None:
        """A promotion between two dates (ISO, the last day included); None ends it."""
        with self.database.writing() as connection:
            _one(
                connection.execute(
                    "UPDATE item SET promo_price = ?, promo_from = ?, promo_until = ? WHERE code = ?",
                    (None if price is None else str(price), since or None, until or None, code),
                ),
                code,
            )

    def balance(self, code: str) -> Decimal | None:
        """The balance as it is."""
        with self.database.reading() as connection:
            return _balance(connection, code)

    @staticmethod
    def move(connection: sqlite3.Connection, code: str, difference: Decimal) -> Decimal:
        """Adds to a balance inside of a transaction; an unknown balance counts as zero."""
        balance = (_balance(connection, code) or Decimal(0)) + difference
        connection.execute("UPDATE item SET balance = ? WHERE code = ?", (str(balance), code))
        return balance

    def _set(self, code: str, column: str, value: str | None) -> None:
        with self.database.writing() as connection:
            statement = f"UPDATE item SET {column} = ? WHERE code = ?"  # noqa: S608 - one of two literals above
            _one(connection.execute(statement, (value, code)), code)

    # --- orders --------------------------------------------------------------------------------------------------

    def take_order(self, connection: sqlite3.Connection, order: ErpOrder, number: int, tick: int) -> None:
        """Stores an order with its lines inside of a transaction; books it out when the shop does so on import."""
        sale = order.order
        buyer = _buyer_of(sale)
        booked = self._booking == "on_import"
        connection.execute(
            "INSERT INTO sales_order VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)",
            (
                sale.hub_id,
                number,
                sale.original_id,
                sale.channel,
                buyer.name,
                buyer.document,
                buyer.city,
                buyer.state,
                buyer.zipcode,
                buyer.street,
                buyer.house,
                buyer.district,
                str(sale.shipping or 0),
                str(sale.discount or 0),
                None if sale.total is None else str(sale.total),
                self._clock.now().isoformat(),
                tick,
                int(booked),
            ),
        )
        names = {item.sku: item.name for item in sale.items}
        for index, line in enumerate(order.lines, 1):
            connection.execute(
                "INSERT INTO sales_line VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    sale.hub_id,
                    index,
                    line.erp_code,
                    line.sku,
                    names.get(line.sku, ""),
                    line.quantity,
                    str(line.unit_price),
                    str(line.total),
                ),
            )
            if booked:
                self.move(connection, line.erp_code, Decimal(-line.quantity))

    # --- invoices ------------------------------------------------------------------------------------------------

    def invoice_order(self, hub_id: str) -> str:
        """Writes the order's NF-e and books its goods out unless the import did. Answers the key.

        Raises:
            KeyError: no such order.
            ValueError: it isn't open.
        """
        with self.database.writing() as connection:
            row = connection.execute(
                "SELECT stage, booked, channel_number, buyer_name, buyer_document, street, house, district, city,"
                " state, zipcode, freight, discount FROM sales_order WHERE hub_id = ?",
                (hub_id,),
            ).fetchone()
            if row is None:
                raise KeyError(hub_id)
            stage, booked, channel_number, *address, freight, discount = row
            if stage != "open":
                raise ValueError(f"order {hub_id} is {stage}")
            lines = [
                NoteLine(code, name, quantity, Decimal(total), ean or "")
                for code, name, quantity, total, ean in connection.execute(
                    "SELECT l.code, coalesce(nullif(l.description, ''), i.name, l.code), l.quantity, l.total, i.ean"
                    " FROM sales_line l LEFT JOIN item i ON i.code = l.code WHERE hub_id = ? ORDER BY line",
                    (hub_id,),
                )
            ]
            number = fact(connection, "last_note") + 1
            set_fact(connection, "last_note", number)
            way = number % REFERENCE_WAYS
            goods = sum((line.total for line in lines), Decimal(0))
            note = Note(
                number=number,
                issued=self._local_now(),
                lines=lines,
                buyer=Buyer(*address),
                issuer=self.issuer,
                freight=Decimal(freight),
                discount=min(Decimal(discount), goods),
                x_ped=channel_number if way == 1 else "",
                extra=f"Pedido {channel_number}. Documento emitido por ME ou EPP optante pelo Simples Nacional."
                if way == 2
                else "Documento emitido por ME ou EPP optante pelo Simples Nacional.",
            )
            self._store(connection, "note", note.key, number, hub_id, hub_id if way == 0 else "", note_xml(note))
            if not booked:
                for line in lines:
                    self.move(connection, line.code, Decimal(-line.quantity))
            connection.execute("UPDATE sales_order SET stage = 'invoiced', booked = 1 WHERE hub_id = ?", (hub_id,))
            return note.key

    def cancel_invoice(self, hub_id: str) -> str:
        """Cancels the order's last note (event 110111) and takes the goods back; the order is open again.

        Raises KeyError when it has no note.
        """
        with self.database.writing() as connection:
            row = connection.execute(
                "SELECT i.key FROM invoice i JOIN sales_order o USING (hub_id)"
                " WHERE hub_id = ? AND i.kind = 'note' AND o.stage = 'invoiced' ORDER BY i.id DESC LIMIT 1",
                (hub_id,),
            ).fetchone()
            if row is None:
                raise KeyError(hub_id)
            key = str(row[0])
            xml = cancellation_xml(key, self.issuer, self._local_now())
            self._store(connection, "cancellation", key, None, hub_id, "", xml)
            for code, quantity in connection.execute(
                "SELECT code, quantity FROM sales_line WHERE hub_id = ?", (hub_id,)
            ).fetchall():
                self.move(connection, code, Decimal(quantity))
            connection.execute("UPDATE sales_order SET stage = 'open', booked = 0 WHERE hub_id = ?", (hub_id,))
            return key

    def counter_note(self, code: str, quantity: int) -> str:
        """A sale at the counter with a note of its own, which belongs to no order. Answers the key."""
        with self.database.writing() as connection:
            row = connection.execute("SELECT name, price, ean FROM item WHERE code = ?", (code,)).fetchone()
            if row is None:
                raise KeyError(code)
            name, price, ean = row
            number = fact(connection, "last_note") + 1
            set_fact(connection, "last_note", number)
            total = Decimal(price or "1.00") * quantity
            lines = [NoteLine(code, name or code, quantity, split_cents(total, [total])[0], ean or "")]
            note = Note(number=number, issued=self._local_now(), lines=lines, issuer=self.issuer)
            self._store(connection, "note", note.key, number, None, "", note_xml(note))
            self.move(connection, code, Decimal(-quantity))
            return note.key

    def add_xml(self, xml: bytes, order_ref: str = "") -> int:
        """Files any document as it comes, also a wrong one. Answers its place."""
        with self.database.writing() as connection:
            return self._store(connection, "file", "", None, None, order_ref, xml)

    @staticmethod
    def _store(
        connection: sqlite3.Connection,
        kind: str,
        key: str,
        number: int | None,
        hub_id: str | None,
        order_ref: str,
        xml: bytes,
    ) -> int:
        cursor = connection.execute(
            "INSERT INTO invoice (kind, key, number, hub_id, order_ref, tick, xml) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kind, key, number, hub_id, order_ref, fact(connection, "tick"), xml),
        )
        return int(cursor.lastrowid or 0)

    def _local_now(self) -> datetime:
        return self._clock.now().astimezone(self._zone).replace(microsecond=0)


def _balance(connection: sqlite3.Connection, code: str) -> Decimal | None:
    row = connection.execute("SELECT balance FROM item WHERE code = ?", (code,)).fetchone()
    if row is None:
        raise KeyError(code)
    return None if row[0] is None else Decimal(row[0])


def _one(cursor: sqlite3.Cursor, code: str) -> None:
    if cursor.rowcount != 1:
        raise KeyError(code)


def _buyer_of(order: Order) -> Buyer:
    """The buyer as the note needs him: plain document, a state that exists."""
    payer, place = order.payer, order.payer if order.payer.city else order.receiver
    document = "".join(char for char in payer.document if char.isalnum()).upper()
    state = place.state.upper()
    return Buyer(
        name=payer.name or payer.company_name or "Consumidor",
        document=document,
        street=place.address,
        house=place.number,
        district=place.neighborhood,
        city=place.city,
        state=state if state in STATES else "SP",
        zipcode=place.zipcode,
    )
