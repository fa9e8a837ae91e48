"""The order ledger: adding, refreshing and moving orders on, each step with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, case, func, insert, literal, or_, select, update

from otimo_tray.domain.orders import Order, OrderStage
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.store.codec import clean, error_columns, json_text, time_or_none, time_text
from otimo_tray.store.dialect import among, given, keys_of, one_of, tuples
from otimo_tray.store.masking import unmasked
from otimo_tray.store.order_rows import columns_of, order_of, put_lines
from otimo_tray.store.orders_read import OrderReads
from otimo_tray.store.schema import forgotten_order, order_event, order_item, orders
from otimo_tray.store.transactions import StateDatabase

_c = orders.c
_JOURNALLED: Final = (OrderStage.IMPORTED, OrderStage.IN_ERP, OrderStage.IGNORED)
"""What must not happen again, or was decided by a person."""
_NUMBER: Final = select(_c.original_id).where(_c.hub_id == given("of_order"))
_LINES: Final = select(order_item.c.sku, order_item.c.quantity).where(order_item.c.hub_id == given("of_order"))
_HAS: Final = select(literal(1)).where(_c.hub_id == given("of_order"))
_FORGOTTEN: Final = select(literal(1)).where(forgotten_order.c.hub_id == given("of_order"))
_STORED: Final = select(_c.data, _c.raw).where(_c.hub_id == given("of_order"))
_of_order = update(orders).where(_c.hub_id == given("of_order"))
_SEEN_AGAIN: Final = _of_order.values(read_at=given("now"))
_ADVANCE: Final = _of_order.values(
    stage=given("new_stage"),
    stage_at=given("now"),
    attempts=0,
    due_at=given("now"),
    error_code=None,
    error_params=None,
    error_raw=None,
    erp_ref=func.coalesce(given("new_ref"), _c.erp_ref),
    booked_at=func.coalesce(given("new_booked"), _c.booked_at),
    lease=case((given("new_stage") == OrderStage.IMPORTING.value, given("new_lease")), else_=_c.lease),
    imported_at=case(
        (given("new_stage") == OrderStage.IMPORTED.value, func.coalesce(_c.imported_at, given("now"))),
        else_=_c.imported_at,
    ),
)
_WAIT: Final = _of_order.values(
    attempts=_c.attempts + given("step"),
    due_at=given("new_due"),
    error_code=given("new_code"),
    error_params=given("new_params"),
    error_raw=given("new_raw"),
)
_BOOKED: Final = _of_order.where(_c.stage == OrderStage.CANCELLED.value).values(booked_at=given("new_booked"))
_CANCEL: Final = _of_order.values(cancel_open=given("new_value"))
_AGAIN: Final = (
    update(orders)
    .where(or_(_c.due_at > given("now"), _c.error_code.is_not(None)))
    .where(one_of(_c.stage, (OrderStage.SEEN, OrderStage.IMPORTING)))
    .values(due_at=given("now"))
)
_AGAIN_SOME: Final = _AGAIN.where(among(_c.hub_id))


class OrderStore(OrderReads):
    """Implements `sync.storage.Orders`. Steps of an order that isn't there (pruned meanwhile) do nothing."""

    def __init__(self, database: StateDatabase, clock: Clock) -> None:
        super().__init__(database, clock)

    def add(self, order: Order, stage: OrderStage, now: datetime) -> bool:
        at = time_text(now)
        with self._database.write() as connection:
            key = {"of_order": order.hub_id}
            if tuples(connection, _HAS, key) or tuples(connection, _FORGOTTEN, key):
                return False
            row = {
                **columns_of(order),
                "hub_id": order.hub_id,
                "stage": stage.value,
                "stage_at": at,
                "seen_at": at,
                "read_at": at,
                "imported_at": at if stage is OrderStage.IMPORTED else None,
                "attempts": 0,
                "due_at": at,
                "cancel_open": False,
            }
            connection.execute(insert(orders), row)
            put_lines(connection, order)
        return True

    def refresh(self, order: Order, now: datetime) -> None:
        with self._database.write() as connection:
            stored = tuples(connection, _STORED, {"of_order": order.hub_id})
            if not stored:
                return
            data, raw = stored[0]
            before = order_of(data, raw)
            merged = unmasked(before, order)
            columns = columns_of(merged)
            at = {"of_order": order.hub_id, "now": time_text(now)}
            if columns["data"] == data and columns["raw"] == raw:
                connection.execute(_SEEN_AGAIN, at)
                return
            connection.execute(_SEEN_AGAIN.values(columns), at)
            if merged.items != before.items:
                put_lines(connection, merged)

    def advance(
        self,
        hub_id: str,
        stage: OrderStage,
        now: datetime,
        *,
        event: str,
        params: Mapping[str, Any] | None = None,
        erp_ref: str | None = None,
        booked_at: datetime | None = None,
    ) -> None:
        with self._database.write() as connection:
            values = {
                "of_order": hub_id,
                "now": time_text(now),
                "new_stage": stage.value,
                "new_ref": None if erp_ref is None else clean(erp_ref),
                "new_booked": time_or_none(booked_at),
                "new_lease": self._database.lease_number,
            }
            if connection.execute(_ADVANCE, values).rowcount:
                _note(connection, hub_id, event, params or {}, now)
                if stage in _JOURNALLED:
                    self._journal(connection, hub_id, stage, now, erp_ref)

    def _journal(
        self, connection: Connection, hub_id: str, stage: OrderStage, now: datetime, erp_ref: str | None
    ) -> None:
        number = tuples(connection, _NUMBER, {"of_order": hub_id})[0][0]
        lines = [list(line) for line in tuples(connection, _LINES, {"of_order": hub_id})]
        self._database.note({"what": "order", "order": hub_id, "number": number, "stage": stage.value,
                             "ref": erp_ref, "at": time_text(now), "items": lines})  # fmt: skip

    def set_booked(self, hub_id: str, booked_at: datetime | None) -> None:
        with self._database.write() as connection:
            connection.execute(_BOOKED, {"of_order": hub_id, "new_booked": time_or_none(booked_at)})

    def wait(
        self, hub_id: str, error: OtimoError, due_at: datetime, now: datetime, *, count_attempt: bool = True
    ) -> None:
        """As in the Protocol; the same error again writes no second event."""
        del now  # what waits is told by its error and due time, not by an event a try
        columns = error_columns(error)
        with self._database.write() as connection:
            connection.execute(
                _WAIT,
                {
                    "of_order": hub_id,
                    "step": int(count_attempt),
                    "new_due": time_text(due_at),
                    "new_code": columns["error_code"],
                    "new_params": columns["error_params"],
                    "new_raw": columns["error_raw"],
                },
            )

    def note(self, hub_id: str, event: str, params: Mapping[str, Any], now: datetime) -> None:
        with self._database.write() as connection:
            if tuples(connection, _HAS, {"of_order": hub_id}):
                _note(connection, hub_id, event, params, now)

    def set_cancel_open(self, hub_id: str, value: bool, now: datetime) -> None:
        del now
        with self._database.write() as connection:
            connection.execute(_CANCEL, {"of_order": hub_id, "new_value": value})

    def retry_now(self, hub_ids: Sequence[str] | None) -> int:
        """Orders that wait to be imported become due. Answers how many."""
        values: dict[str, object] = {"now": time_text(self._clock.now())}
        with self._database.write() as connection:
            if hub_ids is None:
                return connection.execute(_AGAIN, values).rowcount
            return connection.execute(_AGAIN_SOME, {**values, "keys": keys_of(hub_ids)}).rowcount


def _note(connection: Connection, hub_id: str, code: str, params: Mapping[str, Any], now: datetime) -> None:
    row = {"hub_id": hub_id, "at": time_text(now), "code": code, "params": clean(json_text(dict(params)))}
    connection.execute(insert(order_event), row)
