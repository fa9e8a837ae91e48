"""Guards on the cases that empty a shop or give it away."""

from __future__ import annotations

from decimal import Decimal

import pytest

from otimo_tray.domain.guard import judge_plan, judge_push, judge_reading
from otimo_tray.domain.plan import PlannedPush
from otimo_tray.domain.settings import GuardSettings

GUARDS = GuardSettings()


def _price(value: str, previous: str | None, sku: str = "S") -> PlannedPush:
    return PlannedPush(sku, "price", value, previous, "changed")


def _stock(value: str, previous: str | None, sku: str = "S") -> PlannedPush:
    return PlannedPush(sku, "stock", value, previous, "changed")


def _judge(push: PlannedPush, **special: object) -> str | None:
    floor = special.get("floor")
    assert floor is None or isinstance(floor, Decimal)
    return judge_push(
        push,
        first_price_of_kit=bool(special.get("kit")),
        floor=floor,
        has_table=bool(special.get("table")),
        settings=GUARDS,
        first_sync=bool(special.get("first_sync")),
    )


@pytest.mark.parametrize(
    ("previous", "rows", "full", "expected"),
    [
        (1000, 0, True, "G-201"),
        (None, 0, True, "G-201"),
        (1000, 500, True, "G-202"),
        (1000, 501, True, None),
        (1000, 1000, True, None),
        (None, 3, True, None),
        (1000, 0, False, None),
        (1000, 3, False, None),
        (9, 1, True, None),
        (10, 5, True, "G-202"),
    ],
)
def test_readings(previous: int | None, rows: int, full: bool, expected: str | None) -> None:
    assert judge_reading(previous, rows, full, GUARDS) == expected


@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        ("1990.00/1990.00", "19.90/19.90", "G-211"),
        ("0.20/0.20", "19.90/19.90", "G-211"),
        ("29.85/29.85", "19.90/19.90", None),  # exactly the limit
        ("29.86/29.86", "19.90/19.90", "G-211"),
        ("9.95/9.95", "19.90/19.90", None),
        ("9.94/9.94", "19.90/19.90", "G-211"),
        ("40.00/19.90", "19.90/19.90", None),  # the list price alone is no price anybody pays
        ("19.90/4.00", "19.90/19.90", "G-211"),
        ("19.90/19.90", None, None),
        ("19.90/19.90", "0.00/0.00", None),
    ],
)
def test_price_moves(value: str, previous: str | None, expected: str | None) -> None:
    assert _judge(_price(value, previous)) == expected


@pytest.mark.parametrize(
    ("percent", "value", "expected"),
    [
        (100, "49.99/49.99", "G-211"),
        (100, "50.00/50.00", None),
        (100, "200.00/200.00", None),
        (100, "200.01/200.01", "G-211"),
        (200, "33.33/33.33", "G-211"),
        (200, "33.34/33.34", None),
        (99, "1.01/1.01", None),
        (99, "0.99/0.99", "G-211"),
    ],
)
def test_a_generous_threshold_still_holds_the_fall_that_mirrors_its_rise(
    percent: int, value: str, expected: str | None
) -> None:
    guards = GuardSettings(price_move_percent=percent)
    push = _price(value, "100.00/100.00")
    assert judge_push(push, first_price_of_kit=False, floor=None, has_table=False, settings=guards) == expected


def test_a_reading_as_long_as_the_last_one_is_never_short() -> None:
    guards = GuardSettings(half_read_percent=100)
    assert judge_reading(100, 100, True, guards) is None
    assert judge_reading(100, 99, True, guards) == "G-202"


def test_floor_looks_at_what_is_paid() -> None:
    assert _judge(_price("20.00/9.89", "20.00/10.00"), floor=Decimal("9.90")) == "G-212"
    assert _judge(_price("20.00/9.90", "20.00/10.00"), floor=Decimal("9.90")) is None


