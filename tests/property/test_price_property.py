"""Laws of prices: cents by integer arithmetic, promotional never above list, edges of promotions, the floor."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from otimo_tray.domain.catalogue import Component, ErpItem, SkuMapping
from otimo_tray.domain.guard import judge_push
from otimo_tray.domain.plan import PlannedPush
from otimo_tray.domain.pricing import price_of, round_to_ending, to_cents
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.domain.settings import GuardSettings, PriceRules
from tests.property import strategies as given_

Items = dict[str, ErpItem]


def _cents_half_up(numerator: int, denominator: int) -> int:
    """Cents of a positive amount of `numerator / denominator` BRL: whole numbers only."""
    return (numerator * 200 + denominator) // (denominator * 2)


@given(
    st.integers(1, 10**9),
    st.integers(1, 12),
    st.integers(-900_000, 3_000_000),
)
def test_price_is_half_up_by_integer_arithmetic(tenthousandths: int, units: int, markup: int) -> None:
    """A price of four decimals x units x a markup of four decimals, against integers."""
    item = ErpItem("1", None, Decimal(tenthousandths).scaleb(-4))
    rules = PriceRules(markup_percent=Decimal(markup).scaleb(-4))
    mapping = SkuMapping("SKU", (Component("1", units),))
    plan = price_of(mapping, {"1": item}, NO_RULE, rules, given_.NOON)
    cents = _cents_half_up(tenthousandths * units * (1_000_000 + markup), 10**10)
    if cents == 0:
        assert plan.value is None
        assert plan.reason == "S-312"
    else:
        assert plan.value is not None
        assert int(plan.value.price * 100) == cents
        assert plan.value.price == plan.value.special


@given(st.integers(1, 10**9), st.integers(0, 9_500), st.integers(-5_000, 30_000))
def test_a_margin_is_half_up_by_integer_arithmetic(cents: int, margin: int, markup: int) -> None:
    item = ErpItem("1", None, Decimal(cents).scaleb(-2))
    rules = PriceRules(markup_percent=Decimal(markup).scaleb(-2), margin_percent=Decimal(margin).scaleb(-2))
    plan = price_of(SkuMapping("SKU", (Component("1", 1),)), {"1": item}, NO_RULE, rules, given_.NOON)
    expected = _cents_half_up(cents * (10_000 + markup), 100 * (10_000 - margin))
    assert (0 if plan.value is None else int(plan.value.price * 100)) == expected


@given(st.integers(-(10**12), 10**12))
def test_half_a_cent_goes_away_from_zero(tenths_of_cents: int) -> None:
    rounded = to_cents(Decimal(tenths_of_cents).scaleb(-3))
    magnitude = (abs(tenths_of_cents) + 5) // 10
    assert abs(rounded) == Decimal(magnitude).scaleb(-2)


@given(given_.prices, st.sampled_from(("90", "99")))
def test_an_ending_is_reached_upwards_by_less_than_one(price: Decimal, ending: str) -> None:
    rounded = round_to_ending(price, "90" if ending == "90" else "99")
    cents = to_cents(price)
    assert str(rounded).endswith(f".{ending}")
    assert cents <= rounded < cents + 1
    assert rounded >= price.quantize(Decimal("0.01"), ROUND_CEILING) - Decimal("0.01")
    assert round_to_ending(rounded, "90" if ending == "90" else "99") == rounded


@given(given_.mappings, given_.items, given_.sku_rules, given_.price_rules, given_.moments)
def test_what_is_sent_is_positive_in_cents_and_promotional_at_most_list(
    mapping: SkuMapping, items: Items, rule: SkuRule, defaults: PriceRules, now: datetime
) -> None:
    plan = price_of(mapping, items, rule, defaults, now)
    if plan.value is None:
        assert plan.reason in {"S-311", "S-312"}
        return
    assert 0 < plan.value.special <= plan.value.price
    for amount in (plan.value.price, plan.value.special):
        assert amount.as_tuple().exponent == -2


@given(given_.mappings, given_.items, given_.sku_rules, given_.price_rules, given_.moments, given_.moments)
def test_the_price_changes_by_time_alone_only_at_the_edges_it_names(
    mapping: SkuMapping, items: Items, rule: SkuRule, defaults: PriceRules, now: datetime, later: datetime
) -> None:
    assume(later > now)
    plan = price_of(mapping, items, rule, defaults, now)
    assert plan.next_change is None or plan.next_change > now
    if plan.next_change is None or later < plan.next_change:
        assert price_of(mapping, items, rule, defaults, later).value == plan.value


@given(given_.mappings, given_.items, given_.sku_rules, given_.price_rules, given_.moments)
def test_no_price_under_its_floor_passes_the_guard(
    mapping: SkuMapping, items: Items, rule: SkuRule, defaults: PriceRules, now: datetime
) -> None:
    plan = price_of(mapping, items, rule, defaults, now)
    assume(plan.value is not None)
    assert plan.value is not None
    floor = defaults.floor if rule.floor is None else rule.floor
    push = PlannedPush("SKU", "price", plan.value.text(), None, "changed")
    for first_sync in (False, True):
        guard = judge_push(
            push,
            first_price_of_kit=False,
            floor=floor,
            has_table=False,
            settings=GuardSettings(),
            first_sync=first_sync,
        )
        assert (guard is None) == (floor is None or plan.value.effective >= floor)


@given(given_.mappings, given_.items, given_.price_rules, st.data())
def test_a_higher_erp_price_never_lowers_the_list_price(
    mapping: SkuMapping, items: Items, defaults: PriceRules, data: st.DataObject
) -> None:
    code = data.draw(given_.codes)
    more = data.draw(given_.prices)
    price = items[code].price
    assert price is not None
    before = price_of(mapping, items, NO_RULE, defaults, given_.NOON).value
    dearer = {**items, code: ErpItem(code, None, price + more)}
    after = price_of(mapping, dearer, NO_RULE, defaults, given_.NOON).value
    if before is not None:
        assert after is not None
        assert after.price >= before.price
