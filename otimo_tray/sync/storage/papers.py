"""Invoices and tracking codes on their way back to the hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.errors import OtimoError


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice as we remember it."""

    record: InvoiceRecord
    state: InvoiceState
    hub_id: str | None
    shipment_id: str | None
    matched_by: str | None
    attempts: int
    due_at: datetime
    error_code: str | None
    error_params: dict[str, Any]
    found_at: datetime


class Invoices(Protocol):
    """Invoices by access key."""

    def put_batch(
        self,
        rows: Sequence[tuple[InvoiceRecord, InvoiceState, OtimoError | None]],
        cursor: str,
        now: datetime,
    ) -> int:
        """Stores new records (known keys only change by authorisation or cancellation) and the cursor, in one
        transaction. Answers how many are new."""
        ...

    def get(self, key: str) -> InvoiceRow | None: ...
    def of_order(self, hub_id: str) -> list[InvoiceRow]: ...
    def by_state(self, states: Sequence[InvoiceState], limit: int = 10_000) -> list[InvoiceRow]: ...
    def found_since(self, since: datetime) -> list[InvoiceRow]:
        """All that were found at `since` or later, in whatever state."""
        ...

    def due(self, states: Sequence[InvoiceState], now: datetime, limit: int) -> list[InvoiceRow]: ...
    def set_state(
        self,
        key: str,
        state: InvoiceState,
        now: datetime,
        *,
        hub_id: str | None = None,
        shipment_id: str | None = None,
        matched_by: str | None = None,
        error: OtimoError | None = None,
        due_at: datetime | None = None,
        count_attempt: bool = False,
    ) -> None:
        """Sets the state; None leaves a field as it is, except that error None clears the error."""
        ...

    def counts(self) -> dict[str, int]: ...
    def retry_now(self, keys: Sequence[str] | None) -> int: ...


@dataclass(frozen=True, slots=True)
class TrackingRow:
    """A typed code as we remember it."""

    id: int
    hub_id: str
    shipment_id: str | None
    volume: int
    code: str
    carrier: str
    method: str
    url: str
    state: TrackingState
    typed_at: datetime
    attempts: int
    due_at: datetime
    error_code: str | None
    error_params: dict[str, Any]
    warnings: list[str] = field(default_factory=list[str])
    typed_by: str = ""


class Trackings(Protocol):
    """Typed tracking codes."""

    def add(
        self,
        hub_id: str,
        code: str,
        carrier: str,
        method: str,
        url: str,
        now: datetime,
        *,
        shipment_id: str | None = None,
        volume: int = 1,
        warnings: Sequence[str] = (),
    ) -> int:
        """Durable when it returns. A code for the same (order, shipment, volume) replaces the former one."""
        ...

    def remove(self, tracking_id: int, now: datetime) -> bool:
        """Takes back a code not sent yet. False if it already went."""
        ...

    def of_order(self, hub_id: str) -> list[TrackingRow]: ...
    def used_by(self, code: str) -> str | None: ...
    def due(self, states: Sequence[TrackingState], now: datetime, limit: int) -> list[TrackingRow]: ...
    def set_state(
        self,
        tracking_id: int,
        state: TrackingState,
        now: datetime,
        *,
        error: OtimoError | None = None,
        due_at: datetime | None = None,
        count_attempt: bool = False,
    ) -> None: ...

    def counts(self) -> dict[str, int]: ...
    def carriers(self) -> list[Carrier]: ...
    def put_carrier(self, carrier: Carrier) -> None: ...
    def drop_carrier(self, name: str) -> None: ...
    def to_give(self) -> list[tuple[str, str, str, str, str, int]]:
        """Invoiced orders, not cancelled, without a code here or for some shipment at the hub, counted by (channel,
        delivery_type, company, method, label_type)."""
        ...

    def retry_now(self, ids: Sequence[int] | None) -> int: ...
