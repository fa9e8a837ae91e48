"""What a written table means: what the leader goes to work for, and what windows show anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from otimo_tray.domain.status import Flow
from otimo_tray.sync.engine import EventKind

WAKES: Final[Mapping[str, tuple[Flow, ...]]] = {
    "tracking": (Flow.TRACKING,),
    "mapping": (Flow.STOCK, Flow.PRICE, Flow.ORDERS),
    "sku_rule": (Flow.STOCK, Flow.PRICE),
}
"""By table: what other desks (and the command line) write that the leader goes to work for at once."""
_TABLES: Final[Mapping[EventKind, tuple[str, ...]]] = {
    "values": ("push", "sku_value", "sent_value", "taken_back"),
    "mappings": ("mapping", "kept_unmapped", "sku_rule", "hub_product"),
    "orders": ("orders", "order_item", "order_event"),
    "invoices": ("invoice",),
    "tracking": ("tracking", "carrier"),
    "problems": ("problem",),
    "held": ("held_plan",),
    "status": ("shared_setting",),
}


def kinds_of(tables: Iterable[str]) -> list[EventKind]:
    """What changed for windows when these tables did."""
    written = set(tables)
    return [kind for kind, names in _TABLES.items() if written.intersection(names)]
