"""What may be sold online of a SKU, with every number that led there (PRODUCT.md, *Stock and price*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal

from otimo_tray.domain.catalogue import ErpItem, SkuMapping
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import StockRules
from otimo_tray.errors import RowRefused


@dataclass(frozen=True, slots=True)
class ComponentPart:
    """One ERP code's share: how many whole SKUs (`possible`, >= 0) its balance allows.

    `balance` is the ERP's number as it is; `committed`, `safety` and `units` are whole units of the ERP code.
    """

    erp_code: str
    balance: Decimal
    committed: int
    safety: int
    units: int
    possible: int


@dataclass(frozen=True, slots=True)
class Availability:
    """Units of the SKU to announce.

    Attributes:
        quantity: never negative; times any component's units never above its balance.
        limiting_code: ERP code of the scarcest component; None when the SKU is stopped.
        capped_by: "stop_selling" or "max_announced" when that, not the balance, decided.
    """

    quantity: int
    limiting_code: str | None
    parts: tuple[ComponentPart, ...]
    capped_by: Literal["stop_selling", "max_announced"] | None

    def explanation(self) -> dict[str, Any]:
        """The numbers as plain JSON values, for the audit and `otimo-tray explain`."""
        return {
            "quantity": self.quantity,
            "limiting_code": self.limiting_code,
            "capped_by": self.capped_by,
            "components": [
                {
                    "erp_code": part.erp_code,
                    "balance": str(part.balance),
                    "committed": part.committed,
                    "safety": part.safety,
                    "units": part.units,
                    "possible": part.possible,
                }
                for part in self.parts
            ],
        }


def units_by_code(mapping: SkuMapping) -> dict[str, int]:
    """Units of each ERP code in one SKU; a code listed twice counts with its sum, or a kit would oversell it.

    Raises:
        RowRefused: S-302, the mapping has no component, or one with less than one unit.
    """
    units: dict[str, int] = {}
    for component in mapping.components:
        if component.units < 1:
            raise RowRefused("S-302", sku=mapping.sku)
        units[component.erp_code] = units.get(component.erp_code, 0) + component.units
    if not units:
        raise RowRefused("S-302", sku=mapping.sku)
    return units


def safety_units(whole_balance: int, rule: SkuRule, defaults: StockRules) -> int:
    """Units of an ERP code kept back: the fixed number or the share of the balance, whichever is more, rounded up.

    Shares are limited to 0..100 %; a negative fixed number keeps nothing back.
    """
    fixed = defaults.safety_stock if rule.safety_stock is None else rule.safety_stock
    percent = defaults.safety_percent if rule.safety_percent is None else rule.safety_percent
    percent = min(max(percent, Decimal(0)), Decimal(100))
    numerator, denominator = percent.as_integer_ratio()
    share = -(-max(whole_balance, 0) * numerator // (denominator * 100))
    return max(fixed, share, 0)


def available(
    mapping: SkuMapping,
    items: Mapping[str, ErpItem],
    committed: Mapping[str, int],
    rule: SkuRule,
    defaults: StockRules,
) -> Availability:
    """max(0, floor(min over components((balance - committed - safety) / units))), capped by *máximo anunciado*.

    A fraction of a unit in the balance is never sold. Safety stock is kept back of each component.

    Raises:
        RowRefused: S-301, a component isn't in `items` or has no balance; S-302, the mapping itself is wrong.
    """
    parts: list[ComponentPart] = []
    for erp_code, units in units_by_code(mapping).items():
        item = items.get(erp_code)
        if item is None or item.balance is None or not item.balance.is_finite():
            raise RowRefused("S-301", sku=mapping.sku, erp_code=erp_code)
        # Whole first: with everything else whole the result is the same, and a share of it stays monotone.
        whole = int(item.balance.to_integral_value(ROUND_FLOOR))
        safety = safety_units(whole, rule, defaults)
        taken = max(committed.get(erp_code, 0), 0)
        possible = max(0, (whole - taken - safety) // units)
        parts.append(ComponentPart(erp_code, item.balance, taken, safety, units, possible))
    scarcest = min(parts, key=lambda part: part.possible)
    if rule.stop_selling:
        return Availability(0, None, tuple(parts), "stop_selling")
    limit = defaults.max_announced if rule.max_announced is None else rule.max_announced
    if limit is not None and max(limit, 0) < scarcest.possible:
        return Availability(max(limit, 0), scarcest.erp_code, tuple(parts), "max_announced")
    return Availability(scarcest.possible, scarcest.erp_code, tuple(parts), None)
