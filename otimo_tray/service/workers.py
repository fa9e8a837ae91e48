"""The threads that all shops of the process share, and the lanes that run in them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from otimo_tray.domain.status import Flow
from otimo_tray.ports import Clock
from otimo_tray.service.turns import SLOW_S, Job, Turns
from otimo_tray.sync.agenda import Agenda, Turn
from otimo_tray.sync.lane import Run, Slept

_log = logging.getLogger(__name__)
_LONGEST_WAIT_S: Final = 30.0
_FIRST_RETRY_S: Final = 30.0
_LONGEST_RETRY_S: Final = 900.0


def back_off(failures: int) -> float:
    """Seconds before the next try after so many failures in a row: 30, 60, … 900."""
    return min(_FIRST_RETRY_S * 2 ** min(failures - 1, 10), _LONGEST_RETRY_S)


class Runnable(Protocol):
    """A job's work, done in a worker."""

    def run(self, job: Job) -> None: ...


class Workers:
    """A bounded number of threads, and spares while some hang. All methods may be called from any thread."""

    def __init__(self, clock: Clock, count: int, *, name: str = "worker", slow_s: float = SLOW_S) -> None:
        self._name = name
        self._count = count
        self._turns = Turns(clock, count, slow_s=slow_s)
        self._lock = threading.Lock()
        self._turn = threading.Condition(self._lock)
        """Something may be due now."""
        self._ended = threading.Condition(self._lock)
        """A run or a thread has ended."""
        self._kept_until: float | None = None
        """Until when one idle worker waits for the next due time; the others sleep until they are called."""
        self._monotonic = clock.monotonic
        self._work: dict[Job, Runnable] = {}
        self._threads: set[threading.Thread] = set()
        self._started = self._ending = False
        self._made = 0

    # --- jobs --------------------------------------------------------------------------------------------------------

    def add(self, job: Job, work: Runnable) -> None:
        with self._lock:
            self._work[job] = work
            self._turns.look(job)
            if self._started and not self._ending:
                self._fill()
            self._call()

    def look(self, job: Job, change: Callable[[], None] = lambda: None) -> None:
        """Changes a job's agenda and looks at it anew."""
        with self._lock:
            change()
            if job in self._work:
                self._turns.look(job)
                self._call()

    def _call(self) -> None:
        """Something is new: calls a worker for what is ready, and the one who keeps the time if he would be late."""
        if self._turns.anything_ready:
            self._turn.notify()
        wait = self._turns.next_wait()
        if self._kept_until is not None and wait is not None and self._monotonic() + wait < self._kept_until:
            self._turn.notify_all()

    def end(self, job: Job) -> None:
        """The job begins no more run."""
        with self._lock:
            self._turns.end(job)
            if not job.running:
                self._drop(job)

    def join(self, job: Job, timeout: float | None = None) -> bool:
        """Waits for an ended job's last run; False when it still runs after `timeout` seconds."""
        with self._lock:
            return self._ended.wait_for(lambda: not job.running, timeout)

    def _drop(self, job: Job) -> None:
        if self._work.pop(job, None) is not None:
            self._turns.forget(job)

    def slow(self, shop: str) -> bool:
        """Whether a shop is kept to the slow ones' part now."""
        with self._lock:
            return self._turns.is_slow(shop)

    def jobs(self) -> int:
        """How many jobs there are; no lock, for it is asked inside of it too."""
        return len(self._work)

    def running(self) -> int:
        """How many jobs run now."""
        with self._lock:
            return self._turns.running

    # --- threads -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        with self._lock:
            self._started = True
            self._fill()

    def look_after(self) -> None:
        """Puts spares in place of workers that hang. Call it every few seconds."""
        with self._lock:
            if self._started and not self._ending:
                self._fill()

    def _fill(self) -> None:
        while self._work and len(self._threads) < self._turns.wanted_workers():
            self._made += 1
            thread = threading.Thread(target=self._loop, name=f"{self._name}-{self._made}", daemon=True)
            self._threads.add(thread)
            thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """No job begins any more; False when some worker still hangs after `timeout` seconds."""
        with self._lock:
            self._ending = True
            self._turn.notify_all()
            return self._ended.wait_for(lambda: not self._threads, timeout)

    def _loop(self) -> None:
        try:
            while (job := self._next()) is not None:
                self.run(job)
        finally:
            with self._lock:
                self._threads.discard(threading.current_thread())
                self._ended.notify_all()

    def _next(self) -> Job | None:
        with self._lock:
            while not self._ending and len(self._threads) <= self._turns.wanted_workers():
                job = self._turns.take()
                if job is not None:
                    self._turn.notify()  # somebody else keeps the time now, or takes the next one
                    return job
                self._wait()
            return None

    def _wait(self) -> None:
        """Until something is due or new; only one of the idle workers watches the time."""
        if self._kept_until is not None:
            self._turn.wait(_LONGEST_WAIT_S)
            return
        wait = self._turns.next_wait()
        seconds = _LONGEST_WAIT_S if wait is None else min(wait, _LONGEST_WAIT_S)
        self._kept_until = self._monotonic() + seconds
        try:
            self._turn.wait(seconds)
        finally:
            self._kept_until = None

    # --- one turn (also what tests call, in their own thread) ---------------------------------------------------------

    def take(self) -> Job | None:
        """The job whose turn it is, without waiting."""
        with self._lock:
            return self._turns.take()

    def run(self, job: Job) -> None:
        """Runs a job that was taken."""
        work = self._work.get(job)
        try:
            if work is not None:
                work.run(job)
        except Exception:
            # The border of the thread: a bug in one shop must not take a worker away from the others.
            _log.exception("%s: a run ended with a bug", job.shop)
        finally:
            self.done(job)

    def done(self, job: Job) -> None:
        with self._lock:
            self._turns.done(job)
            if job.ended:
                self._drop(job)
            self._call()
            self._ended.notify_all()


class _Held:
    """An agenda that holds back for a while after a bug."""

    def __init__(self, agenda: Agenda, clock: Clock) -> None:
        self._agenda = agenda
        self._clock = clock
        self._until = float("-inf")

    def hold(self, seconds: float) -> None:
        self._until = self._clock.monotonic() + seconds

    def next(self) -> Turn:
        left = self._until - self._clock.monotonic()
        return Turn([], None, left) if left > 0 else self._agenda.next()


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
        self._held = _Held(self._agenda, clock)
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


class Every:
    """An agenda of something that is simply done every so often. Implements `turns.Agenda`."""

    def __init__(self, clock: Clock, seconds: Callable[[], float], *, first: float = 0.0) -> None:
        """`seconds` between the beginnings; `first`: seconds before the first one."""
        self._clock = clock
        self._seconds = seconds
        self._due = clock.monotonic() + first
        self._asked = False

    def soon(self, seconds: float = 0.0) -> None:
        """Due that soon, if not sooner."""
        self._asked = True
        self._due = min(self._due, self._clock.monotonic() + seconds)

    def later(self, seconds: float) -> None:
        """Not before so many seconds from now."""
        self._due = self._clock.monotonic() + seconds

    def later_unless_asked(self, seconds: float) -> None:
        """At the end of a run: as `later`, but a `soon` since its beginning counts."""
        if not self._asked:
            self.later(seconds)

    def next(self) -> Turn:
        left = self._due - self._clock.monotonic()
        if left > 0:
            return Turn([], None, left)
        self._due = self._clock.monotonic() + self._seconds()
        self._asked = False
        return Turn([], None, 0.0)
