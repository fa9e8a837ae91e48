"""The engine of a shop with several desks: one of them leads and runs the flows, the others ask it.

    stands for the lead ──term──▶ inner engine over a storage that carries the lease's number, behind the fence
          ▲                                 │ term over: told to stop, and left behind if it hangs: the fence refuses it
          └─────────── desk: status as published, asks go to the leader ◀──┘

Everything that may wait (the server, the keyring) happens in `step`; all other methods return at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Leader, State, Status, Trouble
from otimo_tray.errors import EnvironmentFault, LeaseLost, OtimoError
from otimo_tray.ports import Clock
from otimo_tray.sync.asking import Ask, Asks, Ring, pause_of
from otimo_tray.sync.attending import Attendant, AttendantApi, Steps
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.fence import Term
from otimo_tray.sync.lead_ports import LeadApi, Led
from otimo_tray.sync.order_asks import OrderAsks
from otimo_tray.sync.storage import Storage
from otimo_tray.sync.telling import PUBLISH_S, Telling, shown_at_a_desk
from otimo_tray.sync.told import WAKES, kinds_of

_LOOK_S: Final = 10.0
"""Between two steps when nobody stirs: what a notification didn't tell is found out by then."""
_MISSING_S: Final = 30.0
"""How often a desk that lacks secrets or settings looks whether they are there now."""
_AGAIN_S: Final = 2.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Term:
    """A term in work: its engine, and how to stop hearing it."""

    term: Term
    led: Led
    unsubscribe: Callable[[], None]


