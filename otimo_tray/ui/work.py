"""Runs queries and saves in workers and brings their outcome back into the GUI thread.

    work.run(self, lambda: reader.orders(), self._show, self._failed)

Reads share two threads; writes have one of their own and happen in the order they were asked for, so that the second of
two quick edits of a cell is the one that stays.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject

from otimo_tray.ui.bridge import Bridge

T = TypeVar("T")
Failure = Callable[[Exception], None]


class Job:
    """One piece of work asked for. Cancelled means: its outcome is thrown away, and it isn't begun if it waits."""

    __slots__ = ("cancelled", "done")

    def __init__(self) -> None:
        self.cancelled = False
        self.done = False

    def cancel(self) -> None:
        """Forget the outcome."""
        self.cancelled = True


class Work:
    """The windows' workers. Call `close` before the application ends."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._reads = ThreadPoolExecutor(2, "ui-read")
        self._writes = ThreadPoolExecutor(1, "ui-write")
        self._open = 0

    def run(
        self,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None] | None = None,
        failure: Failure | None = None,
    ) -> Job:
        """Run a query in a worker.

        Args:
            owner: whoever shows the outcome; when it is gone by then, the outcome is thrown away.
            op: runs in the worker; touches no widget.
            success: gets the result, in the GUI thread.
            failure: gets the exception, in the GUI thread; without it the exception goes to `sys.excepthook`.
        """
        return self._submit(self._reads, owner, op, success, failure)

    def save(
        self,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None] | None = None,
        failure: Failure | None = None,
    ) -> Job:
        """Run a write in the writers' lane: one at a time, in the order asked for. It happens even if `owner` goes."""
        return self._submit(self._writes, owner, op, success, failure)

    @property
    def busy(self) -> bool:
        """Whether anything asked for isn't done and shown yet. In the GUI thread."""
        return self._open > 0

    def settle(self, seconds: float) -> bool:
        """Wait until every write asked for is done, at most so long. Only when the session ends: it holds the GUI."""
        try:
            self._writes.submit(lambda: None).result(seconds)
        except (TimeoutError, RuntimeError):  # still writing; closed already
            return False
        return True

    def close(self) -> None:
        """Wait for the writes, drop the reads that didn't begin."""
        self._reads.shutdown(wait=True, cancel_futures=True)
        self._writes.shutdown(wait=True)

    def _submit(
        self,
        lane: ThreadPoolExecutor,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None] | None,
        failure: Failure | None,
    ) -> Job:
        job = Job()
        droppable = lane is self._reads

        def finish(result: T | None, error: Exception | None) -> None:
            job.done = True
            self._open -= 1
            if job.cancelled or not shiboken6.isValid(owner):
                return
            if error is None:
                if success is not None:
                    success(result)  # type: ignore[arg-type]  # None only when T allows it
            elif failure is not None:
                failure(error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)

        def work() -> None:
            if droppable and job.cancelled:
                self._bridge.post(lambda: finish(None, None))
                return
            try:
                result, error = op(), None
            except Exception as caught:  # every failure belongs to whoever asked
                result, error = None, caught
            self._bridge.post(lambda: finish(result, error))

        self._open += 1
        lane.submit(work)
        return job
