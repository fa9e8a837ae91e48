"""Rows of the tracking window: the orders whose code a person must give, and the codes given lately."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from otimo_tray.domain.code_source import code_source
from otimo_tray.domain.orders import Order, Shipment
from otimo_tray.store.readmodels.connection import ReadConnection
from otimo_tray.store.readmodels.orders import params_of


class CodeRow(NamedTuple):
    """A typed code. `state` is a `TrackingState`."""

    id: int
    shipment_id: str | None
    volume: int
    code: str
    carrier: str
    state: str
    warnings: tuple[str, ...]
    typed_at: str
    sent_at: str | None
    confirmed_at: str | None
    error_code: str | None
    error_params: dict[str, Any]


class ParcelRow(NamedTuple):
    """An order to be shipped. `codes` are its typed codes, by volume, without replaced ones."""

    hub_id: str
    original_id: str
    channel: str
    buyer: str
    expected_send: str | None
    company: str
    method: str
    label_type: str
    delivery_type: str
    hub_code: str
    """A code that the hub's first shipment already has."""
    invoice_number: str
    invoice_key: str
    stage: str
    cancelled: bool
    codes: tuple[CodeRow, ...]


_INVOICE: Final = (
    "coalesce((SELECT i.{0} FROM invoice i WHERE i.hub_id = o.hub_id AND i.state NOT IN ('cancelled', 'refused') "
    "ORDER BY i.found_at DESC LIMIT 1), '')"
)
_CODES: Final = """(SELECT json_group_array(json_array(t.id, t.shipment_id, t.volume, t.code, t.carrier, t.state,
  t.warnings, t.typed_at, t.sent_at, t.confirmed_at, t.error_code, t.error_params))
  FROM (SELECT * FROM tracking WHERE hub_id = o.hub_id AND state <> 'replaced' ORDER BY volume, id) t)"""
_ROWS: Final = f"""
SELECT o.hub_id, o.original_id, o.channel, o.buyer_name, o.expected_send,
  coalesce(o.data->>'$.shipments[0].company', ''), coalesce(o.data->>'$.shipments[0].method', ''),
  coalesce(o.data->>'$.shipments[0].label_type', ''), o.delivery_type,
  coalesce(o.data->>'$.shipments[0].track_code', ''),
  {_INVOICE.format("number")}, {_INVOICE.format("key")}, o.stage,
  o.stage = 'cancelled' OR o.cancel_open OR o.hub_status IN ('canceled', 'refunded', 'partial_canceled'), {_CODES}
FROM orders o
"""  # noqa: S608  # column names of this module only
_OPEN: Final = """WHERE (o.stage = 'invoiced' AND o.delivery_type <> 'fulfillment')
  OR o.hub_id IN (SELECT hub_id FROM tracking WHERE state <> 'replaced' AND (typed_at >= :since
    OR state IN ('typed', 'sent', 'problem')))
  OR (o.cancel_open AND o.imported_at IS NOT NULL)
ORDER BY o.expected_send IS NULL, o.expected_send, o.original_id"""
_SCANNED: Final = """WHERE o.hub_id = :text OR o.original_id = :text
  OR o.hub_id IN (SELECT hub_id FROM invoice WHERE key = :text AND hub_id IS NOT NULL)
  OR (length(:text) BETWEEN 3 AND 9 AND o.hub_id IN (SELECT hub_id FROM invoice WHERE number = ltrim(:text, '0')))
LIMIT 5"""


class TrackingReader:
    """Questions of the tracking window."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def parcels(self, since: str) -> list[ParcelRow]:
        """Return what waits for a code, late first, and what was typed since an ISO time or isn't confirmed.

        Parcels whose channel makes the code stay off, unless somebody typed one or they are cancelled.
        """
        found = (_parcel(row) for row in self._connection.rows(_ROWS + _OPEN, {"since": since}))
        return [parcel for parcel in found if parcel.codes or parcel.cancelled or needs_person(parcel)]

    def parcel(self, hub_id: str) -> ParcelRow | None:
        """Return one order's parcel, on the list or not."""
        rows = self._connection.list(_ROWS + "WHERE o.hub_id = :hub_id", {"hub_id": hub_id})
        return _parcel(rows[0]) if rows else None

    def scanned(self, text: str) -> list[ParcelRow]:
        """Return the orders whose number, NF-e key or NF-e number is `text`, on the list or not."""
        return [_parcel(row) for row in self._connection.rows(_ROWS + _SCANNED, {"text": text})]


def needs_person(parcel: ParcelRow) -> bool:
    """Tell whether a person must give the code of this parcel; the unknown is theirs too."""
    shipment = Shipment(
        "", company=parcel.company, method=parcel.method, track_code=parcel.hub_code, label_type=parcel.label_type
    )
    order = Order(parcel.hub_id, parcel.original_id, "", channel=parcel.channel, delivery_type=parcel.delivery_type)
    return code_source(order, shipment) != "channel"


def _parcel(row: tuple[Any, ...]) -> ParcelRow:
    codes = tuple(
        CodeRow._make((*code[:6], tuple(json.loads(code[6] or "[]")), *code[7:11], params_of(code[11])))
        for code in json.loads(row[14])
    )
    return ParcelRow._make((*row[:13], bool(row[13]), codes))
