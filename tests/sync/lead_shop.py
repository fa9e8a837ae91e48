"""A shop with two desks: its lease is given by hand, its engines only note, and its clock is the test's own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, State, Status, Trouble
from otimo_tray.errors import KeyringAway, LeaseLost, OtimoError, StoreAway
from otimo_tray.sync.attending import Steps
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.fence import Holder, Moment, Term
from otimo_tray.sync.lead_ports import Led
from otimo_tray.sync.leading import SharedEngine
from otimo_tray.sync.storage import Storage
from tests.support.clock import FakeClock


class Leases:
    """The shop's lease: gives it to one desk at a time, by hand."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.number = 0
        self.holder: Holder | None = None
        self.trouble: OtimoError | None = None
        self.seats: list[Seat] = []

    def give(self, seat: Seat) -> Term:
        """The desk leads from now on; whoever did before doesn't."""
        for other in self.seats:
            other.take_away()
        self.number += 1
        seat.held = Term(self.number, self.clock, Moment(self.clock))
        self.holder = Holder(self.number, seat.name, "Ana")
        for other in self.seats:
            other.changed()
        return seat.held

    def confirm(self) -> None:
        for seat in self.seats:
            if seat.held is not None:
                seat.held.confirm(Moment(self.clock))


class Seat:
    """Implements `LeadApi`."""

    def __init__(self, leases: Leases, name: str) -> None:
        self.leases, self.name = leases, name
        self.held: Term | None = None
        self.wanted: bool | None = None
        self.changed: Callable[[], None] = lambda: None
        self.looked = self.signs = 0
        self.forgotten = False
        leases.seats.append(self)

    @property
    def term(self) -> Term | None:
        return self.held if self.held is not None and self.held.is_valid() else None

    @property
    def holder(self) -> Holder | None:
        return self.leases.holder

    @property
    def trouble(self) -> OtimoError | None:
        return self.leases.trouble

    def take_away(self) -> None:
        if self.held is not None:
            self.held.end()
            self.held = None

    def watch(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def stand(self, wanted: bool) -> None:
        self.wanted = wanted
        if not wanted:
            self.step_down()

    def step_down(self) -> None:
        if self.held is not None:
            self.leases.holder = None
        self.take_away()

    def look(self) -> None:
        self.looked += 1

    def alive(self) -> None:
        self.signs += 1

    def forget(self) -> None:
        self.forgotten = True
        self.step_down()


class Inner:
    """An engine that notes what it is told."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.done: list[object] = []
        self.hangs = False
        self.shown = Status(State.OK, clock.now(), {flow: FlowStatus(flow, True) for flow in ALL_FLOWS})
        self.callbacks: list[Callable[[EventKind], None]] = []

    def start(self) -> None:
        self.done.append("start")

    def stop(self, timeout: float = 10.0) -> bool:
        self.done.append(("stop", timeout))
        return not self.hangs

    def change_settings(self, settings: Settings) -> None:
        self.done.append(settings)

    def woke(self) -> None:
        self.done.append("woke")

    def status(self) -> Status:
        return replace(self.shown, at=self.clock.now())

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        self.done.append(("sync", flows))

    def wake(self, flow: Flow) -> None:
        self.done.append(("wake", flow))

    def pause(self, minutes: float | None = None) -> None:
        self.done.append(("pause", minutes))

    def resume(self) -> None:
        self.done.append("resume")

    def cancel(self) -> None:
        self.done.append("cancel")

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def show(self, **changes: object) -> None:
        self.shown = replace(self.shown, **changes)
        for callback in list(self.callbacks):
            callback("status")


class ByHand:
    """Nobody steps but the test."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.stirred = 0

    def start(self) -> None:
        pass

    def stir(self) -> None:
        self.stirred += 1

    def stop(self, timeout: float) -> bool:
        return True


class Desk:
    def __init__(self, shop: Shop, name: str) -> None:
        self.seat = Seat(shop.leases, name)
        self.inners: list[Inner] = []
        self.missing: Trouble | None = None
        self.keyring_away = False
        self.closed = 0
        self.events: list[EventKind] = []
        self.shop = shop
        self.refuses: OtimoError | None = None
        self.engine = SharedEngine(
            shop.store,
            self.seat,
            shop.ring,
            Settings(),
            shop.clock,
            self._missing,
            self._make,
            attend=ByHand,
        )
        self.engine.subscribe(self.events.append)
        self.engine.start()
        self.step()

    def _missing(self, settings: Settings) -> Trouble | None:
        if self.keyring_away:
            raise KeyringAway()
        return self.missing

    def _make(self, term: Term, settings: Settings) -> Led:
        if self.refuses is not None:
            raise self.refuses
        self.inners.append(Inner(self.shop.clock))
        return Led(self.inners[-1], self.shop.storage_of(term), self._closed, self.shop.fetch)

    def _closed(self) -> None:
        self.closed += 1

    def step(self) -> float:
        return self.engine.step()

    @property
    def inner(self) -> Inner:
        return self.inners[-1]


class DeskState:
    """The shop's facts as one desk writes them; under a term's number, or (None) as any desk."""

    def __init__(self, shop: Shop, term: Term | None) -> None:
        self._shop, self._term = shop, term
        self.facts = self

    def get(self, key: str) -> str | None:
        return self._shop.facts.get(key)

    def set(self, key: str, value: str) -> None:
        if self._shop.away:
            raise StoreAway("L-331")
        if self._term is not None and self._term.number != self._shop.leases.number:
            raise LeaseLost()
        self._shop.writes.append(key)
        self._shop.facts[key] = value

    @contextmanager
    def batch(self) -> Generator[None]:
        before = dict(self._shop.facts)
        try:
            yield
        except BaseException:
            self._shop.facts.clear()
            self._shop.facts.update(before)
            raise


class Shop:
    def __init__(self) -> None:
        self.clock = clock = FakeClock()
        self.facts: dict[str, str] = {}
        self.store = self.storage_of(None)
        self.leases = Leases(clock)
        self.words: list[str] = []
        self.writes: list[str] = []
        self.away = False
        self.fetched: list[str] = []
        self.fetches: Callable[[str], int] = lambda number: 1
        self.desks = [Desk(self, name) for name in ("Caixa", "Estoque")]

    def storage_of(self, term: Term | None) -> Storage:
        return cast("Storage", DeskState(self, term))

    def fetch(self, number: str) -> int:
        self.fetched.append(number)
        return self.fetches(number)

    def ring(self, word: str, storage: Storage) -> None:
        self.words.append(word)

    def deliver(self) -> None:
        """What was rung is heard everywhere, and acted upon."""
        words, self.words = self.words, []
        for desk in self.desks:
            for word in words:
                desk.engine.heard(word)
        for desk in self.desks:
            desk.step()

    def lead(self, desk: Desk) -> Inner:
        self.leases.give(desk.seat)
        for one in self.desks:
            one.step()
        return desk.inner


def nobody(word: str, storage: Storage) -> None:
    """Nobody hears it."""
