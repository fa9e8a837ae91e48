"""Addresses as people paste them; and SQL Server's statements, compiled for its dialect since it can't run here."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql

from otimo_tray.erp.database import contract, queries
from otimo_tray.erp.database.address import parse_address, shown
from otimo_tray.erp.database.faults import ours
from otimo_tray.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "driver", "parts"),
    [
        ("postgres://ana:s%40nha@erp:5433/loja", "postgresql+psycopg", ("ana", "s@nha", "erp", 5433, "loja")),
        ("postgresql+asyncpg://a:p@ss:w@erp/loja", "postgresql+psycopg", ("a", "p@ss:w", "erp", None, "loja")),
        ("firebird://A:m?x@srv/C:/ERP/D.FDB", "firebird+firebirdsql", ("A", "m?x", "srv", None, "C:/ERP/D.FDB")),
        ("sqlserver://sa:x@SRV/loja?tds_version=7.4", "mssql+pymssql", ("sa", "x", "SRV", None, "loja")),
        (" mysql://a@[::1]:3307/loja ", "mysql+pymysql", ("a", None, "::1", 3307, "loja")),
    ],
)  # fmt: skip
def test_addresses(text: str, driver: str, parts: tuple[object, ...]) -> None:
    url = parse_address(text)
    assert url.drivername == driver
    assert (url.username, url.password, url.host, url.port, url.database) == parts
    assert "p@ss" not in shown(url)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "kind"),
        ("oracle://a:b@c/d", "kind"),
        ("postgresql://a:secret@/loja", "host"),
        ("postgresql://a:secret@erp:99999/loja", "port"),
        ("postgresql://a:secret@erp", "database"),
        ("postgresql://a:secret@erp/loja?x=1", "options"),
        ("sqlite://", "database"),
    ],
)
def test_what_is_no_address_is_named_without_its_secret(text: str, part: str) -> None:
    with pytest.raises(ConfigurationError, match="C-421") as caught:
        parse_address(text)
    assert caught.value.params == {"part": part}
    assert "secret" not in f"{caught.value}"


def compiled(statement: sa.ClauseElement) -> str:
    return " ".join(str(statement.compile(dialect=mssql.dialect())).split())


def test_sql_servers_statements() -> None:
    items, notes = queries.source_of("items", {}), queries.source_of("invoices", {"invoices": "SELECT 1 AS id"})
    assert compiled(sa.select(sa.text("*")).select_from(items.table)) == "SELECT * FROM otimo_produtos"
    narrowed = queries.part(notes, ["id", "alterado"]).where(queries.ID > 7).order_by(queries.ID)
    assert compiled(narrowed) == ("SELECT id, alterado FROM (SELECT 1 AS id) consulta WHERE id > :id_1 ORDER BY id")
    chosen = queries.part(queries.source_of("invoices", {}), ["*"]).where(queries.ID.in_([1, 2]))
    assert compiled(chosen) == "SELECT * FROM otimo_notas WHERE id IN (__[POSTCOMPILE_id_1])"
    insert = compiled(sa.insert(contract.lines_table))
    assert insert.startswith("INSERT INTO otimo_pedidos_itens (chave, linha, codigo, sku, descricao, quantidade,")
    assert "OUTPUT" not in insert


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (18456, "E-263"),
        (4060, "E-264"),
        (208, "E-265"),
        (207, "E-266"),
        (229, "E-267"),
        (1222, "E-215"),
        (20009, "E-210"),
    ],
)
def test_sql_servers_errors_by_number(number: int, code: str) -> None:
    url = parse_address("mssql://sa:x@SRV/loja")
    assert ours(url, Exception((number, b"message")), timeout_s=5, place="otimo_produtos").code == code
