"""When something of a shop is due: every so often, or held back for a while after it went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from otimo_tray.ports import Clock
from otimo_tray.service.turns import Agenda
from otimo_tray.sync.agenda import Turn

_FIRST_RETRY_S: Final = 30.0
_LONGEST_RETRY_S: Final = 900.0


def back_off(failures: int) -> float:
    """Seconds before the next try after so many failures in a row: 30, 60, … 900."""
    return min(_FIRST_RETRY_S * 2 ** min(failures - 1, 10), _LONGEST_RETRY_S)


class Held:
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
