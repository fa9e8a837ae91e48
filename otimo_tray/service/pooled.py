"""What of an engine runs in shared threads: its lanes, the watch over a folder, the one who follows a lease."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.service.agendas import Every, Held, back_off
from otimo_tray.service.turns import Job
from otimo_tray.service.workers import Workers
from otimo_tray.sync.agenda import Agenda
from otimo_tray.sync.attending import Steps
from otimo_tray.sync.lane import Run, Slept
from otimo_tray.sync.watching import Watcher

_AFTER_A_BUG_S: Final = 5.0
GLANCE_S: Final = 2.0
SHOPS_A_SECOND: Final = 50
"""Glances a second, at most: with many shops each one is looked at less often."""


class PooledLane:
    """A lane (`sync.lane.LaneApi`) that runs in shared workers.

    Args:
        workers: the threads. shop: whose lane it is.
        told: is told of the bug that ended a run, and of None after a run that ended well.
    """

    def __init__(
        self,
        workers: Workers,
        shop: str,
        told: Callable[[str, BaseException | None], None],
        name: str,
        clock: Clock,
        intervals: Mapping[Flow, float],
        run: Run,
        slept: Slept,
        *,
        start_after: float = 0.0,
    ) -> None:
        self._workers = workers
        self._name = name
        self._told = told
        self._run, self._slept = run, slept
        self._agenda = Agenda(clock, intervals, start_after)
        self._held = Held(self._agenda, clock)
        self._job = Job(shop, self._held)
        self._bugs = 0

    def start(self) -> None:
        self._agenda.begin()
        self._workers.add(self._job, self)

    def stop(self) -> None:
        self._workers.end(self._job)

    def join(self, timeout: float | None = None) -> bool:
        return self._workers.join(self._job, timeout)

    def set_paused(self, paused: bool) -> None:
        self._workers.look(self._job, lambda: self._agenda.pause(paused))

    def set_intervals(self, intervals: Mapping[Flow, float]) -> None:
        self._workers.look(self._job, lambda: self._agenda.set_intervals(intervals))

    def ask(self, flows: Sequence[Flow], *, even_paused: bool) -> None:
        self._workers.look(self._job, lambda: self._agenda.ask(flows, even_paused=even_paused))

    def look(self) -> None:
        self._workers.look(self._job)

    def next_run(self, flow: Flow) -> datetime | None:
        return self._agenda.next_run(flow)

    def run(self, job: Job) -> None:
        """In a worker: what fell due. A bug is told, and this lane alone holds back for a while."""
        try:
            if job.gap is not None:
                self._slept(job.gap)
            if job.flows:
                self._run(job.flows)
        except Exception as error:
            self._bugs += 1
            self._held.hold(back_off(self._bugs))
            self._told(self._name, error)
            raise
        if job.flows:
            self._bugs = 0
            self._told(self._name, None)


class PooledWatcher:
    """A watcher (`sync.watching.WatcherApi`) in shared threads."""

    def __init__(self, aside: Workers, shop: str, clock: Clock, watcher: Watcher) -> None:
        self._aside = aside
        self._watcher = watcher
        self._job = Job(shop, Every(clock, lambda: max(GLANCE_S, aside.jobs() / SHOPS_A_SECOND)))

    def start(self) -> None:
        self._aside.add(self._job, self)

    def stop(self) -> None:
        self._watcher.stop()
        self._aside.end(self._job)

    def join(self, timeout: float | None = None) -> bool:
        return self._aside.join(self._job, timeout)

    def run(self, job: Job) -> None:
        """One glance, in a worker."""
        del job
        self._watcher.step()


class PooledAttendant:
    """Steps something forward (`sync.attending.AttendantApi`) in shared threads."""

    def __init__(self, workers: Workers, shop: str, clock: Clock, steps: Steps) -> None:
        self._workers = workers
        self._steps = steps
        self._agenda = Every(clock, lambda: _AFTER_A_BUG_S)
        self._job = Job(shop, self._agenda)

    def start(self) -> None:
        self._workers.add(self._job, self)

    def stir(self) -> None:
        self._workers.look(self._job, self._agenda.soon)

    def stop(self, timeout: float) -> bool:
        self._workers.end(self._job)
        return self._workers.join(self._job, timeout)

    def run(self, job: Job) -> None:
        """One step, in a worker; a stir meanwhile isn't lost."""
        del job
        wait = self._steps.step()
        self._workers.look(self._job, lambda: self._agenda.later_unless_asked(wait))
