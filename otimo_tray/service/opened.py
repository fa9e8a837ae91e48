"""What the service needs of an open shop, and what it gives one: the border to the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from otimo_tray.domain.settings import Settings
from otimo_tray.ports import Clock, Secrets
from otimo_tray.sync.attending import AttendantApi, Steps
from otimo_tray.sync.engine import RunningEngine
from otimo_tray.sync.lane import LaneMaker
from otimo_tray.sync.sender import Pool
from otimo_tray.sync.storage import Facts
from otimo_tray.sync.watching import Watcher, WatcherApi


@dataclass(frozen=True, slots=True)
class Threads:
    """The shared threads, as `Engine` takes them.

    Attributes:
        start_after: seconds before the first cycle, so that many shops don't begin at once.
    """

    lanes: LaneMaker
    senders: Callable[[int], Pool]
    watchers: Callable[[Watcher], WatcherApi]
    attendants: Callable[[Steps], AttendantApi]
    start_after: float = 0.0


def alone() -> dict[str, Any]:
    """Who leads a shop whose state is this process's own file."""
    return {"here": True, "desk": ""}


@dataclass(frozen=True, slots=True)
class Opened:
    """An open shop.

    Attributes:
        profile_id: the profile's random name.
        settings: as they are now. read_settings: reads the file anew and keeps it (raises ConfigurationError).
        facts: where care remembers across starts; short calls.
        dispatch: answers the commands of `otimo-tray … --profile-dir` for this shop.
        stirred: whether the shop's settings may have been changed by another desk since it was asked last.
        leader: who leads: `here` and the name of the desk.
        close: lets go of state and lock, after the engine has ended.
    """

    profile_id: str
    settings: Callable[[], Settings]
    engine: RunningEngine
    secrets: Secrets
    facts: Facts
    read_settings: Callable[[], Settings]
    dispatch: Callable[[str, dict[str, Any]], Any]
    close: Callable[[], None]
    leader: Callable[[], dict[str, Any]] = field(default=alone)
    stirred: Callable[[], bool] = field(default=lambda: False)


Opener = Callable[[Path, Threads], Opened]
"""Opens the shop of a folder: lock, settings, secrets, state, engine (not yet started). Raises OtimoError."""


class Clocked(Protocol):
    """Something that looks after one shop now and then, e.g. heartbeats. Must not raise what the outside does wrong."""

    def look(self) -> None: ...


CareMaker = Callable[[Opened, Clock], Clocked]
