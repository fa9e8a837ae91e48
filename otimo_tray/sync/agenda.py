"""What one lane has to do: its timers, what was asked for, and whether it is paused. Pure but for its clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.sync.timers import LONGEST_WAIT_S, Timers


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be done now.

    Attributes:
        flows: to be run, in order; empty = nothing.
        slept: how long the machine slept until now, None when it didn't.
        wait: seconds until it is worth looking again (0 when there is something to do); None = until something new.
    """

    flows: list[Flow]
    slept: timedelta | None
    wait: float | None


class Agenda:
    """Not thread-safe: whoever owns it guards it."""

    def __init__(self, clock: Clock, intervals: Mapping[Flow, float], start_after: float = 0.0) -> None:
        """`start_after`: seconds after `begin` in which only what a person asks for runs."""
        self._clock = clock
        self._timers = Timers(clock, intervals)
        self._start_after = start_after
        self._from = clock.monotonic() + start_after
        self._paused = False
        self._asked: list[Flow] = []

    def begin(self) -> None:
        """The lane starts: the quiet first seconds begin to count."""
        self._from = self._clock.monotonic() + self._start_after

    def pause(self, paused: bool) -> None:
        self._paused = paused

    def set_intervals(self, intervals: Mapping[Flow, float]) -> None:
        self._timers.set_intervals(intervals)

    def ask(self, flows: Sequence[Flow], *, even_paused: bool) -> None:
        """A click (`even_paused`), or something that became known."""
        if even_paused:
            self._asked += [flow for flow in flows if flow not in self._asked]
        else:
            self._timers.bring_forward(flows)

    def next(self) -> Turn:
        """What is to be done now; what it tells counts as begun."""
        slept = self._timers.slept()
        early = self._from - self._clock.monotonic()
        if early > 0 and not self._asked:
            return Turn([], slept, min(early, LONGEST_WAIT_S) if slept is None else 0.0)
        self._from = float("-inf")
        asked, self._asked = self._asked, []
        due = [] if self._paused else self._timers.due()
        flows = [*asked, *(flow for flow in due if flow not in asked)]
        if flows or slept is not None:
            return Turn(flows, slept, 0.0)
        return Turn([], None, None if self._paused else self._timers.next_wait())

    def next_run(self, flow: Flow) -> datetime | None:
        return self._timers.next_run(flow)
