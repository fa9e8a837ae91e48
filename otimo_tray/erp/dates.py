"""Dates as Brazilian shops write them, turned into aware UTC moments in the shop's own zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?")


def read_date(text: str) -> tuple[date, time | None, str]:
    """Reads `dd/mm/aaaa[ hh:mm[:ss]]` or ISO; answers (date, time or None for a bare date, offset text or "").

    Raises:
        ValueError: neither form, or no such day. Two-digit years are refused: nobody can tell their century.
    """
    text = text.strip()
    local = _LOCAL.fullmatch(text)
    if local is not None:
        day, month, year, hour, minute, second = local.groups()
        offset = ""
    else:
        iso = _ISO.fullmatch(text)
        if iso is None:
            raise ValueError(text)
        year, month, day, hour, minute, second, offset = iso.groups()
    moment = None if hour is None else time(int(hour), int(minute), int(second or 0))
    return date(int(year), int(month), int(day)), moment, offset or ""


def start_of(text: str, zone: ZoneInfo) -> datetime:
    """The moment from which something holds: a bare date is its local midnight. Aware UTC; raises ValueError."""
    day, moment, offset = read_date(text)
    return _aware(day, moment or time(), offset, zone)


def end_of(text: str, zone: ZoneInfo) -> datetime:
    """The moment until which something holds: a bare date is included, so it is the next local midnight.

    Aware UTC; raises ValueError.
    """
    day, moment, offset = read_date(text)
    if moment is None:
        return _aware(day + timedelta(days=1), time(), offset, zone)
    return _aware(day, moment, offset, zone)


def _aware(day: date, moment: time, offset: str, zone: ZoneInfo) -> datetime:
    if offset:
        text = "+00:00" if offset == "Z" else offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
        return datetime.fromisoformat(f"{day.isoformat()}T{moment.isoformat()}{text}").astimezone(UTC)
    try:
        return datetime.combine(day, moment, zone).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{day.isoformat()}") from error
