"""What a person decides about held plans."""

from __future__ import annotations

from datetime import timedelta

from otimo_tray.store import StateStore
from tests.store.build import NOW, fill, pending, plan, push
from tests.store.conftest import Rows

LATER = NOW + timedelta(hours=1)


def _held(store: StateStore, *skus: str) -> int:
    fill(store, *skus)
    [number] = store.values.apply(plan(pushes=[push(sku, "0", guard="G-222", previous="3") for sku in skus]))
    return number


def test_a_plan_shows_its_values(store: StateStore) -> None:
    number = _held(store, "B", "A")
    [shown] = store.held.list()
    assert (shown.id, shown.guard, shown.state, shown.items, shown.created_at) == (number, "G-222", "open", 2, NOW)
    items = list(store.held.items(number))
    assert [(item.sku, item.kind, item.value, item.previous) for item in items] == [
        ("A", "stock", "0", "3"),
        ("B", "stock", "0", "3"),
    ]
    assert list(store.held.items(99)) == []


def test_a_long_plan_is_read_in_blocks_each_value_once(store: StateStore) -> None:
    skus = [f"S{number:05}" for number in range(1_200)]
    both = [
        *(push(sku, guard="G-221") for sku in skus),
        *(push(sku, "1.00/1.00", kind="price", guard="G-221") for sku in skus),
    ]
    [number] = store.values.apply(plan(pushes=both))
    found = [(item.sku, item.kind) for item in store.held.items(number)]
    assert found == sorted((sku, kind) for sku in skus for kind in ("stock", "price"))


def test_releasing_makes_due_now(store: StateStore, rows: Rows) -> None:
    number = _held(store, "A", "B")
    assert store.held.release(number, "Ana", LATER) == 2
    assert [entry.sku for entry in store.values.due_pushes(["stock"], LATER, 10)] == ["A", "B"]
    assert rows("SELECT state, decided_by, decided_at FROM held_plan") == [
        ("released", "Ana", "2026-11-24T13:00:00.000000Z")
    ]


def test_some_of_a_plan(store: StateStore) -> None:
    number = _held(store, "A", "B", "C")
    assert store.held.release(number, "Ana", NOW, ["A", "X"]) == 1
    assert [(p.state, p.items) for p in store.held.list()] == [("open", 2)]
    assert store.held.discard(number, "Ana", NOW, ["B"]) == 1
    assert store.held.release(number, "Ana", NOW, ["C"]) == 1
    assert store.held.list() == []
    assert [pending(store, sku) for sku in "ABC"] == [("0", "due"), ("0", "discarded"), ("0", "due")]
    assert [p.state for p in store.held.list(only_open=False)] == ["released"]


def test_nothing_is_decided_twice(store: StateStore) -> None:
    number = _held(store, "A")
    assert store.held.discard(number, "Ana", NOW) == 1
    assert store.held.release(number, "Rui", NOW) == 0
    assert store.held.discard(404, "Rui", NOW) == 0
    assert pending(store, "A") == ("0", "discarded")


def test_retrying_everything_releases_nothing(store: StateStore) -> None:
    _held(store, "A")
    assert store.values.retry_now(None) == 0
    assert pending(store, "A") == ("0", "held")
