"""Rows of the order ledger ↔ `Order` and `OrderRow`, and writing an order's own columns and lines."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from otimo_tray.domain.orders import Order, OrderStage
from otimo_tray.domain.text import fold
from otimo_tray.store.codec import (
    clean,
    decimal_text,
    dump,
    json_of,
    load,
    maybe_time,
    params_of,
    raw_text,
    time_of,
    time_or_none,
)
from otimo_tray.store.dialect import given, many
from otimo_tray.store.schema import order_item, orders
from otimo_tray.sync.storage import OrderRow

_c = orders.c
ROWS: Final[Any] = select(
    _c.data, _c.raw, _c.stage, _c.stage_at, _c.seen_at, _c.read_at, _c.erp_ref, _c.attempts, _c.due_at,
    _c.error_code, _c.error_params, _c.error_raw, _c.cancel_open, _c.imported_at, _c.booked_at,
)  # fmt: skip
"""All of an order; `row_of` reads it. Read with the driver's tuples."""
_DROP_LINES: Final = delete(order_item).where(order_item.c.hub_id == given("of_order"))
_ADD_LINES: Final = insert(order_item)
_LINE_NAMES: Final = ("hub_id", "line", "sku", "name", "quantity", "price")


def order_of(data: str, raw: str) -> Order:
    """An order from its typed form and the hub's JSON."""
    order = load(Order, json_of(data))
    order.raw.update(json_of(raw))
    return order


def row_of(row: tuple[Any, ...]) -> OrderRow:
    """A row of `ROWS`."""
    return OrderRow(
        order_of(row[0], row[1]),
        OrderStage(row[2]),
        time_of(row[3]),
        time_of(row[4]),
        time_of(row[5]),
        row[6],
        row[7],
        time_of(row[8]),
        row[9],
        params_of(row[10]),
        row[11] or "",
        bool(row[12]),
        maybe_time(row[13]),
        maybe_time(row[14]),
    )


def columns_of(order: Order) -> dict[str, object]:
    """The columns that tell what the hub said; buyer's columns from the payer, else the receiver."""
    payer, receiver = order.payer, order.receiver
    names = (payer.name, payer.company_name, receiver.name, receiver.company_name)
    return {
        "original_id": clean(order.original_id),
        "channel": clean(order.channel),
        "channel_account": clean(order.channel_account),
        "hub_status": clean(order.status),
        "sub_status": clean(order.sub_status),
        "delivery_type": clean(order.delivery_type),
        "buyer_name": clean(payer.name or receiver.name),
        "buyer_document": clean(payer.document or receiver.document),
        "total": decimal_text(order.total),
        "created": time_or_none(order.created),
        "approved": time_or_none(order.approved),
        "expected_send": time_or_none(order.expected_send),
        "buyer_search": fold(clean(" ".join(dict.fromkeys(name for name in names if name)))),
        "hub_code": clean(next((entry.track_code for entry in order.shipments if entry.track_code), "")),
        "data": raw_text(dump(order)),
        "raw": raw_text(order.raw),
    }


def put_lines(connection: Connection, order: Order) -> None:
    """Replaces an order's lines."""
    connection.execute(_DROP_LINES, {"of_order": order.hub_id})
    rows = (
        (order.hub_id, place, clean(item.sku), clean(item.name), item.quantity, decimal_text(item.price))
        for place, item in enumerate(order.items)
    )
    many(connection, _ADD_LINES, _LINE_NAMES, rows)
