"""When a flow runs next, on the monotonic clock, and how a sleep of the machine is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

GRACE_S: Final = 15.0
"""After start or wake nothing runs for so long: the network and the ERP's server come back first."""
GAP_S: Final = 30.0
"""A tick this much later than due means that the machine slept."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Both clocks at one moment: `wall` aware UTC, `mono` seconds."""

    wall: datetime
    mono: float


def slept(previous: Tick, current: Tick, expected_s: float, tolerance_s: float = GAP_S) -> timedelta | None:
    """How long the machine slept between two ticks that were to be `expected_s` seconds apart, None if it didn't.

    Some systems stop the monotonic clock while they sleep, others don't; so the larger of both gaps counts.
    A wall clock set back is no sleep; one set forward looks like one, which costs no more than an early run.
    """
    passed = max((current.wall - previous.wall).total_seconds(), current.mono - previous.mono)
    gap = passed - expected_s
    return timedelta(seconds=gap) if gap > tolerance_s else None


def next_run(last_started: float | None, interval: float, now: float, woke_at: float | None = None) -> float:
    """Monotonic second of the next run; in the past or now means "due".

    Runs that were missed are made up by one, never by many: from the moment of a wake (or start) it is due
    after the grace, and counts as the last one from there.

    Args:
        last_started: monotonic second when the flow last started, None = never.
        interval: seconds between two starts.
        now: monotonic second of now.
        woke_at: monotonic second of the last wake or start, None = none.
    """
    if last_started is None:
        return now if woke_at is None else woke_at + GRACE_S
    if woke_at is not None and last_started <= woke_at:
        return woke_at + GRACE_S
    # A monotonic clock that restarted (state from before) must not put the run off for hours.
    return min(last_started, now) + max(interval, 0.0)
