"""The hub's SKUs as last read, what isn't there, and single rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.errors import HubAway
from otimo_tray.store import StateStore
from tests.store.build import NOW, confirmed, fill, one_to_one, plan, product, row
from tests.store.conftest import Rows

LATER = NOW + timedelta(days=1)


def test_a_product_comes_back_as_it_was(store: StateStore) -> None:
    full = HubProduct("A-P", "9f", "Camiseta \u00e7", "789", 4, Decimal("59.90"), Decimal("49.90"), 1, "A", True, True)
    bare = HubProduct("B", "")
    assert store.catalogue.replace_products(iter([full, bare]), NOW, complete=True) == 2
    assert store.catalogue.product("A-P") == full
    assert store.catalogue.product("B") == bare
    assert store.catalogue.product("C") is None


def test_only_new_ones_count_and_missing_ones_are_gone(store: StateStore) -> None:
    store.catalogue.replace_products(iter([product("A"), product("B")]), NOW, complete=True)
    assert store.catalogue.replace_products(iter([product("B"), product("C")]), NOW, complete=True) == 1
    assert store.catalogue.product("A") is None
    assert store.catalogue.replace_products(iter([product("A")]), LATER, complete=False) == 1
    assert store.catalogue.counts()["products"] == 3


def test_a_reading_that_breaks_off_makes_nothing_gone(store: StateStore) -> None:
    store.catalogue.replace_products(iter([product("A"), product("B")]), NOW, complete=True)

    def broken() -> Iterator[HubProduct]:
        yield product("B")
        raise HubAway

    with pytest.raises(HubAway):
        store.catalogue.replace_products(broken(), LATER, complete=True)
    assert store.catalogue.counts()["products"] == 2


def test_no_transaction_is_open_while_the_hub_is_asked(store: StateStore, rows: Rows) -> None:
    def slow() -> Iterator[HubProduct]:
        for number in range(1_500):
            if number == 1_200:
                assert rows("SELECT count(*) FROM hub_product") == [(1_000,)]
                store.facts.set("written meanwhile", "1")
            yield product(f"S{number:05}")

    assert store.catalogue.replace_products(slow(), NOW, complete=True) == 1_500


def test_the_first_values_seen_are_confirmed_and_no_later_ones(store: StateStore) -> None:
    store.catalogue.replace_products(iter([product("A", 3, "19.90"), product("B", None, None)]), NOW, complete=True)
    store.catalogue.set_mappings([one_to_one("A"), one_to_one("B")], NOW)
    assert confirmed(store, "A") == "3"
    assert confirmed(store, "A", "price") == "19.90/19.90"
    assert confirmed(store, "B") is None
    store.catalogue.put_product(product("A", 9, "29.90"), LATER)
    store.catalogue.put_product(product("B", 2, "5.00"), LATER)
    assert confirmed(store, "A") == "3"
    assert (confirmed(store, "B"), confirmed(store, "B", "price")) == ("2", "5.00/5.00")
    special = HubProduct("C", "c", price=Decimal(10), special_price=Decimal("8.5"))
    store.catalogue.put_product(special, LATER)
    store.catalogue.set_mappings([one_to_one("C")], NOW)
    assert confirmed(store, "C", "price") == "10.00/8.50"


def test_a_mapped_sku_that_comes_goes_or_gets_a_table_is_computed_anew(store: StateStore) -> None:
    fill(store, "A", "B")
    store.catalogue.replace_products(iter([product("A"), product("B"), product("unmapped")]), LATER, complete=True)
    assert store.values.dirty() == []
    store.catalogue.put_product(product("A", table=True), LATER)
    assert store.values.dirty() == [("sku", "A")]
    store.values.apply(plan(cleaned=store.values.dirty()))
    store.catalogue.replace_products(iter([product("A", table=True)]), LATER, complete=True)
    assert store.values.dirty() == [("sku", "B")]
    store.values.apply(plan(cleaned=store.values.dirty()))
    store.catalogue.put_product(product("B"), LATER)
    assert store.values.dirty() == [("sku", "B")]


def test_mapped_skus_that_the_hub_does_not_have(store: StateStore) -> None:
    fill(store, "A")
    store.catalogue.set_mappings([one_to_one("X"), one_to_one("Y")], NOW)
    assert store.catalogue.unknown_mapped(NOW, 10) == ["X", "Y"]
    assert store.catalogue.unknown_mapped(NOW, 1) == ["X"]
    store.catalogue.note_unknown("X", NOW)
    assert store.catalogue.unknown_mapped(NOW, 10) == ["Y"]
    assert store.catalogue.unknown_mapped(NOW + timedelta(hours=1), 10) == ["X", "Y"]
    store.catalogue.put_product(product("Y"), NOW)
    assert store.catalogue.unknown_mapped(NOW, 10) == []
    assert store.catalogue.counts() == {"products": 2, "mapped": 3, "unmapped": 0, "mapped_unknown": 1}
    store.catalogue.delete_mappings(["X"], NOW)
    assert store.catalogue.unknown_mapped(LATER, 10) == []


def test_a_product_that_is_gone_when_asked_for(store: StateStore) -> None:
    fill(store, "A")
    store.catalogue.note_unknown("A", LATER)
    assert store.catalogue.product("A") is None
    assert store.values.dirty() == [("sku", "A")]
    store.catalogue.put_product(product("A"), LATER)
    assert store.catalogue.product("A") == product("A")


def test_counts_follow_every_change_inside_and_outside_a_batch(store: StateStore) -> None:
    assert store.catalogue.counts() == {"products": 0, "mapped": 0, "unmapped": 0, "mapped_unknown": 0}
    store.catalogue.replace_products(iter([product("A"), product("B")]), NOW, complete=True)
    assert store.catalogue.counts()["unmapped"] == 2
    with store.batch():
        store.catalogue.set_mappings([one_to_one("A")], NOW)
        assert store.catalogue.counts()["unmapped"] == 1
    assert store.catalogue.counts()["unmapped"] == 1

    def broken() -> None:
        with store.batch():
            store.catalogue.set_mappings([one_to_one("B")], NOW)
            assert store.catalogue.counts()["unmapped"] == 0
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert store.catalogue.counts()["unmapped"] == 1
    store.values.apply(plan(rows=[row("B")]))
    assert store.catalogue.match_equal_codes(NOW) == 1
    assert store.catalogue.counts()["unmapped"] == 0


def test_rules(store: StateStore) -> None:
    rule = SkuRule(safety_stock=0, markup_percent=Decimal("12.5"), special_until=LATER)
    store.catalogue.set_rules({"A": rule, "B": SkuRule(stop_selling=True)}, NOW)
    assert store.catalogue.rule("A") == rule
    assert store.catalogue.rule("Z") == NO_RULE
    assert store.values.dirty() == [("sku", "A"), ("sku", "B")]
    store.values.apply(plan(cleaned=store.values.dirty()))
    store.catalogue.set_rules({"A": rule, "B": None, "C": None, "D": NO_RULE}, NOW)
    assert store.catalogue.rule("B") == NO_RULE
    assert store.values.dirty() == [("sku", "B")]
