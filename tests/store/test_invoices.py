"""Invoices by access key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.errors import ItemError
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import InvoiceRow
from tests.store.build import NOW, invoice
from tests.store.conftest import Rows
from tests.support.clock import FakeClock

LATER = NOW + timedelta(minutes=10)


def _put(
    store: StateStore, record: InvoiceRecord, state: InvoiceState = InvoiceState.UNMATCHED, cursor: str = "1"
) -> int:
    return store.invoices.put_batch([(record, state, None)], cursor, LATER)


def _get(store: StateStore, key: str = "k1") -> InvoiceRow:
    row = store.invoices.get(key)
    assert row is not None
    return row


def test_a_record_comes_back_as_it_was_and_the_cursor_is_kept(store: StateStore) -> None:
    record = invoice("k1", extra_text="Pedido 2000001234 \ud83d".replace("\ud83d", ""), x_ped=("1", "2"))
    error = ItemError("I-701", key="k2")
    rows = [(record, InvoiceState.UNMATCHED, None), (invoice("k2"), InvoiceState.REFUSED, error)]
    assert store.invoices.put_batch(rows, "cursor 7", NOW) == 2
    row = _get(store)
    assert (row.record, row.state, row.found_at, row.due_at, row.attempts) == (
        record, InvoiceState.UNMATCHED, NOW, NOW, 0,
    )  # fmt: skip
    assert (_get(store, "k2").error_code, _get(store, "k2").error_params) == ("I-701", {"key": "k2"})
    assert store.facts.get("invoice_cursor") == "cursor 7"
    assert store.invoices.get("k3") is None


def test_a_known_record_changes_nothing(store: StateStore) -> None:
    _put(store, invoice("k1"))
    store.invoices.set_state("k1", InvoiceState.SENT, NOW, hub_id="h1")
    assert _put(store, invoice("k1", number="9"), InvoiceState.REFUSED, "2") == 0
    assert (_get(store).state, _get(store).record.number) == (InvoiceState.SENT, "1206")
    assert store.facts.get("invoice_cursor") == "2"


def test_a_late_authorisation_counts(store: StateStore) -> None:
    waiting = invoice("k1", authorised=False)
    _put(store, waiting, InvoiceState.WAITING_AUTHORISATION)
    assert _put(store, replace(waiting, authorised=True)) == 0
    assert (_get(store).state, _get(store).record.authorised, _get(store).due_at) == (
        InvoiceState.UNMATCHED, True, LATER,
    )  # fmt: skip


def test_a_cancellation_counts_and_lasts(store: StateStore) -> None:
    _put(store, invoice("k1"))
    store.invoices.set_state("k1", InvoiceState.CONFIRMED, NOW, hub_id="h1", shipment_id="s1")
    assert _put(store, invoice("k1", cancelled=True), InvoiceState.CANCELLED) == 0
    row = _get(store)
    assert (row.state, row.hub_id, row.shipment_id, row.record.cancelled) == (
        InvoiceState.CANCELLED, "h1", "s1", True,
    )  # fmt: skip
    store.invoices.set_state("k1", InvoiceState.SENT, NOW)  # the answer of a PUT that was on its way
    _put(store, invoice("k1"))
    assert _get(store).state is InvoiceState.CANCELLED


def test_a_batch_is_whole_or_not_at_all(store: StateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("otimo_tray.store.invoices.put_fact", broken)
    with pytest.raises(RuntimeError):
        _put(store, invoice("k1"))
    assert store.invoices.get("k1") is None


def test_states_keep_what_is_not_said(store: StateStore, rows: Rows) -> None:
    _put(store, invoice("k1"))
    store.invoices.set_state("k1", InvoiceState.MATCHED, NOW, hub_id="h1", shipment_id="s1", matched_by="x_ped")
    error = ItemError("I-740")
    store.invoices.set_state("k1", InvoiceState.MATCHED, NOW, error=error, due_at=LATER, count_attempt=True)
    row = _get(store)
    assert (row.hub_id, row.shipment_id, row.matched_by) == ("h1", "s1", "x_ped")
    assert (row.attempts, row.error_code, row.due_at) == (1, "I-740", LATER)
    store.invoices.set_state("k1", InvoiceState.MATCHED, NOW, error=error, count_attempt=True)
    assert (_get(store).attempts, _get(store).due_at) == (2, LATER)
    store.invoices.set_state("k1", InvoiceState.SENT, NOW)
    assert (_get(store).attempts, _get(store).error_code) == (0, None)
    store.invoices.set_state("k1", InvoiceState.CONFIRMED, LATER)
    assert rows("SELECT sent_at, confirmed_at FROM invoice") == [
        ("2026-11-24T12:00:00.000000Z", "2026-11-24T12:10:00.000000Z")
    ]


def test_lists(store: StateStore) -> None:
    for number in range(4):
        store.invoices.put_batch([(invoice(f"k{number}"), InvoiceState.UNMATCHED, None)], "c", NOW)
    for number in range(3):
        due = NOW + timedelta(minutes=3 - number)
        store.invoices.set_state(f"k{number}", InvoiceState.MATCHED, NOW, hub_id="h1", due_at=due)
    assert [row.record.key for row in store.invoices.of_order("h1")] == ["k0", "k1", "k2"]
    assert [row.record.key for row in store.invoices.by_state([InvoiceState.UNMATCHED])] == ["k3"]
    states = [InvoiceState.MATCHED, InvoiceState.SENT]
    assert [row.record.key for row in store.invoices.by_state(states, 2)] == ["k0", "k1"]
    assert store.invoices.due(states, NOW, 10) == []
    assert [row.record.key for row in store.invoices.due(states, NOW + timedelta(minutes=2), 10)] == ["k2", "k1"]
    assert store.invoices.counts() == {"matched": 3, "unmatched": 1}


def test_trying_again_now(store: StateStore, clock: FakeClock) -> None:
    for key in ("k1", "k2", "k3"):
        _put(store, invoice(key))
    for key in ("k1", "k2"):
        store.invoices.set_state(
            key, InvoiceState.MATCHED, NOW, error=ItemError("I-740"), due_at=NOW + timedelta(days=1)
        )
    assert store.invoices.retry_now(["k1", "k3"]) == 1
    assert [row.record.key for row in store.invoices.due([InvoiceState.MATCHED], clock.now(), 9)] == ["k1"]
    assert store.invoices.retry_now(None) == 2
    assert len(store.invoices.due([InvoiceState.MATCHED], clock.now(), 9)) == 2
