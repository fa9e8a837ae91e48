"""Laws of what may be sold: never negative, never above what the ERP holds, monotone in each input."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.availability import available, units_by_code
from otimo_tray.domain.catalogue import Component, ErpItem, SkuMapping
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import StockRules
from tests.property import strategies as given_

Items = dict[str, ErpItem]
one_case = given(given_.mappings, given_.items, given_.committed, given_.sku_rules, given_.stock_rules, st.data())


@one_case
def test_never_negative_and_never_above_the_erp(
    mapping: SkuMapping,
    items: Items,
    committed: dict[str, int],
    rule: SkuRule,
    defaults: StockRules,
    data: st.DataObject,
) -> None:
    del data
    result = available(mapping, items, committed, rule, defaults)
    assert result.quantity >= 0
    # All components together: what selling everything announced takes out of the ERP was there, not sold already.
    for code, units in units_by_code(mapping).items():
        balance = items[code].balance
        assert balance is not None
        if result.quantity:
            assert result.quantity * units <= balance - committed.get(code, 0)


@one_case
def test_more_balance_never_means_less(
    mapping: SkuMapping,
    items: Items,
    committed: dict[str, int],
    rule: SkuRule,
    defaults: StockRules,
    data: st.DataObject,
) -> None:
    code = data.draw(given_.codes)
    more = data.draw(st.decimals(min_value=0, max_value=100, places=3))
    balance = items[code].balance
    assert balance is not None
    richer = {**items, code: items[code]._replace(balance=balance + more)}
    before = available(mapping, items, committed, rule, defaults).quantity
    after = available(mapping, richer, committed, rule, defaults).quantity
    assert after >= before
    assert after - before <= more + 1


@one_case
def test_more_commitments_safety_or_units_never_mean_more(
    mapping: SkuMapping,
    items: Items,
    committed: dict[str, int],
    rule: SkuRule,
    defaults: StockRules,
    data: st.DataObject,
) -> None:
    before = available(mapping, items, committed, rule, defaults).quantity
    code, extra = data.draw(given_.codes), data.draw(st.integers(0, 40))

    taken = {**committed, code: committed.get(code, 0) + extra}
    assert available(mapping, items, taken, rule, defaults).quantity <= before

    safer = replace(rule, safety_stock=(rule.safety_stock or max(defaults.safety_stock, 0)) + extra)
    assert available(mapping, items, committed, safer, defaults).quantity <= before

    share = defaults.safety_percent if rule.safety_percent is None else rule.safety_percent
    shared = replace(rule, safety_percent=share + Decimal(extra))
    assert available(mapping, items, committed, shared, defaults).quantity <= before

    bigger = SkuMapping(mapping.sku, (*mapping.components, Component(code, extra + 1)))
    assert available(bigger, items, committed, rule, defaults).quantity <= before


@one_case
def test_a_cap_only_lowers_and_a_higher_cap_never_lowers_more(
    mapping: SkuMapping,
    items: Items,
    committed: dict[str, int],
    rule: SkuRule,
    defaults: StockRules,
    data: st.DataObject,
) -> None:
    low, step = data.draw(st.integers(-5, 200)), data.draw(st.integers(0, 200))
    uncapped = available(
        mapping, items, committed, replace(rule, max_announced=None), replace(defaults, max_announced=None)
    )
    capped = available(mapping, items, committed, replace(rule, max_announced=low), defaults)
    looser = available(mapping, items, committed, replace(rule, max_announced=low + step), defaults)
    assert capped.quantity <= looser.quantity <= uncapped.quantity
    assert capped.quantity <= max(low, 0)
    if rule.stop_selling:
        assert uncapped.quantity == 0


@given(given_.mappings, given_.items, given_.committed)
def test_without_rules_it_is_the_formula(mapping: SkuMapping, items: Items, committed: dict[str, int]) -> None:
    """Against the formula of PRODUCT.md in exact fractions."""
    result = available(mapping, items, committed, SkuRule(), StockRules())
    possible: list[int] = []
    for code, units in units_by_code(mapping).items():
        numerator, denominator = (items[code].balance or Decimal(0)).as_integer_ratio()
        possible.append((numerator - committed.get(code, 0) * denominator) // (denominator * units))
    assert result.quantity == max(0, min(possible))
