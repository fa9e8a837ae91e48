"""When to look for a newer version, and what the tray then has to tell: at most daily, in a worker, never by itself."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from otimo_tray.desktop.updates import Release, UpdateRefused, Updates
from otimo_tray.ports import Clock

LOOKED: Final = "updates_looked"
"""The fact that remembers when the address was last asked, as ISO 8601."""


class Facts(Protocol):
    """Where the last look is remembered."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str) -> None: ...


class UpdateWatch:
    """Looks for updates on behalf of the running tray. Every method but `is_on` may block: call them in a worker.

    Args:
        updates: the way to a newer version.
        clock: the time.
        facts: where the last look is remembered; a start of the program is no reason to look again.
        allowed: the shop's own switch.
    """

    def __init__(self, updates: Updates, clock: Clock, facts: Facts, allowed: Callable[[], bool]) -> None:
        self._updates = updates
        self._clock = clock
        self._facts = facts
        self._allowed = allowed
        self._lock = threading.Lock()

    @property
    def is_on(self) -> bool:
        """Whether this build has an address to look at."""
        return self._updates.is_on

    def look(self) -> Release | None:
        """The newer version, fetched and checked; None when there is none, it isn't time, or the shop said no.

        Raises:
            UpdateRefused: something is offered that must not be installed.
        """
        with self._lock:
            if not self._updates.is_on or not self._allowed():
                return None
            now = self._clock.now()
            if not self._updates.is_due(now, self._last()):
                return None
            # First remembered: an address that hangs isn't asked again at every start.
            self._facts.set(LOOKED, now.isoformat())
            self._updates.tidy()
            try:
                release = self._updates.look()
                if release is not None:
                    self._updates.download(release)
            except UpdateRefused as refusal:
                if refusal.reason == "away":
                    return None  # no network is no news; tomorrow is another day
                raise
            return release

    def install(self, release: Release) -> subprocess.Popen[bytes]:
        """Starts the installer, on the person's word. Raises UpdateRefused."""
        return self._updates.install(release)

    def _last(self) -> datetime | None:
        kept = self._facts.get(LOOKED)
        try:
            found = datetime.fromisoformat(kept) if kept else None
        except ValueError:
            return None
        return found if found is not None and found.tzinfo is not None else None


def system_watch(
    folder: Path, clock: Clock, facts: Facts, allowed: Callable[[], bool], profile_id: str = ""
) -> UpdateWatch:
    """The watch of this build. `folder` keeps what was fetched until it is used; `profile_id` is for its stages."""
    from otimo_tray import __version__
    from otimo_tray.desktop import update_channel, updates

    made = Updates(update_channel.ADDRESS, update_channel.PUBLIC_KEY, __version__, folder, updates.fetch, profile_id)
    return UpdateWatch(made, clock, facts, allowed)
