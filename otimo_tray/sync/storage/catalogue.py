"""The hub's SKUs, the De/Para and the SKUs' own rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from otimo_tray.domain.catalogue import HubProduct, SkuMapping
from otimo_tray.domain.desks import Components, Edited
from otimo_tray.domain.rules import SkuRule


class Catalogue(Protocol):
    """The hub's SKUs and the De/Para."""

    def replace_products(self, products: Iterator[HubProduct], now: datetime, *, complete: bool) -> int:
        """Stores a catalogue read in blocks; `complete` marks SKUs not in it as gone.

        Values become confirmed for SKUs that have none yet. Answers how many SKUs are new.
        """
        ...

    def product(self, sku: str) -> HubProduct | None: ...
    def put_product(self, product: HubProduct, now: datetime) -> None:
        """Stores one SKU as read alone; its values become confirmed if it has none yet."""
        ...

    def unknown_mapped(self, looked_before: datetime, limit: int) -> list[str]:
        """Mapped SKUs the hub isn't known to have and that weren't looked for since `looked_before`."""
        ...

    def note_unknown(self, sku: str, now: datetime) -> None:
        """Remembers that the hub was asked for this SKU and doesn't have it."""
        ...

    def counts(self) -> dict[str, int]:
        """`products`, `mapped`, `unmapped`, `mapped_unknown` (mapped SKUs the hub doesn't have)."""
        ...

    def mapping(self, sku: str) -> SkuMapping | None: ...
    def mappings(self, skus: Sequence[str] | None = None) -> Iterator[list[SkuMapping]]: ...
    def set_mappings(self, mappings: Sequence[SkuMapping], now: datetime) -> int:
        """Inserts or replaces whole mappings, bumps versions, marks SKUs and old and new codes dirty.

        Answers how many changed.
        """
        ...

    def delete_mappings(self, skus: Sequence[str], now: datetime) -> int:
        """Also withdraws their pushes."""
        ...

    def change_mappings(
        self, wanted: Mapping[str, Components], expected: Mapping[str, Collection[int]], now: datetime
    ) -> Edited:
        """Sets whole mappings, takes away those without components, and says row by row how it went.

        Args:
            expected: the versions that an edit of a SKU may find (0 = unmapped): what the person saw, and what they
                wrote themselves since. A SKU with another one stays as it is and is refused, unless it already holds
                just what is wanted; a SKU without an entry is written in any case.
        """
        ...

    def match_equal_codes(self, now: datetime) -> int:
        """Maps every unmapped hub SKU whose code equals an ERP code (× 1). Answers how many."""
        ...

    def rule(self, sku: str) -> SkuRule: ...
    def rule_now(self, sku: str) -> tuple[SkuRule, int]:
        """A SKU's own rule with its version, 0 where it has none."""
        ...

    def set_rules(self, rules: Mapping[str, SkuRule | None], now: datetime) -> None: ...
    def change_rule(self, sku: str, rule: SkuRule | None, expected: Collection[int], now: datetime) -> Edited:
        """As `change_mappings`, for one SKU's own rule (None takes it away); a refused one's `value` is the rule."""
        ...