def test_a_kits_first_price_and_tables_at_the_hub_are_held() -> None:
    assert _judge(_price("9.90/9.90", None), kit=True) == "G-213"
    assert _judge(_price("9.90/9.90", "9.80/9.80"), table=True) == "G-214"
    assert _judge(_stock("3", "4"), table=True) == "G-214"


def test_an_approved_first_sync_takes_prices_as_they_are_but_not_under_the_floor() -> None:
    assert _judge(_price("1990.00/1990.00", "19.90/19.90"), first_sync=True) is None
    assert _judge(_price("9.90/9.90", None), kit=True, first_sync=True) is None
    assert _judge(_price("9.90/9.90", None), floor=Decimal(10), first_sync=True) == "G-212"
    assert _judge(_price("9.90/9.90", None), table=True, first_sync=True) == "G-214"


def test_a_fall_of_stock_is_never_held_on_its_own() -> None:
    assert _judge(_stock("0", "5000")) is None


def test_first_sync_holds_everything_of_any_shop() -> None:
    verdict = judge_plan([_stock("3", None)], 1, False, GUARDS)
    assert verdict.held == {"G-221": [0]}
    assert verdict.free == []
    assert judge_plan([], 0, False, GUARDS).held == {}


def test_mass_zero_holds_only_what_goes_to_zero() -> None:
    zeros = [_stock("0", "5", f"Z{n}") for n in range(31)]
    verdict = judge_plan([*zeros, _stock("4", "5", "OK"), _price("9.90/9.90", "9.80/9.80")], 100, True, GUARDS)
    assert verdict.held == {"G-222": list(range(31))}
    assert [push.sku for push in verdict.free] == ["OK", "S"]
    assert verdict.params == {"G-222": {"count": 31, "mapped": 100, "percent": 31, "limit": 30}}
    assert judge_plan(zeros[:30], 100, True, GUARDS).held == {}


def test_zero_sent_again_after_a_lost_answer_is_no_fall() -> None:
    doubts = [_stock("0", "0", f"D{n}") for n in range(80)]
    assert judge_plan(doubts, 100, True, GUARDS).held == {}


def test_too_many_changes_of_one_kind_are_held_the_other_kind_goes() -> None:
    stocks = [_stock("1", "7", f"S{n}") for n in range(61)]
    verdict = judge_plan([*stocks, _price("9.90/9.90", "9.80/9.80", "P")], 100, True, GUARDS)
    assert verdict.held == {"G-223": list(range(61))}
    assert [push.sku for push in verdict.free] == ["P"]
    assert judge_plan(stocks[:60], 100, True, GUARDS).held == {}
    halves = [*stocks[:40], *(_price("9.90/9.90", "9.80/9.80", f"P{n}") for n in range(40))]
    assert judge_plan(halves, 100, True, GUARDS).held == {}


def test_all_prices_times_a_hundred_never_pass_even_among_quiet_stock() -> None:
    prices = [_price("1990.00/1990.00", "19.90/19.90", f"P{n}") for n in range(100)]
    assert judge_plan(prices, 100, True, GUARDS).free == []


def test_a_small_shop_is_left_alone_by_mass_guards() -> None:
    zeros = [_stock("0", "5", f"Z{n}") for n in range(9)]
    assert judge_plan(zeros, 9, True, GUARDS).held == {}
    assert judge_plan([*zeros, _stock("0", "5")], 10, True, GUARDS).held == {"G-222": list(range(10))}


def test_the_first_sync_itself_changes_everything_but_may_not_empty_the_shop() -> None:
    changes = [_stock("1", "7", f"S{n}") for n in range(100)]
    assert judge_plan(changes, 100, True, GUARDS, first_sync=True).held == {}
    zeros = [_stock("0", "7", f"S{n}") for n in range(100)]
    assert list(judge_plan(zeros, 100, True, GUARDS, first_sync=True).held) == ["G-222"]
