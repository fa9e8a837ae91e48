"""Applying a plan: latest wins, and what a person decided stays decided until the value changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.plan import PushResult
from otimo_tray.errors import HubAway, HubRefusedItem
from otimo_tray.store import StateStore
from tests.store.build import NOW, fill, pending, plan, push
from tests.store.conftest import Rows

LATER = NOW + timedelta(minutes=5)


def _fail(store: StateStore, sku: str, *, stop: bool = False) -> None:
    """One PUT of a SKU's stock that fails."""
    [due] = [entry for entry in store.values.due_pushes(["stock"], NOW, 100) if entry.sku == sku]
    error = HubRefusedItem(sku=sku) if stop else HubAway()
    retry = None if stop else NOW + timedelta(minutes=2)
    store.values.record_results([PushResult(due, NOW, answer=error.code, error=error, retry_at=retry)])


def test_a_push_is_due_at_once(store: StateStore) -> None:
    fill(store, "A")
    assert store.values.apply(plan(pushes=[push("A", "7", previous="3", reason="changed")])) == []
    [due] = store.values.due_pushes(["stock", "price"], NOW, 10)
    assert (due.sku, due.kind, due.value, due.previous, due.reason) == ("A", "stock", "7", "3", "changed")
    assert due.basis == {"balance": "7"}
    assert due.attempts == 0
    assert due.product_id == "id-A"


def test_the_same_value_keeps_its_attempts_due_time_and_error(store: StateStore, rows: Rows) -> None:
    store.values.apply(plan(pushes=[push("A", "7")]))
    _fail(store, "A")
    store.values.apply(plan(now=LATER, pushes=[push("A", "7", previous="2", priority=0, reason="doubt")]))
    assert rows("SELECT attempts, due_at, error_code, priority, previous, reason FROM push") == [
        (1, "2026-11-24T12:02:00.000000Z", "P-110", 0, "2", "doubt")
    ]


def test_another_value_starts_anew(store: StateStore, rows: Rows) -> None:
    store.values.apply(plan(pushes=[push("A", "7")]))
    _fail(store, "A")
    store.values.apply(plan(now=LATER, pushes=[push("A", "8")]))
    assert rows("SELECT value, attempts, due_at, error_code, error_params, raw FROM push") == [
        ("8", 0, "2026-11-24T12:05:00.000000Z", None, None, None)
    ]
    # since when the SKU's change waits is still told
    assert store.values.outbox_counts().oldest_due == NOW


@pytest.mark.parametrize("value", ["7", "8"])
def test_a_stopped_value_stays_stopped_until_it_changes(store: StateStore, value: str) -> None:
    fill(store, "A")
    store.values.apply(plan(pushes=[push("A", "7")]))
    _fail(store, "A", stop=True)
    assert pending(store, "A") == ("7", "stopped")
    store.values.apply(plan(pushes=[push("A", value)]))
    assert pending(store, "A") == (value, "stopped" if value == "7" else "due")


def test_a_guard_holds_by_guard_under_one_plan_each(store: StateStore) -> None:
    fill(store, "A", "B", "C", "D")
    pushes = [push("A", guard="G-222"), push("B", guard="G-222"), push("C", guard="G-214"), push("D")]
    numbers = store.values.apply(plan(pushes=pushes, guard_params={"G-222": {"count": 2, "mapped": 4}}))
    held = store.held.list()
    assert [plan_.id for plan_ in held] == numbers
    assert {p.guard: (p.items, p.params) for p in held} == {
        "G-222": (2, {"count": 2, "mapped": 4}),
        "G-214": (1, {}),
    }
    assert [entry.sku for entry in store.values.due_pushes(["stock"], NOW, 10)] == ["D"]
    assert [item.sku for item in store.held.items(numbers[0])] == ["A", "B"]


def test_a_held_value_stays_held_though_the_next_plan_has_no_guard(store: StateStore) -> None:
    """The mass is gone from the next plan, not the reason."""
    fill(store, "A")
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))
    assert store.values.apply(plan(pushes=[push("A", "0")])) == []
    assert store.values.apply(plan(pushes=[push("A", "0", guard="G-222")])) == []
    assert pending(store, "A") == ("0", "held")
    assert [(p.id, p.items) for p in store.held.list()] == [(number, 1)]


