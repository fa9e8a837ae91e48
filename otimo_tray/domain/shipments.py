"""What goes into an order's shipments at the hub: the invoice's facts and the tracking code, nothing lost.

Every update names each shipment the order has (API.md: a shipment without its id is duplicated, and whether
one left out survives is unknown). Only an order without any shipment gets one without an id, the single
allowed case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_match import candidate_of, order_totals, record_totals
from otimo_tray.domain.orders import Order, OrderUpdate, Shipment, ShipmentUpdate
from otimo_tray.domain.parcels import NO_SHIPMENT, TrackingEntry, code_for_hub, places
from otimo_tray.errors import ItemError

_ORDER_STEPS: Final = {
    status: step
    for step, group in enumerate(
        (
            ("approved", "paid", "picking", "in_separation", "waiting_invoice", "invoice_error"),
            ("partial_invoiced",),
            ("invoiced", "shipping_error"),
            ("shipping_informed", "partial_shipped"),
            ("shipped", "partial_delivered"),
            ("delivered",),
            # Never taken back by us: what to do with a cancelled order a person decides.
            ("canceled", "refunded"),
        )
    )
    for status in group
}
_SHIPMENT_STEPS: Final = {"invoiced": 1, "shipped": 2, "delivered": 3}


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """The hub holds exactly this already; nothing to send."""

    shipment_id: str


@dataclass(frozen=True, slots=True)
class ShipmentWrite:
    """An update to send and the shipments it changes (`NO_SHIPMENT` for an order that had none)."""

    update: OrderUpdate
    shipment_ids: tuple[str, ...]

    @property
    def shipment_id(self) -> str:
        return self.shipment_ids[0]


def forward(current: str, wanted: str) -> str:
    """The order's status to send: `wanted`, or `current` where the order is further already."""
    return current if _ORDER_STEPS.get(current, -1) > _ORDER_STEPS[wanted] else wanted


def _update(order: Order, status: str, changed: Mapping[str, ShipmentUpdate]) -> OrderUpdate:
    """Every shipment of the order by its id, those in `changed` with their new fields."""
    if not order.shipments:
        return OrderUpdate(forward(order.status, status), tuple(changed.values()))
    entries = tuple(changed.get(entry.id, ShipmentUpdate(entry.id)) for entry in order.shipments)
    return OrderUpdate(forward(order.status, status), entries)


# ------------------------------------------------------------------------------------------ invoices


def _goods_value(order: Order, shipment: Shipment) -> Decimal | None:
    """What a shipment's items cost, None when the hub doesn't say which or at what price."""
    prices = {item.sku: item.price for item in order.items}
    total = Decimal(0)
    for sku, quantity in shipment.items:
        price = prices.get(sku)
        if price is None:
            return None
        total += price * quantity
    return total if shipment.items else None


def _invoice_places(
    order: Order, record: InvoiceRecord, free: Sequence[Shipment], items: Mapping[str, int], siblings: int
) -> list[Shipment]:
    """Which of several free shipments the invoice is for; empty = can't be told."""
    if items:
        same = [entry for entry in free if _summed(entry.items) == dict(items)]
        if len(same) == 1:
            return same
    totals = record_totals(record)
    worth = [entry for entry in free if _goods_value(order, entry) in totals]
    if len(worth) == 1:
        return worth
    # One invoice for a whole order in several parcels is what most ERPs write: then each parcel carries its
    # key.
    alone = siblings == 0 and len(free) == len(order.shipments)
    if alone and (not totals or totals & order_totals(candidate_of(order))):
        return list(free)
    return []


def _summed(items: Iterable[tuple[str, int]]) -> dict[str, int]:
    quantities: dict[str, int] = {}
    for sku, quantity in items:
        quantities[sku] = quantities.get(sku, 0) + quantity
    return quantities


def invoice_update(
    order: Order,
    record: InvoiceRecord,
    instant: datetime,
    *,
    shipment_id: str | None = None,
    items: Mapping[str, int] | None = None,
    freed_keys: Iterable[str] = (),
    siblings: int = 0,
) -> ShipmentWrite | AlreadyThere:
    """The update that puts an invoice's four facts into its shipment and the order to `invoiced`.

    The place is, in this order: the shipment that already has the key; the one decided before
    (`shipment_id`); the only one without a key; the one whose items or value are the invoice's; every one,
    when this is the order's only invoice and it is worth the whole order (or its worth isn't known). An
    order further than `invoiced` keeps its status.

    Args:
        order: as just read from the hub.
        instant: the emission (`nfe_instant`).
        shipment_id: decided before, None = not yet; one that the order no longer has is ignored.
        items: quantity by SKU of the invoice, when known.
        freed_keys: keys of cancelled invoices; their places are free for the replacement.
        siblings: other valid invoices known for this order.

    Raises:
        ItemError: I-751, every place holds another invoice's key; I-752, several places are free and
            nothing tells
            which: a person chooses.
    """
    holding = [entry for entry in order.shipments if entry.nfe_key == record.key]
    if holding and all(_same_invoice(entry, record) for entry in holding):
        return AlreadyThere(holding[0].id)
    params = {"order": order.original_id or order.hub_id, "number": record.number}
    freed = {*freed_keys, record.key, ""}
    free = [entry for entry in order.shipments if entry.nfe_key in freed]
    decided = [entry for entry in order.shipments if shipment_id and entry.id == shipment_id]
    if not order.shipments:
        ids = [NO_SHIPMENT]
    elif holding:
        ids = [entry.id for entry in holding]
    elif decided:
        if decided[0] not in free:
            raise ItemError("I-751", **params)
        ids = [decided[0].id]
    elif not free:
        raise ItemError("I-751", **params)
    else:
        fitting = free if len(free) == 1 else _invoice_places(order, record, free, items or {}, siblings)
        if not fitting:
            raise ItemError("I-752", **params)
        ids = [entry.id for entry in fitting]
    # API.md: with several deliveries each entry carries its own status too.
    status = "invoiced" if len(order.shipments) > 1 else None
    current = {entry.id: entry.status for entry in order.shipments}
    changed = {
        place: ShipmentUpdate(
            place,
            nfe_key=record.key,
            nfe_number=record.number,
            nfe_serie=record.serie,
            nfe_date=instant,
            status=None if _SHIPMENT_STEPS.get(current.get(place, ""), 0) >= 1 else status,
        )
        for place in ids
    }
    return ShipmentWrite(_update(order, "invoiced", changed), tuple(ids))


