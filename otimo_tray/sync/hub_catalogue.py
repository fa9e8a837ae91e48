"""The hub's catalogue: read once a day, asked for single SKUs in between, matched by equal codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import HubNotFound
from otimo_tray.sync.context import FlowContext

FACT_CATALOGUE_READ = "catalogue_read_at"
CATALOGUE_EVERY = timedelta(hours=24)
_UNKNOWN_SKUS_A_RUN = 200


def refresh_catalogue(context: FlowContext) -> bool:
    """Reads the hub's SKUs when they weren't for a day; in between asks only for mapped SKUs it doesn't know."""
    storage, now = context.storage, context.clock.now()
    read_at = storage.facts.get(FACT_CATALOGUE_READ)
    if read_at is not None and now - datetime.fromisoformat(read_at) < CATALOGUE_EVERY:
        _look_for_unknown(context, now)
        return False
    storage.catalogue.replace_products(context.hub.products(), now, complete=True)
    storage.facts.set(FACT_CATALOGUE_READ, now.isoformat())
    match_equal_codes(context)
    context.emit("mappings")
    return True


def _look_for_unknown(context: FlowContext, now: datetime) -> None:
    catalogue = context.storage.catalogue
    for sku in catalogue.unknown_mapped(now - timedelta(hours=1), _UNKNOWN_SKUS_A_RUN):
        if context.stop.is_set():
            return
        try:
            catalogue.put_product(context.hub.product(sku), now)
            context.storage.values.mark_dirty([("sku", sku)])
        except HubNotFound:
            catalogue.note_unknown(sku, now)


def match_equal_codes(context: FlowContext) -> None:
    """Maps equal codes where the shop wants that; orders that waited for a De/Para go on."""
    if not context.settings.shop.match_equal_codes:
        return
    if context.storage.catalogue.match_equal_codes(context.clock.now()):
        orders = context.storage.orders
        waiting = [row.order.hub_id for row in orders.by_stage((OrderStage.SEEN,)) if row.error_code == "O-501"]
        orders.retry_now(waiting)
        context.emit("mappings")
