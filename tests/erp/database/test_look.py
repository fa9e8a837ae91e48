"""Own queries: one SELECT that only reads, with the contract's columns, looked at before it is saved."""

from __future__ import annotations

import pytest

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import Look, look
from otimo_tray.erp.database.queries import check_select
from otimo_tray.errors import ErpMisconfigured
from tests.contract.database_rigs import ZONE, DatabaseRig


def looked(rig: DatabaseRig, name: str, sql: str = "") -> Look:
    return look(ErpSettings(kind="database", timeout_s=10), rig.address, name, sql, ZONE)


def test_ten_rows_and_no_problem(rig: DatabaseRig) -> None:
    rig.put_stock([(f"{n:03d}", "5", "19.90", None, None, None, "Açaí", None) for n in range(15)])
    found = looked(rig, "items", "SELECT codigo, saldo, preco AS PRECO, descricao FROM produto ORDER BY codigo;")
    assert found.problems == ()
    assert [name.lower() for name in found.columns] == ["codigo", "saldo", "preco", "descricao"]
    assert len(found.rows) == 10
    assert found.rows[3] == ("003", "5", "19.90", "Açaí")
    assert looked(rig, "items").problems == (), "the contract's own view"
    assert looked(rig, "invoices").problems == ()


def test_every_problem_has_its_code(rig: DatabaseRig) -> None:
    rig.put_stock([("1", "muitos", "1", None, None, None, "a", None), ("1", "2", "2", None, None, None, None, None)])
    assert [one.code for one in looked(rig, "items", "SELECT * FROM produto").problems] == ["E-231", "E-292"]
    assert [one.code for one in looked(rig, "items", "SELECT codigo FROM produto").problems] == ["E-266"]
    assert [one.code for one in looked(rig, "items", "SELECT codigo, saldo FROM nada").problems] == ["E-265"]
    assert [one.code for one in looked(rig, "items", "SELECT codigo, saldo FRM produto").problems] == ["E-229"]
    assert [one.code for one in looked(rig, "items", "DELETE FROM produto").problems] == ["E-227"]
    assert [one.code for one in looked(rig, "invoices", "SELECT codigo AS id FROM produto").problems] == ["E-266"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "with x as (select 1 a) select a from x",
        "SELECT REPLACE(nome, 'update', 'x') FROM p -- delete\n WHERE a = 'drop; table'",
        "SELECT CAST(x AS VARCHAR(9) character  set WIN1252) FROM p",
        'SELECT SUBSTRING(x FROM 1 FOR 3), p.set, "Insert" FROM p /* ; */',
    ],
)
def test_what_only_reads_is_taken(sql: str) -> None:
    check_select(sql, "items")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("", "select"),
        ("UPDATE p SET a = 1", "select"),
        ("SELECT 1; SELECT 2", "several"),
        ("SELECT 1 FROM p SET TRANSACTION", "word"),
        ("WITH x AS (DELETE FROM p RETURNING *) SELECT * FROM x", "word"),
        ("SELECT * INTO q FROM p", "word"),
        ("SELECT * FROM p FOR UPDATE", "word"),
        ("SELECT 1 /* x */ ; DROP TABLE p", "several"),
    ],
)
def test_what_does_more_is_refused(sql: str, reason: str) -> None:
    with pytest.raises(ErpMisconfigured, match="E-227") as caught:
        check_select(sql, "items")
    assert caught.value.params["reason"] == reason


def test_the_transaction_itself_is_read_only(rig: DatabaseRig) -> None:
    """Were a query to slip through the words, the database says no."""
    from otimo_tray.erp.database.address import parse_address
    from otimo_tray.erp.database.flavours import flavour_of
    from otimo_tray.erp.database.link import Link

    rig.put_stock([("1", "2", "2", None, None, None, None, None)])
    link = Link(flavour_of(parse_address(rig.address), 10))
    with pytest.raises(ErpMisconfigured), link.reading("produto") as connection:
        connection.exec_driver_sql("DELETE FROM produto")
    assert len(looked(rig, "items", "SELECT codigo, saldo FROM produto").rows) == 1
    link.close()
