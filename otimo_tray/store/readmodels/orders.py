"""Rows of the orders window, the details of one order, and what waits for a person there."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from otimo_tray.domain.text import fold
from otimo_tray.store.readmodels.connection import ReadConnection


class OrderRow(NamedTuple):
    """An order in the list. Times are ISO text; `total` is text in BRL."""

    hub_id: str
    original_id: str
    channel: str
    account: str
    buyer: str
    document: str
    total: str | None
    approved: str | None
    expected_send: str | None
    seen_at: str
    stage: str
    stage_at: str
    hub_status: str
    sub_status: str
    delivery_type: str
    error_code: str | None
    error_params: dict[str, Any]
    cancel_open: bool
    erp_ref: str | None
    invoice_number: str
    invoice_key: str
    invoice_state: str
    tracking_code: str
    tracking_state: str


class ItemRow(NamedTuple):
    """A line of an order."""

    sku: str
    name: str
    quantity: int
    price: str | None
    erp_code: str
    """"" where the De/Para has no row."""
    units: int


class EventRow(NamedTuple):
    """Something that happened to an order: noted by the engine, or told by its invoices and codes."""

    at: str
    code: str
    params: dict[str, Any]


class InvoiceRow(NamedTuple):
    """An invoice of an order, or one that might be."""

    key: str
    number: str
    serie: str
    issued: str | None
    total: str | None
    state: str
    hub_id: str | None
    matched_by: str | None
    sent_at: str | None
    confirmed_at: str | None
    error_code: str | None
    error_params: dict[str, Any]
    found_at: str
    error_raw: str


class TypedRow(NamedTuple):
    """A tracking code of an order, replaced ones too. `state` is a `TrackingState`."""

    volume: int
    code: str
    carrier: str
    method: str
    url: str
    state: str
    typed_at: str
    sent_at: str | None
    confirmed_at: str | None
    error_code: str | None
    error_params: dict[str, Any]
    raw: str


class Proposal(NamedTuple):
    """An invoice matched by document and total only, beside its order."""

    key: str
    number: str
    serie: str
    issued: str | None
    total: str | None
    cnpj: str
    hub_id: str
    shipment_id: str | None
    original_id: str
    channel: str
    buyer: str
    document: str
    order_total: str | None


class Detail(NamedTuple):
    """Everything about one order."""

    order: OrderRow
    items: list[ItemRow]
    events: list[EventRow]
    invoices: list[InvoiceRow]
    codes: list[TypedRow]
    raw: str
    error_raw: str


_LATEST_INVOICE: Final = (
    "(SELECT i.{column} FROM invoice i WHERE i.hub_id = o.hub_id AND i.state NOT IN ('cancelled', 'refused') "
    "ORDER BY i.found_at DESC LIMIT 1)"
)
_LATEST_TRACKING: Final = (
    "(SELECT t.{column} FROM tracking t WHERE t.hub_id = o.hub_id AND t.state <> 'replaced' ORDER BY t.volume LIMIT 1)"
)
_ROWS: Final = f"""
SELECT o.hub_id, o.original_id, o.channel, o.channel_account, o.buyer_name, o.buyer_document, o.total, o.approved,
  o.expected_send, o.seen_at, o.stage, o.stage_at, o.hub_status, o.sub_status, o.delivery_type, o.error_code,
  o.error_params, o.cancel_open, o.erp_ref,
  coalesce({_LATEST_INVOICE.format(column="number")}, ''), coalesce({_LATEST_INVOICE.format(column="key")}, ''),
  coalesce({_LATEST_INVOICE.format(column="state")}, ''),
  coalesce({_LATEST_TRACKING.format(column="code")}, ''), coalesce({_LATEST_TRACKING.format(column="state")}, '')
