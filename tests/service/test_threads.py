"""Shared threads: senders with a bound a shop, workers with spares, the watch over folders, who follows a lease."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from otimo_tray.desktop.clock import SystemClock
from otimo_tray.domain.status import Flow
from otimo_tray.ports import Glance
from otimo_tray.service.agendas import Every
from otimo_tray.service.pooled import PooledAttendant, PooledLane, PooledWatcher
from otimo_tray.service.senders import SharedSenders
from otimo_tray.service.turns import Job
from otimo_tray.service.workers import Workers
from otimo_tray.sync.watching import Watcher
from tests.service.world import World
from tests.support.clock import FakeClock


def _until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < end
        threading.Event().wait(0.005)


# --- senders ---------------------------------------------------------------------------------------------------------


def test_a_shop_whose_hub_hangs_holds_no_more_senders_than_its_bound() -> None:
    senders = SharedSenders(2, bound=2)
    hanging, quick = senders.of_shop(5), senders.of_shop(5)
    gate, lock = threading.Event(), threading.Lock()
    inside = most = 0

    def hang() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        gate.wait(20)
        with lock:
            inside -= 1

    done: list[int] = []
    try:
        for _ in range(20):
            hanging.submit(hang)
        for number in range(20):
            quick.submit(lambda number=number: done.append(number))
        _until(lambda: len(done) == 20)
        assert most == 2
    finally:
        gate.set()
        hanging.shutdown()
        quick.shutdown()
        senders.close()
    assert inside == 0
    assert most == 2


def test_a_shop_s_own_setting_may_say_fewer() -> None:
    senders = SharedSenders(2, bound=4)
    shop = senders.of_shop(1)
    order: list[int] = []
    for number in range(10):
        shop.submit(lambda number=number: order.append(number))
    shop.shutdown()
    senders.close()
    assert order == list(range(10)), "one at a time, in order"
    with pytest.raises(RuntimeError):
        shop.submit(lambda: None)


def test_a_bug_in_a_piece_of_work_gives_its_place_free() -> None:
    senders = SharedSenders(1, bound=1)
    shop = senders.of_shop(1)
    done: list[int] = []
    shop.submit(lambda: done.append(1 // 0))
    shop.submit(lambda: done.append(1))
    shop.shutdown()
    senders.close()
    assert done == [1]


# --- workers ---------------------------------------------------------------------------------------------------------


def test_hanging_runs_are_replaced_by_spares_which_go_when_they_end() -> None:
    clock = FakeClock()
    workers = Workers(clock, 2)
    gate = threading.Event()
    ran: list[str] = []

    def lane(shop: str, run: Callable[[], object]) -> PooledLane:
        def run_it(flows: Sequence[Flow]) -> None:
            del flows
            run()

        made = PooledLane(workers, shop, _told, "values", clock, {Flow.STOCK: 300.0}, run_it, _slept)
        made.start()
        return made

    lanes = [lane(f"hanging {number}", lambda: gate.wait(20)) for number in range(2)]
    workers.start()
    try:
        _until(lambda: workers.running() == 2)
        lanes.append(lane("fine", lambda: ran.append("fine")))
        workers.look_after()
        assert not ran
        clock.advance(31)
        workers.look_after()
        _until(lambda: ran == ["fine"])
        gate.set()
        _until(lambda: workers.running() == 0)
        assert workers.slow("hanging 0")
        assert not workers.slow("fine")
    finally:
        gate.set()
        for one in lanes:
            one.stop()
        assert all(one.join(10) for one in lanes)
        assert workers.stop(10)


def _told(lane: str, error: BaseException | None) -> None:
    assert error is None, lane


def _slept(gap: object) -> None:
    raise AssertionError(gap)


def test_what_becomes_due_earlier_than_the_next_known_moment_is_not_late() -> None:
    """Only one idle worker watches the time: whoever brings something earlier has to call that one."""
    clock = SystemClock()
    workers = Workers(clock, 4)
    ran: list[str] = []

    class Noting:
        def run(self, job: Job) -> None:
            ran.append(job.shop)

    workers.add(Job("far", Every(clock, lambda: 25.0, first=25.0)), Noting())
    workers.start()
    try:
        threading.Event().wait(0.1)  # all four wait by now, one of them for 25 seconds
        began = time.monotonic()
        for number in range(3):
            workers.add(Job(f"near {number}", Every(clock, lambda: 0.3, first=0.3)), Noting())
        _until(lambda: len(ran) >= 9)
        assert time.monotonic() - began < 12
    finally:
        assert workers.stop(10)


def test_there_are_no_threads_without_work() -> None:
    workers = Workers(FakeClock(), 4)
    before = threading.active_count()
    workers.start()
    assert threading.active_count() == before
    assert workers.stop(1)


# --- the watch over a folder -----------------------------------------------------------------------------------------


def test_a_new_file_wakes_its_flows_and_a_hanging_share_stops_no_other_shop(tmp_path: Path) -> None:
    world = World(tmp_path)
    supervisor = world.supervisor()
    seen: dict[str, set[tuple[object, ...]]] = {"a": set(), "b": set()}
    woken: list[str] = []

    def watcher(name: str) -> PooledWatcher:
        made = Watcher(
            lambda: Glance(frozenset(seen[name]), frozenset()), lambda flows: woken.extend(f"{name} {f}" for f in flows)
        )
        pooled = PooledWatcher(supervisor.aside, name, world.clock, made)
        pooled.start()
        return pooled

    both = [watcher("a"), watcher("b")]
    world.play(supervisor, 3)
    assert not woken, "what was there before is no news"
    hanging = supervisor.aside.take()
    seen["b"].add(("estoque.csv", 1))
    seen["a"].add(("estoque.csv", 1))
    world.play(supervisor, 4)
    assert len(woken) in {2, 4}
    if hanging is not None:
        supervisor.aside.run(hanging)
    both[0].stop()
    seen["a"].add(("estoque.csv", 2))
    seen["b"].add(("estoque.csv", 2))
    woken.clear()
    world.play(supervisor, 5)
    assert woken == ["b stock", "b price"]
    both[1].stop()
    assert all(one.join(1) for one in both)


# --- who follows a lease ---------------------------------------------------------------------------------------------


def test_steps_come_when_they_are_due_or_when_somebody_stirs(tmp_path: Path) -> None:
    world = World(tmp_path)
    supervisor = world.supervisor()
    stepped: list[float] = []

    class Steps:
        stir_inside = False

        def step(self) -> float:
            stepped.append(world.clock.monotonic())
            if self.stir_inside:
                self.stir_inside = False
                attendant.stir()
            return 10.0

    steps = Steps()
    attendant = PooledAttendant(supervisor.leads, "a", world.clock, steps)
    attendant.start()
    world.play(supervisor, 25)
    assert stepped == [1000, 1010, 1020]
    attendant.stir()
    world.play(supervisor, 1)
    assert stepped[3:] == [1025]
    steps.stir_inside = True
    attendant.stir()
    world.play(supervisor)
    assert stepped[4:] == [1026, 1026], "a stir during a step isn't lost"
    assert attendant.stop(1)
    attendant.stir()
    world.play(supervisor, 30)
    assert len(stepped) == 6


def test_real_time_also_moves_them() -> None:
    workers = Workers(SystemClock(), 2)
    stepped = threading.Event()

    class Steps:
        def step(self) -> float:
            stepped.set()
            return 0.02

    attendant = PooledAttendant(workers, "a", SystemClock(), Steps())
    attendant.start()
    workers.start()
    try:
        for _ in range(3):
            assert stepped.wait(10)
            stepped.clear()
    finally:
        assert attendant.stop(10)
        assert workers.stop(10)
