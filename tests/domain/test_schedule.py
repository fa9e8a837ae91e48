"""Next runs and sleep, on two clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from otimo_tray.domain.schedule import GRACE_S, Tick, next_run, slept

WALL = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "interval", "now", "woke_at", "expected"),
    [
        (None, 300, 1000, None, 1000),
        (None, 300, 1000, 995, 995 + GRACE_S),
        (900, 300, 1000, None, 1200),
        (100, 300, 1000, None, 400),  # missed twice: due once, at once
        (900, 300, 1000, 950, 950 + GRACE_S),  # slept since: not before the grace, not at the old time
        (970, 300, 1000, 950, 1270),  # the one catch-up run counts as the last
        (5000, 300, 1000, None, 1300),  # the monotonic clock began anew
        (900, -5, 1000, None, 900),
    ],
)
def test_next_run(last: float | None, interval: float, now: float, woke_at: float | None, expected: float) -> None:
    assert next_run(last, interval, now, woke_at) == expected


@pytest.mark.parametrize(
    ("wall", "mono", "expected"),
    [
        (5, 5, None),
        (30, 30, None),
        (3600, 5, timedelta(seconds=3595)),  # the monotonic clock stops while asleep
        (3600, 3600, timedelta(seconds=3595)),  # it doesn't
        (5, 3600, timedelta(seconds=3595)),  # asleep, and the wall clock set back by as much
        (-7200, 5, None),
    ],
)
def test_sleep_is_a_gap_of_either_clock(wall: float, mono: float, expected: timedelta | None) -> None:
    before, after = Tick(WALL, 100.0), Tick(WALL + timedelta(seconds=wall), 100.0 + mono)
    assert slept(before, after, expected_s=5.0) == expected
