"""The hub's SKUs as last read, what isn't there, and the rules a shop set for single SKUs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, delete, exists, func, or_, select, update

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.desks import Author, Edited, Meanwhile
from otimo_tray.domain.rules import NO_RULE, SkuRule
from otimo_tray.store.acts import ActStore
from otimo_tray.store.codec import clean, dump, json_of, json_text, load, time_of, time_text
from otimo_tray.store.dialect import among, given, keys_of, many, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.facts import put_fact
from otimo_tray.store.kept import Kept
from otimo_tray.store.mappings import CATALOGUE, MappingStore
from otimo_tray.store.products import COLUMNS, NAMES, product_of, row_of, values_of
from otimo_tray.store.schema import fact, hub_product, mapping, sku_rule, sku_value
from otimo_tray.store.transactions import StateDatabase

_BLOCK: Final = 1_000
_PUT: Final = upsert(hub_product, NAMES[1:])
_ONE: Final = select(*COLUMNS).where(hub_product.c.sku == given("sku"), hub_product.c.gone.is_(False))
_BEFORE: Final = select(
    hub_product.c.sku,
    hub_product.c.gone,
    hub_product.c.has_price_table,
    hub_product.c.has_stock_table,
    hub_product.c.brand,
).where(among(hub_product.c.sku))
_MAPPED: Final = select(mapping.c.sku).distinct().where(among(mapping.c.sku))
_PRESENT: Final = select(hub_product.c.sku).where(hub_product.c.gone.is_(False))
_GONE: Final = update(hub_product).where(hub_product.c.sku == given("of_sku")).values(gone=True)
_FIRST_VALUE: Final = upsert(sku_value, ["confirmed", "confirmed_at"], only_if=sku_value.c.confirmed.is_(None))
_UNKNOWN: Final = (
    select(mapping.c.sku, hub_product.c.read_at)
    .select_from(mapping.outerjoin(hub_product, hub_product.c.sku == mapping.c.sku))
    .where(or_(hub_product.c.sku.is_(None), hub_product.c.gone.is_(True)))
    .distinct()
    .order_by(mapping.c.sku)
)
_NOTE: Final = upsert(hub_product, ["read_at", "gone"])
_mapped = select(mapping.c.sku).distinct().subquery()
_COUNTS: Final = select(
    select(func.count()).where(hub_product.c.gone.is_(False)).scalar_subquery(),
    select(func.count()).select_from(_mapped).scalar_subquery(),
    select(func.count())
    .where(hub_product.c.gone.is_(False), ~exists().where(mapping.c.sku == hub_product.c.sku))
    .scalar_subquery(),
)
FACT_VERSIONS: Final = "rule_versions"
"""The highest version that a rule had which was taken away."""
_RULE: Final = select(sku_rule.c.rule, sku_rule.c.version).where(sku_rule.c.sku == given("sku"))
_RULES: Final = select(
    sku_rule.c.sku, sku_rule.c.rule, sku_rule.c.version, sku_rule.c.updated_by, sku_rule.c.updated_at
).where(among(sku_rule.c.sku))
_HIGHEST: Final = select(fact.c.value).where(fact.c.key == FACT_VERSIONS)
_SET_RULE: Final = upsert(sku_rule, ["rule", "updated_at", "version", "updated_by"])
_DROP_RULE: Final = delete(sku_rule).where(sku_rule.c.sku == given("of_sku"))


class CatalogueStore(MappingStore):
    """Implements `sync.storage.Catalogue`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks, acts: ActStore) -> None:
        super().__init__(database, marks, acts)
        self._unknown = Kept(database, CATALOGUE, self._read_unknown)
        self._counts = Kept(database, CATALOGUE, self._read_counts)

    def replace_products(self, products: Iterator[HubProduct], now: datetime, *, complete: bool) -> int:
        """As in the Protocol. `products` may come over the network: no transaction is open while it is asked. A mapped
        SKU that came, went, got a table or another brand is computed anew."""
        new = 0
        seen: set[str] = set()
        source = iter(products)
        while block := list(islice(source, _BLOCK)):
            seen.update(product.sku for product in block)
            with self._database.write() as connection:
                new += self._put(connection, block, now)
        if complete:
            self._mark_gone(seen)
        return new

    def _put(self, connection: Connection, products: list[HubProduct], now: datetime) -> int:
        """Stores products; answers how many the hub wasn't known to have."""
        self._database.changing(CATALOGUE)
        keys = {"keys": keys_of(product.sku for product in products)}
        before = {row[0]: (*map(bool, row[1:4]), row[4]) for row in tuples(connection, _BEFORE, keys)}
        many(connection, _PUT, NAMES, (row_of(product, now) for product in products))
        at = time_text(now)
        first = ((p.sku, kind, value, at) for p in products for kind, value in values_of(p))
        many(connection, _FIRST_VALUE, ("sku", "kind", "confirmed", "confirmed_at"), first)
        told = {p.sku: (False, p.has_price_table, p.has_stock_table, clean(p.brand)) for p in products}
        moved = [sku for sku, known in told.items() if before.get(sku) != known]
        self._mark_mapped(connection, moved)
        return len({product.sku for product in products if before.get(product.sku, (True, False, False, ""))[0]})

    def _mark_mapped(self, connection: Connection, skus: list[str]) -> None:
        """Marks those of these SKUs that are in the De/Para."""
        if skus:
            rows = tuples(connection, _MAPPED, {"keys": keys_of(skus)})
            self._marks.mark(connection, (("sku", row[0]) for row in rows))

    def _mark_gone(self, seen: set[str]) -> None:
        with self._database.read() as connection:
            gone = [row[0] for row in tuples(connection, _PRESENT) if row[0] not in seen]
        for start in range(0, len(gone), _BLOCK):
            block = gone[start : start + _BLOCK]
            with self._database.write() as connection:
                self._database.changing(CATALOGUE)
                many(connection, _GONE, ("of_sku",), ((sku,) for sku in block))
                self._mark_mapped(connection, block)

    def product(self, sku: str) -> HubProduct | None:
        with self._database.read() as connection:
            rows = tuples(connection, _ONE, {"sku": sku})
        return product_of(rows[0]) if rows else None

    def put_product(self, product: HubProduct, now: datetime) -> None:
        with self._database.write() as connection:
            self._put(connection, [product], now)

    def unknown_mapped(self, looked_before: datetime, limit: int) -> list[str]:
        """As in the Protocol. Asked every cycle, of 100,000 SKUs: kept in memory until the catalogue changes."""
        before = time_text(looked_before)
        unknown = (sku for sku, looked_at in self._unknown.get() if looked_at is None or looked_at < before)
        return list(islice(unknown, limit))

    def _read_unknown(self) -> list[tuple[str, str | None]]:
        with self._database.read() as connection:
            return [(sku, looked_at) for sku, looked_at in tuples(connection, _UNKNOWN)]

    def note_unknown(self, sku: str, now: datetime) -> None:
        empty: dict[str, Any] = {
            "sku": sku,
            "product_id": "",
            "name": "",
            "ean": "",
            "has_price_table": False,
            "has_stock_table": False,
            "read_at": time_text(now),
            "gone": True,
        }
        with self._database.write() as connection:
            self._database.changing(CATALOGUE)
            known = tuples(connection, _ONE, {"sku": sku})
            connection.execute(_NOTE, empty)
            if known:
                self._mark_mapped(connection, [sku])

    def counts(self) -> dict[str, int]:
        return dict(self._counts.get())

    def _read_counts(self) -> dict[str, int]:
        with self._database.read() as connection:
            products, mapped, unmapped = tuples(connection, _COUNTS)[0]
        unknown = len(self._unknown.get())
        return {"products": products, "mapped": mapped, "unmapped": unmapped, "mapped_unknown": unknown}

    # --- rules

    def rule(self, sku: str) -> SkuRule:
        return self.rule_now(sku)[0]

    def rule_now(self, sku: str) -> tuple[SkuRule, int]:
        with self._database.read() as connection:
            rows = tuples(connection, _RULE, {"sku": sku})
        return (load(SkuRule, json_of(rows[0][0])), _version(rows[0])) if rows else (NO_RULE, 0)

    def set_rules(self, rules: Mapping[str, SkuRule | None], now: datetime) -> None:
        """None (or a rule that says nothing) takes a SKU's own rule away. SKUs whose rule changed are marked."""
        if not rules:
            return
        texts = {sku: None if rule is None or rule == NO_RULE else json_text(dump(rule)) for sku, rule in rules.items()}
        at, person = time_text(now), clean(self._acts.author.person)
        with self._database.write() as connection:
            before = {row[0]: row[1:] for row in tuples(connection, _RULES, {"keys": keys_of(texts)})}
            changed = {sku: text for sku, text in texts.items() if text != before.get(sku, (None,))[0]}
            gone = [sku for sku, text in changed.items() if text is None]
            highest = int((tuples(connection, _HIGHEST) or [("0",)])[0][0])
            versions = {sku: _version(before[sku]) if sku in before else highest for sku in changed}
            put = ((sku, text, at, versions[sku] + 1, person) for sku, text in changed.items() if text is not None)
            many(connection, _SET_RULE, ("sku", "rule", "updated_at", "version", "updated_by"), put)
            many(connection, _DROP_RULE, ("of_sku",), ((sku,) for sku in gone))
            if gone and max(versions[sku] for sku in gone) > highest:
                put_fact(connection, FACT_VERSIONS, str(max(versions[sku] for sku in gone)))
            self._marks.mark(connection, (("sku", sku) for sku in changed))
            deeds = (("act.rule", sku, _told(before.get(sku, (None,))[0], text)) for sku, text in changed.items())
            self._acts.note_all(deeds, now)

    def change_rule(self, sku: str, rule: SkuRule | None, expected: Collection[int], now: datetime) -> Edited:
        """As in the Protocol."""
        wanted = rule or NO_RULE
        with self._database.write() as connection:
            there, version = self.rule_now(sku)
            if version not in expected and there != wanted:
                return Edited(refused={sku: self._rule_meanwhile(connection, sku, there, version)})
            self.set_rules({sku: wanted}, now)
            return Edited({sku: self.rule_now(sku)[1]}, changed=int(there != wanted))

    def _rule_meanwhile(self, connection: Connection, sku: str, there: SkuRule, version: int) -> Meanwhile:
        rows = tuples(connection, _RULES, {"keys": keys_of([sku])})
        deed = next((one for one in self._acts.of_item(sku) if one.what == "act.rule"), None)
        if deed is not None:
            return Meanwhile(deed.author, deed.at, version, there)
        return Meanwhile(Author(rows[0][3] if rows else ""), time_of(rows[0][4]) if rows else None, version, there)


def _version(row: tuple[Any, ...]) -> int:
    """Of a rule that is there, from its last fields: one made before rules were numbered counts as the first."""
    return max(1, int(row[1]))


def _told(before: str | None, after: str | None) -> dict[str, Any]:
    return {"before": json_of(before), "after": json_of(after)}
