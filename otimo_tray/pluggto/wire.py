"""Lenient readers of the hub's JSON values. Pure; any JSON at all gives a value or "nothing", never an
exception."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, cast

from otimo_tray.pluggto import guesses

Json = dict[str, Any]

_CENT: Final = Decimal("0.01")
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,30})?([eE][+-]?\d{1,2})?")
_COMMA_NUMBER: Final = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(\.\d{3}){1,4}),\d{1,2}")
_DOT_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,4}\.\d{1,2}")
_LIMIT: Final = Decimal(10) ** 12
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?"
)


def mapping(value: Any) -> Json:
    """The value if it is a JSON object, else an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def rows(value: Any) -> list[Json]:
    """The JSON objects of a list. A map of objects counts as their list, another object as a list of one."""
    if isinstance(value, dict):
        inner = list(cast("Json", value).values())
        return [cast("Json", value)] if any(not isinstance(one, dict) for one in inner) else inner
    if not isinstance(value, list):
        return []
    return [cast("Json", one) for one in cast("list[Any]", value) if isinstance(one, dict)]


def unwrap(value: Any, name: str) -> Json:
    """`{"Order": {…}}` or the bare object; empty when it is neither."""
    outer = mapping(value)
    return cast("Json", outer[name]) if isinstance(outer.get(name), dict) else outer


def text(value: Any) -> str:
    """A scalar as trimmed text without control characters; "" for anything else."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**60 else ""
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, float):
        return _plain(Decimal(repr(value)))
    if not isinstance(value, str):
        return ""
    if value.isprintable():
        return value.strip()
    kept = (" " if one in "\t\r\n" else one for one in value if one in "\t\r\n" or _is_kept(one))
    return "".join(kept).strip()


def _is_kept(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs"}


def _plain(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > 60:
        return ""
    whole = value == value.to_integral_value()
    return format(value.to_integral_value() if whole else value, "f")


def exact_text(value: Any) -> str:
    """A text whose spaces matter (a SKU is a key: it goes back to the hub as it came); numbers as `text`
    does."""
    if isinstance(value, str):
        return "".join(one for one in value if _is_kept(one)) if value.strip() else ""
    return text(value)


def number(value: Any) -> Decimal | None:
    """A finite number below 10^12 from a JSON number or a text such as ``18.21``, ``18,21``, ``1.234,56``.

    An ambiguous text (``1,234``) is no number: a price wrong by a thousand is worse than none.
    """
    found: Decimal | None = None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        found = Decimal(value) if abs(value) < _LIMIT else None
    elif isinstance(value, Decimal):
        found = value
    elif isinstance(value, float):
        found = Decimal(repr(value))
    elif isinstance(value, str):
        found = _number_of(value.strip())
    if found is None or not found.is_finite() or found.adjusted() >= 12:
        return None
    return Decimal(0) if found.adjusted() < -30 else found


def _number_of(given: str) -> Decimal | None:
    if not given.isascii():
        return None
    if _NUMBER.fullmatch(given):
        return Decimal(given)
    if _COMMA_NUMBER.fullmatch(given):
        return Decimal(given.replace(".", "").replace(",", "."))
    return Decimal(given.replace(",", "")) if _DOT_NUMBER.fullmatch(given) else None


def money(value: Any) -> Decimal | None:
    """An amount in BRL as the hub gives it, without a float's noise behind the sixth place."""
    found = number(value)
    if found is None:
        return None
    exponent = found.as_tuple().exponent
    return found if isinstance(exponent, int) and exponent >= -6 else _rounded(found, Decimal("0.000001"))


def cents(value: Any) -> Decimal | None:
    """An amount in BRL rounded half up to cents: the hub keeps three decimals (seen), comparison is by
    two."""
    found = number(value)
    return None if found is None else _rounded(found, _CENT)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP)


def whole(value: Any) -> int | None:
    """A whole number; None when it is none or has a fraction (12.5 units are not 12)."""
    found = number(value)
    return int(found) if found is not None and found == found.to_integral_value() else None


def moment(value: Any) -> datetime | None:
    """An instant in UTC from the forms seen: ISO with or without zone, a date alone, seconds since 1970.

    Zones of the forms without one are guesses, see `guesses`. Unusable dates (``0000-00-00``) are None.
    """
    try:
        if isinstance(value, str):
            return _moment_of(value.strip())
        seconds = number(value)
        if seconds is None:
            return None
        if seconds >= 10**11:
            seconds /= 1000
        found = datetime.fromtimestamp(float(seconds), UTC) if seconds >= 10**8 else None
    except (ValueError, OverflowError, OSError):
        return None
    return found if found is not None and found.year < 2200 else None


def _moment_of(given: str) -> datetime | None:
    match = _MOMENT.fullmatch(given) if given.isascii() else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    if not 1990 <= int(year) < 2200:
        return None
    if hour is None:
        return datetime(int(year), int(month), int(day), tzinfo=guesses.BARE_DATE_ZONE).astimezone(UTC)
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    local = datetime(
        int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro, guesses.NAIVE_ZONE
    )
    if zone is None:
        return local.astimezone(UTC)
    if zone in "Zz":
        return local.replace(tzinfo=UTC)
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return local.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)).astimezone(UTC)


def iso(value: datetime) -> str:
    """The hub's form of an instant: UTC with milliseconds and Z (API notes, Invoice).

    Raises:
        ValueError: the datetime has no zone.
    """
    if value.tzinfo is None:
        raise ValueError("a datetime without zone")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
