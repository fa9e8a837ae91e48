"""Sender threads that all shops share: each shop has a bound of its own, so that none fills them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

BOUND: Final = 4
"""PUTs of one shop at once, at most; its own setting may say fewer."""


class SharedSenders:
    """The threads. There are as many as all running shops may use at once, so that no shop waits for another's hub."""

    def __init__(self, workers: int, bound: int = BOUND) -> None:
        """`workers`: shops that may be sending at once; three times as many while spares stand in for hanging ones.
        A thread is made when all others are busy, so that few are there mostly."""
        self._bound = bound
        self._pool = ThreadPoolExecutor(workers * bound * 3, thread_name_prefix="sender")

    def of_shop(self, connections: int) -> ShopSenders:
        """A shop's part (`sync.sender.Pool`)."""
        return ShopSenders(self._pool, min(connections, self._bound))

    def close(self, *, wait: bool = True) -> None:
        self._pool.shutdown(wait=wait, cancel_futures=True)


class ShopSenders:
    """Runs a shop's work in the shared threads, at most `bound` at once, in order."""

    def __init__(self, pool: ThreadPoolExecutor, bound: int) -> None:
        self._pool = pool
        self._bound = bound
        self._condition = threading.Condition()
        self._waiting: deque[Callable[[], None]] = deque()
        self._busy = 0
        self._closed = False

    def submit(self, work: Callable[[], None], /) -> None:
        """Raises RuntimeError after `shutdown`."""
        with self._condition:
            if self._closed:
                raise RuntimeError("the shop's senders are closed")
            if self._busy >= self._bound:
                self._waiting.append(work)
                return
            self._busy += 1
        self._pool.submit(self._run, work)

    def _run(self, work: Callable[[], None]) -> None:
        """One piece, then gives the thread back: what waits goes behind the other shops' work."""
        try:
            work()
        finally:
            with self._condition:
                following = self._waiting.popleft() if self._waiting else None
                if following is None:
                    self._busy -= 1
                    self._condition.notify_all()
            if following is not None:
                self._pool.submit(self._run, following)

    def shutdown(self, wait: bool = True) -> None:
        """Takes no more; waits for what was submitted."""
        with self._condition:
            self._closed = True
            if wait:
                self._condition.wait_for(lambda: not self._busy)
