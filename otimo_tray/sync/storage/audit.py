"""What was sent, when, why, and what can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from otimo_tray.domain.plan import Kind


@dataclass(frozen=True, slots=True)
class SentValue:
    """One value that went to the hub; `basis` holds its numbers, `answer` is "confirmed", "unchanged" or a code."""

    id: int
    sku: str
    kind: Kind
    value: str
    previous: str | None
    reason: str
    basis: dict[str, Any]
    at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A SKU's waiting value. `state` is due, held, discarded or stopped; `plan` and `guard` name what holds it."""

    kind: Kind
    value: str
    previous: str | None
    reason: str
    state: str
    attempts: int
    due_at: datetime
    created_at: datetime
    error_code: str | None
    error_params: dict[str, Any]
    plan: int | None
    guard: str | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A person took `value` back: while it is what we compute, `instead` is announced."""

    sku: str
    kind: Kind
    value: str
    instead: str
    at: datetime


class Audit(Protocol):
    """What was ever sent, and what explains a SKU's values now."""

    def sent(self, *, sku: str | None = None, since: datetime | None = None) -> Iterator[SentValue]:
        """Newest first."""
        ...

    def sent_of(self, kind: Kind, since: datetime | None = None) -> Iterator[SentValue]:
        """Those of one kind, newest first."""
        ...

    def count(self, *, sku: str | None = None, since: datetime | None = None) -> int: ...
    def let_go(self, since: datetime) -> list[tuple[str, Kind, str, str | None]]:
        """(sku, kind, value, previous) of what the hub confirmed since, oldest first, then of what is due. What a
        person released or took back and the first sync aren't among them."""
        ...

    def outbox(self, sku: str) -> list[OutboxRow]: ...
    def moments(
        self, skus: Sequence[str]
    ) -> dict[tuple[str, Kind], tuple[datetime | None, str | None, datetime | None]]:
        """(confirmed at, value in doubt, doubt since) by SKU and kind."""
        ...

    def sales(self, skus: Mapping[str, datetime]) -> dict[str, tuple[int, int]]:
        """(units sold, units of cancelled orders) of each SKU since its moment, from the order ledger."""
        ...

    def mapped_after(self, last: str, limit: int) -> list[str]:
        """Mapped SKUs behind `last` in their order."""
        ...

    def take_back(self, entries: Sequence[TakenBack]) -> None:
        """Stores them and marks their SKUs dirty."""
        ...

    def taken_back(self, sku: str) -> list[TakenBack]: ...
    def forget_taken_back(self, keys: Sequence[tuple[str, Kind]]) -> None: ...
