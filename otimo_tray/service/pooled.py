"""What else of an engine runs in shared threads: the watch over a folder, and the one who follows a lease."""

from __future__ import annotations

import logging
from typing import Final

from otimo_tray.ports import Clock
from otimo_tray.service.turns import Job
from otimo_tray.service.workers import Every, Workers
from otimo_tray.sync.attending import Steps
from otimo_tray.sync.watching import Watcher

_log = logging.getLogger(__name__)
_AFTER_A_BUG_S: Final = 5.0
GLANCE_S: Final = 2.0
SHOPS_A_SECOND: Final = 50
"""Glances a second, at most: with many shops each one is looked at less often."""


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
