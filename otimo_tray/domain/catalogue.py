"""Products as the three parties see them: the ERP's item, the hub's sellable SKU, and the De/Para between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

RawRow = tuple[str | None, ...]
"""One ERP row as text, untouched: (code, balance, price, promo_price, promo_from, promo_until, name, ean).

Connectors give exactly these eight text-or-None fields, so that an unchanged row is recognised by one comparison and
never has to become an object. `Erp.parse_row` turns one into an `ErpItem`.
"""

RAW_FIELDS: Final = ("erp_code", "balance", "price", "promo_price", "promo_from", "promo_until", "name", "ean")


class ErpItem(NamedTuple):
    """An ERP product, typed. `balance` in units as the ERP says (may be negative or fractional); prices in BRL.

    A tuple, since one is made for each row of a large ERP: a frozen dataclass takes four times as long.
    """

    erp_code: str
    balance: Decimal | None
    price: Decimal | None
    promo_price: Decimal | None = None
    promo_from: datetime | None = None
    promo_until: datetime | None = None
    name: str = ""
    ean: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """`units` (>= 1, *Qtd. por SKU*) of one ERP code inside a SKU."""

    erp_code: str
    units: int


@dataclass(frozen=True, slots=True)
class SkuMapping:
    """De/Para: a SKU at the hub ↔ one or more components. Mostly one × 1; a kit of 3 is one × 3."""

    sku: str
    components: tuple[Component, ...]
    version: int = 0
    origin: str = "typed"
    """How it came: typed, equal_code, equal_ean, import."""

    @property
    def is_kit(self) -> bool:
        return len(self.components) > 1 or any(component.units != 1 for component in self.components)


@dataclass(frozen=True, slots=True)
class HubProduct:
    """A sellable SKU as the hub shows it (a variation has its own). Prices in BRL, in cents; quantity in units."""

    sku: str
    product_id: str
    name: str = ""
    ean: str = ""
    quantity: int | None = None
    price: Decimal | None = None
    special_price: Decimal | None = None
    reserved: int | None = None
    parent_sku: str | None = None
    has_price_table: bool = False
    has_stock_table: bool = False
    brand: str = ""
