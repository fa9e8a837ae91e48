"""What orders commit, and which balance read releases it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.commitments import OrderLine, commitments, committed_units
from otimo_tray.domain.orders import OrderStage as Stage
from otimo_tray.domain.settings import Booking

READ = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
BEFORE, AFTER = READ - timedelta(seconds=1), READ + timedelta(seconds=1)
MAPPINGS = {
    "ONE": SkuMapping("ONE", (Component("A", 1),)),
    "KIT": SkuMapping("KIT", (Component("A", 2), Component("B", 1))),
}


def _units(
    *lines: OrderLine,
    booking: Booking = "on_invoice",
    net: bool = False,
    hub_nets: bool = False,
    as_of: datetime | None = READ,
) -> dict[str, int]:
    return committed_units(lines, MAPPINGS.get, booking, net, hub_nets, as_of)


def _line(
    stage: Stage, imported: datetime | None = None, booked: datetime | None = None, sku: str = "ONE"
) -> OrderLine:
    return ("id", sku, 3, stage, imported, booked)


def test_kits_and_orders_add_up_by_erp_code() -> None:
    lines: list[OrderLine] = [
        ("1", "ONE", 3, Stage.SEEN, None, None),
        ("2", "KIT", 2, Stage.PENDING, None, None),
        ("2", "NOT-MAPPED", 9, Stage.PENDING, None, None),
        ("3", "ONE", 0, Stage.SEEN, None, None),
        ("4", "ONE", -1, Stage.SEEN, None, None),
    ]
    assert _units(*lines) == {"A": 7, "B": 2}
    listed = list(commitments(lines, MAPPINGS.get, "on_invoice", False, False, READ))
    assert [(entry.hub_id, entry.erp_code, entry.units) for entry in listed] == [
        ("1", "A", 3),
        ("2", "A", 4),
        ("2", "B", 2),
    ]


@pytest.mark.parametrize("stage", [Stage.FIRST_RUN, Stage.PENDING, Stage.SEEN, Stage.IMPORTING])
@pytest.mark.parametrize("booking", ["on_invoice", "on_import"])
def test_what_the_erp_does_not_have_always_commits(stage: Stage, booking: Booking) -> None:
    assert _units(_line(stage, BEFORE, BEFORE), booking=booking) == {"A": 3}


@pytest.mark.parametrize("stage", [Stage.IGNORED, Stage.CANCELLED])
def test_what_is_left_out_commits_nothing(stage: Stage) -> None:
    assert _units(_line(stage)) == {}
    assert _units(_line(stage), as_of=None) == {}


@pytest.mark.parametrize(("booked", "expected"), [(None, {"A": 3}), (BEFORE, {}), (READ, {"A": 3}), (AFTER, {"A": 3})])
def test_booked_on_invoice(booked: datetime | None, expected: dict[str, int]) -> None:
    """Only a balance strictly after the booking releases it: one of the same instant may be from before."""
    assert _units(_line(Stage.IMPORTED, BEFORE, booked)) == expected
    if booked is not None:
        assert _units(_line(Stage.INVOICED, BEFORE, booked)) == expected


@pytest.mark.parametrize("net", [False, True])
@pytest.mark.parametrize(
    ("imported", "expected"), [(None, {"A": 3}), (BEFORE, {}), (READ, {"A": 3}), (AFTER, {"A": 3})]
)
def test_booked_on_import_or_net_balance(net: bool, imported: datetime | None, expected: dict[str, int]) -> None:
    booking: Booking = "on_invoice" if net else "on_import"
    assert _units(_line(Stage.IMPORTED, imported, None), booking=booking, net=net) == expected


def test_keyed_in_by_hand_counts_as_booked_where_the_import_books() -> None:
    assert _units(_line(Stage.IN_ERP), booking="on_import") == {}
    assert _units(_line(Stage.IN_ERP), net=True) == {}
    assert _units(_line(Stage.IN_ERP)) == {"A": 3}
    assert _units(_line(Stage.IN_ERP, booked=BEFORE)) == {}


def test_an_invoice_of_unknown_moment_commits_no_more() -> None:
    assert _units(_line(Stage.INVOICED)) == {}
    assert _units(_line(Stage.TRACKED)) == {}


def test_without_a_balance_nothing_is_released() -> None:
    assert _units(_line(Stage.INVOICED, BEFORE, BEFORE), as_of=None) == {"A": 3}
    assert _units(_line(Stage.IMPORTED, BEFORE, BEFORE), as_of=None, booking="on_import") == {"A": 3}


def test_a_hub_that_nets_its_reservations_is_not_netted_twice() -> None:
    for stage in (Stage.PENDING, Stage.SEEN, Stage.IMPORTING, Stage.IMPORTED, Stage.IN_ERP):
        assert _units(_line(stage, BEFORE), hub_nets=True) == {}
    assert _units(_line(Stage.INVOICED, BEFORE, AFTER), hub_nets=True) == {"A": 3}
    assert _units(_line(Stage.INVOICED, BEFORE, BEFORE), hub_nets=True) == {}
