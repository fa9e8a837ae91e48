"""Numbers and times as the windows show them: `domain.text` for what they look like, Qt for the words in them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from otimo_tray.domain import text as domain_text
from otimo_tray.ui.text import translate

DASH = domain_text.NOTHING


def number(value: int) -> str:
    """Return `4812` as `4.812`."""
    return domain_text.number(value)


def decimal_text(value: Decimal | str | None, places: int | None = 2) -> str:
    """Return `1990` as `1.990,00`; with `places` None as many as there are; a dash for nothing or no number."""
    if value is None or value == "":
        return DASH
    try:
        amount = value if isinstance(value, Decimal) else Decimal(value)
    except InvalidOperation:
        return str(value)
    return domain_text.number(amount, places)


def money(value: Decimal | str | None) -> str:
    """Return `R$ 1.990,00`, with a space that doesn't break; a dash for nothing."""
    shown = decimal_text(value)
    return shown if shown == DASH else f"R$\N{NO-BREAK SPACE}{shown}"


def parse_moment(stored: str | None) -> datetime | None:
    """Return the aware UTC time of a text of the state database; None for nothing."""
    return datetime.fromisoformat(stored) if stored else None


def date_time(moment: datetime, zone: tzinfo) -> str:
    """Return `23/11/2026 14:05` in the shop's time."""
    return domain_text.moment(moment, zone)


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """Return `14:05` in the shop's time."""
    return domain_text.clock(moment, zone)


def near_moment(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return `14:05` today, `ontem 14:05`, `amanhã 09:00`, else `23/11 14:05` (with the year when it is another)."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    time = local.strftime("%H:%M")
    if days == 0:
        return time
    if days == -1:
        return translate("Formats", "ontem {time}").format(time=time)
    if days == 1:
        return translate("Formats", "amanhã {time}").format(time=time)
    return local.strftime("%d/%m %H:%M" if local.year == today.year else "%d/%m/%Y %H:%M")


def near_letters(least: int = 12) -> int:
    """Return a column's width, in letters, that holds `near_moment` and `due_day` in the language spoken."""
    words = (translate("Formats", "ontem {time}"), translate("Formats", "amanhã {time}"))
    return max(least, *(len(word.format(time="00:00")) for word in words))


def due_day(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return a deadline: `hoje 14:00`, `ontem 14:00`, `amanhã 14:00`, `23/11 14:00`."""
    text = near_moment(moment, now, zone)
    return translate("Formats", "hoje {time}").format(time=text) if len(text) == 5 else text


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago: `agora`, `há 20 s`, `há 3 min`, `há 2 h`, `há 5 dias`."""
    seconds = max(0, int((now - moment).total_seconds()))
    if seconds < 5:
        return translate("Formats", "agora")
    return translate("Formats", "há {span}").format(span=span(seconds))


def ahead(moment: datetime, now: datetime) -> str:
    """Return how far ahead: `agora`, `em 20 s`, `em 3 min`."""
    seconds = int((moment - now).total_seconds())
    if seconds < 1:
        return translate("Formats", "agora")
    return translate("Formats", "em {span}").format(span=span(seconds))


def span(seconds: float) -> str:
    """Return a length of time in its one fitting unit."""
    count, unit = domain_text.span_parts(seconds)
    if unit == "day":
        return translate("Formats", "1 dia") if count == 1 else translate("Formats", "{n} dias").format(n=count)
    return f"{count} {unit}"


def day_start(now: datetime, zone: tzinfo) -> datetime:
    """Return the shop's last midnight."""
    local = now.astimezone(zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def hours_back(now: datetime, hours: int) -> datetime:
    """Return the start of the hour that lies `hours` - 1 whole hours back: the left end of a chart."""
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours - 1)


def raw_decimal(text: str | None) -> Decimal | None:
    """Return the number of a text as an ERP writes it, `1.990,00` or `1990.00`; None where there is none.

    For showing only: what is sent is read by the connector, which knows its file's decimal mark.
    """
    if not text:
        return None
    cleaned = text.strip().replace("R$", "").strip()
    if "," in cleaned:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        return None


def quantity(text: str | None) -> str:
    """Return a quantity as an ERP writes it: whole where it is whole; a dash for nothing."""
    value = raw_decimal(text)
    if value is None:
        return text or DASH
    if value == value.to_integral_value():
        return number(int(value))
    return decimal_text(value, None)
