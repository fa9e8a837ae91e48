"""Contexts: everything about a SKU in one consistent view, in blocks."""

from __future__ import annotations

from decimal import Decimal

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.store import StateStore
from tests.store.build import NOW, fill, one_to_one, plan, product, push, row


def test_a_context_holds_all_that_its_values_are_made_of(store: StateStore) -> None:
    fill(store, "A")
    kit = SkuMapping("KIT", (Component("A", 3), Component("GONE", 1)))
    store.catalogue.set_mappings([kit], NOW)
    rule = SkuRule(safety_stock=2, floor=Decimal("9.90"))
    store.catalogue.set_rules({"KIT": rule}, NOW)
    store.values.apply(plan(pushes=[push("KIT", "1", guard="G-213")], commitments={"A": 4, "X": 9}))
    [[context]] = store.values.contexts(["KIT"])
    assert context.mapping == SkuMapping("KIT", kit.components, 1, "typed")
    assert context.items == {"A": row("A")}
    assert context.committed == {"A": 4}
    assert context.rule == rule
    assert context.product is None
    assert context.confirmed == {}
    assert context.doubt == frozenset()
    assert context.pending == {"stock": ("1", "held")}


def test_a_plain_context(store: StateStore) -> None:
    fill(store, "A")
    [due] = [push("A", "5")]
    store.values.apply(plan(pushes=[due]))
    store.values.mark_doubt(store.values.due_pushes(["stock"], NOW, 1), NOW)
    [[context]] = store.values.contexts(["A"])
    assert context.product == product("A")
    assert context.rule is NO_RULE
    assert context.doubt == {"stock"}
    assert context.pending == {"stock": ("5", "due")}
    assert context.committed == {}


def test_a_product_that_is_gone_is_no_product(store: StateStore) -> None:
    fill(store, "A")
    store.catalogue.replace_products(iter([]), NOW, complete=True)
    [[context]] = store.values.contexts(["A"])
    assert context.product is None


def test_all_come_in_blocks_each_once_in_order(store: StateStore) -> None:
    skus = [f"S{number:05}" for number in range(2_500)]
    store.catalogue.set_mappings([SkuMapping(sku, (Component(sku, 1), Component("PART", 2))) for sku in skus], NOW)
    blocks = list(store.values.contexts(None))
    assert [len(block) for block in blocks] == [1_000, 1_000, 500]
    assert [context.mapping.sku for block in blocks for context in block] == skus
    assert all(len(context.mapping.components) == 2 for block in blocks for context in block)


def test_asked_for_some_only_mapped_ones_come(store: StateStore) -> None:
    store.catalogue.set_mappings([one_to_one(f"S{number:05}") for number in range(1_500)], NOW)
    wanted = [f"S{number:05}" for number in range(1_400, 1_600)] * 2
    found = [context.mapping.sku for block in store.values.contexts(wanted) for context in block]
    assert found == [f"S{number:05}" for number in range(1_400, 1_500)]
    assert list(store.values.contexts([])) == []
    assert list(store.values.contexts(["unknown"])) == []


def test_codes_with_quotes_and_other_letters(store: StateStore) -> None:
    strange = ["O'Brien", 'say "A"', "back\\slash", "ação", "👕", "001", "a,b", "[x]"]
    fill(store, *strange)
    found = {context.mapping.sku for block in store.values.contexts(strange) for context in block}
    assert found == set(strange)
    assert all(context.items for block in store.values.contexts(None) for context in block)
