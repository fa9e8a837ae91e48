"""What was ever sent and why, what a SKU's outbox holds now, and what a person took back: answers for *explain*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.sql.base import Executable

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.plan import Kind
from otimo_tray.store.codec import json_of, maybe_time, params_of, time_of, time_text
from otimo_tray.store.dialect import among, given, keys_of, many, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.schema import held_plan, mapping, order_item, orders, push, sent_value, sku_value, taken_back
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import OutboxRow, SentValue, TakenBack

_BLOCK: Final = 1_000
_c = sent_value.c
_FIELDS: Final = (_c.id, _c.sku, _c.kind, _c.value, _c.previous, _c.reason, _c.basis, _c.at, _c.answer)
_ALL: Final = (
    select(*_FIELDS)
    .where(_c.at >= given("since"), _c.id < given("before"))
    .order_by(_c.id.desc())
    .limit(given("block"))
)
_OF_SKU: Final = _ALL.where(_c.sku == given("of_sku"))
_OF_KIND: Final = _ALL.where(_c.kind == given("of_kind"))
_COUNT: Final = select(func.count()).select_from(sent_value).where(_c.at >= given("since"))
_COUNT_OF_SKU: Final = _COUNT.where(_c.sku == given("of_sku"))
_LET_GO: Final = (
    select(_c.sku, _c.kind, _c.value, _c.previous)
    .where(_c.at >= given("since"), or_(_c.answer == "confirmed", _c.answer == "unchanged"), _c.reason == "changed")
    .order_by(_c.id)
)
_DUE: Final = select(push.c.sku, push.c.kind, push.c.value, push.c.previous).where(
    push.c.state == "due", push.c.plan_id.is_(None), push.c.reason == "changed"
)
_OUTBOX: Final = (
    select(
        push.c.kind, push.c.value, push.c.previous, push.c.reason, push.c.state, push.c.attempts, push.c.due_at,
        push.c.created_at, push.c.error_code, push.c.error_params, push.c.plan_id, held_plan.c.guard,
    )
    .select_from(push.outerjoin(held_plan, held_plan.c.id == push.c.plan_id))
    .where(push.c.sku == given("of_sku"))
    .order_by(push.c.kind.desc())
)  # fmt: skip
_CONFIRMED_AT: Final = select(
    sku_value.c.sku, sku_value.c.kind, sku_value.c.confirmed_at, sku_value.c.doubt, sku_value.c.doubt_at
).where(among(sku_value.c.sku))
_sold = select(
    order_item.c.sku, order_item.c.quantity, orders.c.seen_at, orders.c.stage, orders.c.stage_at
).select_from(order_item.join(orders, orders.c.hub_id == order_item.c.hub_id))
_SOLD: Final = _sold.where(among(order_item.c.sku))
_MAPPED: Final = (
    select(mapping.c.sku).distinct().where(mapping.c.sku > given("last")).order_by(mapping.c.sku).limit(given("block"))
)
_TAKE_BACK: Final = upsert(taken_back, ["value", "instead", "at"])
_FORGET: Final = delete(taken_back).where(taken_back.c.sku == given("of_sku"), taken_back.c.kind == given("of_kind"))
_BACK: Final = select(
    taken_back.c.sku, taken_back.c.kind, taken_back.c.value, taken_back.c.instead, taken_back.c.at
).where(taken_back.c.sku == given("of_sku"))


class AuditStore:
    """Implements `sync.storage.Audit`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks) -> None:
        self._database = database
        self._marks = marks

    def sent(self, *, sku: str | None = None, since: datetime | None = None) -> Iterator[SentValue]:
        """As in the Protocol; reads in blocks and holds nothing open between them."""
        return self._read(_ALL if sku is None else _OF_SKU, _scope(sku, since))

    def sent_of(self, kind: Kind, since: datetime | None = None) -> Iterator[SentValue]:
        return self._read(_OF_KIND, {**_scope(None, since), "of_kind": kind})

    def _read(self, statement: Executable, values: dict[str, Any]) -> Iterator[SentValue]:
        before = 2**62
        while True:
            with self._database.read() as connection:
                rows = tuples(connection, statement, {**values, "before": before, "block": _BLOCK})
            for row in rows:
                yield _sent(row)
            if len(rows) < _BLOCK:
                return
            before = rows[-1][0]

    def count(self, *, sku: str | None = None, since: datetime | None = None) -> int:
        with self._database.read() as connection:
            [row] = tuples(connection, _COUNT if sku is None else _COUNT_OF_SKU, _scope(sku, since))
        return int(row[0])

    def let_go(self, since: datetime) -> list[tuple[str, Kind, str, str | None]]:
        with self._database.read() as connection:
            return list(tuples(connection, _LET_GO, {"since": time_text(since)})) + list(tuples(connection, _DUE))

    def outbox(self, sku: str) -> list[OutboxRow]:
        with self._database.read() as connection:
            rows = tuples(connection, _OUTBOX, {"of_sku": sku})
        return [
            OutboxRow(
                kind, value, previous, reason, state, attempts, time_of(due), time_of(created), code,
                params_of(params), plan, guard,
            )
            for kind, value, previous, reason, state, attempts, due, created, code, params, plan, guard in rows
        ]  # fmt: skip

    def moments(
        self, skus: Sequence[str]
    ) -> dict[tuple[str, Kind], tuple[datetime | None, str | None, datetime | None]]:
        with self._database.read() as connection:
            rows = tuples(connection, _CONFIRMED_AT, {"keys": keys_of(skus)})
        return {(row[0], row[1]): (maybe_time(row[2]), row[3], maybe_time(row[4])) for row in rows}

    def sales(self, skus: Mapping[str, datetime]) -> dict[str, tuple[int, int]]:
        gone = (OrderStage.CANCELLED.value,)
        found: dict[str, tuple[int, int]] = {}
        with self._database.read() as connection:
            rows = tuples(connection, _SOLD, {"keys": keys_of(skus)})
        since = {sku: time_text(moment) for sku, moment in skus.items()}
        for sku, quantity, seen_at, stage, stage_at in rows:
            sold, back = found.get(sku, (0, 0))
            if seen_at >= since[sku]:
                sold += quantity
            if stage in gone and stage_at >= since[sku]:
                back += quantity
            found[sku] = (sold, back)
        return found

    def mapped_after(self, last: str, limit: int) -> list[str]:
        with self._database.read() as connection:
            return [row[0] for row in tuples(connection, _MAPPED, {"last": last, "block": limit})]

    def take_back(self, entries: Sequence[TakenBack]) -> None:
        if not entries:
            return
        with self._database.write() as connection:
            rows = ((e.sku, e.kind, e.value, e.instead, time_text(e.at)) for e in entries)
            many(connection, _TAKE_BACK, ("sku", "kind", "value", "instead", "at"), rows)
            self._marks.mark(connection, (("sku", entry.sku) for entry in entries))

    def taken_back(self, sku: str) -> list[TakenBack]:
        with self._database.read() as connection:
            rows = tuples(connection, _BACK, {"of_sku": sku})
        return [TakenBack(sku, kind, value, instead, time_of(at)) for sku, kind, value, instead, at in rows]

    def forget_taken_back(self, keys: Sequence[tuple[str, Kind]]) -> None:
        if keys:
            with self._database.write() as connection:
                many(connection, _FORGET, ("of_sku", "of_kind"), keys)


def _scope(sku: str | None, since: datetime | None) -> dict[str, Any]:
    values: dict[str, Any] = {"since": "" if since is None else time_text(since)}
    return values if sku is None else {**values, "of_sku": sku}


def _sent(row: tuple[Any, ...]) -> SentValue:
    number, sku, kind, value, previous, reason, basis, at, answer = row
    return SentValue(number, sku, kind, value, previous, reason, json_of(basis), time_of(at), answer)
