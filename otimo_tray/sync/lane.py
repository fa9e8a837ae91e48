"""A lane: one thread that runs some flows when they are due, and otherwise waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.sync.timers import Timers

_log = logging.getLogger(__name__)


class Lane:
    """Runs `run(flows)` in its own thread. All methods may be called from any thread and return at once but `join`."""

    def __init__(
        self,
        name: str,
        clock: Clock,
        intervals: Mapping[Flow, float],
        run: Callable[[Sequence[Flow]], None],
        slept: Callable[[timedelta], None],
        *,
        start_after: float = 0.0,
    ) -> None:
        self._timers = Timers(clock, intervals)
        self._run = run
        self._slept = slept
        self._condition = threading.Condition()
        self._stopping = False
        self._paused = False
        self._asked: set[Flow] = set()
        self._start_after = start_after
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._condition:
            self._stopping = True
            self._condition.notify_all()

    def join(self, timeout: float | None = None) -> bool:
        """Waits for the thread's end; False when it still runs after `timeout` seconds."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def set_paused(self, paused: bool) -> None:
        """A paused lane runs only what a person asks for."""
        with self._condition:
            self._paused = paused
            self._condition.notify_all()

    def set_intervals(self, intervals: Mapping[Flow, float]) -> None:
        with self._condition:
            self._timers.set_intervals(intervals)
            self._condition.notify_all()

    def ask(self, flows: Sequence[Flow], *, even_paused: bool) -> None:
        """Runs these flows as soon as the lane is free: a click (`even_paused`) or something that became known."""
        with self._condition:
            if even_paused:
                self._asked.update(flows)
            else:
                self._timers.bring_forward(flows)
            self._condition.notify_all()

    def look(self) -> None:
        """Looks at the clock now: the PC has woken up."""
        with self._condition:
            self._condition.notify_all()

    def next_run(self, flow: Flow) -> datetime | None:
        with self._condition:
            return self._timers.next_run(flow)

    def _loop(self) -> None:
        if self._start_after:
            with self._condition:
                self._condition.wait_for(lambda: self._stopping or bool(self._asked), self._start_after)
        while True:
            flows = self._next()
            if flows is None:
                return
            try:
                self._run(flows)
            except Exception:
                # The border of the thread: a bug in one run must not end all runs after it.
                _log.exception("a run of %s ended with a bug", ", ".join(flows))

    def _next(self) -> list[Flow] | None:
        """Waits until something is to be run; None when the lane ends."""
        while True:
            with self._condition:
                if self._stopping:
                    return None
                gap = self._timers.slept()
                asked = self._asked
                self._asked = set()
                due = [] if self._paused else self._timers.due()
                flows = [*asked, *(flow for flow in due if flow not in asked)]
                if not flows and gap is None:
                    self._condition.wait(None if self._paused else self._timers.next_wait())
                    continue
            if gap is not None:
                self._slept(gap)
            if flows:
                return flows
