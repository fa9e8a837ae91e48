"""A connection that doesn't wait for ever for a server from which nothing comes any more.

TCP notices a cut cable, but not a proxy, a firewall or a frozen server that keeps the line and says nothing.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, ClassVar, Final, TypeVar

import psycopg

_T = TypeVar("_T")
SILENT_S: Final = 20.0
"""Longest without a byte while an answer is due; the server itself ends statements before that."""


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """Closes itself, with `psycopg.errors.ConnectionTimeout`, when an answer doesn't come."""

    silent_s: ClassVar[float] = SILENT_S

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(_bounded(gen, self.silent_s), interval, timeout)
        except _SilentError:
            self.pgconn.finish()
            raise psycopg.errors.ConnectionTimeout("no answer") from None


class VeryPatientConnection(PatientConnection):
    """For maintenance that the server takes its time for."""

    silent_s: ClassVar[float] = 900.0


class _SilentError(Exception):
    pass


def _bounded(steps: Generator[Any, Any, _T], seconds: float) -> Generator[Any, Any, _T]:
    """The driver's steps; it comes back here with 0 when nothing happened for a moment."""
    ends = time.monotonic() + seconds
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            if ready:
                ends = time.monotonic() + seconds
            elif time.monotonic() >= ends:
                raise _SilentError
            wanted = steps.send(ready)
    except StopIteration as stop:
        return stop.value
