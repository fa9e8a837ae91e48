"""Laws of plans: applied twice is empty; a guard never lets through what it was set to hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.availability import available
from otimo_tray.domain.catalogue import ErpItem, SkuMapping
from otimo_tray.domain.guard import judge_plan, judge_push, judge_reading
from otimo_tray.domain.plan import Kind, PlannedPush, PriceValue, StockValue, value_from_text
from otimo_tray.domain.pricing import price_of
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import GuardSettings, PriceRules, StockRules
from tests.property import strategies as given_

Items = dict[str, ErpItem]
Confirmed = dict[tuple[str, Kind], str]

cents = st.integers(1, 500_000).map(lambda value: Decimal(value).scaleb(-2))
price_texts = st.tuples(cents, cents).map(lambda pair: PriceValue(max(pair), min(pair)).text())
stock_texts = st.sampled_from(("0", "0", "1", "5", "120"))
guard_settings = st.builds(
    GuardSettings,
    half_read_percent=st.integers(1, 99),
    zero_percent=st.integers(0, 100),
    price_move_percent=st.integers(0, 300),
    changes_percent=st.integers(0, 100),
    minimum_items=st.integers(0, 20),
)
pushes_of_stock = st.builds(
    PlannedPush, st.just("S"), st.just("stock"), stock_texts, st.none() | stock_texts, st.just("changed")
)
pushes_of_price = st.builds(
    PlannedPush, st.just("P"), st.just("price"), price_texts, st.none() | price_texts, st.just("changed")
)
plans = st.lists(pushes_of_stock | pushes_of_price, max_size=60).map(
    lambda pushes: [replace(push, sku=f"SKU-{index}") for index, push in enumerate(pushes)]
)


def _wanted(
    mappings: list[SkuMapping], items: Items, committed: dict[str, int], rule: SkuRule, now: datetime
) -> Confirmed:
    wanted: Confirmed = {}
    for mapping in mappings:
        stock = available(mapping, items, committed, rule, StockRules())
        wanted[mapping.sku, "stock"] = StockValue(stock.quantity).text()
        price = price_of(mapping, items, rule, PriceRules(), now).value
        if price is not None:
            wanted[mapping.sku, "price"] = price.text()
    return wanted


def _plan(wanted: Confirmed, confirmed: Confirmed) -> list[PlannedPush]:
    return [
        PlannedPush(sku, kind, value, confirmed.get((sku, kind)), "changed")
        for (sku, kind), value in wanted.items()
        if confirmed.get((sku, kind)) != value
    ]


@given(
    st.lists(given_.mappings, min_size=1, max_size=8),
    given_.items,
    given_.items,
    given_.committed,
    given_.sku_rules,
    given_.moments,
)
def test_a_plan_applied_twice_is_empty(
    mappings: list[SkuMapping],
    before: Items,
    items: Items,
    committed: dict[str, int],
    rule: SkuRule,
    now: datetime,
) -> None:
    """Compute, let the hub confirm the text, compute again from the same: nothing is left to send."""
    named = [replace(mapping, sku=f"SKU-{index}") for index, mapping in enumerate(mappings)]
    confirmed = _wanted(named, before, {}, rule, now)
    first = _plan(_wanted(named, items, committed, rule, now), confirmed)
    for push in first:
        assert push.previous != push.value
        confirmed[push.sku, push.kind] = value_from_text(push.kind, push.value).text()
    assert _plan(_wanted(named, items, committed, rule, now), confirmed) == []


@given(pushes_of_price, guard_settings)
def test_a_price_that_moves_too_far_is_held(push: PlannedPush, settings: GuardSettings) -> None:
    """The move in exact fractions, apart from the shipped arithmetic."""
    guard = judge_push(push, first_price_of_kit=False, floor=None, has_table=False, settings=settings)
    if push.previous is None:
        assert guard is None
        return
    old = value_from_text("price", push.previous)
    new = value_from_text("price", push.value)
    assert isinstance(old, PriceValue)
    assert isinstance(new, PriceValue)
    move = abs(Fraction(new.effective) / Fraction(old.effective) - 1) * 100
    if move > settings.price_move_percent:
        assert guard == "G-211"
    elif settings.price_move_percent < 100:
        assert guard is None


@given(st.integers(2, 1_000), st.integers(1, 10_000_000), st.integers(0, 5_000))
def test_no_threshold_lets_a_price_divided_by_a_hundred_through(divisor: int, cents_before: int, percent: int) -> None:
    """However generous the threshold: a fall to less than its inverse is held."""
    old, new = Decimal(cents_before), Decimal(max(cents_before // divisor, 1))
    push = PlannedPush("P", "price", PriceValue(new, new).text(), PriceValue(old, old).text(), "changed")
    settings = GuardSettings(price_move_percent=percent)
    guard = judge_push(push, first_price_of_kit=False, floor=None, has_table=False, settings=settings)
    if percent >= 100 and Fraction(old) / Fraction(new) > 1 + Fraction(percent, 100):
        assert guard == "G-211"


@given(plans, st.integers(0, 80), guard_settings, st.booleans())
def test_mass_guards_let_nothing_through_above_their_thresholds(
    pushes: list[PlannedPush], mapped: int, settings: GuardSettings, first_sync: bool
) -> None:
    verdict = judge_plan(pushes, mapped, True, settings, first_sync=first_sync)
    assert [replace(push, guard=None) for push in verdict.pushes] == pushes
    free = verdict.free
    if mapped >= settings.minimum_items:
        zeros = [push for push in free if push.kind == "stock" and push.value == "0" and push.previous != "0"]
        assert len(zeros) * 100 <= mapped * settings.zero_percent
        for kind in () if first_sync else ("stock", "price"):
            changed = [
                push for push in free if push.kind == kind and push.previous is not None and push.previous != push.value
            ]
            assert len(changed) * 100 <= mapped * settings.changes_percent
    else:
        assert free == pushes
    positions = sorted(index for held in verdict.held.values() for index in held)
    assert positions == [index for index, push in enumerate(verdict.pushes) if push.guard is not None]
    for guard, held in verdict.held.items():
        assert all(verdict.pushes[index].guard == guard for index in held)
        assert verdict.params[guard]["mapped"] == mapped


@given(plans, st.integers(0, 80), guard_settings)
def test_nothing_goes_before_the_first_sync_is_approved(
    pushes: list[PlannedPush], mapped: int, settings: GuardSettings
) -> None:
    verdict = judge_plan(pushes, mapped, False, settings)
    assert verdict.free == []
    assert set(verdict.held) <= {"G-221"}


@given(plans, st.integers(0, 80), guard_settings, st.booleans(), st.data())
def test_an_item_held_on_its_own_stays_held_by_its_own_guard(
    pushes: list[PlannedPush], mapped: int, settings: GuardSettings, approved: bool, data: st.DataObject
) -> None:
    marks = [data.draw(st.sampled_from((None, "G-211", "G-212"))) for _ in pushes]
    marked = [replace(push, guard=mark) for push, mark in zip(pushes, marks, strict=True)]
    verdict = judge_plan(marked, mapped, approved, settings)
    for mark, push in zip(marks, verdict.pushes, strict=True):
        assert mark is None or push.guard == mark


@given(st.none() | st.integers(0, 100_000), st.integers(0, 100_000), st.booleans(), guard_settings)
def test_a_short_full_reading_never_passes(
    previous: int | None, rows: int, full: bool, settings: GuardSettings
) -> None:
    guard = judge_reading(previous, rows, full, settings)
    if not full:
        assert guard is None
    elif rows == 0:
        assert guard == "G-201"
    elif previous is not None and previous >= max(settings.minimum_items, 1) and rows < previous:
        share = Fraction(rows * 100, previous)
        assert (guard == "G-202") == (share <= settings.half_read_percent)
    else:
        assert guard is None
