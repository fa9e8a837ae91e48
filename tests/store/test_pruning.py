"""What is old goes; that an order was here never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.plan import PushResult
from otimo_tray.store import StateStore
from otimo_tray.store.database import Database
from otimo_tray.store.schema import metadata
from tests.store.build import NOW, fill, invoice, order, pending, plan, push, reading
from tests.store.conftest import Rows

OLD = timedelta(days=91)
RECENT = timedelta(days=89)


@pytest.mark.parametrize(
    ("stage", "goes"),
    [
        ("tracked", True),
        ("ignored", True),
        ("cancelled", True),
        ("invoiced", True),
        *((stage, False) for stage in ("first_run", "pending", "seen", "importing", "imported", "in_erp")),
    ],
)
def test_only_ended_orders_go_and_their_ids_stay(store: StateStore, rows: Rows, stage: str, *, goes: bool) -> None:
    store.orders.add(order("h1", ("A", 1)), OrderStage(stage), NOW)
    store.orders.note("h1", "O-512", {}, NOW)
    store.trackings.add("h1", "AA1", "C", "m", "u", NOW)
    store.invoices.put_batch([(invoice("k1"), InvoiceState.UNMATCHED, None)], "1", NOW)
    store.invoices.set_state("k1", InvoiceState.CONFIRMED, NOW, hub_id="h1")
    store.prune(NOW + RECENT, 90)
    assert store.orders.get("h1") is not None
    assert store.prune(NOW + OLD, 90) == (1 if goes else 0)
    assert (store.orders.get("h1") is None) == goes
    for table in ("order_item", "order_event", "tracking", "invoice"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0 if goes else 1,)]
    assert store.orders.known(["h1"]) == {"h1": OrderStage(stage)}
    assert not store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW + OLD)


def test_an_alert_keeps_its_order(store: StateStore) -> None:
    store.orders.add(order("h1"), OrderStage.CANCELLED, NOW)
    store.orders.set_cancel_open("h1", True, NOW)
    assert store.prune(NOW + timedelta(days=900), 90) == 0
    assert store.orders.get("h1") is not None


def test_an_invoiced_order_is_watched_for_two_months_at_least(store: StateStore) -> None:
    store.orders.add(order("h1"), OrderStage.INVOICED, NOW)
    store.prune(NOW + timedelta(days=30), 7)
    assert store.orders.get("h1") is not None


def test_audit_runs_readings_and_decided_plans_go(store: StateStore, rows: Rows) -> None:
    fill(store, "A", "B")
    [kept, gone] = store.values.apply(plan(pushes=[push("A", guard="G-214"), push("B", guard="G-222")]))
    store.held.release(kept, "Ana", NOW)
    store.held.release(gone, "Ana", NOW)
    due = store.values.due_pushes(["stock"], NOW, 9)
    store.values.record_results([PushResult(due[1], NOW, confirmed="5")])
    store.runs.add("stock", NOW, NOW, "ok")
    store.values.record_reading(reading(digest="x"), "f", NOW, "refused", None)
    store.values.apply(plan(taken=reading(digest="last")))
    store.prune(NOW + RECENT, 90)
    assert rows("SELECT count(*) FROM sent_value") == [(1,)]
    assert store.prune(NOW + OLD, 90) > 0
    for table, left in (("sent_value", 0), ("run", 0), ("reading", 1), ("held_plan", 1)):
        assert rows(f"SELECT count(*) FROM {table}") == [(left,)]
    last = store.values.last_reading()
    assert last is not None
    assert last.digest == "last"
    assert pending(store, "A") == ("5", "due")  # it still knows who let it go
    assert store.prune(NOW + OLD, 90) == 0


def test_invoices_of_the_counter_go(store: StateStore) -> None:
    rows = [
        (invoice("k1"), InvoiceState.UNMATCHED, None),
        (invoice("k2"), InvoiceState.REFUSED, None),
        (invoice("k3"), InvoiceState.WAITING_AUTHORISATION, None),
        (invoice("k4"), InvoiceState.PROPOSED, None),
    ]
    store.invoices.put_batch(rows, "1", NOW)
    assert store.prune(NOW + OLD, 90) == 2
    assert store.invoices.counts() == {"waiting_authorisation": 1, "proposed": 1}


def test_many_go_in_short_transactions(store: StateStore) -> None:
    with store.batch():
        for number in range(1_100):
            store.orders.add(order(f"h{number}"), OrderStage.TRACKED, NOW)
    assert store.prune(NOW + OLD, 90) == 1_100
    assert len(store.orders.known([f"h{number}" for number in range(1_100)])) == 1_100


def test_an_erased_order_leaves_its_id_and_not_a_byte_of_the_buyer(store: StateStore, rows: Rows) -> None:
    from dataclasses import replace

    from otimo_tray.errors import ItemError

    secret = "Zulmira Quiteria 07011998"
    for hub_id in ("h1", "h2"):
        made = order(hub_id, ("A", 1))
        made = replace(made, payer=replace(made.payer, name=secret), raw={"receiver_name": secret})
        store.orders.add(made, OrderStage.TRACKED, NOW)
        store.orders.note(hub_id, "O-512", {"buyer": secret}, NOW)
        store.problems.report("orders", hub_id, ItemError("O-501", buyer=secret), NOW)
    store.erase(["h1", "h2"])
    assert store.orders.get("h1") is None
    assert store.orders.known(["h1"]) == {"h1": OrderStage.TRACKED}
    assert not store.orders.add(order("h1", ("A", 1)), OrderStage.SEEN, NOW)
    assert rows("SELECT count(*) FROM problem") == [(0,)]
    if not isinstance(store.database, Database):
        for table in metadata.tables:  # what a server's files keep of it is its administrator's
            assert rows(f"SELECT count(*) FROM {table} t WHERE t::text LIKE ?", f"%{secret}%") == [(0,)], table
        return
    for file in store.path.parent.iterdir():
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file.name
