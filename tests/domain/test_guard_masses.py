"""Guards against a reading whose columns have shifted, or that was taken before."""

from __future__ import annotations

import pytest

from otimo_tray.domain.guard import judge_plan, judge_reading
from otimo_tray.domain.plan import PlannedPush
from otimo_tray.domain.settings import GuardSettings

GUARDS = GuardSettings()


def price(sku: str, value: str, *, guard: str | None = None, previous: str = "10.00/10.00") -> PlannedPush:
    return PlannedPush(sku, "price", value, previous, "changed", guard=guard)


def stock(sku: str, value: str, previous: str | None = "5") -> PlannedPush:
    return PlannedPush(sku, "stock", value, previous, "changed")


@pytest.mark.parametrize(
    ("previous", "rows", "full", "seen", "verdict"),
    [
        (100, 100, True, True, "G-203"),
        (None, 100, True, True, "G-203"),
        (100, 100, True, False, None),
        (100, 100, False, True, None),  # a change-only file may well say the same again
        (9, 9, True, True, None),
        (10, 10, True, True, "G-203"),
        (100, 40, True, True, "G-203"),
        (100, 0, True, True, "G-201"),
    ],
)
def test_a_reading_taken_before(previous: int | None, rows: int, full: bool, seen: bool, verdict: str | None) -> None:
    assert judge_reading(previous, rows, full, GUARDS, seen_before=seen) == verdict


@pytest.mark.parametrize(("changed", "verdict"), [(1, None), (3, None), (4, "G-203"), (None, "G-203")])
def test_a_shop_may_come_back_to_where_it_was_by_a_return(changed: int | None, verdict: str | None) -> None:
    assert judge_reading(15, 15, True, GUARDS, seen_before=True, changed=changed) == verdict


def test_many_prices_too_far_hold_what_changes_with_them() -> None:
    far = [price(f"F{n}", "90.00/90.00", guard="G-211") for n in range(3)]
    same = PlannedPush("D", "price", "10.00/10.00", "10.00/10.00", "doubt")
    plan = [*far, price("A", "11.00/11.00"), stock("B", "4"), stock("C", "6", None), same]
    verdict = judge_plan(plan, 29, True, GUARDS)
    assert [push.guard for push in verdict.pushes] == ["G-211"] * 3 + ["G-224"] * 3 + [None]
    assert verdict.params["G-224"] == {"count": 3, "mapped": 29, "percent": 10, "limit": 10}


@pytest.mark.parametrize(
    ("mapped", "settings"), [(30, GUARDS), (9, GUARDS), (10, GuardSettings(far_prices_percent=30))]
)
def test_few_prices_too_far_hold_no_other(mapped: int, settings: GuardSettings) -> None:
    plan = [*(price(f"F{n}", "90.00/90.00", guard="G-211") for n in range(3)), price("A", "11.00/11.00")]
    assert judge_plan(plan, mapped, True, settings).pushes[-1].guard is None
