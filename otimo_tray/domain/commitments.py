"""Units that are sold but still in the ERP's balance: what orders commit, and until which balance read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.settings import Booking

OrderLine = tuple[str, str, int, OrderStage, datetime | None, datetime | None]
"""(hub_id, sku, quantity, stage, imported_at, booked_at): a sold line and its order's instants, aware UTC."""

_OUTSIDE_THE_ERP: Final = frozenset({OrderStage.FIRST_RUN, OrderStage.PENDING, OrderStage.SEEN, OrderStage.IMPORTING})
_INSIDE_THE_ERP: Final = frozenset({OrderStage.IMPORTED, OrderStage.IN_ERP})


@dataclass(frozen=True, slots=True)
class Commitment:
    """`units` of one ERP code that an order line holds; for `otimo-tray explain` and the list of old ones."""

    hub_id: str
    sku: str
    erp_code: str
    units: int


def may_move_hub_stock(before: str | None, status: str, *, fulfillment: bool) -> bool:
    """Whether an order's step from one hub status to another (None = not known yet) may have changed the hub's own
    number: when it does so is unknown (API.md), so that every step counts. Its SKUs' stock is then sent again, even the
    same number, or a hub that lowers its stock itself would go on with one we believe confirmed."""
    return not fulfillment and before != status


def _is_in_balance(
    stage: OrderStage,
    imported_at: datetime | None,
    booked_at: datetime | None,
    *,
    on_import: bool,
    as_of: datetime | None,
) -> bool:
    """Whether a balance of moment `as_of` already lacks the units: only one strictly after the booking does."""
    if stage in _OUTSIDE_THE_ERP or as_of is None:
        return False
    if on_import:
        # An order keyed in by hand before us has no import of ours: its booking lies in the past.
        booking = imported_at
        unknown_means_booked = stage is not OrderStage.IMPORTED
    else:
        # Invoiced without a known instant: past the invoice the ERP's own books answer for it.
        booking = booked_at
        unknown_means_booked = stage not in _INSIDE_THE_ERP
    return unknown_means_booked if booking is None else as_of > booking


def commitments(
    lines: Iterable[OrderLine],
    mappings: Callable[[str], SkuMapping | None],
    booking: Booking,
    balance_is_net: bool,
    hub_nets: bool,
    as_of: datetime | None,
) -> Iterator[Commitment]:
    """The commitments one by one; arguments as in `committed_units`."""
    on_import = balance_is_net or booking == "on_import"
    for hub_id, sku, quantity, stage, imported_at, booked_at in lines:
        if quantity <= 0 or stage is OrderStage.IGNORED or (stage is OrderStage.CANCELLED and booked_at is None):
            continue
        if hub_nets and stage in _OUTSIDE_THE_ERP | _INSIDE_THE_ERP:
            continue
        if _is_in_balance(stage, imported_at, booked_at, on_import=on_import, as_of=as_of):
            continue
        mapping = mappings(sku)
        for component in mapping.components if mapping is not None else ():
            yield Commitment(hub_id, sku, component.erp_code, quantity * component.units)


def committed_units(
    lines: Iterable[OrderLine],
    mappings: Callable[[str], SkuMapping | None],
    booking: Booking,
    balance_is_net: bool,
    hub_nets: bool,
    as_of: datetime | None,
) -> dict[str, int]:
    """Units by ERP code that the balance of moment `as_of` still shows but that are sold.

    Args:
        lines: lines of orders that may commit; ignored ones commit nothing, and cancelled ones neither, unless
            they have a `booked_at`: the ERP had the order, may have booked it out just before, and only a balance
            after that moment tells. Lines of orders the channel ships from its own warehouse must not be among them.
        mappings: De/Para of a SKU; an unmapped SKU commits nothing, since nobody knows of what.
        booking: when the ERP takes a sale out of its balance: "on_import" (`imported_at`) or "on_invoice"
            (`booked_at`).
        balance_is_net: the balance lacks what the ERP itself has reserved, from the import on: as
            "on_import".
        hub_nets: the hub shows the quantity we send minus its own reservations (API.md: unknown). Orders
            that are still open there (before their invoice) are then in its reservation already, and
            subtracting them here would take them off twice. From the invoice until the next balance we
            subtract again: whether the hub still reserves then is unknown, and one unit too few for five
            minutes beats one oversold.
        as_of: moment of the balance; None = no balance read yet, so that nothing is released.
    """
    units: dict[str, int] = {}
    for entry in commitments(lines, mappings, booking, balance_is_net, hub_nets, as_of):
        units[entry.erp_code] = units.get(entry.erp_code, 0) + entry.units
    return units
