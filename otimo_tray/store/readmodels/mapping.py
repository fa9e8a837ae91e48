"""Rows of the De/Para window: every SKU at the hub or in the De/Para, with what both sides hold.

A row is a plain tuple; all of them together are packed (`mapping_rows`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Any, Final, NamedTuple, cast

from otimo_tray.store.readmodels.connection import ReadConnection
from otimo_tray.store.readmodels.mapping_rows import MappingRow, MappingRows

SKU: Final = 0
NAME: Final = 1
EAN: Final = 2
CODE: Final = 3
UNITS: Final = 4
BALANCE: Final = 5
AVAILABLE: Final = 6
ERP_PRICE: Final = 7
HUB_PRICE: Final = 8
STATE: Final = 9
COMPONENTS: Final = 10
VERSION: Final = 11
ERROR: Final = 12


class MappingState(IntEnum):
    """Where a SKU stands."""

    OK = 0
    UNMAPPED = 1
    NO_CODE = 2
    """The ERP doesn't have (one of) its codes."""
    NOT_AT_HUB = 3
    """Mapped, but the hub doesn't have the SKU."""
    HAS_TABLE = 4
    """The hub keeps a price or stock table for it: a person decides."""
    DIVERGENT = 5
    """The hub was read after the last confirmation and shows another value."""
    HELD = 6
    DUE = 7
    """On its way."""
    STOPPED = 8
    """Refused; waits for a person or another value."""
    NEW = 9
    """Mapped, nothing sent yet."""


class ErpCode(NamedTuple):
    """A code of the ERP for autocompletion."""

    code: str
    name: str
    ean: str
    balance: str | None
    price: str | None


class SentRow(NamedTuple):
    """A value that was sent."""

    at: str
    kind: str
    value: str
    previous: str | None
    reason: str
    basis: dict[str, Any]
    answer: str


# `waiting`: SKUs that an order waits for; the catalogue may have lost them, or never had them.
_ROWS: Final = """
WITH waiting AS (
  SELECT i.sku, max(i.name) AS name FROM orders o JOIN order_item i USING (hub_id)
  WHERE o.stage = 'seen' AND o.error_code = 'O-501' AND i.sku <> '' GROUP BY i.sku
)
SELECT k.sku, coalesce(p.name, w.name, ''), coalesce(p.ean, ''),
  coalesce(m.erp_code, ''), coalesce(m.units, 1), e.balance, coalesce(ps.value, vs.confirmed),
  coalesce(e.promo_price, e.price),
  CASE WHEN vp.confirmed IS NOT NULL THEN substr(vp.confirmed, instr(vp.confirmed, '/') + 1)
       ELSE coalesce(p.special_price, p.price) END,
  CASE
    WHEN m.sku IS NULL THEN 1
    WHEN p.sku IS NULL OR p.gone THEN 3
    WHEN e.erp_code IS NULL AND :has_items THEN 2
    WHEN ps.state = 'held' OR pp.state = 'held' THEN 6
    WHEN ps.state = 'stopped' OR pp.state = 'stopped' THEN 8
    WHEN ps.state = 'due' OR pp.state = 'due' THEN 7
    WHEN p.has_price_table OR p.has_stock_table THEN 4
    WHEN vs.doubt IS NULL AND p.read_at > vs.confirmed_at AND p.quantity <> CAST(vs.confirmed AS INTEGER) THEN 5
    WHEN vp.doubt IS NULL AND p.read_at > vp.confirmed_at AND p.price IS NOT NULL
      AND CAST(round(p.price * 100) AS INTEGER) <> CAST(round(vp.confirmed * 100) AS INTEGER) THEN 5
    WHEN vs.confirmed IS NULL AND vp.confirmed IS NULL THEN 9
    ELSE 0 END,
  CASE WHEN m.sku IS NULL THEN 0 ELSE coalesce(kit.parts, 1) END,
  coalesce(m.version, 0), coalesce(ps.error_code, pp.error_code)
FROM (SELECT sku FROM hub_product WHERE gone = 0 UNION SELECT sku FROM mapping UNION SELECT sku FROM waiting) k
LEFT JOIN hub_product p ON p.sku = k.sku
LEFT JOIN waiting w ON w.sku = k.sku
LEFT JOIN mapping m ON m.sku = k.sku AND m.position = 0
LEFT JOIN (SELECT sku, max(position) + 1 AS parts FROM mapping WHERE position > 0 GROUP BY sku) kit ON kit.sku = k.sku
LEFT JOIN erp_item e ON e.erp_code = m.erp_code
LEFT JOIN sku_value vs ON vs.sku = k.sku AND vs.kind = 'stock'
LEFT JOIN sku_value vp ON vp.sku = k.sku AND vp.kind = 'price'
LEFT JOIN push ps ON ps.sku = k.sku AND ps.kind = 'stock' AND ps.state <> 'discarded'
LEFT JOIN push pp ON pp.sku = k.sku AND pp.kind = 'price' AND pp.state <> 'discarded'
"""
# `confirmed * 100` of a price: SQLite reads the number before the slash, which is the list price.

