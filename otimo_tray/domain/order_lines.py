"""Order items resolved into ERP lines through the De/Para, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.orders import ErpOrderLine, Order, OrderItem

_CENT = Decimal("0.01")
_UNIT_PRICE_STEP = Decimal("0.0001")


def unmapped_skus(order: Order, mappings: Mapping[str, SkuMapping]) -> tuple[str, ...]:
    """SKUs of the order that have no De/Para, each once, in order."""
    return tuple(sku for sku in order.skus if sku not in mappings)


def split_cents(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """Splits `total` (BRL) by `weights` into cents whose sum is exactly `total`: largest remainders get the last cents.

    All-zero weights count as equal ones.
    """
    whole = sum(weights, Decimal(0))
    if whole == 0:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    exact = [total * weight / whole for weight in weights]
    parts = [part.quantize(_CENT, ROUND_DOWN) for part in exact]
    missing = int((total.quantize(_CENT, ROUND_HALF_UP) - sum(parts, Decimal(0))) / _CENT)
    by_remainder = sorted(range(len(parts)), key=lambda i: exact[i] - parts[i], reverse=missing > 0)
    for index in by_remainder[: abs(missing)]:
        parts[index] += _CENT if missing > 0 else -_CENT
    return parts


def item_total(item: OrderItem) -> Decimal:
    """What the line sold for: its own total when given, else price × quantity; no price counts as zero."""
    if item.total is not None:
        return item.total
    return (item.price or Decimal(0)) * item.quantity


def erp_lines(
    order: Order, mappings: Mapping[str, SkuMapping], prices: Mapping[str, Decimal | None]
) -> tuple[ErpOrderLine, ...]:
    """The whole order as ERP lines. A kit's total is shared among its components by their ERP prices (`prices`).

    Raises:
        KeyError: a SKU isn't mapped (ask `unmapped_skus` first: an order is never imported in part).
    """
    lines: list[ErpOrderLine] = []
    for item in order.items:
        components = mappings[item.sku].components
        weights = [(prices.get(part.erp_code) or Decimal(0)) * part.units for part in components]
        for part, total in zip(components, split_cents(item_total(item), weights), strict=True):
            quantity = part.units * item.quantity
            unit = (total / quantity).quantize(_UNIT_PRICE_STEP, ROUND_HALF_UP) if quantity else Decimal(0)
            lines.append(ErpOrderLine(item.sku, part.erp_code, quantity, unit, total))
    return tuple(lines)
