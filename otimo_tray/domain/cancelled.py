"""An order that was cancelled after its import: whether the ERP has booked it out, by the invoices that it shows.

The invoice may have been written just before the cancellation. Only where no invoice can be the order's are its units
free again; an invoice that surely is tells when they left; with any doubt a later balance has to tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_match import Match, MatchIndex, candidate_of, order_totals, record_totals
from otimo_tray.domain.invoice_rules import plain_document
from otimo_tray.domain.orders import Order


@dataclass(frozen=True, slots=True)
class FoundInvoice:
    """An invoice as the ERP showed it at `found_at`; `hub_id` is the order it is known to belong to, None while that is
    open (no order was found, or one is only proposed)."""

    record: InvoiceRecord
    found_at: datetime
    hub_id: str | None = None


class Booked(Enum):
    """What the invoices say of a cancelled order."""

    NO = "no"
    """None of them can be its."""
    YES = "yes"
    """One of them is, and no other can be."""
    UNKNOWN = "unknown"


def booked(order: Order, found: Iterable[FoundInvoice]) -> tuple[Booked, FoundInvoice | None]:
    """Whether an order was booked out, and its invoice where that is certain.

    Args:
        order: one whose units leave the balance with its invoice.
        found: all invoices that the ERP has shown since the order was first seen, whatever they are of.
    """
    index = MatchIndex([candidate_of(order)])
    near = [entry for entry in found if _may_be(entry, order, index)]
    if not near:
        return Booked.NO, None
    record = near[0].record
    if len(near) == 1 and record.authorised and not record.cancelled and record.issued is not None:
        match = index.find(record)
        if isinstance(match, Match) and match.certain:
            return Booked.YES, near[0]
    return Booked.UNKNOWN, None


def _may_be(entry: FoundInvoice, order: Order, index: MatchIndex) -> bool:
    """Whether an invoice may be this order's. `index` holds the order alone."""
    if entry.hub_id == order.hub_id:
        return True
    match = index.find(entry.record)
    named = isinstance(match, Match) and match.how != "buyer_total"
    # One that is another order's can be this one's only by a number that both have.
    return named or (entry.hub_id is None and is_near(entry.record, order))


def is_near(record: InvoiceRecord, order: Order) -> bool:
    """Whether buyer or total could be the order's; one that a side doesn't tell clearly could be anything."""
    theirs = plain_document(record.buyer_document)
    ours = {plain_document(party.document) for party in (order.payer, order.receiver)} - {""}
    if not theirs or not ours or order.is_masked or "*" in theirs or any("*" in document for document in ours):
        return True
    if theirs in ours:
        return True
    amounts, expected = record_totals(record), order_totals(candidate_of(order))
    return not amounts or not expected or bool(amounts & expected)
