"""Tracking: typed codes go up, are read back, and a code that appeared at the hub by itself closes its row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from otimo_tray.domain.orders import CANCELLED_HUB_STATUSES, Order, OrderStage
from otimo_tray.domain.retry import retry_delay
from otimo_tray.domain.shipments import AlreadyThere, TrackingEntry, holds, tracking_update
from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import EnvironmentFault, HubRefusedItem, HubUnchanged, ItemError, OtimoError
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.storage import TrackingRow

_TO_SEND = (TrackingState.TYPED, TrackingState.SENT, TrackingState.PROBLEM)
_NOT_INVOICED_RETRY = timedelta(minutes=10)
_BEFORE_INVOICE = (
    "pending",
    "partial_payment",
    "under_review",
    "paid",
    "approved",
    "picking",
    "in_separation",
    "waiting_invoice",
)


class TrackingFlow:
    """One thread at a time. Counts: confirmed, failed, waiting."""

    def run(self, context: FlowContext) -> FlowReport:
        counts: dict[str, int] = {}
        error: OtimoError | None = None
        try:
            if not context.dry_run:
                self._send(context, counts)
        except OtimoError as caught:
            error = caught
        if counts:
            context.emit("tracking")
            context.emit("orders")
        if error is not None and not isinstance(error, EnvironmentFault):
            context.storage.problems.report(Flow.TRACKING, "", error, context.clock.now())
        elif error is None and counts:
            context.storage.problems.solve(Flow.TRACKING, [""])
        ok = error is None and not counts.get("failed")
        return FlowReport(Flow.TRACKING, ok, counts, error.code if error else None, error.params if error else {})

    def _send(self, context: FlowContext, counts: dict[str, int]) -> None:
        due = context.storage.trackings.due(_TO_SEND, context.clock.now(), 100_000)
        for hub_id in dict.fromkeys(row.hub_id for row in due):
            if context.stop.is_set():
                return
            rows = [row for row in context.storage.trackings.of_order(hub_id) if row.state in _TO_SEND]
            try:
                outcome = self._send_order(context, hub_id, rows)
            except (ItemError, HubRefusedItem) as error:
                self._failed(context, rows, error)
                outcome = "failed"
            counts[outcome] = counts.get(outcome, 0) + 1

    def _send_order(self, context: FlowContext, hub_id: str, rows: Sequence[TrackingRow]) -> str:
        storage, hub = context.storage, context.hub
        order = hub.order(hub_id)
        if order.status in CANCELLED_HUB_STATUSES and order.status != "partial_canceled":
            raise ItemError("T-606", order=order.original_id)
        if order.status in _BEFORE_INVOICE:
            return self._wait_for_invoice(context, order, rows)
        # Confirmed codes of the order's other volumes go along, so that the first volume's code stays the hub's.
        ours = storage.trackings.of_order(hub_id)
        kept = [row for row in ours if row.state is TrackingState.CONFIRMED]
        replaced = [row for row in ours if row.state is TrackingState.REPLACED]
        entries = [
            TrackingEntry(
                row.code,
                row.carrier,
                row.method,
                row.url,
                row.typed_at,
                row.shipment_id,
                row.volume,
                tuple(old.code for old in replaced if old.volume == row.volume),
            )
            for row in (*kept, *rows)
        ]
        write = tracking_update(order, entries)
        if isinstance(write, AlreadyThere):
            self._confirmed(context, order, rows)
            return "confirmed"
        try:
            hub.update_order(hub_id, write.update)
        except HubUnchanged as error:
            if not holds(hub.order(hub_id), write.update):
                raise ItemError("T-611", order=order.original_id, raw=error.raw) from error
        now = context.clock.now()
        with storage.batch():
            for row in rows:
                storage.trackings.set_state(row.id, TrackingState.SENT, now, due_at=now)
        back = hub.order(hub_id)
        if not holds(back, write.update):
            raise ItemError("T-611", order=order.original_id)
        self._confirmed(context, back, rows)
        return "confirmed"

    @staticmethod
    def _wait_for_invoice(context: FlowContext, order: Order, rows: Sequence[TrackingRow]) -> str:
        """A channel takes no code before the invoice: the code is safe here and goes up right after it."""
        now = context.clock.now()
        error = ItemError("T-610", order=order.original_id)
        with context.storage.batch():
            for row in rows:
                context.storage.trackings.set_state(
                    row.id, row.state, now, error=error, due_at=now + _NOT_INVOICED_RETRY
                )
        return "waiting"

    @staticmethod
    def _confirmed(context: FlowContext, order: Order, rows: Sequence[TrackingRow]) -> None:
        storage, now = context.storage, context.clock.now()
        ledger = storage.orders.get(order.hub_id)
        complete = all(shipment.track_code for shipment in order.shipments)
        with storage.batch():
            for row in rows:
                storage.trackings.set_state(row.id, TrackingState.CONFIRMED, now)
            storage.orders.refresh(order, now)
            if complete and ledger is not None and ledger.stage is not OrderStage.TRACKED:
                storage.orders.advance(
                    order.hub_id,
                    OrderStage.TRACKED,
                    now,
                    event="O-540",
                    params={"codes": ", ".join(row.code for row in rows)},
                )
            storage.problems.solve(Flow.TRACKING, [order.hub_id])

    @staticmethod
    def _failed(context: FlowContext, rows: Sequence[TrackingRow], error: OtimoError) -> None:
        storage, now = context.storage, context.clock.now()
        with storage.batch():
            for row in rows:
                delay = retry_delay(row.attempts + 1, "item") or timedelta(hours=24)
                storage.trackings.set_state(
                    row.id,
                    TrackingState.PROBLEM,
                    now,
                    error=error,
                    due_at=now + delay,
                    count_attempt=True,
                )
            storage.problems.report(Flow.TRACKING, rows[0].hub_id, error, now)
