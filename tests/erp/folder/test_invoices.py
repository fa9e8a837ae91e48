"""Invoices of the folder: lists, half-written files, rewritten ones, and what a quiet poll costs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from otimo_tray.demo.erp.nfe_xml import Note, NoteLine, note_xml
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.folder import FolderErp, invoices, open_folder_erp
from otimo_tray.errors import ErpMisconfigured
from tests.erp.folder.shop_folder import ZONE, ShopFolder

KEY = "35200159594315000157550010000000012062777161"
LIST = f"pedido;numero;serie;data;chave;total\n2000001;1;1;24/11/2026 10:30;{KEY};1.990,00\n"


def a_note(number: int, status: str = "100") -> Note:
    issued = datetime(2026, 11, 24, 9, tzinfo=ZONE)
    return Note(number, issued, (NoteLine("1", "Caneca", 1, Decimal("19.90")),), status=status)


def collect(erp: FolderErp, cursor: str = "") -> tuple[list[InvoiceRecord], list[tuple[str, str]], str]:
    found: list[InvoiceRecord] = []
    refused: list[tuple[str, str]] = []
    while True:
        batch = erp.invoices(cursor)
        found += batch.invoices
        refused += [(source, error.code) for source, error in batch.refused]
        if batch.cursor == cursor:
            return found, refused, cursor
        cursor = batch.cursor


def test_a_list_is_read_and_moved_once_its_rows_are_stored(shop: ShopFolder) -> None:
    shop.write("notas/notas1.csv", LIST)
    erp = shop.open()
    batch = erp.invoices("")
    assert shop.names("notas") == ["notas1.csv"], "not before the engine comes back with the cursor"
    assert batch.invoices == (
        InvoiceRecord(
            key=KEY,
            number="1",
            serie="1",
            issued=datetime(2026, 11, 24, 13, 30, tzinfo=UTC),
            issued_date="2026-11-24",
            cnpj="59594315000157",
            order_ref="2000001",
            total=Decimal("1990.00"),
            source="notas1.csv:2",
        ),
    )
    assert erp.invoices(batch.cursor).invoices == ()
    assert shop.names("notas") == []
    assert shop.names("processados") == ["notas1.csv"]
    shop.write("notas/notas1.csv", LIST.replace(";1;1;", ";2;1;"), seconds_ago=5)
    assert [record.number for record in collect(erp, batch.cursor)[0]] == ["2"]


def test_a_list_whose_batch_was_lost_is_read_again(shop: ShopFolder) -> None:
    shop.write("notas/notas1.csv", LIST)
    erp = shop.open()
    erp.invoices("")
    assert len(erp.invoices("").invoices) == 1
    assert len(shop.open().invoices("").invoices) == 1
    assert shop.names("notas") == ["notas1.csv"]


def test_each_bad_row_of_a_list_is_named_and_the_others_go_on(shop: ShopFolder) -> None:
    rows = [
        f"1;x;1;24/11/2026;{KEY};1,00",
        f"2;2;1;ontem;{KEY};1,00",
        "3;3;1;24/11/2026;;1,00",
        f"4;4;1;24/11/2026;{KEY};muito",
        f"5;1.205;001;2026-11-24;NFe{KEY[:4]} {KEY[4:]};19,90",
    ]
    shop.write("notas/notas.csv", "pedido;numero;serie;data;chave;total\n" + "\n".join(rows) + "\n")
    found, refused, _ = collect(shop.open())
    assert refused == [(f"notas.csv:{n}", "I-716") for n in (2, 3, 4, 5)]
    assert [(r.key, r.number, r.serie, r.issued, r.issued_date) for r in found] == [
        (KEY, "1205", "1", None, "2026-11-24")
    ]


def test_a_list_with_a_wrong_header_is_refused_and_moved(shop: ShopFolder) -> None:
    shop.write("notas/notas.csv", "nota;valor\n1;2\n")
    _, refused, _ = collect(shop.open())
    assert refused == [("notas.csv", "E-255")]
    assert shop.names("recusados") == ["notas.csv", "notas.csv.motivo.txt"]


def test_a_half_written_note_is_waited_for(shop: ShopFolder) -> None:
    xml = note_xml(a_note(1))
    shop.write("notas/1.xml", xml[:500], seconds_ago=0)
    erp = shop.open()
    assert collect(erp)[:2] == ([], [])
    shop.clock.advance(5)
    shop.write("notas/1.xml", xml, seconds_ago=0)
    assert len(collect(erp)[0]) == 1


def test_a_note_that_stays_half_is_refused_and_taken_when_mended(shop: ShopFolder) -> None:
    xml = note_xml(a_note(1))
    shop.write("notas/1.xml", xml[:500], seconds_ago=0)
    erp = shop.open()
    collect(erp)
    shop.clock.advance(40)
    _, refused, cursor = collect(erp)
    assert refused == [("1.xml", "I-711")]
    assert collect(erp, cursor) == ([], [], cursor), "told once"
    shop.write("notas/1.xml", xml, seconds_ago=0)
    assert len(collect(erp, cursor)[0]) == 1


def test_the_same_name_with_a_protocol_later_is_read_again(shop: ShopFolder) -> None:
    shop.write("notas/2026-11/1.xml".replace("2026-11/", ""), note_xml(a_note(1, status="")))
    erp = shop.open()
    found, _, cursor = collect(erp)
    assert [record.authorised for record in found] == [False]
    shop.clock.advance(20)
    shop.write("notas/1.xml", note_xml(a_note(1)), seconds_ago=0)
    found, _, _ = collect(erp, cursor)
    assert [record.authorised for record in found] == [True]


def test_one_locked_note_stops_no_other(shop: ShopFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        shop.write(f"notas/{number}.xml", note_xml(a_note(number)))
    erp = shop.open()
    really = Path.read_bytes

    def locked(path: Path) -> bytes:
        if path.name == "1.xml":
            raise PermissionError(13, "sharing violation")
        return really(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        found, refused, cursor = collect(erp)
    assert ([record.number for record in found], refused) == (["2"], [])
    assert [record.number for record in collect(erp, cursor)[0]] == ["1"]


def test_many_notes_come_in_batches_oldest_first(shop: ShopFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invoices, "BATCH", 3)
    for number in range(1, 9):
        shop.write(f"notas/{9 - number}.xml", note_xml(a_note(number)), seconds_ago=100 - number)
    erp = shop.open()
    assert [record.number for record in erp.invoices("").invoices] == ["1", "2", "3"]
    assert [int(record.number) for record in collect(erp)[0]] == list(range(1, 9))


def test_a_lost_or_damaged_index_only_brings_notes_again(shop: ShopFolder) -> None:
    for number in (1, 2, 3):
        shop.write(f"notas/{number}.xml", note_xml(a_note(number)))
    _, _, cursor = collect(shop.open())
    assert collect(shop.open(), cursor)[0] == []
    index = shop.cache / "notas-lidas.sqlite"
    index.write_bytes(b"not a database at all" * 100)
    found, _, cursor = collect(shop.open(), cursor)
    assert len(found) == 3
    index.unlink()
    assert len(collect(shop.open(), cursor)[0]) == 3


def test_a_quiet_poll_lists_no_folder_and_opens_no_file(shop: ShopFolder) -> None:
    for number in range(1, 30):
        shop.write(f"notas/{number}.xml", note_xml(a_note(number)), seconds_ago=100)
    shop.touch(shop.root / "notas", 100)
    erp = shop.open()
    _, _, cursor = collect(erp)
    shop.clock.advance(20)
    erp.invoices(cursor)
    shop.clock.advance(20)
    with (
        mock.patch("os.scandir", side_effect=AssertionError("listed")),
        mock.patch("builtins.open", side_effect=OSError),
    ):
        assert erp.invoices(cursor).cursor == cursor


def test_what_keeps_no_folder_times_is_found_by_the_next_sweep(shop: ShopFolder) -> None:
    path = shop.write("notas/1.xml", note_xml(a_note(1)))
    shop.touch(path.parent, 100)
    before = path.parent.stat()
    erp = shop.open()
    _, _, cursor = collect(erp)
    shop.clock.advance(20)
    erp.invoices(cursor)
    shop.write("notas/2.xml", note_xml(a_note(2)), seconds_ago=9_999)
    os.utime(path.parent, ns=(before.st_atime_ns, before.st_mtime_ns))
    shop.clock.advance(20)
    assert erp.invoices(cursor).invoices == ()
    shop.clock.advance(600)
    assert [record.number for record in erp.invoices(cursor).invoices] == ["2"]


def test_notes_may_lie_where_the_erp_keeps_them(shop: ShopFolder, tmp_path: Path) -> None:
    notes = tmp_path / "Documentos fiscais"

    def opened() -> FolderErp:
        settings = ErpSettings(folder=str(shop.root), nfe_folder=str(notes))
        return open_folder_erp(settings, ZONE, shop.clock, shop.cache, pause=shop.pause)

    with pytest.raises(ErpMisconfigured, match="E-225"):
        opened().invoices("")
    (notes / "2026" / "11").mkdir(parents=True)
    (notes / "2026" / "11" / "1.XML").write_bytes(note_xml(a_note(1)))
    shop.write("notas/notas.csv", LIST)
    found, _, _ = collect(opened())
    assert {record.source for record in found} == {"1.XML", "notas.csv:2"}
    assert (notes / "2026" / "11" / "1.XML").exists(), "XMLs are the ERP's and are never moved"
