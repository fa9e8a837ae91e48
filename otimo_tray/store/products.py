"""Rows of hub_product ↔ `HubProduct`, and what such a product says about the values the hub holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.plan import Kind, PriceValue, StockValue
from otimo_tray.store.codec import clean, decimal_text, time_text
from otimo_tray.store.schema import hub_product

_c = hub_product.c
COLUMNS: Final = (
    _c.sku,
    _c.product_id,
    _c.name,
    _c.ean,
    _c.parent_sku,
    _c.quantity,
    _c.price,
    _c.special_price,
    _c.reserved,
    _c.has_price_table,
    _c.has_stock_table,
    _c.brand,
)
"""What a product is made of, in the order of `product_of`."""
NAMES: Final = (*(column.name for column in COLUMNS), "read_at", "gone")
"""The fields of `row_of`."""


def product_of(row: tuple[Any, ...]) -> HubProduct:
    """A product from its columns, as the driver gives them."""
    sku, product_id, name, ean, parent, quantity, price, special, reserved, price_table, stock_table, brand = row
    return HubProduct(
        sku,
        product_id,
        name,
        ean,
        quantity,
        None if price is None else Decimal(price),
        None if special is None else Decimal(special),
        reserved,
        parent,
        bool(price_table),
        bool(stock_table),
        brand,
    )


def row_of(product: HubProduct, read_at: datetime) -> tuple[object, ...]:
    """The columns `NAMES` of a product the hub has."""
    return (
        product.sku,
        product.product_id,
        clean(product.name),
        clean(product.ean),
        product.parent_sku,
        product.quantity,
        decimal_text(product.price),
        decimal_text(product.special_price),
        product.reserved,
        int(product.has_price_table),
        int(product.has_stock_table),
        clean(product.brand),
        time_text(read_at),
        0,
    )


def values_of(product: HubProduct) -> Iterator[tuple[Kind, str]]:
    """The values the hub shows. A special price of null means "as the list price"."""
    if product.quantity is not None:
        yield "stock", StockValue(product.quantity).text()
    if product.price is not None:
        special = product.price if product.special_price is None else product.special_price
        yield "price", PriceValue(product.price, special).text()
