"""Which delivery of an order a typed tracking code is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from otimo_tray.domain.orders import Order

NO_SHIPMENT: Final = ""
"""Stands for the shipment of an order that has none yet."""


@dataclass(frozen=True, slots=True)
class TrackingEntry:
    """A code to send.

    Attributes:
        shipped_at: aware; date of dispatch where the hub has none yet.
        shipment_id: None = not said: `places` finds one.
        volume: 1, 2, … of the order's parcels.
        replaces: codes typed before in this one's place; a shipment that still shows one of them is the place.
    """

    code: str
    company: str
    method: str
    url: str
    shipped_at: datetime
    shipment_id: str | None = None
    volume: int = 1
    replaces: tuple[str, ...] = ()


def code_for_hub(entries: Sequence[TrackingEntry]) -> TrackingEntry:
    """Of several volumes' codes the one the hub gets (guess: it has one code per shipment): the first volume's."""
    return min(entries, key=lambda entry: entry.volume)


def places(order: Order, entries: Sequence[TrackingEntry]) -> dict[str, list[TrackingEntry]]:
    """Shipment id → its codes, by volume; under `NO_SHIPMENT` when the order has none.

    In this order: the shipment said; the one that shows this code already, or one that it replaces; of those
    without a code the volume's own (first volume, first shipment), else the first; when all have codes, the
    volume's own, as a correction. So two parcels of an order with two shipments get one each, and further volumes
    share the last.
    """
    ids = [shipment.id for shipment in order.shipments]
    placed: dict[str, list[TrackingEntry]] = {}
    if not ids:
        return {NO_SHIPMENT: sorted(entries, key=lambda entry: entry.volume)}
    shown = {shipment.track_code: shipment.id for shipment in reversed(order.shipments) if shipment.track_code}
    open_entries: list[TrackingEntry] = []
    for entry in sorted(entries, key=lambda entry: entry.volume):
        known = next((shown[code] for code in (entry.code, *entry.replaces) if code in shown), None)
        place = entry.shipment_id if entry.shipment_id in ids else known
        if place is None:
            open_entries.append(entry)
        else:
            placed.setdefault(place, []).append(entry)
    free = [shipment.id for shipment in order.shipments if not shipment.track_code and shipment.id not in placed]
    for entry in open_entries:
        own = ids[min(max(entry.volume, 1), len(ids)) - 1]
        place = own if own in free or not free else free[0]
        if place in free:
            free.remove(place)
        placed.setdefault(place, []).append(entry)
    return placed
