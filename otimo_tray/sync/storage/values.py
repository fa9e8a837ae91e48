"""What is to be sent and what the ERP last said: the image, the outbox, the confirmed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from otimo_tray.domain.catalogue import HubProduct, RawRow, SkuMapping
from otimo_tray.domain.plan import DuePush, Kind, PlannedPush, PushResult
from otimo_tray.domain.rules import SkuRule
from otimo_tray.errors import OtimoError


@dataclass(frozen=True, slots=True)
class LastReading:
    """The last ERP reading that was applied."""

    as_of: datetime
    digest: str
    row_count: int
    full: bool


@dataclass(frozen=True, slots=True)
class SkuContext:
    """Everything needed to compute and judge one SKU's values."""

    mapping: SkuMapping
    items: Mapping[str, RawRow]
    """Raw ERP rows of its components; a component the ERP doesn't have is missing here."""
    committed: Mapping[str, int]
    """Committed units by ERP code."""
    rule: SkuRule
    product: HubProduct | None
    confirmed: Mapping[Kind, str]
    doubt: frozenset[Kind]
    pending: Mapping[Kind, tuple[str, str]]
    """(value, state) of the push row in the outbox, by kind."""
    taken_back: Mapping[Kind, tuple[str, str]] = field(default_factory=dict[Kind, tuple[str, str]])
    """(computed value that a person took back, what is announced instead), by kind."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What one plan writes, in one transaction: the ERP rows, the pushes, the cleared marks."""

    reading: LastReading | None
    """None when no new reading was taken (only rules, mappings or commitments changed)."""
    source: str
    read_at: datetime
    rows: Sequence[RawRow]
    """New or changed rows."""
    gone: Sequence[str]
    """Codes that a full reading no longer has."""
    pushes: Sequence[PlannedPush]
    """Latest wins: replaces the SKU's row of that kind (attempts start anew when the value differs). One with a guard
    becomes `held` under a plan of that guard made here."""
    withdrawn: Sequence[tuple[str, Kind]]
    """Pushes no longer wanted: desired equals confirmed and nothing is in doubt."""
    next_changes: Sequence[tuple[str, datetime | None]]
    """(sku, when its price changes by time alone) for the SKUs computed."""
    commitments: Mapping[str, int] | None
    """The commitments this plan was computed with; None = unchanged."""
    cleaned: Sequence[tuple[str, str]]
    """(kind, key) of `dirty` marks that this plan answered, as returned by `dirty`."""
    guard_params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Numbers for the sentences of mass guards; become `HeldPlan.params` of the plan made for that guard."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """Pushes by state, and since when the oldest due one waits."""

    due: int
    held: int
    stopped: int
    oldest_due: datetime | None


class Values(Protocol):
    """Stock and price: the ERP's image, the De/Para's values, the outbox and the audit."""

    def last_reading(self) -> LastReading | None: ...
    def erp_rows(self, codes: Sequence[str] | None = None) -> Iterator[list[RawRow]]:
        """The stored ERP image, or what it has of these codes, in blocks of some thousands, as plain tuples."""
        ...

    def mapped_count(self) -> int: ...
    def dirty(self) -> list[tuple[str, str]]:
        """Marks (kind, key) set by edits; kind is "sku", "code" or "all" (key "")."""
        ...

    def mark_dirty(self, marks: Iterable[tuple[str, str]]) -> None: ...
    def time_changes(self, now: datetime) -> list[str]:
        """SKUs whose `next_change` has come."""
        ...

    def skus_of_codes(self, codes: Sequence[str]) -> list[str]: ...
    def contexts(self, skus: Sequence[str] | None) -> Iterator[list[SkuContext]]:
        """Contexts of mapped SKUs (None = all), in blocks of at most 1,000."""
        ...

    def applied_commitments(self) -> dict[str, int]: ...
    def apply(self, applied: Applied) -> list[int]:
        """Writes a plan in one transaction. Answers the ids of held plans made."""
        ...

    def record_reading(
        self,
        reading: LastReading,
        source: str,
        read_at: datetime,
        outcome: Literal["held", "refused"],
        error: OtimoError | None,
        guard: str | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> int | None:
        """Notes a reading that wasn't applied. With a guard makes a held plan (id answered) bound to its digest."""
        ...

    def was_applied(self, digest: str) -> bool:
        """Whether a full reading of this digest was applied once (as far back as readings are kept)."""
        ...

    def released_digests(self) -> frozenset[str]:
        """Digests of held readings that a person released and that weren't applied yet."""
        ...

    def due_pushes(self, kinds: Sequence[Kind], now: datetime, limit: int) -> list[DuePush]:
        """Pushes in state due with due_at <= now, by priority and age."""
        ...

    def outbox_counts(self, kinds: Sequence[Kind] = ("stock", "price")) -> OutboxCounts:
        """Those of these kinds. `due` are all that a sender may take now or, after a failure, later."""
        ...

    def due_count(self, kinds: Sequence[Kind], now: datetime) -> int: ...
    def next_due(self, kinds: Sequence[Kind]) -> datetime | None:
        """When the next push becomes due (retries), None when there is none."""
        ...

    def is_current(self, push: DuePush) -> bool:
        """Whether the outbox still holds exactly this value as due (a mapping may have been edited meanwhile)."""
        ...

    def doubt_stock(self, skus: Sequence[str], now: datetime) -> None:
        """Something else may have moved these SKUs' quantity at the hub (an order did): confirmed stock becomes
        doubtful, so that the next plan sends it again even where it is the same number."""
        ...

    def mark_doubt(self, pushes: Sequence[DuePush], now: datetime) -> None: ...
    def record_results(self, results: Sequence[PushResult]) -> None:
        """Confirms, or notes errors and due times; writes the audit; keeps or clears doubts. Removes the push row only
        if it still holds the value that was sent."""
        ...

    def retry_now(self, skus: Sequence[str] | None) -> int: ...
    def retry_unreached(self, now: datetime) -> None:
        """Makes pushes due that failed only because the hub couldn't be reached: that says nothing of the item."""
        ...

    def set_confirmed(self, values: Sequence[tuple[str, Kind, str]], at: datetime) -> None:
        """Values read back from the hub for SKUs with no doubt and no push in flight."""
        ...
