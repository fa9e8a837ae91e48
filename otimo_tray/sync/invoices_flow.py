"""Invoices: matched to an order, checked, sent, read back. Only date, number, series and key go to the hub."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.domain.invoice_match import Match, MatchIndex, candidate_of
from otimo_tray.domain.invoice_rules import booking_moment, check_record, nfe_instant
from otimo_tray.domain.orders import CANCELLED_HUB_STATUSES, Order, OrderStage, OrderUpdate, ShipmentUpdate
from otimo_tray.domain.retry import retry_delay
from otimo_tray.domain.shipments import AlreadyThere, ShipmentWrite, holds, invoice_update
from otimo_tray.domain.status import Flow
from otimo_tray.errors import EnvironmentFault, HubRefusedItem, HubUnchanged, ItemError, OtimoError
from otimo_tray.sync.cancelled import decide, note_unclear, undecided
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.storage import InvoiceRow, Storage

FACT_CURSOR = "invoice_cursor"
_MATCHABLE = (
    OrderStage.SEEN,
    OrderStage.IMPORTING,
    OrderStage.IMPORTED,
    OrderStage.IN_ERP,
    OrderStage.INVOICED,
)
_MATCH_WITHIN = timedelta(days=30)
"""An invoice that found no order for so long is the counter's."""


