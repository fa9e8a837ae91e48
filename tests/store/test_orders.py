"""The order ledger: once, step by step, never less than what was known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from otimo_tray.domain.orders import Order, OrderItem, OrderStage, Party
from otimo_tray.errors import ErpRefusedOrder, ItemError
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import OrderRow
from tests.store.build import NOW, order
from tests.store.conftest import Rows
from tests.support.clock import FakeClock

LATER = NOW + timedelta(minutes=10)


def _get(store: StateStore, hub_id: str = "h1") -> OrderRow:
    row = store.orders.get(hub_id)
    assert row is not None
    return row


def test_an_order_comes_back_as_it_was(store: StateStore) -> None:
    bought = order("h1", ("A", 2), ("B", 1))
    assert store.orders.add(bought, OrderStage.SEEN, NOW)
    row = _get(store)
    assert row.order == bought
    assert row.order.raw == bought.raw
    assert (row.stage, row.stage_at, row.seen_at, row.read_at, row.due_at) == (OrderStage.SEEN, NOW, NOW, NOW, NOW)
    assert (row.attempts, row.error_code, row.error_params, row.cancel_open) == (0, None, {}, False)
    assert store.orders.get("h2") is None


def test_once_is_once(store: StateStore) -> None:
    assert store.orders.add(order("h1", ("A", 2)), OrderStage.SEEN, NOW)
    assert not store.orders.add(order("h1", ("B", 9)), OrderStage.FIRST_RUN, LATER)
    assert _get(store).order.items == order("h1", ("A", 2)).items
    assert store.orders.known(["h1", "h2"]) == {"h1": OrderStage.SEEN}
    assert store.orders.known([]) == {}


def test_a_step_clears_the_error_and_writes_its_event(store: StateStore, rows: Rows) -> None:
    store.orders.add(order("h1", ("A", 2)), OrderStage.SEEN, NOW)
    error = ErpRefusedOrder("E-241", order="MLB-h1", raw="answer of the ERP")
    store.orders.wait("h1", error, LATER, NOW)
    waiting = _get(store)
    assert (waiting.attempts, waiting.due_at, waiting.error_code) == (1, LATER, "E-241")
    assert (waiting.error_params, waiting.error_raw) == ({"order": "MLB-h1"}, "answer of the ERP")
    store.orders.wait("h1", ItemError("O-501", skus="A"), LATER, NOW, count_attempt=False)
    assert (_get(store).attempts, _get(store).error_code) == (1, "O-501")
    store.orders.advance("h1", OrderStage.IMPORTED, LATER, event="O-512", params={"reference": "77"}, erp_ref="77")
    row = _get(store)
    assert (row.stage, row.stage_at, row.imported_at, row.erp_ref) == (OrderStage.IMPORTED, LATER, LATER, "77")
    assert (row.attempts, row.error_code, row.error_params, row.error_raw) == (0, None, {}, "")
    assert rows("SELECT code, params, at FROM order_event") == [
        ("O-512", '{"reference":"77"}', "2026-11-24T12:10:00.000000Z")
    ]


def test_later_steps_keep_reference_import_and_booking(store: StateStore) -> None:
    store.orders.add(order("h1", ("A", 2)), OrderStage.SEEN, NOW)
    store.orders.advance("h1", OrderStage.IMPORTED, NOW, event="O-512", erp_ref="77")
    store.orders.advance("h1", OrderStage.INVOICED, LATER, event="O-540", booked_at=NOW)
    store.orders.advance("h1", OrderStage.TRACKED, LATER + timedelta(days=1), event="O-541")
    row = _get(store)
    assert (row.erp_ref, row.imported_at, row.booked_at) == ("77", NOW, NOW)


def test_steps_of_an_order_that_is_not_there_do_nothing(store: StateStore, rows: Rows) -> None:
    store.orders.advance("h9", OrderStage.IMPORTED, NOW, event="O-512")
    store.orders.note("h9", "O-512", {}, NOW)
    store.orders.refresh(order("h9"), NOW)
    store.orders.wait("h9", ItemError("O-501"), NOW, NOW)
    store.orders.set_cancel_open("h9", True, NOW)
    assert rows("SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM order_event)") == [(0, 0)]


def test_a_refresh_stores_what_the_hub_says_now(store: StateStore, rows: Rows) -> None:
    store.orders.add(order("h1", ("A", 2), ("B", 1)), OrderStage.SEEN, NOW)
    now = order("h1", ("A", 3), status="canceled", sub_status="x", raw={"id": "h1", "status": "canceled"})
    store.orders.refresh(now, LATER)
    row = _get(store)
    assert row.order == now
    assert row.order.raw == now.raw
    assert (row.stage, row.read_at, row.seen_at) == (OrderStage.SEEN, LATER, NOW)
    assert rows("SELECT sku, quantity FROM order_item") == [("A", 3)]
    assert rows("SELECT hub_status FROM orders") == [("canceled",)]


def test_a_refresh_without_news_only_notes_the_look(store: StateStore) -> None:
    bought = order("h1", ("A", 2))
    store.orders.add(bought, OrderStage.SEEN, NOW)
    store.orders.refresh(bought, LATER)
    assert _get(store).order == bought
    assert _get(store).read_at == LATER


def test_a_thin_answer_takes_no_lines_away(store: StateStore) -> None:
    store.orders.add(order("h1", ("A", 2)), OrderStage.SEEN, NOW)
    store.orders.refresh(order("h1", status="invoiced"), LATER)
    assert _get(store).order.items == order("h1", ("A", 2)).items
    assert [line[:3] for line in store.orders.committed_lines()] == [("h1", "A", 2)]


def _masked(clear: Order) -> Order:
    raw = {
        "id": "h1",
        "payer_name": "J*** S***",
        "payer_tax_id": "***.982.247-**",
        "payments": [{"holder": "***", "total": 1}],
        "receiver": {"city": "Osasco", "street": "*** ***"},
    }
    return replace(
        clear,
        status="invoiced",
        payer=Party(name="J*** S***", document="***982247**", phone=""),
        receiver=Party(name="***", city="Osasco", state="SP", address="***"),
        raw=raw,
    )


def test_clear_buyer_data_is_never_overwritten_with_masked(store: StateStore, rows: Rows) -> None:
    clear = replace(
        order("h1", ("A", 1)),
        receiver=Party(name="Maria", city="São Paulo", state="SP", address="Rua A"),
        raw={
            "id": "h1",
            "payer_name": "João da Silva",
            "payer_tax_id": "529.982.247-25",
            "payments": [{"holder": "João", "total": 1}],
            "receiver": {"city": "São Paulo", "street": "Rua A"},
        },
    )
    store.orders.add(clear, OrderStage.SEEN, NOW)
    store.orders.refresh(_masked(clear), LATER)
    kept = _get(store).order
    assert kept.status == "invoiced"
    assert (kept.payer.name, kept.payer.document, kept.payer.phone) == ("João da Silva", "52998224725", "")
    assert kept.receiver == Party(name="Maria", city="Osasco", state="SP", address="Rua A")
    assert not kept.is_masked
    assert "***" not in json.dumps(kept.raw)
    assert kept.raw["receiver"] == {"city": "Osasco", "street": "Rua A"}
    assert rows("SELECT buyer_name, buyer_document FROM orders") == [("João da Silva", "52998224725")]
    assert rows("SELECT count(*) FROM orders WHERE raw LIKE '%***%' OR data LIKE '%***%'") == [(0,)]


def test_masked_data_gives_way_to_clear(store: StateStore) -> None:
    clear = order("h1", ("A", 1))
    store.orders.add(_masked(clear), OrderStage.SEEN, NOW)
    assert _get(store).order.is_masked
    store.orders.refresh(clear, LATER)
    assert _get(store).order.payer == clear.payer
    assert _get(store).order.raw == clear.raw


def test_half_characters_do_not_stop_an_order(store: StateStore) -> None:
    cut = order("h1", payer=Party(name="Ana \ud83d"), raw={"name": "Ana \ud83d"})
    cut = replace(cut, items=(OrderItem("A", "Caneca \ud83d", 1, Decimal(1)),))
    assert store.orders.add(cut, OrderStage.SEEN, NOW)
    assert _get(store).order == cut
    assert store.orders.find("ana") != []


def test_the_alert_of_a_cancelled_order(store: StateStore) -> None:
    store.orders.add(order("h1", ("A", 1)), OrderStage.IMPORTED, NOW)
    store.orders.set_cancel_open("h1", True, NOW)
    assert _get(store).cancel_open
    assert store.orders.counts()["cancel_open"] == 1
    store.orders.set_cancel_open("h1", False, NOW)
    assert store.orders.counts()["cancel_open"] == 0


@pytest.mark.parametrize("some", [True, False])
def test_trying_again_now(store: StateStore, clock: FakeClock, *, some: bool) -> None:
    for hub_id in ("h1", "h2", "h3"):
        store.orders.add(order(hub_id, ("A", 1)), OrderStage.SEEN, NOW)
    store.orders.wait("h1", ItemError("O-501"), NOW + timedelta(hours=1), NOW)
    store.orders.wait("h2", ItemError("O-501"), NOW + timedelta(hours=1), NOW)
    store.orders.advance("h3", OrderStage.INVOICED, NOW, event="O-540")
    clock.advance(minutes=1)
    assert store.orders.retry_now(["h1", "h3"] if some else None) == (1 if some else 2)
    due = store.orders.due([OrderStage.SEEN], clock.now(), 10)
    assert [row.order.hub_id for row in due] == (["h1"] if some else ["h1", "h2"])


def test_adding_is_whole_or_not_at_all(store: StateStore, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("otimo_tray.store.orders.put_lines", broken)
    with pytest.raises(RuntimeError):
        store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
    assert rows("SELECT count(*) FROM orders") == [(0,)]
    monkeypatch.undo()
    assert store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
