"""Several desks at one state: row versions, what is refused, and the book of who did what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.desks import Author, components_text
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.rules import SkuRule
from otimo_tray.store import StateStore
from tests.store.build import NOW, fill, one_to_one, order
from tests.store.conftest import Rows

ANA, BIA = Author("Ana", "Balcão 1"), Author("Bia", "Balcão 2")
X, Y, Z = ((Component(code, 1),) for code in "XYZ")


def by(store: StateStore, author: Author) -> StateStore:
    """The same state as another desk has it open."""
    store.acts.author = author
    return store


def test_an_edit_of_a_row_that_moved_on_is_refused_and_the_others_are_saved(store: StateStore) -> None:
    fill(store, "A", "B")
    by(store, ANA).catalogue.change_mappings({"A": X}, {"A": {1}}, NOW)
    done = by(store, BIA).catalogue.change_mappings({"A": Y, "B": Y}, {"A": {1}, "B": {1}}, NOW + timedelta(minutes=1))
    assert done.changed == 1
    assert done.versions == {"B": 2}
    there = done.refused["A"]
    assert (there.by, there.at, there.version, there.value) == (ANA, NOW, 2, X)
    assert store.catalogue.mapping("A") == SkuMapping("A", X, 2)
    again = store.catalogue.change_mappings({"A": Y}, {"A": {there.version}}, NOW)  # Bia's counts after all
    assert again.versions == {"A": 3}


def test_who_wants_just_what_is_there_is_refused_nothing(store: StateStore) -> None:
    fill(store, "A")
    by(store, ANA).catalogue.change_mappings({"A": X}, {"A": {1}}, NOW)
    done = by(store, BIA).catalogue.change_mappings({"A": X}, {"A": {1}}, NOW)
    assert (done.changed, done.refused, done.versions) == (0, {}, {"A": 2})


def test_what_somebody_took_away_is_not_written_over_unseen(store: StateStore) -> None:
    fill(store, "A")
    by(store, ANA).catalogue.change_mappings({"A": ()}, {"A": {1}}, NOW)
    done = by(store, BIA).catalogue.change_mappings({"A": X}, {"A": {1}}, NOW)
    there = done.refused["A"]
    assert (there.by, there.at, there.version, there.value) == (ANA, NOW, 0, ())
    assert store.catalogue.mapping("A") is None
    assert store.catalogue.change_mappings({"A": X}, {"A": {0}}, NOW).changed == 1


def test_taken_away_and_made_anew_is_another_version(store: StateStore) -> None:
    """Else an edit of the first one would be taken for one of the second."""
    fill(store, "A")
    store.catalogue.change_mappings({"A": ()}, {}, NOW)
    store.catalogue.change_mappings({"A": Z}, {}, NOW)
    assert "A" in by(store, BIA).catalogue.change_mappings({"A": X}, {"A": {1}}, NOW).refused


def test_a_row_without_an_expected_version_is_written_in_any_case(store: StateStore) -> None:
    fill(store, "A")
    store.catalogue.change_mappings({"A": X}, {}, NOW)
    assert store.catalogue.change_mappings({"A": Y}, {}, NOW).versions == {"A": 3}


def test_rules_have_versions_too(store: StateStore) -> None:
    first, other = SkuRule(safety_stock=2), SkuRule(stop_selling=True)
    assert store.catalogue.rule_now("A") == (SkuRule(), 0)
    assert by(store, ANA).catalogue.change_rule("A", first, {0}, NOW).versions == {"A": 1}
    refused = by(store, BIA).catalogue.change_rule("A", other, {0}, NOW).refused["A"]
    assert (refused.by, refused.at, refused.version, refused.value) == (ANA, NOW, 1, first)
    assert store.catalogue.rule("A") == first
    assert store.catalogue.change_rule("A", None, {1}, NOW).versions == {"A": 0}
    gone = by(store, ANA).catalogue.change_rule("A", first, {1}, NOW).refused["A"]
    assert (gone.by, gone.version, gone.value) == (BIA, 0, SkuRule())
    assert store.catalogue.change_rule("A", other, {0}, NOW).versions == {"A": 2}


def test_every_deed_is_in_the_book_with_its_desk(store: StateStore) -> None:
    store.orders.add(order("o1"), OrderStage.SEEN, NOW)
    by(store, ANA).catalogue.set_mappings([one_to_one("A", "123")], NOW)
    by(store, BIA).catalogue.change_mappings({"A": (Component("456", 2),)}, {}, NOW + timedelta(minutes=1))
    store.catalogue.set_rules({"A": SkuRule(stop_selling=True)}, NOW + timedelta(minutes=2))
    number = store.trackings.add("o1", "AA1", "Correios", "PAC", "", NOW)
    by(store, ANA).trackings.remove(number, NOW)
    store.catalogue.delete_mappings(["A"], NOW + timedelta(minutes=3))
    deeds = [(deed.author, deed.what, dict(deed.params)) for deed in reversed(store.acts.of_item("A"))]
    assert deeds[:2] == [
        (ANA, "act.mapping_new", {"after": "123"}),
        (BIA, "act.mapping", {"before": "123", "after": "456 × 2"}),
    ]
    assert [(author, what) for author, what, _ in deeds[2:]] == [(BIA, "act.rule"), (ANA, "act.mapping_gone")]
    codes = [(deed.author, deed.what) for deed in store.acts.of_item("o1")]
    assert codes == [(ANA, "act.code_gone"), (BIA, "act.code")]
    assert store.acts.latest(["A", "o1", "none"])["A"].what == "act.mapping_gone"
    assert len(store.acts.recent()) == 6
    assert store.trackings.of_order("o1") == []


def test_what_is_undone_leaves_no_deed(store: StateStore) -> None:
    fill(store, "A")
    before = len(store.acts.recent())

    def broken() -> None:
        with store.batch():
            store.catalogue.change_mappings({"A": X}, {}, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert len(store.acts.recent()) == before


def test_who_typed_stands_in_the_row(store: StateStore, rows: Rows) -> None:
    by(store, ANA).catalogue.set_mappings([one_to_one("A")], NOW)
    store.catalogue.set_rules({"A": SkuRule(stop_selling=True)}, NOW)
    store.orders.add(order("o1"), OrderStage.SEEN, NOW)
    by(store, BIA).trackings.add("o1", "AA1", "Correios", "PAC", "", NOW)
    assert rows("SELECT updated_by FROM mapping") == [("Ana",)]
    assert rows("SELECT updated_by FROM sku_rule") == [("Ana",)]
    assert store.trackings.of_order("o1")[0].typed_by == "Bia"


def test_deeds_go_with_the_retention_and_a_buyers_with_the_buyer(store: StateStore) -> None:
    store.orders.add(order("o1"), OrderStage.SEEN, NOW)
    store.acts.note("act.code", "o1", {"code": "AA1"}, NOW)
    store.acts.note("act.paused", "", {}, NOW - timedelta(days=91))
    store.prune(NOW, 90)
    assert [deed.what for deed in store.acts.recent()] == ["act.code"]
    store.erase(["o1"])
    assert store.acts.recent() == []


def test_components_in_words() -> None:
    assert components_text((Component("1", 2), Component("2", 1))) == "1 × 2 + 2"
    assert components_text(()) == ""
