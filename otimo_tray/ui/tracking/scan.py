"""What a scanner read: labels carry more than the code, and every scanner has its own manners. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from otimo_tray.domain.invoice_rules import check_digit
from otimo_tray.domain.tracking import normalise_code

_KEY = re.compile(r"(?<![0-9A-Z])[0-9]{6}[0-9A-Z]{12}[0-9]{26}(?![0-9A-Z])")
_S10 = re.compile(r"(?<![A-Z])[A-Z]{2}[0-9]{9}[A-Z]{2}(?![A-Z])")
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""Some scanners send the symbology's identifier first (ISO/IEC 15424), e.g. `]C1`."""
_QR_NUMBERS = ("id", "tracking", "tracking_number", "track_code", "shipment_id", "code")
LONG = 24
"""A text longer than this holds more than one code: DataMatrix and QR."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading.

    Attributes:
        text: as it came, without blanks around.
        key: an NF-e access key in it.
        code: what it is as a tracking code.
        numbers: what may be an order's number in it, the likeliest first.
    """

    text: str
    key: str | None
    code: str
    numbers: tuple[str, ...]


def read_scan(raw: str) -> Scan:
    """Return what a reading holds."""
    text = _AIM.sub("", raw.strip().strip("\x02\x03\x1d\x1e\x04")).strip()
    upper = text.upper()
    squeezed = re.sub(r"[\s.\-/]", "", upper)
    keys = [match.group() for match in _KEY.finditer(upper)] or [match.group() for match in _KEY.finditer(squeezed)]
    key = next((found for found in keys if check_digit(found[:43]) == found[43]), None)
    inside = list(_json_numbers(text))
    if inside:
        code = normalise_code(inside[0])
    elif (s10 := _S10.search(upper)) is not None and len(squeezed) > 13:
        code = s10.group()
    elif len(squeezed) == 13 and _S10.fullmatch(squeezed):
        code = squeezed
    else:
        code = normalise_code(text)
    numbers = dict.fromkeys([text, *inside, text.lstrip("#").strip()])
    return Scan(text, key, code, tuple(number for number in numbers if number))


def is_key_form(text: str) -> bool:
    """Tell whether a text has the form of an access key, right or wrong."""
    return _KEY.fullmatch(normalise_code(text)) is not None


def _json_numbers(text: str) -> Iterator[str]:
    if not text.startswith("{"):
        return
    # A keyboard of another layout types `{"id":"1"}` with other signs; only what parses counts.
    try:
        found = json.loads(text)
    except ValueError:
        return
    if isinstance(found, dict):
        for name in _QR_NUMBERS:
            value = found.get(name)  # type: ignore[union-attr]  # JSON has no types
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield str(value)
