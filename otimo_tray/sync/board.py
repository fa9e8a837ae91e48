"""What the engine shows of itself: one thread-safe board that lanes write and windows read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from otimo_tray.domain.code_source import code_source
from otimo_tray.domain.orders import Order, Shipment
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Progress, State, Status, Trouble, Waiting
from otimo_tray.errors import StoreAway
from otimo_tray.ports import Clock
from otimo_tray.sync.code_sources import answers
from otimo_tray.sync.engine import EventKind, FlowReport
from otimo_tray.sync.storage import Storage
from otimo_tray.sync.subscribers import Subscribers

ENVIRONMENT_PREFIXES = ("P-11", "P-12", "E-21", "L-31", *StoreAway.UNREACHED, "L-350", "L-351", "C-43")
"""Codes of faults that heal by themselves (see errors.py): they show as *Sem conexão*, not as *Precisa de você*."""


_PACE_KNOWN_S = 2.0
"""How long a run must have gone on before its pace says anything."""


def heals(code: str) -> bool:
    """Whether an error of this code goes away without a person."""
    return code.startswith(ENVIRONMENT_PREFIXES) and code != "C-431"


class Board:
    """Flow states, counts and subscribers. Every method may be called from any thread and returns at once."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._flows = {flow: FlowStatus(flow, enabled=True) for flow in ALL_FLOWS}
        self._waiting = Waiting()
        self._oldest_unsent: datetime | None = None
        self._setup: Trouble | None = None
        self._looked = False
        self._paused = False
        self._paused_until: datetime | None = None
        self._day: object = None
        self._codes = 0
        self._codes_counted_at: object = None
        self._pace: dict[Flow, tuple[int, float, int]] = {}
        """Where a run's progress began: what was done then, the monotonic second, and what is done now."""
        self._subscribers = Subscribers[EventKind]()
        self.set_settings(settings)

    def set_settings(self, settings: Settings) -> None:
        with self._lock:
            self._zone = ZoneInfo(settings.shop.time_zone)
            for flow in ALL_FLOWS:
                enabled = getattr(settings, flow.value).enabled
                self._flows[flow] = replace(self._flows[flow], enabled=enabled)

    # --- subscribers -------------------------------------------------------------------------------------------------

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        return self._subscribers.add(callback)

    def emit(self, kind: EventKind) -> None:
        self._subscribers.tell(kind)

    # --- written by the lanes ----------------------------------------------------------------------------------------

    def begin(self, flows: Sequence[Flow]) -> None:
        now = self._clock.now()
        with self._lock:
            for flow in flows:
                self._flows[flow] = replace(self._flows[flow], running=True, last_run=now)
        self.emit("status")

    def progress(self, flow: Flow, progress: Progress | None) -> None:
        with self._lock:
            self._flows[flow] = replace(self._flows[flow], progress=self._with_time_left(flow, progress))
        self.emit("status")

    def _with_time_left(self, flow: Flow, progress: Progress | None) -> Progress | None:
        """What a run has reached, with the time it will still take at the pace it had so far."""
        if progress is None:
            self._pace.pop(flow, None)
            return None
        at = self._clock.monotonic()
        began, since, last = self._pace.get(flow, (progress.done, at, progress.done))
        if progress.done < last:  # another part of the run begins anew
            began, since = progress.done, at
        self._pace[flow] = (began, since, progress.done)
        done, spent = progress.done - began, at - since
        if progress.seconds_left is not None or not progress.total or not done or spent < _PACE_KNOWN_S:
            return progress
        return replace(progress, seconds_left=max(0.0, progress.total - progress.done) * spent / done)

    def end(self, report: FlowReport) -> None:
        """A run ended: success and counts are remembered, or the trouble."""
        now = self._clock.now()
        with self._lock:
            self._new_day(now)
            old = self._flows[report.flow]
            today = dict(old.today)
            for name, number in report.counts.items():
                today[name] = today.get(name, 0) + number
            self._pace.pop(report.flow, None)
            succeeded = report.code is None
            self._flows[report.flow] = replace(
                old,
                running=False,
                progress=None,
                last_run=now,
                last_success=now if succeeded else old.last_success,
                trouble=None if succeeded else Trouble(report.code or "", report.params),
                today=today,
            )
        self.emit("status")

    def drop(self, flows: Sequence[Flow]) -> None:
        """Runs that ended without having done or said anything."""
        with self._lock:
            for flow in flows:
                self._pace.pop(flow, None)
                self._flows[flow] = replace(self._flows[flow], running=False, progress=None)
        self.emit("status")

    def _new_day(self, now: datetime) -> None:
        day = now.astimezone(self._zone).date()
        if day != self._day:
            self._day = day
            self._flows = {flow: replace(status, today={}) for flow, status in self._flows.items()}

    def restore(self, storage: Storage) -> None:
        """After a start: last successes and today's numbers from the ledger of runs."""
        now = self._clock.now()
        with self._lock:
            zone = self._zone
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        for flow in ALL_FLOWS:
            last_ok = storage.runs.last(flow, outcome="ok")
            last = storage.runs.last(flow)
            today: dict[str, int] = {}
            for run in storage.runs.since(flow, midnight):
                for name, number in run.counts.items():
                    today[name] = today.get(name, 0) + number
            trouble = None
            if last is not None and last.outcome == "failed" and last.code:
                trouble = Trouble(last.code, last.params)
            with self._lock:
                self._new_day(now)
                self._flows[flow] = replace(
                    self._flows[flow],
                    last_success=last_ok.ended_at if last_ok else None,
                    last_run=last.ended_at if last else None,
                    trouble=trouble,
                    today=today,
                )

    def recount(self, storage: Storage) -> None:
        """Counts what waits for a person (a few indexed queries; called by lanes, never by a window)."""

        orders, catalogue = storage.orders.counts(), storage.catalogue.counts()
        with self._lock:
            # What waits for a flow that is switched off is nobody's delay.
            kinds: list[Kind] = [kind for kind in ("stock", "price") if self._flows[Flow(kind)].enabled]
        invoices, outbox = storage.invoices.counts(), storage.values.outbox_counts(kinds)
        waiting = Waiting(
            problems=storage.problems.count(),
            held=len(storage.held.list()),
            unmapped_skus=catalogue.get("unmapped", 0),
            orders_waiting=orders.get("waiting", 0),
            first_run_orders=orders.get("first_run", 0),
            cancelled_orders=orders.get("cancel_open", 0),
            tracking_codes=self._codes_to_give(storage, orders),
            invoices_proposed=invoices.get("proposed", 0),
            unsent_values=outbox.due,
        )
        with self._lock:
            self._waiting, self._oldest_unsent = waiting, outbox.oldest_due

    def _codes_to_give(self, storage: Storage, orders: dict[str, int]) -> int:
        """Invoiced orders whose code a person must give; looked through anew only when some order moved on."""
        known = answers(storage.facts)
        moved = (
            orders.get("invoiced", 0),
            orders.get("tracked", 0),
            orders.get("cancel_open", 0),
            storage.trackings.counts(),
            known,
        )
        if moved != self._codes_counted_at:
            self._codes = 0
            for channel, delivery, company, method, label, count in storage.trackings.to_give():
                order = Order("", "", "", channel=channel, delivery_type=delivery)
                shipment = Shipment("", company=company, method=method, label_type=label)
                if code_source(order, shipment, known) != "channel":
                    self._codes += count
            self._codes_counted_at = moved
        return self._codes

    def set_setup(self, trouble: Trouble | None) -> None:
        """What is missing before anything can run; None = all there."""
        with self._lock:
            self._setup, self._looked = trouble, True
        self.emit("status")

    def set_paused(self, paused: bool, until: datetime | None = None) -> None:
        with self._lock:
            self._paused, self._paused_until = paused, until
        self.emit("status")

    # --- read by tray, windows, command line -------------------------------------------------------------------------

    def status(self, next_run: Callable[[Flow], datetime | None]) -> Status:
        now = self._clock.now()
        with self._lock:
            self._new_day(now)
            paused, until = self._paused, self._paused_until
            flows = {
                flow: replace(status, next_run=None if paused or not status.enabled else next_run(flow))
                for flow, status in self._flows.items()
            }
            waiting, setup, oldest = self._waiting, self._setup, self._oldest_unsent
            beginning = not self._looked
        troubles = [status.trouble for status in flows.values() if status.trouble and status.enabled]
        serious = [trouble for trouble in troubles if not heals(trouble.code)]
        needs_person = waiting.problems or waiting.held or waiting.first_run_orders or waiting.cancelled_orders
        if setup is not None:
            state = State.SETUP
        elif serious or needs_person:
            state = State.ATTENTION
        elif troubles:
            state = State.AWAY
        elif paused:
            state = State.PAUSED
        elif beginning or any(status.running for status in flows.values()):
            # Before anybody looked whether all is set up, "all is well" would be a guess.
            state = State.SYNCING
        else:
            state = State.OK
        worst = setup or (serious[0] if serious else troubles[0] if troubles else None)
        return Status(state, now, flows, waiting, until, worst, oldest)
