"""Rows of the orders window, the details of one order, and what waits for a person there."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

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
    """Something that happened to an order."""

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
    "confirmed_at, error_code, error_params FROM invoice WHERE hub_id = ? ORDER BY found_at"
)
_PROPOSALS: Final = """
SELECT i.key, i.number, i.serie, coalesce(i.issued, i.issued_date), i.total, i.cnpj, i.hub_id, i.shipment_id,
  o.original_id, o.channel, o.buyer_name, o.buyer_document, o.total
FROM invoice i JOIN orders o ON o.hub_id = i.hub_id WHERE i.state = 'proposed' ORDER BY i.found_at
"""


class OrdersReader:
    """Questions of the orders window."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def rows(self, limit: int = 20_000) -> list[OrderRow]:
        """Return the newest orders, newest first."""
        query = _ROWS + "ORDER BY coalesce(o.approved, o.seen_at) DESC LIMIT ?"
        return [_order(row) for row in self._connection.rows(query, (limit,))]

    def row(self, hub_id: str) -> OrderRow | None:
        """Return one order."""
        return next((_order(row) for row in self._connection.list(_ROWS + "WHERE o.hub_id = ?", (hub_id,))), None)

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
        return Detail(
            order,
            [ItemRow(*row) for row in items],
            [EventRow(at, code, params_of(params)) for at, code, params in events],
            [_invoice(row) for row in self._connection.rows(_INVOICE, (hub_id,))],
            *(raw[0] if raw else ("", "")),
        )

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


def params_of(text: str | None) -> dict[str, Any]:
    """Return params stored as JSON."""
    return json.loads(text) if text else {}


def _order(row: tuple[Any, ...]) -> OrderRow:
    return OrderRow._make((*row[:16], params_of(row[16]), bool(row[17]), *row[18:]))


def _invoice(row: tuple[Any, ...]) -> InvoiceRow:
    return InvoiceRow._make((*row[:11], params_of(row[11])))
