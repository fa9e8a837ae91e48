"""One shop of the service: opened in a worker, tried again with back-off, let go of when its folder is gone."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from otimo_tray.domain.status import Trouble
from otimo_tray.errors import EnvironmentFault, OtimoError, StoreDamaged
from otimo_tray.ports import Clock
from otimo_tray.service.agendas import Every, back_off
from otimo_tray.service.opened import Opened, Opener, Threads
from otimo_tray.service.pooled import PooledAttendant, PooledLane, PooledWatcher
from otimo_tray.service.senders import SharedSenders
from otimo_tray.service.turns import Job
from otimo_tray.service.workers import Workers

_log = logging.getLogger(__name__)
LOOK_S: Final = 30.0
"""How often a shop's settings file is looked at."""
_STOP_S: Final = 20.0


class Shop:
    """Runs in shared threads only. `state` and `trouble` may be read from any thread.

    Attributes:
        folder: the profile's folder. name: what monitoring calls it, the folder's name.
        state: "opening", "open", "failed" (tried again), "closing" or "closed".
        since: when it was opened; None before.
    """

    def __init__(
        self,
        folder: Path,
        opener: Opener,
        clock: Clock,
        workers: Workers,
        aside: Workers,
        leads: Workers,
        senders: SharedSenders,
        start_after: float = 0.0,
    ) -> None:
        """`workers` run the flows; `aside` what is not to wait behind them, glances at folders; `leads` follow leases
        where several desks share a state."""
        self.folder = folder
        self.name = folder.name
        self.state = "opening"
        self.since: datetime | None = None
        self._opener = opener
        self._clock = clock
        self._workers = workers
        self._threads = Threads(
            lanes=partial(PooledLane, workers, str(folder), self._told),
            senders=senders.of_shop,
            watchers=lambda watcher: PooledWatcher(aside, str(folder), clock, watcher),
            attendants=lambda steps: PooledAttendant(leads, str(folder), clock, steps),
            start_after=start_after,
        )
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._failures = 0
        self._trouble: Trouble | None = None
        """Why it isn't open."""
        self._settings_trouble: Trouble | None = None
        self._bugs: dict[str, BaseException] = {}
        """By lane: what ended its last run."""
        self._damages = 0
        """Runs in a row that found the state damaged."""
        self._reopen_at = float("inf")
        self._moved = False
        """Whether the settings name another state than the one that is open."""
        self._stamp: object = None
        self._unread = False
        """Whether changed settings couldn't be read for a reason that goes away."""
        self._leaving = False
        self._agenda = Every(clock, lambda: LOOK_S)
        self._job = Job(str(folder), self._agenda)

    # --- for the supervisor ------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._workers.add(self._job, self)

    def leave(self) -> None:
        """Lets go of the shop, in a worker; `state` is "closed" in the end."""
        self._leaving = True
        self._workers.look(self._job, self._agenda.soon)

    def signal_stop(self) -> None:
        """The process ends: what runs ends after its item in flight, and is recorded. Doesn't wait."""
        self._workers.end(self._job)
        opened = self._opened
        if opened is not None and opened.leader().get("here"):  # else a cancel would be the leader's, elsewhere
            opened.engine.cancel()

    def stop(self, timeout: float) -> bool:
        """After `signal_stop`: waits for the item in flight and closes; False when something still hangs."""
        ended = self._workers.join(self._job, timeout)
        return ended and self._close(timeout)

    @property
    def opened(self) -> Opened | None:
        return self._opened

    def trouble(self) -> Trouble | None:
        """What is wrong with the shop itself, beside what its engine says."""
        if self._trouble is not None:
            return self._trouble
        if self._bugs:
            lane, error = next(iter(self._bugs.items()))
            return Trouble("X-000", {"detail": f"{lane}: {type(error).__name__}"})
        return self._settings_trouble

    # --- in a worker -------------------------------------------------------------------------------------------------

    def run(self, job: Job) -> None:
        """One look: opens, reads changed settings, or closes."""
        del job
        if self._leaving:
            self._leave()
        elif self._opened is None:
            self._open()
        elif self._moved or (self._damages and self._clock.monotonic() >= self._reopen_at):
            self._reopen()
        else:
            self._look_at_settings()

    def _open(self) -> None:
        self._stamp = self._stamped()
        try:
            opened = self._opener(self.folder, self._threads)
        except OtimoError as error:
            self._failed(Trouble(error.code, dict(error.params)))
        except Exception as error:
            _log.exception("%s can't be opened", self.name)
            self._failed(Trouble("X-000", {"detail": type(error).__name__}))
        else:
            self._opened, self.since, self.state = opened, self._clock.now(), "open"
            self._failures, self._trouble = 0, None
            self._bugs.clear()
            opened.engine.start()

    def _failed(self, trouble: Trouble) -> None:
        self._failures += 1
        self._trouble, self.state = trouble, "failed"
        self._agenda.later(back_off(self._failures))

    def _reopen(self) -> None:
        """The state is elsewhere now, or was found damaged in a run: opening puts the last good copy in its place.

        While something still hangs the next look tries again: the engine does nothing more.
        """
        if self._close(_STOP_S):
            self._moved = False
            self._reopen_at = float("inf")
            self.state = "opening"
            self._open()

    def _stamped(self) -> object:
        try:
            found = (self.folder / "settings.toml").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _look_at_settings(self) -> None:
        """Changed ones are taken over; wrong ones are told, and the shop goes on by the rules it has."""
        opened, stamp = self._opened, self._stamped()
        if opened is None or (stamp == self._stamp and not opened.stirred() and not self._unread):
            return
        before = opened.settings()
        self._unread = False
        try:
            settings = opened.read_settings()
        except OtimoError as error:
            self._settings_trouble = Trouble(error.code, dict(error.params))
            self._unread = isinstance(error, EnvironmentFault)
            self._stamp = stamp
            return
        self._settings_trouble = None
        self._stamp = self._stamped()  # reading another desk's settings writes the file
        if settings.state != before.state:
            self._moved = True
            self._reopen()
        elif settings != before:
            opened.engine.change_settings(settings)

    def _leave(self) -> None:
        self.state = "closing"
        if self._close(_STOP_S):
            self.state = "closed"
            self._workers.end(self._job)

    def _close(self, timeout: float) -> bool:
        with self._lock:
            opened = self._opened
            if opened is None:
                return True
            if not opened.engine.stop(timeout):
                return False
            self._opened = None
            opened.close()
            return True

    # --- threads of the engine ---------------------------------------------------------------------------------------

    def _told(self, lane: str, error: BaseException | None) -> None:
        if error is None:
            self._bugs.pop(lane, None)
            self._damages = 0
            return
        self._bugs[lane] = error
        if isinstance(error, StoreDamaged):
            self._damages += 1
            # At once the first time; what doesn't help must not be done over and over.
            wait = 0.0 if self._damages == 1 else back_off(self._damages - 1)
            self._reopen_at = self._clock.monotonic() + wait
            self._workers.look(self._job, lambda: self._agenda.soon(wait))

    def answer(self, command: str, arguments: dict[str, Any]) -> Any:
        """Answers a command for this shop. Raises what its dispatcher raises; C-451 as OtimoError while it is shut."""
        opened = self._opened
        if opened is None:
            raise OtimoError("C-451", reason=self.state)
        return opened.dispatch(command, arguments)
