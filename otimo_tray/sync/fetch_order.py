"""Takes one order by its number from the hub, when a person asks for it: the way in for what the queue didn't show."""

from __future__ import annotations

from dataclasses import dataclass

from otimo_tray.domain.orders import CANCELLED_HUB_STATUSES, COMMITTING_HUB_STATUSES, Order, OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.errors import HubRefusedItem, ItemError
from otimo_tray.ports import Clock, Hub
from otimo_tray.sync.storage import Storage


@dataclass(frozen=True, slots=True)
class FetchContext:
    """What is needed for it; the ERP isn't."""

    storage: Storage
    hub: Hub
    clock: Clock


def fetch_order(context: FetchContext, number: str) -> int:
    """Adds the orders that a number means at the hub, channel's or hub's, as seen; answers how many (mostly one).

    A person asked for it, so the rules that leave orders out (fulfillment, the first run's question) don't hold: one
    that waits for the first run's answer is decided. One that isn't paid yet is added as pending and comes in once
    approved.

    Raises:
        ItemError: O-551 the hub doesn't have it, O-552 it is cancelled there, O-550 it is known and past this.
        HubAway, HubBusy, HubRefusedLogin: nothing was changed.
    """
    try:
        orders = context.hub.find_orders(number)
    except HubRefusedItem as error:
        raise ItemError("O-551", order=number, raw=error.raw) from error
    if not orders:
        raise ItemError("O-551", order=number)
    known = context.storage.orders.known([order.hub_id for order in orders])
    refusals = [refusal for order in orders if (refusal := _refusal(order, known)) is not None]
    if len(refusals) == len(orders):
        raise refusals[0]
    return sum(1 for order in orders if _refusal(order, known) is None and _take(context, order, known))


def _refusal(order: Order, known: dict[str, OrderStage]) -> ItemError | None:
    stage = known.get(order.hub_id)
    if stage not in (None, OrderStage.FIRST_RUN):
        return ItemError("O-550", order=order.original_id, stage=str(stage))
    if order.status in CANCELLED_HUB_STATUSES:
        return ItemError("O-552", order=order.original_id, status=order.status)
    return None


def _take(context: FetchContext, order: Order, known: dict[str, OrderStage]) -> bool:
    storage, now = context.storage, context.clock.now()
    stage = OrderStage.PENDING if order.status in COMMITTING_HUB_STATUSES else OrderStage.SEEN
    with storage.batch():
        if order.hub_id in known:
            storage.orders.refresh(order, now)
            storage.orders.advance(order.hub_id, stage, now, event="O-530", params={"choice": "import"})
        elif not storage.orders.add(order, stage, now):
            return False
        else:
            storage.orders.note(order.hub_id, "O-553", {"order": order.original_id}, now)
        storage.problems.solve(Flow.ORDERS, [order.hub_id])  # it may be listed as having bypassed us
    return True