_SOME: Final = _ROWS.replace(
    "(SELECT sku FROM hub_product WHERE gone = 0 UNION SELECT sku FROM mapping UNION SELECT sku FROM waiting)",
    "(SELECT value AS sku FROM json_each(:skus))",
)

_CHANGED: Final = """
SELECT sku FROM sku_value WHERE confirmed_at >= :since OR doubt_at >= :since
UNION SELECT sku FROM push WHERE created_at >= :since OR due_at >= :since
UNION SELECT sku FROM mapping WHERE updated_at >= :since
UNION SELECT m.sku FROM erp_item e JOIN mapping m ON m.erp_code = e.erp_code WHERE e.as_of >= :since
UNION SELECT sku FROM hub_product WHERE read_at >= :since
UNION SELECT i.sku FROM orders o JOIN order_item i USING (hub_id)
  WHERE o.stage = 'seen' AND o.error_code = 'O-501' AND i.sku <> '' AND (o.stage_at >= :since OR o.read_at >= :since)
"""

_SPARE: Final = """
SELECT e.erp_code, coalesce(e.name, ''), coalesce(e.ean, ''), e.balance, coalesce(e.promo_price, e.price)
FROM erp_item e WHERE NOT EXISTS (SELECT 1 FROM mapping m WHERE m.erp_code = e.erp_code) ORDER BY e.erp_code
"""


