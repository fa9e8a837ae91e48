"""Reads a CSV list of invoices (`notas*.csv`): one row a note, each row good or refused by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, cast
from zoneinfo import ZoneInfo

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.erp.dates import read_date, start_of
from otimo_tray.erp.folder.columns import NOTE_COLUMNS, find_columns
from otimo_tray.erp.folder.numbers import DecimalStyle
from otimo_tray.erp.folder.reading import SourceFile
from otimo_tray.erp.folder.sheets import open_sheet
from otimo_tray.erp.rows import number_of
from otimo_tray.errors import OtimoError, RowRefused

_REQUIRED: Final = ("pedido", "numero", "serie", "data", "chave")
_SEPARATORS: Final = re.compile(r"[\s./-]")


def read_notes(
    file: SourceFile, zone: ZoneInfo, overrides: Mapping[str, str]
) -> tuple[list[InvoiceRecord], list[tuple[str, OtimoError]]]:
    """(good rows, refused rows as (source, why)).

    Raises:
        ReadRefused, ErpMisconfigured, ErpAway: the list as a whole can't be used (as for stock sheets).
    """
    sheet = open_sheet(file.path, file.stamp.size, NOTE_COLUMNS, overrides)
    places = find_columns(sheet.header, NOTE_COLUMNS, _REQUIRED, overrides, sheet.source)
    style = DecimalStyle(sheet.source)
    rows: list[tuple[int, dict[str, str]]] = []
    for block in sheet.blocks():
        columns = {name: cast(Sequence[str], block.columns[place]) for name, place in places.items()}
        if "total" in columns:
            style.look(columns["total"], block.first_row)
        for index, cells in enumerate(zip(*columns.values(), strict=True)):
            rows.append((block.first_row + index, dict(zip(columns, cells, strict=True))))
    style.close()
    file.check()
    records: list[InvoiceRecord] = []
    refused: list[tuple[str, OtimoError]] = []
    for number, cells in rows:
        source = f"{sheet.source}:{number}"
        try:
            records.append(_record(cells, source, style, zone))
        except RowRefused as error:
            refused.append((source, error))
    return records, refused


def _record(cells: Mapping[str, str], source: str, style: DecimalStyle, zone: ZoneInfo) -> InvoiceRecord:
    """Raises RowRefused I-716 (`field`, `value`): number, series, date, key or total can't be read."""
    key = _SEPARATORS.sub("", cells["chave"]).upper().removeprefix("NFE")
    if not key:
        raise RowRefused("I-716", source=source, field="chave", value="")
    issued, issued_date = _date(cells["data"], source, zone)
    return InvoiceRecord(
        key=key,
        number=_integer(cells["numero"], "numero", source),
        serie=_integer(cells["serie"] or "0", "serie", source),
        issued=issued,
        issued_date=issued_date,
        cnpj=_SEPARATORS.sub("", cells.get("cnpj", "")).upper() or key[6:20],
        order_ref=cells["pedido"].strip(),
        buyer_document=_SEPARATORS.sub("", cells.get("documento", "")).upper(),
        total=_total(cells.get("total", ""), style, source),
        kind="nfce" if key[20:22] == "65" else "sale",
        source=source,
    )


def _date(text: str, source: str, zone: ZoneInfo) -> tuple[datetime | None, str]:
    try:
        day, moment, _ = read_date(text)
        instant = None if moment is None else start_of(text, zone).astimezone(UTC)
    except ValueError as error:
        raise RowRefused("I-716", source=source, field="data", value=text[:40]) from error
    return instant, day.isoformat()


def _integer(text: str, field: str, source: str) -> str:
    digits = text.strip().replace(".", "") if field == "numero" else text.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise RowRefused("I-716", source=source, field=field, value=text[:40])
    return str(int(digits))


def _total(text: str, style: DecimalStyle, source: str) -> Decimal | None:
    value = style.convert([text], text and f"{text}\n")[0]
    if value is None:
        return None
    try:
        return number_of(value)
    except ValueError as error:
        raise RowRefused("I-716", source=source, field="total", value=text[:40]) from error
