"""Facts, problems and runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from otimo_tray.domain.status import Flow
from otimo_tray.errors import HubAway, HubRefusedItem, ItemError
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from tests.store.build import NOW

LATER = NOW + timedelta(minutes=5)


def _changes(store: StateStore) -> int:
    """Rows written so far by the store's writer."""
    if isinstance(store.database, SharedDatabase):
        with store.database.read() as connection:
            return connection.exec_driver_sql("SELECT last_value FROM change_no").scalar_one()
    database: Any = store.database
    writer: Any = database._writer
    return int(writer.connection.driver_connection.total_changes)


def test_facts(store: StateStore) -> None:
    assert store.facts.get("cursor") is None
    store.facts.set("cursor", "1")
    store.facts.set("cursor", "2")
    assert store.facts.get("cursor") == "2"
    before = _changes(store)
    store.facts.set("cursor", "2")
    assert _changes(store) == before


def test_a_problem_is_one_row_an_item(store: StateStore) -> None:
    store.problems.report(Flow.STOCK, "A", HubRefusedItem(sku="A", raw="answer"), NOW)
    store.problems.report(Flow.STOCK, "A", HubRefusedItem(sku="A", raw="answer 2"), LATER)
    store.problems.report(Flow.PRICE, "A", ItemError("S-311"), NOW)
    first, second = store.problems.list()
    assert (first.flow, first.item, first.code, first.params, first.raw) == (
        "stock",
        "A",
        "P-130",
        {"sku": "A"},
        "answer 2",
    )
    assert (first.since, first.last_seen, first.times) == (NOW, LATER, 2)
    assert (second.flow, second.code) == ("price", "S-311")
    assert store.problems.count() == 2
    assert len(store.problems.list(1)) == 1


def test_another_fault_of_an_item_is_a_new_problem(store: StateStore) -> None:
    store.problems.report(Flow.STOCK, "A", HubRefusedItem(sku="A"), NOW)
    store.problems.report(Flow.STOCK, "A", ItemError("S-321"), LATER)
    [problem] = store.problems.list()
    assert (problem.code, problem.since, problem.times) == ("S-321", LATER, 1)


def test_solving(store: StateStore) -> None:
    for item in ("A", "B", "C"):
        store.problems.report(Flow.STOCK, item, ItemError("S-321"), NOW)
    store.problems.report(Flow.PRICE, "A", ItemError("S-321"), NOW)
    store.problems.solve(Flow.STOCK, ["A", "X"])
    store.problems.solve(Flow.STOCK, [])
    assert [(p.flow, p.item) for p in store.problems.list()] == [("price", "A"), ("stock", "B"), ("stock", "C")]
    store.problems.solve(Flow.STOCK)
    assert [(p.flow, p.item) for p in store.problems.list()] == [("price", "A")]
    before = _changes(store)
    store.problems.solve(Flow.STOCK, [f"S{number}" for number in range(50_000)])
    assert _changes(store) == before  # what is well costs no write


def test_runs(store: StateStore) -> None:
    assert store.runs.last(Flow.STOCK) is None
    store.runs.add(Flow.STOCK, NOW, NOW, "ok", counts={"pushed": 3})
    store.runs.add(Flow.STOCK, LATER, LATER, "failed", error=HubAway(reason="dns"))
    store.runs.add(Flow.PRICE, LATER, LATER, "skipped")
    last = store.runs.last(Flow.STOCK)
    assert last is not None
    assert (last.flow, last.outcome, last.code, last.params, last.counts) == (
        "stock",
        "failed",
        "P-110",
        {"reason": "dns"},
        {},
    )
    good = store.runs.last(Flow.STOCK, outcome="ok")
    assert good is not None
    assert (good.started_at, good.ended_at, good.counts) == (NOW, NOW, {"pushed": 3})
    assert [run.flow for run in store.runs.since(None, NOW)] == ["stock", "stock", "price"]
    assert [run.outcome for run in store.runs.since(Flow.STOCK, LATER)] == ["failed"]
