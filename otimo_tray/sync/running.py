"""The running engine of the tray: two lanes over the flows, pause and resume, and what wakes them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, Status, Trouble
from otimo_tray.errors import EnvironmentFault, LeaseLost, OtimoError, StoreAway
from otimo_tray.ports import Clock, Erp, Hub, Watchable
from otimo_tray.sync import absence
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import EventKind, FlowReport
from otimo_tray.sync.flows import PAPER_FLOWS, VALUE_FLOWS, Flows
from otimo_tray.sync.lane import Lane, LaneApi, LaneMaker
from otimo_tray.sync.sender import Pool, own_pool
from otimo_tray.sync.storage import Storage
from otimo_tray.sync.watching import Watcher, WatcherApi

_log = logging.getLogger(__name__)
_COALESCE_VALUES = ("mappings", "orders", "held")
"""What became known in one lane and concerns stock and price."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The outside world for one set of settings; made anew when they change."""

    hub: Hub
    erp: Erp

    def close(self) -> None:
        self.hub.close()
        self.erp.close()


class _Lease:
    """Parts in use by runs; closed when retired and the last run gave them back."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()

    def take(self) -> None:
        with self._lock:
            self._users += 1

    def give_back(self) -> None:
        self._change(users=-1)

    def retire(self) -> None:
        self._change(retired=True)

    def _change(self, *, users: int = 0, retired: bool = False) -> None:
        with self._lock:
            self._users += users
            self._retired = self._retired or retired
            over = self._retired and self._users == 0
        if over:
            self.parts.close()


class Engine:
    """Implements `EngineApi`. Owns its threads: `start`, then `stop`."""

    def __init__(
        self,
        storage: Storage,
        settings: Settings,
        clock: Clock,
        make_parts: Callable[[Settings], Parts],
        missing: Callable[[Settings], Trouble | None],
        *,
        start_after: float = 0.0,
        after_values: Callable[[], None] = lambda: None,
        lanes: LaneMaker = Lane,
        senders: Callable[[int], Pool] = own_pool,
        watchers: Callable[[Watcher], WatcherApi] = lambda watcher: watcher,
    ) -> None:
        """`missing` tells what is not set up yet (secrets, ERP), None when everything is there; it may take a moment.

        `make_parts` and `missing` are called in the lanes' threads. `lanes`, `senders` and `watchers` give threads:
        its own, or those that many shops of one process share.
        """
        self._storage = storage
        self._settings = settings
        self._clock = clock
        self._make_parts = make_parts
        self._missing = missing
        self._after_values = after_values
        self.board = Board(clock, settings)
        self._make_lane = lanes
        self._make_watcher = watchers
        self._flows = Flows(self.board, settings.hub.connections, senders)
        self._lease: _Lease | None = None
        self._watcher: WatcherApi | None = None
        self._parts_lock = threading.Lock()
        self._stop_work = threading.Event()
        self._ending = False
        self._resume_timer: threading.Timer | None = None
        self._restored = False
        self._values = self._lane("values", VALUE_FLOWS, start_after)
        self._papers = self._lane("papers", PAPER_FLOWS, start_after)

    def _lane(self, name: str, flows: Sequence[Flow], start_after: float) -> LaneApi:
        return self._make_lane(
            name,
            self._clock,
            self._intervals(flows),
            lambda due: self._run(name, due),
            self._slept,
            start_after=start_after,
        )

    def _intervals(self, flows: Sequence[Flow]) -> dict[Flow, float]:
        return {
            flow: float(getattr(self._settings, flow.value).interval_s)
            for flow in flows
            if getattr(self._settings, flow.value).enabled
        }

    # --- life --------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._values.start()
        self._papers.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Ends after the item in flight. False when a thread is still busy (a hung call) after `timeout` seconds."""
        end = self._clock.monotonic() + timeout
        self._ending = True
        self._stop_work.set()
        self._cancel_resume()
        for lane in (self._values, self._papers):
            lane.stop()
        ended = [lane.join(max(0.0, end - self._clock.monotonic())) for lane in (self._values, self._papers)]
        watcher = self._watcher
        if all(ended):
            self._flows.close()
            self._retire_parts()
        if watcher is not None:
            watcher.stop()
            watcher.join(max(0.0, end - self._clock.monotonic()))  # it holds nothing: a hanging share doesn't matter
        return all(ended)

    def change_settings(self, settings: Settings) -> None:
        """Takes new settings over: parts are made anew at the next run, timers follow at once."""
        self._settings = settings
        self.board.set_settings(settings)
        self._retire_parts()
        self._values.set_intervals(self._intervals(VALUE_FLOWS))
        self._papers.set_intervals(self._intervals(PAPER_FLOWS))
        self.sync_now()

    def _retire_parts(self) -> None:
        with self._parts_lock:
            lease, self._lease = self._lease, None
            watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()
        if lease is not None:
            lease.retire()

    def woke(self) -> None:
        """The PC has woken up: the lanes look at the clock now and catch up, instead of within a minute."""
        for lane in (self._values, self._papers):
            lane.look()

    # --- EngineApi ---------------------------------------------------------------------------------------------------

    def status(self) -> Status:
        return self.board.status(self._next_run)

    def _next_run(self, flow: Flow) -> datetime | None:
        return (self._values if flow in VALUE_FLOWS else self._papers).next_run(flow)

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        wanted = ALL_FLOWS if flows is None else tuple(flows)
        enabled = [flow for flow in wanted if getattr(self._settings, flow.value).enabled]
        papers = [flow for flow in enabled if flow in PAPER_FLOWS]
        values = [flow for flow in enabled if flow in VALUE_FLOWS]
        if papers:
            self._papers.ask(papers, even_paused=True)
        if values:
            self._values.ask(values, even_paused=True)

    def wake(self, flow: Flow) -> None:
        lane = self._values if flow in VALUE_FLOWS else self._papers
        lane.ask([flow], even_paused=False)

    def pause(self, minutes: float | None = None) -> None:
        self._cancel_resume()
        until = None if minutes is None else self._clock.now() + timedelta(minutes=minutes)
        for lane in (self._values, self._papers):
            lane.set_paused(True)
        if minutes is not None:
            self._resume_timer = threading.Timer(minutes * 60.0, self.resume)
            self._resume_timer.daemon = True
            self._resume_timer.start()
        self.board.set_paused(True, until)

    def resume(self) -> None:
        self._cancel_resume()
        for lane in (self._values, self._papers):
            lane.set_paused(False)
        self.board.set_paused(False)

    def _cancel_resume(self) -> None:
        if self._resume_timer is not None:
            self._resume_timer.cancel()
            self._resume_timer = None

    def cancel(self) -> None:
        self._stop_work.set()

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        return self.board.subscribe(callback)

    # --- in the lanes' threads ---------------------------------------------------------------------------------------

    def _run(self, lane: str, flows: Sequence[Flow]) -> None:
        if not self._ending:
            self._stop_work.clear()  # a cancel ends the work of its moment, not the next run
        try:
            lease = self._take_parts()
        except LeaseLost:
            return
        except OtimoError as error:
            self.board.set_setup(Trouble(error.code, error.params))
            return
        if lease is None:
            return
        context = FlowContext(
            self._storage,
            lease.parts.hub,
            lease.parts.erp,
            self._settings,
            self._clock,
            stop=self._stop_work,
            emit=self._emit,
            progress=self.board.progress,
        )
        try:
            if lane == "values":
                self._flows.run_values(context, flows)
                self._after_values()
            else:
                self._flows.run_papers(context, flows)
        except LeaseLost:
            self.board.drop(flows)
        except StoreAway as error:
            # What was done can't be written down now: the doubts stored before it speak of it at the next run.
            _log.warning("a run ended early: %s", error)
            for flow in flows:
                self.board.end(FlowReport(flow, False, code=error.code, params=error.params))
        finally:
            lease.give_back()

    def _take_parts(self) -> _Lease | None:
        """The parts for the present settings; None while something isn't set up."""
        with self._parts_lock:
            if not self._restored:
                self.board.restore(self._storage)
                absence.note_start(self._storage, self._clock.now())
                self.board.recount(self._storage)  # what waits since yesterday shows before the first run has ended
                self._restored = True
            if self._lease is None:
                trouble = self._missing(self._settings)
                self.board.set_setup(trouble)
                if trouble is not None:
                    return None
                self._lease = _Lease(self._make_parts(self._settings))
                self._watch(self._lease.parts.erp)
            self._lease.take()
            return self._lease

    def _watch(self, erp: Erp) -> None:
        if self._settings.erp.watch and isinstance(erp, Watchable) and not self._ending:
            self._watcher = self._make_watcher(Watcher(erp.glance, self._noticed))
            self._watcher.start()

    def _noticed(self, flows: Sequence[Flow]) -> None:
        for flow in self._enabled(flows):
            self.wake(flow)

    def _emit(self, kind: EventKind) -> None:
        """Tells the windows, and the other lane where it is concerned: an order lowers stock, a De/Para frees one."""
        if kind in _COALESCE_VALUES:
            self._values.ask(self._enabled(VALUE_FLOWS), even_paused=False)
        if kind == "mappings":
            self._papers.ask(self._enabled((Flow.ORDERS,)), even_paused=False)
        self.board.emit(kind)

    def _enabled(self, flows: Sequence[Flow]) -> list[Flow]:
        return [flow for flow in flows if getattr(self._settings, flow.value).enabled]

    def _slept(self, gap: timedelta) -> None:
        now = self._clock.now()
        with suppress(EnvironmentFault):  # a server that isn't reached yet after the sleep, or another desk leads
            absence.note(self._storage.facts, now - gap, now, "slept")
