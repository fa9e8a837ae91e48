"""One plan into the database, in one transaction: ERP rows, pushes, held plans, cleared marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from otimo_tray.domain.catalogue import RAW_FIELDS
from otimo_tray.domain.plan import PlannedPush
from otimo_tray.store.codec import clean, json_text, time_text
from otimo_tray.store.dialect import IN_BLOCK, among, given, keys_of, many, new_id, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.held_plans import supersede_empty
from otimo_tray.store.schema import commitment, erp_item, held_plan, push, sku_value
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.store.values_image import note_applied
from otimo_tray.sync.storage import Applied

_ERP_NAMES: Final = (*RAW_FIELDS, "as_of")
_PUT_ROW: Final = upsert(erp_item, _ERP_NAMES[1:])
_DROP_ROW: Final = delete(erp_item).where(erp_item.c.erp_code == given("code"))
_NAMES: Final = (
    "sku", "kind", "value", "previous", "reason", "basis", "priority",
    "state", "plan_id", "attempts", "due_at", "created_at",
)  # fmt: skip
_PUT: Final = upsert(push, [*_NAMES[2:], "error_code", "error_params", "raw"])
_TOUCH: Final = (
    update(push)
    .where(push.c.sku == given("of_sku"), push.c.kind == given("of_kind"))
    .values({name: given(f"new_{name}") for name in ("previous", "reason", "basis", "priority", "state", "plan_id")})
)
_TOUCH_NAMES: Final = (
    "new_previous", "new_reason", "new_basis", "new_priority", "new_state", "new_plan_id", "of_sku", "of_kind",
)  # fmt: skip
_KNOWN: Final = select(push.c.sku, push.c.kind, push.c.value, push.c.state, push.c.plan_id, push.c.created_at).where(
    among(push.c.sku)
)
_WITHDRAW: Final = delete(push).where(push.c.sku == given("of_sku"), push.c.kind == given("of_kind"))
_TIMED: Final = select(sku_value.c.sku).where(sku_value.c.kind == "price", sku_value.c.next_change > "")
_SET_CHANGE: Final = upsert(sku_value, ["next_change"])
_CLEAR_CHANGE: Final = (
    update(sku_value).where(sku_value.c.sku == given("of_sku"), sku_value.c.kind == "price").values(next_change=None)
)
_COMMITTED: Final = select(commitment.c.erp_code, commitment.c.units)
_COMMIT: Final = upsert(commitment, ["units"])
_UNCOMMIT: Final = delete(commitment).where(commitment.c.erp_code == given("code"))

Prepared = tuple[PlannedPush, str]
"""A push and its basis as JSON, made before the transaction begins."""


class PlanStore:
    """The third part of `sync.storage.Values`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks) -> None:
        self._database = database
        self._marks = marks

    def apply(self, applied: Applied) -> list[int]:
        now = time_text(applied.read_at)
        prepared = [(entry, clean(json_text(entry.basis))) for entry in applied.pushes]
        with self._database.write() as connection:
            _put_rows(connection, applied)
            if applied.reading is not None:
                note_applied(connection, applied.reading, applied.source, applied.read_at)
            plans = _put_pushes(connection, prepared, applied, now)
            many(connection, _WITHDRAW, ("of_sku", "of_kind"), applied.withdrawn)
            _put_next_changes(connection, applied.next_changes)
            if applied.commitments is not None:
                _put_commitments(connection, dict(applied.commitments))
            self._marks.clear(connection, applied.cleaned)
            if applied.pushes or applied.withdrawn:
                supersede_empty(connection, applied.read_at)
        return plans


def _put_rows(connection: Connection, applied: Applied) -> None:
    if applied.rows:
        as_of = time_text(applied.reading.as_of if applied.reading is not None else applied.read_at)
        many(connection, _PUT_ROW, _ERP_NAMES, ((*row, as_of) for row in applied.rows))
    many(connection, _DROP_ROW, ("code",), ((code,) for code in applied.gone))


def _put_pushes(connection: Connection, prepared: Sequence[Prepared], applied: Applied, now: str) -> list[int]:
    """Latest wins. Answers the ids of new held plans."""
    plans: dict[str, int] = {}

    def plan_of(guard: str) -> int:
        if guard not in plans:
            plans[guard] = _new_plan(connection, guard, applied.guard_params.get(guard, {}), now)
        return plans[guard]

    for start in range(0, len(prepared), IN_BLOCK):
        block = prepared[start : start + IN_BLOCK]
        known = {
            (row[0], row[1]): row[2:]
            for row in tuples(connection, _KNOWN, {"keys": keys_of(entry.sku for entry, _ in block)})
        }
        fresh: list[tuple[Any, ...]] = []
        touched: list[tuple[Any, ...]] = []
        for entry, basis in block:
            value, state, plan, created = known.get((entry.sku, entry.kind), (None, None, None, None))
            told = (entry.previous, entry.reason, basis, entry.priority)
            if value == entry.value:
                # Held, discarded, stopped and released are a person's matter until the value changes; only a value
                # that simply waited can still be caught by a guard.
                if state == "due" and plan is None and entry.guard is not None:
                    state, plan = "held", plan_of(entry.guard)
                touched.append((*told, state, plan, entry.sku, entry.kind))
                continue
            held = entry.guard is not None
            fresh.append(
                (
                    entry.sku, entry.kind, entry.value, *told,
                    "held" if held else "due",
                    plan_of(entry.guard) if entry.guard is not None else None,
                    0,
                    now,
                    # A value that overtakes an unsent one has been waiting since that one.
                    created if state == "due" and not held else now,
                )
            )  # fmt: skip
        many(connection, _PUT, _NAMES, fresh)
        many(connection, _TOUCH, _TOUCH_NAMES, touched)
    return list(plans.values())


def _new_plan(connection: Connection, guard: str, params: object, now: str) -> int:
    values = {"guard": guard, "params": clean(json_text(params)), "state": "open", "created_at": now}
    return new_id(connection, held_plan, values)


def _put_next_changes(connection: Connection, changes: Sequence[tuple[str, datetime | None]]) -> None:
    timed = {row[0] for row in tuples(connection, _TIMED)} if changes else set[str]()
    cleared = [(sku,) for sku, moment in changes if moment is None and sku in timed]
    known = [(sku, "price", time_text(moment)) for sku, moment in changes if moment is not None]
    many(connection, _CLEAR_CHANGE, ("of_sku",), cleared)
    many(connection, _SET_CHANGE, ("sku", "kind", "next_change"), known)


def _put_commitments(connection: Connection, wanted: dict[str, int]) -> None:
    """The commitments become exactly these; what is equal isn't written."""
    before: dict[str, int] = dict(tuples(connection, _COMMITTED))
    many(connection, _UNCOMMIT, ("code",), ((code,) for code in before if code not in wanted))
    many(connection, _COMMIT, ("erp_code", "units"), (p for p in wanted.items() if before.get(p[0]) != p[1]))
