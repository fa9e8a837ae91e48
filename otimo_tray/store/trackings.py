"""Typed tracking codes, and the carriers they are typed for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, func, select, text, update

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import DEFAULT_CARRIERS, Carrier, TrackingState
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.store.acts import ActStore
from otimo_tray.store.codec import clean, json_text, params_of, time_of, time_text
from otimo_tray.store.dialect import Tuples, among, given, keys_of, new_id, tuples, upsert
from otimo_tray.store.schema import carrier, orders, tracking
from otimo_tray.store.steps import again, step_columns, step_values
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import TrackingRow

_c = tracking.c
_REPLACED: Final = TrackingState.REPLACED.value
_ROWS: Final = select(
    _c.id, _c.hub_id, _c.shipment_id, _c.volume, _c.code, _c.carrier, _c.method, _c.url, _c.state, _c.typed_at,
    _c.attempts, _c.due_at, _c.error_code, _c.error_params, _c.warnings, _c.typed_by,
)  # fmt: skip
_same_place = (
    _c.hub_id == given("of_order"),
    func.coalesce(_c.shipment_id, "") == func.coalesce(given("of_shipment"), ""),
    _c.volume == given("of_volume"),
)
_AT_PLACE: Final = _ROWS.where(*_same_place, _c.state != _REPLACED).order_by(_c.id.desc()).limit(1)
_REPLACE: Final = update(tracking).where(*_same_place, _c.state != _REPLACED).values(state=_REPLACED)
_OF_ORDER: Final = _ROWS.where(_c.hub_id == given("of_order")).order_by(_c.volume, _c.id)
_USED: Final = select(_c.hub_id).where(_c.code == given("code"), _c.state != _REPLACED).order_by(_c.id).limit(1)
_DUE: Final = (
    _ROWS.where(among(_c.state, "states"), _c.due_at <= given("now")).order_by(_c.due_at, _c.id).limit(given("block"))
)
_COUNTS: Final = select(_c.state, func.count()).group_by(_c.state)
_SENT: Final = select(_c.sent_at, _c.hub_id, _c.shipment_id, _c.volume, _c.code).where(_c.id == given("of_id"))
_DROP: Final = delete(tracking).where(_c.id == given("of_id"))
_FORMER: Final = (
    select(_c.id, _c.confirmed_at)
    .where(*_same_place, _c.state == _REPLACED, _c.sent_at.is_not(None))
    .order_by(_c.id.desc())
    .limit(1)
)
_BRING_BACK: Final = update(tracking).where(_c.id == given("of_id")).values(state=given("new_state"))
_SET: Final = update(tracking).where(_c.id == given("of_id"), _c.state != _REPLACED).values(**step_columns(tracking))
_AGAIN: Final = again(tracking, (TrackingState.TYPED, TrackingState.SENT, TrackingState.PROBLEM))
_AGAIN_SOME: Final = _AGAIN.where(_c.id.in_(bindparam("ids", expanding=True)))
_CARRIERS: Final = select(carrier.c.name, carrier.c.url_template, carrier.c.default_method).order_by(carrier.c.name)
_DROP_CARRIER: Final = delete(carrier).where(carrier.c.name == given("of_name"))
_PUT_CARRIER: Final = upsert(carrier, ["url_template", "default_method"])


_TO_GIVE: Final = text("""
SELECT channel, delivery_type, coalesce(shipment->>0, ''), coalesce(shipment->>1, ''), coalesce(shipment->>2, ''),
  count(*)
FROM (SELECT o.channel, o.delivery_type, (
    SELECT json_array(s.value->>'$.company', s.value->>'$.method', s.value->>'$.label_type', s.value->>'$.track_code')
    FROM json_each(o.data, '$.shipments') s ORDER BY coalesce(s.value->>'$.track_code', '') <> '', s.key LIMIT 1
  ) AS shipment
  FROM orders o WHERE o.stage = 'invoiced' AND o.cancel_open IS NOT 1
    AND NOT EXISTS (SELECT 1 FROM tracking t WHERE t.hub_id = o.hub_id AND t.state <> 'replaced'))
