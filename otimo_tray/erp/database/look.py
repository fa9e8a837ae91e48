"""A look at what a query gives, before it is saved: its columns, its first ten rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import queries
from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.flavours import flavour_of
from otimo_tray.erp.database.invoice_rows import record_of
from otimo_tray.erp.database.link import Link
from otimo_tray.erp.database.rows import RowMaker, moment_text
from otimo_tray.erp.rows import parse_raw
from otimo_tray.errors import ErpMisconfigured, OtimoError, ReadRefused, RowRefused

ROWS: Final = 10
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What a query gave.

    Attributes:
        columns: the names as the database gives them.
        rows: at most ten, each cell as text ("" for NULL), long ones cut.
        problems: what is wrong; empty = the query can be saved.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    problems: tuple[OtimoError, ...] = ()


def look(settings: ErpSettings, address: str, name: str, sql: str, zone: ZoneInfo) -> Look:
    """Runs "items" or "invoices" once in a read-only transaction, as a reading would; blocks up to `timeout_s`.

    Args:
        address: the database's address, as the keyring keeps it.
        sql: the query; "" looks at the contract's view.
    """
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = []
    problems: list[OtimoError] = []
    try:
        link = Link(flavour_of(parse_address(address), settings.timeout_s))
        source = queries.source_of(name, {name: sql})
        with link.reading(source.name) as connection:
            with closing(queries.run(link.flavour.stream(connection), source)) as result:
                columns, numbers = tuple(result.keys()), link.flavour.number_places(result)
                rows = [tuple(row) for row in result.fetchmany(ROWS)]
            found = (
                _of_items(source, columns, numbers, rows, zone)
                if name == "items"
                else _of_invoices(columns, rows, zone)
            )
            problems += found
            if name == "invoices" and not found:
                # As it is used: narrowed down to some ids and sorted.
                statement = queries.part(source, ["id"]).where(queries.ID > 0).order_by(queries.ID)
                connection.execute(statement).close()
    except OtimoError as error:
        problems.append(error)
    shown = tuple(tuple(_cell(value) for value in row) for row in rows)
    return Look(columns, shown, tuple(problems))


def _of_items(
    source: queries.Source,
    columns: tuple[str, ...],
    numbers: frozenset[int],
    rows: list[tuple[Any, ...]],
    zone: ZoneInfo,
) -> list[OtimoError]:
    places = queries.places(source, list(columns))
    problems: list[OtimoError] = []
    codes: list[str] = []
    for number, raw in enumerate(RowMaker(places, numbers).rows(rows), 1):
        if raw[0] is None:
            problems.append(ReadRefused("E-293", source=source.name, row=number))
            continue
        codes.append(raw[0])
        try:
            parse_raw(raw, zone)
        except RowRefused as error:
            problems.append(error)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        problems.append(ReadRefused("E-292", source=source.name, count=len(twice), codes=", ".join(twice)))
    return problems


def _of_invoices(columns: tuple[str, ...], rows: list[tuple[Any, ...]], zone: ZoneInfo) -> list[OtimoError]:
    names = [name.lower() for name in columns]
    source = queries.source_of("invoices", {})
    queries.places(source, names)
    problems: list[OtimoError] = []
    if "xml" not in names and not {"chave", "data"} <= set(names):
        problems.append(ErpMisconfigured("E-266", view="invoices", missing="xml, chave", found=", ".join(names)))
        return problems
    for row in rows:
        cells: Mapping[str, Any] = dict(zip(names, row, strict=True))
        if not str(cells["id"]).strip().lstrip("-").isdigit():
            found = str(cells["id"])[:_LONGEST]
            problems.append(ErpMisconfigured("E-228", view="invoices", column="id", found=found, expected="integer"))
            break
        try:
            record_of(cells, f"invoices {cells['id']}", zone)
        except RowRefused as error:
            problems.append(error)
    return problems


def _cell(value: object) -> str:
    text = (moment_text(value) or "").replace("\n", " ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
