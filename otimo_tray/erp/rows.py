"""Types a raw row of any connector whose numbers are canonical text (decimal point, no thousands separator)."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.erp.dates import end_of, start_of
from otimo_tray.errors import RowRefused

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,15})?|-?\.[0-9]{1,15}")
"""At most twelve digits before the point: more is a code or a key in the wrong column, never a price or a balance."""


@lru_cache(maxsize=16_384)
def number_of(text: str) -> Decimal:
    """A canonical number; prices and balances repeat, so the last ones are remembered. Raises ValueError."""
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


def parse_raw(row: RawRow, zone: ZoneInfo) -> ErpItem:
    """The typed item. Negative and fractional balances and prices of zero or less are kept: the rules decide on them.

    Raises:
        RowRefused: E-231 (not a number), E-232 (not a date), E-233 (promotion ends before it starts), with `code`,
            `field` (one of `RAW_FIELDS`) and `value`.
    """
    code, balance, price, promo, since, until, name, ean = row
    field = "balance"
    try:
        balance_value = None if balance is None else number_of(balance)
        field = "price"
        price_value = None if price is None else number_of(price)
        if promo is None and since is None and until is None:
            return ErpItem(code or "", balance_value, price_value, None, None, None, name or "", ean or "")
        field = "promo_price"
        promo_value = None if promo is None else number_of(promo)
    except ValueError as error:
        value = {"balance": balance, "price": price, "promo_price": promo}[field]
        raise RowRefused("E-231", code=code, field=field, value=_short(value)) from error
    starts, ends = _period(code, since, until, zone)
    return ErpItem(code or "", balance_value, price_value, promo_value, starts, ends, name or "", ean or "")


def _period(
    code: str | None, since: str | None, until: str | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    field = "promo_from"
    try:
        starts = None if since is None else start_of(since, zone)
        field = "promo_until"
        ends = None if until is None else end_of(until, zone)
    except ValueError as error:
        value = since if field == "promo_from" else until
        raise RowRefused("E-232", code=code, field=field, value=_short(value)) from error
    if starts is not None and ends is not None and ends <= starts:
        raise RowRefused("E-233", code=code, field="promo_until", value=_short(until), start=_short(since))
    return starts, ends


def _short(value: str | None) -> str:
    """At most 60 characters of a cell, for a message."""
    text = value or ""
    return text if len(text) <= 60 else text[:57] + "…"
