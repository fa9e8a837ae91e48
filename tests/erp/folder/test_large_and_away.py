"""Large folders and a share that goes away: what is read stays small, and half of a reading is never used."""

from __future__ import annotations

import tracemalloc
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from otimo_tray.demo.erp.nfe_xml import Issuer, Note, NoteLine, cancellation_xml, note_xml
from otimo_tray.errors import ErpAway, ReadRefused
from tests.erp.folder.shop_folder import ZONE, ShopFolder
from tests.erp.folder.test_invoices import a_note, collect

ROWS = 200_000
HEADER = "codigo;saldo;preco;descricao\r\n"


def a_sheet(rows: int) -> bytes:
    lines = [f"{n:09d};{n % 97},5;{n % 900 + 1},90;Cafeteira nº {n}\r\n" for n in range(rows)]
    return (HEADER + "".join(lines)).encode("cp1252")


def test_two_hundred_thousand_rows_are_read_whole_and_exact(shop: ShopFolder) -> None:
    shop.write("estoque.csv", a_sheet(ROWS))
    erp = shop.open()
    reading = erp.read_items()
    assert reading is not None
    count, largest = 0, 0
    total = Decimal(0)
    for chunk in reading.chunks():
        largest = max(largest, len(chunk))
        for row in chunk:
            assert row[0] == f"{count:09d}"
            count += 1
        total += erp.parse_row(chunk[-1]).price or 0
    assert (count, largest <= 10_000) == (ROWS, True)
    assert total > 0


def test_a_sheet_of_four_times_the_rows_takes_far_less_than_four_times_the_memory(shop: ShopFolder) -> None:
    def peak(rows: int) -> int:
        shop.clock.advance(60)
        shop.write("estoque.csv", a_sheet(rows))
        reading = shop.open().read_items()
        assert reading is not None
        tracemalloc.start()
        try:
            for chunk in reading.chunks():
                del chunk
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(40_000) < 3 * peak(10_000)


@pytest.mark.parametrize("at", [1, 2])
def test_a_share_that_vanishes_in_the_middle_leaves_nothing_half_read(shop: ShopFolder, at: int) -> None:
    shop.write("estoque.csv", a_sheet(30_000))
    reading = shop.open().read_items()
    assert reading is not None
    chunks = reading.chunks()
    for _ in range(at):
        next(chunks)
    away = shop.root.with_name("fora")
    shop.root.rename(away)
    with pytest.raises(ErpAway):
        list(chunks)
    reading.refused(ReadRefused())  # nothing to move where nothing is
    away.rename(shop.root)
    assert len(shop.read()) == 30_000, "back again, it is read from the beginning"


def test_only_new_notes_are_opened_whatever_lies_in_the_months(shop: ShopFolder) -> None:
    notes = shop.root / "notas"
    for number in range(1, 601):
        month = notes / f"2025{number % 12 + 1:02d}"
        month.mkdir(parents=True, exist_ok=True)
        path = month / f"{number}.xml"
        path.write_bytes(note_xml(a_note(number)))
        shop.touch(path, 9_000)
    for folder in (*notes.iterdir(), notes):
        shop.touch(folder, 9_000)
    erp = shop.open()
    found, _, cursor = collect(erp)
    assert len(found) == 600
    shop.clock.advance(20)
    erp.invoices(cursor)  # the folders' times are believed from now on

    path = notes / "202512" / "novo.xml"
    path.write_bytes(note_xml(a_note(601)))
    shop.touch(path.parent, 0)
    shop.clock.advance(20)
    read: list[str] = []
    whole = Path.read_bytes

    def reading(self: Path) -> bytes:
        read.append(self.name)
        return whole(self)

    with mock.patch.object(Path, "read_bytes", reading):
        batch = erp.invoices(cursor)
        assert [record.number for record in batch.invoices] == ["601"]
        assert read == ["novo.xml"]
        read.clear()
        assert erp.invoices(batch.cursor).invoices == ()  # the batch was stored
        again = shop.open()  # the program was started anew: everything is looked at, nothing read
        assert again.invoices(batch.cursor).invoices == ()
    assert read == []


def test_a_cancellation_in_any_folder_cancels_and_an_entity_is_refused_alone(shop: ShopFolder) -> None:
    note = Note(1, datetime(2026, 11, 24, 9, tzinfo=ZONE), (NoteLine("7", "Caneca", 1, Decimal("19.90")),))
    shop.write("notas/1.xml", note_xml(note), seconds_ago=50)
    (shop.root / "notas" / "canceladas").mkdir()
    event = cancellation_xml(note.key, Issuer(), datetime(2026, 11, 24, 10, tzinfo=ZONE))
    shop.write("notas/canceladas/110111-1.xml", event, seconds_ago=40)
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 99 + b'"><!ENTITY c "&b;&b;&b;">]><nfeProc>&c;</nfeProc>'
    outside = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><nfeProc/>'
    shop.write("notas/2.xml", bomb, seconds_ago=50)
    shop.write("notas/3.xml", outside, seconds_ago=50)

    found, refused, _ = collect(shop.open())

    assert [(record.key, record.cancelled) for record in found] == [(note.key, False), (note.key, True)]
    assert sorted(refused) == [("2.xml", "I-712"), ("3.xml", "I-712")]
