"""What goes into a column comes out of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.orders import Order, OrderItem, Party, Payment, Shipment
from otimo_tray.domain.rules import SkuRule
from otimo_tray.errors import ItemError
from otimo_tray.store import codec

quick = settings(derandomize=True, deadline=None, database=None, max_examples=100)
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_START = datetime(2000, 1, 2, tzinfo=UTC)


@st.composite
def _moments(draw: st.DrawFn) -> datetime:
    passed = timedelta(seconds=draw(st.integers(0, 30_000_000_000)), microseconds=draw(st.integers(0, 999_999)))
    return (_START + passed).astimezone(draw(zones))


moments = _moments()
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False)
texts = st.text(max_size=20)
maybe = st.none
parties = st.builds(Party, name=texts, document=texts, city=texts)
items = st.builds(
    OrderItem, sku=texts, name=texts, quantity=st.integers(0, 999), price=maybe() | amounts, total=maybe() | amounts
)
payments = st.builds(Payment, type=texts, method=texts, installments=texts, total=maybe() | amounts)
shipments = st.builds(
    Shipment, id=texts, track_code=texts, items=st.lists(st.tuples(texts, st.integers(0, 9)), max_size=3).map(tuple)
)
orders = st.builds(
    Order,
    hub_id=texts,
    original_id=texts,
    status=texts,
    created=maybe() | moments,
    total=maybe() | amounts,
    receiver=parties,
    payer=parties,
    items=st.lists(items, max_size=3).map(tuple),
    payments=st.lists(payments, max_size=2).map(tuple),
    shipments=st.lists(shipments, max_size=2).map(tuple),
)


@quick
@given(moments, moments)
def test_times_keep_their_instant_and_sort_as_text(one: datetime, other: datetime) -> None:
    assert codec.time_of(codec.time_text(one)) == one
    assert codec.time_of(codec.time_text(one)).utcoffset() == timedelta(0)
    assert (codec.time_text(one) < codec.time_text(other)) == (one < other)


def test_times_have_one_form() -> None:
    assert codec.time_text(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) == "2026-11-24T09:00:00.000000Z"


@quick
@given(orders)
def test_an_order_comes_back_as_it_was(order: Order) -> None:
    text = codec.raw_text(codec.dump(order))
    assert codec.load(Order, codec.json_of(text)) == order


def test_every_field_of_an_order_is_kept_but_its_raw_form() -> None:
    order = Order("h", "o", "approved", raw={"id": "h"})
    assert "raw" not in codec.dump(order)
    assert codec.load(Order, {**codec.dump(order), "of a newer version": 1}) == order


def test_an_invoice_keeps_what_differs_from_the_usual() -> None:
    record = InvoiceRecord("k", "1", "2", None, kind="", authorised=False, total_variants=(Decimal("1.10"),))
    back = codec.load(InvoiceRecord, codec.json_of(codec.json_text(codec.dump(record))))
    assert back == record
    assert str(back.total_variants[0]) == "1.10"


def test_a_rule_keeps_its_zeros() -> None:
    rule = SkuRule(safety_stock=0, safety_percent=Decimal(0), rounding="90", stop_selling=True)
    assert codec.load(SkuRule, codec.json_of(codec.json_text(codec.dump(rule)))) == rule


@quick
@given(st.decimals(allow_nan=False, allow_infinity=False, places=None))
def test_a_number_in_raw_json_stays_exact(number: Decimal) -> None:
    back: Any = codec.json_of(codec.raw_text({"n": number}))["n"]
    assert Decimal(back) == number


def test_what_json_has_no_type_for_becomes_text() -> None:
    error = ItemError("O-501", since=datetime(2026, 1, 2, tzinfo=UTC), skus=("A", "B"), price=Decimal("19.90"))
    columns = codec.error_columns(error)
    assert columns["error_params"] is not None
    assert json.loads(columns["error_params"]) == {
        "since": "2026-01-02T00:00:00.000000Z",
        "skus": ["A", "B"],
        "price": 19.9,
    }


def test_half_a_character_is_replaced() -> None:
    assert codec.clean("Camiseta \ud83d") == "Camiseta \ufffd"
    assert codec.clean("Camiseta 👕 São João") == "Camiseta 👕 São João"
    assert json.loads(codec.raw_text({"name": "x\ud83d"})) == {"name": "x\ud83d"}
