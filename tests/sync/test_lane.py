"""A lane in its own thread: what wakes it, and how long an engine's stop may take."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Flow, Trouble
from otimo_tray.sync.lane import Lane
from otimo_tray.sync.running import Engine
from tests.support.clock import FakeClock


def test_after_waking_the_lane_looks_at_the_clock_at_once() -> None:
    clock = FakeClock()
    ran, told = threading.Event(), threading.Event()
    gaps: list[timedelta] = []

    def run(flows: Sequence[Flow]) -> None:
        del flows
        ran.set()

    def slept(gap: timedelta) -> None:
        gaps.append(gap)
        told.set()

    lane = Lane("lane", clock, {Flow.STOCK: 300.0}, run, slept)
    lane.start()
    try:
        assert ran.wait(10)
        clock.sleep_machine(hours=8)
        lane.look()  # without it the lane would wait for up to a minute
        assert told.wait(10)
        assert gaps == [timedelta(hours=8)]
        ran.clear()
        clock.advance(20)  # the grace for the network
        lane.look()
        assert ran.wait(10)
    finally:
        lane.stop()
        assert lane.join(10)


class _HangingEngine(Engine):
    """An engine whose lanes both hang, and a clock that only a wait moves."""

    def __init__(self, clock: FakeClock) -> None:
        def missing(settings: Settings) -> Trouble | None:
            raise AssertionError(settings)

        super().__init__(None, Settings(), clock, missing, missing)  # type: ignore[arg-type]


def test_an_engine_s_stop_takes_no_longer_than_it_may() -> None:
    clock = FakeClock()
    engine = _HangingEngine(clock)
    waits: list[float | None] = []

    def join(timeout: float | None = None) -> bool:
        waits.append(timeout)
        clock.advance(timeout or 0)
        return False

    engine._values.join = join
    engine._papers.join = join
    assert not engine.stop(2.0)
    assert waits == [2.0, 0.0]
    engine._flows.close()
