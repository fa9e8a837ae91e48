"""Orders cancelled after their import: free again as soon as the ERP's invoices show that none was written for them.

Until then they hold their units, or one invoiced just before its cancellation would be offered again on the word of a
balance that is older than the invoice. A balance read after the cancellation ends the question by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from otimo_tray.domain.cancelled import Booked, FoundInvoice, booked
from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.domain.invoice_rules import booking_moment
from otimo_tray.domain.orders import OrderStage
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.storage import OrderRow, Storage

FACT_UNCLEAR = "invoice_unclear_at"
"""When the ERP last showed a document that couldn't be read, or one that is no sale but of an open order's buyer."""
_HELD_WITHOUT_BALANCE = timedelta(days=7)
_WORDS = (re.compile(r"[\w-]+"), re.compile(r"\w+"))
_IN_QUESTION = (OrderStage.IMPORTING, OrderStage.IMPORTED, OrderStage.IN_ERP, OrderStage.CANCELLED)
_SETTLED = (InvoiceState.MATCHED, InvoiceState.SENT, InvoiceState.CONFIRMED)


def undecided(context: FlowContext) -> list[OrderRow]:
    """Cancelled orders whose units wait for a later balance and whose invoice would tell sooner. To be asked for
    before the ERP is looked at: only what it shows afterwards speaks of them."""
    shop = context.settings.shop
    if shop.balance_is_net or shop.booking == "on_import":
        return []  # no invoice tells when those units left
    last = context.storage.values.last_reading()
    since = last.as_of if last is not None else context.clock.now() - _HELD_WITHOUT_BALANCE
    return context.storage.orders.cancelled_in_erp(since)


def decide(context: FlowContext, rows: Sequence[OrderRow]) -> int:
    """After a complete look at the ERP's invoices that began later than these orders' cancellations were seen.

    Answers for how many it moved the moment of booking, or found that there was none.
    """
    storage, now = context.storage, context.clock.now()
    unclear = storage.facts.get(FACT_UNCLEAR)
    rows = [row for row in rows if unclear is None or datetime.fromisoformat(unclear) < row.seen_at]
    if not rows:
        return 0
    found = [
        FoundInvoice(row.record, row.found_at, row.hub_id if row.state in _SETTLED else None)
        for row in storage.invoices.found_since(min(row.seen_at for row in rows))
    ]
    decided = 0
    for row in rows:
        answer, invoice = booked(row.order, (entry for entry in found if entry.found_at >= row.seen_at))
        moment = None if invoice is None else booking_moment(invoice.record, invoice.found_at)
        if answer is Booked.UNKNOWN or moment == row.booked_at:
            continue
        with storage.batch():
            storage.orders.set_booked(row.order.hub_id, moment)
            if invoice is None:
                storage.orders.note(row.order.hub_id, "O-523", {}, now)
            else:
                storage.orders.note(row.order.hub_id, "O-532", {"number": invoice.record.number}, now)
        decided += 1
    return decided


def note_unclear(storage: Storage, others: Iterable[InvoiceRecord], unread: int, now: datetime) -> None:
    """Remembers that the ERP showed what isn't kept: documents that can't be read, or (`others`) that are no sale
    but may have taken an order's goods all the same, such as an NFC-e."""
    if unread or any(_of_an_order(storage, record) for record in others):
        storage.facts.set(FACT_UNCLEAR, now.isoformat())


def _of_an_order(storage: Storage, record: InvoiceRecord) -> bool:
    """Whether it names an order that is in the ERP without an invoice, or that order's buyer."""
    words = {word for form in _WORDS for word in form.findall(record.extra_text)}
    names = [name for name in {record.order_ref, *record.x_ped, *words} if name]
    orders = storage.orders
    rows = [*orders.by_original_ids(names), *orders.by_buyer_document(record.buyer_document)]
    stages = [*orders.known(names).values(), *(row.stage for row in rows)]
    return any(stage in _IN_QUESTION for stage in stages)
