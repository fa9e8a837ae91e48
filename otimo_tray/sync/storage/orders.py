"""The order ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from otimo_tray.domain.orders import Order, OrderStage
from otimo_tray.errors import OtimoError


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as the ledger has it."""

    order: Order
    stage: OrderStage
    stage_at: datetime
    seen_at: datetime
    read_at: datetime
    erp_ref: str | None
    attempts: int
    due_at: datetime
    error_code: str | None
    error_params: dict[str, Any]
    error_raw: str
    cancel_open: bool
    imported_at: datetime | None
    booked_at: datetime | None


class Orders(Protocol):
    """The order ledger, keyed by the hub's order id."""

    def known(self, hub_ids: Sequence[str]) -> dict[str, OrderStage]:
        """Stages of those we know, forgotten (pruned) ones included."""
        ...

    def get(self, hub_id: str) -> OrderRow | None: ...
    def add(self, order: Order, stage: OrderStage, now: datetime) -> bool:
        """False (and nothing written) when it is already known."""
        ...

    def refresh(self, order: Order, now: datetime) -> None:
        """Stores what the hub says now. Clear buyer data is never overwritten with masked data."""
        ...

    def advance(
        self,
        hub_id: str,
        stage: OrderStage,
        now: datetime,
        *,
        event: str,
        params: Mapping[str, Any] | None = None,
        erp_ref: str | None = None,
        booked_at: datetime | None = None,
    ) -> None:
        """Moves an order on, clears its error and attempts, writes the event; `imported_at` is set on IMPORTED."""
        ...

    def set_booked(self, hub_id: str, booked_at: datetime | None) -> None:
        """When a cancelled order was booked out after all; None = it never was, so that its units are free."""
        ...

    def wait(
        self, hub_id: str, error: OtimoError, due_at: datetime, now: datetime, *, count_attempt: bool = True
    ) -> None: ...

    def note(self, hub_id: str, event: str, params: Mapping[str, Any], now: datetime) -> None: ...
    def set_cancel_open(self, hub_id: str, value: bool, now: datetime) -> None: ...
    def due(self, stages: Sequence[OrderStage], now: datetime, limit: int) -> list[OrderRow]: ...
    def by_stage(self, stages: Sequence[OrderStage]) -> Iterator[OrderRow]: ...
    def oldest_read(self, stages: Sequence[OrderStage], before: datetime, limit: int) -> list[OrderRow]:
        """Open orders not looked at since `before`, oldest look first: the watch's rotation."""
        ...

    def cancelled_in_erp(self, booked_since: datetime) -> list[OrderRow]:
        """Orders cancelled after their import that may have been booked out at `booked_since` or later."""
        ...

    def waiting_for_skus(self, skus: Sequence[str]) -> list[str]: ...
    def retry_now(self, hub_ids: Sequence[str] | None) -> int: ...
    def find(self, text: str, limit: int = 50) -> list[OrderRow]:
        """By hub id, channel number, buyer, CPF/CNPJ, NF-e key or number, tracking code."""
        ...

    def by_original_ids(self, ids: Sequence[str]) -> list[OrderRow]: ...
    def by_buyer_document(self, document: str) -> list[OrderRow]: ...
    def committed_lines(self) -> list[tuple[str, str, int, OrderStage, datetime | None, datetime | None]]:
        """(hub_id, sku, quantity, stage, imported_at, booked_at) of every line of orders that may commit stock:
        stages pending, first_run, seen, importing, imported, in_erp, and those booked, or cancelled after their import,
        within 7 days; fulfillment and ignored ones not, nor those cancelled before."""
        ...

    def counts(self) -> dict[str, int]:
        """By stage, plus `waiting` (with an error) and `cancel_open`."""
        ...
