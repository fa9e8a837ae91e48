"""Tracking codes typed by a person: their form, their carriers and their states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

S10_PATTERN = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


class TrackingState(StrEnum):
    """typed → sent (the hub answered yes) → confirmed (read back and equal), or problem; replaced by a correction."""

    TYPED = "typed"
    SENT = "sent"
    CONFIRMED = "confirmed"
    PROBLEM = "problem"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Carrier:
    """`url_template` holds `{code}`; `default_method` goes to the hub when the channel filled in none."""

    name: str
    url_template: str
    default_method: str

    def url(self, code: str) -> str:
        return self.url_template.replace("{code}", code)


CORREIOS = Carrier("Correios", "https://rastreamento.correios.com.br/app/index.php?objetos={code}", "PAC")
DEFAULT_CARRIERS = (
    CORREIOS,
    Carrier("Jadlog", "https://www.jadlog.com.br/jadlog/tracking?cte={code}", "Package"),
    Carrier("Loggi", "https://www.loggi.com/rastreador/{code}", "Expresso"),
    Carrier("Total Express", "https://tracking.totalexpress.com.br/?codigo={code}", "Expresso"),
    Carrier("Azul Cargo", "https://www.azulcargoexpress.com.br/Rastreio/Rastreio?awb={code}", "Standard"),
)


def normalise_code(text: str) -> str:
    """A typed or scanned code without blanks around or inside, upper case."""
    return re.sub(r"\s+", "", text).upper()


def s10_check_digit(serial: str) -> int:
    """Check digit of an 8-digit S10 serial (UPU S10: weights 8 6 4 2 3 5 9 7; 10 → 0, 11 → 5)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def looks_like_s10(code: str) -> bool:
    """Two letters, nine digits, two letters."""
    return S10_PATTERN.fullmatch(code) is not None


def s10_digit_is_right(code: str) -> bool:
    """Whether the check digit of a code in S10 form holds. Warn on False, never block: real codes fail it."""
    return s10_check_digit(code[2:10]) == int(code[10])


def code_warnings(code: str, *, used_by: str | None, nfe_keys: frozenset[str] = frozenset()) -> list[str]:
    """Codes of warnings for a typed code; each can be overridden (T-601 digit, T-602 used, T-603 is an NF-e key)."""
    warnings: list[str] = []
    if looks_like_s10(code) and not s10_digit_is_right(code):
        warnings.append("T-601")
    if used_by is not None:
        warnings.append("T-602")
    if code in nfe_keys or re.fullmatch(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}", code):
        warnings.append("T-603")
    return warnings
