"""A lane: one thread that runs some flows when they are due, and otherwise waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.sync.agenda import Agenda

_log = logging.getLogger(__name__)

Run = Callable[[Sequence[Flow]], None]
"""Runs these flows, in the lane's thread."""
Slept = Callable[[timedelta], None]
"""Is told for how long the machine slept."""


class LaneApi(Protocol):
    """What the engine asks of a lane. Every method may be called from any thread and returns at once but `join`."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def join(self, timeout: float | None = None) -> bool: ...
    def set_paused(self, paused: bool) -> None: ...
    def set_intervals(self, intervals: Mapping[Flow, float]) -> None: ...
    def ask(self, flows: Sequence[Flow], *, even_paused: bool) -> None: ...
    def look(self) -> None: ...
    def next_run(self, flow: Flow) -> datetime | None: ...


class LaneMaker(Protocol):
    """Makes a lane: `Lane` itself (a thread each), or one that shares threads with other shops (`service.pooled`)."""

    def __call__(
        self,
        name: str,
        clock: Clock,
        intervals: Mapping[Flow, float],
        run: Run,
        slept: Slept,
        *,
        start_after: float = 0.0,
    ) -> LaneApi: ...


class Lane:
    """Runs `run(flows)` in its own thread. All methods may be called from any thread and return at once but `join`."""

    def __init__(
        self,
        name: str,
        clock: Clock,
        intervals: Mapping[Flow, float],
        run: Run,
        slept: Slept,
        *,
        start_after: float = 0.0,
    ) -> None:
        self._agenda = Agenda(clock, intervals, start_after)
        self._run = run
        self._slept = slept
        self._condition = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        self._agenda.begin()
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
            self._agenda.pause(paused)
            self._condition.notify_all()

    def set_intervals(self, intervals: Mapping[Flow, float]) -> None:
        with self._condition:
            self._agenda.set_intervals(intervals)
            self._condition.notify_all()

    def ask(self, flows: Sequence[Flow], *, even_paused: bool) -> None:
        """Runs these flows as soon as the lane is free: a click (`even_paused`) or something that became known."""
        with self._condition:
            self._agenda.ask(flows, even_paused=even_paused)
            self._condition.notify_all()

    def look(self) -> None:
        """Looks at the clock now: the PC has woken up."""
        with self._condition:
            self._condition.notify_all()

    def next_run(self, flow: Flow) -> datetime | None:
        with self._condition:
            return self._agenda.next_run(flow)

    def _loop(self) -> None:
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
                turn = self._agenda.next()
                if turn.wait != 0.0:
                    self._condition.wait(turn.wait)
                    continue
            if turn.slept is not None:
                self._slept(turn.slept)
            if turn.flows:
                return turn.flows
