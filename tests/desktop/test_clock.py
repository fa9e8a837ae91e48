"""The real clock keeps its promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.ports import Clock


def test_it_is_aware_utc_and_never_goes_back() -> None:
    clock: Clock = SystemClock()
    before = clock.monotonic()
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.monotonic() >= before