class SharedEngine:
    """Implements `EngineApi`, and `start`, `stop`, `change_settings`, `woke` as `running.Engine` has them.

    Args:
        storage: the shop's state, of any desk (without a lease's number).
        ring: inside a transaction of `storage` or a term's: tells every desk a word ("ask", "status") once it commits.
        missing: what this desk lacks to lead, None = nothing; may take a moment.
        make: everything for one term; called in `step`, may raise OtimoError.
        desk, person: how this desk is called.
        attend: who calls `step`.
    """

    def __init__(
        self,
        storage: Storage,
        lease: LeadApi,
        ring: Ring,
        settings: Settings,
        clock: Clock,
        missing: Callable[[Settings], Trouble | None],
        make: Callable[[Term, Settings], Led],
        *,
        attend: Callable[[Steps], AttendantApi] = Attendant,
    ) -> None:
        self.mirrored = False
        """Windows read a copy of the state: of its changes they hear by `tables_changed` alone, once they are in it."""
        self._storage = storage
        self._lease = lease
        self._settings = settings
        self._clock = clock
        self._find_missing = missing
        self._make = make
        self._attendant = attend(self)
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[EventKind], None]] = []
        self._led: _Term | None = None
        self._left: list[Led] = []
        self._ending = False
        self._missing: Trouble | None = None
        self._missing_at: float | None = None
        self._refused: OtimoError | None = None
        self._nobody_since: float | None = None
        self._orders = OrderAsks(storage, ring, clock, self._ask, self._attendant.stir)
        self._asks = Asks(storage, ring, clock, self._fetch_for)
        self._telling = Telling(storage, ring, clock)

    # --- life --------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._lease.watch(self._lease_changed)
        self._attendant.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Ends after the item in flight, then gives the lead away. False when a thread is still busy (a hung call)."""
        end = self._clock.monotonic() + timeout
        self._ending = True
        ended = self._attendant.stop(timeout)
        term, self._led = self._led, None
        if term is not None:
            term.unsubscribe()
            self._left.append(term.led)  # also what a first, short `stop` left behind is waited for by the next one
        self._let_go(lambda: max(0.0, end - self._clock.monotonic()))
        self._lease.forget()
        ended = self._orders.close(max(0.0, end - self._clock.monotonic())) and ended
        return ended and not self._left

    def change_settings(self, settings: Settings) -> None:
        """Takes new settings over; whether this desk can lead is looked at anew."""
        self._settings = settings
        self._missing_at = None
        term = self._led
        if term is not None:
            term.led.engine.change_settings(settings)
        self._attendant.stir()

    def woke(self) -> None:
        """The PC has woken up."""
        term = self._led
        if term is not None:
            term.led.engine.woke()
        self._lease.look()
        self._attendant.stir()

    # --- EngineApi ---------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        term = self._leading()
        if term is not None:
            return replace(term.led.engine.status(), leader=self._leader(term))
        holder, since = self._lease.holder, self._nobody_since
        trouble = self._lease.trouble or self._refused
        if self._telling.known is None and holder is None and trouble is None and self._missing is not None:
            return replace(self._blank(), state=State.SETUP, trouble=self._missing)
        nobody_for = 0.0 if since is None else self._clock.monotonic() - since
        return shown_at_a_desk(self._telling.known or self._blank(), holder, trouble, self._missing, nobody_for)

    def _blank(self) -> Status:
        flows = {flow: FlowStatus(flow, getattr(self._settings, flow.value).enabled) for flow in ALL_FLOWS}
        return Status(State.SYNCING, self._clock.now(), flows)

    def _leader(self, term: _Term) -> Leader | None:
        holder = self._lease.holder
        return None if holder is None else Leader(holder.desk, holder.person, term.term.began, here=True)

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        term = self._leading()
        if term is not None:
            term.led.engine.sync_now(flows)
        else:
            self._ask(Ask("sync", tuple(flows or ())))

    def wake(self, flow: Flow) -> None:
        term = self._leading()
        if term is not None:
            term.led.engine.wake(flow)
        else:
            self._ask(Ask("wake", (flow,)))

    def pause(self, minutes: float | None = None) -> None:
        term = self._leading()
        if term is not None:
            term.led.engine.pause(minutes)
        until = "" if minutes is None else (self._clock.now() + timedelta(minutes=minutes)).isoformat()
        self._ask(Ask("pause", until=until))

    def resume(self) -> None:
        term = self._leading()
        if term is not None:
            term.led.engine.resume()
        self._ask(Ask("resume"))

    def cancel(self) -> None:
        term = self._leading()
        if term is not None:
            term.led.engine.cancel()
        else:
            self._ask(Ask("cancel"))

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        with self._lock:
            self._subscribers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._subscribers:
                    self._subscribers.remove(callback)

        return unsubscribe

    def _emit(self, kind: EventKind) -> None:
        with self._lock:
            subscribers = list(self._subscribers)
        for callback in subscribers:
            callback(kind)

    def _ask(self, ask: Ask) -> None:
        self._asks.put(ask)
        self._attendant.stir()

    def fetch_order(self, number: str, timeout: float = 120.0) -> int:
        """Has one order brought in by its number, by the desk that leads; answers how many were found. Blocks.

        Raises:
            ItemError, HubAway …: as `sync.fetch_order`, wherever it was done.
            StoreAway: L-353, nobody answered within `timeout` seconds; it may still be done.
        """
        return self._orders.ask(number, timeout)

    def _fetch_for(self, ask: Ask) -> None:
        term = self._led
        if term is not None and term.led.fetch is not None:
            self._orders.fetch(ask, term.led.fetch)

    @property
    def term(self) -> Term | None:
        """This desk's term while it leads."""
        led = self._leading()
        return None if led is None else led.term

    def _leading(self) -> _Term | None:
        term = self._led
        return term if term is not None and term.term.is_valid() else None

    # --- what the feed tells, from its thread ------------------------------------------------------------------------

    def heard(self, word: str) -> None:
        """A word of the shop's channel (`store.shared.feed`): a table that was written to, or what desks say."""
        if word == "lead":
            self._lease.look()
        elif word == "ask":
            self._asks.hear()
        elif word == "status":
            self._telling.hear()
        elif word == "answer":
            self._orders.hear()
        elif word == "back":
            for part in (self._asks, self._telling, self._orders):
                part.hear()
            self._lease.look()
        else:
            self._wake_for(word)
            return
        self._attendant.stir()

    def _wake_for(self, table: str) -> None:
        term = self._leading()
        if term is not None:
            for flow in WAKES.get(table, ()):
                term.led.engine.wake(flow)

    def tables_changed(self, tables: Sequence[str]) -> None:
        """The windows' copy of the state has these tables anew: whoever shows them hears of it."""
        for kind in kinds_of(tables):
            self._emit(kind)

    def _lease_changed(self) -> None:
        """From the lease's thread."""
        term = self._led
        if term is not None and not term.term.is_valid():
            term.led.engine.cancel()  # the fence refuses what is sent; this spares the rest of the run
        self._attendant.stir()

    # --- the attendant's thread --------------------------------------------------------------------------------------

    def step(self) -> float:
        """Follows the lease, then does what was asked, tells and reads. Answers the seconds until the next look."""
        self._lease.alive()  # where a step hangs, this desk must not keep the lead
        self._follow()
        self._stand()
        try:
            wait = self._talk()
        except LeaseLost:
            return _AGAIN_S
        except EnvironmentFault as error:
            _log.info("the state isn't reached: %s", error)
            return _AGAIN_S
        return min(wait, PUBLISH_S if self._still_leaving() else _LOOK_S)

    def _talk(self) -> float:
        """Asks, answers and the status, between the desks. Raises StoreAway, LeaseLost."""
        term = self._leading()
        if term is None:
            self._asks.pass_on(None, self._storage)
            self._orders.read()
            if self._telling.read():
                self._emit("status")
            return _LOOK_S
        storage = term.led.storage
        self._asks.pass_on(term.led.engine, storage)
        self._orders.answer(storage)
        wait = self._telling.wait()
        if wait:
            return wait
        self._telling.publish(storage, self.status())
        return _LOOK_S

    def _follow(self) -> None:
        """Begins with a term, ends with it."""
        present, term = self._lease.term, self._led
        if term is not None and term.term is not present:
            self._led = None
            term.unsubscribe()
            self._left.append(term.led)
            self._telling.hear()
            _log.warning("this desk doesn't lead any more (lease %d)", term.term.number)
        if present is not None and self._led is None and not self._ending:
            self._take_over(present)
        self._still_leaving()
        holder = self._lease.holder
        if holder is not None:
            self._nobody_since = None
        elif self._nobody_since is None:
            self._nobody_since = self._clock.monotonic()
        if present is not (None if term is None else term.term):
            self._emit("status")

    def _take_over(self, present: Term) -> None:
        """Makes everything for the term. What a former leader left in doubt or half way is looked up by the engine's
        own first run, as after any start."""
        try:
            led = self._make(present, self._settings)
            try:
                pause = pause_of(led.storage.facts, self._clock.now())
                if pause is not None:
                    led.engine.pause(pause.minutes_left(self._clock.now()))
                unsubscribe = led.engine.subscribe(self._inner_event)
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
        self._refused = None
        self._led = _Term(present, led, unsubscribe)
        self._telling.begin()
        self._asks.hear()
        _log.warning("this desk leads now (lease %d)", present.number)

    def _refuse(self, error: OtimoError) -> None:
        """Gives the lead away, and doesn't stand for it again at once: another desk may do better."""
        self._refused = error
        self._missing, self._missing_at = Trouble(error.code, error.params), self._clock.monotonic()
        self._lease.stand(False)

    def _inner_event(self, kind: EventKind) -> None:
        if kind == "status":
            self._attendant.stir()
        elif self.mirrored:
            return
        self._emit(kind)

    def _still_leaving(self) -> bool:
        """Lets go of engines that have ended by now; True while one hasn't."""
        self._let_go(lambda: 0.0)
        return bool(self._left)

    def _let_go(self, patience: Callable[[], float]) -> None:
        for led in list(self._left):
            if led.engine.stop(patience()):
                self._left.remove(led)
                with suppress(OtimoError):
                    led.close()

    def _stand(self) -> None:
        """Stands for the lead only with everything that it takes."""
        now = self._clock.monotonic()
        if self._missing_at is not None and (self._missing is None or now - self._missing_at < _MISSING_S):
            return
        try:
            missing = self._find_missing(self._settings)
        except OtimoError as error:
            missing = Trouble(error.code, error.params)
        changed = missing != self._missing
        self._missing, self._missing_at = missing, now
        self._lease.stand(missing is None)
        if changed:
            self._emit("status")
