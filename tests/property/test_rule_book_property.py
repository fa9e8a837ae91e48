"""The book of rules says of any SKU what laying the rules over each other says, and names the rule that counts."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.rule_book import RuleBook
from otimo_tray.domain.rules import PATTERN_FIELDS, PatternRule, SkuRule, rule_for
from otimo_tray.domain.settings import PriceRules, Settings, StockRules
from otimo_tray.sync.rules import rules_of, rules_text
from tests.property import strategies as given_

SKUS = st.sampled_from(["NIKE-1", "nike-22", "ADIDAS-1", "A[1]", "", "*"])
BRANDS = st.sampled_from(["", "Nike", "NIKE ", "Aço"])
PATTERNS = st.sampled_from(["*", "nike-*", "NIKE-?", "*-1", "a[[]1]", "[an]*", "ADIDAS-1"])
bare = given_.sku_rules.map(lambda rule: SkuRule(**{name: getattr(rule, name) for name in PATTERN_FIELDS}))
rules = st.lists(st.builds(PatternRule, PATTERNS, bare, BRANDS), max_size=4).map(tuple)


@given(SKUS, given_.sku_rules, rules, BRANDS, given_.stock_rules, given_.price_rules)
def test_the_book_says_what_the_rules_say_and_who_said_it(
    sku: str, own: SkuRule, rules: tuple[PatternRule, ...], brand: str, stock: StockRules, price: PriceRules
) -> None:
    settings = Settings(stock_rules=stock, price_rules=price, rules=rules)
    book = RuleBook(settings)
    book.of("other", own)
    found = book.of(sku, own, brand)
    assert found.rule == rule_for(sku, own, rules, brand)
    for told in found.told.values():
        for name, entry in told.items():
            if entry["from"] == "default":
                value: Any = getattr(stock if hasattr(stock, name) else price, name)
                assert getattr(found.rule, name) is None
            elif entry["from"] == "own":
                value = getattr(own, name)
            else:
                fitting = [(rule, getattr(rule.rule, name)) for rule in rules if rule.fits(sku, brand)]
                first, value = next(pair for pair in fitting if pair[1] is not None and pair[1] is not False)
                assert (entry["pattern"], entry.get("brand", "")) == (first.pattern, first.brand)
            shown = "true" if value is True else format(value, "f") if hasattr(value, "quantize") else str(value)
            assert entry["value"] == shown


@given(rules)
def test_rules_written_down_come_back(rules: tuple[PatternRule, ...]) -> None:
    assert rules_of(rules_text(rules)) == rules
