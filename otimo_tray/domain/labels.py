"""What a scanner read from a label: the code in it, an NF-e key, or numbers that may name an order. Pure.

Labels carry more than the code, and every scanner has its own manners:

- Correios' DataMatrix holds postcodes (29 digits), then the S10 code, then services, contract and value;
- a channel's QR holds JSON (Mercado Envios: ``{"id": "44123456789", "t": "lm"}``) or an address (URL);
- the DANFE's bar code is the access key, a QR of it holds the key among other things;
- a scanner set to another keyboard than Windows types other signs: one for US English on a PC with ABNT2 turns
  ``{"id":"44"}`` into ```^id^Ç^44^{``;
- some send the symbology first (``]C1``, ISO/IEC 15424), some send everything twice.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlsplit

from otimo_tray.domain.invoice_rules import check_digit
from otimo_tray.domain.tracking import normalise_code, s10_digit_is_right

_KEY: Final = re.compile(r"(?<![0-9A-Z])[0-9]{6}[0-9A-Z]{12}[0-9]{26}(?![0-9A-Z])")
_S10: Final = re.compile(r"(?=([A-Z]{2}[0-9]{9}[A-Z]{2}))")
_AIM: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_FRAMES: Final = "\x02\x03\x04\x1c\x1d\x1e\x1f"
"""Control characters that scanners send around or between fields (STX, ETX, GS1's group separator …)."""
_NAMES: Final = (
    "tracking", "tracking_number", "trackingnumber", "tracking_code", "track_code", "trackcode", "rastreio",
    "codigo_rastreio", "objeto", "objetos", "cte", "awb", "waybill", "shipment_id", "shipment", "id", "codigo", "code",
)  # fmt: skip
"""Names of what holds the code, in JSON and addresses; the surest first."""
_LOOSE_ID: Final = re.compile(r"(?<![A-Z0-9])ID[^A-Z0-9]{1,8}([0-9]{6,20})(?![A-Z0-9])")
"""JSON that a keyboard of another layout has spoilt: the name and its number are left."""
_ABNT2_AS_US: Final = str.maketrans({"Ç": ":", "ç": ";", ";": "/", ":": "?", "^": '"', "~": "'", "[": "]", "]": "\\"})
"""Key by key: what a US scanner meant by what an ABNT2 keyboard made of it."""
_CODE_FORM: Final = re.compile(r"[0-9A-Z\-]{6,60}")
LONGEST: Final = 60
"""A tracking code is never longer."""


class Kind(StrEnum):
    """What a reading is."""

    KEY = "key"
    """An NF-e access key with a right check digit: names the order."""
    S10 = "s10"
    """Correios' own form, alone or inside of more."""
    JSON = "json"
    """A channel's QR."""
    URL = "url"
    """An address with the code in it."""
    PLAIN = "plain"
    """Text as it stands: another carrier's code, or an order's number."""
    EMPTY = "empty"


class Oddity(StrEnum):
    """What is strange about the scanner; understood nevertheless, and told in the scanner's test."""

    AIM = "aim"
    """It sends the symbology's identifier."""
    KEYBOARD = "keyboard"
    """It is set to another keyboard than Windows."""
    TWICE = "twice"
    """It sent everything twice."""
    FRAME = "frame"
    """It sends control characters."""
    MORE = "more"
    """The label holds more than the code."""
    DIGIT = "digit"
    """The S10 code's check digit is wrong."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading.

    Attributes:
        text: as it came, without blanks around.
        key: an NF-e access key in it.
        code: what it is as a tracking code.
        numbers: what may be an order's number in it, the likeliest first.
        kind: what it was taken for.
        oddities: what the scanner does strangely.
    """

    text: str
    key: str | None
    code: str
    numbers: tuple[str, ...]
    kind: Kind = Kind.PLAIN
    oddities: frozenset[Oddity] = field(default_factory=frozenset)


def read_scan(raw: str) -> Scan:
    """What a reading holds. Whatever it is, it has an answer: at worst the text itself."""
    odd: set[Oddity] = set()
    text = _unframed(raw, odd)
    if not text:
        return Scan("", None, "", (), Kind.EMPTY, frozenset(odd))
    upper = text.upper()
    squeezed = re.sub(r"[\s.\-/]", "", upper)
    key = _key_in(upper, squeezed)
    inside = _named(text, odd)
    if inside is not None:
        kind, found = inside
        code = normalise_code(found)
        odd.add(Oddity.MORE)
    elif (s10 := _s10_in(squeezed)) is not None:
        kind, found, code = Kind.S10, s10, s10
        if squeezed != s10:
            odd.add(Oddity.MORE)
        if not s10_digit_is_right(s10):
            odd.add(Oddity.DIGIT)
    else:
        kind, found, code = Kind.PLAIN, "", normalise_code(text)
    if key is not None:
        kind = Kind.KEY
        if squeezed != key:
            odd.add(Oddity.MORE)
    numbers = dict.fromkeys((text, found, text.lstrip("#").strip()))
    return Scan(text, key, code, tuple(number for number in numbers if number), kind, frozenset(odd))


def is_key_form(text: str) -> bool:
    """Whether a text has the form of an access key, right or wrong."""
    return _KEY.fullmatch(normalise_code(text)) is not None


def _unframed(raw: str, odd: set[Oddity]) -> str:
    text = raw.strip()
    clean = "".join(" " if char in "\x1c\x1d\x1e\x1f" else "" if char in _FRAMES else char for char in text).strip()
    if clean != text:
        odd.add(Oddity.FRAME)
    bare = _AIM.sub("", clean).strip()
    if bare != clean:
        odd.add(Oddity.AIM)
    half = len(bare) // 2
    if len(bare) >= 26 and len(bare) % 2 == 0 and bare[:half] == bare[half:]:
        odd.add(Oddity.TWICE)
        return bare[:half]
    return bare


def _key_in(upper: str, squeezed: str) -> str | None:
    found = [match.group() for text in (upper, squeezed) for match in _KEY.finditer(text)]
    return next((key for key in found if check_digit(key[:43]) == key[43]), None)


def _s10_in(squeezed: str) -> str | None:
    """The S10 code of a label: one with a right digit before others, Brazil's before others, else the first."""
    found = [match.group(1) for match in _S10.finditer(squeezed)]
    if not found or (len(squeezed) < 20 and squeezed != found[0]):
        return None  # a carrier's own code of some length that happens to hold such letters
    return min(found, key=lambda code: (not s10_digit_is_right(code), not code.endswith("BR"), found.index(code)))


def _named(text: str, odd: set[Oddity]) -> tuple[Kind, str] | None:
    """The code that a JSON text or an address names."""
    found = _json_code(text) or _url_code(text)
    if found is not None:
        return found
    if not any(sign in text for sign in "^`´Çç~"):
        return None
    # Dead keys join with the letter behind them: ^ and i become î. Taken apart, the cedilla must stay.
    parts = unicodedata.normalize("NFKD", text.replace("Ç", "\0").replace("ç", "\1"))
    flat = "".join(char for char in parts if not unicodedata.combining(char)).replace("\0", "Ç").replace("\1", "ç")
    if (loose := _LOOSE_ID.search(flat.upper())) is not None:
        odd.add(Oddity.KEYBOARD)
        return Kind.JSON, loose.group(1)
    meant = flat.translate(_ABNT2_AS_US)
    if (address := _url_code(meant)) is not None:
        odd.add(Oddity.KEYBOARD)
        return address
    return None


def _json_code(text: str) -> tuple[Kind, str] | None:
    if not text.startswith(("{", "[")):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    values = dict(_pairs(found))
    return next(((Kind.JSON, values[name]) for name in _NAMES if values.get(name)), None)


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    """Names and texts of a JSON value, inner ones first: an outer name counts more."""
    if isinstance(value, list):
        for entry in cast("list[Any]", value):
            yield from _pairs(entry)
    elif isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        for entry in entries.values():
            yield from _pairs(entry)
        for name, entry in entries.items():
            if isinstance(entry, str | int) and not isinstance(entry, bool):
                yield name.lower(), str(entry).strip()


def _url_code(text: str) -> tuple[Kind, str] | None:
    if re.match(r"https?://", text, re.IGNORECASE) is None:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    said = {name.lower(): value.strip() for name, value in parse_qsl(parts.query)}
    named = next((said[name] for name in _NAMES if said.get(name)), None)
    last = parts.path.rstrip("/").rpartition("/")[2]
    code = named or (last if _CODE_FORM.fullmatch(last.upper()) and any(char.isdigit() for char in last) else None)
    return None if code is None else (Kind.URL, code)
