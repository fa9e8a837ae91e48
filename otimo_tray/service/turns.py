"""Whose turn it is: many jobs, few workers. Nobody waits or runs here, so that tests move the time.

Fair: of the jobs that are due, the one served least recently goes first.
Bulkhead: a shop whose last run took long, or that runs for long already, is "slow"; all slow shops together get at most
a quarter of the workers, however many they are, and a run that hangs is replaced by a spare worker.
"""

from __future__ import annotations

import heapq
import itertools
from datetime import timedelta
from typing import Final, Protocol

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.sync.agenda import Turn

SLOW_S: Final = 30.0
"""A run longer than this makes its shop a slow one until its next short run."""
_SHARE: Final = 4
"""The slow shops' part of the workers is 1/4."""
_SPARES: Final = 2
"""Spare workers in place of hanging ones: at most so many times the workers."""


class Agenda(Protocol):
    """When a job is to run; see `sync.agenda.Agenda`."""

    def next(self) -> Turn: ...


class Job:
    """Something of one shop that runs now and then, never twice at once. Made and changed by `Turns` alone.

    Attributes:
        shop: whose it is. agenda: when.
    """

    def __init__(self, shop: str, agenda: Agenda) -> None:
        self.shop = shop
        self.agenda = agenda
        self.ended = False
        self.running = False
        self.slow = False
        self.served = float("-inf")
        self.ready = False
        self.ticket = 0
        """The one entry in the heaps that counts; older ones are passed over."""
        self.flows: list[Flow] = []
        self.gap: timedelta | None = None


class Turns:
    """Not thread-safe: the workers' lock guards it. Times are the clock's monotonic seconds."""

    def __init__(self, clock: Clock, workers: int, *, slow_s: float = SLOW_S) -> None:
        self._clock = clock
        self._workers = workers
        self._slow_s = slow_s
        self._slow_most = max(1, workers // _SHARE)
        self._tickets = itertools.count(1)
        self._waiting: list[tuple[float, int, Job]] = []
        self._ready: list[tuple[float, int, Job]] = []
        self._aside: list[tuple[float, int, Job]] = []
        """Ready jobs of slow shops."""
        self._running: dict[Job, float] = {}
        self._slow_lanes: dict[str, int] = {}

    @property
    def running(self) -> int:
        return len(self._running)

    @property
    def anything_ready(self) -> bool:
        """Whether some job may wait for a worker."""
        return bool(self._ready or self._aside)

    def hanging(self) -> int:
        """Runs that took too long already; marks their shops as slow."""
        now, count = self._clock.monotonic(), 0
        for job, since in self._running.items():
            if now - since > self._slow_s:
                count += 1
                self._mark(job, slow=True)
        return count

    def wanted_workers(self) -> int:
        """How many workers there should be now: spares stand in for those that hang, within a bound."""
        return self._workers + min(self.hanging(), _SPARES * self._workers)

    def is_slow(self, shop: str) -> bool:
        return bool(self._slow_lanes.get(shop))

    def look(self, job: Job) -> None:
        """Asks a job anew what it has to do: it is new, was asked for something, or its times changed."""
        if job.ended or job.running or job.ready:
            return  # one that waits for a worker, or runs, is asked again when it begins or has ended
        turn = job.agenda.next()
        job.ticket = next(self._tickets)
        if turn.wait is None:
            return
        if turn.wait > 0:
            heapq.heappush(self._waiting, (self._clock.monotonic() + turn.wait, job.ticket, job))
            return
        job.flows, job.gap = turn.flows, turn.slept
        job.ready = True
        heapq.heappush(self._ready, (job.served, job.ticket, job))

    def end(self, job: Job) -> None:
        """The job never runs again; a run at hand goes on."""
        job.ended = True

    def take(self) -> Job | None:
        """The job whose turn it is, None when nobody's; it counts as running until `done`."""
        now = self._clock.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            _, ticket, job = heapq.heappop(self._waiting)
            if ticket == job.ticket:
                self.look(job)
        job = self._pick()
        if job is None:
            return None
        later = job.agenda.next()
        job.flows += [flow for flow in later.flows if flow not in job.flows]
        job.gap = job.gap if later.slept is None else later.slept
        job.ready, job.running, job.served = False, True, now
        self._running[job] = now
        return job

    def _pick(self) -> Job | None:
        busy = sum(self.is_slow(job.shop) for job in self._running)
        while self._ready and self._passed_over(self._ready[0]):
            entry = heapq.heappop(self._ready)
            if not self._gone(entry):
                heapq.heappush(self._aside, entry)
        while self._aside and self._gone(self._aside[0]):
            heapq.heappop(self._aside)
        heaps = [self._ready] if self._ready else []
        heaps += [self._aside] if self._aside and busy < self._slow_most else []
        return heapq.heappop(min(heaps, key=lambda heap: heap[0][:2]))[2] if heaps else None

    def _passed_over(self, entry: tuple[float, int, Job]) -> bool:
        return self._gone(entry) or self.is_slow(entry[2].shop)

    @staticmethod
    def _gone(entry: tuple[float, int, Job]) -> bool:
        return entry[2].ended or entry[1] != entry[2].ticket

    def done(self, job: Job) -> None:
        """The run ended; says by its length whether its shop is slow."""
        took = self._clock.monotonic() - self._running.pop(job)
        job.running = False
        self._mark(job, slow=took > self._slow_s)
        self.look(job)

    def _mark(self, job: Job, *, slow: bool) -> None:
        if job.slow != slow:
            job.slow = slow
            self._slow_lanes[job.shop] = self._slow_lanes.get(job.shop, 0) + (1 if slow else -1)
            if not self._slow_lanes[job.shop]:
                del self._slow_lanes[job.shop]

    def forget(self, job: Job) -> None:
        """An ended job leaves nothing of its shop behind."""
        self._mark(job, slow=False)

    def next_wait(self) -> float | None:
        """Seconds until something is due that isn't now; None = nothing known."""
        while self._waiting and (self._waiting[0][1] != self._waiting[0][2].ticket or self._waiting[0][2].ended):
            heapq.heappop(self._waiting)
        return max(0.0, self._waiting[0][0] - self._clock.monotonic()) if self._waiting else None