def test_another_value_leaves_its_held_plan_and_an_empty_plan_ends(store: StateStore) -> None:
    fill(store, "A", "B")
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222"), push("B", "0", guard="G-222")]))
    store.values.apply(plan(pushes=[push("A", "4")]))
    assert pending(store, "A") == ("4", "due")
    assert [(p.id, p.items) for p in store.held.list()] == [(number, 1)]
    store.values.apply(plan(withdrawn=[("B", "stock")]))
    assert store.held.list() == []
    assert [p.state for p in store.held.list(only_open=False)] == ["superseded"]


def test_a_value_that_only_waited_can_still_be_held(store: StateStore) -> None:
    fill(store, "A")
    store.values.apply(plan(pushes=[push("A", "0")]))
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))
    assert pending(store, "A") == ("0", "held")
    assert [p.id for p in store.held.list()] == [number]


def test_a_released_value_is_not_held_again(store: StateStore) -> None:
    fill(store, "A")
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))
    assert store.held.release(number, "Ana", NOW) == 1
    assert store.values.apply(plan(pushes=[push("A", "0", guard="G-222")])) == []
    assert pending(store, "A") == ("0", "due")
    _fail(store, "A")  # not even after a failure
    assert store.values.apply(plan(pushes=[push("A", "0", guard="G-222")])) == []
    assert pending(store, "A") == ("0", "due")
    assert len(store.values.apply(plan(pushes=[push("A", "1", guard="G-222")]))) == 1  # another value is


def test_a_discarded_value_is_not_sent_until_it_changes(store: StateStore) -> None:
    fill(store, "A")
    [number] = store.values.apply(plan(pushes=[push("A", "0", guard="G-222")]))
    assert store.held.discard(number, "Ana", NOW) == 1
    store.values.apply(plan(pushes=[push("A", "0")]))
    assert pending(store, "A") == ("0", "discarded")
    assert store.values.due_pushes(["stock"], LATER, 10) == []
    store.values.apply(plan(pushes=[push("A", "1")]))
    assert pending(store, "A") == ("1", "due")


def test_withdrawn_values_go_whatever_their_state(store: StateStore) -> None:
    fill(store, "A", "B")
    store.values.apply(plan(pushes=[push("A"), push("A", "9.90/9.90", kind="price"), push("B", guard="G-214")]))
    store.values.apply(plan(withdrawn=[("A", "stock"), ("B", "stock"), ("C", "stock")]))
    assert pending(store, "A") is None
    assert pending(store, "A", "price") == ("9.90/9.90", "due")
    assert pending(store, "B") is None


def test_a_plan_is_one_transaction(store: StateStore, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    store.values.mark_dirty([("sku", "A")])
    before = [rows(f"SELECT * FROM {table}") for table in ("erp_item", "push", "held_plan", "commitment", "dirty")]

    def broken(*_: object) -> None:
        raise RuntimeError("the power goes")

    monkeypatch.setattr("otimo_tray.store.values_plan.supersede_empty", broken)
    with pytest.raises(RuntimeError):
        store.values.apply(
            plan(
                rows=[("A", *[None] * 7)],
                pushes=[push("A"), push("B", guard="G-214")],
                commitments={"A": 1},
                cleaned=store.values.dirty(),
            )
        )
    after = [rows(f"SELECT * FROM {table}") for table in ("erp_item", "push", "held_plan", "commitment", "dirty")]
    assert after == before


def test_more_pushes_than_a_block(store: StateStore) -> None:
    pushes = [push(f"S{number:05}", "1") for number in range(6_000)]
    store.values.apply(plan(pushes=pushes))
    store.values.apply(plan(pushes=[*pushes[:5_500], *(push(entry.sku, "2") for entry in pushes[5_500:])]))
    due = store.values.due_pushes(["stock"], NOW, 10_000)
    assert [entry.value for entry in due] == ["1"] * 5_500 + ["2"] * 500