def _same_invoice(shipment: Shipment, record: InvoiceRecord) -> bool:
    return (
        shipment.nfe_key == record.key
        and _same_number(shipment.nfe_number, record.number)
        and _same_number(shipment.nfe_serie, record.serie)
        and shipment.nfe_date != ""
    )


# ------------------------------------------------------------------------------------------ tracking


def tracking_update(order: Order, entries: Sequence[TrackingEntry]) -> ShipmentWrite | AlreadyThere:
    """The update that puts codes into their shipments.

    Order `shipping_informed`, shipment `shipped` (API.md: two statuses). Company and method the channel filled in
    are sent back as they are; ours only fill gaps, since channels refuse a code without them. A status further on
    is kept, and so is a date of dispatch that is already there.

    Args:
        order: as just read from the hub.
        entries: codes of this order, at least one; corrections replace the code that is there.
    """
    shipments = {shipment.id: shipment for shipment in order.shipments}
    changed: dict[str, ShipmentUpdate] = {}
    for place, codes in places(order, entries).items():
        entry, there = code_for_hub(codes), shipments.get(place, Shipment(place))
        further = _SHIPMENT_STEPS.get(there.status, 0) >= _SHIPMENT_STEPS["shipped"]
        changed[place] = ShipmentUpdate(
            place,
            company=there.company or entry.company,
            method=there.method or entry.method,
            track_code=entry.code,
            track_url=entry.url or None,
            date_shipped=None if there.date_shipped else entry.shipped_at,
            status=there.status if further else "shipped",
        )
    update = _update(order, "shipping_informed", changed)
    if order.shipments and holds(order, update):
        return AlreadyThere(next(iter(changed)))
    return ShipmentWrite(update, tuple(changed))


# ------------------------------------------------------------------------------------------ reading back


def _same_number(there: str, wanted: str) -> bool:
    """`007` and `7` are one number."""
    return there.strip().lstrip("0") == wanted.strip().lstrip("0")


def _same_instant(there: str, wanted: datetime) -> bool:
    """Whether the hub's text is that instant, to the second; text that is no date at all can't be judged:
    no."""
    try:
        found = datetime.fromisoformat(there.strip())
    except ValueError:
        return False
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return abs((aware - wanted).total_seconds()) < 1


def _shipment_holds(there: Shipment, wanted: ShipmentUpdate) -> bool:
    texts = (
        (wanted.nfe_key, there.nfe_key),
        (wanted.company, there.company),
        (wanted.method, there.method),
        (wanted.track_code, there.track_code),
        (wanted.track_url, there.track_url),
    )
    numbers = ((wanted.nfe_number, there.nfe_number), (wanted.nfe_serie, there.nfe_serie))
    instants = ((wanted.nfe_date, there.nfe_date), (wanted.date_shipped, there.date_shipped))
    return (
        all(value is None or value == text for value, text in texts)
        and all(value is None or _same_number(text, value) for value, text in numbers)
        and all(value is None or _same_instant(text, value) for value, text in instants)
        and _SHIPMENT_STEPS.get(there.status, 0) >= _SHIPMENT_STEPS.get(wanted.status or "", 0)
    )


def holds(order: Order, update: OrderUpdate) -> bool:
    """Whether an order read back holds every value of `update`; for `HubUnchanged` and answers that got lost.

    A status further on counts as reached. A shipment without an id may be any of the order's.
    """
    wanted, current = _ORDER_STEPS.get(update.status, 0), _ORDER_STEPS.get(order.status, -1)
    if current < wanted:
        return False
    by_id = {shipment.id: shipment for shipment in order.shipments}
    for entry in update.shipments:
        options = [by_id[entry.id]] if entry.id in by_id else [] if entry.id else list(order.shipments)
        if not any(_shipment_holds(option, entry) for option in options):
            return False
    return True
