"""What may be sold, on the cases a shop meets."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from otimo_tray.domain.availability import available, safety_units
from otimo_tray.domain.catalogue import Component, ErpItem, SkuMapping
from otimo_tray.domain.rules import NO_RULE, PatternRule, SkuRule, overlay, rule_for
from otimo_tray.domain.settings import StockRules
from otimo_tray.errors import RowRefused


def _item(code: str, balance: str | None) -> ErpItem:
    return ErpItem(code, None if balance is None else Decimal(balance), Decimal("10.00"))


def _mapping(*parts: tuple[str, int]) -> SkuMapping:
    return SkuMapping("KIT", tuple(Component(code, units) for code, units in parts))


@pytest.mark.parametrize(
    ("balance", "units", "committed", "rule", "expected"),
    [
        ("14", 1, 2, NO_RULE, 12),
        ("10", 3, 0, NO_RULE, 3),
        ("10", 3, 2, NO_RULE, 2),
        ("-3", 1, 0, NO_RULE, 0),
        ("12.5", 1, 0, NO_RULE, 12),
        ("2.999", 3, 0, NO_RULE, 0),
        ("40000", 1, 0, NO_RULE, 40_000),
        ("5", 1, 9, NO_RULE, 0),
        ("10", 1, 0, SkuRule(safety_stock=4), 6),
        ("10", 3, 0, SkuRule(safety_stock=4), 2),
        ("15", 1, 0, SkuRule(safety_percent=Decimal(10)), 13),  # 1.5 kept back is 2 whole units
        ("15", 1, 0, SkuRule(safety_percent=Decimal(10), safety_stock=5), 10),
        ("15", 1, 0, SkuRule(safety_percent=Decimal(250)), 0),
        ("15", 1, 0, SkuRule(safety_stock=-7, safety_percent=Decimal(-50)), 15),
        ("100", 1, 0, SkuRule(max_announced=20), 20),
        ("100", 1, 0, SkuRule(max_announced=-1), 0),
        ("100", 1, 0, SkuRule(stop_selling=True, max_announced=20), 0),
    ],
)
def test_one_component(balance: str, units: int, committed: int, rule: SkuRule, expected: int) -> None:
    result = available(_mapping(("A", units)), {"A": _item("A", balance)}, {"A": committed}, rule, StockRules())
    assert result.quantity == expected


def test_kit_is_as_many_as_its_scarcest_component_and_says_which() -> None:
    items = {"A": _item("A", "10"), "B": _item("B", "7"), "C": _item("C", "99")}
    result = available(_mapping(("A", 1), ("B", 3), ("C", 2)), items, {"A": 3}, NO_RULE, StockRules())
    assert (result.quantity, result.limiting_code, result.capped_by) == (2, "B", None)
    assert [part.possible for part in result.parts] == [7, 2, 49]
    assert result.explanation()["components"][0] == {
        "erp_code": "A",
        "balance": "10",
        "committed": 3,
        "safety": 0,
        "units": 1,
        "possible": 7,
    }


def test_a_code_listed_twice_in_a_kit_is_taken_twice() -> None:
    result = available(_mapping(("A", 1), ("A", 2)), {"A": _item("A", "8")}, {}, NO_RULE, StockRules())
    assert result.quantity == 2  # 2 x (1 + 2) = 6 of 8


def test_cap_is_named_only_where_it_decides() -> None:
    defaults = StockRules(max_announced=5)
    plenty = available(_mapping(("A", 1)), {"A": _item("A", "50")}, {}, NO_RULE, defaults)
    few = available(_mapping(("A", 1)), {"A": _item("A", "5")}, {}, NO_RULE, defaults)
    stopped = available(_mapping(("A", 1)), {"A": _item("A", "5")}, {}, SkuRule(stop_selling=True), defaults)
    assert (plenty.quantity, plenty.capped_by) == (5, "max_announced")
    assert (few.quantity, few.capped_by) == (5, None)
    assert (stopped.quantity, stopped.capped_by, stopped.limiting_code) == (0, "stop_selling", None)


@pytest.mark.parametrize("items", [{}, {"A": _item("A", None)}, {"A": _item("A", "NaN")}])
def test_a_component_without_balance_is_refused_not_guessed(items: dict[str, ErpItem]) -> None:
    with pytest.raises(RowRefused) as caught:
        available(_mapping(("A", 1)), items, {}, NO_RULE, StockRules())
    assert caught.value.code == "S-301"
    assert caught.value.params == {"sku": "KIT", "erp_code": "A"}


@pytest.mark.parametrize("mapping", [_mapping(), _mapping(("A", 0)), _mapping(("A", 2), ("A", -1))])
def test_a_broken_mapping_is_refused(mapping: SkuMapping) -> None:
    with pytest.raises(RowRefused) as caught:
        available(mapping, {"A": _item("A", "5")}, {}, NO_RULE, StockRules())
    assert caught.value.code == "S-302"


def test_the_skus_own_safety_goes_before_the_default_field_by_field() -> None:
    defaults = StockRules(safety_stock=3, safety_percent=Decimal(50))
    assert safety_units(10, NO_RULE, defaults) == 5
    assert safety_units(10, SkuRule(safety_percent=Decimal(0)), defaults) == 3
    assert safety_units(10, SkuRule(safety_percent=Decimal(0), safety_stock=0), defaults) == 0
    assert safety_units(-10, NO_RULE, defaults) == 3


def test_pattern_rules_fill_what_the_sku_leaves_open() -> None:
    patterns = [
        PatternRule("nike-*", SkuRule(safety_stock=2, max_announced=9)),
        PatternRule("*", SkuRule(safety_stock=7, markup_percent=Decimal(5))),
        PatternRule("ADIDAS-*", SkuRule(stop_selling=True)),
    ]
    rule = rule_for("NIKE-42", SkuRule(max_announced=1), patterns)
    assert (rule.safety_stock, rule.max_announced, rule.markup_percent) == (2, 1, Decimal(5))
    assert not rule.stop_selling
    assert rule_for("adidas-1", NO_RULE, patterns).stop_selling


def test_a_special_price_takes_its_own_dates_along() -> None:
    noon = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    general = SkuRule(own_special_price=Decimal(5), special_from=noon, special_until=noon)
    own = SkuRule(own_special_price=Decimal(8))
    merged = overlay(own, general)
    assert (merged.own_special_price, merged.special_from, merged.special_until) == (Decimal(8), None, None)
    assert overlay(NO_RULE, general) == general
