"""The contract of `ports.Erp`: what every way into the ERP keeps, whatever it is made of."""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.demo.erp.nfe_xml import Issuer, Note, NoteLine, cancellation_xml, note_xml
from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order, OrderItem, Party
from otimo_tray.errors import EnvironmentFault, ErpAway, ErpRefusedOrder, OtimoError, ReadRefused, RowRefused
from otimo_tray.ports import Erp
from tests.contract.database_rigs import database_rig
from tests.contract.erp_rigs import RIGS, ZONE, Cells, Rig
from tests.contract.http_rig import HttpRig

CODES = ("000001", "00000A-1", "7")


DATABASES = ("firebird", "mariadb", "postgresql", "sqlite")
ALL: dict[str, Callable[[Path], Rig]] = {**RIGS, "http": HttpRig}


@pytest.fixture(params=sorted([*ALL, *DATABASES]))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Rig]:
    kind: str = request.param
    made = database_rig(kind, tmp_path, request) if kind in DATABASES else ALL[kind](tmp_path)
    yield made
    close = getattr(made, "close", None)
    if close is not None:
        close()


def row(code: str, balance: str | None = "5", price: str | None = "19.90", name: str = "Cafeteira") -> Cells:
    return (code, balance, price, None, None, None, name, None)


def read(erp: Erp) -> dict[str, RawRow]:
    """One whole reading, accepted."""
    reading = erp.read_items()
    assert reading is not None
    rows = [entry for chunk in reading.chunks() for entry in chunk]
    reading.accepted()
    assert all(len(entry) == 8 for entry in rows)
    return {str(entry[0]): entry for entry in rows}


def an_order(hub_id: str, quantity: int = 2) -> ErpOrder:
    items = (OrderItem("SKU-1", "Caneca “São João” 😀", quantity, Decimal("19.90")), OrderItem("KIT", "Kit", 1, None))
    order = Order(
        hub_id=hub_id,
        original_id=f"CANAL-{hub_id}",
        status="approved",
        approved=datetime(2026, 11, 24, 3, 10, tzinfo=UTC),
        total=Decimal("52.70"),
        shipping=Decimal("12.90"),
        payer=Party(name="=CMD|' /C calc'!A0", document="12345678909", city="São Paulo", state="SP"),
        items=items,
    )
    return ErpOrder(
        order,
        (
            ErpOrderLine("SKU-1", CODES[0], quantity, Decimal("19.90"), Decimal("19.90") * quantity),
            ErpOrderLine("KIT", CODES[1], 3, Decimal("3.3333"), Decimal("10.00")),
        ),
    )


def a_note(number: int, **parts: object) -> Note:
    note = Note(number, datetime(2026, 11, 24, 9, tzinfo=ZONE), (NoteLine("7", "Caneca", 1, Decimal("19.90")),))
    for name, value in parts.items():
        object.__setattr__(note, name, value)
    return note


# --- stock and price -------------------------------------------------------------------------------------------------


def test_gives_what_the_erp_holds_typed_and_exact(rig: Rig) -> None:
    long_name = "Cafeteira elétrica " + "á" * 5_000
    rig.put_stock(
        [
            ("000001", "12.5", "19.90", "17.45", "2026-11-20", "2026-11-24", "Caneca 😀 “São João”", "7891234567895"),
            ("1", "-3", "1990.00", None, None, None, long_name, None),
            ("00000A-1", None, None, None, None, None, 'Sem nada; com "aspas" e ; dentro', None),
        ]
    )
    erp = rig.open()

    items = {code: erp.parse_row(entry) for code, entry in read(erp).items()}

    assert set(items) == {"000001", "1", "00000A-1"}
    first = items["000001"]
    assert (first.balance, first.price, first.promo_price) == (Decimal("12.5"), Decimal("19.90"), Decimal("17.45"))
    assert (first.name, first.ean) == ("Caneca 😀 “São João”", "7891234567895")
    assert first.promo_from == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert first.promo_until == datetime(2026, 11, 25, 3, tzinfo=UTC), "the last day of a promotion is included"
    assert (items["1"].balance, items["1"].price, items["1"].name) == (Decimal(-3), Decimal(1990), long_name)
    assert (items["00000A-1"].balance, items["00000A-1"].price) == (None, None)


def test_an_unchanged_row_has_the_same_raw_form_again(rig: Rig) -> None:
    rows = [row(f"{n:06d}", str(n), f"{n}.90") for n in range(1, 50)]
    rig.put_stock(rows)
    before = read(rig.open())
    rows[7] = row("000008", "8", "8.95")
    rig.put_stock(rows)

    after = read(rig.open())

    assert [code for code in after if after[code] != before[code]] == ["000008"]


