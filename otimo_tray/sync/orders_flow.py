"""Orders: the hub's approved list is the queue; each order reaches the ERP once, whole, and is watched afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.commitments import may_move_hub_stock
from otimo_tray.domain.order_lines import erp_lines, unmapped_skus
from otimo_tray.domain.orders import (
    CANCELLED_HUB_STATUSES,
    COMMITTING_HUB_STATUSES,
    OPEN_STAGES,
    ErpOrder,
    Order,
    OrderStage,
)
from otimo_tray.domain.retry import retry_delay
from otimo_tray.domain.status import Flow, Progress
from otimo_tray.errors import (
    EnvironmentFault,
    ErpRefusedOrder,
    HubRefusedItem,
    ItemError,
    OtimoError,
    RowRefused,
)
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.storage import OrderRow

FACT_FIRST_ORDERS = "first_orders"
"""Set (to what was chosen, or "ask") once the first list ever was stored whole."""
APPROVED = "approved"
_FIRST_STAGE = {
    "ask": OrderStage.FIRST_RUN,
    "import": OrderStage.SEEN,
    "in_erp": OrderStage.IN_ERP,
    "ignore": OrderStage.IGNORED,
}
_WATCH_EVERY = timedelta(hours=1)
_WATCHED_A_RUN = 25
_CANCELLED_PAGES = 1
_BYPASSED_STATUSES = ("paid", "waiting_invoice", "invoiced")
_BYPASSED_EVERY = timedelta(hours=24)
_HEALING_WAITS = ("O-502",)
"""Waits that end by themselves: shown with the order, no alarm."""
_MASKED_RETRY = timedelta(minutes=10)
_UNMAPPED_RETRY = timedelta(hours=1)


class OrdersFlow:
    """One thread at a time. Counts: seen, imported, waiting, failed, cancelled, watched."""

    def __init__(self) -> None:
        self._modified: dict[str, datetime | None] = {}
        """Last `modified` seen of listed orders: an unchanged one costs no write."""

    def run(self, context: FlowContext) -> FlowReport:
        counts: dict[str, int] = {}
        error: OtimoError | None = None
        whole = False
        try:
            listed = self._poll(context, counts)
            self._watch(context, listed, counts)
            whole = True
        except OtimoError as caught:
            error = caught
        finally:
            if not whole:
                self._modified.clear()  # what was noted as seen may not have been stored
        planned: list[dict[str, object]] = []
        try:
            planned = self._import(context, counts)
        except OtimoError as caught:
            error = error or caught
        problems, now = context.storage.problems, context.clock.now()
        if error is None:
            problems.solve(Flow.ORDERS, [""])
        elif not isinstance(error, EnvironmentFault):
            problems.report(Flow.ORDERS, "", error, now)
        if counts:
            context.emit("orders")
        context.progress(Flow.ORDERS, None)
        ok = error is None and not counts.get("failed")
        return FlowReport(
            Flow.ORDERS, ok, counts, error.code if error else None, error.params if error else {}, planned
        )

    # --- what the hub shows ------------------------------------------------------------------------------------------

    def _poll(self, context: FlowContext, counts: dict[str, int]) -> set[str]:
        """Reads the queue to its end and stores what is new. Answers the ids on the approved list."""
        facts = context.storage.facts
        first_run = facts.get(FACT_FIRST_ORDERS) is None
        listed = self._list(context, APPROVED, counts, first_run=first_run)
        if first_run:
            facts.set(FACT_FIRST_ORDERS, context.settings.first_orders)
        for status in COMMITTING_HUB_STATUSES:
            self._list(context, status, counts)
        for status in CANCELLED_HUB_STATUSES:
            orders = list(context.hub.orders(status, max_pages=_CANCELLED_PAGES))
            known = context.storage.orders.known([order.hub_id for order in orders])
            for order in orders:
                if order.hub_id not in known:
                    self._cancelled_unseen(context, order, first_run=first_run)
                elif self._moved(order):
                    self._look(context, order, counts)
        self._list_bypassed(context, counts)
        return listed

    def _list(self, context: FlowContext, status: str, counts: dict[str, int], *, first_run: bool = False) -> set[str]:
        listed: set[str] = set()
        block: list[Order] = []
        for order in context.hub.orders(status):
            if order.hub_id in listed:
                continue
            listed.add(order.hub_id)
            block.append(order)
            if len(block) == 100:
                self._take(context, block, counts, first_run=first_run)
                block = []
        self._take(context, block, counts, first_run=first_run)
        return listed

    def _take(self, context: FlowContext, orders: list[Order], counts: dict[str, int], *, first_run: bool) -> None:
        """Stores a block of listed orders in one transaction."""
        known = context.storage.orders.known([order.hub_id for order in orders])
        with context.storage.batch():
            for order in orders:
                stage = known.get(order.hub_id)
                if stage is None:
                    self._add(context, order, counts, first_run=first_run)
                elif self._moved(order) or (stage is OrderStage.PENDING and order.status == APPROVED):
                    self._look(context, order, counts)

    def _moved(self, order: Order) -> bool:
        """Whether the order changed since we last stored it (or we can't tell)."""
        before = self._modified.get(order.hub_id)
        return before is None or order.modified is None or before != order.modified

    def _add(self, context: FlowContext, order: Order, counts: dict[str, int], *, first_run: bool) -> None:
        now, ledger = context.clock.now(), context.storage.orders
        self._modified[order.hub_id] = order.modified
        if order.is_fulfillment and not context.settings.import_fulfillment:
            ledger.add(order, OrderStage.IGNORED, now)
            ledger.note(order.hub_id, "O-504", {}, now)
            return
        if order.status != APPROVED:
            stage = OrderStage.PENDING
        elif first_run:
            stage = _FIRST_STAGE[context.settings.first_orders]
        else:
            stage = OrderStage.SEEN
        if ledger.add(order, stage, now):
            counts["seen"] = counts.get("seen", 0) + 1
            _doubt_stock(context, order)

    def _cancelled_unseen(self, context: FlowContext, order: Order, *, first_run: bool) -> None:
        """Bought and cancelled between two polls: nothing to import, but the hub may have moved its stock."""
        self._modified[order.hub_id] = order.modified
        with context.storage.batch():
            if context.storage.orders.add(order, OrderStage.CANCELLED, context.clock.now()) and not first_run:
                _doubt_stock(context, order)

    # --- what became of those we hold --------------------------------------------------------------------------------

    def _watch(self, context: FlowContext, listed: set[str], counts: dict[str, int]) -> None:
        """Reads at once what left the approved list without us, and all other open orders in rotation."""
        ledger, now = context.storage.orders, context.clock.now()
        left = [
            row.order.hub_id
            for row in ledger.by_stage((OrderStage.FIRST_RUN, OrderStage.SEEN, OrderStage.IMPORTING))
            if row.order.status == APPROVED and row.order.hub_id not in listed
        ]
        stages = (*OPEN_STAGES, OrderStage.PENDING, OrderStage.FIRST_RUN)
        turn = [row.order.hub_id for row in ledger.oldest_read(stages, now - _WATCH_EVERY, _WATCHED_A_RUN)]
        for hub_id in dict.fromkeys([*left, *turn]):
            if context.stop.is_set():
                return
            try:
                order = context.hub.order(hub_id)
            except HubRefusedItem as error:
                context.storage.problems.report(Flow.ORDERS, hub_id, error, now)
                continue
            self._look(context, order, counts)
            counts["watched"] = counts.get("watched", 0) + 1

    def _look(self, context: FlowContext, order: Order, counts: dict[str, int]) -> None:
        """Stores what the hub says of a known order and draws the consequences, all or nothing: a status that was
        stored without them would never be looked at again."""
        with context.storage.batch():
            self._draw(context, order, counts)

    def _draw(self, context: FlowContext, order: Order, counts: dict[str, int]) -> None:
        ledger, now = context.storage.orders, context.clock.now()
        row = ledger.get(order.hub_id)
        if row is None:
            return  # pruned: its id alone was kept
        before = row.order.status
        ledger.refresh(order, now)
        self._modified[order.hub_id] = order.modified
        _doubt_stock(context, order, before)
        if order.status in CANCELLED_HUB_STATUSES:
            if before != order.status:
                self._cancelled(context, row, order, counts)
        elif row.stage is OrderStage.PENDING and order.status == APPROVED:
            ledger.advance(order.hub_id, OrderStage.SEEN, now, event="O-511")
            counts["seen"] = counts.get("seen", 0) + 1
        elif row.stage in (OrderStage.SEEN, OrderStage.IMPORTING) and order.status == APPROVED:
            context.storage.problems.solve(Flow.ORDERS, [order.hub_id])
        elif row.stage is OrderStage.SEEN and order.status != APPROVED:
            error = ItemError("O-503", order=order.original_id, status=order.status)
            ledger.wait(order.hub_id, error, now + _UNMAPPED_RETRY, now, count_attempt=False)
            context.storage.problems.report(Flow.ORDERS, order.hub_id, error, now)
        elif row.stage is OrderStage.INVOICED and _closed_by_others(context, order):
            ledger.advance(order.hub_id, OrderStage.TRACKED, now, event="O-541")

    @staticmethod
    def _cancelled(context: FlowContext, row: OrderRow, order: Order, counts: dict[str, int]) -> None:
        """Before the ERP has it: it just ends. Afterwards: an alert that stays until a person handled it."""
        ledger, now, hub_id = context.storage.orders, context.clock.now(), order.hub_id
        counts["cancelled"] = counts.get("cancelled", 0) + 1
        params = {"order": order.original_id, "status": order.status}
        never_imported = row.stage in (OrderStage.PENDING, OrderStage.FIRST_RUN, OrderStage.SEEN)
        if never_imported and order.status != "partial_canceled":
            ledger.advance(hub_id, OrderStage.CANCELLED, now, event="O-520", params=params)
            context.storage.problems.solve(Flow.ORDERS, [hub_id])
            return
        if row.stage in (OrderStage.IGNORED, OrderStage.CANCELLED):
            return
        ledger.note(hub_id, "O-521", params, now)
        ledger.set_cancel_open(hub_id, value=True, now=now)
        if row.stage in (OrderStage.IMPORTING, OrderStage.IMPORTED, OrderStage.IN_ERP) and (
            order.status != "partial_canceled"
        ):
            # It may have been invoiced since the last balance: its units come back with a balance of a later moment,
            # or as soon as the invoices tell (`sync.cancelled`).
            booked = row.booked_at or now
            ledger.advance(hub_id, OrderStage.CANCELLED, now, event="O-520", params=params, booked_at=booked)
        context.storage.problems.report(Flow.ORDERS, hub_id, ItemError("O-521", **params), now)

    def _list_bypassed(self, context: FlowContext, counts: dict[str, int]) -> None:
        """Once a day: orders approved or later that never passed through us, e.g. while the PC was off."""
        facts, now = context.storage.facts, context.clock.now()
        last = facts.get("bypassed_read_at")
        if last is None:
            facts.set("bypassed_read_at", now.isoformat())  # what came before us is the first run's question
            return
        if now - datetime.fromisoformat(last) < _BYPASSED_EVERY:
            return
        for status in _BYPASSED_STATUSES:
            orders = list(context.hub.orders(status, max_pages=2))
            known = context.storage.orders.known([order.hub_id for order in orders])
            for order in orders:
                recent = order.created is None or now - order.created < timedelta(days=7)
                if order.hub_id not in known and recent and not order.is_fulfillment:
                    error = ItemError("O-505", order=order.original_id, status=order.status)
                    context.storage.problems.report(Flow.ORDERS, order.hub_id, error, now)
                    counts["bypassed"] = counts.get("bypassed", 0) + 1
        facts.set("bypassed_read_at", now.isoformat())

    # --- into the ERP ------------------------------------------------------------------------------------------------

    def _import(self, context: FlowContext, counts: dict[str, int]) -> list[dict[str, object]]:
        ledger = context.storage.orders
        rows = ledger.due((OrderStage.IMPORTING, OrderStage.SEEN), context.clock.now(), 100_000)
        planned: list[dict[str, object]] = []
        for number, row in enumerate(rows):
            if context.stop.is_set():
                break
            context.progress(Flow.ORDERS, Progress(number, len(rows)))
            blocked = self._blocked(context, row)
            if blocked is not None:
                error, due_at = blocked
                ledger.wait(row.order.hub_id, error, due_at, context.clock.now(), count_attempt=False)
                if error.code not in _HEALING_WAITS:
                    context.storage.problems.report(Flow.ORDERS, row.order.hub_id, error, context.clock.now())
                counts["waiting"] = counts.get("waiting", 0) + 1
            elif context.dry_run:
                planned.append({"kind": "orders", "order": row.order.hub_id, "number": row.order.original_id})
            else:
                self._import_one(context, row, counts)
        return planned

    @staticmethod
    def _blocked(context: FlowContext, row: OrderRow) -> tuple[ItemError, datetime] | None:
        """Why this order can't go into the ERP yet, and when to look again."""
        order, now = row.order, context.clock.now()
        if row.stage is OrderStage.IMPORTING:
            return None  # its first half may have happened: the ERP must be asked
        if order.status != APPROVED:
            return ItemError("O-503", order=order.original_id, status=order.status), now + _UNMAPPED_RETRY
        if not order.items or any(not item.sku or item.quantity <= 0 for item in order.items):
            return ItemError("O-506", order=order.original_id), now + _UNMAPPED_RETRY
        mappings = _mappings(context, order)
        missing = unmapped_skus(order, mappings)
        if missing:
            return (
                ItemError("O-501", order=order.original_id, skus=", ".join(missing)),
                now + _UNMAPPED_RETRY,
            )
        if order.is_masked:
            return ItemError("O-502", order=order.original_id), now + _MASKED_RETRY
        return None

    def _import_one(self, context: FlowContext, row: OrderRow, counts: dict[str, int]) -> None:
        ledger, order = context.storage.orders, row.order
        now = context.clock.now()
        try:
            reference = context.erp.find_order(order.hub_id) if row.stage is OrderStage.IMPORTING else None
            if reference is None:
                ready = resolve(context, order)
                ledger.advance(order.hub_id, OrderStage.IMPORTING, now, event="O-510")
                reference = context.erp.import_order(ready)
        except (ErpRefusedOrder, RowRefused) as error:
            delay = retry_delay(row.attempts + 1, "item") or timedelta(hours=24)
            ledger.wait(order.hub_id, error, now + delay, now)
            context.storage.problems.report(Flow.ORDERS, order.hub_id, error, now)
            counts["failed"] = counts.get("failed", 0) + 1
            return
        ledger.advance(
            order.hub_id,
            OrderStage.IMPORTED,
            context.clock.now(),
            event="O-512",
            params={"reference": reference.reference},
            erp_ref=reference.reference,
        )
        context.storage.problems.solve(Flow.ORDERS, [order.hub_id])
        counts["imported"] = counts.get("imported", 0) + 1


def _doubt_stock(context: FlowContext, order: Order, before: str | None = None) -> None:
    """An order that appears or moves on (`before`: its status until now) may have moved the hub's own stock."""
    if may_move_hub_stock(before, order.status, fulfillment=order.is_fulfillment):
        with context.storage.batch():
            context.storage.values.doubt_stock(order.skus, context.clock.now())
            context.storage.values.mark_dirty([("sku", sku) for sku in order.skus])


def _closed_by_others(context: FlowContext, order: Order) -> bool:
    """Every shipment has a code and none is ours: the channel, or somebody in the panel, put them in."""
    has_all = bool(order.shipments) and all(shipment.track_code for shipment in order.shipments)
    return has_all and not context.storage.trackings.of_order(order.hub_id)


def _mappings(context: FlowContext, order: Order) -> dict[str, SkuMapping]:
    return {m.sku: m for block in context.storage.catalogue.mappings(order.skus) for m in block}


def resolve(context: FlowContext, order: Order) -> ErpOrder:
    """The order with every SKU turned into ERP lines. Raises KeyError when one isn't mapped."""
    mappings = _mappings(context, order)
    prices: dict[str, Decimal | None] = {}
    for block in context.storage.values.contexts(list(order.skus)):
        for found in block:
            for code, raw in found.items.items():
                try:
                    prices[code] = context.erp.parse_row(raw).price
                except RowRefused:
                    prices[code] = None  # only the split among a kit's components loses its weights
    return ErpOrder(order, erp_lines(order, mappings, prices))
