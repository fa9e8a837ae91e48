"""Plans stopped by a guard, and what a person decides about them."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select, tuple_, update

from otimo_tray.store.codec import params_of, time_of, time_text
from otimo_tray.store.dialect import among, given, keys_of, tuples
from otimo_tray.store.held_plans import decide_if_empty
from otimo_tray.store.schema import held_plan, push, reading
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import HeldItem, HeldPlan

_ITEM_BLOCK: Final = 1_000
_count = (
    select(func.count())
    .where(push.c.plan_id == held_plan.c.id, push.c.state == "held")
    .correlate(held_plan)
    .scalar_subquery()
)
_ALL: Final = select(
    held_plan.c.id, held_plan.c.guard, held_plan.c.params, held_plan.c.state, held_plan.c.created_at, _count
).order_by(held_plan.c.id)
_OPEN: Final = _ALL.where(held_plan.c.state == "open")
_ITEMS: Final = (
    select(push.c.sku, push.c.kind, push.c.value, push.c.previous, push.c.reason)
    .where(push.c.plan_id == given("plan"), push.c.state == "held")
    .where(tuple_(push.c.sku, push.c.kind) > tuple_(given("sku"), given("kind")))
    .order_by(push.c.sku, push.c.kind)
    .limit(_ITEM_BLOCK)
)
_PLAN: Final = select(held_plan.c.state, held_plan.c.reading_id).where(held_plan.c.id == given("plan"))
_DECIDE: Final = (
    update(push)
    .where(push.c.plan_id == given("plan"), push.c.state == "held")
    .values(state=given("new_state"), due_at=given("now"))
)
_DECIDE_SOME: Final = _DECIDE.where(among(push.c.sku))
_CLOSE: Final = (
    update(held_plan)
    .where(held_plan.c.id == given("plan"))
    .values(state=given("new_state"), decided_at=given("now"), decided_by=given("by"))
)
_REFUSE: Final = update(reading).where(reading.c.id == given("of_reading")).values(outcome="discarded")


class HeldStore:
    """Implements `sync.storage.HeldPlans`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def list(self, *, only_open: bool = True) -> builtins.list[HeldPlan]:
        with self._database.read() as connection:
            rows = tuples(connection, _OPEN if only_open else _ALL)
        return [
            HeldPlan(number, guard, params_of(params), state, time_of(created), items)
            for number, guard, params, state, created, items in rows
        ]

    def items(self, plan_id: int) -> Iterator[HeldItem]:
        sku, kind = "", ""
        while True:
            with self._database.read() as connection:
                rows = tuples(connection, _ITEMS, {"plan": plan_id, "sku": sku, "kind": kind})
            if not rows:
                return
            sku, kind = rows[-1][0], rows[-1][1]
            for row in rows:
                yield HeldItem(*row)

    def release(self, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
        """As in the Protocol. The rows keep their plan: that tells later plans that a person let this value go."""
        with self._database.write() as connection:
            return _decide(connection, plan_id, "due", "released", by, now, skus)

    def discard(self, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
        with self._database.write() as connection:
            return _decide(connection, plan_id, "discarded", "discarded", by, now, skus)


def _decide(
    connection: Connection,
    plan_id: int,
    push_state: str,
    plan_state: str,
    by: str,
    now: datetime,
    skus: Sequence[str] | None,
) -> int:
    """Answers how many pushes were decided; 0 when the plan isn't open (any more)."""
    plan = connection.execute(_PLAN, {"plan": plan_id}).first()
    if plan is None or plan.state != "open":
        return 0
    at = time_text(now)
    if plan.reading_id is not None:
        # The plan of a whole reading: nothing was computed from it yet.
        connection.execute(_CLOSE, {"plan": plan_id, "new_state": plan_state, "now": at, "by": by})
        if plan_state == "discarded":
            connection.execute(_REFUSE, {"of_reading": plan.reading_id})
        return 0
    values: dict[str, object] = {"plan": plan_id, "new_state": push_state, "now": at}
    if skus is None:
        count = connection.execute(_DECIDE, values).rowcount
    else:
        count = connection.execute(_DECIDE_SOME, {**values, "keys": keys_of(skus)}).rowcount
    decide_if_empty(connection, plan_id, plan_state, by, now)
    return count