def test_a_cell_that_is_no_number_refuses_its_row_alone(rig: Rig) -> None:
    rig.put_stock([row("1"), row("2", balance="muitos"), row("3", price="sob consulta")])
    erp = rig.open()
    rows = read(erp)

    assert erp.parse_row(rows["1"]).price == Decimal("19.90")
    for code, field, value in (("2", "balance", "muitos"), ("3", "price", "sob consulta")):
        with pytest.raises(RowRefused) as caught:
            erp.parse_row(rows[code])
        assert (caught.value.code, caught.value.params) == ("E-231", {"code": code, "field": field, "value": value})


def test_one_reading_shows_one_moment_or_nothing(rig: Rig) -> None:
    old = [row(f"{n:06d}", "1") for n in range(1, 9_001)]
    rig.put_stock(old)
    erp = rig.open()
    reading = erp.read_items()
    assert reading is not None
    chunks = reading.chunks()
    seen = list(next(chunks))
    assert len(seen) < len(old), "the test needs more than one chunk"

    rig.put_stock([row(f"{n:06d}", "2") for n in range(1, 9_001)])
    try:
        for chunk in chunks:
            seen += chunk
    except ReadRefused as error:
        reading.refused(error)
    except ErpAway:
        pass
    else:
        assert [entry[1] for entry in seen] == ["1"] * len(old)

    assert {entry[1] for entry in read(rig.open()).values()} == {"2"}


def test_says_of_which_moment_it_speaks_and_never_of_a_later_one(rig: Rig) -> None:
    rig.put_stock([row("1")])
    first = rig.open().read_items()
    rig.put_stock([row("1", "6")])
    second = rig.open().read_items()

    assert first is not None
    assert second is not None
    assert first.as_of < second.as_of <= rig.clock.now()
    assert first.as_of > rig.clock.now() - timedelta(minutes=5)
    assert first.full
    assert second.full


# --- orders ----------------------------------------------------------------------------------------------------------


def test_an_order_goes_in_once_with_all_its_lines(rig: Rig) -> None:
    rig.put_stock([row(code) for code in CODES])
    erp = rig.open()
    assert erp.find_order("6067aa") is None

    first = erp.import_order(an_order("6067aa"))
    again = erp.import_order(an_order("6067aa"))

    assert first == again == erp.find_order("6067aa") == rig.open().find_order("6067aa")
    assert rig.orders() == {
        "6067aa": [
            [
                ("000001", 2, Decimal("19.90"), Decimal("39.80")),
                ("00000A-1", 3, Decimal("3.3333"), Decimal("10.00")),
            ]
        ]
    }


@pytest.mark.parametrize("after", [False, True], ids=["never_done", "answer_lost"])
def test_a_failure_at_any_step_loses_no_order_and_doubles_none(rig: Rig, after: bool) -> None:
    rig.put_stock([row(code) for code in CODES])
    rig.open().import_order(an_order("warm-up"))
    step = failures = 0
    while True:
        hub_id = f"pedido{step:03d}"
        erp = rig.open()
        with rig.failing(step, after=after) as steps:
            try:
                erp.import_order(an_order(hub_id))
            except EnvironmentFault:
                failures += 1
        met = steps[0] > step
        erp = rig.open()  # the program was started anew and asks first
        if erp.find_order(hub_id) is None:
            erp.import_order(an_order(hub_id))
        assert erp.find_order(hub_id) is not None
        assert len(rig.orders()[hub_id]) == 1, f"step {step}"
        assert [line[0] for line in rig.orders()[hub_id][0]] == list(CODES[:2])
        if not met:
            break
        step += 1
    assert step >= 3
    assert failures == step, "each failing step was told"


@pytest.mark.parametrize("hub_id", ["../../fora", "a/b\\c", "CON", "ação 😀", "x" * 300, "Abc", "=1+1", "a\nb", "."])
def test_any_id_is_kept_apart_and_inside(rig: Rig, hub_id: str) -> None:
    rig.put_stock([row(code) for code in CODES])
    others = ["abc", "fora", "con", "a_b_c"]
    for other in others:
        rig.open().import_order(an_order(other))

    rig.open().import_order(an_order(hub_id))

    assert rig.open().find_order(hub_id) is not None
    assert len(rig.orders()) == len(others) + 1
    assert all(len(copies) == 1 for copies in rig.orders().values())


def test_an_order_without_lines_is_refused(rig: Rig) -> None:
    with pytest.raises(ErpRefusedOrder, match="E-241"):
        rig.open().import_order(ErpOrder(an_order("1").order, ()))
    assert rig.open().find_order("1") is None


# --- invoices --------------------------------------------------------------------------------------------------------


def collect(erp: Erp, cursor: str = "") -> tuple[dict[str, object], list[tuple[str, OtimoError]], str]:
    """Everything after a cursor, as the engine takes it: batch after batch until nothing comes."""
    found: dict[str, object] = {}
    refused: list[tuple[str, OtimoError]] = []
    while True:
        batch = erp.invoices(cursor)
        found.update((record.key, record) for record in batch.invoices)
        refused += batch.refused
        if batch.cursor == cursor:
            return found, refused, cursor
        cursor = batch.cursor


