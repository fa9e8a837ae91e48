"""Keeps this PC's mirror in step with the shop's server, and brings up what was kept while that was away.

    feed: a table was written ─▶ pull ─▶ windows hear which kinds changed
    a commit of this desk     ─▶ pull, before the call that committed returns: a window reads what it just wrote
    no answer                 ─▶ away: the mirror is read, codes are kept, the server is asked again and again
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, Protocol

from otimo_tray.errors import OtimoError, StoreAway
from otimo_tray.ports import Clock
from otimo_tray.sync.subscribers import Subscribers

_log = logging.getLogger(__name__)
GATHER_S: Final = 0.2
"""So long a pull waits for more of the same: a run of the leader commits many times a second."""
LOOK_S: Final = 60.0
"""Without a word the server is asked so often: what a notification didn't tell is found out by then."""
AWAY_LOOK_S: Final = 5.0
_SETTINGS: Final = "shared_setting"
_UNINTERESTING: Final = frozenset({"lead", "ask", "status", "lease", "desk", "open_item"})
"""Words of the feed that change no table that windows read."""


class Followed(Protocol):
    """What a follower needs of the mirror: `store.shared.mirror.Mirror`."""

    @property
    def as_of(self) -> datetime | None: ...
    def pull(self) -> frozenset[str]: ...


class Kept(Protocol):
    """What it needs of the codes that are kept here: `store.shared.kept.KeptCodes`."""

    @property
    def count(self) -> int: ...
    def waiting(self) -> Collection[object]: ...
    def come_up(self) -> int: ...


class Follower:
    """Keeps a mirror in step, in a thread of its own (`start`, `stop`) or by `follow` calls.

    Args:
        prepare: looks whether the server's schema is this program's; called until it once was.
        told: hears the names of the tables that changed, from any thread; must return at once.
        settings_changed: the shop's settings were written by another desk; may block.
    """

    def __init__(
        self,
        mirror: Followed,
        kept: Kept,
        clock: Clock,
        *,
        prepare: Callable[[], object],
        told: Callable[[Collection[str]], None],
        settings_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._mirror = mirror
        self._kept = kept
        self._clock = clock
        self._prepare = prepare
        self._told = told
        self._settings_changed = settings_changed
        self._prepared = False
        self._away_since: datetime | None = None
        self._due = threading.Event()
        self._ended = threading.Event()
        self._watchers = Subscribers[[]]()
        self._thread = threading.Thread(target=self._loop, name="mirror", daemon=True)

    @property
    def away_since(self) -> datetime | None:
        """Since when the server doesn't answer; None while it does."""
        return self._away_since

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back when the server went away or came back, or kept codes went up; answers the unsubscribe."""
        return self._watchers.add(callback)

    def changed(self) -> None:
        """Something that is shown of this desk changed: tells who watches."""
        self._watchers.tell()

    def heard(self, word: str) -> None:
        """A word of the feed; from its thread, returns at once."""
        if word in _UNINTERESTING:
            if word == "lead":
                self.changed()
            return
        self._due.set()

    def committed(self) -> None:
        """This desk wrote something: the windows find it in the mirror when this returns, unless the server went away
        just now (then it is in step again later)."""
        try:
            self._pulled()
        except OtimoError as error:
            _log.info("the mirror will follow later: %s", error.code)
            self._due.set()

    def follow(self) -> float:
        """One look; answers the seconds until the next one."""
        try:
            if not self._prepared:
                self._prepare()
                self._prepared = True
            self._pulled()
            came_up = self._kept.come_up() if self._kept.waiting() else 0
            if came_up:
                self._pulled()
        except StoreAway as error:
            self._set_away(self._away_since or self._clock.now())
            _log.info("the server isn't reached: %s", error.code)
            return AWAY_LOOK_S
        except OtimoError as error:
            _log.warning("the mirror can't follow: %s", error)
            return AWAY_LOOK_S
        if not self._set_away(None) and came_up:
            self.changed()
        return LOOK_S

    def _pulled(self) -> None:
        tables = self._mirror.pull()
        if not tables:
            return
        if _SETTINGS in tables:
            self._settings_changed()  # before anybody is told to look at them
        self._told(tables)

    def _set_away(self, since: datetime | None) -> bool:
        """Answers whether that is news."""
        news = (self._away_since is None) != (since is None)
        self._away_since = since
        if news:
            self.changed()
        return news

    # --- the thread ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        self._ended.set()
        self._due.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _loop(self) -> None:
        while not self._ended.is_set():
            self._due.clear()
            try:
                wait = self.follow()
            except Exception:
                _log.exception("following the server ended with a bug")
                wait = AWAY_LOOK_S
            if self._due.wait(wait):
                self._ended.wait(GATHER_S)
