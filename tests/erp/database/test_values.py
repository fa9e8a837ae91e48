"""Real columns of every database arrive as exact text: numbers, dates, padded codes, old charsets."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from otimo_tray.erp.database.rows import RowMaker, code_text, decoded, moment_text, number_text, plain_text
from otimo_tray.errors import ReadRefused
from tests.contract.database_rigs import DatabaseRig, statements


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("19.90"), "19.90"),
        (Decimal("1E+3"), "1000"),
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        (-3, "-3"),
        (True, "1"),
        (" 19,90 ", "19,90"),
        ("", None),
        (None, None),
        (float("nan"), "NaN"),
        (1e-7, "0.0000001"),
    ],
)
def test_numbers(value: object, text: str | None) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("00012   ", "00012"), (7, "7"), (Decimal("7.00"), "7"), (7.0, "7"), ("   ", None), (None, None)],
)
def test_codes(value: object, text: str | None) -> None:
    assert code_text(value) == text


def test_dates_and_old_bytes() -> None:
    assert moment_text(date(2026, 11, 24)) == "2026-11-24"
    assert moment_text(datetime(2026, 11, 24)) == "2026-11-24", "a database without a bare date"  # noqa: DTZ001 - so come they
    assert moment_text(datetime(2026, 11, 24, 18, 30, tzinfo=UTC)) == "2026-11-24 18:30:00+00:00"
    assert plain_text("São João ".encode("cp1252")) == "São João"
    assert decoded("São João 😀".encode()) == "São João 😀"


def test_equal_numbers_of_two_kinds_keep_their_own_text() -> None:
    maker = RowMaker([0, 1, None, None, None, None, None, None])
    assert [row[1] for row in maker.rows([("a", 1)])] == ["1"]
    assert [row[1] for row in maker.rows([("a", Decimal("1.00"))])] == ["1.00"]
    assert [row[1] for row in maker.rows([("a", 1), ("b", Decimal("1.0")), ("c", None)])] == ["1", "1.0", None]


@pytest.mark.parametrize("odd", [(), (1e-7,), (float("inf"), float("nan")), (None,), (10**17, -(10**15))])
def test_a_column_of_numbers_has_the_texts_of_its_numbers(odd: tuple[object, ...]) -> None:
    rng = random.Random(len(odd))
    maker = RowMaker([0, 1, None, None, None, None, None, None])
    for _ in range(60):  # more numbers than are remembered
        values: list[object] = [
            *odd,
            5,
            -3,
            0,
            *(rng.randrange(10**7) / rng.choice((1, 2, 10, 100)) for _ in range(497)),
        ]
        rows = maker.rows([(str(place), value) for place, value in enumerate(values)])
        assert [row[1] for row in rows] == [number_text(value) for value in values]


TYPED = {
    "firebird": "CREATE TABLE tipado (codigo CHAR(10), saldo NUMERIC(15,3), preco DOUBLE PRECISION,"
    " promocao_inicio DATE, promocao_fim TIMESTAMP, descricao BLOB SUB_TYPE TEXT, ean BIGINT)",
    "mariadb": "CREATE TABLE tipado (codigo CHAR(10), saldo DECIMAL(15,3), preco DOUBLE, promocao_inicio DATE,"
    " promocao_fim DATETIME, descricao LONGTEXT, ean BIGINT)",
    "postgresql": "CREATE TABLE tipado (codigo CHAR(10), saldo NUMERIC(15,3), preco DOUBLE PRECISION,"
    " promocao_inicio DATE, promocao_fim TIMESTAMP, descricao TEXT, ean BIGINT)",
    "sqlite": "CREATE TABLE tipado (codigo CHAR(10), saldo NUMERIC, preco REAL, promocao_inicio DATE,"
    " promocao_fim TIMESTAMP, descricao TEXT, ean BIGINT)",
}


def test_typed_columns(rig: DatabaseRig) -> None:
    with rig.write() as connection:
        connection.exec_driver_sql(TYPED[rig.kind])
    with rig.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO tipado VALUES ('0012', 12.5, 19.9, '2026-11-20', '2026-11-24 00:00:00', 'Açaí', 7891234567895)"
        )
    with rig.write() as connection:
        connection.exec_driver_sql("INSERT INTO tipado VALUES ('13', NULL, NULL, NULL, NULL, NULL, NULL)")
    erp = rig.open(queries={"items": "SELECT * FROM tipado ORDER BY codigo;"})
    rows = [row for chunk in erp.read_items().chunks() for row in chunk]

    item, empty = (erp.parse_row(row) for row in rows)

    assert (item.erp_code, item.balance, item.price) == ("0012", Decimal("12.5"), Decimal("19.9"))
    assert (item.name, item.ean) == ("Açaí", "7891234567895")
    if rig.kind != "sqlite":  # which has no dates, only text
        assert rows[0][4:6] == ("2026-11-20", "2026-11-24")
    assert item.promo_from == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert (empty.erp_code, empty.balance, empty.price, empty.name) == ("13", None, None, "")
    erp.close()


def test_a_reading_with_a_code_twice_or_without_one_counts_not_at_all(sqlite_rig: DatabaseRig) -> None:
    rows = [(f"{n:05d}", "1", None, None, None, None, None, None) for n in range(9_000)]
    sqlite_rig.put_stock([*rows, ("00007 ", "2", None, None, None, None, None, None)])
    erp = sqlite_rig.open()
    given: list[object] = []
    with pytest.raises(ReadRefused, match="E-292") as caught:
        given += list(erp.read_items().chunks())
    assert (given, caught.value.params["codes"]) == ([], "00007")
    sqlite_rig.put_stock([*rows, (None, "2", None, None, None, None, None, None)])
    with pytest.raises(ReadRefused, match="E-293") as caught:
        given += list(erp.read_items().chunks())
    assert (given, caught.value.params["row"]) == ([], 9_001)
    erp.close()


def test_windows_text_in_a_firebird_without_a_charset(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    from otimo_tray.domain.settings import ErpSettings
    from otimo_tray.erp.database import open_database_erp
    from tests.contract.database_rigs import ZONE
    from tests.servers.firebird import Firebird
    from tests.support.clock import FakeClock

    server = request.getfixturevalue("firebird_server")
    assert isinstance(server, Firebird)
    address = server.new_database()
    connection = server.connect(address.partition(f":{server.port}/")[2])
    cursor = connection.cursor()
    cursor.execute(
        "CREATE TABLE produto (codigo VARCHAR(20), saldo NUMERIC(15,2), descricao VARCHAR(60) CHARACTER SET NONE)"
    )
    connection.commit()
    # Bytes of Windows-1252, as a Delphi program writes them: São João.
    cursor.execute("INSERT INTO produto VALUES ('1', 5, _NONE x'53E36F204A6FE36F')")
    connection.commit()
    connection.close()
    settings = ErpSettings(kind="database", queries={"items": "SELECT codigo, saldo, descricao FROM produto"})
    erp = open_database_erp(settings, address, ZONE, FakeClock())
    (rows,) = erp.read_items().chunks()
    assert rows[0][6] == "São João"
    erp.close()
    server.drop_database(address)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["firebird", "mariadb", "mssql", "postgresql", "sqlite"])
def test_the_ddl_has_what_the_connector_uses(kind: str) -> None:
    from otimo_tray.erp.database import contract
    from tests.contract.database_rigs import DDL

    script = (DDL / f"{kind}.sql").read_text("utf-8")
    for table in (contract.orders_table, contract.lines_table, contract.items_view, contract.invoices_view):
        body = next(
            one for one in statements(script.replace("GO\n", "")) if f" {table.name} " in one.split("SELECT")[0]
        )
        for column in table.columns:
            assert f" {column.name}" in body, f"{table.name}.{column.name}"


def test_an_old_firebird_table_with_fewer_characters_still_takes_the_order(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from tests.contract.database_rigs import database_rig
    from tests.contract.test_erp import an_order

    rig = database_rig("firebird", tmp_path, request)
    with rig.write() as connection:
        connection.exec_driver_sql("ALTER TABLE otimo_pedidos_itens DROP descricao")
    with rig.write() as connection:
        connection.exec_driver_sql("ALTER TABLE otimo_pedidos_itens ADD descricao VARCHAR(1000) CHARACTER SET WIN1252")
    erp = rig.open()
    erp.import_order(an_order("1"))
    with rig.engine.connect() as connection:
        name = connection.execute(sa.text("SELECT descricao FROM otimo_pedidos_itens WHERE linha = 1")).scalar()
    assert name == "Caneca “São João” ?"
    erp.close()
    rig.close()
