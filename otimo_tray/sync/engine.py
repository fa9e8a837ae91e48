"""The engine: owns the flows and their timers, runs them, and tells what it does. One per profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Flow, Status

EventKind = Literal["status", "values", "mappings", "orders", "invoices", "tracking", "problems", "held"]


@dataclass(frozen=True, slots=True)
class FlowReport:
    """What one run of a flow did. `counts` are documented by the flow; `error` as in `Trouble`."""

    flow: Flow
    ok: bool
    counts: dict[str, int] = field(default_factory=dict[str, int])
    code: str | None = None
    params: dict[str, Any] = field(default_factory=dict[str, Any])
    planned: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Dry run only: what would be sent."""


class EngineApi(Protocol):
    """What tray, windows and IPC may ask of a running engine. Every method returns at once, from any thread."""

    def status(self) -> Status: ...
    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        """Asks for a run of these flows (None = all) as soon as possible."""
        ...

    def wake(self, flow: Flow) -> None:
        """Something became due (a typed code, a released plan, an edited mapping): look now."""
        ...

    def pause(self, minutes: int | None = None) -> None:
        """Stops the timers, for some minutes or until `resume`. What is in flight ends."""
        ...

    def resume(self) -> None: ...
    def cancel(self) -> None:
        """Ends the running work after the item in flight; nothing is lost, it goes on at the next run."""
        ...

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        """Calls back from a worker thread when something of that kind changed (coalesced). Answers the unsubscribe."""
        ...


class RunningEngine(EngineApi, Protocol):
    """An engine as its owner has it: of one desk (`running.Engine`) or of several (`leading.SharedEngine`)."""

    def start(self) -> None: ...
    def stop(self, timeout: float = 10.0) -> bool:
        """Ends after the item in flight. False when a thread is still busy (a hung call) after `timeout` seconds."""
        ...

    def change_settings(self, settings: Settings) -> None: ...
    def woke(self) -> None:
        """The PC has woken up."""
        ...
