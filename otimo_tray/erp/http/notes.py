"""Entries of the invoice list as records: the document itself, or its facts in fields; each good or refused alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.erp.dates import read_date, start_of
from otimo_tray.erp.http.answer import mapping, text
from otimo_tray.erp.nfe import read_nfe
from otimo_tray.erp.rows import number_of
from otimo_tray.errors import OtimoError, RowRefused

_SEPARATORS: Final = re.compile(r"[\s./-]")
_SHOWN: Final = {"key": "chave", "number": "numero", "issued": "data"}
"""The facts as the sentences name them."""


def read_entries(entries: list[Any], zone: ZoneInfo) -> tuple[list[InvoiceRecord], list[tuple[str, OtimoError]]]:
    """(records, refused entries as (source, why)). Never raises for an entry: none may stop those after it."""
    found: list[InvoiceRecord] = []
    refused: list[tuple[str, OtimoError]] = []
    for entry in map(mapping, entries):
        source = f"nota {text(entry.get('id'))[:60] or '?'}"
        try:
            record = _record(entry, source, zone)
        except RowRefused as error:
            refused.append((source, error))
            continue
        if record is not None:
            order = text(entry.get("order")).strip()
            found.append(replace(record, order_ref=order) if order else record)
    return found, refused


def _record(entry: Mapping[str, Any], source: str, zone: ZoneInfo) -> InvoiceRecord | None:
    xml = entry.get("xml")
    if isinstance(xml, str) and xml.strip():
        # A declaration speaks of the bytes the document once had; here it is text already.
        document = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", xml)
        return read_nfe(document.encode("utf-8", "replace"), source)
    facts = mapping(entry.get("nfe"))
    if not facts:
        raise RowRefused("I-714", source=source, field="xml")
    return _from_facts(facts, source, zone)


def _from_facts(facts: Mapping[str, Any], source: str, zone: ZoneInfo) -> InvoiceRecord:
    key = _SEPARATORS.sub("", text(facts.get("key"))).upper().removeprefix("NFE")
    if not key:
        raise _wrong(source, "key", facts.get("key"))
    issued, day = _issued(facts.get("issued"), source, zone)
    total = facts.get("total")
    try:
        amount = None if total is None or total == "" else number_of(str(total))
    except ValueError:
        raise _wrong(source, "total", total) from None
    return InvoiceRecord(
        key=key,
        number=_whole(facts, "number", source),
        serie=_whole(facts, "serie", source),
        issued=issued,
        issued_date=day,
        cnpj=_SEPARATORS.sub("", text(facts.get("cnpj"))).upper() or key[6:20],
        buyer_document=_SEPARATORS.sub("", text(facts.get("buyer_document"))).upper(),
        total=amount,
        kind="nfce" if key[20:22] == "65" else "sale",
        authorised=facts.get("authorised") is not False,
        cancelled=facts.get("cancelled") is True,
        source=source,
    )


def _whole(facts: Mapping[str, Any], field: str, source: str) -> str:
    value = facts.get(field)
    digits = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value).strip()
    if not (digits.isascii() and digits.isdigit()):
        raise _wrong(source, field, value)
    return str(int(digits))


def _issued(value: object, source: str, zone: ZoneInfo) -> tuple[datetime | None, str]:
    shown = text(value)
    try:
        day, moment, _ = read_date(shown)
        if moment is None:
            return None, day.isoformat()
        instant = start_of(shown, zone).astimezone(UTC)
    except ValueError:
        raise _wrong(source, "issued", value) from None
    return instant, instant.astimezone(zone).date().isoformat()


def _wrong(source: str, field: str, value: object) -> RowRefused:
    return RowRefused("I-716", source=source, field=_SHOWN.get(field, field), value=str(value)[:40])
