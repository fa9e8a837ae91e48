"""What `otimo-tray check` says of a database: one result for each thing that can be wrong, nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing

import sqlalchemy as sa

from otimo_tray.erp.database import contract, queries
from otimo_tray.erp.database.address import shown
from otimo_tray.erp.database.faults import border
from otimo_tray.erp.database.link import Link
from otimo_tray.errors import OtimoError
from otimo_tray.ports import CheckResult


def check_database(link: Link, own: Mapping[str, str]) -> list[CheckResult]:
    """Connection, items, invoices, orders; without a connection that one only."""
    first = _result("erp_connection", lambda: _connection(link))
    if first.error is not None:
        return [first]
    return [
        first,
        _result("erp_items", lambda: _view(link, "items", own)),
        _result("erp_invoices", lambda: _view(link, "invoices", own)),
        _result("erp_orders", lambda: _tables(link)),
    ]


def _result(name: str, look: Callable[[], str]) -> CheckResult:
    try:
        return CheckResult(name, None, look())
    except OtimoError as error:
        return CheckResult(name, error)


def _connection(link: Link) -> str:
    with link.reading(shown(link.url)):
        return shown(link.url)


def _view(link: Link, name: str, own: Mapping[str, str]) -> str:
    """Its columns and a first row, which also tells a right or a charset that is missing."""
    source = queries.source_of(name, dict(own))
    with (
        link.reading(source.name) as connection,
        closing(queries.run(link.flavour.stream(connection), source)) as result,
    ):
        names = list(result.keys())
        queries.places(source, names)
        result.fetchmany(1)
    return f"{source.name}: {', '.join(one.lower() for one in names)}"


def _tables(link: Link) -> str:
    """Columns and rights of the staging tables; what is tried is undone in the same transaction."""
    for table in (contract.orders_table, contract.lines_table):
        with link.reading(table.name) as connection:
            result = connection.execute(sa.select(sa.text("*")).select_from(table))
            names = [one.lower() for one in list(result.keys())]
            result.close()
        missing = [column.name for column in table.columns if column.name not in names]
        if missing:
            queries.places(queries.Source(table.name, table, tuple(missing), ()), names)
    key = "~check"
    with link.writing(contract.ORDERS) as connection:
        header: dict[str, object] = {"chave": key, "id_pluggto": key}
        line: dict[str, object] = {"chave": key, "linha": 1, "codigo": key, "sku": key, "quantidade": 1}
        with border(link.url, link.flavour.timeout_s, contract.ORDERS, "write"):
            connection.execute(sa.insert(contract.orders_table), header)
        with border(link.url, link.flavour.timeout_s, contract.ORDER_LINES, "write"):
            connection.execute(sa.insert(contract.lines_table), line)
        connection.rollback()
    return f"{contract.ORDERS}, {contract.ORDER_LINES}"
