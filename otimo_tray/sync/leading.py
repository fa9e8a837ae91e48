"""The engine of a shop with several desks: one of them leads and runs the flows, the others ask it.

    stands for the lead ──term──▶ inner engine over a storage that carries the lease's number, behind the fence
          ▲                                 │ term over: told to stop, and left behind if it hangs: the fence refuses it
          └─────────── desk: status as published, asks go to the leader ◀──┘

Everything that may wait (the server, the keyring) happens in `step`; all other methods return at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Leader, State, Status, Trouble
from otimo_tray.errors import EnvironmentFault, LeaseLost
from otimo_tray.ports import Clock
from otimo_tray.sync.asking import Ask, Asks, Ring
from otimo_tray.sync.attending import Attendant, AttendantApi, Steps
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.fence import Term
from otimo_tray.sync.lead_ports import LeadApi, Led
from otimo_tray.sync.order_asks import OrderAsks
from otimo_tray.sync.storage import Storage
from otimo_tray.sync.subscribers import Subscribers
from otimo_tray.sync.telling import PUBLISH_S, Telling, shown_at_a_desk
from otimo_tray.sync.terms import Terms, Working
from otimo_tray.sync.told import WAKES, kinds_of

_LOOK_S: Final = 10.0
"""Between two steps when nobody stirs: what a notification didn't tell is found out by then."""
_AGAIN_S: Final = 2.0
_log = logging.getLogger(__name__)


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
        self._attendant = attend(self)
        self._subscribers = Subscribers[EventKind]()
        self._terms = Terms(lease, clock, missing, make, self._inner_event)
        self._ending = False
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
        self._terms.leave()
        # Also what a first, short `stop` left behind is waited for by the next one.
        let_go = self._terms.let_go(lambda: max(0.0, end - self._clock.monotonic()))
        self._lease.forget()
        ended = self._orders.close(max(0.0, end - self._clock.monotonic())) and ended
        return ended and let_go

    def change_settings(self, settings: Settings) -> None:
        """Takes new settings over; whether this desk can lead is looked at anew."""
        self._settings = settings
        self._terms.look_anew()
        term = self._terms.latest
        if term is not None:
            term.led.engine.change_settings(settings)
        self._attendant.stir()

    def woke(self) -> None:
        """The PC has woken up."""
        term = self._terms.latest
        if term is not None:
            term.led.engine.woke()
        self._lease.look()
        self._attendant.stir()

    # --- EngineApi ---------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        term = self._terms.working
        if term is not None:
            return replace(term.led.engine.status(), leader=self._leader(term))
        holder, missing = self._lease.holder, self._terms.missing
        trouble = self._lease.trouble or self._terms.refused
        if self._telling.known is None and holder is None and trouble is None and missing is not None:
            return replace(self._blank(), state=State.SETUP, trouble=missing)
        known = self._telling.known or self._blank()
        return shown_at_a_desk(known, holder, trouble, missing, self._terms.nobody_for)

    def _blank(self) -> Status:
        flows = {flow: FlowStatus(flow, getattr(self._settings, flow.value).enabled) for flow in ALL_FLOWS}
        return Status(State.SYNCING, self._clock.now(), flows)

    def _leader(self, term: Working) -> Leader | None:
        holder = self._lease.holder
        return None if holder is None else Leader(holder.desk, holder.person, term.term.began, here=True)

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        term = self._terms.working
        if term is not None:
            term.led.engine.sync_now(flows)
        else:
            self._ask(Ask("sync", tuple(flows or ())))

    def wake(self, flow: Flow) -> None:
        term = self._terms.working
        if term is not None:
            term.led.engine.wake(flow)
        else:
            self._ask(Ask("wake", (flow,)))

    def pause(self, minutes: float | None = None) -> None:
        term = self._terms.working
        if term is not None:
            term.led.engine.pause(minutes)
        until = "" if minutes is None else (self._clock.now() + timedelta(minutes=minutes)).isoformat()
        self._ask(Ask("pause", until=until))

    def resume(self) -> None:
        term = self._terms.working
        if term is not None:
            term.led.engine.resume()
        self._ask(Ask("resume"))

    def cancel(self) -> None:
        term = self._terms.working
        if term is not None:
            term.led.engine.cancel()
        else:
            self._ask(Ask("cancel"))

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        return self._subscribers.add(callback)

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
        term = self._terms.latest
        if term is not None and term.led.fetch is not None:
            self._orders.fetch(ask, term.led.fetch)

    @property
    def term(self) -> Term | None:
        """This desk's term while it leads."""
        working = self._terms.working
        return None if working is None else working.term

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
        term = self._terms.working
        if term is not None:
            for flow in WAKES.get(table, ()):
                term.led.engine.wake(flow)

    def tables_changed(self, tables: Sequence[str]) -> None:
        """The windows' copy of the state has these tables anew: whoever shows them hears of it."""
        for kind in kinds_of(tables):
            self._subscribers.tell(kind)

    def _lease_changed(self) -> None:
        """From the lease's thread."""
        term = self._terms.latest
        if term is not None and not term.term.is_valid():
            term.led.engine.cancel()  # the fence refuses what is sent; this spares the rest of the run
        self._attendant.stir()

    # --- the attendant's thread --------------------------------------------------------------------------------------

    def step(self) -> float:
        """Follows the lease, then does what was asked, tells and reads. Answers the seconds until the next look."""
        self._lease.alive()  # where a step hangs, this desk must not keep the lead
        self._follow()
        all_gone = self._terms.let_go()
        try:
            wait = self._talk()
        except LeaseLost:
            return _AGAIN_S
        except EnvironmentFault as error:
            _log.info("the state isn't reached: %s", error)
            return _AGAIN_S
        return min(wait, _LOOK_S if all_gone else PUBLISH_S)

    def _talk(self) -> float:
        """Asks, answers and the status, between the desks. Raises StoreAway, LeaseLost."""
        term = self._terms.working
        if term is None:
            self._asks.pass_on(None, self._storage)
            self._orders.read()
            if self._telling.read():
                self._subscribers.tell("status")
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
        """Follows the lease, then stands for it if need be."""
        if self._terms.follow(self._settings, ending=self._ending):
            self._telling.begin()
            self._telling.hear()
            self._asks.hear()
            self._subscribers.tell("status")
        if self._terms.stand(self._settings):
            self._subscribers.tell("status")

    def _inner_event(self, kind: EventKind) -> None:
        if kind == "status":
            self._attendant.stir()
        elif self.mirrored:
            return
        self._subscribers.tell(kind)
