"""Many small plans in a row never pass what one of them would be held for; and a good day is never held."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.guard import Change, judge_plan, judge_push, price_moves_too_far
from otimo_tray.domain.plan import Kind, PlannedPush, PriceValue, StockValue, value_from_text
from otimo_tray.domain.settings import GuardSettings

Key = tuple[str, Kind]
MAPPED = 40
SKUS = [f"SKU-{number}" for number in range(MAPPED)]
values = st.sampled_from(
    [StockValue(0), StockValue(7), *(PriceValue(Decimal(p), Decimal(p)) for p in ("8.00", "10.00", "12.50"))]
)
plans = st.lists(st.lists(st.tuples(st.sampled_from(SKUS), values), max_size=12), min_size=1, max_size=25)
settings = st.builds(
    GuardSettings,
    zero_percent=st.integers(5, 60),
    price_move_percent=st.integers(10, 60),
    changes_percent=st.integers(5, 80),
    far_prices_percent=st.just(100),
    minimum_items=st.integers(2, 12),
)


@given(plans, settings)
def test_small_plans_together_stay_under_the_bounds_of_one(
    plans: list[list[tuple[str, StockValue | PriceValue]]], guards: GuardSettings
) -> None:
    shown: dict[Key, str] = {(sku, "stock"): "7" for sku in SKUS}
    shown |= {(sku, "price"): "10.00/10.00" for sku in SKUS}
    began, recent = dict(shown), list[Change]()
    for plan in plans:
        wanted: dict[Key, str] = {}
        for sku, value in plan:
            wanted[sku, "stock" if isinstance(value, StockValue) else "price"] = value.text()
        pushes = [
            PlannedPush(sku, kind, value, shown[sku, kind], "changed")
            for (sku, kind), value in wanted.items()
            if shown[sku, kind] != value
        ]
        for place, push in enumerate(pushes):
            guard = judge_push(push, first_price_of_kit=False, floor=None, has_table=False, settings=guards)
            pushes[place] = replace(push, guard=guard)
        for push in judge_plan(pushes, MAPPED, True, guards, recent=recent).free:
            recent.append(Change(push.sku, push.kind, push.value, push.previous))
            shown[push.sku, push.kind] = push.value
        zeros = sum(1 for (_, kind), value in shown.items() if kind == "stock" and value == "0")
        assert zeros <= max(guards.minimum_items, MAPPED * guards.zero_percent / 100)
        moved = sum(1 for key, value in shown.items() if key[1] == "price" and value != began[key])
        assert moved <= max(guards.minimum_items, MAPPED * guards.changes_percent / 100)
        for key, value in shown.items():
            old, new = value_from_text(key[1], began[key]), value_from_text(key[1], value)
            if isinstance(old, PriceValue) and isinstance(new, PriceValue):
                assert not price_moves_too_far(old.effective, new.effective, guards.price_move_percent)


@given(st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 50)), max_size=60))
def test_a_day_of_sales_is_never_held_however_many_skus_it_lowers(sales: list[tuple[str, int]]) -> None:
    recent: list[Change] = []
    for sku, quantity in sales:
        push = PlannedPush(sku, "stock", str(quantity), "51", "changed")
        assert judge_plan([push], MAPPED, True, GuardSettings(), recent=recent).free == [push]
        recent.append(Change(sku, "stock", push.value, push.previous))