class InvoicesFlow:
    """One thread at a time. Counts: found, decided, matched, proposed, sent, confirmed, failed, refused."""

    def __init__(self) -> None:
        self._unmatched_tried_with: dict[str, int] | None = None
        """The orders by stage when the unmatched invoices were last tried; None = not yet, or not to the end."""

    def run(self, context: FlowContext) -> FlowReport:
        counts: dict[str, int] = {}
        error: OtimoError | None = None
        try:
            if not context.dry_run:  # collecting moves files and positions of the ERP's side
                self._look(context, counts)
        except OtimoError as caught:
            error = caught
        try:
            self._match(context, counts)
            if not context.dry_run:
                self._send(context, counts)
        except OtimoError as caught:
            error = error or caught
        if counts:
            context.emit("invoices")
            context.emit("orders")
        if error is not None and not isinstance(error, EnvironmentFault):
            context.storage.problems.report(Flow.INVOICES, "", error, context.clock.now())
        elif error is None and counts:
            context.storage.problems.solve(Flow.INVOICES, [""])
        ok = error is None and not counts.get("failed")
        return FlowReport(Flow.INVOICES, ok, counts, error.code if error else None, error.params if error else {})

    # --- from the ERP ------------------------------------------------------------------------------------------------

    def decide_cancelled(self, context: FlowContext) -> None:
        """For a run of the orders alone that saw a cancellation: looks at the ERP's invoices for its sake.

        What the outside does wrong here is said by this flow's own run.
        """
        counts: dict[str, int] = {}
        with suppress(OtimoError):
            if undecided(context):
                self._look(context, counts)
        if counts.get("found"):
            self._unmatched_tried_with = None
        if counts:
            context.emit("orders")

    @classmethod
    def _look(cls, context: FlowContext, counts: dict[str, int]) -> None:
        """Takes all the ERP has to show; what it doesn't show speaks of the orders cancelled before."""
        cancelled = undecided(context)
        if cls._collect_all(context, counts) and cancelled:
            decided = decide(context, cancelled)
            if decided:
                counts["decided"] = decided

    @classmethod
    def _collect_all(cls, context: FlowContext, counts: dict[str, int]) -> bool:
        """Batch after batch until the position stands still: a connector gives 50,000 files in parts. Answers whether
        nothing is left out (`InvoiceBatch.complete`)."""
        while True:
            moved, complete = cls._collect(context, counts)
            if not moved:
                return complete
            if context.stop.is_set():
                return False

    @staticmethod
    def _collect(context: FlowContext, counts: dict[str, int]) -> tuple[bool, bool]:
        """Stores what is new, the cursor with it in one transaction: a crash repeats, never skips. Answers whether the
        position moved, and whether the batch is complete."""
        storage, now = context.storage, context.clock.now()
        cursor = storage.facts.get(FACT_CURSOR) or ""
        batch = context.erp.invoices(cursor)
        if batch.cursor == cursor and not batch.invoices and not batch.refused:
            return False, batch.complete
        kept = [record for record in batch.invoices if record.kind == "sale" or record.cancelled]
        others = [record for record in batch.invoices if record.kind != "sale" and not record.cancelled]
        rows = [_judged(record, context) for record in kept]
        with storage.batch():
            note_unclear(storage, others, len(batch.refused), now)
            found = storage.invoices.put_batch(rows, batch.cursor, now)
            storage.facts.set(FACT_CURSOR, batch.cursor)
            for record, _, error in rows:
                if error is not None:
                    storage.problems.report(Flow.INVOICES, record.key, error, now)
            for source, error in batch.refused:
                storage.problems.report(Flow.INVOICES, source, error, now)
        refused = sum(1 for row in rows if row[2] is not None) + len(batch.refused)
        for name, number in (("found", found), ("refused", refused)):
            if number:
                counts[name] = counts.get(name, 0) + number
        return batch.cursor != cursor, batch.complete

    # --- to an order -------------------------------------------------------------------------------------------------

    def _match(self, context: FlowContext, counts: dict[str, int]) -> None:
        """Looks for the orders of unmatched invoices, when an invoice or an order is new."""
        storage = context.storage
        if counts.get("found"):
            self._unmatched_tried_with = None
        orders = storage.orders.counts()
        if orders == self._unmatched_tried_with:
            return
        self._unmatched_tried_with = None
        self._match_unmatched(context, counts)
        self._unmatched_tried_with = orders

    @staticmethod
    def _match_unmatched(context: FlowContext, counts: dict[str, int]) -> None:
        storage, now = context.storage, context.clock.now()
        rows = [
            row for row in storage.invoices.by_state((InvoiceState.UNMATCHED,)) if now - row.found_at < _MATCH_WITHIN
        ]
        if not rows:
            return
        index = MatchIndex(candidate_of(row.order) for row in storage.orders.by_stage(_MATCHABLE))
        for row in rows:
            found = index.find(row.record)
            if not isinstance(found, Match):
                continue
            state = InvoiceState.MATCHED if found.certain else InvoiceState.PROPOSED
            with storage.batch():
                storage.invoices.set_state(
                    row.record.key, state, now, hub_id=found.hub_id, matched_by=found.how, due_at=now
                )
                if found.certain:
                    note_booking(storage, row.record, found.hub_id, now)
            counts[state] = counts.get(state, 0) + 1

    # --- to the hub --------------------------------------------------------------------------------------------------

    def _send(self, context: FlowContext, counts: dict[str, int]) -> None:
        states = (InvoiceState.MATCHED, InvoiceState.SENT)
        for row in context.storage.invoices.due(states, context.clock.now(), 100_000):
            if context.stop.is_set():
                return
            try:
                outcome = self._send_one(context, row)
            except (ItemError, HubRefusedItem) as error:
                self._failed(context, row, error)
                outcome = "failed"
            counts[outcome] = counts.get(outcome, 0) + 1

    def _send_one(self, context: FlowContext, row: InvoiceRow) -> str:
        storage, hub, record = context.storage, context.hub, row.record
        hub_id = row.hub_id or ""
        order = hub.order(hub_id)
        if order.status in CANCELLED_HUB_STATUSES:
            raise ItemError("I-742", order=order.original_id, number=record.number)
        instant = nfe_instant(record, order.approved, context.clock.now(), context.zone)
        others = [other for other in storage.invoices.of_order(hub_id) if other.record.key != record.key]
        write = invoice_update(
            order,
            record,
            instant,
            shipment_id=row.shipment_id,
            freed_keys=[o.record.key for o in others if o.state is InvoiceState.CANCELLED],
            siblings=sum(
                1 for o in others if o.state in (InvoiceState.MATCHED, InvoiceState.SENT, InvoiceState.CONFIRMED)
            ),
        )
        if isinstance(write, AlreadyThere) and order.status != "approved":
            self._confirmed(context, row, write.shipment_id, order)
            return "confirmed"
        if isinstance(write, AlreadyThere):
            write = ShipmentWrite(_status_only(order), (write.shipment_id,))
        try:
            hub.update_order(hub_id, write.update)
        except HubUnchanged as error:
            if not holds(hub.order(hub_id), write.update):
                raise ItemError("I-743", order=order.original_id, number=record.number, raw=error.raw) from error
        storage.invoices.set_state(
            record.key,
            InvoiceState.SENT,
            context.clock.now(),
            shipment_id=write.shipment_id or None,
            due_at=context.clock.now(),
        )
        back = hub.order(hub_id)
        if not holds(back, write.update):
            raise ItemError("I-743", order=order.original_id, number=record.number)
        self._confirmed(context, row, write.shipment_id, back)
        return "confirmed"

    @staticmethod
    def _confirmed(context: FlowContext, row: InvoiceRow, shipment_id: str, order: Order) -> None:
        storage, now, record = context.storage, context.clock.now(), row.record
        hub_id = row.hub_id or ""
        ledger = storage.orders.get(hub_id)
        with storage.batch():
            storage.invoices.set_state(record.key, InvoiceState.CONFIRMED, now, shipment_id=shipment_id or None)
            storage.orders.refresh(order, now)
            if ledger is not None and ledger.stage not in (OrderStage.INVOICED, OrderStage.TRACKED):
                storage.orders.advance(
                    hub_id,
                    OrderStage.INVOICED,
                    now,
                    event="O-531",
                    params={"number": record.number, "key": record.key},
                    booked_at=booking_moment(record, now),
                )
            storage.problems.solve(Flow.INVOICES, [record.key])
            storage.trackings.retry_now([code.id for code in storage.trackings.of_order(hub_id)])

    @staticmethod
    def _failed(context: FlowContext, row: InvoiceRow, error: OtimoError) -> None:
        storage, now = context.storage, context.clock.now()
        delay = retry_delay(row.attempts + 1, "item") or timedelta(hours=24)
        with storage.batch():
            storage.invoices.set_state(
                row.record.key, row.state, now, error=error, due_at=now + delay, count_attempt=True
            )
            storage.problems.report(Flow.INVOICES, row.record.key, error, now)


