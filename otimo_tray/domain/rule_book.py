"""All rules of a shop, ready to be asked for many SKUs: what counts for each, and which rule says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate
from typing import Any, Final

from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rules import NO_RULE, PRICE_FIELDS, STOCK_FIELDS, PatternRule, SkuRule, rule_for
from otimo_tray.domain.settings import Settings

Told = Mapping[str, Mapping[str, str]]
"""By field: `value`, `from` ("own", "pattern", "default") and with a pattern its `pattern` and `brand`, if any."""

_OWN_ALONE: Final = ("own_price", "own_special_price")
_FIELDS: Final[dict[Kind, tuple[str, ...]]] = {"stock": STOCK_FIELDS, "price": (*PRICE_FIELDS, *_OWN_ALONE)}
_NEUTRAL: Final = (None, 0, False, "none")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What counts for a SKU. `told`: who gave each number of a rule; what does nothing is left out."""

    rule: SkuRule
    told: Mapping[Kind, Told]


class RuleBook:
    """The shop's defaults and pattern rules. Each combination of rules is laid over the others once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rules = settings.rules
        self._fit: list[tuple[str, Callable[[str], object]]] = [
            (entry.brand.strip().casefold(), re.compile(translate(entry.pattern.casefold())).match)
            for entry in settings.rules
        ]
        self._known: dict[tuple[SkuRule, tuple[int, ...]], Ruled] = {}

    def of(self, sku: str, own: SkuRule = NO_RULE, brand: str = "") -> Ruled:
        """The rule of a SKU, as `rule_for` makes it, and where each number comes from."""
        fitting: tuple[int, ...] = ()
        if self._fit:
            name, its_brand = sku.casefold(), brand.strip().casefold()
            fitting = tuple(
                number
                for number, (wanted, match) in enumerate(self._fit)
                if (not wanted or wanted == its_brand) and match(name)
            )
        key = (own, fitting)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(own, [self._rules[number] for number in fitting])
        return found

    def _make(self, own: SkuRule, fitting: Sequence[PatternRule]) -> Ruled:
        everywhere = [PatternRule("*", entry.rule) for entry in fitting]
        rule = rule_for("", own, everywhere)
        told: dict[Kind, Told] = {}
        for kind, names in _FIELDS.items():
            entries = {name: self._origin(name, own, fitting) for name in names}
            told[kind] = {name: entry for name, entry in entries.items() if entry is not None}
        return Ruled(rule, told)

    def _origin(self, name: str, own: SkuRule, fitting: Sequence[PatternRule]) -> dict[str, str] | None:
        """Who gives this field its value; None where it does nothing."""
        unset = (None, False) if name == "stop_selling" else (None,)
        value: Any = getattr(own, name)
        if value not in unset:
            return {"value": _text(value), "from": "own"}
        for entry in () if name in _OWN_ALONE else fitting:
            value = getattr(entry.rule, name)
            if value not in unset:
                brand = {"brand": entry.brand} if entry.brand else {}
                return {"value": _text(value), "from": "pattern", "pattern": entry.pattern, **brand}
        holder = self._settings.stock_rules if name in STOCK_FIELDS else self._settings.price_rules
        value = getattr(holder, name, None)
        return None if value in _NEUTRAL else {"value": _text(value), "from": "default"}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
