"""What the program says of itself: one value for tray, panel, command line and IPC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Flow(StrEnum):
    """The five flows of the integration."""

    STOCK = "stock"
    PRICE = "price"
    ORDERS = "orders"
    INVOICES = "invoices"
    TRACKING = "tracking"


ALL_FLOWS = tuple(Flow)


class State(StrEnum):
    """The whole program in one word; the member's comment is what the person is told. Worst first wins."""

    SETUP = "setup"
    """'Falta configurar': credentials or ERP connection are missing."""
    ATTENTION = "attention"
    """'Precisa de você': problems, held plans, refused log-in."""
    AWAY = "away"
    """'Sem conexão': the hub or the ERP is away; heals by itself."""
    PAUSED = "paused"
    """'Pausado' by the person, until a moment or until resumed."""
    SYNCING = "syncing"
    """'Sincronizando…'"""
    OK = "ok"
    """'Tudo em dia.'"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as a value: code and params of `words`."""

    code: str
    params: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Progress:
    """`total` 0 = not known yet. `seconds_left` None = not known yet."""

    done: int
    total: int
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class FlowStatus:
    """One flow as the panel shows it."""

    flow: Flow
    enabled: bool
    running: bool = False
    last_success: datetime | None = None
    last_run: datetime | None = None
    next_run: datetime | None = None
    trouble: Trouble | None = None
    """Why the last run failed; None when it went well."""
    progress: Progress | None = None
    today: dict[str, int] = field(default_factory=dict[str, int])
    """Counts since local midnight, e.g. pushed, imported, sent."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of what waits for a person."""

    problems: int = 0
    held: int = 0
    unmapped_skus: int = 0
    orders_waiting: int = 0
    first_run_orders: int = 0
    cancelled_orders: int = 0
    tracking_codes: int = 0
    invoices_proposed: int = 0
    unsent_values: int = 0


@dataclass(frozen=True, slots=True)
class Leader:
    """Which of a shop's PCs does the work. `since`: by that PC's clock, None when it hasn't told yet."""

    desk: str
    person: str
    since: datetime | None
    here: bool
    """It is this one."""


@dataclass(frozen=True, slots=True)
class Status:
    """The whole program at one moment."""

    state: State
    at: datetime
    flows: dict[Flow, FlowStatus]
    waiting: Waiting = Waiting()
    paused_until: datetime | None = None
    trouble: Trouble | None = None
    """The most important thing wrong now."""
    oldest_unsent: datetime | None = None
    """Since when the oldest unsent change of stock or price waits."""
    leader: Leader | None = None
    """Who does the work of a shop with several desks; None where there is only this one, or nobody leads now."""
