"""How an invoice or a tracking code moves from state to state on its way to the hub: one rule for both tables."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Table, Update, case, func, or_, update

from otimo_tray.errors import OtimoError
from otimo_tray.store.codec import error_columns, time_or_none, time_text
from otimo_tray.store.dialect import given, one_of

SENT: Final = "sent"
CONFIRMED: Final = "confirmed"
"""Both tables call these two states so."""


def step_columns(table: Table) -> dict[str, Any]:
    """The columns that every step sets, for an UPDATE that `step_values` fills.

    Attempts begin anew in another state; the moments of sending and confirming are kept by later steps; no new due
    time leaves the old one.
    """
    columns = table.c
    return {
        "state": given("new_state"),
        "error_code": given("new_code"),
        "error_params": given("new_params"),
        "error_raw": given("new_raw"),
        "due_at": func.coalesce(given("new_due"), columns.due_at),
        "attempts": case((columns.state == given("new_state"), columns.attempts), else_=0) + given("step"),
        "lease": case((given("new_state") == SENT, given("new_lease")), else_=columns.lease),
        "sent_at": case((given("new_state") == SENT, given("now")), else_=columns.sent_at),
        "confirmed_at": case((given("new_state") == CONFIRMED, given("now")), else_=columns.confirmed_at),
    }


def step_values(
    state: StrEnum,
    now: datetime,
    error: OtimoError | None,
    due_at: datetime | None,
    *,
    count_attempt: bool,
    lease: int,
) -> dict[str, object]:
    """The values of a step under a lease's number; error None clears the one before."""
    columns = error_columns(error)
    return {
        "new_state": state.value,
        "new_code": columns["error_code"],
        "new_params": columns["error_params"],
        "new_raw": columns["error_raw"],
        "new_due": time_or_none(due_at),
        "step": int(count_attempt),
        "new_lease": lease,
        "now": time_text(now),
    }


def again(table: Table, states: tuple[StrEnum, ...]) -> Update:
    """What waits in these states becomes due `now`: *tentar de novo*."""
    waits = or_(table.c.due_at > given("now"), table.c.error_code.is_not(None))
    return update(table).where(waits).where(one_of(table.c.state, states)).values(due_at=given("now"))
