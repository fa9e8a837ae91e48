"""The threads that all shops of the process share."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from otimo_tray.ports import Clock
from otimo_tray.service.turns import SLOW_S, Job, Turns

_log = logging.getLogger(__name__)
_LONGEST_WAIT_S: Final = 30.0


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
