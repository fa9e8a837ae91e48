"""The demo ERP's own life: notes valid by the national schema, stock that moves, the same life from the same seed."""

from __future__ import annotations

import importlib
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import nfelib
import pytest

from otimo_tray.demo.erp import DemoErp, Life
from otimo_tray.demo.erp.nfe_xml import Issuer, cancellation_xml
from otimo_tray.demo.simulator.catalogue import generate_catalogue
from otimo_tray.domain.invoice_rules import check_record
from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order, OrderItem, Party
from otimo_tray.domain.settings import Booking
from otimo_tray.errors import ErpMisconfigured, ErpRefusedOrder
from tests.support.clock import FakeClock

ZONE = ZoneInfo("America/Sao_Paulo")
etree: Any = importlib.import_module("lxml.etree")  # it has no types of its own
SCHEMAS = Path(nfelib.__file__).parent / "nfe" / "schemas" / "v4_0"


def demo(folder: Path, products: int = 60, booking: Booking = "on_invoice") -> tuple[DemoErp, FakeClock]:
    clock = FakeClock()
    erp = DemoErp(folder / "erp.sqlite", clock, ZONE, booking=booking)
    erp.seed((p.sku, p.name, p.ean, p.price, p.quantity) for p in generate_catalogue(products))
    return erp, clock


def an_order(number: int, document: str = "123.456.789-09") -> ErpOrder:
    sale = Order(
        hub_id=f"hub{number}",
        original_id=f"200000{number}",
        status="approved",
        shipping=Decimal("12.90"),
        discount=Decimal("1.00"),
        payer=Party(name="João & Maria <Ltda>", document=document, city="Belém", state="PA", zipcode="66010-000"),
        items=(OrderItem("000001", "Cafeteira", 2, Decimal("19.95")),),
    )
    return ErpOrder(sale, (ErpOrderLine("000001", "000001", 2, Decimal("19.95"), Decimal("39.90")),))


def test_seeding_twice_changes_nothing(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    erp.shop.set_balance("000001", 7)
    assert erp.seed([("000001", "x", "", Decimal(1), 99)]) == 0
    assert erp.shop.balance("000001") == 7


@pytest.mark.parametrize("document", ["123.456.789-09", "11222333000181", "***", ""])
def test_notes_are_valid_by_the_national_schema(tmp_path: Path, document: str) -> None:
    erp, _ = demo(tmp_path)
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "procNFe_v4.00.xsd")))
    for number in range(3):
        erp.import_order(an_order(number, document))
        erp.shop.invoice_order(f"hub{number}")
    with closing(sqlite3.connect(tmp_path / "erp.sqlite")) as connection:
        for (xml,) in connection.execute("SELECT xml FROM invoice"):
            schema.assertValid(etree.fromstring(xml))
    records = erp.invoices("").invoices
    assert len(records) == 3
    for record in records:
        assert check_record(record, (Issuer().cnpj,), ZONE) is None
        assert record.total == Decimal("51.80")
    # Each of the three ways in which a note may tell its order.
    assert [(r.order_ref, r.x_ped) for r in records] == [("", ("2000000",)), ("", ()), ("hub2", ())]
    assert "2000001" in records[1].extra_text


@pytest.mark.parametrize(("booking", "steps"), [("on_invoice", (10, 8, 10)), ("on_import", (8, 8, 10))])
def test_goods_leave_the_balance_once(tmp_path: Path, booking: Booking, steps: tuple[int, int, int]) -> None:
    erp, _ = demo(tmp_path, booking=booking)
    erp.shop.set_balance("000001", 10)
    erp.import_order(an_order(1))
    erp.import_order(an_order(1))
    assert erp.shop.balance("000001") == steps[0]
    key = erp.shop.invoice_order("hub1")
    with pytest.raises(ValueError, match="invoiced"):
        erp.shop.invoice_order("hub1")
    assert erp.shop.balance("000001") == steps[1]
    assert erp.shop.cancel_invoice("hub1") == key
    assert erp.shop.balance("000001") == steps[2]
    assert erp.shop.invoice_order("hub1") != key, "the replacement has a number of its own"
    assert erp.shop.balance("000001") == 8
    assert [(r.cancelled, r.number) for r in erp.invoices("").invoices] == [(False, "1"), (True, "1"), (False, "2")]


