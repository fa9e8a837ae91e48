"""The outbox of values: what is due, the doubt before each PUT, and what became of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, case, delete, func, insert, literal, or_, select, update

from otimo_tray.domain.plan import DuePush, Kind, PushResult
from otimo_tray.ports import Clock
from otimo_tray.store.codec import clean, error_columns, json_of, json_text, maybe_time, time_or_none, time_text
from otimo_tray.store.dialect import among, given, keys_of, many, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.held_plans import supersede_empty
from otimo_tray.store.schema import hub_product, push, sent_value, sku_value
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import OutboxCounts

_of_kinds = push.c.kind.in_([given("kind"), given("other_kind")])
# Not by its own index: nearly all that is due is due now, and what counts is the order to send in.
_waited_for = func.coalesce(push.c.due_at, "")
# What is due under a held plan was let go by a person: the audit says so.
_released = (push.c.plan_id.is_not(None)) & (push.c.reason == "changed")
_reason = case((_released, "released"), else_=push.c.reason)
_DUE: Final = (
    select(
        push.c.sku, push.c.kind, push.c.value, push.c.previous, _reason, push.c.basis, push.c.attempts,
        func.coalesce(hub_product.c.product_id, ""),
    )
    .select_from(push.outerjoin(hub_product, hub_product.c.sku == push.c.sku))
    .where(push.c.state == "due", _waited_for <= given("now"), _of_kinds)
    .order_by(push.c.priority, push.c.created_at, push.c.sku, push.c.kind)
    .limit(given("block"))
)  # fmt: skip
_COUNTS: Final = (
    select(push.c.state, func.count(), func.min(push.c.created_at)).where(_of_kinds).group_by(push.c.state)
)
_DUE_COUNT: Final = select(func.count()).where(push.c.state == "due", push.c.due_at <= given("now"), _of_kinds)
_NEXT: Final = select(func.min(push.c.due_at)).where(push.c.state == "due", _of_kinds)
_CURRENT: Final = select(literal(1)).where(
    push.c.sku == given("sku"),
    push.c.kind == given("kind"),
    push.c.value == given("value"),
    push.c.state == "due",
)
_DOUBT: Final = upsert(
    sku_value,
    ["doubt", "doubt_at", "lease"],
    also={"doubt_before": func.coalesce(sku_value.c.doubt, sku_value.c.doubt_before)},
)
"""Stores a doubt; one that was there already is kept beside it, since this PUT's answer won't speak of it."""
_CONFIRM: Final = upsert(sku_value, ["confirmed", "confirmed_at", "doubt", "doubt_at", "doubt_before"])
_of_value = (sku_value.c.sku == given("of_sku"), sku_value.c.kind == given("of_kind"))
_UNDOUBT: Final = (
    update(sku_value)
    .where(*_of_value)
    .values(
        doubt=sku_value.c.doubt_before,
        doubt_at=case((sku_value.c.doubt_before.is_(None), None), else_=sku_value.c.doubt_at),
        doubt_before=None,
    )
)
_UNREACHED_CODES: Final = ("P-110", "P-112", "P-114", "P-116")
"""Refused or dropped connection, a portal's page, TLS, DNS: never one item's own fault (a 5xx or a time-out may be)."""
_UNREACHED: Final = (
    update(push)
    .where(push.c.state == "due", push.c.error_code.in_(_UNREACHED_CODES), push.c.due_at > given("now"))
    .values(due_at=given("now"))
)
_DOUBT_STOCK: Final = (
    update(sku_value)
    .where(*_of_value, sku_value.c.doubt.is_(None), sku_value.c.confirmed.is_not(None))
    .values(doubt=sku_value.c.confirmed, doubt_at=given("at"))
)
"""Something else may have moved the value at the hub; one already in doubt stays as it is."""
_READ_BACK: Final = upsert(sku_value, ["confirmed", "confirmed_at"], only_if=sku_value.c.doubt.is_(None))
_HELD_VALUES: Final = select(sku_value.c.sku, sku_value.c.kind, sku_value.c.confirmed, sku_value.c.doubt).where(
    among(sku_value.c.sku)
)
_of_push = (
    push.c.sku == given("of_sku"), push.c.kind == given("of_kind"), push.c.value == given("of_value"),
)  # fmt: skip
_DONE: Final = delete(push).where(*_of_push)
_FAILED: Final = (
    update(push)
    .where(*_of_push)
    .values(
        attempts=push.c.attempts + 1,
        # A row held or discarded meanwhile is a person's matter: the failure changes its error alone.
        state=case((push.c.state == "due", given("new_state")), else_=push.c.state),
        due_at=func.coalesce(given("new_due"), push.c.due_at),
        error_code=given("new_code"),
        error_params=given("new_params"),
        raw=given("new_raw"),
    )
)
_FAILED_NAMES: Final = (
    "of_sku", "of_kind", "of_value", "new_state", "new_due", "new_code", "new_params", "new_raw",
)  # fmt: skip
_PENDING: Final = select(push.c.sku, push.c.kind, push.c.value).where(among(push.c.sku))
_AUDIT: Final = insert(sent_value)
_AUDIT_NAMES: Final = ("sku", "kind", "value", "previous", "reason", "basis", "at", "answer", "lease")
_AGAIN: Final = (
    update(push)
    .where(or_(push.c.state == "stopped", (push.c.state == "due") & (push.c.due_at > given("now"))))
    .values(attempts=case((push.c.state == "stopped", 0), else_=push.c.attempts), state="due", due_at=given("now"))
)
_AGAIN_SOME: Final = _AGAIN.where(among(push.c.sku))


class OutboxStore:
    """The last part of `sync.storage.Values`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks, clock: Clock) -> None:
        self._database = database
        self._marks = marks
        self._clock = clock
        self._moved: set[str] = set()
        """SKUs whose stock something else may have moved while a PUT of theirs was on its way."""
        self._moved_lock = threading.Lock()

    def due_pushes(self, kinds: Sequence[Kind], now: datetime, limit: int) -> list[DuePush]:
        with self._database.read() as connection:
            rows = tuples(connection, _DUE, {**_kinds(kinds), "now": time_text(now), "block": limit})
        return [
            DuePush(sku, kind, value, previous, reason, json_of(basis), attempts, product_id)
            for sku, kind, value, previous, reason, basis, attempts, product_id in rows
        ]

    def outbox_counts(self, kinds: Sequence[Kind] = ("stock", "price")) -> OutboxCounts:
        with self._database.read() as connection:
            rows = tuples(connection, _COUNTS, _kinds(kinds))
        found = {state: (count, oldest) for state, count, oldest in rows}
        due, oldest = found.get("due", (0, None))
        held, stopped = found.get("held", (0, None)), found.get("stopped", (0, None))
        return OutboxCounts(due, held[0], stopped[0], maybe_time(oldest))

    def due_count(self, kinds: Sequence[Kind], now: datetime) -> int:
        with self._database.read() as connection:
            values = {**_kinds(kinds), "now": time_text(now)}
            return connection.execute(_DUE_COUNT, values).scalar_one()

    def next_due(self, kinds: Sequence[Kind]) -> datetime | None:
        with self._database.read() as connection:
            return maybe_time(connection.execute(_NEXT, _kinds(kinds)).scalar())

    def is_current(self, push: DuePush) -> bool:
        with self._database.read() as connection:
            return bool(tuples(connection, _CURRENT, {"sku": push.sku, "kind": push.kind, "value": push.value}))

    def retry_unreached(self, now: datetime) -> None:
        with self._database.write() as connection:
            connection.execute(_UNREACHED, {"now": time_text(now)})

    def doubt_stock(self, skus: Sequence[str], now: datetime) -> None:
        if not skus:
            return
        with self._moved_lock:
            # Before the write: a PUT that is confirmed between the two finds it, and one that begins now forgets it.
            self._moved.update(skus)
        with self._database.write() as connection:
            at = time_text(now)
            many(connection, _DOUBT_STOCK, ("of_sku", "of_kind", "at"), ((sku, "stock", at) for sku in skus))

    def mark_doubt(self, pushes: Sequence[DuePush], now: datetime) -> None:
        if not pushes:
            return
        at = time_text(now)
        with self._moved_lock:
            self._moved.difference_update(entry.sku for entry in pushes if entry.kind == "stock")
        with self._database.write() as connection:
            lease = self._database.lease_number
            rows = ((entry.sku, entry.kind, entry.value, at, lease) for entry in pushes)
            many(connection, _DOUBT, ("sku", "kind", "doubt", "doubt_at", "lease"), rows)

    def record_results(self, results: Sequence[PushResult]) -> None:
        """As in the Protocol. A skipped one wasn't sent, so that the audit doesn't name it; a doubt older than the PUT
        that just failed stays. Where a confirmed value is no longer the wanted one and nothing else waits, its SKU is
        computed anew."""
        if not results:
            return
        lease = self._database.lease_number
        with self._database.write() as connection:
            _confirm(connection, [result for result in results if result.confirmed is not None])
            self._overtaken(connection, [result for result in results if result.confirmed is not None])
            failed = [result for result in results if result.confirmed is None and result.error is not None]
            many(connection, _FAILED, _FAILED_NAMES, (_failure(result) for result in failed))
            cleared = [r for r in results if r.confirmed is None and not (r.error is not None and r.keep_doubt)]
            many(connection, _UNDOUBT, ("of_sku", "of_kind"), ((r.push.sku, r.push.kind) for r in cleared))
            many(connection, _AUDIT, _AUDIT_NAMES, (_audit(r, lease) for r in results if r.confirmed or r.error))
            supersede_empty(connection, max(result.at for result in results))
            self._doubt_moved(connection, results)

    def _doubt_moved(self, connection: Connection, results: Sequence[PushResult]) -> None:
        """Stock that was confirmed, but that an order may have moved at the hub behind the PUT: to be sent again."""
        confirmed = [r for r in results if r.confirmed is not None and r.push.kind == "stock"]
        with self._moved_lock:
            moved = [result for result in confirmed if result.push.sku in self._moved]
            self._moved.difference_update(result.push.sku for result in moved)
        rows = ((r.push.sku, "stock", time_text(r.at)) for r in moved)
        many(connection, _DOUBT_STOCK, ("of_sku", "of_kind", "at"), rows)
        self._marks.mark(connection, [("sku", result.push.sku) for result in moved])

    def _overtaken(self, connection: Connection, confirmed: Sequence[PushResult]) -> None:
        """Removes the rows that were answered; marks SKUs whose row is gone already (withdrawn during the PUT)."""
        if not confirmed:
            return
        waiting = {
            (sku, kind): value
            for sku, kind, value in tuples(
                connection, _PENDING, {"keys": keys_of(result.push.sku for result in confirmed)}
            )
        }
        done: list[tuple[str, str, str]] = []
        lost: list[tuple[str, str]] = []
        for result in confirmed:
            sent = result.push
            value = waiting.get((sent.sku, sent.kind))
            if value is None:
                lost.append(("sku", sent.sku))
            elif value == sent.value == result.confirmed:
                done.append((sent.sku, sent.kind, sent.value))
        many(connection, _DONE, ("of_sku", "of_kind", "of_value"), done)
        self._marks.mark(connection, lost)

    def retry_now(self, skus: Sequence[str] | None) -> int:
        values: dict[str, object] = {"now": time_text(self._clock.now())}
        with self._database.write() as connection:
            if skus is None:
                return connection.execute(_AGAIN, values).rowcount
            return connection.execute(_AGAIN_SOME, {**values, "keys": keys_of(skus)}).rowcount

    def set_confirmed(self, values: Sequence[tuple[str, Kind, str]], at: datetime) -> None:
        """As in the Protocol; a SKU whose value isn't what we believed is computed anew."""
        if not values:
            return
        with self._database.write() as connection:
            rows = tuples(connection, _HELD_VALUES, {"keys": keys_of(sku for sku, _, _ in values)})
            known = {(sku, kind): (confirmed, doubt) for sku, kind, confirmed, doubt in rows}
            nothing = (None, None)
            sure = [value for value in values if known.get(value[:2], nothing)[1] is None]
            moved = [value for value in sure if known.get(value[:2], nothing)[0] != value[2]]
            moment = time_text(at)
            many(connection, _READ_BACK, ("sku", "kind", "confirmed", "confirmed_at"), ((*v, moment) for v in moved))
            self._marks.mark(connection, (("sku", sku) for sku, _, _ in moved))


