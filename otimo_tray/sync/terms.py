"""A desk's terms in the lead: an engine is made for each, and left behind with it.

Used by the attendant's thread; what is shown of it (`working`, `missing`, `refused`, `nobody_for`) by any.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.sync.asking import pause_of
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.fence import Term
from otimo_tray.sync.lead_ports import LeadApi, Led

_MISSING_S: Final = 30.0
"""How often a desk that lacks secrets or settings looks whether they are there now."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Working:
    """A term in work: its engine, and how to stop hearing it."""

    term: Term
    led: Led
    unsubscribe: Callable[[], None]


class Terms:
    """Follows the lease.

    Args:
        find_missing, make: as `SharedEngine` has them. hear: what the term's engine tells.
    """

    def __init__(
        self,
        lease: LeadApi,
        clock: Clock,
        find_missing: Callable[[Settings], Trouble | None],
        make: Callable[[Term, Settings], Led],
        hear: Callable[[EventKind], None],
    ) -> None:
        self.latest: Working | None = None
        """What works for this desk's term; the term may be over by now."""
        self.missing: Trouble | None = None
        """What this desk lacks to lead, or why it couldn't."""
        self.refused: OtimoError | None = None
        """Why this desk couldn't lead when it was to."""
        self._lease = lease
        self._clock = clock
        self._find_missing = find_missing
        self._make = make
        self._hear = hear
        self._left: list[Led] = []
        self._missing_at: float | None = None
        self._nobody_since: float | None = None

    @property
    def working(self) -> Working | None:
        """What works for this desk's term while that is valid."""
        working = self.latest
        return working if working is not None and working.term.is_valid() else None

    @property
    def nobody_for(self) -> float:
        """Seconds since somebody led."""
        since = self._nobody_since
        return 0.0 if since is None else self._clock.monotonic() - since

    def follow(self, settings: Settings, *, ending: bool) -> bool:
        """Begins with a term (not when `ending`), ends with it. Answers whether this desk began or ceased to lead."""
        present, before = self._lease.term, self.latest
        if before is not None and before.term is not present:
            self._leave(before)
            _log.warning("this desk doesn't lead any more (lease %d)", before.term.number)
        if present is not None and self.latest is None and not ending:
            self._take_over(present, settings)
        if self._lease.holder is not None:
            self._nobody_since = None
        elif self._nobody_since is None:
            self._nobody_since = self._clock.monotonic()
        return present is not (None if before is None else before.term)

    def _take_over(self, present: Term, settings: Settings) -> None:
        """Makes everything for the term. What a former leader left in doubt or half way is looked up by the engine's
        own first run, as after any start."""
        try:
            led = self._make(present, settings)
            try:
                pause = pause_of(led.storage.facts, self._clock.now())
                if pause is not None:
                    led.engine.pause(pause.minutes_left(self._clock.now()))
                unsubscribe = led.engine.subscribe(self._hear)
                led.engine.start()
            except BaseException:
                led.close()
                raise
        except OtimoError as error:
            _log.warning("this desk can't lead now: %s", error)
            self._refuse(error)
            return
        except Exception:
            _log.exception("this desk can't lead for a bug")
            self._refuse(OtimoError("X-000"))
            return
        self.refused = None
        self.latest = Working(present, led, unsubscribe)
        _log.warning("this desk leads now (lease %d)", present.number)

    def _refuse(self, error: OtimoError) -> None:
        """Gives the lead away, and doesn't stand for it again at once: another desk may do better."""
        self.refused = error
        self.missing, self._missing_at = Trouble(error.code, error.params), self._clock.monotonic()
        self._lease.stand(False)

    def stand(self, settings: Settings) -> bool:
        """Stands for the lead only with everything that it takes. Answers whether `missing` changed."""
        now = self._clock.monotonic()
        if self._missing_at is not None and (self.missing is None or now - self._missing_at < _MISSING_S):
            return False
        try:
            missing = self._find_missing(settings)
        except OtimoError as error:
            missing = Trouble(error.code, error.params)
        changed = missing != self.missing
        self.missing, self._missing_at = missing, now
        self._lease.stand(missing is None)
        return changed

    def look_anew(self) -> None:
        """What is missing may have been added."""
        self._missing_at = None

    def leave(self) -> None:
        """The desk goes: its engine is left behind."""
        if self.latest is not None:
            self._leave(self.latest)

    def _leave(self, working: Working) -> None:
        self.latest = None
        working.unsubscribe()
        self._left.append(working.led)

    def let_go(self, patience: Callable[[], float] = lambda: 0.0) -> bool:
        """Closes what was left behind once it ended, and waits `patience` seconds for each; False while one hasn't."""
        for led in list(self._left):
            if led.engine.stop(patience()):
                self._left.remove(led)
                with suppress(OtimoError):
                    led.close()
        return not self._left