def test_gives_notes_and_cancellations_and_names_what_is_neither(rig: Rig) -> None:
    note, waiting, gone = a_note(1, x_ped="CANAL-1"), a_note(2, status=""), a_note(3)
    for xml in (note_xml(note), note_xml(waiting), b"<pedido><numero>1</numero></pedido>"):
        rig.add_invoice(xml)
    rig.add_invoice(cancellation_xml(gone.key, Issuer(), datetime(2026, 11, 24, 10, tzinfo=ZONE)))
    erp = rig.open()

    found, refused, cursor = collect(erp)

    assert set(found) == {note.key, waiting.key, gone.key}
    batch = rig.open().invoices("")
    records = {record.key: record for record in batch.invoices}
    first = records[note.key]
    assert (first.number, first.serie, first.x_ped, first.total) == ("1", "1", ("CANAL-1",), Decimal("19.90"))
    assert first.issued == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert (first.kind, first.authorised, first.cancelled) == ("sale", True, False)
    assert not records[waiting.key].authorised
    assert records[gone.key].cancelled
    assert [error.code for _, error in refused] == ["I-710"]
    assert cursor
    assert erp.invoices(cursor).invoices == ()
    assert erp.invoices(cursor).cursor == cursor


@pytest.mark.parametrize("seed", range(6))
def test_no_note_is_ever_skipped(rig: Rig, seed: int) -> None:
    rng = random.Random(seed)
    erp, cursor, number = rig.open(), "", 0
    expected: set[str] = set()
    stored: set[str] = set()

    def add() -> None:
        nonlocal number
        for _ in range(rng.randrange(1, 4)):
            number += 1
            note = a_note(number)
            expected.add(note.key)
            rig.add_invoice(note_xml(note))

    def poll_and_store() -> None:
        nonlocal cursor
        batch = erp.invoices(cursor)
        stored.update(record.key for record in batch.invoices)
        cursor = batch.cursor

    def poll_and_crash() -> None:
        nonlocal erp
        erp.invoices(cursor)
        if rng.random() < 0.5:
            erp = rig.open()

    def restart() -> None:
        nonlocal erp
        erp = rig.open()

    steps: list[Callable[[], None]] = [add, add, poll_and_store, poll_and_store, poll_and_crash, restart]
    for _ in range(40):
        rng.choice(steps)()
        rig.clock.advance(rng.choice((0, 1, 20, 700)))
    found, _, _ = collect(erp, cursor)

    assert stored | set(found) == expected
    assert len(expected) > 10


def test_a_cursor_of_an_older_state_brings_everything_after_it_again(rig: Rig) -> None:
    erp = rig.open()
    rig.add_invoice(note_xml(a_note(1)))
    _, _, older = collect(erp)
    rig.add_invoice(note_xml(a_note(2)))
    rig.clock.advance(20)
    _, _, newer = collect(erp, older)
    assert newer != older

    found, _, _ = collect(erp, older)  # the state database was restored from a copy

    assert a_note(2).key in found


def test_complete_is_said_where_it_can_be_told_and_not_before_all_was_given(rig: Rig) -> None:
    erp = rig.open()
    for number in range(1, 4):
        rig.add_invoice(note_xml(a_note(number)))
    tells = erp.name != "folder"  # files come in the ERP's own time
    given: set[str] = set()
    cursor = ""
    while True:
        batch = erp.invoices(cursor)
        given.update(record.key for record in batch.invoices)
        assert not batch.complete or given == {a_note(number).key for number in range(1, 4)}
        if batch.cursor == cursor:
            break
        cursor = batch.cursor

    assert batch.complete is tells
    assert erp.invoices(cursor).complete is tells, "and again, when nothing has changed"


# --- away and back ---------------------------------------------------------------------------------------------------


def test_away_is_told_by_every_call_and_heals_by_itself(rig: Rig) -> None:
    rig.put_stock([row(code) for code in CODES])
    rig.add_invoice(note_xml(a_note(1)))
    erp = rig.open()
    with rig.away():
        calls: list[Callable[[], object]] = [
            lambda: [*(erp.read_items() or pytest.fail("nothing to read")).chunks()],
            lambda: erp.find_order("1"),
            lambda: erp.import_order(an_order("1")),
            lambda: erp.invoices(""),
        ]
        for call in calls:
            with pytest.raises(ErpAway, match="E-210"):
                call()
        assert [result.error.code for result in erp.check() if result.error is not None] == ["E-210"]

    assert set(read(erp)) == set(CODES)
    erp.import_order(an_order("1"))
    assert list(rig.orders()) == ["1"]
    assert len(erp.invoices("").invoices) == 1


def test_a_healthy_erp_passes_its_own_check_and_is_left_as_it_was(rig: Rig) -> None:
    rig.put_stock([row(code) for code in CODES])
    erp = rig.open()

    assert [result.error for result in erp.check()] == [None] * len(erp.check())
    assert rig.orders() == {}
    erp.close()
