"""A clock that tests move: nobody sleeps in a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Implements `ports.Clock`. `advance` moves both clocks, `sleep_machine` the wall clock alone (a suspended PC)."""

    def __init__(self, start: datetime = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float = 0.0, **parts: float) -> None:
        """Lets time pass."""
        step = timedelta(seconds=seconds, **parts)
        self._now += step
        self._monotonic += step.total_seconds()

    def sleep_machine(self, **parts: float) -> None:
        """The PC sleeps: the wall clock goes on, the monotonic one doesn't (as on Linux)."""
        self._now += timedelta(**parts)

    def set_wall(self, moment: datetime) -> None:
        """Somebody sets the clock."""
        self._now = moment
