"""Timers: each flow its own interval, one catch-up run after a sleep, nothing while nothing is due."""

from __future__ import annotations

from datetime import timedelta

from otimo_tray.domain.status import Flow
from otimo_tray.sync.timers import LONGEST_WAIT_S, RESUME_GRACE_S, Timers
from tests.support.clock import FakeClock


def make(clock: FakeClock) -> Timers:
    return Timers(clock, {Flow.STOCK: 300.0, Flow.PRICE: 600.0})


def test_all_flows_are_due_at_the_start_then_each_at_its_own_interval() -> None:
    clock = FakeClock()
    timers = make(clock)
    assert set(timers.due()) == {Flow.STOCK, Flow.PRICE}
    assert timers.due() == []
    clock.advance(299)
    assert timers.due() == []
    clock.advance(1)
    assert timers.due() == [Flow.STOCK]
    clock.advance(300)
    assert set(timers.due()) == {Flow.STOCK, Flow.PRICE}


def test_a_late_run_is_not_made_up_for() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    clock.advance(310)
    assert timers.due() == [Flow.STOCK]
    clock.advance(299)
    assert Flow.STOCK not in timers.due()


def test_after_a_night_asleep_there_is_one_run_after_the_grace() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    clock.sleep_machine(hours=9)
    assert timers.slept() == timedelta(hours=9)
    assert timers.due() == []
    clock.advance(RESUME_GRACE_S)
    assert set(timers.due()) == {Flow.STOCK, Flow.PRICE}
    assert timers.due() == []


def test_a_sleep_in_which_nothing_would_have_run_changes_nothing() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    clock.sleep_machine(seconds=60)
    assert timers.slept() is not None
    clock.advance(RESUME_GRACE_S)
    assert timers.due() == []


def test_a_clock_set_back_moves_no_timer() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    clock.set_wall(clock.now() - timedelta(days=3))
    assert timers.slept() is None
    clock.advance(300)
    assert timers.due() == [Flow.STOCK]


def test_waiting_is_bounded_so_that_a_sleep_is_noticed() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    assert timers.next_wait() == LONGEST_WAIT_S
    clock.advance(290)
    assert timers.next_wait() == 10


def test_a_click_brings_a_flow_forward_and_never_back() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    timers.bring_forward([Flow.PRICE])
    assert timers.due() == [Flow.PRICE]
    clock.advance(595)
    timers.bring_forward([Flow.PRICE], 60)
    clock.advance(5)
    assert Flow.PRICE in timers.due()


def test_new_settings_take_effect_and_a_flow_switched_off_is_never_due() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    timers.set_intervals({Flow.STOCK: 60.0})
    clock.advance(60)
    assert timers.due() == [Flow.STOCK]
    clock.advance(6000)
    assert timers.due() == [Flow.STOCK]
    assert timers.next_run(Flow.PRICE) is None


def test_the_next_run_is_told_as_wall_time() -> None:
    clock = FakeClock()
    timers = make(clock)
    timers.due()
    clock.advance(100)
    assert timers.next_run(Flow.STOCK) == clock.now() + timedelta(seconds=200)
