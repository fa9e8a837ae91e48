"""Questions to the order ledger."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage, Party
from otimo_tray.errors import ItemError
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import OrderRow
from tests.store.build import NOW, invoice, order
from tests.support.clock import FakeClock


def _ids(rows: list[OrderRow]) -> list[str]:
    return [row.order.hub_id for row in rows]


def test_due_ones_come_in_the_order_of_their_sale(store: StateStore) -> None:
    for hub_id, minutes in (("h1", 3), ("h2", 1), ("h3", 2)):
        store.orders.add(order(hub_id, approved=NOW - timedelta(minutes=minutes)), OrderStage.SEEN, NOW)
    store.orders.add(order("h4"), OrderStage.PENDING, NOW)
    store.orders.wait("h3", ItemError("O-501"), NOW + timedelta(hours=1), NOW)
    assert _ids(store.orders.due([OrderStage.SEEN, OrderStage.IMPORTING], NOW, 10)) == ["h1", "h2"]
    assert _ids(store.orders.due([OrderStage.SEEN], NOW + timedelta(hours=1), 2)) == ["h1", "h3"]
    assert store.orders.due([], NOW, 10) == []


def test_all_of_some_stages_each_once(store: StateStore) -> None:
    with store.batch():
        for number in range(450):
            stage = OrderStage.INVOICED if number % 3 else OrderStage.SEEN
            store.orders.add(order(f"h{number:04}"), stage, NOW)
    found = [row.order.hub_id for row in store.orders.by_stage([OrderStage.INVOICED, OrderStage.SEEN])]
    assert sorted(found) == [f"h{number:04}" for number in range(450)]
    assert sum(1 for _ in store.orders.by_stage([OrderStage.SEEN, OrderStage.SEEN])) == 150
    assert list(store.orders.by_stage([])) == []


def test_orders_may_move_on_while_they_are_listed(store: StateStore) -> None:
    with store.batch():
        for number in range(300):
            store.orders.add(order(f"h{number:04}"), OrderStage.FIRST_RUN, NOW)
    for row in store.orders.by_stage([OrderStage.FIRST_RUN]):
        store.orders.advance(row.order.hub_id, OrderStage.SEEN, NOW, event="O-530")
    assert store.orders.counts() == {"seen": 300, "waiting": 0, "cancel_open": 0}


def test_the_longest_unseen_first(store: StateStore) -> None:
    for number, hub_id in enumerate(("h1", "h2", "h3", "h4")):
        store.orders.add(order(hub_id), OrderStage.IMPORTED, NOW + timedelta(minutes=number))
    store.orders.refresh(order("h1"), NOW + timedelta(hours=2))
    stages = [OrderStage.IMPORTED, OrderStage.SEEN]
    assert _ids(store.orders.oldest_read(stages, NOW + timedelta(hours=1), 2)) == ["h2", "h3"]
    assert _ids(store.orders.oldest_read(stages, NOW + timedelta(minutes=2), 9)) == ["h2"]


def test_orders_that_wait_for_a_mapping(store: StateStore) -> None:
    store.orders.add(order("h1", ("A", 1), ("B", 1)), OrderStage.SEEN, NOW)
    store.orders.add(order("h2", ("B", 1)), OrderStage.SEEN, NOW)
    store.orders.add(order("h3", ("B", 1)), OrderStage.IMPORTED, NOW)
    store.orders.wait("h1", ItemError("O-501", skus="A, B"), NOW, NOW)
    assert store.orders.waiting_for_skus(["B", "A"]) == ["h1"]
    assert store.orders.waiting_for_skus(["C"]) == []
    assert store.orders.waiting_for_skus([]) == []
    assert store.orders.counts()["waiting"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "h1",
        "2000001234",
        " 2000001234 ",
        "20000012",
        "joao",
        "JOÃO DA",
        "souza",
        "529.982.247-25",
        "52998224725",
        "35200159594315000157550010000000012062777161",
        "1206",
        "0001206",
        "aa123456785br",
        "AA 123456785 BR",
    ],
)
def test_an_order_is_found_by_whatever_is_at_hand(store: StateStore, text: str) -> None:
    store.orders.add(order("h1", original_id="2000001234"), OrderStage.INVOICED, NOW)
    other = Party(name="Pedro", document="11144477735")
    store.orders.add(order("h2", original_id="9", payer=other, receiver=other), OrderStage.INVOICED, NOW)
    key = "35200159594315000157550010000000012062777161"
    store.invoices.put_batch([(invoice(key), InvoiceState.UNMATCHED, None)], "1", NOW)
    store.invoices.set_state(key, InvoiceState.MATCHED, NOW, hub_id="h1")
    store.trackings.add("h1", "AA123456785BR", "Correios", "PAC", "", NOW)
    assert _ids(store.orders.find(text)) == ["h1"]


@pytest.mark.parametrize("text", ["", "  ", "zz", "João Pedro", "99999999999", "%", "***"])
def test_what_is_not_there_is_not_found(store: StateStore, text: str) -> None:
    store.orders.add(order("h1"), OrderStage.INVOICED, NOW)
    assert store.orders.find(text) == []


def test_the_newest_are_found_first_and_no_more_than_asked(store: StateStore) -> None:
    for number in range(5):
        store.orders.add(order(f"h{number}", approved=NOW + timedelta(hours=number)), OrderStage.SEEN, NOW)
    assert _ids(store.orders.find("joao", 2)) == ["h4", "h3"]


def test_by_numbers_and_by_document(store: StateStore) -> None:
    store.orders.add(order("h1", original_id="77"), OrderStage.SEEN, NOW)
    store.orders.add(order("h2", original_id="77"), OrderStage.SEEN, NOW)
    store.orders.add(order("h3", payer=Party(name="***", document="12ABC34501DE35")), OrderStage.SEEN, NOW)
    assert _ids(store.orders.by_original_ids(["77", "78"])) == ["h1", "h2"]
    assert store.orders.by_original_ids([]) == []
    assert _ids(store.orders.by_buyer_document("529.982.247-25")) == ["h1", "h2"]
    assert _ids(store.orders.by_buyer_document("12.abc.345/01de-35")) == ["h3"]
    assert store.orders.by_buyer_document("") == []


@pytest.mark.parametrize(
    ("stage", "booked_days", "counts"),
    [
        *((stage, None, True) for stage in ("pending", "first_run", "seen", "importing", "imported", "in_erp")),
        ("invoiced", None, False),
        ("invoiced", 6, True),
        ("invoiced", 8, False),
        ("tracked", 6, True),
        ("tracked", 8, False),
        ("ignored", 1, False),
        ("cancelled", None, False),
        ("cancelled", 1, True),
        ("cancelled", 8, False),
    ],
)
def test_which_orders_may_commit_stock(
    store: StateStore, clock: FakeClock, stage: str, booked_days: int | None, *, counts: bool
) -> None:
    booked: datetime | None = None if booked_days is None else clock.now() - timedelta(days=booked_days)
    store.orders.add(order("h1", ("A", 2), ("B", 1)), OrderStage.SEEN, NOW)
    store.orders.advance("h1", OrderStage(stage), NOW, event="x", booked_at=booked)
    store.orders.add(order("h2", ("A", 5), delivery_type="fulfillment"), OrderStage.SEEN, NOW)
    imported = NOW if stage == "imported" else None
    expected = [("h1", sku, number, OrderStage(stage), imported, booked) for sku, number in (("A", 2), ("B", 1))]
    assert sorted(store.orders.committed_lines()) == (expected if counts else [])


def test_a_search_is_deaf_to_case_and_takes_odd_signs(store: StateStore) -> None:
    named = Party(name="Ana \\ Souza", document="1")
    store.orders.add(order("h1", ("A", 1), original_id="MLB-77", payer=named, receiver=named), OrderStage.SEEN, NOW)
    assert [row.order.hub_id for row in store.orders.find("mlb-7")] == ["h1"]
    assert [row.order.hub_id for row in store.orders.find("a \\ s")] == ["h1"]
    assert store.orders.find("souza\\") == []
    assert store.orders.find("a \\\\ s") == []
