"""Prices on the cases a shop meets, and the field's classic mistakes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

import pytest

from otimo_tray.domain.catalogue import Component, ErpItem, SkuMapping
from otimo_tray.domain.plan import PriceValue
from otimo_tray.domain.pricing import PricePlan, next_edge, price_of, round_to_ending, to_cents
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.domain.settings import PriceRules

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
D = Decimal


def _price(*items: tuple[ErpItem, int], rule: SkuRule = NO_RULE, defaults: PriceRules | None = None) -> PricePlan:
    mapping = SkuMapping("SKU", tuple(Component(item.erp_code, units) for item, units in items))
    known = {item.erp_code: item for item, _ in items}
    return price_of(mapping, known, rule, defaults or PriceRules(), NOW)


def _item(price: str | None, code: str = "A", **promo: object) -> ErpItem:
    amount = promo.get("promo")
    start, end = promo.get("start"), promo.get("end")
    assert start is None or isinstance(start, datetime)
    assert end is None or isinstance(end, datetime)
    return ErpItem(
        code, None, None if price is None else D(price), None if amount is None else D(str(amount)), start, end
    )


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("2.675", "2.68"), ("0.125", "0.13"), ("0.005", "0.01"), ("1.0049", "1.00"), ("-0.125", "-0.13")],
)
def test_half_a_cent_goes_up_where_half_even_would_not(amount: str, expected: str) -> None:
    assert to_cents(D(amount)) == D(expected)


@pytest.mark.parametrize(
    ("amount", "rounding", "expected"),
    [
        ("49.90", "90", "49.90"),
        ("49.91", "90", "50.90"),
        ("49.89", "90", "49.90"),
        ("0.01", "90", "0.90"),
        ("10", "99", "10.99"),
        ("10.995", "99", "11.99"),
        ("10.994", "99", "10.99"),
        ("10.994", "none", "10.99"),
    ],
)
def test_endings(amount: str, rounding: Literal["none", "90", "99"], expected: str) -> None:
    assert round_to_ending(D(amount), rounding) == D(expected)


def test_kit_sums_components_and_rounds_once() -> None:
    plan = _price((_item("0.333", "A"), 3), (_item("1.003", "B"), 1))
    assert plan.value == PriceValue(D("2.00"), D("2.00"))  # 0.999 + 1.003, not 0.99 + 1.00 nor 1.02


def test_markup_then_rounding() -> None:
    plan = _price((_item("100"), 1), defaults=PriceRules(markup_percent=D("12.5"), rounding="90"))
    assert plan.value == PriceValue(D("112.90"), D("112.90"))
    own = _price(
        (_item("100"), 1),
        rule=SkuRule(markup_percent=D(0), rounding="none"),
        defaults=PriceRules(markup_percent=D("12.5"), rounding="90"),
    )
    assert own.value == PriceValue(D("100.00"), D("100.00"))


def test_a_margin_is_of_the_price_that_comes_out() -> None:
    """Of R$ 110,00 the channel keeps 16 %: R$ 17,60, and R$ 92,40 are left."""
    plan = _price((_item("84", promo="42"), 1), defaults=PriceRules(markup_percent=D(10), margin_percent=D(16)))
    assert plan.value == PriceValue(D("110.00"), D("55.00"))
    own = _price((_item("84"), 1), rule=SkuRule(margin_percent=D(0)), defaults=PriceRules(margin_percent=D(16)))
    assert own.value == PriceValue(D("84.00"), D("84.00"))
    assert _price((_item("84"), 1), rule=SkuRule(margin_percent=D(100))).reason == "S-312"


@pytest.mark.parametrize("price", [None, "0", "-1", "NaN"])
def test_a_component_without_a_price_sends_nothing(price: str | None) -> None:
    plan = _price((_item("5", "A"), 1), (_item(price, "B"), 1))
    assert plan.value is None
    assert (plan.reason, plan.params) == ("S-311", {"sku": "SKU", "erp_code": "B"})


def test_a_price_that_rounds_to_nothing_is_never_sent() -> None:
    assert _price((_item("0.004"), 1)).reason == "S-312"
    assert _price((_item("10"), 1), rule=SkuRule(markup_percent=D(-100))).reason == "S-312"
    assert _price((_item("10"), 1), rule=SkuRule(own_price=D(0))).reason == "S-312"
    assert _price((_item("10"), 1), rule=SkuRule(own_special_price=D("0.004"))).reason == "S-312"
    assert _price((_item("10", promo="0.004"), 1)).reason == "S-312"
    assert _price((_item("0.005"), 1)).value == PriceValue(D("0.01"), D("0.01"))


def test_promotion_runs_from_its_start_to_before_its_end() -> None:
    running = _price((_item("100", promo="80", start=NOW, end=NOW + HOUR), 1))
    assert running.value == PriceValue(D("100.00"), D("80.00"))
    assert running.next_change == NOW + HOUR
    assert running.explanation["promotion"] is True
    coming = _price((_item("100", promo="80", start=NOW + HOUR, end=NOW + 2 * HOUR), 1))
    assert coming.value == PriceValue(D("100.00"), D("100.00"))
    assert coming.next_change == NOW + HOUR
    assert coming.explanation["promotion"] is False
    over = _price((_item("100", promo="80", start=NOW - HOUR, end=NOW), 1))
    assert over.value == PriceValue(D("100.00"), D("100.00"))
    assert over.next_change is None


@pytest.mark.parametrize("promo", ["100", "120", "0", "-5"])
def test_a_promotion_that_is_none_changes_nothing(promo: str) -> None:
    plan = _price((_item("100", promo=promo, end=NOW + HOUR), 1))
    assert plan.value == PriceValue(D("100.00"), D("100.00"))
    assert plan.next_change is None


def test_promotion_of_one_component_lowers_the_kit() -> None:
    plan = _price((_item("100", "A", promo="80"), 2), (_item("10", "B"), 1))
    assert plan.value == PriceValue(D("210.00"), D("170.00"))


def test_markup_and_rounding_apply_to_the_promotion_too_never_above_list() -> None:
    rules = PriceRules(markup_percent=D(10), rounding="90")
    plan = _price((_item("100", promo="99.5"), 1), defaults=rules)
    assert plan.value == PriceValue(D("110.90"), D("109.90"))


def test_own_price_leaves_the_erp_out() -> None:
    rule = SkuRule(own_price=D("59.999"))
    plan = _price((_item(None, promo="1"), 1), rule=rule, defaults=PriceRules(markup_percent=D(50), rounding="90"))
    assert plan.value == PriceValue(D("60.00"), D("60.00"))
    assert plan.next_change is None


def test_own_special_price_has_its_dates_and_stays_under_the_list() -> None:
    rule = SkuRule(own_special_price=D("70"), special_from=NOW - HOUR, special_until=NOW + HOUR)
    plan = _price((_item("100"), 1), rule=rule)
    assert plan.value == PriceValue(D("100.00"), D("70.00"))
    assert plan.next_change == NOW + HOUR
    dear = _price((_item("60"), 1), rule=rule)
    assert dear.value == PriceValue(D("60.00"), D("60.00"))


def test_the_floor_changes_no_price_and_is_explained() -> None:
    plan = _price((_item("5"), 1), rule=SkuRule(floor=D("9.90")))
    assert plan.value == PriceValue(D("5.00"), D("5.00"))
    assert plan.explanation["floor"] == "9.90"
    assert plan.explanation["components"] == [{"erp_code": "A", "units": 1, "price": "5", "selling": "5"}]


def test_edges_of_empty_windows_are_none() -> None:
    assert next_edge([(NOW + 2 * HOUR, NOW + HOUR)], NOW) is None
    assert next_edge([(NOW + HOUR, NOW + HOUR)], NOW) is None
    assert next_edge([(None, NOW + HOUR), (NOW + 3 * HOUR, None), (None, None)], NOW) == NOW + HOUR
