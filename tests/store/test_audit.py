"""What was ever sent, what waits, what was sold since, and what was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.plan import PushResult
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import TakenBack
from tests.store.build import NOW, fill, order, plan, push

HOUR = timedelta(hours=1)


def send(store: StateStore, sku: str, value: str, hours: int = 0) -> None:
    at = NOW + hours * HOUR
    store.values.apply(plan(pushes=[push(sku, value)], now=at))
    due = [entry for entry in store.values.due_pushes(["stock"], at, 5_000) if entry.sku == sku]
    store.values.record_results([PushResult(entry, at, confirmed=entry.value) for entry in due])


def test_newest_first_by_sku_and_moment(store: StateStore) -> None:
    fill(store, "A", "B")
    for hours, (sku, value) in enumerate([("A", "1"), ("B", "2"), ("A", "3")]):
        send(store, sku, value, hours)
    assert [(row.sku, row.value, row.answer) for row in store.audit.sent()] == [
        ("A", "3", "confirmed"),
        ("B", "2", "confirmed"),
        ("A", "1", "confirmed"),
    ]
    assert [row.value for row in store.audit.sent(sku="A")] == ["3", "1"]
    assert [row.value for row in store.audit.sent(since=NOW + HOUR)] == ["3", "2"]
    assert (store.audit.count(), store.audit.count(sku="A"), store.audit.count(sku="A", since=NOW + HOUR)) == (3, 2, 1)
    assert next(store.audit.sent()).basis == {"balance": "3"}


def test_rows_written_while_it_is_read_change_nothing(store: StateStore) -> None:
    fill(store, "A")
    for number in range(1_001):
        send(store, "A", str(number))
    reading = store.audit.sent()
    first = next(reading)
    send(store, "A", "5000", 1)
    assert [first.value, *(row.value for row in reading)] == [str(number) for number in reversed(range(1_001))]


def test_the_outbox_names_what_holds_a_value(store: StateStore) -> None:
    fill(store, "A")
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222", previous="3")]))
    store.values.apply(plan(pushes=[push("A", "2.00/2.00", kind="price")]))
    stock, price = store.audit.outbox("A")
    assert (stock.kind, stock.value, stock.state, stock.plan, stock.guard) == ("stock", "0", "held", number, "G-222")
    assert (price.kind, price.state, price.plan, price.guard) == ("price", "due", None, None)
    assert store.audit.outbox("B") == []


def test_doubts_have_their_moment(store: StateStore) -> None:
    fill(store, "A")
    store.values.apply(plan(pushes=[push("A", "9")]))
    store.values.mark_doubt(store.values.due_pushes(["stock"], NOW, 1), NOW + HOUR)
    confirmed_at, doubt, since = store.audit.moments(["A"])["A", "stock"]
    assert (confirmed_at, doubt, since) == (NOW, "9", NOW + HOUR)


@pytest.mark.parametrize(("since", "expected"), [(NOW, (6, 1)), (NOW + HOUR, (4, 1)), (NOW + 3 * HOUR, (0, 0))])
def test_sales_and_returns_since_a_moment(store: StateStore, since: datetime, expected: tuple[int, int]) -> None:
    fill(store, "A", "B")
    store.orders.add(order("h1", ("A", 1), ("A", 1)), OrderStage.SEEN, NOW)
    store.orders.add(order("h2", ("A", 3), ("B", 7)), OrderStage.SEEN, NOW + HOUR)
    store.orders.add(order("h3", ("A", 1)), OrderStage.SEEN, NOW + HOUR)
    store.orders.advance("h3", OrderStage.CANCELLED, NOW + 2 * HOUR, event="O-520")
    assert store.audit.sales({"A": since}).get("A") == expected


def test_taken_back_until_forgotten(store: StateStore) -> None:
    fill(store, "A", "B")
    store.audit.take_back(
        [TakenBack("A", "stock", "5", "3", NOW), TakenBack("B", "price", "2.00/2.00", "1.00/1.00", NOW)]
    )
    assert store.values.dirty() == [("sku", "A"), ("sku", "B")]
    assert store.audit.taken_back("A") == [TakenBack("A", "stock", "5", "3", NOW)]
    [block] = list(store.values.contexts(["A", "B"]))
    assert [dict(context.taken_back) for context in block] == [
        {"stock": ("5", "3")},
        {"price": ("2.00/2.00", "1.00/1.00")},
    ]
    store.audit.take_back([TakenBack("A", "stock", "6", "4", NOW)])
    assert store.audit.taken_back("A")[0].instead == "4"
    store.audit.forget_taken_back([("A", "stock")])
    assert store.audit.taken_back("A") == []


def test_mapped_skus_page_by_page(store: StateStore) -> None:
    fill(store, "A", "B", "C")
    assert store.audit.mapped_after("", 2) == ["A", "B"]
    assert store.audit.mapped_after("B", 2) == ["C"]
    assert store.audit.mapped_after("C", 2) == []


def test_only_applied_full_readings_count_as_taken(store: StateStore) -> None:
    from tests.store.build import reading

    store.values.apply(plan(taken=reading(digest="full")))
    store.values.apply(plan(taken=reading(digest="part", full=False)))
    store.values.record_reading(reading(digest="held"), "x", NOW, "held", None, "G-202")
    assert [store.values.was_applied(digest) for digest in ("full", "part", "held", "none")] == [
        True,
        False,
        False,
        False,
    ]
