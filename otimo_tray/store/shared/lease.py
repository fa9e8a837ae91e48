"""Who leads a shop: the desk whose session holds the shop's advisory lock, under a number that grows.

All shops of a process share one session and one thread (`LeaseSession`): locks are kept apart by their keys, and one
exchange beats for all of them. Times of beats are the server's, so that no desk's clock matters to another.

    free ──lock, number + 1──▶ led: beats every BEAT_S ──stepped down──▶ free at once
                                 │ no beat for QUIET_S (its term has run out by then) and the lock is free ──▶ free
                                 │ no beat for STALE_S and the lock is held: that session is ended        ──▶ free

A lock that is free says only that the session is gone, not that its process is: a broken connection comes before the
end of the term. So nobody leads before the former term must have run out by any clock.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import psycopg

from otimo_tray.errors import OtimoError, StoreAway
from otimo_tray.ports import Clock
from otimo_tray.store.shared.lease_seat import Lease, Seat
from otimo_tray.store.shared.lease_sql import QUIET_S, end_stuck
from otimo_tray.store.shared.line import Answer, Connector, Line
from otimo_tray.sync.fence import Holder, Moment, Term

BEAT_S: Final = 4.0
"""How often the leader beats and the others look."""
STALE_S: Final = 18.0
"""So long without a beat, as watched from here, and the leader's session is ended: it hangs, sleeps, or its cable is
cut."""
ANSWER_S: Final = 4.0
"""Longest wait for an answer. A beat that takes longer has failed: the term ends, well before it would by itself."""
_LOCKED_S: Final = 1.5
"""Longest wait for one shop's row: its trouble must not keep the beats of others waiting."""
_TAKING_S: Final = 1.0
"""Longest that taking over many shops may keep the beats of those that are held waiting."""
_SOON_S: Final = 0.2
_BEATING_S: Final = BEAT_S + 2.0
"""A beat that is younger than this is somebody's who lives."""
_BUSY_S: Final = 1.0
ALIVE_S: Final = 90.0
"""So long without a sign of whoever works under a lease, and it is given away: a desk that hangs must not keep it."""
_log = logging.getLogger(__name__)


class LeaseLine(Protocol):
    """What a session asks over; `Line`, or a test's."""

    def ask(self, statements: str, seconds: float) -> list[Answer]: ...
    def close(self) -> None: ...


