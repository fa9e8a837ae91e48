"""Check digits of the numbers that made-up products and buyers carry: EAN-13, CPF, CNPJ, NF-e key."""

from __future__ import annotations

from collections.abc import Iterable


def ean13(first12: str) -> str:
    """Twelve digits with the EAN-13 check digit behind them."""
    total = sum(map(int, first12[::2])) + 3 * sum(map(int, first12[1::2]))
    return f"{first12}{-total % 10}"


def cpf(first9: str) -> str:
    """Nine digits with the two check digits of a CPF."""
    once = first9 + _modulo11(first9, range(10, 1, -1))
    return once + _modulo11(once, range(11, 1, -1))


def cnpj(first12: str) -> str:
    """Twelve characters, letters allowed since 2026, with the two check digits of a CNPJ."""
    once = first12 + _modulo11(first12, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
    return once + _modulo11(once, (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))


def nfe_key(first43: str) -> str:
    """43 characters with the check digit of an NF-e access key."""
    return first43 + _modulo11(first43, [2 + place % 8 for place in range(42, -1, -1)])


def _modulo11(text: str, weights: Iterable[int]) -> str:
    rest = sum((ord(sign) - 48) * weight for sign, weight in zip(text, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)
