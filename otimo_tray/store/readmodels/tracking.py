"""Rows of the tracking window: the orders whose code a person must give, and the codes given lately."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from otimo_tray.domain.code_source import CodeSource, code_source, question
from otimo_tray.domain.orders import Order, Shipment
from otimo_tray.store.readmodels.connection import ReadConnection
from otimo_tray.store.readmodels.orders import params_of
from otimo_tray.sync.code_sources import FACT_CODE_SOURCES, read_answers


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
    """An order to be shipped. `codes` are its typed codes, by volume, without replaced ones.

    Company, method, label and code are those of the first shipment that has no code yet, else of the first one.
    """

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
    """The code that the hub already has; "" while any shipment lacks one."""
    invoice_number: str
    invoice_key: str
    stage: str
    cancelled: bool
    codes: tuple[CodeRow, ...]
    source: CodeSource
    """Who informs the code."""

    @property
    def question(self) -> str:
        """Key of what a person is asked once where `source` is unknown."""
        return question(*_shipped(self.channel, self.delivery_type, self.company, self.method))

    @property
    def name(self) -> str:
        """The number people know."""
        return self.original_id or self.hub_id

    @property
    def is_waiting(self) -> bool:
        """Whether a code must still be given."""
        return not self.codes and not self.hub_code and not self.cancelled


_INVOICE: Final = (
    "coalesce((SELECT i.{0} FROM invoice i WHERE i.hub_id = o.hub_id AND i.state NOT IN ('cancelled', 'refused') "
    "ORDER BY i.found_at DESC LIMIT 1), '')"
)
_CODES: Final = """(SELECT json_group_array(json_array(t.id, t.shipment_id, t.volume, t.code, t.carrier, t.state,
  t.warnings, t.typed_at, t.sent_at, t.confirmed_at, t.error_code, t.error_params))
  FROM (SELECT * FROM tracking WHERE hub_id = o.hub_id AND state <> 'replaced' ORDER BY volume, id) t)"""
_SHIPMENT: Final = """(SELECT json_array(coalesce(s.value->>'$.company', ''), coalesce(s.value->>'$.method', ''),
  coalesce(s.value->>'$.label_type', ''), coalesce(s.value->>'$.track_code', ''))
  FROM json_each(o.data, '$.shipments') s ORDER BY coalesce(s.value->>'$.track_code', '') <> '', s.key LIMIT 1)"""
_ROWS: Final = f"""
SELECT o.hub_id, o.original_id, o.channel, o.buyer_name, o.expected_send, {_SHIPMENT}, o.delivery_type,
  {_INVOICE.format("number")}, {_INVOICE.format("key")}, o.stage,
  o.stage = 'cancelled' OR o.cancel_open OR o.hub_status IN ('canceled', 'refunded', 'partial_canceled'), {_CODES}
FROM orders o
"""  # noqa: S608  # column names of this module only
# Ids first, each from an index: one OR over the long table would read all of it.
_OPEN: Final = """WHERE o.hub_id IN (
  SELECT hub_id FROM orders WHERE stage = 'invoiced' AND delivery_type <> 'fulfillment'
  UNION SELECT hub_id FROM tracking WHERE state IN ('typed', 'sent', 'problem')
  UNION SELECT hub_id FROM tracking WHERE typed_at >= :since AND state <> 'replaced'
  UNION SELECT hub_id FROM orders WHERE cancel_open IS 1 AND imported_at IS NOT NULL)
ORDER BY o.expected_send IS NULL, o.expected_send, o.original_id"""
_SCANNED: Final = """WHERE o.hub_id IN (
  SELECT hub_id FROM orders WHERE hub_id = :text OR original_id = :text
  UNION SELECT hub_id FROM invoice WHERE key = :text AND hub_id IS NOT NULL
  UNION SELECT hub_id FROM invoice WHERE length(:text) BETWEEN 3 AND 9 AND number = ltrim(:text, '0')
    AND hub_id IS NOT NULL)
LIMIT 5"""
_WITH_CODE: Final = """WHERE o.hub_id IN (SELECT hub_id FROM tracking WHERE code = :text AND state <> 'replaced'
  UNION SELECT hub_id FROM orders WHERE hub_code = :text)
LIMIT 5"""


class TrackingReader:
    """Questions of the tracking window."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def parcels(self, since: str) -> list[ParcelRow]:
        """Return what waits for a code, late first, and what was typed since an ISO time or isn't confirmed.

        Parcels whose channel makes the code stay off, unless somebody typed one or they are cancelled.
        """
        found = self._read(_OPEN, {"since": since})
        return [parcel for parcel in found if parcel.codes or parcel.cancelled or parcel.source != "channel"]

    def parcel(self, hub_id: str) -> ParcelRow | None:
        """Return one order's parcel, on the list or not."""
        return next(iter(self._read("WHERE o.hub_id = :hub_id", {"hub_id": hub_id})), None)

    def scanned(self, text: str) -> list[ParcelRow]:
        """Return the orders whose number, NF-e key or NF-e number is `text`, on the list or not."""
        return self._read(_SCANNED, {"text": text})

    def with_code(self, code: str) -> list[ParcelRow]:
        """Return the orders that have this tracking code, typed here or made by the channel."""
        return self._read(_WITH_CODE, {"text": code})

    def _read(self, where: str, values: Mapping[str, object]) -> list[ParcelRow]:
        said = self._connection.list("SELECT value FROM fact WHERE key = ?", (FACT_CODE_SOURCES,))
        known = read_answers(said[0][0]) if said else {}
        return [_parcel(row, known) for row in self._connection.rows(_ROWS + where, values)]


def _shipped(
    channel: str, delivery_type: str, company: str, method: str, label_type: str = "", code: str = ""
) -> tuple[Order, Shipment]:
    """As much of an order as says who informs its code."""
    order = Order("", "", "", channel=channel, delivery_type=delivery_type)
    return order, Shipment("", company=company, method=method, label_type=label_type, track_code=code)


def _parcel(row: tuple[Any, ...], answers: Mapping[str, CodeSource]) -> ParcelRow:
    hub_id, number, channel, buyer, due, shipment, delivery_type, *rest, codes_text = row
    company, method, label, code = json.loads(shipment) if shipment else ("", "", "", "")
    invoice_number, key, stage, cancelled = rest
    source = code_source(*_shipped(channel, delivery_type, company, method, label, code), answers)
    codes = tuple(
        CodeRow._make((*typed[:6], tuple(json.loads(typed[6] or "[]")), *typed[7:11], params_of(typed[11])))
        for typed in json.loads(codes_text)
    )
    return ParcelRow(
        hub_id, number, channel, buyer, due, company, method, label, delivery_type, code, invoice_number, key, stage,
        bool(cancelled), codes, source,
    )  # fmt: skip
