"""The ERP's picture, the readings taken or not, and the marks."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from otimo_tray.errors import ReadRefused
from otimo_tray.store import StateStore
from otimo_tray.store.database import Database
from tests.store.build import NOW, fill, one_to_one, plan, push, reading, row
from tests.store.conftest import Rows


def test_rows_come_back_as_the_plain_texts_they_were(store: StateStore) -> None:
    rows = [("002", "5,5", None, None, None, None, "Caneta", "789"), ("01", None, "1.990,00", *[None] * 5)]
    store.values.apply(plan(taken=reading(), rows=rows))
    blocks = list(store.values.erp_rows())
    assert [entry for block in blocks for entry in block] == rows
    assert all(type(entry) is tuple for block in blocks for entry in block)


def test_rows_come_in_blocks_each_code_once(store: StateStore) -> None:
    rows = [row(f"C{number:06}") for number in range(12_345)]
    store.values.apply(plan(rows=rows))
    blocks = list(store.values.erp_rows())
    assert [len(block) for block in blocks] == [5_000, 5_000, 2_345]
    assert [entry for block in blocks for entry in block] == rows


def test_no_transaction_is_open_between_blocks(store: StateStore, rows: Rows) -> None:
    open_there = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name = 'otimo-tray' AND state LIKE '%transaction%' AND pid <> pg_backend_pid()"
    )
    store.values.apply(plan(rows=[row(f"C{number:06}") for number in range(10_000)]))
    blocks = store.values.erp_rows()
    next(blocks)
    store.values.apply(plan(rows=[row("C000001", "9")], gone=["C009999"]))
    is_file = isinstance(store.database, Database)
    assert rows("PRAGMA wal_checkpoint(TRUNCATE)" if is_file else open_there)[0][0] == 0  # 1: a reader is in the way
    assert len(next(blocks)) == 4_999


def test_a_row_is_replaced_or_goes_and_knows_its_moment(store: StateStore, rows: Rows) -> None:
    store.values.apply(plan(taken=reading(NOW), rows=[row("A", "1"), row("B", "2")]))
    later = NOW + timedelta(minutes=5)
    store.values.apply(plan(taken=reading(later, "d2"), now=later, rows=[row("A", "7")], gone=["B"]))
    assert [entry for block in store.values.erp_rows() for entry in block] == [row("A", "7")]
    assert rows("SELECT as_of FROM erp_item") == [("2026-11-24T12:05:00.000000Z",)]


def test_the_last_reading_is_the_last_one_applied(store: StateStore) -> None:
    assert store.values.last_reading() is None
    first = reading(NOW, "d1", 100)
    store.values.apply(plan(taken=first))
    store.values.record_reading(reading(digest="d2"), "f", NOW, "refused", ReadRefused("E-251", source="f"))
    store.values.record_reading(reading(digest="d3"), "f", NOW, "held", None, "G-202", {})
    store.values.apply(plan())  # a plan without a reading
    assert store.values.last_reading() == first


def test_a_held_reading_waits_for_a_person_and_is_released_once(store: StateStore) -> None:
    half = reading(digest="half", rows=40)
    number = store.values.record_reading(half, "estoque.csv", NOW, "held", None, "G-202", {"rows": 40})
    assert number is not None
    assert [(p.id, p.guard, p.params, p.items) for p in store.held.list()] == [(number, "G-202", {"rows": 40}, 0)]
    assert store.values.released_digests() == frozenset()
    assert store.held.release(number, "Ana", NOW) == 0
    assert store.values.released_digests() == {"half"}
    assert store.held.list() == []
    store.values.apply(plan(taken=half, rows=[row("A")]))
    assert store.values.last_reading() == half
    assert store.values.released_digests() == frozenset()  # the next half read is asked about again


def test_the_same_held_reading_makes_one_plan_and_a_newer_one_takes_its_place(store: StateStore) -> None:
    first = store.values.record_reading(reading(digest="a"), "f", NOW, "held", None, "G-202", {})
    assert store.values.record_reading(reading(digest="a"), "f", NOW, "held", None, "G-202", {}) == first
    second = store.values.record_reading(reading(digest="b"), "f", NOW, "held", None, "G-202", {})
    assert second != first
    assert [p.id for p in store.held.list()] == [second]
    assert {p.id: p.state for p in store.held.list(only_open=False)} == {first: "superseded", second: "open"}


def test_a_discarded_reading_is_not_asked_about_again(store: StateStore) -> None:
    number = store.values.record_reading(reading(digest="a"), "f", NOW, "held", None, "G-201", {})
    assert number is not None
    store.held.discard(number, "Ana", NOW)
    assert store.values.record_reading(reading(digest="a"), "f", NOW, "held", None, "G-201", {}) is None
    assert store.held.list() == []
    store.values.apply(plan(taken=reading(digest="good")))
    again = store.values.record_reading(reading(digest="a"), "f", NOW, "held", None, "G-201", {})
    assert [p.id for p in store.held.list()] == [again]  # the "no" was for that time


def test_a_whole_reading_applied_ends_the_question_about_a_held_one(store: StateStore) -> None:
    number = store.values.record_reading(reading(digest="half"), "f", NOW, "held", None, "G-202", {})
    store.values.apply(plan(taken=reading(digest="change", full=False)))
    assert [p.id for p in store.held.list()] == [number]
    store.values.apply(plan(taken=reading(digest="whole")))
    assert store.held.list() == []


def test_marks_are_kept_until_a_plan_answers_them(store: StateStore) -> None:
    store.values.mark_dirty([("sku", "A"), ("code", "1"), ("sku", "A")])
    store.values.mark_dirty([])
    assert store.values.dirty() == [("code", "1"), ("sku", "A")]
    store.values.apply(plan(cleaned=[("sku", "A")]))
    assert store.values.dirty() == [("code", "1")]


def test_a_mark_set_while_the_plan_was_made_outlives_it(store: StateStore) -> None:
    store.values.mark_dirty([("sku", "A"), ("sku", "B")])
    answered = store.values.dirty()
    edit = threading.Thread(target=lambda: store.values.mark_dirty([("sku", "A")]))  # the person edits A meanwhile
    edit.start()
    edit.join()
    look = threading.Thread(target=store.values.dirty)  # and a window looks
    look.start()
    look.join()
    store.values.apply(plan(cleaned=answered))
    assert store.values.dirty() == [("sku", "A")]


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_promotions_edge_makes_its_sku_due(store: StateStore, seconds: int) -> None:
    edge = NOW + timedelta(hours=1)
    store.values.apply(plan(next_changes=[("A", edge), ("B", None), ("C", edge + timedelta(days=1))]))
    assert store.values.time_changes(edge - timedelta(seconds=1)) == []
    assert store.values.time_changes(edge + timedelta(seconds=seconds)) == ["A"]
    store.values.apply(plan(next_changes=[("A", None)]))
    assert store.values.time_changes(edge + timedelta(days=2)) == ["C"]


def test_a_change_of_time_does_not_touch_what_is_confirmed(store: StateStore) -> None:
    fill(store, "A")
    store.values.apply(plan(next_changes=[("A", NOW)]))
    [[context]] = store.values.contexts(["A"])
    assert context.confirmed == {"stock": "3", "price": "19.90/19.90"}


def test_which_skus_a_code_is_in(store: StateStore) -> None:
    store.catalogue.set_mappings([one_to_one("KIT3", "A", 3), one_to_one("A"), one_to_one("B")], NOW)
    assert store.values.skus_of_codes(["A", "A", "Z"]) == ["A", "KIT3"]
    assert store.values.skus_of_codes([]) == []
    assert store.values.mapped_count() == 3


def test_commitments_become_exactly_what_the_plan_was_made_with(store: StateStore) -> None:
    store.values.apply(plan(commitments={"A": 2, "B": 1}))
    store.values.apply(plan(pushes=[push("A")]))
    assert store.values.applied_commitments() == {"A": 2, "B": 1}
    store.values.apply(plan(commitments={"B": 3, "C": 1}))
    assert store.values.applied_commitments() == {"B": 3, "C": 1}
    store.values.apply(plan(commitments={}))
    assert store.values.applied_commitments() == {}


def test_only_the_rows_of_the_codes_asked_for(store: StateStore) -> None:
    store.values.apply(plan(rows=[row(code) for code in "ABC"]))
    assert [entry[0] for block in store.values.erp_rows(["C", "A", "Z"]) for entry in block] == ["A", "C"]
    assert [entry for block in store.values.erp_rows([]) for entry in block] == []
