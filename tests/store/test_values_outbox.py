"""The outbox: order of sending, doubts, results, retries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from otimo_tray.domain.plan import DuePush, PushResult
from otimo_tray.errors import HubAway, HubRefusedItem, OtimoError
from otimo_tray.store import StateStore
from otimo_tray.sync.storage import OutboxCounts
from tests.store.build import NOW, confirmed, fill, in_doubt, one_to_one, pending, plan, push
from tests.store.conftest import Rows
from tests.support.clock import FakeClock

LATER = NOW + timedelta(minutes=2)


def _due(store: StateStore, now: datetime = NOW, limit: int = 100) -> list[DuePush]:
    return store.values.due_pushes(["stock", "price"], now, limit)


def _plan_and_doubt(store: StateStore, sku: str, value: str) -> DuePush:
    store.values.apply(plan(pushes=[push(sku, value)]))
    [due] = [entry for entry in _due(store) if entry.sku == sku]
    store.values.mark_doubt([due], NOW)
    return due


def _failed(
    due: DuePush, *, keep_doubt: bool = False, retry_at: datetime | None = LATER, error: OtimoError | None = None
) -> PushResult:
    fault = error or HubAway(after_send=keep_doubt)
    return PushResult(due, NOW, answer=fault.code, error=fault, keep_doubt=keep_doubt, retry_at=retry_at)


def test_what_goes_first(store: StateStore) -> None:
    store.values.apply(
        plan(pushes=[push("B"), push("A", "1.00/1.00", kind="price", priority=10), push("C", priority=0)])
    )
    store.values.apply(plan(now=LATER, pushes=[push("A"), push("D", priority=0)]))
    order = [(entry.sku, entry.kind) for entry in _due(store, LATER)]
    assert order == [("C", "stock"), ("D", "stock"), ("B", "stock"), ("A", "stock"), ("A", "price")]
    assert [entry.sku for entry in _due(store, LATER, 2)] == ["C", "D"]
    assert [entry.sku for entry in store.values.due_pushes(["price"], LATER, 10)] == ["A"]
    assert store.values.due_pushes([], LATER, 10) == []


def test_counts(store: StateStore) -> None:
    assert store.values.outbox_counts() == OutboxCounts(0, 0, 0, None)
    assert store.values.next_due(["stock"]) is None
    store.values.apply(plan(pushes=[push("A"), push("B"), push("C", guard="G-214"), push("D")]))
    results = [_failed(entry, retry_at=LATER if entry.sku == "B" else None) for entry in _due(store)[1:]]
    store.values.record_results(results)
    assert store.values.outbox_counts() == OutboxCounts(2, 1, 1, NOW)
    assert store.values.due_count(["stock"], NOW) == 1
    assert store.values.due_count(["stock", "price"], LATER) == 2
    assert store.values.due_count(["price"], LATER) == 0
    assert store.values.next_due(["stock"]) == NOW
    assert store.values.next_due(["price"]) is None


def test_a_confirmed_value_leaves_the_outbox(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    assert in_doubt(store, "A")
    store.values.record_results([PushResult(due, LATER, confirmed="7")])
    assert confirmed(store, "A") == "7"
    assert not in_doubt(store, "A")
    assert pending(store, "A") is None
    assert store.values.dirty() == []
    assert rows("SELECT sku, kind, value, previous, reason, basis, at, answer FROM sent_value") == [
        ("A", "stock", "7", None, "changed", '{"balance":"7"}', "2026-11-24T12:02:00.000000Z", "confirmed")
    ]


def test_a_newer_value_stays_when_the_older_one_is_confirmed(store: StateStore) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.apply(plan(pushes=[push("A", "8")]))
    store.values.record_results([PushResult(due, NOW, confirmed="7")])
    assert confirmed(store, "A") == "7"
    assert pending(store, "A") == ("8", "due")


def test_a_value_withdrawn_during_its_put_is_computed_anew(store: StateStore) -> None:
    """The hub has it now, though nobody wants it any more."""
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.apply(plan(withdrawn=[("A", "stock")]))
    store.values.record_results([PushResult(due, NOW, confirmed="7")])
    assert confirmed(store, "A") == "7"
    assert store.values.dirty() == [("sku", "A")]


def test_an_error_is_remembered_with_its_due_time(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    error = HubRefusedItem(sku="A", raw='{"code": 422}')
    store.values.record_results([_failed(due, error=error)])
    assert rows("SELECT state, attempts, due_at, error_code, error_params, raw FROM push") == [
        ("due", 1, "2026-11-24T12:02:00.000000Z", "P-130", '{"sku":"A"}', '{"code": 422}')
    ]
    assert _due(store) == []
    assert [entry.attempts for entry in _due(store, LATER)] == [1]
    assert not in_doubt(store, "A")
    assert rows("SELECT answer FROM sent_value") == [("P-130",)]


def test_an_error_without_a_next_time_stops_the_value(store: StateStore, clock: FakeClock) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.record_results([_failed(due, retry_at=None)])
    assert pending(store, "A") == ("7", "stopped")
    assert not store.values.is_current(due)
    clock.advance(hours=1)
    assert store.values.retry_now(["B"]) == 0
    assert store.values.retry_now(["A"]) == 1
    assert [entry.attempts for entry in _due(store, clock.now())] == [0]


def test_the_error_of_an_older_value_does_not_put_off_the_newer_one(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.apply(plan(pushes=[push("A", "8")]))
    store.values.record_results([_failed(due, keep_doubt=True)])
    assert rows("SELECT value, attempts, error_code, due_at FROM push") == [
        ("8", 0, None, "2026-11-24T12:00:00.000000Z")
    ]
    assert in_doubt(store, "A")


def test_a_failure_does_not_make_a_held_value_due(store: StateStore) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "0")
    store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))  # held while its PUT was on its way
    store.values.record_results([_failed(due)])
    assert pending(store, "A") == ("0", "held")


def test_a_held_value_that_its_put_confirmed_leaves_its_plan(store: StateStore) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "0")
    store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))
    store.values.record_results([PushResult(due, NOW, confirmed="0")])
    assert pending(store, "A") is None
    assert store.held.list() == []


def test_a_lost_answer_leaves_the_doubt(store: StateStore) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.record_results([_failed(due, keep_doubt=True)])
    assert in_doubt(store, "A")
    assert confirmed(store, "A") == "3"


@pytest.mark.parametrize("skipped", [True, False])
def test_a_later_put_that_surely_had_no_effect_does_not_clear_an_older_doubt(store: StateStore, skipped: bool) -> None:
    """PUT 7 may have worked; the repeat was refused at the door. The hub may still hold 7."""
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    store.values.record_results([_failed(due, keep_doubt=True)])
    [again] = _due(store, LATER)
    store.values.mark_doubt([again], LATER)
    second = PushResult(again, LATER, answer="skipped") if skipped else _failed(again)
    store.values.record_results([second])
    assert in_doubt(store, "A")
    [third] = _due(store, LATER)
    store.values.mark_doubt([third], LATER)
    store.values.record_results([PushResult(third, LATER, confirmed="7")])
    assert not in_doubt(store, "A")


def test_a_skipped_push_leaves_no_trace(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    before = rows("SELECT * FROM push")
    store.values.record_results([PushResult(due, NOW, answer="skipped")])
    assert not in_doubt(store, "A")
    assert rows("SELECT * FROM push") == before
    assert rows("SELECT count(*) FROM sent_value") == [(0,)]


def test_a_doubt_survives_a_crash_between_put_and_answer(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    _plan_and_doubt(store, "A", "7")
    assert rows("SELECT doubt FROM sku_value WHERE sku = 'A' AND kind = 'stock'") == [("7",)]
    [again] = _due(store)  # the next start finds the push where it was
    assert again.value == "7"


def test_what_is_current(store: StateStore) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")
    assert store.values.is_current(due)
    store.values.apply(plan(pushes=[push("A", "8")]))
    assert not store.values.is_current(due)
    [newer] = _due(store)
    store.catalogue.set_mappings([one_to_one("A", "B")], NOW)
    assert not store.values.is_current(newer)


def test_results_of_many_in_one_go(store: StateStore) -> None:
    skus = [f"S{number}" for number in range(60)]
    fill(store, *skus)
    store.values.apply(plan(pushes=[push(sku, "7") for sku in skus]))
    due = _due(store)
    store.values.mark_doubt(due, NOW)

    def results() -> Iterator[PushResult]:
        for place, entry in enumerate(due):
            if place % 3 == 0:
                yield PushResult(entry, NOW, confirmed="7")
            elif place % 3 == 1:
                yield _failed(entry)
            else:
                yield PushResult(entry, NOW, answer="skipped")

    store.values.record_results(list(results()))
    assert len([sku for sku in skus if confirmed(store, sku) == "7"]) == 20
    assert len(_due(store)) == 20
    assert len(_due(store, LATER)) == 40
    assert not any(in_doubt(store, sku) for sku in skus)


def test_results_are_one_transaction(store: StateStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, "A")
    due = _plan_and_doubt(store, "A", "7")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("otimo_tray.store.values_outbox.supersede_empty", broken)
    with pytest.raises(RuntimeError):
        store.values.record_results([PushResult(due, NOW, confirmed="7")])
    assert in_doubt(store, "A")
    assert pending(store, "A") == ("7", "due")
    assert confirmed(store, "A") == "3"


def test_trying_again_now(store: StateStore, clock: FakeClock) -> None:
    fill(store, "A", "B")
    store.values.apply(plan(pushes=[push("A"), push("B")]))
    store.values.record_results([_failed(entry, retry_at=NOW + timedelta(days=1)) for entry in _due(store)])
    assert _due(store) == []
    assert store.values.retry_now(["B"]) == 1
    assert [entry.sku for entry in _due(store)] == ["B"]
    assert store.values.retry_now(None) == 1
    assert [entry.attempts for entry in _due(store)] == [1, 1]


def test_values_read_back(store: StateStore) -> None:
    fill(store, "A", "B")
    _plan_and_doubt(store, "B", "7")
    store.values.set_confirmed([("A", "stock", "2"), ("B", "stock", "2"), ("A", "price", "19.90/19.90")], LATER)
    assert confirmed(store, "A") == "2"
    assert confirmed(store, "B") == "3"  # in doubt: its PUT is on its way
    assert store.values.dirty() == [("sku", "A")]
