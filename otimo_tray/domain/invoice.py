"""The NF-e as this program needs it: the document's facts, its access key and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class InvoiceState(StrEnum):
    """Where an invoice stands; `sent` = the hub answered yes, `confirmed` = read back and equal."""

    WAITING_AUTHORISATION = "waiting_authorisation"
    UNMATCHED = "unmatched"
    """A sale's invoice that belongs to no order we know (the counter's, mostly): counted, left alone."""
    PROPOSED = "proposed"
    """Matched by document and total only: a person confirms."""
    MATCHED = "matched"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    """Bad key, foreign CNPJ and the like: in *Problemas*."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice as the ERP side knows it (XML or CSV row). `number`/`serie` as integers in text, no leading zeros.

    `kind` is "sale" for what may go to the hub; anything else (entry, complement, return, homologation, nfce, transfer,
    contingency …) is counted and left alone. `authorised` False: no protocol yet. `cancelled`: a valid cancellation.
    """

    key: str
    number: str
    serie: str
    issued: datetime | None
    """Aware instant of emission; None when only `issued_date` is known."""
    issued_date: str = ""
    """Local date yyyy-mm-dd as the document has it: for the key's AAMM and as a bare date."""
    cnpj: str = ""
    """Issuer's CNPJ, 14 characters, letters kept."""
    order_ref: str = ""
    """The ERP record's own order reference: hub id or channel number."""
    x_ped: tuple[str, ...] = ()
    extra_text: str = ""
    """infCpl: searched for the channel's order number."""
    buyer_document: str = ""
    total: Decimal | None = None
    total_variants: tuple[Decimal, ...] = ()
    """Other totals that may equal the order's (without freight, discount …)."""
    kind: str = "sale"
    authorised: bool = True
    cancelled: bool = False
    source: str = ""
    """File name or record id, for messages."""
    company_name: str = ""
