"""One row of the invoices' view: the NF-e's XML where the ERP keeps it, else the note's facts in columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.erp.database.rows import moment_text, number_text
from otimo_tray.erp.dates import read_date, start_of
from otimo_tray.erp.nfe import read_nfe
from otimo_tray.erp.rows import number_of
from otimo_tray.errors import RowRefused

_SEPARATORS: Final = re.compile(r"[\s./-]")
_YES: Final = frozenset({"1", "s", "sim", "t", "true", "y", "yes", "c", "cancelada"})


def record_of(row: Mapping[str, Any], source: str, zone: ZoneInfo) -> InvoiceRecord | None:
    """The record; None for a document that says nothing of an invoice.

    Raises:
        RowRefused: as `read_nfe`; I-716 (`field`, `value`) a column can't be read.
    """
    xml = row.get("xml")
    if isinstance(xml, memoryview):
        xml = bytes(cast("memoryview[int]", xml))
    if xml is not None and xml:
        return read_nfe(xml.encode("utf-8") if isinstance(xml, str) else bytes(xml), source)
    key = _SEPARATORS.sub("", _plain(row, "chave")).upper().removeprefix("NFE")
    if not key:
        raise RowRefused("I-716", source=source, field="chave", value="")
    issued, issued_date = _date(row.get("data"), source, zone)
    return InvoiceRecord(
        key=key,
        number=_integer(row, "numero", source) or key[25:34].lstrip("0"),
        serie=_integer(row, "serie", source) or "0",
        issued=issued,
        issued_date=issued_date,
        cnpj=_SEPARATORS.sub("", _plain(row, "cnpj")).upper() or key[6:20],
        order_ref=_plain(row, "pedido"),
        buyer_document=_SEPARATORS.sub("", _plain(row, "documento")).upper(),
        total=_total(row, source),
        kind="nfce" if key[20:22] == "65" else "sale",
        cancelled=_plain(row, "cancelada").lower() in _YES,
        source=source,
    )


def _plain(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _integer(row: Mapping[str, Any], name: str, source: str) -> str:
    text = (number_text(row.get(name)) or "").strip()
    if not text:
        return ""
    whole, _, rest = text.partition(".")
    if not (whole.isascii() and whole.isdigit()) or rest.strip("0"):
        raise RowRefused("I-716", source=source, field=name, value=text[:40])
    return str(int(whole))


def _date(value: object, source: str, zone: ZoneInfo) -> tuple[datetime | None, str]:
    text = moment_text(value) or ""
    try:
        day, moment, _ = read_date(text)
        instant = None if moment is None else start_of(text, zone).astimezone(UTC)
    except ValueError as error:
        raise RowRefused("I-716", source=source, field="data", value=text[:40]) from error
    return instant, day.isoformat()


def _total(row: Mapping[str, Any], source: str) -> Decimal | None:
    text = number_text(row.get("total"))
    try:
        return None if text is None else number_of(text)
    except ValueError as error:
        raise RowRefused("I-716", source=source, field="total", value=text[:40] if text else "") from error
