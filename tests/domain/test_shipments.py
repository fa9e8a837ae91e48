"""What goes into shipments: the right place, every id, nothing the channel wrote lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import Order, OrderItem, OrderUpdate, Shipment, ShipmentUpdate
from otimo_tray.domain.parcels import TrackingEntry, places
from otimo_tray.domain.shipments import (
    AlreadyThere,
    ShipmentWrite,
    forward,
    holds,
    invoice_update,
    tracking_update,
)
from otimo_tray.errors import ItemError

D = Decimal
KEY = "35200159594315000157550010000000012062777161"
OTHER = "35260812ABC34501DE35550010000001231123456780"
ISSUED = datetime(2026, 11, 23, 15, 0, 7, tzinfo=UTC)
RECORD = InvoiceRecord(KEY, "1", "1", ISSUED)
ONE = Shipment("s1", company="Correios", method="PAC")
TWO = (Shipment("s1", items=(("A", 1),)), Shipment("s2", items=(("B", 2),)))
ITEMS = (OrderItem("A", "a", 1, D("10.00")), OrderItem("B", "b", 2, D("30.00")))


def _order(*shipments: Shipment, status: str = "approved", **fields: Any) -> Order:
    return Order("h", "100234", status, shipments=shipments, items=ITEMS, total=D("70.00"), **fields)


def _facts(place: str, **more: Any) -> ShipmentUpdate:
    return ShipmentUpdate(place, nfe_key=KEY, nfe_number="1", nfe_serie="1", nfe_date=ISSUED, **more)


def _write(outcome: ShipmentWrite | AlreadyThere) -> ShipmentWrite:
    assert isinstance(outcome, ShipmentWrite)
    return outcome


# ------------------------------------------------------------------------------------------ invoices


def test_the_only_shipment_gets_the_four_facts_and_nothing_else() -> None:
    write = _write(invoice_update(_order(ONE), RECORD, ISSUED))
    assert write.update == OrderUpdate("invoiced", (_facts("s1"),))
    assert write.shipment_id == "s1"


def test_an_order_without_shipment_gets_one_without_id() -> None:
    write = _write(invoice_update(_order(), RECORD, ISSUED))
    assert write.update == OrderUpdate("invoiced", (_facts(""),))


def test_every_shipment_keeps_its_id() -> None:
    order = _order(replace(TWO[0], nfe_key=OTHER), TWO[1])
    write = _write(invoice_update(order, RECORD, ISSUED))
    assert write.update.shipments == (ShipmentUpdate("s1"), _facts("s2", status="invoiced"))


def test_the_shipment_decided_before_is_kept() -> None:
    write = _write(invoice_update(_order(*TWO), RECORD, ISSUED, shipment_id="s2", siblings=1))
    assert write.shipment_ids == ("s2",)


def test_a_decided_shipment_that_is_gone_is_decided_anew() -> None:
    write = _write(invoice_update(_order(ONE), RECORD, ISSUED, shipment_id="gone"))
    assert write.shipment_ids == ("s1",)


@pytest.mark.parametrize(
    ("items", "total", "place"),
    [({"B": 2}, None, "s2"), ({"A": 1}, None, "s1"), ({}, "60.00", "s2"), ({}, "10.00", "s1")],
)
def test_items_or_value_tell_the_shipment(items: dict[str, int], total: str | None, place: str) -> None:
    record = replace(RECORD, total=None if total is None else D(total))
    write = _write(invoice_update(_order(*TWO), record, ISSUED, items=items, siblings=1))
    assert write.shipment_ids == (place,)


@pytest.mark.parametrize("total", [None, "70.00"])
def test_one_invoice_for_the_whole_order_goes_into_each_parcel(total: str | None) -> None:
    record = replace(RECORD, total=None if total is None else D(total))
    write = _write(invoice_update(_order(*TWO), record, ISSUED))
    assert write.update.shipments == (_facts("s1", status="invoiced"), _facts("s2", status="invoiced"))


@pytest.mark.parametrize(("total", "siblings"), [("33.00", 0), (None, 1), ("70.00", 1)])
def test_what_cannot_be_told_is_asked(total: str | None, siblings: int) -> None:
    record = replace(RECORD, total=None if total is None else D(total))
    with pytest.raises(ItemError) as caught:
        invoice_update(_order(*TWO), record, ISSUED, siblings=siblings)
    assert (caught.value.code, caught.value.params) == ("I-752", {"order": "100234", "number": "1"})


@pytest.mark.parametrize("shipment_id", [None, "s1"])
def test_another_invoices_place_is_not_taken(shipment_id: str | None) -> None:
    order = _order(replace(ONE, nfe_key=OTHER))
    with pytest.raises(ItemError) as caught:
        invoice_update(order, RECORD, ISSUED, shipment_id=shipment_id)
    assert caught.value.code == "I-751"


def test_a_cancelled_invoice_frees_its_place() -> None:
    order = _order(replace(ONE, nfe_key=OTHER), status="invoiced")
    write = _write(invoice_update(order, RECORD, ISSUED, freed_keys=[OTHER]))
    assert write.update == OrderUpdate("invoiced", (_facts("s1"),))


def test_what_is_there_is_not_sent_again() -> None:
    there = replace(ONE, nfe_key=KEY, nfe_number="000001", nfe_serie="001", nfe_date="2026-11-23T15:00:07.000Z")
    assert invoice_update(_order(there), RECORD, ISSUED) == AlreadyThere("s1")


@pytest.mark.parametrize("lacking", ["nfe_number", "nfe_serie", "nfe_date"])
def test_a_key_without_its_other_facts_is_completed_in_its_place(lacking: str) -> None:
    whole = replace(ONE, nfe_key=KEY, nfe_number="1", nfe_serie="1", nfe_date="2026-11-23T15:00:07.000Z")
    order = _order(Shipment("s0"), replace(whole, **{lacking: ""}))
    write = _write(invoice_update(order, RECORD, ISSUED))
    assert write.shipment_ids == ("s1",)


def test_two_parcels_with_one_key_are_both_completed() -> None:
    whole = replace(ONE, nfe_key=KEY, nfe_number="1", nfe_serie="1", nfe_date="2026-11-23T15:00:07.000Z")
    write = _write(invoice_update(_order(whole, Shipment("s2", nfe_key=KEY)), RECORD, ISSUED))
    assert write.shipment_ids == ("s1", "s2")


@pytest.mark.parametrize("status", ["shipping_informed", "shipped", "delivered", "canceled", "refunded"])
def test_a_late_invoice_takes_no_order_back(status: str) -> None:
    order = _order(replace(ONE, status="shipped"), Shipment("s2", nfe_key=OTHER), status=status)
    write = _write(invoice_update(order, RECORD, ISSUED))
    assert write.update.status == status
    assert write.update.shipments[0].status is None


def test_unknown_statuses_move_on() -> None:
    assert forward("something_new", "invoiced") == "invoiced"
    assert forward("approved", "shipping_informed") == "shipping_informed"


# ------------------------------------------------------------------------------------------ tracking


def _entry(code: str = "AA123456785BR", **fields: Any) -> TrackingEntry:
    return TrackingEntry(code, "Jadlog", "Package", f"https://x/{code}", ISSUED, **fields)


def test_a_code_keeps_what_the_channel_filled_in() -> None:
    write = _write(tracking_update(_order(ONE, status="invoiced"), [_entry()]))
    assert write.update == OrderUpdate(
        "shipping_informed",
        (
            ShipmentUpdate(
                "s1",
                company="Correios",
                method="PAC",
                track_code="AA123456785BR",
                track_url="https://x/AA123456785BR",
                date_shipped=ISSUED,
                status="shipped",
            ),
        ),
    )


def test_ours_fill_the_gaps_and_other_shipments_keep_their_ids() -> None:
    order = _order(Shipment("s1", track_code="X"), Shipment("s2", method="SEDEX"), status="invoiced")
    write = _write(tracking_update(order, [_entry()]))
    assert [entry.id for entry in write.update.shipments] == ["s1", "s2"]
    assert write.update.shipments[0] == ShipmentUpdate("s1")
    assert (write.update.shipments[1].company, write.update.shipments[1].method) == ("Jadlog", "SEDEX")


def test_of_two_volumes_the_hub_gets_the_first() -> None:
    entries = [_entry("SECOND", volume=2), _entry("FIRST", volume=1)]
    write = _write(tracking_update(_order(ONE), entries))
    assert write.update.shipments[0].track_code == "FIRST"
    said = [_entry("S2", shipment_id="s2", volume=2), _entry("S1", shipment_id="s1")]
    both = _write(tracking_update(_order(*TWO), said))
    assert [entry.track_code for entry in both.update.shipments] == ["S1", "S2"]


S1, S2 = Shipment("s1"), Shipment("s2")
S1_X, S2_Y = Shipment("s1", track_code="X"), Shipment("s2", track_code="Y")


@pytest.mark.parametrize(
    ("shipments", "entries", "expected"),
    [
        ((S1, S2), [_entry("A")], {"s1": ["A"]}),
        ((S1_X, S2), [_entry("A")], {"s2": ["A"]}),
        ((S1_X, S2_Y), [_entry("A")], {"s1": ["A"]}),
        ((S1_X, S2_Y), [_entry("A", volume=2)], {"s2": ["A"]}),
        ((S1, S2_Y), [_entry("Y")], {"s2": ["Y"]}),
        ((S1, S2), [_entry("A", shipment_id="s2")], {"s2": ["A"]}),
        ((S1,), [_entry("A", shipment_id="gone")], {"s1": ["A"]}),
        ((), [_entry("B", volume=2), _entry("A")], {"": ["A", "B"]}),
        ((S1,), [_entry("B", volume=2), _entry("A")], {"s1": ["A", "B"]}),
        ((S1, S2), [_entry("B", volume=2), _entry("A")], {"s1": ["A"], "s2": ["B"]}),
        ((S1_X, S2), [_entry("X"), _entry("B", volume=2)], {"s1": ["X"], "s2": ["B"]}),
        ((S1, S2), [_entry("A"), _entry("B", volume=2), _entry("C", volume=3)], {"s1": ["A"], "s2": ["B", "C"]}),
        ((S1, S2), [_entry("A", shipment_id="s1"), _entry("B")], {"s1": ["A"], "s2": ["B"]}),
        # A correction goes where the wrong code is, though another delivery still waits for one.
        ((S1_X, S2), [_entry("A", replaces=("X",))], {"s1": ["A"]}),
        ((S1, S2_Y), [_entry("A", replaces=("Q", "Y"))], {"s2": ["A"]}),
    ],
)
def test_places_of_codes(
    shipments: tuple[Shipment, ...], entries: list[TrackingEntry], expected: dict[str, list[str]]
) -> None:
    found = places(_order(*shipments), entries)
    assert {place: [entry.code for entry in codes] for place, codes in found.items()} == expected


def test_a_correction_replaces_the_code_and_keeps_the_date() -> None:
    there = replace(ONE, track_code="WRONG", date_shipped="2026-11-22T10:00:00.000Z", status="shipped")
    order = _order(there, status="shipping_informed")
    update = _write(tracking_update(order, [_entry()])).update.shipments[0]
    assert (update.track_code, update.date_shipped, update.status) == ("AA123456785BR", None, "shipped")


def test_nothing_is_taken_back_after_delivery() -> None:
    order = _order(replace(ONE, status="delivered"), status="delivered")
    write = _write(tracking_update(order, [_entry()]))
    assert (write.update.status, write.update.shipments[0].status) == ("delivered", "delivered")


def _after(order: Order, update: OrderUpdate) -> Order:
    """The order as a hub that takes everything shows it afterwards."""
    names = {"track_code": "track_code", "track_url": "track_url", "company": "company", "method": "method"}
    names |= {"status": "status", "nfe_key": "nfe_key", "nfe_number": "nfe_number", "nfe_serie": "nfe_serie"}
    shipments: list[Shipment] = []
    for entry in update.shipments:
        there = next((old for old in order.shipments if old.id == entry.id), Shipment("new"))
        values = {theirs: getattr(entry, ours) for ours, theirs in names.items()}
        for name in ("nfe_date", "date_shipped"):
            moment = getattr(entry, name)
            values[name] = None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        shipments.append(replace(there, **{name: value for name, value in values.items() if value is not None}))
    return replace(order, status=update.status, shipments=tuple(shipments))


@pytest.mark.parametrize("order", [_order(ONE), _order(), _order(*TWO), _order(ONE, status="delivered")])
def test_what_was_written_is_held_and_not_written_again(order: Order) -> None:
    invoice = _write(invoice_update(order, RECORD, ISSUED)).update
    assert not holds(order, invoice)
    invoiced = _after(order, invoice)
    assert holds(invoiced, invoice)
    assert isinstance(invoice_update(invoiced, RECORD, ISSUED), AlreadyThere)
    code = _write(tracking_update(invoiced, [_entry()])).update
    assert not holds(invoiced, code)
    tracked = _after(invoiced, code)
    assert holds(tracked, code)
    assert holds(tracked, replace(invoice, shipments=invoice.shipments))
    assert isinstance(tracking_update(tracked, [_entry()]), AlreadyThere)


@pytest.mark.parametrize(
    "changes",
    [
        {"nfe_key": OTHER},
        {"nfe_number": "2"},
        {"nfe_serie": ""},
        {"nfe_date": "2026-11-23T15:00:09.000Z"},
        {"nfe_date": "soon"},
        {"nfe_date": ""},
    ],
)
def test_another_value_is_not_held(changes: dict[str, str]) -> None:
    update = OrderUpdate("invoiced", (_facts("s1"),))
    there = Shipment("s1", nfe_key=KEY, nfe_number="1", nfe_serie="1", nfe_date="2026-11-23T15:00:07.000Z")
    assert holds(_order(there, status="invoiced"), update)
    assert holds(_order(there, status="shipped"), update)
    assert not holds(_order(there, status="approved"), update)
    assert not holds(_order(replace(there, **changes), status="invoiced"), update)
    assert not holds(_order(replace(there, id="s2"), status="invoiced"), update)


def test_the_same_instant_in_another_zone_is_held() -> None:
    update = OrderUpdate("invoiced", (_facts("s1"),))
    there = Shipment("s1", nfe_key=KEY, nfe_number="1", nfe_serie="1", nfe_date="2026-11-23T12:00:07-03:00")
    assert not holds(_order(replace(there, nfe_date="2026-11-23T15:00:08Z"), status="invoiced"), update)
    assert holds(_order(there, status="invoiced"), update)
    bare = replace(there, nfe_date="2026-11-23 15:00:07")
    assert holds(_order(bare, status="invoiced"), update)


def test_a_shipment_short_of_its_status_does_not_hold_the_code() -> None:
    order = _order(ONE, status="invoiced")
    update = _write(tracking_update(order, [_entry()])).update
    after = _after(order, update)
    assert holds(after, update)
    assert not holds(replace(after, shipments=(replace(after.shipments[0], status="invoiced"),)), update)
    assert holds(replace(after, shipments=(replace(after.shipments[0], status="delivered"),)), update)
