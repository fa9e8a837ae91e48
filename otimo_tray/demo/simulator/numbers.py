"""Numbers as the hub keeps them: prices at three decimals (seen), quantities as the switches read them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .switches import Switches
from .wire import refuse

_MOST = Decimal(10) ** 12
"""Larger amounts are refused: no shop has them, and SQLite's integers end somewhere."""


def as_price(value: Any, name: str) -> float | None:
    """A price in reais, rounded to three decimals; null stays null.

    Raises:
        RefusedError: 400, no number, or below zero.
    """
    if value is None:
        return None
    number = _number(value, name)
    if number < 0:
        refuse(400, "invalid_field", {name: "must not be negative"})
    return float(number.quantize(Decimal("0.001"), ROUND_HALF_UP))


def as_quantity(value: Any, switches: Switches | None) -> int | float:
    """A quantity in units; without switches it is taken as it is.

    Raises:
        RefusedError: 400, no number, or one that the switches refuse.
    """
    number = _number(value, "quantity")
    if switches is not None and number < 0 and switches.negative_quantity != "keep":
        if switches.negative_quantity == "refuse":
            refuse(400, "invalid_field", {"quantity": "must not be negative"})
        number = Decimal(0)
    if number == number.to_integral_value():
        return int(number)
    if switches is not None and switches.fractional_quantity != "keep":
        if switches.fractional_quantity == "refuse":
            refuse(400, "invalid_field", {"quantity": "must be a whole number"})
        return math.floor(number)
    return float(number)


def _number(value: Any, name: str) -> Decimal:
    """A JSON number, or a text that is one (with a decimal point: `19,90` is none)."""
    try:
        number = Decimal(str(value)) if isinstance(value, (int, float, str)) else Decimal("nan")
    except (InvalidOperation, ValueError):
        number = Decimal("nan")
    if isinstance(value, bool) or not number.is_finite() or abs(number) >= _MOST:
        refuse(400, "invalid_field", {name: f"{value!r} is not a number"[:200]})
    return number
