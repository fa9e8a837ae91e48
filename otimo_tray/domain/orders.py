"""A sale as the hub tells it and the stages it goes through here.

    seen ──▶ importing ──▶ imported ──▶ invoiced ──▶ tracked
      │ ▲        │ (resumed: look at the ERP first)
      ▼ │        ▼
    waiting    (retry)            left out: ignored, in_erp (keyed in by hand before us), cancelled
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class OrderStage(StrEnum):
    """Where an order stands in our ledger. Advanced only after the other side confirmed."""

    FIRST_RUN = "first_run"
    """Met on the first run ever: a person says import, in_erp or ignore."""
    PENDING = "pending"
    """Known, not approved yet (pending, partial_payment, under_review): commits stock, never imported."""
    SEEN = "seen"
    """Approved; to be imported (or waiting for a De/Para, clear buyer data or its retry)."""
    IMPORTING = "importing"
    """The ERP call was started; after a crash ask the ERP before repeating."""
    IMPORTED = "imported"
    IN_ERP = "in_erp"
    """A person said it was keyed in by hand: never imported, but invoiced and tracked like the others."""
    INVOICED = "invoiced"
    TRACKED = "tracked"
    IGNORED = "ignored"
    """A person, or a rule (fulfillment), left it out for good."""
    CANCELLED = "cancelled"


COMMITTING_HUB_STATUSES = ("pending", "partial_payment", "under_review")
CANCELLED_HUB_STATUSES = ("canceled", "refunded", "partial_canceled")
OPEN_STAGES = (
    OrderStage.SEEN,
    OrderStage.IMPORTING,
    OrderStage.IMPORTED,
    OrderStage.IN_ERP,
    OrderStage.INVOICED,
)


@dataclass(frozen=True, slots=True)
class Party:
    """Buyer or receiver. `document` is CPF or CNPJ without punctuation, letters kept; it may be masked."""

    name: str = ""
    document: str = ""
    state_registration: str = ""
    company_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    number: str = ""
    complement: str = ""
    reference: str = ""
    neighborhood: str = ""
    city: str = ""
    state: str = ""
    """Two letters (UF) where they could be told, else as given."""
    country: str = ""
    zipcode: str = ""
    """Eight digits where they could be told, else as given."""


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line. `sku` is the sold SKU: `variation.sku` when set, else `sku` (API.md, Orders)."""

    sku: str
    name: str
    quantity: int
    price: Decimal | None
    total: Decimal | None = None
    discount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """How the buyer paid, as the channel tells it; amounts in BRL."""

    type: str
    method: str
    installments: str
    total: Decimal | None
    interest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shipment:
    """A delivery of the order, with whatever the channel filled in. Empty text means "not there"."""

    id: str
    status: str = ""
    company: str = ""
    method: str = ""
    track_code: str = ""
    track_url: str = ""
    nfe_key: str = ""
    nfe_number: str = ""
    nfe_serie: str = ""
    nfe_date: str = ""
    label_type: str = ""
    date_shipped: str = ""
    items: tuple[tuple[str, int], ...] = ()
    """(sku, quantity) when the hub says which items go in this delivery."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order read leniently from the hub; `raw` keeps every field as it came."""

    hub_id: str
    original_id: str
    status: str
    channel: str = ""
    channel_account: str = ""
    external: str = ""
    sub_status: str = ""
    delivery_type: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    approved: datetime | None = None
    expected_send: datetime | None = None
    expected_delivery: datetime | None = None
    total: Decimal | None = None
    subtotal: Decimal | None = None
    shipping: Decimal | None = None
    discount: Decimal | None = None
    total_paid: Decimal | None = None
    receiver: Party = Party()
    payer: Party = Party()
    items: tuple[OrderItem, ...] = ()
    payments: tuple[Payment, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    sale_intermediary: str = ""
    payment_intermediary: str = ""
    intermediary_seller_id: str = ""
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_fulfillment(self) -> bool:
        """The channel ships it from its own warehouse: commits nothing, not imported by default."""
        return self.delivery_type == "fulfillment"

    @property
    def is_masked(self) -> bool:
        """The channel hides the buyer (`***`): wait for the clear value, never match by it."""
        return any("***" in text for text in (self.payer.name, self.payer.document, self.receiver.name))

    @property
    def skus(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.sku for item in self.items))


@dataclass(frozen=True, slots=True)
class ShipmentUpdate:
    """What we write into one existing shipment; None leaves a field as it is. `id` always goes along (API.md)."""

    id: str
    nfe_key: str | None = None
    nfe_number: str | None = None
    nfe_serie: str | None = None
    nfe_date: datetime | None = None
    company: str | None = None
    method: str | None = None
    track_code: str | None = None
    track_url: str | None = None
    date_shipped: datetime | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class OrderUpdate:
    """A partial PUT of an order: its new status and one entry for *every* shipment it has."""

    status: str
    shipments: tuple[ShipmentUpdate, ...]


@dataclass(frozen=True, slots=True)
class ErpOrderLine:
    """An order line resolved through the De/Para: `quantity` units of one ERP code at `unit_price` (BRL).

    A kit becomes one line a component; the line total is kept to the cent in `total`.
    """

    sku: str
    erp_code: str
    quantity: int
    unit_price: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ErpOrder:
    """An order ready for the ERP: whole, every SKU resolved."""

    order: Order
    lines: tuple[ErpOrderLine, ...]