FROM orders o
"""  # noqa: S608  # column names of this module only
_INVOICE: Final = (
    "SELECT key, number, serie, coalesce(issued, issued_date), total, state, hub_id, matched_by, sent_at, "
    "confirmed_at, error_code, error_params, found_at, coalesce(error_raw, '') FROM invoice "
    "WHERE hub_id = ? ORDER BY found_at"
)
_CODES: Final = (
    "SELECT volume, code, carrier, method, url, state, typed_at, sent_at, confirmed_at, error_code, error_params, "
    "coalesce(error_raw, '') FROM tracking WHERE hub_id = ? ORDER BY volume, id"
)
_OPEN: Final = "('seen', 'importing', 'imported', 'in_erp', 'invoiced')"
# The planner would rather read the whole ledger by the time of the sale.
_WAITING: Final = (
    "INDEXED BY ix_orders_stage_due_at WHERE stage IN ('seen', 'importing') AND error_code IS NOT NULL "
    "AND cancel_open IS NOT 1"
)
# Ids first, each from an index, so that no order's long row is read before it is shown.
_IN: Final = "WHERE o.rowid IN (SELECT rowid FROM orders {0}) "
_LISTED: Final = {
    "all": _IN.format("INDEXED BY ix_orders_seen_at ORDER BY seen_at DESC LIMIT :n"),
    "first_run": _IN.format("WHERE stage = 'first_run'"),
    "waiting": _IN.format(_WAITING),
    "cancelled": _IN.format("WHERE cancel_open IS 1"),
    "open": _IN.format(f"WHERE stage IN {_OPEN}"),
}
TABS: Final = tuple(_LISTED)
_NEWEST: Final = "ORDER BY coalesce(o.approved, o.seen_at) DESC, o.hub_id LIMIT :n"
_COUNTS: Final = f"""
SELECT 'all', count(*) FROM orders INDEXED BY ix_orders_stage_hub_id
UNION ALL SELECT 'first_run', count(*) FROM orders WHERE stage = 'first_run'
UNION ALL SELECT 'waiting', count(*) FROM orders {_WAITING}
UNION ALL SELECT 'cancelled', count(*) FROM orders WHERE cancel_open IS 1
UNION ALL SELECT 'open', count(*) FROM orders WHERE stage IN {_OPEN}
UNION ALL SELECT 'proposals', count(*) FROM invoice INDEXED BY ix_invoice_state_due_at WHERE state = 'proposed'
"""  # noqa: S608  # words of this module only
_FOUND: Final = """WHERE o.rowid IN (
  SELECT rowid FROM orders WHERE hub_id = :text
  UNION SELECT rowid FROM orders WHERE buyer_document = :document AND :document <> ''
  UNION SELECT rowid FROM orders WHERE hub_code = :code AND :code <> ''
  UNION SELECT p.rowid FROM invoice i JOIN orders p ON p.hub_id = i.hub_id WHERE i.key = :code
  UNION SELECT p.rowid FROM invoice i JOIN orders p ON p.hub_id = i.hub_id WHERE i.number = :number AND :number <> ''
  UNION SELECT p.rowid FROM tracking t JOIN orders p ON p.hub_id = t.hub_id WHERE t.code = :code
  UNION SELECT * FROM (SELECT rowid FROM orders INDEXED BY ix_orders_original_id
    WHERE original_id LIKE :part ESCAPE '!' ORDER BY rowid DESC LIMIT :n)
  UNION SELECT * FROM (SELECT rowid FROM orders INDEXED BY ix_orders_buyer_search
    WHERE buyer_search LIKE :name ESCAPE '!' ORDER BY rowid DESC LIMIT :n)) """
_PROPOSALS: Final = """
SELECT i.key, i.number, i.serie, coalesce(i.issued, i.issued_date), i.total, i.cnpj, i.hub_id, i.shipment_id,
  o.original_id, o.channel, o.buyer_name, o.buyer_document, o.total
