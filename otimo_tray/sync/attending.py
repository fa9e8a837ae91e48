"""A thread that steps something forward: when it is due, and when somebody stirs it."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

_log = logging.getLogger(__name__)
_AFTER_A_BUG_S = 5.0


class Steps(Protocol):
    """What is stepped: never in two threads at once."""

    def step(self) -> float:
        """Does what is due; answers the seconds until it wants to look again."""
        ...


class AttendantApi(Protocol):
    """Whoever steps it: a thread of its own, or those that many shops share."""

    def start(self) -> None: ...
    def stir(self) -> None:
        """Any thread, at once: steps as soon as may be."""
        ...

    def stop(self, timeout: float) -> bool:
        """No step begins any more; False when one still runs after `timeout` seconds."""
        ...


class Attendant:
    """A thread of its own."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._stirred = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._loop, name="lead", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stir(self) -> None:
        self._stirred.set()

    def stop(self, timeout: float) -> bool:
        self._ended = True
        self._stirred.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while not self._ended:
            self._stirred.clear()
            try:
                wait = self._steps.step()
            except Exception:
                _log.exception("a step ended with a bug")
                wait = _AFTER_A_BUG_S
            self._stirred.wait(wait)
