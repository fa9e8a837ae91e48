"""Invoices of a database: what another transaction commits behind the cursor still comes, and what is complete."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from otimo_tray.erp.database import DatabaseErp, invoices
from tests.contract.database_rigs import DatabaseRig

DAY = 86_400


def key_of(number: int) -> str:
    return f"3526110000000000019155001{number:09d}1000000010"


def insert(connection: sa.Connection, number: int, *, day: str = "2026-11-24", changed: str | None = None) -> None:
    """A note by its columns, as an ERP without XMLs has it. Its number is its place in the order."""
    name = "`data`" if connection.dialect.name in {"mysql", "mariadb"} else "data"
    connection.execute(
        sa.text(f"INSERT INTO nota (id, alterado, chave, {name}) VALUES (:id, :changed, :chave, :day)"),
        {"id": number, "changed": changed, "chave": key_of(number), "day": day},
    )


def update(connection: sa.Connection, number: int, changed: str) -> None:
    """The note is cancelled."""
    connection.execute(
        sa.text("UPDATE nota SET alterado = :changed, cancelada = 'S' WHERE id = :id"),
        {"id": number, "changed": changed},
    )


def add(rig: DatabaseRig, *numbers: int) -> None:
    for number in numbers:
        with rig.write() as connection:
            insert(connection, number)


def polled(erp: DatabaseErp, cursor: str) -> tuple[list[int], str]:
    """Everything after a cursor, batch after batch, as numbers; and the cursor that is stored then."""
    numbers: list[int] = []
    while True:
        batch = erp.invoices(cursor)
        assert batch.refused == ()
        numbers += [int(record.number) for record in batch.invoices]
        if batch.cursor == cursor:
            return numbers, cursor
        cursor = batch.cursor


def test_a_note_committed_after_a_later_number_was_read(server_rig: DatabaseRig) -> None:
    """The ERP gives out number 2, then 3; 3 is committed and read first. A long transaction may last for days."""
    add(server_rig, 1)
    erp = server_rig.open()
    with server_rig.engine.connect() as slow:
        insert(slow, 2)
        add(server_rig, 3)
        numbers, cursor = polled(erp, "")
        assert numbers == [1, 3]
        for _ in range(3):
            server_rig.clock.advance(DAY)
            again, cursor = polled(erp, cursor)
            assert again == []
        slow.commit()

    assert polled(erp, cursor)[0] == [2]
    erp.close()


def test_a_change_committed_after_a_later_change_was_read(server_rig: DatabaseRig) -> None:
    """The same by `alterado`: the change of 1 is older than that of 2, and is committed after that one was read."""
    add(server_rig, 1, 2)
    erp = server_rig.open()
    numbers, cursor = polled(erp, "")
    assert numbers == [1, 2]
    with server_rig.engine.connect() as slow:
        update(slow, 1, "2026-11-24 12:00:00")
        with server_rig.write() as connection:
            update(connection, 2, "2026-11-24 12:00:05")
        numbers, cursor = polled(erp, cursor)
        assert numbers == [2]
        slow.commit()

    batch = erp.invoices(cursor)
    assert [(record.number, record.cancelled) for record in batch.invoices] == [("1", True)]
    erp.close()


def test_a_note_committed_late_while_the_program_was_not_running(server_rig: DatabaseRig) -> None:
    add(server_rig, 1)
    with server_rig.engine.connect() as slow:
        insert(slow, 2)
        add(server_rig, 3)
        first = server_rig.open()
        _, cursor = polled(first, "")
        first.close()
        slow.commit()
    server_rig.clock.advance(2 * DAY)
    second = server_rig.open()

    numbers, _ = polled(second, cursor)

    assert 2 in numbers
    second.close()


def test_a_lower_number_with_an_older_date_of_an_erp_met_for_the_first_time(rig: DatabaseRig) -> None:
    """An old ERP's notes: those of the last days are looked at again, whatever their date says."""
    for number, day in ((5_000, "2026-01-10"), (5_001, "2026-11-23"), (5_003, "2026-11-24")):
        with rig.write() as connection:
            insert(connection, number, day=day)
    erp = rig.open()
    numbers, cursor = polled(erp, "")
    assert numbers == [5_000, 5_001, 5_003]
    with rig.write() as connection:
        insert(connection, 5_002, day="2026-10-01")
    rig.clock.advance(DAY)

    assert polled(erp, cursor)[0] == [5_002]
    erp.close()


def test_what_is_committed_between_two_batches(rig: DatabaseRig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invoices, "BATCH", 3)
    add(rig, *range(2, 12, 2))
    erp = rig.open()
    first = erp.invoices("")
    assert [record.number for record in first.invoices] == ["2", "4", "6"]
    add(rig, 1, 3, 5)

    numbers, _ = polled(erp, first.cursor)

    assert sorted(numbers) == [1, 3, 5, 8, 10]
    erp.close()


def test_all_was_given_only_once_nothing_is_left(rig: DatabaseRig) -> None:
    add(rig, 1, 2)
    erp = rig.open()
    first = erp.invoices("")
    assert (len(first.invoices), first.complete) == (2, False), "the next batch may hold more"

    last = erp.invoices(first.cursor)

    assert (last.invoices, last.complete) == ((), True)
    add(rig, 3)
    assert not erp.invoices(first.cursor).complete
    erp.close()


def test_what_a_query_of_the_shops_own_leaves_out_nobody_knows(rig: DatabaseRig) -> None:
    erp = rig.open(queries={"invoices": "SELECT id, chave FROM otimo_notas WHERE id > 0"})
    assert erp.invoices("").complete is False
    erp.close()
    erp = rig.open()
    assert erp.invoices("").complete is True
    erp.close()
