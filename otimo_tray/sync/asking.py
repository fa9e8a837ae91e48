"""What desks ask of the one that leads, remembered in the state until it took it: no leader's end loses an ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

from otimo_tray.domain.status import Flow
from otimo_tray.sync.storage import Facts, Storage

FACT_ASKED: Final = "asked"
FACT_PAUSED: Final = "paused"
"""JSON `{"until": ISO time or null}` while the shop is paused, "" when it isn't."""
_MOST: Final = 500
"""Nobody clicks that often while there is no leader; older ones go first."""
Deed = Literal["sync", "wake", "pause", "resume", "cancel"]
DEEDS: Final = ("sync", "wake", "pause", "resume", "cancel")
Ring = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of the leader. `flows`: empty = all. `until`: end of a pause, ISO; "" = until resumed."""

    do: Deed
    flows: tuple[str, ...] = ()
    until: str = ""

    def known_flows(self) -> list[Flow]:
        known = {flow.value: flow for flow in Flow}
        return [known[name] for name in self.flows if name in known]


def add_asks(storage: Storage, asks: Iterable[Ask], ring: Ring) -> None:
    """Writes asks down and rings for the leader, all or nothing. Raises StoreAway."""
    with storage.batch():
        storage.facts.set(FACT_ASKED, _text(merged([*_read(storage.facts.get(FACT_ASKED)), *asks])[-_MOST:]))
        ring()


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
            Ask(entry["do"], tuple(str(name) for name in entry["flows"]), str(entry["until"]))
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
