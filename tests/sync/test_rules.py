"""Rules by pattern and brand in the whole engine: a changed one is exactly the PUTs of the SKUs it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.settings import StockRules
from otimo_tray.sync.explain import explain
from otimo_tray.sync.rules import FACT_PATTERNS, brands, fitting, rules_of, rules_text
from tests.exports.shop import Shop

TENS = PatternRule("p01?", SkuRule(safety_stock=1))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Sixty SKUs P000 … P059 in step; P000 … P004 are of a brand."""
    found = Shop(tmp_path)
    for number in range(5):
        code = f"P{number:03}"
        found.hub.shown[code] = replace(found.hub.shown[code], brand="Aço Forte")
    found.sync(found.rows)
    found.hub.sent.clear()
    yield found
    found.close()


def change(shop: Shop, *rules: PatternRule) -> set[str]:
    """Other pattern rules; answers the SKUs that were sent in the next cycle."""
    shop.settings = replace(shop.settings, rules=rules)
    shop.hub.sent.clear()
    shop.run()
    return {sku for sku, _ in shop.hub.sent}


def computed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SKUs whose contexts are read from now on."""
    seen: list[str] = []
    original = shop.store.values.contexts

    def contexts(skus: list[str] | None) -> Iterator[list[object]]:
        for block in original(skus):
            seen.extend(entry.mapping.sku for entry in block)
            yield list(block)

    monkeypatch.setattr(shop.store.values, "contexts", contexts)
    return seen


def test_a_new_changed_and_dropped_rule_are_the_puts_of_the_skus_that_fit(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tens = {f"P01{digit}" for digit in range(10)}
    seen = computed(shop, monkeypatch)
    assert change(shop, TENS) == tens
    assert set(seen) == tens, "no other SKU was even computed"
    assert change(shop, TENS) == set()
    seen.clear()
    only = PatternRule("P015", SkuRule(safety_stock=3))
    assert change(shop, only, TENS) == {"P015"}
    assert set(seen) == {"P015"}
    assert change(shop, TENS, only) == {"P015"}, "the first in the list wins"
    assert change(shop) == tens
    seen.clear()
    assert change(shop) == set()
    assert seen == []


def test_a_quiet_cycle_marks_nothing_and_writes_no_fact(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    change(shop, TENS)

    def fail(*told: object) -> None:
        pytest.fail(f"written: {told}")

    monkeypatch.setattr(shop.store.facts, "set", fail)
    monkeypatch.setattr(shop.store.values, "mark_dirty", fail)
    assert change(shop, TENS) == set()


def test_a_rule_by_brand_follows_the_hubs_catalogue(shop: Shop) -> None:
    rule = PatternRule("*", SkuRule(stop_selling=True), brand="AÇO forte")
    assert change(shop, rule) == {"P000", "P001", "P002", "P003", "P004"}
    assert fitting(shop.store, rule).count == 5
    assert brands(shop.store) == ["Aço Forte"]
    shop.hub.shown["P030"] = replace(shop.hub.shown["P030"], brand="aço forte")
    shop.clock.advance(hours=25)
    assert change(shop, rule) == {"P030"}, "the catalogue, read once a day, says another brand"


def test_a_skus_own_rule_wins_and_the_patterns_fill_it_up(shop: Shop) -> None:
    own = SkuRule(safety_stock=0, markup_percent=Decimal(5))
    shop.store.catalogue.set_rules({"P010": own}, shop.clock.now())
    change(shop, TENS, PatternRule("*0", SkuRule(max_announced=2, markup_percent=Decimal(9))))
    rows = {row[0]: int(row[2]) for row in shop.rows}
    assert shop.hub.shown["P010"].quantity == min(2, rows["P010"])
    assert shop.hub.shown["P011"].quantity == rows["P011"] - 1


def test_explain_and_audit_name_the_rule_of_each_number(shop: Shop) -> None:
    shop.settings = replace(shop.settings, stock_rules=StockRules(max_announced=1000))
    shop.store.catalogue.set_rules({"P011": SkuRule(floor=Decimal("5.50"))}, shop.clock.now())
    change(shop, TENS)
    told = explain(shop.store, shop.settings, shop.erp.parse_row, "P011", shop.clock.now())
    stock, price = (value.numbers.get("rules") for value in told.values)
    assert stock == {
        "safety_stock": {"value": "1", "from": "pattern", "pattern": "p01?"},
        "max_announced": {"value": "1000", "from": "default"},
    }
    assert price == {"floor": {"value": "5.50", "from": "own"}}
    sent = next(shop.store.audit.sent(sku="P011"))
    assert sent.basis["rules"] == stock
    assert fitting(shop.store, TENS, limit=3) == fitting(shop.store, TENS, limit=3)
    assert fitting(shop.store, TENS, limit=3).some == ("P010", "P011", "P012")


def test_rules_that_cannot_be_read_back_compute_everything(shop: Shop) -> None:
    change(shop, TENS)
    shop.store.facts.set(FACT_PATTERNS, "nonsense")
    assert change(shop, TENS) == set(), "all computed anew, and all was right"
    assert rules_of(shop.store.facts.get(FACT_PATTERNS)) == (TENS,)


def test_rules_as_text_come_back() -> None:
    rules = (
        PatternRule("A*", SkuRule(1, Decimal("2.5"), 3, stop_selling=True), "Marca"),
        PatternRule("é?", SkuRule(markup_percent=Decimal("-1.10"), rounding="90", floor=Decimal("0.01"))),
    )
    assert rules_of(rules_text(rules)) == rules
    assert rules_of(rules_text(())) == rules_of(None) == ()
