"""The De/Para."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.store import StateStore
from tests.store.build import NOW, confirmed, fill, one_to_one, pending, plan, product, push, row
from tests.store.conftest import Rows


def test_mappings_come_back_in_their_order(store: StateStore) -> None:
    kit = SkuMapping("KIT", (Component("Z", 1), Component("A", 3)), origin="import")
    assert store.catalogue.set_mappings([kit, one_to_one("B", "001")], NOW) == 2
    assert store.catalogue.mapping("KIT") == SkuMapping("KIT", kit.components, 1, "import")
    assert store.catalogue.mapping("X") is None
    assert [m.sku for block in store.catalogue.mappings() for m in block] == ["B", "KIT"]
    assert [m.sku for block in store.catalogue.mappings(["KIT", "X", "KIT"]) for m in block] == ["KIT"]
    assert list(store.catalogue.mappings([])) == []


def test_an_edit_bumps_the_version_and_marks_sku_and_old_and_new_codes(store: StateStore) -> None:
    fill(store, "A")
    assert store.catalogue.set_mappings([SkuMapping("A", (Component("N", 2), Component("M", 1)))], NOW) == 1
    mapping = store.catalogue.mapping("A")
    assert mapping is not None
    assert mapping.version == 2
    assert store.values.dirty() == [("code", "A"), ("code", "M"), ("code", "N"), ("sku", "A")]
    assert store.catalogue.set_mappings([one_to_one("A", "N")], NOW) == 1
    assert store.catalogue.mapping("A") == SkuMapping("A", (Component("N", 1),), 3)


def test_what_is_equal_is_no_edit(store: StateStore) -> None:
    fill(store, "A")
    store.values.apply(plan(pushes=[push("A", "7")]))
    assert store.catalogue.set_mappings([one_to_one("A")], NOW) == 0
    assert store.catalogue.set_mappings([], NOW) == 0
    assert store.values.dirty() == []
    assert pending(store, "A") == ("7", "due")


def test_an_edit_takes_back_what_was_computed_with_the_old_one(store: StateStore) -> None:
    fill(store, "A", "B")
    store.values.apply(plan(pushes=[push("A", "7"), push("A", "9.90/9.90", kind="price", guard="G-211"), push("B")]))
    store.catalogue.set_mappings([one_to_one("A", "B")], NOW)
    assert pending(store, "A") is None
    assert pending(store, "A", "price") == ("9.90/9.90", "held")  # until the plan computes it anew
    assert pending(store, "B") == ("5", "due")
    assert ("sku", "A") in store.values.dirty()


@pytest.mark.parametrize(
    "wrong", [SkuMapping("A", ()), SkuMapping("A", (Component("X", 0),)), SkuMapping("A", (Component("", 1),))]
)
def test_half_a_mapping_is_refused_with_all_that_came_with_it(store: StateStore, wrong: SkuMapping) -> None:
    with pytest.raises(ValueError, match="mapping of 'A'"):
        store.catalogue.set_mappings([one_to_one("B"), wrong], NOW)
    assert store.catalogue.mapping("B") is None


def test_taking_a_mapping_away_withdraws_its_values(store: StateStore) -> None:
    fill(store, "A", "B")
    store.values.apply(
        plan(
            pushes=[push("A", "7"), push("A", "1.00/1.00", kind="price", guard="G-211"), push("B")],
            next_changes=[("A", NOW + timedelta(hours=1))],
        )
    )
    assert store.catalogue.delete_mappings(["A", "X"], NOW) == 1
    assert store.catalogue.mapping("A") is None
    assert [entry.sku for entry in store.values.due_pushes(["stock", "price"], NOW, 10)] == ["B"]
    assert store.held.list() == []
    assert store.values.time_changes(NOW + timedelta(hours=2)) == []
    assert store.values.dirty() == [("code", "A"), ("sku", "A")]
    assert store.catalogue.delete_mappings([], NOW) == 0


def test_equal_codes_match_by_themselves_once(store: StateStore) -> None:
    skus = [f"S{number:05}" for number in range(1_100)]
    store.catalogue.replace_products(iter([product(sku) for sku in [*skus, "hub only"]]), NOW, complete=True)
    store.values.apply(plan(rows=[row(code) for code in [*skus, "erp only"]]))
    store.catalogue.set_mappings([one_to_one("S00007", "other")], NOW)
    store.values.apply(plan(cleaned=store.values.dirty()))
    assert store.catalogue.match_equal_codes(NOW) == 1_099
    assert store.catalogue.mapping("S00008") == SkuMapping("S00008", (Component("S00008", 1),), 1, "equal_code")
    assert store.catalogue.mapping("S00007") == SkuMapping("S00007", (Component("other", 1),), 1, "typed")
    assert store.catalogue.mapping("hub only") is None
    assert len(store.values.dirty()) == 1_099
    assert store.catalogue.match_equal_codes(NOW) == 0


def test_what_a_person_took_away_does_not_match_by_itself(store: StateStore) -> None:
    fill(store, "A")
    store.catalogue.delete_mappings(["A"], NOW)
    assert store.catalogue.match_equal_codes(NOW) == 0
    store.catalogue.set_mappings([one_to_one("A")], NOW)  # the person puts it back
    assert store.catalogue.mapping("A") is not None


def test_a_product_that_is_gone_is_not_matched(store: StateStore) -> None:
    store.catalogue.replace_products(iter([product("A")]), NOW, complete=True)
    store.catalogue.replace_products(iter([]), NOW, complete=True)
    store.values.apply(plan(rows=[row("A")]))
    assert store.catalogue.match_equal_codes(NOW) == 0


def test_what_the_hub_confirmed_survives_edits(store: StateStore, rows: Rows) -> None:
    fill(store, "A")
    store.catalogue.delete_mappings(["A"], NOW)
    store.catalogue.set_mappings([one_to_one("A", "B")], NOW)
    assert confirmed(store, "A") == "3"
    assert rows("SELECT updated_at FROM mapping") == [("2026-11-24T12:00:00.000000Z",)]
