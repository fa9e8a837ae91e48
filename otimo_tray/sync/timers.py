"""When each flow runs next. Intervals by the monotonic clock; a jump of the wall clock means that the PC slept.

Pure: the lane asks what is due and how long to wait; nobody here waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock

RESUME_GRACE_S = 15.0
"""After a wake-up the network needs a moment; then one catch-up run, not many."""
_JUMP_S = 30.0
LONGEST_WAIT_S = 60.0
"""How long a lane waits at most before it looks at the clock again (to notice a sleep)."""


@dataclass(slots=True)
class _Timer:
    interval: float
    due: float


class Timers:
    """Due times of the flows of one lane. Not thread-safe: the lane's own lock guards it."""

    def __init__(self, clock: Clock, intervals: Mapping[Flow, float]) -> None:
        self._clock = clock
        self._last_wall = clock.now()
        self._last_mono = clock.monotonic()
        self._timers = {flow: _Timer(seconds, self._last_mono) for flow, seconds in intervals.items()}

    def set_intervals(self, intervals: Mapping[Flow, float]) -> None:
        """New settings: a flow that became enabled is due now, one switched off is forgotten."""
        now = self._clock.monotonic()
        self._timers = {
            flow: _Timer(seconds, min(self._timers[flow].due, now + seconds) if flow in self._timers else now)
            for flow, seconds in intervals.items()
        }

    def slept(self) -> timedelta | None:
        """Looks at both clocks; answers for how long the machine slept (or the clock was set ahead), None if not.

        Call it before `due`. After a sleep every flow that would have run meanwhile is due once, after the grace.
        """
        wall, mono = self._clock.now(), self._clock.monotonic()
        gap = (wall - self._last_wall).total_seconds() - (mono - self._last_mono)
        missed = mono - self._last_mono > LONGEST_WAIT_S + _JUMP_S
        self._last_wall, self._last_mono = wall, mono
        if gap < _JUMP_S and not missed:
            return None
        for timer in self._timers.values():
            if timer.due - max(gap, 0.0) <= mono:
                timer.due = mono + RESUME_GRACE_S
        return timedelta(seconds=gap)

    def due(self) -> list[Flow]:
        """Flows whose time has come, and sets their next time (from now: a late run isn't made up for)."""
        now = self._clock.monotonic()
        flows = [flow for flow, timer in self._timers.items() if timer.due <= now]
        for flow in flows:
            self._timers[flow].due = now + self._timers[flow].interval
        return flows

    def bring_forward(self, flows: Sequence[Flow], seconds: float = 0.0) -> None:
        """Makes flows due within `seconds` (a click, a retry, something that became known)."""
        at = self._clock.monotonic() + seconds
        for flow in flows:
            timer = self._timers.get(flow)
            if timer is not None:
                timer.due = min(timer.due, at)

    def next_wait(self) -> float:
        """Seconds until something is due, at most LONGEST_WAIT_S."""
        now = self._clock.monotonic()
        return max(0.0, min([timer.due - now for timer in self._timers.values()] + [LONGEST_WAIT_S]))

    def next_run(self, flow: Flow) -> datetime | None:
        """Wall time of a flow's next run; None when it is switched off."""
        timer = self._timers.get(flow)
        if timer is None:
            return None
        return self._clock.now() + timedelta(seconds=max(0.0, timer.due - self._clock.monotonic()))
