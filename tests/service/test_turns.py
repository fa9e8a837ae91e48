"""Whose turn it is, in virtual time: fair, and no shop takes the workers from the others."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from otimo_tray.domain.status import Flow
from otimo_tray.service.turns import Job, Turns
from otimo_tray.sync.agenda import Agenda
from tests.support.clock import FakeClock


def _lane(turns: Turns, clock: FakeClock, shop: str, seconds: float, start_after: float = 0.0) -> Job:
    job = Job(shop, Agenda(clock, {Flow.STOCK: seconds}, start_after))
    job.agenda.begin()  # type: ignore[attr-defined]
    turns.look(job)
    return job


def _play(turns: Turns, clock: FakeClock, seconds: float, length: dict[str, float], workers: int) -> list[str]:
    """Lets that many workers work for some time; a run of a shop takes `length` seconds. Answers who was served."""
    served: list[str] = []
    busy: list[tuple[float, Job]] = []
    end = clock.monotonic() + seconds
    while clock.monotonic() < end:
        for moment, job in sorted(busy, key=lambda entry: entry[0]):
            if moment <= clock.monotonic():
                busy.remove((moment, job))
                turns.done(job)
        # What workers do: there are as many as wanted now, and each takes a turn.
        while len(busy) < min(workers * 3, turns.wanted_workers()):
            job = turns.take()
            if job is None:
                break
            served.append(job.shop)
            busy.append((clock.monotonic() + length.get(job.shop, 1.0), job))
        clock.advance(1.0)
    for _, job in busy:
        turns.done(job)
    return served


def test_every_shop_is_served_alike_when_there_is_too_much_to_do() -> None:
    clock = FakeClock()
    turns = Turns(clock, 2)
    for number in range(20):
        # Half of them want to run all the time, half only now and then: asking more often gives no more turns.
        _lane(turns, clock, f"shop {number}", 5.0 if number % 2 else 20.0)
    served = Counter(_play(turns, clock, 400, {}, workers=2))
    assert len(served) == 20
    # 2 workers × 400 seconds / 20 shops = 40 runs each if all wanted as many; those that want 20 get theirs.
    assert min(served.values()) >= 18
    eager = [count for shop, count in served.items() if int(shop.split()[1]) % 2]
    assert max(eager) - min(eager) <= 1


def test_the_least_recently_served_goes_first() -> None:
    clock = FakeClock()
    turns = Turns(clock, 1)
    first, second = _lane(turns, clock, "a", 10.0), _lane(turns, clock, "b", 10.0)
    assert turns.take() is first
    clock.advance(1)
    turns.done(first)
    first.agenda.ask([Flow.STOCK], even_paused=True)  # type: ignore[attr-defined]
    turns.look(first)
    assert turns.take() is second, "the one that was served just now waits for the one that wasn't"
    turns.done(second)
    assert turns.take() is first


def test_a_shop_that_takes_long_gets_a_small_part_of_the_workers() -> None:
    clock = FakeClock()
    turns = Turns(clock, 8)
    slow = [f"slow {number}" for number in range(20)]
    quick = [f"quick {number}" for number in range(20)]
    for shop in slow + quick:
        _lane(turns, clock, shop, 60.0)
    length = dict.fromkeys(slow, 55.0)
    _play(turns, clock, 180, length, workers=8)  # they become known
    assert all(turns.is_slow(shop) for shop in slow)
    served = Counter(_play(turns, clock, 600, length, workers=8))
    assert min(served[shop] for shop in quick) >= 9, "each quick shop keeps its minute"
    # A quarter of 8 workers for 600 s at 55 s each; the slow ones share that.
    assert sum(served[shop] for shop in slow) <= 2 * 600 // 55 + 2
    assert min(served[shop] for shop in slow) >= 1, "and none of the slow ones starves"


def test_a_hanging_shop_is_replaced_by_spare_workers() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4, slow_s=30)
    hanging = [_lane(turns, clock, f"hanging {number}", 60.0) for number in range(4)]
    for job in hanging:
        assert turns.take() is job
    fine = _lane(turns, clock, "fine", 60.0)
    assert turns.wanted_workers() == 4
    clock.advance(31)
    assert turns.wanted_workers() == 8
    assert turns.take() is fine
    turns.done(fine)
    assert not turns.is_slow("fine")
    for job in hanging:
        turns.done(job)
    assert turns.wanted_workers() == 4
    assert turns.is_slow("hanging 0")


def test_a_shop_is_slow_no_longer_after_a_short_run() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4)
    job = _lane(turns, clock, "shop", 60.0)
    assert turns.take() is job
    clock.advance(40)
    turns.done(job)
    assert turns.is_slow("shop")
    clock.advance(60)
    assert turns.take() is job
    clock.advance(1)
    turns.done(job)
    assert not turns.is_slow("shop")


def test_a_lane_never_runs_twice_at_once_and_an_ask_meanwhile_runs_after() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4)
    job = _lane(turns, clock, "shop", 60.0)
    assert turns.take() is job
    job.agenda.ask([Flow.STOCK], even_paused=True)  # type: ignore[attr-defined]
    turns.look(job)
    assert turns.take() is None
    turns.done(job)
    assert turns.take() is job
    assert job.flows == [Flow.STOCK]


def test_an_ended_job_is_never_taken() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4)
    ready, waiting = _lane(turns, clock, "a", 60.0), _lane(turns, clock, "b", 60.0, start_after=10)
    turns.end(ready)
    turns.end(waiting)
    clock.advance(100)
    assert turns.take() is None


def test_first_runs_wait_for_their_moment_but_not_what_is_asked_for() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4)
    job = _lane(turns, clock, "shop", 60.0, start_after=30)
    assert turns.take() is None
    assert turns.next_wait() == 30
    job.agenda.ask([Flow.STOCK], even_paused=True)  # type: ignore[attr-defined]
    turns.look(job)
    assert turns.take() is job


def test_a_machine_that_slept_is_told_once() -> None:
    clock = FakeClock()
    turns = Turns(clock, 4)
    job = _lane(turns, clock, "shop", 60.0)
    assert turns.take() is job
    turns.done(job)
    clock.sleep_machine(hours=2)
    turns.look(job)
    assert turns.take() is job
    assert job.gap == timedelta(hours=2)
    assert job.flows == [], "the network gets a moment first"
    turns.done(job)
    clock.advance(16)
    assert turns.take() is job
    assert job.flows == [Flow.STOCK]
    assert job.gap is None