class LeaseSession:
    """One session for the leases of all shops of a process, kept by one thread (`start`, `stop`), or by `tend` calls.

    Args:
        connector: where to connect. line: makes a line to there; a test gives its own.
    """

    def __init__(self, connector: Connector, clock: Clock, *, line: Callable[[Connector], LeaseLine] = Line) -> None:
        self._connector = connector
        self._clock = clock
        self._make_line = line
        self._line: LeaseLine | None = None
        self._seats: list[Seat] = []
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._ended = False
        self._beaten: Moment | None = None
        self._thread = threading.Thread(target=self._loop, name="lease", daemon=True)

    # --- any thread --------------------------------------------------------------------------------------------------

    def lease(self, schema: str, desk: str, person: str) -> Lease:
        """A shop's lease; it stands for nothing yet."""
        seat = Seat(schema, desk, person)

        def hurry() -> None:
            seat.due = 0.0
            self._woken.set()

        with self._lock:
            self._seats.append(seat)
        self._woken.set()
        return Lease(seat, hurry, self._clock.monotonic)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Steps down everywhere, tells the server, ends the thread."""
        with self._lock:
            seats = list(self._seats)
        for seat in seats:
            seat.wanted = False
            if seat.term is not None:
                seat.term.end()
                seat.to_free = True
        self._ended = True
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _loop(self) -> None:
        while True:
            last = self._ended  # what was asked for before it is done in the round to come
            wait = self.tend()
            if last:
                break
            self._woken.wait(wait)
            self._woken.clear()
        self._drop()

    # --- the session's thread ----------------------------------------------------------------------------------------

    def tend(self) -> float:
        """One round: frees what was stepped down from, beats for what is held, takes what is free and wanted. Answers
        the seconds until the next one."""
        with self._lock:
            seats = list(self._seats)
        for seat in seats:
            if seat.term is None or seat.to_free:
                continue
            if not seat.term.is_valid():
                seat.to_free = True  # it slept, or somebody set the clock: over by our own rule
                seat.changed()
            elif not self._works(seat):
                _log.warning("whoever works for %s here hangs: the lead is given away", seat.schema)
                seat.term.end()
                seat.to_free = True
                seat.changed()
        try:
            with self._connector.border():
                self._round(seats)
        except OtimoError as error:
            self._away(seats, error)
            return BEAT_S
        except Exception:
            _log.exception("a round of the leases ended with a bug")
            self._away(seats, OtimoError("X-000"))
            return BEAT_S
        return self._until_next(seats)

    def _works(self, seat: Seat) -> bool:
        return seat.alive_at is None or self._clock.monotonic() - seat.alive_at < ALIVE_S

    def _round(self, seats: Sequence[Seat]) -> None:
        if not seats or (self._ended and self._line is None):
            return
        if self._line is None:
            self._line = self._make_line(self._connector)
            self._line.ask(f"SET synchronous_commit TO off; SET lock_timeout TO '{_LOCKED_S} s'", ANSWER_S)
        line = self._line
        for seat in seats:
            if seat.to_free:
                self._free(line, seat)
        gone = [seat for seat in seats if seat.forgotten]
        if gone:
            with self._lock:
                self._seats = [seat for seat in self._seats if seat not in gone]
        if self._beaten is None or self._beaten.age(self._clock) >= BEAT_S - _SOON_S:
            self._beat(line, [seat for seat in seats if seat.term is not None])
        now = self._clock.monotonic()
        self._look(line, [seat for seat in seats if seat.term is None and seat.due <= now and not seat.forgotten])

    def _until_next(self, seats: Sequence[Seat]) -> float:
        now = self._clock.monotonic()
        waits = [BEAT_S if self._beaten is None else BEAT_S - self._beaten.age(self._clock)]
        waits += [seat.due - now for seat in seats if seat.term is None]
        return max(0.05, min(waits))

    def _away(self, seats: Sequence[Seat], error: OtimoError) -> None:
        """The session is gone, and with it every lock."""
        self._drop()
        for seat in seats:
            seat.trouble = error
            seat.lose()
            seat.changed()

    def _drop(self) -> None:
        line, self._line, self._beaten = self._line, None, None
        if line is not None:
            with contextlib.suppress(psycopg.Error):
                line.close()

    @staticmethod
    def _free(line: LeaseLine, seat: Seat) -> None:
        term = seat.term
        if term is not None:
            term.end()
            _ask(line, seat.sql.free(term.number))
        seat.lose()
        seat.holder = None
        seat.changed()

    # --- beat --------------------------------------------------------------------------------------------------------

    def _beat(self, line: LeaseLine, seats: Sequence[Seat]) -> None:
        """Beats for all in one exchange. Where one shop refuses (its schema is gone), each is asked for itself."""
        self._beaten = sent = Moment(self._clock)
        held = [(seat, term) for seat in seats if (term := seat.term) is not None]
        if not held:
            return
        beats = ";".join(seat.sql.beat(term.number) for seat, term in held)
        answers: Sequence[Answer | None] | None = _ask(line, beats)
        if answers is None:
            answers = [(_ask(line, seat.sql.beat(term.number)) or [None])[0] for seat, term in held]
        for (seat, term), answer in zip(held, answers, strict=True):
            if answer is not None and answer.count == 1:
                term.confirm(sent)
            else:
                _log.warning("the lease of %s is lost", seat.schema)
                _ask(line, seat.sql.unlock)
                seat.lose()
                seat.changed()
        _ask(line, end_stuck([seat.schema for seat, _ in held]))

    # --- take --------------------------------------------------------------------------------------------------------

    def _look(self, line: LeaseLine, seats: Sequence[Seat]) -> None:
        """Looks who leads; takes the lead where nobody does and this desk stands for it."""
        if not seats:
            return
        answers: Sequence[Answer | OtimoError] | None = _ask(line, ";".join(seat.sql.look for seat in seats))
        if answers is None:
            answers = [self._look_alone(line, seat) for seat in seats]
        began = self._clock.monotonic()
        for seat, answer in zip(seats, answers, strict=True):
            before = (seat.trouble, seat.holder)
            now = self._clock.monotonic()
            seat.due = now + BEAT_S
            if isinstance(answer, OtimoError):
                seat.trouble = answer
            else:
                age = self._read(seat, answer)
                wanted = seat.wanted and self._works(seat)
                if wanted and now - began >= _TAKING_S:
                    seat.due = 0.0  # the beats of those that are held come first
                elif wanted:
                    self._stand(line, seat, age)
            if (seat.trouble, seat.holder) != before:
                seat.changed()

    def _look_alone(self, line: LeaseLine, seat: Seat) -> Answer | OtimoError:
        try:
            with self._connector.border():
                return line.ask(seat.sql.look, ANSWER_S)[0]
        except OtimoError as error:
            if _died(error.__cause__ or error.__context__):
                raise
            return error
        except psycopg.Error:
            return StoreAway("L-334", host=seat.schema)  # its schema isn't there

    def _read(self, seat: Seat, answer: Answer) -> float | None:
        """Takes in who leads; answers the seconds since the last beat by the server's clock, None when nobody does."""
        seat.trouble = None
        number, desk, person, backend, beat, age = answer.rows[0] if answer.rows else ("0", "", "", "0", "", None)
        if backend == "0" or age is None:
            seat.holder = None
            return None
        seat.holder = Holder(int(number or 0), desk or "", person or "")
        seat.is_led = float(age) < _BEATING_S
        if seat.beat != f"{number} {beat}":
            seat.beat, seat.beat_since = f"{number} {beat}", self._clock.monotonic()
        return float(age)

    def _stand(self, line: LeaseLine, seat: Seat, age: float | None) -> None:
        """Takes the lead if it is free."""
        if age is not None and age < QUIET_S:
            self._again_in(seat, QUIET_S - age)
            return
        locked = _ask(line, seat.sql.lock)
        if locked is None or locked[0].rows != [("t",)]:
            watched = self._clock.monotonic() - seat.beat_since
            if age is None:
                return  # somebody is just taking it
            if watched >= STALE_S:
                _log.warning("the leader of %s hasn't beaten for %.0f s: its session is ended", seat.schema, age)
                _ask(line, seat.sql.end_holder)
                self._again_in(seat, _SOON_S)
            else:
                self._again_in(seat, STALE_S - watched)
            return
        before = Moment(self._clock)
        answers = _ask(line, seat.sql.take)
        taken = [answer for answer in answers or () if answer.rows]
        if not taken:
            _ask(line, seat.sql.unlock)
            if answers is None:  # somebody is writing just now, or died in the middle of it
                _ask(line, end_stuck([seat.schema]))
                self._again_in(seat, _BUSY_S)
            return  # else another one led meanwhile, and may still
        seat.term = Term(int(taken[0].rows[0][0] or 0), self._clock, before)
        seat.holder = Holder(seat.term.number, seat.desk, seat.person)

    def _again_in(self, seat: Seat, seconds: float) -> None:
        seat.due = min(seat.due, self._clock.monotonic() + seconds + 0.02)


def _ask(line: LeaseLine, statements: str) -> list[Answer] | None:
    """The answers; None when the server refused them. Raises when the line is dead."""
    try:
        return line.ask(statements, ANSWER_S)
    except psycopg.Error as error:
        if _died(error):
            raise
        _log.warning("the server refused a lease's statement: %s", type(error).__name__)
        return None


def _died(error: BaseException | None) -> bool:
    """Whether a connection is over after this: an error without the server's own code, or one that says so."""
    state = error.sqlstate if isinstance(error, psycopg.Error) else None
    return state is None or state.startswith(("08", "57P", "XX", "25P"))
