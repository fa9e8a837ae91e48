"""A long read: every row once, in small blocks, exact, and a driver that breaks in the middle is told as anywhere."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sqlalchemy as sa

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database import fetching
from otimo_tray.erp.database.look import look
from otimo_tray.erp.database.spool import KEPT_IN_MEMORY, Spool
from otimo_tray.errors import ErpAway
from tests.contract.database_rigs import ZONE, DatabaseRig


def test_every_row_comes_once_whatever_their_number(rig: DatabaseRig) -> None:
    erp = rig.open()
    for count in (0, 1, 2, fetching.BLOCK, fetching.BLOCK + 1, 4 * fetching.BLOCK + 1, 5_003):
        rig.put_stock([(f"{n:05d}", str(n % 7), None, None, None, None, f"Caneca {n}", None) for n in range(count)])

        blocks = list(erp.read_items().chunks())

        assert sorted(str(row[0]) for block in blocks for row in block) == [f"{n:05d}" for n in range(count)]
        assert all(0 < len(block) <= fetching.BLOCK for block in blocks)
    erp.close()


def test_codes_that_are_numbers_have_no_decimals_and_prices_keep_theirs(rig: DatabaseRig) -> None:
    number = {"sqlite": "NUMERIC"}.get(rig.kind, "NUMERIC(15,2)")
    with rig.write() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE numerado (codigo {number}, saldo {number}, preco {number}, ean NUMERIC(14,0))"
        )
    with rig.write() as connection:
        connection.exec_driver_sql("INSERT INTO numerado VALUES (7, -3, 1990.90, 7891234567895)")
    sql = "SELECT codigo, saldo, preco, ean FROM numerado"
    erp = rig.open(queries={"items": sql})

    ((row,),) = erp.read_items().chunks()

    assert (row[0], row[7]) == ("7", "7891234567895")
    item = erp.parse_row(row)
    assert (str(item.balance), str(item.price)) == (("-3", "1990.9") if rig.kind == "sqlite" else ("-3.00", "1990.90"))
    found = look(ErpSettings(kind="database"), rig.address, "items", sql, ZONE)
    assert found.problems == ()
    erp.close()


def test_numbers_of_postgresql_without_decimals_or_with_many(request: pytest.FixtureRequest, tmp_path: Any) -> None:
    from tests.contract.database_rigs import database_rig

    rig = database_rig("postgresql", tmp_path, request)
    sql = (
        "SELECT '1' AS codigo, 1e20::numeric AS saldo, 0.00000001::numeric AS preco,"
        " 'NaN'::numeric AS preco_promocional UNION ALL SELECT '2', NULL, 1e3::numeric, NULL"
    )
    erp = rig.open(queries={"items": sql})

    ((first, second),) = ([row for block in erp.read_items().chunks() for row in block],)

    assert first[:4] == ("1", "100000000000000000000", "0.00000001", "NaN")
    assert second[:4] == ("2", None, "1000", None)
    erp.close()
    rig.close()


def test_a_driver_that_breaks_between_two_fetches_is_an_erp_that_is_away(
    sqlite_rig: DatabaseRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_rig.put_stock([(f"{n:05d}", "1", None, None, None, None, None, None) for n in range(2_000)])
    real = fetching.driver_blocks

    def breaking(connection: sa.Connection, result: Any, fetched: int) -> Any:
        for number, block in enumerate(real(connection, result, fetched)):
            yield block
            if number == 1:
                result.cursor.connection.close()

    monkeypatch.setattr("otimo_tray.erp.database.reading.driver_blocks", breaking)
    erp = sqlite_rig.open()
    given: list[list[RawRow]] = []

    with pytest.raises(ErpAway, match="E-210"):
        given += erp.read_items().chunks()

    assert given == []
    monkeypatch.undo()
    assert sum(map(len, erp.read_items().chunks())) == 2_000, "the next reading is a whole one"
    erp.close()


CELLS = ("", "a", "São João 😀", "nul\0dentro", "\0", "\ud800", "x" * 5_000, "linha\nnova\ttab", None)


@pytest.mark.parametrize("seed", range(5))
def test_what_waits_comes_back_as_it_was(seed: int) -> None:
    rng = random.Random(seed)
    # Columns of one kind and mixed ones: each is kept in its own way.
    kinds = [CELLS, CELLS[:3], (None,), ("",), ("\0", "\0\0"), ("19.90",), CELLS[1:], ("a", None)]
    blocks = [[[rng.choice(kind) for _ in range(count)] for kind in kinds] for count in (1, 2, 500)]
    spool = Spool()
    for columns in blocks:
        spool.add(columns, len(columns[0]))

    expected = [list(zip(*columns, strict=True)) for columns in blocks]
    assert list(spool.codes()) == [row[0] for block in expected for row in block]
    assert list(spool.blocks()) == expected


def test_what_is_too_much_for_memory_waits_on_the_disk() -> None:
    spool = Spool()
    file: Any = spool._file
    spool.add([["a"] * 1_000], 1_000)
    assert not file._rolled, "a small shop's reading never touches the disk"
    spool.add([["b" * KEPT_IN_MEMORY]], 1)
    assert file._rolled
    assert [len(block) for block in spool.blocks()] == [1_000, 1]
    assert file.closed
