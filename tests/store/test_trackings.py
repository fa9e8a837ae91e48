"""Typed tracking codes: durable, corrected, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.tracking import DEFAULT_CARRIERS, Carrier, TrackingState
from otimo_tray.errors import ItemError
from otimo_tray.store import StateStore, steps
from tests.store.build import NOW
from tests.store.conftest import Rows
from tests.support.clock import FakeClock

LATER = NOW + timedelta(minutes=10)


def _add(store: StateStore, code: str, hub_id: str = "h1", shipment: str | None = None, volume: int = 1) -> int:
    return store.trackings.add(
        hub_id, code, "Correios", "PAC", "https://rastreio/x", NOW, shipment_id=shipment, volume=volume
    )


def _states(store: StateStore, hub_id: str = "h1") -> dict[str, TrackingState]:
    return {row.code: row.state for row in store.trackings.of_order(hub_id)}


def test_a_code_is_durable_when_add_returns(store: StateStore, rows: Rows) -> None:
    number = store.trackings.add(
        "h1", "AA1", "Correios", "PAC", "u", NOW, shipment_id="s", volume=2, warnings=["T-601"]
    )
    assert rows("SELECT id, code, state FROM tracking") == [(number, "AA1", "typed")]
    [row] = store.trackings.of_order("h1")
    assert (row.id, row.hub_id, row.shipment_id, row.volume, row.code) == (number, "h1", "s", 2, "AA1")
    assert (row.carrier, row.method, row.url, row.state, row.typed_at) == (
        "Correios",
        "PAC",
        "u",
        TrackingState.TYPED,
        NOW,
    )
    assert (row.warnings, row.attempts, row.due_at, row.error_code) == (["T-601"], 0, NOW, None)


def test_a_correction_replaces_the_code_of_the_same_place_only(store: StateStore) -> None:
    _add(store, "AA1")
    _add(store, "AA2", volume=2)
    _add(store, "AA3", shipment="s1")
    _add(store, "AA4", hub_id="h2")
    _add(store, "BB1")
    assert _states(store) == {
        "AA1": TrackingState.REPLACED,
        "AA2": TrackingState.TYPED,
        "AA3": TrackingState.TYPED,
        "BB1": TrackingState.TYPED,
    }
    assert _states(store, "h2") == {"AA4": TrackingState.TYPED}
    assert store.trackings.counts() == {"replaced": 1, "typed": 4}


def test_a_parcel_scanned_twice_is_one_entry(store: StateStore) -> None:
    number = _add(store, "AA1")
    store.trackings.set_state(number, TrackingState.CONFIRMED, NOW)
    assert _add(store, "AA1") == number
    assert _states(store) == {"AA1": TrackingState.CONFIRMED}
    store.trackings.set_state(number, TrackingState.PROBLEM, NOW)
    assert _add(store, "AA1") != number  # what failed is tried anew
    assert store.trackings.add("h1", "AA1", "Jadlog", "PAC", "u", NOW) != number


def test_a_late_answer_does_not_bring_a_replaced_code_back(store: StateStore) -> None:
    old = _add(store, "AA1")
    _add(store, "BB1")
    store.trackings.set_state(old, TrackingState.CONFIRMED, NOW)
    assert _states(store) == {"AA1": TrackingState.REPLACED, "BB1": TrackingState.TYPED}


def test_taking_back(store: StateStore) -> None:
    first = _add(store, "AA1")
    store.trackings.set_state(first, TrackingState.SENT, NOW)
    assert not store.trackings.remove(first, NOW)
    store.trackings.set_state(first, TrackingState.CONFIRMED, NOW)
    second = _add(store, "BB1")
    assert store.trackings.remove(second, NOW)
    assert _states(store) == {"AA1": TrackingState.CONFIRMED}  # what the hub still has
    assert not store.trackings.remove(second, NOW)
    third = _add(store, "CC1")
    assert third > second  # a late answer for the removed one can't meet it


def test_taking_back_a_code_that_replaced_an_unsent_one(store: StateStore) -> None:
    _add(store, "AA1")
    second = _add(store, "BB1")
    assert store.trackings.remove(second, NOW)
    assert _states(store) == {"AA1": TrackingState.REPLACED}


def test_who_uses_a_code(store: StateStore) -> None:
    _add(store, "AA1")
    assert store.trackings.used_by("AA1") == "h1"
    assert store.trackings.used_by("AA2") is None
    _add(store, "AA2")
    assert store.trackings.used_by("AA1") is None


def test_states(store: StateStore, rows: Rows) -> None:
    number = _add(store, "AA1")
    error = ItemError("T-611", order="1", raw="answer")
    store.trackings.set_state(number, TrackingState.TYPED, NOW, error=error, due_at=LATER, count_attempt=True)
    [row] = store.trackings.of_order("h1")
    assert (row.attempts, row.due_at, row.error_code, row.error_params) == (1, LATER, "T-611", {"order": "1"})
    assert store.trackings.due([TrackingState.TYPED], NOW, 9) == []
    assert [r.id for r in store.trackings.due([TrackingState.TYPED], LATER, 9)] == [number]
    store.trackings.set_state(number, TrackingState.SENT, NOW)
    store.trackings.set_state(number, TrackingState.CONFIRMED, LATER)
    assert rows("SELECT state, attempts, error_code, sent_at, confirmed_at FROM tracking") == [
        ("confirmed", 0, None, "2026-11-24T12:00:00.000000Z", "2026-11-24T12:10:00.000000Z")
    ]


@pytest.mark.parametrize("some", [True, False])
def test_trying_again_now(store: StateStore, clock: FakeClock, *, some: bool) -> None:
    numbers = [_add(store, f"AA{volume}", volume=volume) for volume in (1, 2, 3)]
    for number in numbers[:2]:
        store.trackings.set_state(
            number, TrackingState.PROBLEM, NOW, error=ItemError("T-611"), due_at=NOW + timedelta(days=1)
        )
    store.trackings.set_state(numbers[2], TrackingState.CONFIRMED, NOW)
    assert store.trackings.retry_now(numbers[:1] + numbers[2:] if some else None) == (1 if some else 2)
    due = store.trackings.due([TrackingState.PROBLEM], clock.now(), 9)
    assert [row.id for row in due] == numbers[: 1 if some else 2]


def test_carriers_are_the_usual_ones_with_the_shops_own(store: StateStore) -> None:
    assert store.trackings.carriers() == list(DEFAULT_CARRIERS)
    own = Carrier("Motoboy", "https://motoboy/{code}", "Expresso")
    changed = Carrier("Correios", "https://outro/{code}", "SEDEX")
    store.trackings.put_carrier(own)
    store.trackings.put_carrier(changed)
    assert store.trackings.carriers() == [changed, *DEFAULT_CARRIERS[1:], own]
    store.trackings.put_carrier(Carrier("Motoboy", "", ""))
    assert store.trackings.carriers()[-1] == Carrier("Motoboy", "", "")


def test_invoices_and_codes_call_the_two_states_of_the_way_alike() -> None:
    """One rule moves both (`store.steps`), by these names."""
    assert (InvoiceState.SENT.value, InvoiceState.CONFIRMED.value) == (steps.SENT, steps.CONFIRMED)
    assert (TrackingState.SENT.value, TrackingState.CONFIRMED.value) == (steps.SENT, steps.CONFIRMED)


def test_a_carrier_is_dropped_and_a_usual_one_is_as_it_was(store: StateStore) -> None:
    before = store.trackings.carriers()
    store.trackings.put_carrier(Carrier("Motoboy", "", ""))
    store.trackings.put_carrier(Carrier(before[0].name, "https://outro.example/{code}", "X"))
    store.trackings.drop_carrier("Motoboy")
    store.trackings.drop_carrier(before[0].name)
    assert store.trackings.carriers() == before
