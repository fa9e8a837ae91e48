"""Kept codes on top of the server's rows in the mirror, so that the windows show them like all others.

The rows of an order that has any are put aside before it is shown otherwise, and come back to exactly what the server
says before anything of the server's is written. Kept rows have ids below 0 and the code T-634: kept on this PC.
"""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, text, update

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store.codec import clean, json_text
from otimo_tray.store.dialect import given
from otimo_tray.store.schema import tracking
from otimo_tray.store.shared.kept_file import KeptCode, KeptFile

KEPT: Final = "T-634"
"""What a kept row says instead of an error."""
_c = tracking.c
_REPLACED: Final = TrackingState.REPLACED.value
_at_place = (
    _c.hub_id == given("of_order"),
    func.coalesce(_c.shipment_id, "") == given("of_shipment"),
    _c.volume == given("of_volume"),
)
_OF_ORDER: Final = select(tracking).where(_c.hub_id == given("of_order"))
_DROP_ORDER: Final = delete(tracking).where(_c.hub_id == given("of_order"))
_DROP: Final = delete(tracking).where(_c.id == given("of_id"))
_REPLACE: Final = update(tracking).where(*_at_place, _c.state != _REPLACED).values(state=_REPLACED)
_THERE: Final = select(_c.id).where(*_at_place, _c.state != _REPLACED).limit(1)
_FORMER: Final = (
    select(_c.id, _c.confirmed_at)
    .where(*_at_place, _c.state == _REPLACED, _c.sent_at.is_not(None))
    .order_by(_c.id.desc())
    .limit(1)
)
_BACK: Final = update(tracking).where(_c.id == given("of_id")).values(state=given("new_state"))
_ASIDE: Final = text('SELECT id, "row" FROM overlaid')
_PUT_ASIDE: Final = text('INSERT INTO overlaid ("row") VALUES (:row)')
_NONE_ASIDE: Final = text("DELETE FROM overlaid")


class KeptOverlay:
    """Implements `mirror.Overlay` over one file of kept codes."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    def take_off(self, connection: Connection) -> None:
        aside = [json.loads(row[1]) for row in connection.execute(_ASIDE)]
        for entry in aside:
            connection.execute(_DROP_ORDER, {"of_order": entry["order"]})
            if entry["rows"]:
                connection.execute(insert(tracking), entry["rows"])
        if aside:
            connection.execute(_NONE_ASIDE)

    def put_on(self, connection: Connection) -> None:
        codes = self._file.codes()
        for hub_id in dict.fromkeys(code.hub_id for code in codes):
            rows = [dict(row) for row in connection.execute(_OF_ORDER, {"of_order": hub_id}).mappings()]
            connection.execute(_PUT_ASIDE, {"row": json.dumps({"order": hub_id, "rows": rows})})
        for code in codes:
            show(connection, code)


def show(connection: Connection, code: KeptCode) -> None:
    """Does to a mirror's rows what the server's would become."""
    order, shipment, volume = code.place
    place: dict[str, Any] = {"of_order": order, "of_shipment": shipment, "of_volume": volume}
    if code.what == "code":
        connection.execute(_REPLACE, place)
        connection.execute(insert(tracking), kept_row(code))
        return
    connection.execute(_DROP, {"of_id": code.row})
    if connection.execute(_THERE, place).first() is None:
        former = connection.execute(_FORMER, place).first()
        if former is not None:
            state = TrackingState.SENT if former[1] is None else TrackingState.CONFIRMED
            connection.execute(_BACK, {"of_id": former[0], "new_state": state.value})


def kept_row(code: KeptCode) -> dict[str, Any]:
    """The row of `tracking` that shows a kept code."""
    return {
        "id": code.local,
        "hub_id": code.hub_id,
        "shipment_id": code.shipment_id,
        "volume": code.volume,
        "code": clean(code.code),
        "carrier": clean(code.carrier),
        "method": clean(code.method),
        "url": clean(code.url),
        "state": TrackingState.TYPED.value,
        "warnings": json_text(list(code.warnings)),
        "typed_at": code.at,
        "typed_by": clean(code.by),
        "attempts": 0,
        "due_at": code.at,
        "error_code": KEPT,
        "error_params": json_text({"order": code.number, "code": code.code}),
    }
