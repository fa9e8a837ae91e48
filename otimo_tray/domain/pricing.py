"""At which price a SKU is sold: the ERP's prices through the shop's rule, in exact decimals, halves always up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from typing import Any, Literal

from otimo_tray.domain.catalogue import ErpItem, SkuMapping
from otimo_tray.domain.plan import PriceValue
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import PriceRules

_CENT = Decimal("0.01")
_ENDINGS = {"90": Decimal("0.90"), "99": Decimal("0.99")}
# Wide enough that no sum or product of real prices is ever rounded on the way; the default context rounds
# half-even.
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PricePlan:
    """A SKU's price now.

    Attributes:
        value: what to announce; None = nothing may be sent, `reason` says why.
        next_change: when the price next changes by time alone (edge of a promotion); None = never.
        explanation: the numbers as plain JSON values, for the audit and `otimo-tray explain`.
        reason: S-311 (a component has no valid price) or S-312 (the rule gives no valid price); None with a
            value.
        params: of the reason's sentence: sku, erp_code.
    """

    value: PriceValue | None
    next_change: datetime | None
    explanation: dict[str, Any] = field(default_factory=dict[str, Any])
    reason: str | None = None
    params: dict[str, Any] = field(default_factory=dict[str, Any])


def to_cents(amount: Decimal) -> Decimal:
    """BRL rounded to cents, halves away from zero."""
    return amount.quantize(_CENT, context=_EXACT)


def round_to_ending(price: Decimal, rounding: Literal["none", "90", "99"]) -> Decimal:
    """Cents, then up to the next price that ends in ,90 or ,99: rounding never gives money away."""
    cents = to_cents(price)
    if rounding == "none":
        return cents
    ending = _ENDINGS[rounding]
    whole = _EXACT.subtract(cents, ending).to_integral_value(ROUND_CEILING, _EXACT)
    return to_cents(_EXACT.add(whole, ending))


def marked_up(base: Decimal, markup_percent: Decimal) -> Decimal:
    """`base` plus `markup_percent` per cent, exact (not rounded)."""
    factor = _EXACT.add(Decimal(100), markup_percent).scaleb(-2, _EXACT)
    return _EXACT.multiply(base, factor)


def with_margin(base: Decimal, margin_percent: Decimal) -> Decimal:
    """The price of which `base` is left when `margin_percent` per cent (under 100) of it are taken off; not rounded."""
    left = _EXACT.subtract(Decimal(100), margin_percent)
    return _EXACT.divide(_EXACT.multiply(base, Decimal(100)), left)


def is_active(start: datetime | None, end: datetime | None, now: datetime) -> bool:
    """Whether `now` is in [start, end): `end` is the first instant when the promotion is over. None is open."""
    return (start is None or start <= now) and (end is None or now < end)


def next_edge(windows: Iterable[tuple[datetime | None, datetime | None]], now: datetime) -> datetime | None:
    """The first start or end after `now` among windows that aren't empty."""
    edges = [
        edge
        for start, end in windows
        if start is None or end is None or start < end
        for edge in (start, end)
        if edge is not None and edge > now
    ]
    return min(edges, default=None)


def _usable(price: Decimal | None) -> Decimal | None:
    return price if price is not None and price.is_finite() and price > 0 else None


@dataclass(slots=True)
class _Sums:
    """Sums over the components while a price is made up."""

    listed: Decimal = Decimal(0)
    promoted: Decimal = Decimal(0)
    windows: list[tuple[datetime | None, datetime | None]] = field(
        default_factory=list[tuple[datetime | None, datetime | None]]
    )
    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, item: ErpItem, units: int, price: Decimal, now: datetime) -> None:
        promo = _usable(item.promo_price)
        selling = price
        if promo is not None and promo < price:
            self.windows.append((item.promo_from, item.promo_until))
            if is_active(item.promo_from, item.promo_until, now):
                selling = promo
        self.listed = _EXACT.add(self.listed, _EXACT.multiply(price, Decimal(units)))
        self.promoted = _EXACT.add(self.promoted, _EXACT.multiply(selling, Decimal(units)))
        self.parts.append({"erp_code": item.erp_code, "units": units, "price": str(price), "selling": str(selling)})


def price_of(
    mapping: SkuMapping,
    items: Mapping[str, ErpItem],
    rule: SkuRule,
    defaults: PriceRules,
    now: datetime,
) -> PricePlan:
    """List and selling price of a SKU at `now`.

    List price: the rule's own price, else the sum over components of price x units, marked up, with its margin,
    rounded. Selling price: the rule's own special price inside its dates, else the same sum with the components'
    promotions of this moment, through the same markup and rounding; never above the list price, and equal to it where
    nothing is promoted. A price of the rule's own leaves the ERP's promotions out. The floor changes no
    price: the guards hold what is under it (`otimo_tray.domain.guard`).
    """
    markup = defaults.markup_percent if rule.markup_percent is None else rule.markup_percent
    margin = defaults.margin_percent if rule.margin_percent is None else rule.margin_percent
    rounding = rule.rounding or defaults.rounding
    floor = defaults.floor if rule.floor is None else rule.floor
    explanation: dict[str, Any] = {"floor": None if floor is None else str(floor)}
    sums = _Sums()
    if rule.own_price is not None:
        own = _usable(rule.own_price)
        listed = Decimal(0) if own is None else to_cents(own)
        selling = listed
        explanation["own_price"] = str(rule.own_price)
    else:
        for component in mapping.components:
            item = items.get(component.erp_code)
            price = None if item is None else _usable(item.price)
            if item is None or price is None:
                params = {"sku": mapping.sku, "erp_code": component.erp_code}
                return PricePlan(None, next_edge(sums.windows, now), explanation, "S-311", params)
            sums.add(item, component.units, price, now)
        if margin >= 100:
            return PricePlan(None, next_edge(sums.windows, now), explanation, "S-312", {"sku": mapping.sku})
        listed = round_to_ending(with_margin(marked_up(sums.listed, markup), margin), rounding)
        selling = round_to_ending(with_margin(marked_up(sums.promoted, markup), margin), rounding)
        explanation |= {
            "components": sums.parts,
            "base": str(sums.listed),
            "markup_percent": str(markup),
            "margin_percent": str(margin),
            "rounding": rounding,
        }
    special = _usable(rule.own_special_price)
    if special is not None:
        sums.windows.append((rule.special_from, rule.special_until))
        if is_active(rule.special_from, rule.special_until, now):
            selling = to_cents(special)
            explanation["own_special_price"] = str(special)
    selling = min(selling, listed)
    next_change = next_edge(sums.windows, now)
    if selling <= 0:  # never above `listed`, so that speaks for both
        return PricePlan(None, next_change, explanation, "S-312", {"sku": mapping.sku})
    explanation |= {"price": str(listed), "special_price": str(selling), "promotion": selling < listed}
    return PricePlan(PriceValue(listed, selling), next_change, explanation)
