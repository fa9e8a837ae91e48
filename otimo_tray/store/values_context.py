"""Everything about a SKU that its values are computed from, in blocks of a thousand SKUs, each one consistent view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from otimo_tray.domain.catalogue import Component, HubProduct, RawRow, SkuMapping
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.store.codec import json_of, load
from otimo_tray.store.dialect import Tuples, among, given, keys_of, tuples
from otimo_tray.store.products import COLUMNS, product_of
from otimo_tray.store.schema import commitment, erp_item, hub_product, mapping, push, sku_rule, sku_value, taken_back
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.sync.storage import SkuContext

BLOCK: Final = 1_000
_MAPPINGS: Final = (
    select(mapping.c.sku, mapping.c.erp_code, mapping.c.units, mapping.c.version, mapping.c.origin)
    .where(among(mapping.c.sku))
    .order_by(mapping.c.sku, mapping.c.position)
)
_NEXT_SKUS: Final = (
    select(mapping.c.sku).distinct().where(mapping.c.sku > given("last")).order_by(mapping.c.sku).limit(BLOCK)
)
_ITEMS: Final = select(*list(erp_item.columns)[:8]).where(among(erp_item.c.erp_code))
_COMMITTED: Final = select(commitment.c.erp_code, commitment.c.units).where(among(commitment.c.erp_code))
_RULES: Final = select(sku_rule.c.sku, sku_rule.c.rule).where(among(sku_rule.c.sku))
_PRODUCTS: Final = select(*COLUMNS).where(among(hub_product.c.sku), hub_product.c.gone.is_(False))
_VALUES: Final = select(sku_value.c.sku, sku_value.c.kind, sku_value.c.confirmed, sku_value.c.doubt).where(
    among(sku_value.c.sku)
)
_PUSHES: Final = select(push.c.sku, push.c.kind, push.c.value, push.c.state).where(among(push.c.sku))
_BACK: Final = select(taken_back.c.sku, taken_back.c.kind, taken_back.c.value, taken_back.c.instead).where(
    among(taken_back.c.sku)
)
_NOTHING: Final[dict[Any, Any]] = {}
_NO_DOUBT: Final[frozenset[Kind]] = frozenset()


def mappings_of(rows: Tuples) -> list[SkuMapping]:
    """Mappings from rows (sku, erp_code, units, version, origin) in the order of sku and position."""
    found: list[SkuMapping] = []
    components: list[Component] = []
    before: tuple[Any, ...] | None = None
    for row in rows:
        if before is not None and before[0] != row[0]:
            found.append(SkuMapping(before[0], tuple(components), before[3], before[4]))
            components = []
        components.append(Component(row[1], row[2]))
        before = row
    if before is not None:
        found.append(SkuMapping(before[0], tuple(components), before[3], before[4]))
    return found


def mappings_among(connection: Connection, skus: Sequence[str]) -> list[SkuMapping]:
    """The mappings that these SKUs have."""
    return mappings_of(tuples(connection, _MAPPINGS, {"keys": keys_of(skus)}))


def mapped_skus_after(connection: Connection, last: str) -> list[str]:
    """The next block of mapped SKUs behind `last`, in order."""
    return [row[0] for row in tuples(connection, _NEXT_SKUS, {"last": last})]


class ContextStore:
    """The second part of `sync.storage.Values`."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def contexts(self, skus: Sequence[str] | None) -> Iterator[list[SkuContext]]:
        if skus is not None:
            known = list(dict.fromkeys(skus))
            for start in range(0, len(known), BLOCK):
                with self._database.read() as connection:
                    block = _block(connection, known[start : start + BLOCK])
                if block:
                    yield block
            return
        last = ""
        while True:
            with self._database.read() as connection:
                following = mapped_skus_after(connection, last)
                block = _block(connection, following)
            if not block:
                return
            last = following[-1]
            yield block


def _block(connection: Connection, skus: Sequence[str]) -> list[SkuContext]:
    if not skus:
        return []
    mappings = mappings_among(connection, skus)
    by_sku = {"keys": keys_of(entry.sku for entry in mappings)}
    codes = dict.fromkeys(part.erp_code for entry in mappings for part in entry.components)
    by_code = {"keys": keys_of(codes)}
    items: dict[str, RawRow] = {row[0]: row for row in tuples(connection, _ITEMS, by_code)}
    committed: dict[str, int] = dict(tuples(connection, _COMMITTED, by_code))
    rules = {sku: load(SkuRule, json_of(text)) for sku, text in tuples(connection, _RULES, by_sku)}
    products: dict[str, HubProduct] = {row[0]: product_of(row) for row in tuples(connection, _PRODUCTS, by_sku)}
    confirmed: dict[str, dict[Kind, str]] = {}
    doubts: dict[str, frozenset[Kind]] = {}
    for sku, kind, value, doubt in tuples(connection, _VALUES, by_sku):
        if value is not None:
            confirmed.setdefault(sku, {})[kind] = value
        if doubt is not None:
            doubts[sku] = doubts.get(sku, _NO_DOUBT) | {kind}
    pending: dict[str, dict[Kind, tuple[str, str]]] = {}
    for sku, kind, value, state in tuples(connection, _PUSHES, by_sku):
        pending.setdefault(sku, {})[kind] = (value, state)
    back: dict[str, dict[Kind, tuple[str, str]]] = {}
    for sku, kind, value, instead in tuples(connection, _BACK, by_sku):
        back.setdefault(sku, {})[kind] = (value, instead)
    contexts: list[SkuContext] = []
    for entry in mappings:
        sku = entry.sku
        codes_of = [part.erp_code for part in entry.components]
        contexts.append(
            SkuContext(
                entry,
                {code: items[code] for code in codes_of if code in items},
                {code: committed[code] for code in codes_of if code in committed},
                rules.get(sku, NO_RULE),
                products.get(sku),
                confirmed.get(sku, _NOTHING),
                doubts.get(sku, _NO_DOUBT),
                pending.get(sku, _NOTHING),
                back.get(sku, _NOTHING),
            )
        )
    return contexts
