"""One shop's seat at a session of leases, and the `Lease` that a desk sees of it.

The session's thread tends the seat; any other thread asks the lease, which waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from otimo_tray.errors import OtimoError
from otimo_tray.store.shared.lease_sql import LeaseSql
from otimo_tray.sync.fence import Holder, Term


class Seat:
    """One shop's part of the session: what is wanted, what is held, what was seen."""

    def __init__(self, schema: str, desk: str, person: str) -> None:
        self.schema, self.desk, self.person = schema, desk, person
        self.sql = LeaseSql(schema, desk, person)
        self.changed: Callable[[], None] = lambda: None
        self.wanted = False
        self.forgotten = False
        self.term: Term | None = None
        self.to_free = False
        self.holder: Holder | None = None
        self.is_led = False
        self.trouble: OtimoError | None = None
        self.alive_at: float | None = None
        """By the monotonic clock: the last sign of whoever works under the lease; None = nobody promised any."""
        self.due = 0.0
        """By the monotonic clock: when to look again."""
        self.beat = ""
        self.beat_since = 0.0
        """By the monotonic clock: since when the same beat of the same leader stands there."""

    def lose(self) -> None:
        if self.term is not None:
            self.term.end()
        self.term, self.to_free, self.due = None, False, 0.0


class Lease:
    """One shop's lease as this desk sees it; made by `LeaseSession.lease`. Every method returns at once."""

    def __init__(self, seat: Seat, hurry: Callable[[], None], now: Callable[[], float]) -> None:
        self._seat = seat
        self._hurry = hurry
        self._now = now

    @property
    def term(self) -> Term | None:
        """This desk's term while it is valid."""
        term = self._seat.term
        return term if term is not None and term.is_valid() else None

    @property
    def holder(self) -> Holder | None:
        """Who led when last looked; None when nobody did."""
        return self._seat.holder

    @property
    def is_led(self) -> bool:
        """Whether somebody was beating when last looked: there is nothing to wait for."""
        return self._seat.holder is not None and self._seat.is_led

    @property
    def trouble(self) -> OtimoError | None:
        """Why the server can't be asked now; None when it can."""
        return self._seat.trouble

    def watch(self, changed: Callable[[], None]) -> None:
        """`changed` is called from the session's thread when this desk began or ceased to lead, another one did, or
        the server went away or came back. It must return at once."""
        self._seat.changed = changed

    def stand(self, wanted: bool) -> None:
        """Whether this desk is to lead when nobody does. False while it leads: it steps down."""
        if self._seat.wanted == wanted:
            return
        self._seat.wanted = wanted
        if not wanted:
            self.step_down()
        self._hurry()

    def step_down(self) -> None:
        """Ends this desk's term: nothing gets through the fence from now on, and others may lead as soon as the server
        was told. It stands again if it is wanted to."""
        term = self._seat.term
        if term is not None:
            term.end()
            self._seat.to_free = True
            self._hurry()

    def alive(self) -> None:
        """Whoever works under the lease says that it still does; from the first time on at least every
        `lease.ALIVE_S`."""
        self._seat.alive_at = self._now()

    def look(self) -> None:
        """Somebody told that the lead changed: looks now."""
        self._hurry()

    def forget(self) -> None:
        """The shop is let go: steps down if need be; the lease isn't used any more."""
        self._seat.wanted = False
        self._seat.forgotten = True
        self.step_down()
        self._hurry()
