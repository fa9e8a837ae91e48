"""Rules a shop sets for one SKU or for many at once (by pattern or brand), and how they are laid over its defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Final, Literal


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
    margin_percent: Decimal | None = None


NO_RULE = SkuRule()
STOCK_FIELDS: Final = ("safety_stock", "safety_percent", "max_announced", "stop_selling")
PRICE_FIELDS: Final = ("markup_percent", "margin_percent", "rounding", "floor")
PATTERN_FIELDS: Final = (*STOCK_FIELDS, *PRICE_FIELDS)
"""What a rule for many SKUs may set: a price of its own makes sense for one SKU alone."""


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A rule for every SKU that fits.

    Attributes:
        pattern: of the SKU, upper and lower case alike: `*` stands for any text, `?` for one character, `[…]` for one
            of some; e.g. ``NIKE-*``.
        brand: the brand as the hub has it, upper and lower case alike; "" = any. Both must fit.
    """

    pattern: str
    rule: SkuRule
    brand: str = ""

    def fits(self, sku: str, brand: str = "") -> bool:
        """Whether a SKU of this brand is among those meant."""
        if self.brand and self.brand.strip().casefold() != brand.strip().casefold():
            return False
        return fnmatchcase(sku.casefold(), self.pattern.casefold())

    @property
    def name(self) -> str:
        """What people call it: the pattern, with the brand where one is set."""
        return f"{self.pattern} ({self.brand})" if self.brand else self.pattern


def overlay(own: SkuRule, general: SkuRule) -> SkuRule:
    """`own` with its unset fields taken from `general`. Stopped by either is stopped.

    A special price and its dates go together: the dates of one rule never limit the special price of another.
    """
    merged: dict[str, Any] = {}
    for entry in fields(SkuRule):
        mine = getattr(own, entry.name)
        merged[entry.name] = getattr(general, entry.name) if mine is None else mine
    merged["stop_selling"] = own.stop_selling or general.stop_selling
    special = own if own.own_special_price is not None else general
    merged["special_from"], merged["special_until"] = special.special_from, special.special_until
    return SkuRule(**merged)


def rule_for(sku: str, own: SkuRule, patterns: Sequence[PatternRule], brand: str = "") -> SkuRule:
    """The SKU's own rule over the fitting patterns'; among patterns the first in the list wins, field by field."""
    rule = own
    for entry in patterns:
        if entry.fits(sku, brand):
            rule = overlay(rule, entry.rule)
    return rule
