"""The De/Para: which ERP codes a SKU is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, exists, select, update

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.store.codec import time_text
from otimo_tray.store.dialect import given, many, one_of, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.held_plans import supersede_empty
from otimo_tray.store.schema import erp_item, hub_product, kept_unmapped, mapping, push, sku_value
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.store.values_context import BLOCK, mapped_skus_after, mappings_among

CATALOGUE: Final = "catalogue"
"""What `StateDatabase.changing` calls the hub's SKUs and the De/Para."""
_MANY_MARKS: Final = 20_000
"""From so many on one mark for everything: a hundred thousand marks would cost more than what they spare."""
_NAMES: Final = ("sku", "position", "erp_code", "units", "origin", "updated_at", "version")
_PUT: Final = upsert(mapping, _NAMES[2:])
_DROP: Final = delete(mapping).where(mapping.c.sku == given("of_sku"))
_KEEP_UNMAPPED: Final = upsert(kept_unmapped, ())
_MAY_MAP: Final = delete(kept_unmapped).where(kept_unmapped.c.sku == given("of_sku"))
_DROP_UNSENT: Final = delete(push).where(push.c.sku == given("of_sku"), one_of(push.c.state, ("due", "stopped")))
_DROP_PUSHES: Final = delete(push).where(push.c.sku == given("of_sku"))
_NO_CHANGE: Final = (
    update(sku_value)
    .where(sku_value.c.sku == given("of_sku"), sku_value.c.next_change.is_not(None))
    .values(next_change=None)
)
_EQUAL: Final = (
    select(hub_product.c.sku)
    .join(erp_item, erp_item.c.erp_code == hub_product.c.sku)
    .where(hub_product.c.gone.is_(False), hub_product.c.sku > given("last"))
    .where(~exists().where(mapping.c.sku == hub_product.c.sku))
    .where(~exists().where(kept_unmapped.c.sku == hub_product.c.sku))
    .order_by(hub_product.c.sku)
    .limit(BLOCK)
)


class MappingStore:
    """The De/Para part of `sync.storage.Catalogue`."""

    def __init__(self, database: StateDatabase, marks: DirtyMarks) -> None:
        self._database = database
        self._marks = marks

    def mapping(self, sku: str) -> SkuMapping | None:
        with self._database.read() as connection:
            return next(iter(mappings_among(connection, [sku])), None)

    def mappings(self, skus: Sequence[str] | None = None) -> Iterator[list[SkuMapping]]:
        if skus is not None:
            known = list(dict.fromkeys(skus))
            for start in range(0, len(known), BLOCK):
                with self._database.read() as connection:
                    block = mappings_among(connection, known[start : start + BLOCK])
                if block:
                    yield block
            return
        last = ""
        while True:
            with self._database.read() as connection:
                following = mapped_skus_after(connection, last)
                block = mappings_among(connection, following)
            if not block:
                return
            last = following[-1]
            yield block

    def set_mappings(self, mappings: Sequence[SkuMapping], now: datetime) -> int:
        """As in the Protocol. Values of these SKUs that wait to be sent are taken back: they were computed with the old
        De/Para, and the mark brings them anew. A mapping without components, or with less than one unit, is no
        mapping.

        Raises:
            ValueError: such a mapping; nothing is written.
        """
        wanted = {entry.sku: entry for entry in mappings}
        for entry in wanted.values():
            if not entry.components or any(part.units < 1 or not part.erp_code for part in entry.components):
                raise ValueError(f"mapping of {entry.sku!r} without whole components")
        if not wanted:
            return 0
        with self._database.write() as connection:
            before = {entry.sku: entry for entry in mappings_among(connection, list(wanted))}
            changed = [
                entry
                for sku, entry in wanted.items()
                if sku not in before or before[sku].components != entry.components
            ]
            if changed:
                self._write(connection, changed, before, now)
            for entry in changed:
                parts = [[part.erp_code, part.units] for part in entry.components]
                self._database.note({"what": "mapping", "sku": entry.sku, "parts": parts, "origin": entry.origin})
        return len(changed)

    def _write(
        self,
        connection: Connection,
        changed: Sequence[SkuMapping],
        before: dict[str, SkuMapping],
        now: datetime,
    ) -> None:
        self._database.changing(CATALOGUE)
        at = time_text(now)
        skus = [(entry.sku,) for entry in changed]
        many(connection, _DROP, ("of_sku",), skus)
        rows = (
            (
                entry.sku,
                place,
                part.erp_code,
                part.units,
                entry.origin,
                at,
                before[entry.sku].version + 1 if entry.sku in before else 1,
            )
            for entry in changed
            for place, part in enumerate(entry.components)
        )
        many(connection, _PUT, _NAMES, rows)
        many(connection, _MAY_MAP, ("of_sku",), skus)
        many(connection, _DROP_UNSENT, ("of_sku",), skus)
        self._mark(connection, [*changed, *(before[e.sku] for e in changed if e.sku in before)])

    def _mark(self, connection: Connection, entries: Sequence[SkuMapping]) -> None:
        """Marks the SKUs and their codes."""
        marks = [("sku", entry.sku) for entry in entries]
        marks += [("code", part.erp_code) for entry in entries for part in entry.components]
        self._marks.mark(connection, marks)

    def delete_mappings(self, skus: Sequence[str], now: datetime) -> int:
        """As in the Protocol. Equal codes don't bring back what a person took away."""
        if not skus:
            return 0
        with self._database.write() as connection:
            self._database.changing(CATALOGUE)
            before = mappings_among(connection, skus)
            keys = [(entry.sku,) for entry in before]
            for statement in (_DROP, _DROP_PUSHES, _NO_CHANGE):
                many(connection, statement, ("of_sku",), keys)
            many(connection, _KEEP_UNMAPPED, ("sku",), keys)
            self._mark(connection, before)
            for entry in before:
                self._database.note({"what": "mapping_gone", "sku": entry.sku})
            if before:
                supersede_empty(connection, now)
        return len(before)

    def match_equal_codes(self, now: datetime) -> int:
        """Maps every unmapped hub SKU whose code equals an ERP code (× 1). Answers how many."""
        at, last, count = time_text(now), "", 0
        while True:
            with self._database.read() as connection:
                found = [row[0] for row in tuples(connection, _EQUAL, {"last": last})]
            if not found:
                return count
            with self._database.write() as connection:
                self._database.changing(CATALOGUE)
                # Between the look and the write a person may have mapped one: what is there stays.
                taken = {entry.sku for entry in mappings_among(connection, found)}
                skus = [sku for sku in found if sku not in taken]
                many(connection, _PUT, _NAMES, ((sku, 0, sku, 1, "equal_code", at, 1) for sku in skus))
                one_by_one = count < _MANY_MARKS
                self._marks.mark(connection, [("sku", sku) for sku in skus] if one_by_one else [("all", "")])
            count += len(skus)
            last = found[-1]
