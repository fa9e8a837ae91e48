"""Wakes the flows when something new lies in the ERP's folder, instead of at their next time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Glance

EVERY_S: Final = 2.0
"""With a second that a sheet must have kept still, a change is on its way within five."""


class WatcherApi(Protocol):
    """What the engine asks of a watcher: a thread's life, whoever's thread it is."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def join(self, timeout: float | None = None) -> bool: ...


class Watcher:
    """A thread of its own: on a network share that hangs, a glance may take minutes.

    Args:
        look: a glance at the ERP. wake: runs these flows as soon as may be.
        wait: waits so many seconds and tells whether to end; a test gives its own.
    """

    def __init__(
        self,
        look: Callable[[], Glance],
        wake: Callable[[Sequence[Flow]], None],
        *,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._look = look
        self._wake = wake
        self._ended = threading.Event()
        self._wait = self._ended.wait if wait is None else wait
        self._last: Glance | None = None
        self._thread = threading.Thread(target=self._loop, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after the glance at hand; doesn't wait for it."""
        self._ended.set()

    def join(self, timeout: float | None = None) -> bool:
        """Waits for the thread's end; False when it still looks after `timeout` seconds."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        self.step()
        while not self._wait(EVERY_S) and not self._ended.is_set():
            self.step()

    def step(self) -> None:
        """Looks once; what is new since the last look wakes its flows. What went away wakes nobody: we took it."""
        now, before = self._look(), self._last
        self._last = now
        if before is None or self._ended.is_set():
            return
        flows: list[Flow] = []
        if now.stock - before.stock:
            flows += (Flow.STOCK, Flow.PRICE)
        if now.invoices - before.invoices:
            flows.append(Flow.INVOICES)
        if flows:
            self._wake(flows)
