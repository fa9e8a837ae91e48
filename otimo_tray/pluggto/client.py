"""The hub as the engine sees it (`ports.Hub`): the calls of the interface notes that this integration needs,
no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.orders import Order, OrderUpdate
from otimo_tray.domain.settings import HubSettings
from otimo_tray.errors import HubNotFound, HubRefusedItem
from otimo_tray.pluggto import guesses, paging
from otimo_tray.pluggto.address import segment
from otimo_tray.pluggto.session import HubSession
from otimo_tray.pluggto.wire_orders import order_of, update_body
from otimo_tray.pluggto.wire_products import find_sku, price_body, products_of, stock_body
from otimo_tray.ports import Clock, Secrets

_HUB_ID: Final = re.compile(r"[0-9a-fA-F]{24}")


class PluggtoHub:
    """Implements `ports.Hub`; usable from any thread. Raises ConfigurationError (C-410, C-411) for a bad
    address. `gate`: asked before each request leaves (`transport.Transport`)."""

    def __init__(
        self, settings: HubSettings, secrets: Secrets, clock: Clock, gate: Callable[[], None] | None = None
    ) -> None:
        self.session = HubSession(settings, secrets, clock, gate)

    def check_login(self) -> None:
        """Logs in if need be and reads one order, so that a token the hub no longer takes is found out
        too."""
        self.session.call("GET", "/orders", query={"limit": "1"})

    def clock_difference(self) -> float | None:
        """Seconds that this PC's clock was ahead of the hub's at the last answer; None when the hub didn't say."""
        return self.session.clock_difference()

    def orders(self, status: str, *, max_pages: int | None = None) -> Iterator[Order]:
        """All orders of one status; a comma list would silently lose orders (seen), so it is one a call."""
        return self._orders({"status": status}, max_pages, lambda order: order.status == status)

    def _orders(self, query: dict[str, str], max_pages: int | None, wanted: Callable[[Order], bool]) -> Iterator[Order]:
        listed = (
            paging.entries(self.session, "/orders", "Order", query)
            if max_pages is None
            else paging.newest(self.session, "/orders", "Order", query, max_pages)
        )
        for entry in listed:
            order = order_of(entry)
            # A filter the hub ignores must not turn into imports: we look ourselves.
            if order is not None and wanted(order):
                yield order

    def order(self, hub_id: str) -> Order:
        """One order. Raises HubNotFound."""
        return self._order_in(self.session.call("GET", f"/orders/{segment(hub_id)}", item=hub_id), hub_id)

    def find_orders(self, original_id: str) -> list[Order]:
        """Orders whose hub id, `external` or channel number is the given one."""
        given = original_id.strip()
        found: dict[str, Order] = {}
        if not given:
            return []
        if _HUB_ID.fullmatch(given):
            try:
                order = self.order(given.lower())
                found[order.hub_id] = order
            except HubNotFound:
                pass  # a channel's number may look like an id
        listed = self._orders(
            {"external": given},
            guesses.EXTERNAL_FILTER_PAGES,
            lambda order: given in {order.hub_id, order.external, order.original_id},
        )
        found.update((order.hub_id, order) for order in listed)
        if not found:
            # No filter for the channel's own number is known; what may be imported is in this list anyway.
            approved = self._orders({"status": "approved"}, None, lambda order: order.original_id == given)
            found.update((order.hub_id, order) for order in approved)
        return list(found.values())

    def update_order(self, hub_id: str, update: OrderUpdate) -> Order:
        """Puts status and shipments. Raises HubUnchanged when nothing changed: read back before judging."""
        answer = self.session.call("PUT", f"/orders/{segment(hub_id)}", body=update_body(update), item=hub_id)
        order = order_of(answer)
        return order if order is not None and order.hub_id == hub_id else self.order(hub_id)

    @staticmethod
    def _order_in(answer: Any, hub_id: str) -> Order:
        order = order_of(answer)
        if order is None or order.hub_id != hub_id:
            raise HubRefusedItem("P-135", item=hub_id, answered=order.hub_id if order else "")
        return order

    def products(self) -> Iterator[HubProduct]:
        """Every sellable SKU, each once. The light table isn't used: it answers stale values after a PUT
        (seen)."""
        known: set[str] = set()
        for entry in paging.entries(self.session, "/products", "Product", {}):
            for product in products_of(entry):
                if product.sku not in known:
                    known.add(product.sku)
                    yield product

    def product(self, sku: str) -> HubProduct:
        """One SKU's real values. Raises HubNotFound."""
        answer = self.session.call("GET", f"/skus/{segment(sku)}", item=sku)
        found = find_sku(answer, sku)
        if found is None:
            raise HubRefusedItem("P-135", item=sku, answered="")
        return found

    def put_stock(self, sku: str, quantity: int) -> HubProduct:
        """Sets the quantity. Raises HubUnchanged when the hub already has it."""
        answer = self.session.call("PUT", f"/skus/{segment(sku)}/stock", body=stock_body(sku, quantity), item=sku)
        return find_sku(answer, sku) or self.product(sku)

    def put_price(self, sku: str, price: Decimal, special_price: Decimal) -> HubProduct:
        """Sets both prices. The same call creates a product that isn't there (seen): only for SKUs of the
        catalogue."""
        answer = self.session.call("PUT", f"/skus/{segment(sku)}", body=price_body(price, special_price), item=sku)
        return find_sku(answer, sku) or self.product(sku)

    def close(self) -> None:
        """Closes the connections."""
        self.session.close()