def _judged(record: InvoiceRecord, context: FlowContext) -> tuple[InvoiceRecord, InvoiceState, OtimoError | None]:
    """The state a record starts in."""
    if record.cancelled:
        return record, InvoiceState.CANCELLED, None
    error = check_record(record, context.settings.shop.cnpjs, context.zone)
    if error is not None:
        return record, InvoiceState.REFUSED, error
    if not record.authorised:
        return record, InvoiceState.WAITING_AUTHORISATION, None
    return record, InvoiceState.UNMATCHED, None


def _status_only(order: Order) -> OrderUpdate:
    """The facts are there already, the order's status isn't: send it with every shipment's id."""
    return OrderUpdate("invoiced", tuple(ShipmentUpdate(entry.id) for entry in order.shipments))


def note_booking(storage: Storage, record: InvoiceRecord, hub_id: str, now: datetime) -> None:
    """The invoice exists, whatever the hub says of it: from its booking on the balance holds the order's units."""
    row = storage.orders.get(hub_id)
    if row is not None and row.stage in (OrderStage.IMPORTED, OrderStage.IN_ERP) and row.booked_at is None:
        params = {"number": record.number}
        booked = booking_moment(record, now)
        storage.orders.advance(hub_id, row.stage, now, event="O-532", params=params, booked_at=booked)
