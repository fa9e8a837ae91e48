"""Plans that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from otimo_tray.domain.plan import Kind


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """A plan that waits for a person, or did."""

    id: int
    guard: str
    params: dict[str, Any]
    state: str
    created_at: datetime
    items: int


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One value of a held plan."""

    sku: str
    kind: Kind
    value: str
    previous: str | None
    reason: str


class HeldPlans(Protocol):
    """Plans stopped by a guard."""

    def list(self, *, only_open: bool = True) -> list[HeldPlan]: ...
    def items(self, plan_id: int) -> Iterator[HeldItem]: ...
    def release(self, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
        """Lets the plan (or some of its SKUs) go; answers how many pushes became due."""
        ...

    def discard(self, plan_id: int, by: str, now: datetime, skus: Sequence[str] | None = None) -> int:
        """Keeps the values from being sent until the ERP's value changes."""
        ...