class MappingReader:
    """Questions of the De/Para window."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def rows(self) -> MappingRows:
        """Return every row, by SKU."""
        return MappingRows(self._read(_ROWS + "ORDER BY k.sku", {}))

    def rows_of(self, skus: Sequence[str]) -> list[MappingRow]:
        """Return the rows of these SKUs; one that is in neither place any more comes back without a name."""
        return list(self._read(_SOME, {"skus": json.dumps(list(skus))}))

    def changed_since(self, moment: str) -> list[str]:
        """Return SKUs whose row may have changed since an ISO time of the state database."""
        return [sku for (sku,) in self._connection.rows(_CHANGED, {"since": moment})]

    def components(self, sku: str) -> list[tuple[str, int]]:
        """Return (code, units) of a SKU's components."""
        query = "SELECT erp_code, units FROM mapping WHERE sku = ? ORDER BY position"
        return [(code, units) for code, units in self._connection.rows(query, (sku,))]

    def kits(self) -> dict[str, list[tuple[str, int]]]:
        """Return the components of every SKU that has several."""
        query = (
            "SELECT sku, erp_code, units FROM mapping "
            "WHERE sku IN (SELECT sku FROM mapping WHERE position > 0) ORDER BY sku, position"
        )
        kits: dict[str, list[tuple[str, int]]] = {}
        for sku, code, units in self._connection.rows(query):
            kits.setdefault(sku, []).append((code, units))
        return kits

    def codes(self) -> list[str]:
        """Return every ERP code, in order."""
        return [code for (code,) in self._connection.rows("SELECT erp_code FROM erp_item ORDER BY erp_code")]

    def codes_and_names(self) -> Iterator[tuple[str, str, str]]:
        """Return (code, name, EAN) of every ERP code, in order, as they are read."""
        query = "SELECT erp_code, coalesce(name, ''), coalesce(ean, '') FROM erp_item ORDER BY erp_code"
        return ((code, name, ean) for code, name, ean in self._connection.rows(query))

    def spare_codes(self) -> list[ErpCode]:
        """Return the ERP's codes that no SKU uses, in order."""
        return [ErpCode(*row) for row in self._connection.rows(_SPARE)]

    def spare_count(self) -> int:
        """Return how many ERP codes no SKU uses."""
        query = (
            "SELECT count(*) FROM erp_item e WHERE NOT EXISTS (SELECT 1 FROM mapping m WHERE m.erp_code = e.erp_code)"
        )
        return int(self._connection.list(query)[0][0])

    def erp_codes(self, codes: Sequence[str]) -> list[ErpCode]:
        """Return what the ERP last said about these codes."""
        query = (
            "SELECT erp_code, coalesce(name, ''), coalesce(ean, ''), balance, price FROM erp_item "
            "WHERE erp_code IN (SELECT value FROM json_each(?))"
        )
        return [ErpCode(*row) for row in self._connection.rows(query, (json.dumps(list(codes)),))]

    def equal_codes(self) -> tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]:
        """Return (sku, code) of unmapped SKUs that have an ERP code's own name; nothing is ambiguous there."""
        query = (
            "SELECT p.sku, e.erp_code FROM hub_product p JOIN erp_item e ON e.erp_code = p.sku "
            "WHERE p.gone = 0 AND NOT EXISTS (SELECT 1 FROM mapping m WHERE m.sku = p.sku) ORDER BY p.sku"
        )
        return [(sku, code) for sku, code in self._connection.rows(query)], []

    def equal_eans(self) -> tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]:
        """Return (sku, code) of unmapped SKUs whose EAN one single ERP code has, and (sku, codes) of the ambiguous."""
        query = (
            "SELECT p.sku, e.erp_code FROM hub_product p JOIN erp_item e ON e.ean = p.ean WHERE p.gone = 0 "
            "AND p.ean <> '' AND NOT EXISTS (SELECT 1 FROM mapping m WHERE m.sku = p.sku) ORDER BY p.sku, e.erp_code"
        )
        found: dict[str, list[str]] = {}
        for sku, code in self._connection.rows(query):
            found.setdefault(sku, []).append(code)
        clear = [(sku, codes[0]) for sku, codes in found.items() if len(codes) == 1]
        return clear, [(sku, codes) for sku, codes in found.items() if len(codes) > 1]

    def sent(self, sku: str, limit: int = 200) -> list[SentRow]:
        """Return what was sent for a SKU, newest first."""
        query = (
            "SELECT at, kind, value, previous, reason, basis, answer FROM sent_value WHERE sku = ? "
            "ORDER BY at DESC, id DESC LIMIT ?"
        )
        return [
            SentRow(at, kind, value, previous, reason, json.loads(basis or "{}"), answer)
            for at, kind, value, previous, reason, basis, answer in self._connection.rows(query, (sku, limit))
        ]

    def pending(self, sku: str) -> list[tuple[str, str, str, dict[str, Any]]]:
        """Return (kind, value, state, basis) of what waits to be sent for a SKU."""
        query = "SELECT kind, value, state, basis FROM push WHERE sku = ? ORDER BY kind DESC"
        return [
            (kind, value, state, json.loads(basis or "{}"))
            for kind, value, state, basis in self._connection.rows(query, (sku,))
        ]

    def commitments(self, sku: str) -> list[tuple[str, str, str, int]]:
        """Return (hub id, channel number, stage, quantity) of the open orders that hold units of a SKU."""
        query = (
            "SELECT o.hub_id, o.original_id, o.stage, i.quantity FROM order_item i JOIN orders o USING (hub_id) "
            "WHERE i.sku = ? AND o.stage IN ('pending', 'first_run', 'seen', 'importing', 'imported', 'in_erp') "
            "ORDER BY o.seen_at"
        )
        return [(hub, number, stage, count) for hub, number, stage, count in self._connection.rows(query, (sku,))]

    def _read(self, query: str, values: dict[str, object]) -> Iterator[MappingRow]:
        has_items = self._connection.list("SELECT EXISTS (SELECT 1 FROM erp_item)")[0][0]
        for row in self._connection.rows(query, {**values, "has_items": has_items}):
            yield cast(MappingRow, row)
