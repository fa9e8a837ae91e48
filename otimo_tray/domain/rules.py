"""Pure rules of stock and price: what may be sold, and at which price, with every number that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class SkuRule:
    """One SKU's own rule; None means "the shop's default"."""

    safety_stock: int | None = None
    safety_percent: Decimal | None = None
    max_announced: int | None = None
    stop_selling: bool = False
    markup_percent: Decimal | None = None
    rounding: Literal["none", "90", "99"] | None = None
    floor: Decimal | None = None
    own_price: Decimal | None = None
    own_special_price: Decimal | None = None
    special_from: datetime | None = None
    special_until: datetime | None = None


NO_RULE = SkuRule()