FROM invoice i INDEXED BY ix_invoice_state_due_at JOIN orders o ON o.hub_id = i.hub_id
WHERE i.state = 'proposed' ORDER BY i.found_at
"""


class OrdersReader:
    """Questions of the orders window."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def rows(self, tab: str = "all", limit: int = 1_000) -> list[OrderRow]:
        """Return the newest orders of a tab (`TABS`), newest first."""
        return [_order(row) for row in self._connection.rows(_ROWS + _LISTED[tab] + _NEWEST, {"n": limit})]

    def find(self, text: str, limit: int = 1_000) -> list[OrderRow]:
        """Return the orders of the whole ledger that a text means, newest first.

        A number or a part of it, a part of the buyer's name, a CPF or CNPJ, an NF-e's key or number, a tracking code.
        """
        code = "".join(text.split()).upper()
        plain = "".join(char for char in code if char.isalnum())
        values = {
            "text": text.strip(),
            "document": plain,
            "code": code,
            "number": plain.lstrip("0") if plain.isdigit() and len(plain) <= 9 else "",
            "part": _like(text.strip()),
            "name": _like(fold(text)),
            "n": limit,
        }
        return [_order(row) for row in self._connection.rows(_ROWS + _FOUND + _NEWEST, values)]

    def counts(self) -> dict[str, int]:
        """Return how many orders each tab holds, and how many proposals wait."""
        return {tab: int(count) for tab, count in self._connection.rows(_COUNTS)}

    def row(self, hub_id: str) -> OrderRow | None:
        """Return one order."""
        return next((_order(row) for row in self._connection.list(_ROWS + "WHERE o.hub_id = ?", (hub_id,))), None)

    def numbers(self, hub_ids: Collection[str]) -> dict[str, str]:
        """Return the channel's number of each of these that is an order's id."""
        query = "SELECT hub_id, original_id FROM orders WHERE hub_id IN (SELECT value FROM json_each(?))"
        return {hub: number or hub for hub, number in self._connection.rows(query, (json.dumps(sorted(hub_ids)),))}

    def detail(self, hub_id: str) -> Detail | None:
        """Return everything about one order; None when it isn't there any more."""
        order = self.row(hub_id)
        if order is None:
            return None
        items = self._connection.rows(
            "SELECT i.sku, i.name, i.quantity, i.price, coalesce(m.erp_code, ''), coalesce(m.units, 1) "
            "FROM order_item i "
            "LEFT JOIN mapping m ON m.sku = i.sku AND m.position = 0 "
            "WHERE i.hub_id = ? ORDER BY i.line",
            (hub_id,),
        )
        events = self._connection.rows(
            "SELECT at, code, params FROM order_event WHERE hub_id = ? ORDER BY id", (hub_id,)
        )
        raw = self._connection.list("SELECT raw, coalesce(error_raw, '') FROM orders WHERE hub_id = ?", (hub_id,))
        found = Detail(
            order,
            [ItemRow(*row) for row in items],
            [],
            [_invoice(row) for row in self._connection.rows(_INVOICE, (hub_id,))],
            [_typed(row) for row in self._connection.rows(_CODES, (hub_id,))],
            *(raw[0] if raw else ("", "")),
        )
        noted = [EventRow(at, code, params_of(params)) for at, code, params in events]
        return found._replace(events=history(found, noted))

    def proposals(self) -> list[Proposal]:
        """Return invoices that a person has to confirm, oldest first."""
        return [Proposal(*row) for row in self._connection.rows(_PROPOSALS)]

    def unmapped_skus(self, hub_id: str) -> list[str]:
        """Return the SKUs of an order that have no De/Para."""
        query = (
            "SELECT DISTINCT sku FROM order_item i WHERE hub_id = ? "
            "AND NOT EXISTS (SELECT 1 FROM mapping m WHERE m.sku = i.sku) ORDER BY line"
        )
        return [sku for (sku,) in self._connection.rows(query, (hub_id,))]


def _like(text: str) -> str:
    """Return a pattern that finds a text anywhere."""
    return "%" + "".join(f"!{char}" if char in "!%_" else char for char in text) + "%"


def history(detail: Detail, noted: list[EventRow]) -> list[EventRow]:
    """Return everything that happened, oldest first: what was noted, and what went to the hub and came back."""
    order = detail.order
    told = [EventRow(order.seen_at, "O-560", {"channel": order.channel or "Plugg.to"})]
    for entry in detail.invoices:
        facts = {"number": entry.number, "serie": entry.serie, "key": entry.key, "date": (entry.issued or "")[:10]}
        told += _at(entry.found_at, "O-561", facts) + _at(entry.sent_at, "O-562", facts)
        told += _at(entry.confirmed_at, "O-563", facts)
    for code in detail.codes:
        facts = {"code": code.code, "carrier": code.carrier, "method": code.method, "volume": code.volume}
        told += _at(code.typed_at, "O-564", facts) + _at(code.sent_at, "O-565", facts)
        told += _at(code.confirmed_at, "O-566", facts)
    return sorted([*told, *noted], key=lambda event: event.at)


def _at(moment: str | None, code: str, params: dict[str, Any]) -> list[EventRow]:
    return [EventRow(moment, code, params)] if moment else []


def params_of(text: str | None) -> dict[str, Any]:
    """Return params stored as JSON."""
    return json.loads(text) if text else {}


def _order(row: tuple[Any, ...]) -> OrderRow:
    return OrderRow._make((*row[:16], params_of(row[16]), bool(row[17]), *row[18:]))


def _invoice(row: tuple[Any, ...]) -> InvoiceRow:
    return InvoiceRow._make((*row[:11], params_of(row[11]), *row[12:]))


def _typed(row: tuple[Any, ...]) -> TypedRow:
    return TypedRow._make((*row[:10], params_of(row[10]), row[11]))