def _kinds(kinds: Sequence[Kind]) -> dict[str, object]:
    """One or both kinds as two parameters; a list of any length would keep SQLite from reading in the index's order."""
    return {"kind": kinds[0] if kinds else "", "other_kind": kinds[-1] if kinds else ""}


def _confirm(connection: Connection, results: Sequence[PushResult]) -> None:
    rows = (
        (result.push.sku, result.push.kind, result.confirmed, time_text(result.at), None, None, None)
        for result in results
    )
    names = ("sku", "kind", "confirmed", "confirmed_at", "doubt", "doubt_at", "doubt_before")
    many(connection, _CONFIRM, names, rows)


def _failure(result: PushResult) -> tuple[Any, ...]:
    columns = error_columns(result.error)
    return (
        result.push.sku,
        result.push.kind,
        result.push.value,
        "due" if result.retry_at is not None else "stopped",
        time_or_none(result.retry_at),
        columns["error_code"],
        columns["error_params"],
        columns["error_raw"],
    )


def _audit(result: PushResult, lease: int) -> tuple[object, ...]:
    sent = result.push
    answer = result.error.code if result.error is not None else result.answer
    basis = clean(json_text(sent.basis))
    return (sent.sku, sent.kind, sent.value, sent.previous, sent.reason, basis, time_text(result.at), answer, lease)
