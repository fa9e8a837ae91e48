"""What desks ask of the one that leads, remembered in the state until it took it: no leader's end loses an ask."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, cast

from otimo_tray.domain.status import Flow
from otimo_tray.errors import EnvironmentFault
from otimo_tray.ports import Clock
from otimo_tray.sync.storage import Facts, Storage

FACT_ASKED: Final = "asked"
FACT_PAUSED: Final = "paused"
"""JSON `{"until": ISO time or null}` while the shop is paused, "" when it isn't."""
_MOST: Final = 500
"""Nobody clicks that often while there is no leader; older ones go first."""
Deed = Literal["sync", "wake", "pause", "resume", "cancel", "order"]
DEEDS: Final = ("sync", "wake", "pause", "resume", "cancel", "order")
Ring = Callable[[str, Storage], None]
"""Inside a transaction of a storage: tells every desk of the shop a word once it commits."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of the leader.

    Attributes:
        flows: empty = all. until: end of a pause, ISO; "" = until resumed.
        order: number of an order to be fetched. id: under which the answer is looked for.
    """

    do: Deed
    flows: tuple[str, ...] = ()
    until: str = ""
    order: str = ""
    id: str = ""

    @property
    def pause(self) -> Pause:
        """The pause that is asked for."""
        return Pause(datetime.fromisoformat(self.until) if self.until else None)

    def known_flows(self) -> list[Flow]:
        known = {flow.value: flow for flow in Flow}
        return [known[name] for name in self.flows if name in known]


def add_asks(storage: Storage, asks: Iterable[Ask], ring: Ring) -> None:
    """Writes asks down and rings for the leader, all or nothing. Raises StoreAway."""
    with storage.batch():
        storage.facts.set(FACT_ASKED, _text(merged([*_read(storage.facts.get(FACT_ASKED)), *asks])[-_MOST:]))
        ring("ask", storage)


def merged(asks: Sequence[Ask]) -> list[Ask]:
    """Asked twice is asked once, and of pauses and resumes the last one counts."""
    kept: dict[object, Ask] = {}
    for ask in asks:
        key = "pause" if ask.do in ("pause", "resume") else ask
        kept.pop(key, None)
        kept[key] = ask
    return list(kept.values())


def take_asks(storage: Storage) -> list[Ask]:
    """Takes what was asked; it is the caller's matter from then on. Raises StoreAway, LeaseLost."""
    if not storage.facts.get(FACT_ASKED):
        return []
    with storage.batch():
        asks = _read(storage.facts.get(FACT_ASKED))
        storage.facts.set(FACT_ASKED, "")
    return asks


def _text(asks: Sequence[Ask]) -> str:
    return json.dumps([asdict(ask) for ask in asks])


def _read(text: str | None) -> list[Ask]:
    try:
        found = cast("list[dict[str, Any]]", json.loads(text) if text else [])
        return [
            Ask(
                entry["do"],
                tuple(str(name) for name in entry["flows"]),
                *(str(entry[name]) for name in ("until", "order", "id")),
            )
            for entry in found
            if entry["do"] in DEEDS
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


@dataclass(frozen=True, slots=True)
class Pause:
    """The shop is paused, until a moment or until it is resumed."""

    until: datetime | None

    def minutes_left(self, now: datetime) -> float | None:
        return None if self.until is None else (self.until - now) / timedelta(minutes=1)


def pause_of(facts: Facts, now: datetime) -> Pause | None:
    """The shop's pause; None when it isn't paused, or no longer."""
    try:
        found: Any = json.loads(facts.get(FACT_PAUSED) or "null")
        if found is None:
            return None
        until = None if found["until"] is None else datetime.fromisoformat(found["until"])
    except (ValueError, KeyError, TypeError):
        return None
    return None if until is not None and until <= now else Pause(until)


def remember_pause(facts: Facts, pause: Pause | None) -> None:
    """A pause is the shop's, not the desk's: the next leader keeps it."""
    until = None if pause is None or pause.until is None else pause.until.isoformat()
    facts.set(FACT_PAUSED, "" if pause is None else json.dumps({"until": until}))


class Worker(Protocol):
    """The leader's engine, as far as it is asked for something."""

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None: ...
    def wake(self, flow: Flow) -> None: ...
    def pause(self, minutes: float | None = None) -> None: ...
    def resume(self) -> None: ...
    def cancel(self) -> None: ...


class Asks:
    """What is asked at this desk on its way to the leader, and what the leader takes.

    Args:
        storage: the shop's state as any desk writes it. fetch: takes an ask for an order, at the leader.
    """

    def __init__(self, storage: Storage, ring: Ring, clock: Clock, fetch: Callable[[Ask], None]) -> None:
        self._storage, self._ring, self._clock, self._fetch = storage, ring, clock, fetch
        self._lock = threading.Lock()
        self._waiting: list[Ask] = []
        self._told = True

    def put(self, ask: Ask) -> None:
        """From any thread."""
        with self._lock:
            self._waiting.append(ask)

    def hear(self) -> None:
        """There may be something in the state for the leader."""
        self._told = True

    def pass_on(self, worker: Worker | None, storage: Storage) -> None:
        """What was asked here goes to the leader; where that is this desk (`worker`, with its term's `storage`), what
        was asked anywhere is done. Raises StoreAway, LeaseLost: then nothing of it is lost."""
        with self._lock:
            asks, self._waiting = merged(self._waiting), []
        try:
            if worker is None:
                if asks:
                    add_asks(self._storage, asks, self._ring)
                return
            if self._told:
                self._told = False
                asks = [*self._taken(storage), *asks]
            _remember(storage.facts, asks)
        except EnvironmentFault:
            with self._lock:
                self._waiting = [*asks, *self._waiting]
            self._told = True
            raise
        for ask in asks:
            self._do(worker, ask)

    @staticmethod
    def _taken(storage: Storage) -> list[Ask]:
        """What desks asked, taken together with the pause that it means: the next leader keeps it."""
        with storage.batch():
            asks = take_asks(storage)
            _remember(storage.facts, asks)
        return asks

    def _do(self, worker: Worker, ask: Ask) -> None:
        if ask.do == "sync":
            worker.sync_now(ask.known_flows() or None)
        elif ask.do == "wake":
            for flow in ask.known_flows():
                worker.wake(flow)
        elif ask.do == "resume":
            worker.resume()
        elif ask.do == "cancel":
            worker.cancel()
        elif ask.do == "order":
            self._fetch(ask)
        else:
            left = ask.pause.minutes_left(self._clock.now())
            if left is None or left > 0:
                worker.pause(left)


def _remember(facts: Facts, asks: Sequence[Ask]) -> None:
    for ask in asks:
        if ask.do in ("pause", "resume"):
            remember_pause(facts, ask.pause if ask.do == "pause" else None)
