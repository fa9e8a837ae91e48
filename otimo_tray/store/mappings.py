"""The De/Para: which ERP codes a SKU is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, exists, select, update

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.desks import Author, Components, Edited, Meanwhile, components_text
from otimo_tray.store.acts import ActStore
from otimo_tray.store.codec import clean, maybe_time, time_text
from otimo_tray.store.dialect import among, given, keys_of, many, one_of, tuples, upsert
from otimo_tray.store.dirty import DirtyMarks
from otimo_tray.store.facts import put_fact
from otimo_tray.store.held_plans import supersede_empty
from otimo_tray.store.schema import erp_item, fact, hub_product, kept_unmapped, mapping, push, sku_value
from otimo_tray.store.transactions import StateDatabase
from otimo_tray.store.values_context import BLOCK, mapped_skus_after, mappings_among

CATALOGUE: Final = "catalogue"
"""What `StateDatabase.changing` calls the hub's SKUs and the De/Para."""
_MANY_MARKS: Final = 20_000
"""From so many on one mark for everything: a hundred thousand marks would cost more than what they spare."""
FACT_VERSIONS: Final = "mapping_versions"
"""The highest version that a De/Para had which was taken away: a later one of the same SKU is never numbered alike."""
_NAMES: Final = ("sku", "position", "erp_code", "units", "origin", "updated_at", "version", "updated_by")
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
_HIGHEST: Final = select(fact.c.value).where(fact.c.key == FACT_VERSIONS)
_WRITTEN: Final = select(mapping.c.sku, mapping.c.updated_by, mapping.c.updated_at).where(
    among(mapping.c.sku), mapping.c.position == 0
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

    def __init__(self, database: StateDatabase, marks: DirtyMarks, acts: ActStore) -> None:
        self._database = database
        self._marks = marks
        self._acts = acts

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
                self._acts.note_all((_deed(before.get(entry.sku), entry) for entry in changed), now)
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
        at, person = time_text(now), clean(self._acts.author.person)
        first = _highest(connection) + 1 if any(entry.sku not in before for entry in changed) else 1
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
                before[entry.sku].version + 1 if entry.sku in before else first,
                person,
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
                highest = max(entry.version for entry in before)
                if highest > _highest(connection):
                    put_fact(connection, FACT_VERSIONS, str(highest))
                self._acts.note_all((_deed(entry, None) for entry in before), now)
                supersede_empty(connection, now)
        return len(before)

    def change_mappings(
        self, wanted: Mapping[str, Components], expected: Mapping[str, Collection[int]], now: datetime
    ) -> Edited:
        """As in the Protocol; the rows that weren't refused are written together."""
        with self._database.write() as connection:
            before = {entry.sku: entry for entry in mappings_among(connection, list(wanted))}
            moved = [
                sku
                for sku, parts in wanted.items()
                if sku in expected
                and _version(before.get(sku)) not in expected[sku]
                and _parts(before.get(sku)) != parts
            ]
            refused = self._meanwhile(connection, moved, before)
            taken = {sku: parts for sku, parts in wanted.items() if sku not in refused}
            changed = self.set_mappings([SkuMapping(sku, parts) for sku, parts in taken.items() if parts], now)
            changed += self.delete_mappings([sku for sku, parts in taken.items() if not parts], now)
            versions = dict.fromkeys(taken, 0)
            versions.update((entry.sku, entry.version) for entry in mappings_among(connection, list(taken)))
        return Edited(versions, refused, changed)

    def _meanwhile(
        self, connection: Connection, skus: Sequence[str], before: Mapping[str, SkuMapping]
    ) -> dict[str, Meanwhile]:
        """What others made of these SKUs, with who and when: the book of deeds knows it of what is gone, too."""
        if not skus:
            return {}
        written = {sku: (by, at) for sku, by, at in tuples(connection, _WRITTEN, {"keys": keys_of(skus)})}
        deeds = self._acts.latest(skus)
        found: dict[str, Meanwhile] = {}
        for sku in skus:
            by, at = written.get(sku, ("", None))
            deed, moment = deeds.get(sku), maybe_time(at)
            if deed is not None and (moment is None or deed.at >= moment):
                author, moment = deed.author, deed.at
            else:
                author = Author(by)
            found[sku] = Meanwhile(author, moment, _version(before.get(sku)), _parts(before.get(sku)))
        return found

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
                many(connection, _PUT, _NAMES, ((sku, 0, sku, 1, "equal_code", at, 1, "") for sku in skus))
                one_by_one = count < _MANY_MARKS
                self._marks.mark(connection, [("sku", sku) for sku in skus] if one_by_one else [("all", "")])
            count += len(skus)
            last = found[-1]


def _version(entry: SkuMapping | None) -> int:
    return 0 if entry is None else entry.version


def _parts(entry: SkuMapping | None) -> Components:
    return () if entry is None else entry.components


def _highest(connection: Connection) -> int:
    rows = tuples(connection, _HIGHEST)
    return int(rows[0][0]) if rows else 0


def _deed(before: SkuMapping | None, after: SkuMapping | None) -> tuple[str, str, dict[str, str]]:
    sku = (after or before or SkuMapping("", ())).sku
    old, new = components_text(_parts(before)), components_text(_parts(after))
    if not new:
        return "act.mapping_gone", sku, {"before": old}
    return ("act.mapping", sku, {"before": old, "after": new}) if old else ("act.mapping_new", sku, {"after": new})
