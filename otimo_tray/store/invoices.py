"""Invoices by access key: what the ERP has, where it belongs, and how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.store.codec import (
    clean,
    decimal_text,
    dump,
    error_columns,
    json_of,
    json_text,
    load,
    params_of,
    time_of,
    time_or_none,
    time_text,
)
from otimo_tray.store.dialect import among, given, keys_of, tuples
from otimo_tray.store.facts import put_fact
from otimo_tray.store.schema import invoice
from otimo_tray.store.steps import again, step_columns, step_values
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import InvoiceRow

CURSOR_FACT: Final = "invoice_cursor"
"""The fact that `put_batch` keeps the ERP's cursor in."""
_c = invoice.c
_ROWS: Final = select(
    _c.record, _c.state, _c.hub_id, _c.shipment_id, _c.matched_by, _c.attempts, _c.due_at, _c.error_code,
    _c.error_params, _c.found_at,
)  # fmt: skip
_ONE: Final = _ROWS.where(_c.key == given("of_key"))
_OF_ORDER: Final = _ROWS.where(_c.hub_id == given("of_order")).order_by(_c.found_at, _c.key)
_BY_STATE: Final = _ROWS.where(among(_c.state, "states")).order_by(_c.found_at, _c.key).limit(given("block"))
_FOUND: Final = _ROWS.where(_c.found_at >= given("since")).order_by(_c.found_at)
_DUE: Final = (
    _ROWS.where(among(_c.state, "states"), _c.due_at <= given("now")).order_by(_c.due_at, _c.key).limit(given("block"))
)
_COUNTS: Final = select(_c.state, func.count()).group_by(_c.state)
_of_key = update(invoice).where(_c.key == given("of_key"))
_SET: Final = _of_key.where(_c.state != InvoiceState.CANCELLED.value).values(
    hub_id=func.coalesce(given("new_order"), _c.hub_id),
    shipment_id=func.coalesce(given("new_shipment"), _c.shipment_id),
    matched_by=func.coalesce(given("new_match"), _c.matched_by),
    **step_columns(invoice),
)
_AGAIN: Final = again(invoice, (InvoiceState.MATCHED, InvoiceState.SENT))
_AGAIN_SOME: Final = _AGAIN.where(among(_c.key))


class InvoiceStore:
    """Implements `sync.storage.Invoices`. A cancelled invoice stays cancelled."""

    def __init__(self, database: StateDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put_batch(
        self, rows: Sequence[tuple[InvoiceRecord, InvoiceState, OtimoError | None]], cursor: str, now: datetime
    ) -> int:
        new = 0
        with self._database.write() as connection:
            for record, state, error in rows:
                stored = connection.execute(_ONE, {"of_key": record.key}).first()
                if stored is None:
                    _insert(connection, record, state, error, now)
                    new += 1
                elif _changes(load(InvoiceRecord, json_of(stored.record)), record, stored.state):
                    told = {**_columns(record), **_state_columns(state, error, now)}
                    connection.execute(_of_key.values(told), {"of_key": record.key})
            put_fact(connection, CURSOR_FACT, cursor)
        return new

    def get(self, key: str) -> InvoiceRow | None:
        return next(iter(self._rows(_ONE, {"of_key": key})), None)

    def of_order(self, hub_id: str) -> list[InvoiceRow]:
        return self._rows(_OF_ORDER, {"of_order": hub_id})

    def by_state(self, states: Sequence[InvoiceState], limit: int = 10_000) -> list[InvoiceRow]:
        return self._rows(_BY_STATE, {"states": keys_of(states), "block": limit})

    def found_since(self, since: datetime) -> list[InvoiceRow]:
        return self._rows(_FOUND, {"since": time_text(since)})

    def due(self, states: Sequence[InvoiceState], now: datetime, limit: int) -> list[InvoiceRow]:
        return self._rows(_DUE, {"states": keys_of(states), "now": time_text(now), "block": limit})

    def _rows(self, statement: Any, values: dict[str, object]) -> list[InvoiceRow]:
        with self._database.read() as connection:
            rows = tuples(connection, statement, values)
        return [_row(row) for row in rows]

    def set_state(
        self,
        key: str,
        state: InvoiceState,
        now: datetime,
        *,
        hub_id: str | None = None,
        shipment_id: str | None = None,
        matched_by: str | None = None,
        error: OtimoError | None = None,
        due_at: datetime | None = None,
        count_attempt: bool = False,
    ) -> None:
        """As in the Protocol; attempts begin anew in another state."""
        lease = self._database.lease_number
        values = {
            **step_values(state, now, error, due_at, count_attempt=count_attempt, lease=lease),
            "of_key": key,
            "new_order": hub_id,
            "new_shipment": shipment_id,
            "new_match": matched_by,
        }
        with self._database.write() as connection:
            connection.execute(_SET, values)

    def counts(self) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(tuples(connection, _COUNTS))

    def retry_now(self, keys: Sequence[str] | None) -> int:
        """Invoices on their way to the hub become due. Answers how many."""
        values: dict[str, object] = {"now": time_text(self._clock.now())}
        with self._database.write() as connection:
            if keys is None:
                return connection.execute(_AGAIN, values).rowcount
            return connection.execute(_AGAIN_SOME, {**values, "keys": keys_of(keys)}).rowcount


def _changes(known: InvoiceRecord, record: InvoiceRecord, state: str) -> bool:
    """Whether a record that we have already says something new: authorised at last, or cancelled."""
    if state == InvoiceState.CANCELLED.value:
        return False
    return record.cancelled or (record.authorised and not known.authorised)


def _columns(record: InvoiceRecord) -> dict[str, object]:
    return {
        "number": record.number,
        "serie": record.serie,
        "issued": time_or_none(record.issued),
        "issued_date": record.issued_date,
        "cnpj": record.cnpj,
        "total": decimal_text(record.total),
        "record": clean(json_text(dump(record))),
        "source": clean(record.source),
    }


def _state_columns(state: InvoiceState, error: OtimoError | None, now: datetime) -> dict[str, object]:
    return {**error_columns(error), "state": state.value, "attempts": 0, "due_at": time_text(now)}


def _insert(
    connection: Connection, record: InvoiceRecord, state: InvoiceState, error: OtimoError | None, now: datetime
) -> None:
    row = {**_columns(record), **_state_columns(state, error, now), "key": record.key, "found_at": time_text(now)}
    connection.execute(insert(invoice), row)


def _row(row: tuple[Any, ...]) -> InvoiceRow:
    record, state, hub_id, shipment_id, matched_by, attempts, due_at, code, params, found_at = row
    return InvoiceRow(
        load(InvoiceRecord, json_of(record)),
        InvoiceState(state),
        hub_id,
        shipment_id,
        matched_by,
        attempts,
        time_of(due_at),
        code,
        params_of(params),
        time_of(found_at),
    )