WHERE coalesce(shipment->>3, '') = '' GROUP BY 1, 2, 3, 4, 5
""")


_INVOICED: Final = select(orders.c.channel, orders.c.delivery_type, orders.c.data).where(
    orders.c.stage == OrderStage.INVOICED.value,
    orders.c.cancel_open.is_not(True),
    ~exists().where(_c.hub_id == orders.c.hub_id, _c.state != _REPLACED),
)


class TrackingStore:
    """Implements `sync.storage.Trackings`. A replaced code stays replaced, whatever its sender still reports."""

    def __init__(self, database: StateDatabase, clock: Clock, acts: ActStore) -> None:
        self._database = database
        self._clock = clock
        self._acts = acts

    def add(
        self,
        hub_id: str,
        code: str,
        carrier: str,
        method: str,
        url: str,
        now: datetime,
        *,
        shipment_id: str | None = None,
        volume: int = 1,
        warnings: Sequence[str] = (),
        by: str | None = None,
    ) -> int:
        """As in the Protocol; the very same entry again (a parcel scanned twice) is the one that is there.

        `by`: who typed it, where that isn't who works in this process.
        """
        at = time_text(now)
        place = {"of_order": hub_id, "of_shipment": shipment_id, "of_volume": volume}
        entry = tuple(clean(part) for part in (code, carrier, method, url))
        with self._database.write() as connection:
            there = tuples(connection, _AT_PLACE, place)
            if there and there[0][4:8] == entry and there[0][8] != TrackingState.PROBLEM.value:
                return int(there[0][0])
            connection.execute(_REPLACE, place)
            row = {
                **dict(zip(("code", "carrier", "method", "url"), entry, strict=True)),
                "hub_id": hub_id,
                "shipment_id": shipment_id,
                "volume": volume,
                "state": TrackingState.TYPED.value,
                "warnings": json_text(list(warnings)),
                "typed_at": at,
                "typed_by": clean(self._acts.author.person if by is None else by),
                "attempts": 0,
                "due_at": at,
            }
            self._database.note({"what": "code", "order": hub_id, "shipment_id": shipment_id, "volume": volume,
                                 "code": entry[0], "carrier": entry[1], "method": entry[2], "url": entry[3],
                                 "at": at})  # fmt: skip
            before = str(there[0][4]) if there else ""
            self._acts.note("act.code", hub_id, {"code": entry[0], "before": before, "volume": volume}, now)
            return new_id(connection, tracking, row)

    def remove(self, tracking_id: int, now: datetime) -> bool:
        """As in the Protocol; the sent code that it had replaced counts again."""
        with self._database.write() as connection:
            rows = tuples(connection, _SENT, {"of_id": tracking_id})
            if not rows or rows[0][0] is not None:
                return False
            _, hub_id, shipment_id, volume, code = rows[0]
            self._database.note({"what": "code_gone", "order": hub_id, "shipment_id": shipment_id, "volume": volume,
                                 "code": code})  # fmt: skip
            self._acts.note("act.code_gone", hub_id, {"code": code}, now)
            connection.execute(_DROP, {"of_id": tracking_id})
            _bring_back(connection, {"of_order": hub_id, "of_shipment": shipment_id, "of_volume": volume})
        return True

    def of_order(self, hub_id: str) -> list[TrackingRow]:
        return self._rows(_OF_ORDER, {"of_order": hub_id})

    def used_by(self, code: str) -> str | None:
        """The order that has this code, None when no one has. Replaced codes are free again."""
        with self._database.read() as connection:
            rows = tuples(connection, _USED, {"code": code})
        return rows[0][0] if rows else None

    def due(self, states: Sequence[TrackingState], now: datetime, limit: int) -> list[TrackingRow]:
        return self._rows(_DUE, {"states": keys_of(states), "now": time_text(now), "block": limit})

    def _rows(self, statement: Any, values: dict[str, object]) -> list[TrackingRow]:
        with self._database.read() as connection:
            rows = tuples(connection, statement, values)
        return [_row(row) for row in rows]

    def set_state(
        self,
        tracking_id: int,
        state: TrackingState,
        now: datetime,
        *,
        error: OtimoError | None = None,
        due_at: datetime | None = None,
        count_attempt: bool = False,
    ) -> None:
        """None leaves `due_at` as it is; error None clears the error; attempts begin anew in another state."""
        lease = self._database.lease_number
        step = step_values(state, now, error, due_at, count_attempt=count_attempt, lease=lease)
        with self._database.write() as connection:
            connection.execute(_SET, {**step, "of_id": tracking_id})

    def counts(self) -> dict[str, int]:
        with self._database.read() as connection:
            return dict(tuples(connection, _COUNTS))

    def to_give(self) -> list[tuple[str, str, str, str, str, int]]:
        with self._database.read() as connection:
            if connection.dialect.name == "sqlite":
                return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in connection.execute(_TO_GIVE)]
            return _to_give(tuples(connection, _INVOICED))

    def carriers(self) -> list[Carrier]:
        """The usual ones, with the shop's own in place of or behind them."""
        with self._database.read() as connection:
            own = {row[0]: Carrier(*row) for row in tuples(connection, _CARRIERS)}
        usual = [own.pop(entry.name, entry) for entry in DEFAULT_CARRIERS]
        return [*usual, *own.values()]

    def put_carrier(self, carrier: Carrier) -> None:
        row = {
            "name": clean(carrier.name),
            "url_template": clean(carrier.url_template),
            "default_method": clean(carrier.default_method),
        }
        with self._database.write() as connection:
            connection.execute(_PUT_CARRIER, row)

    def drop_carrier(self, name: str) -> None:
        """A usual one is as it was before the shop changed it."""
        with self._database.write() as connection:
            connection.execute(_DROP_CARRIER, {"of_name": clean(name)})

    def retry_now(self, ids: Sequence[int] | None) -> int:
        """Codes that aren't confirmed yet become due. Answers how many."""
        values: dict[str, object] = {"now": time_text(self._clock.now())}
        with self._database.write() as connection:
            if ids is None:
                return connection.execute(_AGAIN, values).rowcount
            return connection.execute(_AGAIN_SOME, {**values, "ids": list(ids)}).rowcount