def test_an_order_for_a_code_it_doesnt_have_is_refused_whole(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    order = an_order(1)
    lines = (*order.lines, ErpOrderLine("X", "nada", 1, Decimal(1), Decimal(1)))
    with pytest.raises(ErpRefusedOrder, match="E-243"):
        erp.import_order(ErpOrder(order.order, lines))
    assert erp.find_order("hub1") is None


def test_a_shop_lives_the_same_life_again(tmp_path: Path) -> None:
    lives: list[tuple[object, object]] = []
    for name in "ab":
        folder = tmp_path / name
        folder.mkdir()
        erp, clock = demo(folder)
        life = Life(erp.shop, clock, ZONE, seed=7, share=0.1)
        for number in range(20):
            erp.import_order(an_order(number))
        report = life.tick(3)
        clock.advance(300)
        later = life.tick(4)
        lives.append(((report, later), [*erp.read_items().chunks()]))
        assert report.sold
        assert report.repriced
        assert len(report.invoiced) == 20, "orders get their note after two ticks"
        assert len(later.cancelled) == 1
        assert len(later.invoiced) == 1, "and the cancelled one its replacement"
    assert lives[0] == lives[1]


def test_a_life_keeps_the_shop_sound(tmp_path: Path) -> None:
    erp, clock = demo(tmp_path)
    before = {row[0]: row for chunk in erp.read_items().chunks() for row in chunk}
    Life(erp.shop, clock, ZONE, share=0.2).tick(40)
    items = [erp.parse_row(row) for chunk in erp.read_items().chunks() for row in chunk]
    assert len(items) == len(before)
    assert sum(1 for chunk in erp.read_items().chunks() for row in chunk if row != before[row[0]]) > 30
    for item in items:
        assert item.balance is not None
        assert item.balance >= 0
        assert item.price is not None
        assert item.price > 0
        assert item.promo_price is None or item.promo_price > 0


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    demo(tmp_path)
    with closing(sqlite3.connect(tmp_path / "erp.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ErpMisconfigured, match="E-226"):
        DemoErp(tmp_path / "erp.sqlite", FakeClock(), ZONE)


def test_a_counter_note_belongs_to_no_order(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    erp.shop.set_balance("000001", 10)
    key = erp.shop.counter_note("000001", 3)
    (record,) = erp.invoices("").invoices
    assert (record.key, record.order_ref, record.x_ped) == (key, "", ())
    assert erp.shop.balance("000001") == 7


def test_cancellations_are_whole_documents() -> None:
    xml = cancellation_xml("35260811222333000181550010000000011234567890", Issuer(), datetime(2026, 8, 1, tzinfo=UTC))
    assert etree.fromstring(xml).tag.endswith("procEventoNFe")


def test_a_look_at_what_is_known_opens_nothing_and_writes_nothing(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    erp.invoices("")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    def opened(*_: object, **__: object) -> None:
        pytest.fail("opens the write-ahead log anew")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", opened)
        for _ in range(3):
            erp.invoices("")
            erp.find_order("1")
            assert sum(len(chunk) for chunk in erp.read_items().chunks()) > 60

    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    erp.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be renamed there")
def test_another_file_of_the_same_name_is_noticed(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    other = DemoErp(tmp_path / "other.sqlite", FakeClock(), ZONE)
    other.seed([("9", "Outra", "", Decimal(1), 1)])
    other.close()
    erp.find_order("1")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    (tmp_path / "erp.sqlite").rename(tmp_path / "old.sqlite")
    for name in ("erp.sqlite-wal", "erp.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "other.sqlite").rename(tmp_path / "erp.sqlite")

    assert [row[0] for chunk in erp.read_items().chunks() for row in chunk] == ["9"]
    erp.close()


def test_a_reading_left_half_way_disturbs_nobody(tmp_path: Path) -> None:
    erp, _ = demo(tmp_path)
    chunks = erp.read_items().chunks()
    next(chunks)
    erp.shop.set_balance("000001", 77)
    del chunks

    rows = {row[0]: row[1] for chunk in erp.read_items().chunks() for row in chunk}
    assert rows["000001"] == "77"
    erp.close()
