"""Values to push, and the pieces a plan is made of. State, latest wins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from otimo_tray.errors import OtimoError

Kind = Literal["stock", "price"]


@dataclass(frozen=True, slots=True)
class StockValue:
    """Units on sale."""

    quantity: int

    def text(self) -> str:
        return str(self.quantity)


@dataclass(frozen=True, slots=True)
class PriceValue:
    """List and selling price in BRL, cents; `special` equals `price` where there is no promotion."""

    price: Decimal
    special: Decimal

    def text(self) -> str:
        return f"{self.price:.2f}/{self.special:.2f}"

    @property
    def effective(self) -> Decimal:
        """What the buyer pays; what the guards look at."""
        return self.special


Value = StockValue | PriceValue


def value_from_text(kind: Kind, text: str) -> Value:
    """Inverse of `text()`. Raises ValueError on anything else."""
    if kind == "stock":
        return StockValue(int(text))
    price, _, special = text.partition("/")
    return PriceValue(Decimal(price), Decimal(special))


@dataclass(frozen=True, slots=True)
class PlannedPush:
    """One SKU's value to be sent. `basis` explains it (ERP raw values, rule, numbers) and goes into the audit."""

    sku: str
    kind: Kind
    value: str
    previous: str | None
    reason: str
    basis: dict[str, Any] = field(default_factory=dict[str, Any])
    priority: int = 10
    """Lower goes first: 0 first lowers of SKUs with orders, 5 stock, 10 price."""
    guard: str | None = None
    """Guard code that holds it, None = may go."""


@dataclass(frozen=True, slots=True)
class DuePush:
    """A push taken from the outbox."""

    sku: str
    kind: Kind
    value: str
    previous: str | None
    reason: str
    basis: dict[str, Any]
    attempts: int
    product_id: str


@dataclass(frozen=True, slots=True)
class PushResult:
    """What became of one PUT: confirmed (with the hub's value), an error, or neither (`answer` "skipped": never sent).

    A skipped one clears the doubt that was stored for it; an error keeps it only with `keep_doubt`.
    """

    push: DuePush
    at: datetime
    confirmed: str | None = None
    answer: str = "confirmed"
    error: OtimoError | None = None
    keep_doubt: bool = False
    retry_at: datetime | None = None
    """None with an error = stopped until a person acts or the value changes."""