def _to_give(rows: Tuples) -> list[tuple[str, str, str, str, str, int]]:
    """`_TO_GIVE` by hand: what databases say about JSON differs too much."""
    found: Counter[tuple[str, str, str, str, str]] = Counter()
    for channel, delivery, data in rows:
        shipments: list[dict[str, Any]] = json.loads(data).get("shipments", [])
        first = min(shipments, key=lambda one: bool(one.get("track_code")), default=dict[str, Any]())
        if not first.get("track_code"):
            company, method, label = (str(first.get(name) or "") for name in ("company", "method", "label_type"))
            found[channel, delivery, company, method, label] += 1
    return [(*key, count) for key, count in sorted(found.items())]


def _bring_back(connection: Connection, place: dict[str, object]) -> None:
    """The hub still has the last code that was sent for this place: so have we."""
    if tuples(connection, _AT_PLACE, place):
        return
    former = tuples(connection, _FORMER, place)
    if former:
        number, confirmed = former[0]
        state = TrackingState.SENT if confirmed is None else TrackingState.CONFIRMED
        connection.execute(_BRING_BACK, {"of_id": number, "new_state": state.value})


def _row(row: tuple[Any, ...]) -> TrackingRow:
    number, hub_id, shipment_id, volume, code, carrier_name, method, url, *rest = row
    state, typed_at, attempts, due_at, error_code, error_params, warnings, typed_by = rest
    return TrackingRow(
        number,
        hub_id,
        shipment_id,
        volume,
        code,
        carrier_name,
        method,
        url,
        TrackingState(state),
        time_of(typed_at),
        attempts,
        time_of(due_at),
        error_code,
        params_of(error_params),
        json.loads(warnings),
        typed_by,
    )
