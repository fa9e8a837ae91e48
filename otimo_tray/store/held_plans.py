"""Inside a transaction: what becomes of held plans whose items go away."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, exists, update

from otimo_tray.store.codec import time_text
from otimo_tray.store.dialect import given
from otimo_tray.store.schema import held_plan, push

_EMPTY: Final = (
    update(held_plan)
    .where(held_plan.c.state == "open", held_plan.c.reading_id.is_(None))
    .where(~exists().where(push.c.plan_id == held_plan.c.id, push.c.state == "held"))
)
_SUPERSEDE: Final = _EMPTY.values(state="superseded", decided_at=given("at"))
_DECIDE: Final = _EMPTY.where(held_plan.c.id == given("plan")).values(
    state=given("new_state"), decided_at=given("at"), decided_by=given("by")
)


def supersede_empty(connection: Connection, now: datetime) -> None:
    """Ends open plans whose last value was replaced or withdrawn. Plans of a whole reading have no items."""
    connection.execute(_SUPERSEDE, {"at": time_text(now)})


def decide_if_empty(connection: Connection, plan_id: int, state: str, by: str, now: datetime) -> None:
    """Ends a plan after its last value was decided."""
    connection.execute(_DECIDE, {"plan": plan_id, "new_state": state, "by": by, "at": time_text(now)})
