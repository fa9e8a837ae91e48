"""Forgetting what is old, in short transactions; orders leave their id behind, so that once stays once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, and_, delete, exists, func, or_, select

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store.acts import forget_acts
from otimo_tray.store.codec import time_text
from otimo_tray.store.dialect import among, given, keys_of, many, one_of, tuples, upsert
from otimo_tray.store.schema import (
    act,
    forgotten_order,
    held_plan,
    invoice,
    order_event,
    order_item,
    orders,
    problem,
    push,
    reading,
    run,
    sent_value,
    tracking,
)
from otimo_tray.store.transactions import StateDatabase

_BLOCK: Final = 1_000
_UNTRACKED_DAYS: Final = 60
"""An invoiced order whose code never came (the channel made it, mostly) is watched at least so long."""
_ENDED: Final = (OrderStage.TRACKED.value, OrderStage.IGNORED.value, OrderStage.CANCELLED.value)
_ORDERS: Final = (
    select(orders.c.hub_id, orders.c.stage)
    .where(
        orders.c.cancel_open.is_(False),
        or_(
            and_(one_of(orders.c.stage, _ENDED), orders.c.stage_at < given("before")),
            and_(orders.c.stage == OrderStage.INVOICED.value, orders.c.stage_at < given("long_before")),
        ),
    )
    .limit(_BLOCK)
)
_FORGET: Final = upsert(forgotten_order, ["stage"])
_OF_ORDERS: Final = [
    delete(table).where(among(table.c.hub_id)) for table in (order_item, order_event, tracking, invoice, orders)
]
_STAGES: Final = select(orders.c.hub_id, orders.c.stage).where(among(orders.c.hub_id))
_PROBLEMS: Final = delete(problem).where(among(problem.c.item))
_ended_invoice = one_of(invoice.c.state, ("unmatched", "refused", "cancelled"))
_applied = reading.alias("applied")
_last_applied = select(func.max(_applied.c.id)).where(_applied.c.outcome == "applied").scalar_subquery()


def _old(table: Table, key: Column[Any], *conditions: Any) -> tuple[Any, Any]:
    """The ids of a block of rows to go, and their deletion."""
    return (
        select(key).where(*conditions).limit(_BLOCK),
        delete(table).where(key == given("of_key")),
    )


_TABLES: Final = (
    _old(sent_value, sent_value.c.id, sent_value.c.at < given("before")),
    _old(run, run.c.id, run.c.started_at < given("before")),
    _old(
        held_plan,
        held_plan.c.id,
        held_plan.c.state != "open",
        held_plan.c.created_at < given("before"),
        ~exists().where(push.c.plan_id == held_plan.c.id),
    ),
    _old(
        reading,
        reading.c.id,
        reading.c.read_at < given("before"),
        reading.c.id != func.coalesce(_last_applied, 0),
        ~exists().where(held_plan.c.reading_id == reading.c.id),
    ),
    _old(invoice, invoice.c.key, _ended_invoice, invoice.c.found_at < given("before")),
)
_ACTS: Final = _old(act, act.c.id, act.c.at < given("before"))


def prune(database: StateDatabase, now: datetime, keep_days: int) -> int:
    """Removes what ended more than `keep_days` ago. Answers how many rows of the main tables went."""
    values: dict[str, object] = {
        "before": time_text(now - timedelta(days=keep_days)),
        "long_before": time_text(now - timedelta(days=max(keep_days, _UNTRACKED_DAYS))),
    }
    count = 0
    while step := _forget_orders(database, values):
        count += step
    for find, drop in _TABLES:
        while step := _drop(database, find, drop, values):
            count += step
    while _drop(database, *_ACTS, values):
        pass
    return count


def _forget_orders(database: StateDatabase, values: dict[str, object]) -> int:
    with database.read() as connection:
        found = tuples(connection, _ORDERS, values)
    if found:
        with database.write() as connection:
            _forget(connection, found)
    return len(found)


def _forget(connection: Connection, found: list[tuple[Any, ...]]) -> None:
    many(connection, _FORGET, ("hub_id", "stage"), found)
    keys = {"keys": keys_of(row[0] for row in found)}
    for statement in _OF_ORDERS:
        connection.execute(statement, keys)


def erase(database: StateDatabase, hub_ids: Sequence[str]) -> None:
    """Forgets these orders now, with all that is theirs, and overwrites the place where they stood.

    Daily copies made before still hold them until they go (`store.backup`).
    """
    keys = {"keys": keys_of(hub_ids)}
    with database.write() as connection, database.wiping(connection):
        found = tuples(connection, _STAGES, keys)
        _forget(connection, found)
        connection.execute(_PROBLEMS, keys)
        forget_acts(connection, hub_ids)
        for hub_id, _ in found:
            database.note({"what": "erased", "order": hub_id})  # a restored copy must not bring the buyer back
    database.checkpoint()


def _drop(database: StateDatabase, find: Any, drop: Any, values: dict[str, object]) -> int:
    with database.read() as connection:
        found = tuples(connection, find, values)
    if found:
        with database.write() as connection:
            many(connection, drop, ("of_key",), found)
    return len(found)
