"""Which order an invoice belongs to: by number where one is written, by buyer and total only as a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_rules import plain_document
from otimo_tray.domain.orders import Order

How = Literal["order_ref", "x_ped", "text", "buyer_total"]

SHORTEST_NUMBER_IN_TEXT: Final = 6
"""A shorter number counts in free text only right after a word for "order": 1234 may be anything."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:(?:[-/_]|(?<=\d)\.(?=\d))[^\W_]+)*")
_LABEL: Final = re.compile(r"(?:[^\W\d_]+[-/_])+(?=\d)")
_SAYS_ORDER: Final = re.compile(
    r"(?:pedidos?|ped|order|compra)(?:[\s:.#º°-]|n[ºo°.r]|num(?:ero)?|número)*$", re.IGNORECASE
)


def _plain_number(text: str) -> str:
    """An order number as it is looked up: no blanks or # around it, case apart."""
    return text.strip().lstrip("#").strip().casefold()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of an order is needed to match it. `document` is the payer's CPF/CNPJ; amounts in BRL."""

    hub_id: str
    original_id: str
    external: str = ""
    document: str = ""
    total: Decimal | None = None
    subtotal: Decimal | None = None
    shipping: Decimal | None = None
    discount: Decimal | None = None
    total_paid: Decimal | None = None
    masked: bool = False


def candidate_of(order: Order) -> Candidate:
    """The candidate of an order; the receiver's document stands in where the payer has none."""
    return Candidate(
        hub_id=order.hub_id,
        original_id=order.original_id,
        external=order.external,
        document=order.payer.document or order.receiver.document,
        total=order.total,
        subtotal=order.subtotal,
        shipping=order.shipping,
        discount=order.discount,
        total_paid=order.total_paid,
        masked=order.is_masked,
    )


@dataclass(frozen=True, slots=True)
class Match:
    """`certain` False: only a proposal, a person confirms."""

    hub_id: str
    how: How
    certain: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why there is no match: I-720 nothing fits, I-721 several orders fit (`hub_ids`)."""

    code: Literal["I-720", "I-721"]
    how: How | None = None
    hub_ids: tuple[str, ...] = ()


def order_totals(order: Candidate) -> frozenset[Decimal]:
    """What the invoice of an order may come to: with and without freight, discount and interest (`total_paid`)."""
    nothing = Decimal(0)
    shipping, discount = order.shipping or nothing, abs(order.discount or nothing)
    amounts: set[Decimal] = set()
    if order.total is not None:
        amounts |= {order.total, order.total - shipping, order.total + discount}
    if order.subtotal is not None:
        goods = order.subtotal
        amounts |= {goods, goods + shipping, goods - discount, goods + shipping - discount}
    if order.total_paid is not None:
        amounts |= {order.total_paid, order.total_paid - shipping}
    return frozenset(amount for amount in amounts if amount > 0)


def record_totals(record: InvoiceRecord) -> frozenset[Decimal]:
    """The totals an invoice is known by."""
    amounts = record.total_variants if record.total is None else (record.total, *record.total_variants)
    return frozenset(amount for amount in amounts if amount > 0)


class MatchIndex:
    """Candidates prepared once for many invoices. Two lookups a written number; free text is cut into tokens."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_hub_id: dict[str, Candidate] = {}
        self._by_number: dict[str, list[Candidate]] = {}
        self._by_document: dict[str, list[Candidate]] = {}
        for entry in candidates:
            self._by_hub_id[_plain_number(entry.hub_id)] = entry
            for number in {_plain_number(entry.original_id), _plain_number(entry.external)} - {""}:
                self._by_number.setdefault(number, []).append(entry)
            document = plain_document(entry.document)
            if document and not entry.masked and "*" not in document:
                self._by_document.setdefault(document, []).append(entry)

    def _written(self, text: str) -> list[Candidate]:
        wanted = _plain_number(text)
        if wanted in self._by_hub_id:
            return [self._by_hub_id[wanted]]
        return list(self._by_number.get(wanted, ()))

    def _in_text(self, text: str) -> list[Candidate]:
        """Orders whose hub id or channel number stands in the text as a whole token, alone or after a label."""
        found: dict[str, Candidate] = {}
        for token in _TOKEN.finditer(text):
            word = token[0]
            # "NR-100234" is a label and a number; "98-100234" and "100234-1" are other numbers.
            tails = [(word, token.start())]
            label = _LABEL.match(word)
            if label is not None:
                tails.append((word[label.end() :], token.start() + label.end()))
            for number, start in tails:
                entries = self._written(number)
                if entries and (
                    len(number) >= SHORTEST_NUMBER_IN_TEXT
                    or _SAYS_ORDER.search(text[max(0, start - 30) : start]) is not None
                ):
                    found.update((entry.hub_id, entry) for entry in entries)
                    break
        return list(found.values())

    def _same_buyer(self, record: InvoiceRecord) -> list[Candidate]:
        document = plain_document(record.buyer_document)
        if not document or "*" in document:
            return []
        return self._by_document.get(document, [])

    def _settle(self, record: InvoiceRecord, entries: Sequence[Candidate], how: How) -> Match | Unmatched:
        """One order of those that a written number names; the buyer's document decides between several."""
        if len(entries) > 1:
            same = {entry.hub_id for entry in self._same_buyer(record)}
            closer = [entry for entry in entries if entry.hub_id in same]
            if len(closer) != 1:
                return Unmatched("I-721", how, tuple(sorted(entry.hub_id for entry in entries)))
            return Match(closer[0].hub_id, how, certain=True)
        only = entries[0]
        return Match(only.hub_id, how, certain=not self._buyers_differ(record, only))

    def _buyers_differ(self, record: InvoiceRecord, entry: Candidate) -> bool:
        """Both documents clear and not the same: the number may be of another numbering (the ERP's own)."""
        ours, theirs = plain_document(record.buyer_document), plain_document(entry.document)
        clear = bool(ours and theirs) and not entry.masked and "*" not in ours + theirs
        return clear and ours != theirs

    def find(self, record: InvoiceRecord) -> Match | Unmatched:
        """The record's order, by the first of these that names any.

        Order number in the ERP's record, xPed, channel number in the free text, buyer with total.
        """
        by_x_ped = {entry.hub_id: entry for text in record.x_ped for entry in self._written(text)}
        written: tuple[tuple[How, list[Candidate]], ...] = (
            ("order_ref", self._written(record.order_ref)),
            ("x_ped", list(by_x_ped.values())),
            ("text", self._in_text(record.extra_text)),
        )
        for how, entries in written:
            if not entries:
                continue
            if how == "order_ref" and _plain_number(entries[0].hub_id) == _plain_number(record.order_ref):
                return Match(entries[0].hub_id, how, certain=True)
            return self._settle(record, entries, how)
        totals = record_totals(record)
        fitting = [entry for entry in self._same_buyer(record) if totals & order_totals(entry)]
        if len(fitting) == 1:
            return Match(fitting[0].hub_id, "buyer_total", certain=False)
        if fitting:
            return Unmatched("I-721", "buyer_total", tuple(sorted(entry.hub_id for entry in fitting)))
        return Unmatched("I-720")


def match(record: InvoiceRecord, candidates: Iterable[Candidate]) -> Match | None:
    """The order of one invoice, None when nothing fits or several do (`MatchIndex.find` tells which)."""
    found = MatchIndex(candidates).find(record)
    return found if isinstance(found, Match) else None
