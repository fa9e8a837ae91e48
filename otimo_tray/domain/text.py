"""Numbers, moments and search text as people in Brazil write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

NOTHING: Final = "–"
"""Shown where there is no value."""
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


def fold(text: str) -> str:
    """`text` for searching: without accents and case, blanks run together."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def number(value: int | Decimal | None, places: int | None = None) -> str:
    """`1.234,5`: dot between thousands, decimal comma; `places` fixes the decimals, None keeps what matters."""
    if value is None:
        return NOTHING
    if places is None and type(value) is int:  # most cells of most tables
        return f"{value:,}".replace(",", ".")
    exact = Decimal(value)
    if not exact.is_finite():
        return NOTHING
    if places is None:
        digits = f"{exact:f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    else:
        digits = f"{exact.quantize(Decimal(1).scaleb(-places), context=_WIDE):f}"
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, decimals = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    shown = f"{grouped},{decimals}" if decimals else grouped
    return sign + shown if shown.strip("0,.") else shown


def money(value: Decimal | None) -> str:
    """`R$ 1.990,00`; a debt as `-R$ 5,00`."""
    if value is None or not value.is_finite():
        return NOTHING
    shown = number(value, 2)
    return f"-R$ {shown[1:]}" if shown.startswith("-") else f"R$ {shown}"


def percent(value: int | Decimal | None) -> str:
    """`12,5 %`."""
    return NOTHING if value is None else f"{number(value)} %"


def day(value: date | None) -> str:
    """`23/11/2026`."""
    return NOTHING if value is None else f"{value:%d/%m/%Y}"


def moment(value: datetime | None, zone: tzinfo) -> str:
    """`23/11/2026 14:05` in `zone`."""
    return NOTHING if value is None else f"{value.astimezone(zone):%d/%m/%Y %H:%M}"


def clock(value: datetime | None, zone: tzinfo) -> str:
    """`14:05` in `zone`."""
    return NOTHING if value is None else f"{value.astimezone(zone):%H:%M}"


def span_parts(seconds: float) -> tuple[int, Literal["s", "min", "h", "day"]]:
    """A length of time in whole ones of its largest unit. Cut, never rounded up."""
    whole = max(int(seconds), 0)
    if whole < 60:
        return whole, "s"
    if whole < 3600:
        return whole // 60, "min"
    if whole < 86400:
        return whole // 3600, "h"
    return whole // 86400, "day"


def span(seconds: float) -> str:
    """A length of time by its largest unit: `20 s`, `3 min`, `2 h`, `1 dia`, `4 dias`."""
    count, unit = span_parts(seconds)
    return f"{count} {('dia' if count == 1 else 'dias') if unit == 'day' else unit}"


def ago(value: datetime | None, now: datetime) -> str:
    """`há 3 min`; `agora` within five seconds and for what a clock set back puts into the future."""
    if value is None:
        return "nunca"
    seconds = (now - value).total_seconds()
    return "agora" if seconds < 5 else f"há {span(seconds)}"


def ahead(value: datetime | None, now: datetime) -> str:
    """`em 3 min`; `agora` for what is due."""
    if value is None:
        return NOTHING
    seconds = (value - now).total_seconds()
    return "agora" if seconds < 1 else f"em {span(seconds)}"


def due(value: datetime | None, now: datetime, zone: tzinfo) -> str:
    """A deadline as the packer reads it: `hoje 14:00`, `amanhã 09:00`, `ontem`, else the date."""
    if value is None:
        return NOTHING
    local, today = value.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days == 0:
        return f"hoje {local:%H:%M}"
    if days == 1:
        return f"amanhã {local:%H:%M}"
    return "ontem" if days == -1 else day(local.date())
