"""What an NF-e must satisfy before its key goes to the hub (PRODUCT.md, *Invoices* and *Brazilian facts*)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.errors import ItemError, OtimoError

KEY_PATTERN: Final = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}")
"""44 characters; since July 2026 the CNPJ inside may hold letters."""
_BODY_PATTERN: Final = re.compile(r"[0-9]{6}[0-9A-Z]{12}[0-9]{25}")
_NOON: Final = time(12)
_BOOKING_MARGIN: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeyParts:
    """The fields of an access key, as text: cUF2 AAMM4 CNPJ14 mod2 serie3 nNF9 tpEmis1 cNF8 DV1."""

    uf: str
    year_month: str
    cnpj: str
    model: str
    serie: str
    number: str
    emission: str
    code: str
    digit: str


def key_parts(key: str) -> KeyParts:
    """Cuts a key of 44 characters. Raises ValueError when it hasn't the form of one."""
    if KEY_PATTERN.fullmatch(key) is None:
        raise ValueError("not an NF-e key")
    return KeyParts(key[:2], key[2:6], key[6:20], key[20:22], key[22:25], key[25:34], key[34:35], key[35:43], key[43:])


def check_digit(key43: str) -> str:
    """DV of a key's first 43 characters.

    Modulo 11 with weights 2..9 from the right; a remainder of 0 or 1 gives 0. A character counts `ord(c) -
    48`, so that a letter in the CNPJ has its value. Raises ValueError on anything that can't be the start
    of a key.
    """
    if _BODY_PATTERN.fullmatch(key43) is None:
        raise ValueError("not the first 43 characters of an NF-e key")
    total = sum((ord(char) - 48) * (2 + index % 8) for index, char in enumerate(reversed(key43)))
    rest = total % 11
    return "0" if rest < 2 else str(11 - rest)


def plain_document(text: str) -> str:
    """A CPF or CNPJ without punctuation and blanks, upper case; letters stay."""
    return re.sub(r"[\s./\-]", "", text).upper()


def _as_integer(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() else None


def _local_date(record: InvoiceRecord, zone: ZoneInfo) -> date | None:
    """Emission date as the document has it; the document's own date wins over the instant in the shop's zone."""
    if record.issued_date:
        try:
            return date.fromisoformat(record.issued_date)
        except ValueError:
            return None
    return None if record.issued is None else record.issued.astimezone(zone).date()


def check_record(record: InvoiceRecord, cnpjs: Sequence[str], zone: ZoneInfo) -> OtimoError | None:
    """The first thing wrong with an invoice's key against its document, as an error value; None when all is right.

    I-701 form, I-702 check digit, I-703 model, I-704 number, I-705 series, I-706 CNPJ of the document,
    I-707 year and month, I-708 CNPJ that isn't the shop's, I-709 no usable date.

    Args:
        cnpjs: the shop's own CNPJs; empty = any issuer.
        zone: the shop's time zone, for a record that has only an instant.
    """

    def wrong(code: str, **params: str | int) -> ItemError:
        error = ItemError(code, key=record.key, number=record.number, source=record.source)
        error.params.update(params)
        return error

    if KEY_PATTERN.fullmatch(record.key) is None:
        return wrong("I-701", length=len(record.key))
    parts = key_parts(record.key)
    expected = check_digit(record.key[:43])
    if parts.digit != expected:
        return wrong("I-702", digit=parts.digit, expected=expected)
    if parts.model != "55":
        return wrong("I-703", model=parts.model)
    if _as_integer(record.number) != int(parts.number):
        return wrong("I-704", in_key=str(int(parts.number)))
    if _as_integer(record.serie) != int(parts.serie):
        return wrong("I-705", serie=record.serie, in_key=str(int(parts.serie)))
    issuer = plain_document(record.cnpj)
    if issuer and issuer != parts.cnpj:
        return wrong("I-706", cnpj=issuer, in_key=parts.cnpj)
    day = _local_date(record, zone)
    if day is None:
        return wrong("I-709", date=record.issued_date)
    if f"{day:%y%m}" != parts.year_month:
        return wrong("I-707", date=day.isoformat(), in_key=f"{parts.year_month[2:]}/20{parts.year_month[:2]}")
    if cnpjs and parts.cnpj not in {plain_document(entry) for entry in cnpjs}:
        return wrong("I-708", cnpj=parts.cnpj)
    return None


def nfe_instant(record: InvoiceRecord, approved: datetime | None, now: datetime, zone: ZoneInfo) -> datetime:
    """`nfe_date` for the hub, aware, in the zone it came in.

    The document's own instant as it is; a bare date becomes noon in `zone`, never before the order's
    approval nor after `now`. Without any date it is `now`.
    """
    if record.issued is not None:
        return record.issued
    day = _local_date(record, zone)
    if day is None:
        return now
    instant = datetime.combine(day, _NOON, tzinfo=zone).astimezone(now.tzinfo)
    if approved is not None:
        instant = max(instant, approved)
    return min(instant, now)


def booking_moment(record: InvoiceRecord, now: datetime) -> datetime:
    """When the ERP has surely taken the units out of its balance: a little after the emission.

    The emission has whole seconds and the ERP may book some seconds later; released too late costs one poll, released
    too early sells a unit twice. A bare date says only the day, so: now.
    """
    return (now if record.issued is None else min(record.issued, now)) + _BOOKING_MARGIN
