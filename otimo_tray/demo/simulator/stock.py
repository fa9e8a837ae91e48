"""What orders do to stock: units reserved while an order is open, units taken on approval when a switch says
so."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any, cast

from .switches import Switches
from .template import BEFORE_APPROVAL, ENDED, STATUSES
from .wire import Json


def units(order: Json) -> Counter[str]:
    """Units of each SKU an order sells; the SKU is `variation.sku` when set, else `sku`."""
    sold: Counter[str] = Counter()
    for item in cast("list[Json]", order.get("items") or []):
        variation = item.get("variation")
        own = cast(Json, variation).get("sku") if isinstance(variation, dict) else None
        sku = own or item.get("sku")
        quantity = item.get("quantity")
        if sku and isinstance(quantity, (int, float)):
            sold[str(sku)] += cast(Any, quantity)
    return sold


def holds(order: Json, lowered: bool, switches: Switches) -> Counter[str]:
    """Units of each SKU that this order reserves now."""
    status = order.get("status")
    if not order.get("auto_reserve") or order.get("delivery_type") == "fulfillment" or lowered:
        return Counter()
    # Ended orders are late in the sequence, so a known status from `reserved_until` on covers them.
    # An unknown status may be anything; the units stay reserved until a known one releases them.
    if status in STATUSES and STATUSES.index(status) >= STATUSES.index(switches.reserved_until):
        return Counter()
    return units(order)


def takes_units(order: Json, switches: Switches) -> bool:
    """Whether the hub itself takes this order's units from the stock now: approved or later, and
    not ended."""
    status = order.get("status")
    return (
        switches.lowers_stock_on_approval
        and order.get("delivery_type") != "fulfillment"
        and status in STATUSES
        and status not in BEFORE_APPROVAL
        and status not in ENDED
    )


def apply(
    db: sqlite3.Connection, order: Json, held: Counter[str], lowered: bool, switches: Switches
) -> tuple[Counter[str], bool]:
    """Move reservations and stock from an order's former state to its present one.

    Args:
        db: the open transaction.
        order: the order as it is now.
        held: what it reserved before.
        lowered: whether its units were taken before.
        switches: the hub's readings.

    Returns:
        What it reserves now, and whether its units are taken now.
    """
    takes = takes_units(order, switches) or (lowered and order.get("status") not in ENDED)
    if takes != lowered:
        sign = -1 if takes else 1  # a cancelled order gives back what the hub took
        for sku, amount in units(order).items():
            db.execute("UPDATE product SET quantity = quantity + ? WHERE sku = ?", (sign * amount, sku))
    now_held = holds(order, takes, switches)
    for sku in now_held.keys() | held.keys():
        if difference := now_held[sku] - held[sku]:
            db.execute("UPDATE product SET reserved = reserved + ? WHERE sku = ?", (difference, sku))
    return now_held, takes
