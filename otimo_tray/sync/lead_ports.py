"""What the shared engine asks of the lease and of the engine that works while this desk leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from otimo_tray.errors import OtimoError
from otimo_tray.sync.engine import RunningEngine
from otimo_tray.sync.fence import Holder, Term
from otimo_tray.sync.order_asks import Fetch
from otimo_tray.sync.storage import Storage


class LeadApi(Protocol):
    """The shop's lease as this desk sees it: `store.shared.lease.Lease`."""

    @property
    def term(self) -> Term | None: ...
    @property
    def holder(self) -> Holder | None: ...
    @property
    def trouble(self) -> OtimoError | None: ...
    def watch(self, changed: Callable[[], None]) -> None: ...
    def stand(self, wanted: bool) -> None: ...
    def step_down(self) -> None: ...
    def look(self) -> None: ...
    def alive(self) -> None: ...
    def forget(self) -> None: ...


class InnerEngine(RunningEngine, Protocol):
    """The engine that runs the flows while this desk leads: `sync.running.Engine`."""

    def pause(self, minutes: float | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Led:
    """What works for one term.

    Attributes:
        storage: writes under the term's number. close: called once the engine ended.
        fetch: brings one order from the hub by its number; may take long.
    """

    engine: InnerEngine
    storage: Storage
    close: Callable[[], None] = lambda: None
    fetch: Fetch | None = None
