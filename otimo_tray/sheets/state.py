"""What the sheets ask of the state database: two streams to export, and bulk look-ups to judge a sheet's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from otimo_tray.store.readmodels.connection import ReadConnection

_BLOCK: Final = 5_000
"""Keys asked for in one query."""

# `waiting`: SKUs that an order waits for; the catalogue may have lost them, or never had them.
_MAPPINGS: Final = """
WITH waiting AS (
  SELECT i.sku, max(i.name) AS name FROM orders o JOIN order_item i USING (hub_id)
  WHERE o.stage = 'seen' AND o.error_code = 'O-501' AND i.sku <> '' GROUP BY i.sku
)
SELECT k.sku, coalesce(p.name, w.name, ''), coalesce(p.ean, ''), coalesce(m.erp_code, ''), m.units,
  coalesce(e.name, ''),
  CASE WHEN m.sku IS NULL THEN 'unmapped' WHEN p.sku IS NULL OR p.gone THEN 'not_at_hub'
    WHEN e.erp_code IS NULL THEN 'no_code' ELSE 'mapped' END
FROM (SELECT sku FROM hub_product WHERE gone = 0 UNION SELECT sku FROM mapping UNION SELECT sku FROM waiting) k
LEFT JOIN hub_product p ON p.sku = k.sku
LEFT JOIN waiting w ON w.sku = k.sku
LEFT JOIN mapping m ON m.sku = k.sku
LEFT JOIN erp_item e ON e.erp_code = m.erp_code
ORDER BY k.sku, m.position
"""
_UNMAPPED: Final = """
WITH waiting AS (
  SELECT i.sku, max(i.name) AS name FROM orders o JOIN order_item i USING (hub_id)
  WHERE o.stage = 'seen' AND o.error_code = 'O-501' AND i.sku <> '' GROUP BY i.sku
)
SELECT k.sku, coalesce(p.name, w.name, ''), coalesce(p.ean, ''), '', NULL, '', 'unmapped'
FROM (SELECT sku FROM hub_product WHERE gone = 0 UNION SELECT sku FROM waiting) k
LEFT JOIN hub_product p ON p.sku = k.sku
LEFT JOIN waiting w ON w.sku = k.sku
WHERE NOT EXISTS (SELECT 1 FROM mapping m WHERE m.sku = k.sku) ORDER BY k.sku
"""
_ORDERS: Final = """
SELECT j.value, 1, o.hub_id, o.original_id FROM json_each(:keys) j JOIN orders o ON o.hub_id = j.value
UNION SELECT j.value, 2, o.hub_id, o.original_id FROM json_each(:keys) j JOIN orders o ON o.original_id = j.value
UNION SELECT j.value, 3, o.hub_id, o.original_id FROM json_each(:keys) j JOIN invoice i ON i.key = j.value
  JOIN orders o ON o.hub_id = i.hub_id WHERE i.state NOT IN ('cancelled', 'refused')
UNION SELECT j.value, 4, o.hub_id, o.original_id FROM json_each(:keys) j
  JOIN invoice i ON i.number = ltrim(j.value, '0') JOIN orders o ON o.hub_id = i.hub_id
  WHERE i.state NOT IN ('cancelled', 'refused')
ORDER BY 1, 2, 3
"""


class MappingLine(NamedTuple):
    """A row of the De/Para sheet; a kit of several has one for each component, an unmapped SKU one without a code."""

    sku: str
    name: str
    ean: str
    erp_code: str
    units: int | None
    erp_name: str
    state: str
    """mapped, unmapped, no_code (the ERP doesn't have it), not_at_hub."""


class CodeLine(NamedTuple):
    """An ERP code; `price` and `balance` as the ERP gave them."""

    code: str
    name: str
    ean: str
    price: str | None
    balance: str | None


class SheetState:
    """Questions over a read connection of its own; closes with the `with` statement."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def __enter__(self) -> SheetState:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def mapping_lines(self, *, only_unmapped: bool) -> Iterator[MappingLine]:
        """Yield the De/Para by SKU, every SKU of the hub's catalogue in it, or the unmapped ones alone."""
        for row in self._connection.rows(_UNMAPPED if only_unmapped else _MAPPINGS):
            yield MappingLine._make(row)

    def code_lines(self) -> Iterator[CodeLine]:
        """Yield every code of the ERP, in order."""
        query = "SELECT erp_code, coalesce(name, ''), coalesce(ean, ''), price, balance FROM erp_item ORDER BY erp_code"
        for row in self._connection.rows(query):
            yield CodeLine._make(row)

    def has_products(self) -> bool:
        """Whether the hub's catalogue was ever read."""
        return bool(self._connection.list("SELECT EXISTS (SELECT 1 FROM hub_product WHERE gone = 0)")[0][0])

    def has_items(self) -> bool:
        """Whether the ERP was ever read."""
        return bool(self._connection.list("SELECT EXISTS (SELECT 1 FROM erp_item)")[0][0])

    def known_skus(self, skus: Iterable[str]) -> set[str]:
        """Return those that the hub's catalogue has, or an order: one may sell what the catalogue lost or never had."""
        query = (
            "SELECT sku FROM hub_product WHERE gone = 0 AND sku IN (SELECT value FROM json_each(:keys)) "
            "UNION SELECT sku FROM order_item WHERE sku IN (SELECT value FROM json_each(:keys))"
        )
        return {row[0] for row in self._asked(query, skus)}

    def known_codes(self, codes: Iterable[str]) -> set[str]:
        """Return those that the ERP has."""
        query = "SELECT erp_code FROM erp_item WHERE erp_code IN (SELECT value FROM json_each(:keys))"
        return {row[0] for row in self._asked(query, codes)}

    def codes_without_zeros(self, codes: Iterable[str]) -> dict[str, str]:
        """Return for codes of digits whose leading zeros Excel took away the one ERP code that they may have been."""
        query = (
            "SELECT j.value, min(e.erp_code) FROM json_each(:keys) j JOIN "
            "(SELECT erp_code, ltrim(erp_code, '0') AS bare FROM erp_item WHERE erp_code LIKE '0%') e "
            "ON e.bare = j.value GROUP BY 1 HAVING count(*) = 1"
        )
        return dict(self._asked(query, codes))

    def mappings(self, skus: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return units by ERP code for those that have a De/Para."""
        query = "SELECT sku, erp_code, units FROM mapping WHERE sku IN (SELECT value FROM json_each(:keys))"
        found: dict[str, dict[str, int]] = {}
        for sku, code, units in self._asked(query, skus):
            found.setdefault(sku, {})[code] = units
        return found

    def orders(self, references: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Return (hub id, channel number) of the orders a text means; several where it could be several.

        It means a hub id, else a channel number, else an NF-e key, else an NF-e number.
        """
        found: dict[str, tuple[int, list[tuple[str, str]]]] = {}
        for text, rank, hub_id, number in self._asked(_ORDERS, references):
            best = found.setdefault(text, (rank, []))
            if best[0] == rank:
                best[1].append((hub_id, number))
        return {text: orders for text, (_, orders) in found.items()}

    def _asked(self, query: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        for block in _blocks(dict.fromkeys(keys)):
            yield from self._connection.rows(query, {"keys": json.dumps(block)})


def _blocks(keys: Iterable[str]) -> Iterator[Sequence[str]]:
    rest = iter(keys)
    while block := list(islice(rest, _BLOCK)):
        yield block
