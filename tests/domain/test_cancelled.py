"""Whether a cancelled order may have been invoiced: free only without any doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from otimo_tray.domain.cancelled import Booked, FoundInvoice, booked
from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import Order, Party

D = Decimal
ANA, BRUNO, CARLA = "11144477735", "52998224725", "15350946056"
OURS, OTHER = "a" * 24, "b" * 24
ISSUED = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORDER = Order(
    OURS,
    "100234",
    "canceled",
    total=D("110.00"),
    subtotal=D("100.00"),
    shipping=D(10),
    payer=Party(name="Ana", document=ANA),
    receiver=Party(name="Carla", document=CARLA),
)
STRANGERS: dict[str, Any] = {"buyer_document": BRUNO, "total": D("59.90")}


def _found(hub_id: str | None = None, **fields: Any) -> FoundInvoice:
    given: dict[str, Any] = {"issued": ISSUED, **fields}
    return FoundInvoice(InvoiceRecord("", "1", "1", **given), ISSUED, hub_id)


def test_without_an_invoice_that_could_be_its_the_order_was_not_booked() -> None:
    assert booked(ORDER, []) == (Booked.NO, None)
    assert booked(ORDER, [_found(**STRANGERS), _found(OTHER, **STRANGERS)]) == (Booked.NO, None)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"buyer_document": ANA, "total": D("3.00")}, id="the payer's document"),
        pytest.param({"buyer_document": CARLA, "total": D("3.00")}, id="the receiver's document"),
        pytest.param({"buyer_document": BRUNO, "total": D("110.00")}, id="the total"),
        pytest.param({"buyer_document": BRUNO, "total": D("100.00")}, id="the total without freight"),
        pytest.param({"buyer_document": BRUNO}, id="no total"),
        pytest.param({"total": D("59.90")}, id="no document"),
        pytest.param({"buyer_document": "***", "total": D("59.90")}, id="a masked document"),
        pytest.param({**STRANGERS, "extra_text": "Pedido 100234"}, id="the number, another buyer"),
    ],
)
def test_an_open_invoice_that_could_be_its_leaves_a_doubt(fields: dict[str, Any]) -> None:
    assert booked(ORDER, [_found(**STRANGERS), _found(**fields)]) == (Booked.UNKNOWN, None)


def test_an_order_whose_own_buyer_or_total_is_not_known_leaves_a_doubt() -> None:
    stranger = _found(**STRANGERS)
    assert booked(replace(ORDER, payer=Party(), receiver=Party()), [stranger]) == (Booked.UNKNOWN, None)
    assert booked(replace(ORDER, payer=Party(document="***")), [stranger]) == (Booked.UNKNOWN, None)
    assert booked(replace(ORDER, total=None, subtotal=None), [stranger]) == (Booked.UNKNOWN, None)


def test_an_invoice_of_another_order_counts_only_by_a_number_that_both_have() -> None:
    same_buyer = _found(OTHER, buyer_document=ANA, total=D("110.00"), order_ref=OTHER)
    assert booked(ORDER, [same_buyer]) == (Booked.NO, None)
    same_number = _found(OTHER, **STRANGERS, x_ped=("100234",))
    assert booked(ORDER, [same_number]) == (Booked.UNKNOWN, None)


@pytest.mark.parametrize("hub_id", [None, OURS])
@pytest.mark.parametrize(
    "fields", [{"order_ref": OURS}, {"x_ped": ("100234",)}, {"extra_text": "Pedido 100234", "buyer_document": ANA}]
)
def test_an_invoice_that_names_it_is_its_own(hub_id: str | None, fields: dict[str, Any]) -> None:
    entry = _found(hub_id, **fields)
    assert booked(ORDER, [_found(**STRANGERS), entry]) == (Booked.YES, entry)


@pytest.mark.parametrize("fields", [{"issued": None}, {"authorised": False}, {"cancelled": True}])
def test_its_own_invoice_that_is_no_clear_booking_leaves_a_doubt(fields: dict[str, Any]) -> None:
    assert booked(ORDER, [_found(order_ref=OURS, **fields)]) == (Booked.UNKNOWN, None)


def test_two_invoices_or_one_by_a_persons_word_leave_a_doubt() -> None:
    own = _found(order_ref=OURS)
    assert booked(ORDER, [own, own]) == (Booked.UNKNOWN, None)
    assert booked(ORDER, [own, _found(buyer_document=ANA, total=D("1.00"))]) == (Booked.UNKNOWN, None)
    assert booked(ORDER, [_found(OURS, **STRANGERS)]) == (Booked.UNKNOWN, None)
