"""What the engine asks of the state database, as Protocols; `otimo_tray.store` implements them.

Every method is one short transaction of its own (never open across a network call) and safe to call from any thread.
Writers may raise StoreAway. Times are aware UTC datetimes. Iterators read in blocks and hold no transaction between
blocks; where a caller needs one consistent view, the method returns a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from otimo_tray.domain.catalogue import HubProduct, RawRow, SkuMapping
from otimo_tray.domain.invoice import InvoiceRecord, InvoiceState
from otimo_tray.domain.orders import Order, OrderStage
from otimo_tray.domain.plan import DuePush, Kind, PlannedPush, PushResult
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.errors import OtimoError


class Facts(Protocol):
    """Single remembered facts (cursors, decisions), text by key."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str) -> None: ...


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


class Catalogue(Protocol):
    """The hub's SKUs and the De/Para."""

    def replace_products(self, products: Iterator[HubProduct], now: datetime, *, complete: bool) -> int:
        """Stores a catalogue read in blocks; `complete` marks SKUs not in it as gone.

        Values become confirmed for SKUs that have none yet. Answers how many SKUs are new.
        """
        ...

    def product(self, sku: str) -> HubProduct | None: ...
    def put_product(self, product: HubProduct, now: datetime) -> None:
        """Stores one SKU as read alone; its values become confirmed if it has none yet."""
        ...

    def unknown_mapped(self, looked_before: datetime, limit: int) -> list[str]:
        """Mapped SKUs the hub isn't known to have and that weren't looked for since `looked_before`."""
        ...

    def note_unknown(self, sku: str, now: datetime) -> None:
        """Remembers that the hub was asked for this SKU and doesn't have it."""
        ...

    def counts(self) -> dict[str, int]:
        """`products`, `mapped`, `unmapped`, `mapped_unknown` (mapped SKUs the hub doesn't have)."""
        ...

    def mapping(self, sku: str) -> SkuMapping | None: ...
    def mappings(self, skus: Sequence[str] | None = None) -> Iterator[list[SkuMapping]]: ...
    def set_mappings(self, mappings: Sequence[SkuMapping], now: datetime) -> int:
        """Inserts or replaces whole mappings, bumps versions, marks SKUs and old and new codes dirty.

        Answers how many changed.
        """
        ...

    def delete_mappings(self, skus: Sequence[str], now: datetime) -> int:
        """Also withdraws their pushes."""
        ...

    def match_equal_codes(self, now: datetime) -> int:
        """Maps every unmapped hub SKU whose code equals an ERP code (× 1). Answers how many."""
        ...

    def rule(self, sku: str) -> SkuRule: ...
    def set_rules(self, rules: Mapping[str, SkuRule | None], now: datetime) -> None: ...


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


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that needs a person."""

    flow: str
    item: str
    code: str
    params: dict[str, Any]
    raw: str
    since: datetime
    last_seen: datetime
    times: int


class Problems(Protocol):
    """What needs a person, one row an item; gone when healed."""

    def report(self, flow: str, item: str, error: OtimoError, now: datetime) -> None: ...
    def solve(self, flow: str, items: Sequence[str] | None = None) -> None: ...
    def list(self, limit: int = 1_000) -> list[Problem]: ...
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a flow, or one that didn't happen."""

    id: int
    flow: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    code: str | None
    params: dict[str, Any]
    counts: dict[str, int]


class Runs(Protocol):
    """Ledger of runs."""

    def add(
        self,
        flow: str,
        started_at: datetime,
        ended_at: datetime,
        outcome: Literal["ok", "failed", "skipped"],
        *,
        error: OtimoError | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None: ...

    def last(self, flow: str, *, outcome: str | None = None) -> RunRow | None: ...
    def since(self, flow: str | None, moment: datetime) -> list[RunRow]: ...


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


class Storage(Protocol):
    """The whole state of one profile."""

    facts: Facts
    values: Values
    held: HeldPlans
    catalogue: Catalogue
    orders: Orders
    invoices: Invoices
    trackings: Trackings
    problems: Problems
    runs: Runs
    audit: Audit

    def batch(self) -> AbstractContextManager[None]:
        """Joins the writes of this thread into one transaction (short, no network call inside)."""
        ...

    def prune(self, now: datetime, keep_days: int) -> int: ...
    def erase(self, hub_ids: Sequence[str]) -> None:
        """Forgets these orders with all that is theirs but their id, so that no trace of the buyer is left."""
        ...

    def backup(self, now: datetime) -> object:
        """Makes today's copy of the state unless there is one."""
        ...

    def close(self) -> None: ...
