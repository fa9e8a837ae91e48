"""The hot questions are answered by an index: no scan of a long table, no sorting of it."""

from __future__ import annotations

from typing import Any

import pytest

from otimo_tray.store import (
    StateStore,
    held,
    held_plans,
    invoices,
    mappings,
    orders,
    orders_read,
    trackings,
    values_context,
    values_image,
    values_outbox,
    values_plan,
)
from otimo_tray.store.dialect import _compiled

_LONG = ("push", "sku_value", "erp_item", "hub_product", "mapping", "orders", "order_item", "invoice", "tracking")
_SORTED = "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture
def store(file_store: StateStore) -> StateStore:
    """SQLite's planner has no statistics: it does what the statement and the indexes say."""
    return file_store


def _plan(store: StateStore, statement: Any) -> list[str]:
    with store._database.read() as connection:
        sql, names, _ = _compiled(connection, statement)
        driver: Any = connection.connection.driver_connection
        return [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", ["x"] * len(names))]


@pytest.mark.parametrize(
    "statement",
    [
        values_image._ROWS,
        values_image._TIMED,
        values_context._NEXT_SKUS,
        values_context._MAPPINGS,
        values_context._ITEMS,
        values_context._PRODUCTS,
        values_context._VALUES,
        values_context._PUSHES,
        values_plan._KNOWN,
        values_plan._WITHDRAW,
        values_plan._TIMED,
        values_outbox._DUE,
        values_outbox._DUE_COUNT,
        values_outbox._NEXT,
        values_outbox._CURRENT,
        values_outbox._UNDOUBT,
        values_outbox._FAILED,
        values_outbox._DONE,
        values_outbox._PENDING,
        held._ITEMS,
        held._DECIDE,
        held_plans._SUPERSEDE,
        mappings._EQUAL,
        orders._ADVANCE,
        orders_read._KNOWN,
        orders_read._NEXT,
        orders_read._COMMITTED,
        orders_read._CANCELLED,
        orders_read._BY_NUMBER,
        orders_read._BY_DOCUMENT,
        orders_read._FIND,
        invoices._DUE,
        invoices._FOUND,
        invoices._OF_ORDER,
        trackings._AT_PLACE,
        trackings._USED,
        trackings._DUE,
    ],
)
def test_no_long_table_is_read_whole(store: StateStore, statement: Any) -> None:
    steps = _plan(store, statement)
    assert [step for step in steps if step.startswith("SCAN") and step.split()[1] in _LONG] == []


@pytest.mark.parametrize(
    "statement",
    [
        values_image._ROWS,
        values_context._NEXT_SKUS,
        values_context._MAPPINGS,
        values_outbox._DUE,
        held._ITEMS,
        orders_read._NEXT,
        mappings._EQUAL,
    ],
)
def test_blocks_are_read_in_the_order_of_an_index(store: StateStore, statement: Any) -> None:
    assert _SORTED not in _plan(store, statement)


def test_the_next_values_to_send_are_read_in_their_order_of_sending(store: StateStore) -> None:
    assert any("ix_push_state_priority_created_at_sku_kind" in step for step in _plan(store, values_outbox._DUE))


def test_the_watch_reads_its_rotation_from_the_index_alone(store: StateStore) -> None:
    steps = _plan(store, orders_read._OLDEST)
    assert any("COVERING INDEX ix_orders_stage_read_at_hub_id" in step for step in steps)
