"""One desk of several at a shop's state: its mirror follows the server, and what is typed while that is away is kept.

    feed: a table was written ─▶ pull ─▶ windows hear which kinds changed
    a commit of this desk     ─▶ pull, before the call that committed returns: a window reads what it just wrote
    no answer                 ─▶ away: the mirror is read, codes are kept, the server is asked again and again

A part of the composition root; imported only for such a profile.
"""

from __future__ import annotations

import logging
import platform
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from otimo_tray.desk_side import Side
from otimo_tray.desktop import who
from otimo_tray.domain.desks import Author
from otimo_tray.domain.status import Status
from otimo_tray.errors import OtimoError, StoreAway
from otimo_tray.ports import Clock
from otimo_tray.profile import Profile
from otimo_tray.shop_settings import ShopSettings
from otimo_tray.store.presence import PresenceStore
from otimo_tray.store.shared.kept import KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.kept_trackings import KeptTrackings
from otimo_tray.store.shared.opening import bring_up_to_date
from otimo_tray.store.state import StateStore

if TYPE_CHECKING:
    from otimo_tray.sharing import DeskEngine
    from otimo_tray.store.shared.mirror import Mirror

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
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._loop, name="mirror", daemon=True)

    @property
    def away_since(self) -> datetime | None:
        """Since when the server doesn't answer; None while it does."""
        return self._away_since

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back when the server went away or came back, or kept codes went up; answers the unsubscribe."""
        with self._lock:
            self._watchers.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._watchers:
                    self._watchers.remove(callback)

        return unsubscribe

    def changed(self) -> None:
        """Something that is shown of this desk changed: tells who watches."""
        with self._lock:
            watchers = list(self._watchers)
        for callback in watchers:
            callback()

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


class SharedLink:
    """Implements `ui.desk.DeskLink`."""

    is_shared = True

    def __init__(self, follower: Follower, mirror: Followed, kept: Kept, status: Callable[[], Status]) -> None:
        self._follower = follower
        self._mirror = mirror
        self._kept = kept
        self._status = status

    @property
    def away_since(self) -> datetime | None:
        return self._follower.away_since

    @property
    def as_of(self) -> datetime | None:
        return self._mirror.as_of

    @property
    def leader(self) -> Author | None:
        leader = self._status().leader
        return None if leader is None else Author(leader.person, leader.desk)

    @property
    def leads(self) -> bool:
        leader = self._status().leader
        return leader is not None and leader.here

    @property
    def kept_count(self) -> int:
        return self._kept.count

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        return self._follower.watch(callback)


class SharedDesk:
    """The state of a shared profile as one desk uses it: `store` for deeds and questions, `mirror` for the windows.

    Raises, when made: as `Profile.store`. A server that is away is no error where the mirror has something to show.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.mirror: Mirror = profile.mirror()
        self.is_looked_at = True
        """Whether the server's schema was looked at: it answered."""
        try:
            self.store: StateStore = profile.store()
        except StoreAway as error:
            if not error.is_unreached or self.mirror.as_of is None:
                raise
            self.is_looked_at = False
            self.store = profile.store(look=False)
        self.database = profile.shared_database()
        self.database.away = self.mirror
        self.kept = KeptCodes(KeptFile(profile.paths.kept_codes), self.mirror, self.store, profile.clock)
        self.follower: Follower
        self.store.trackings = KeptTrackings(self.store.trackings, self.kept, self.mirror, self.store, who.person)

    def catch_up(self) -> None:
        """Brings what is kept here to the server, and its present to this PC, if it answers."""
        with suppress(StoreAway):
            self.kept.come_up()
            self.mirror.pull()

    def begin(self, engine: DeskEngine, settings_changed: Callable[[], None]) -> Callable[[], None]:
        """Follows the server from now on; what this desk commits is pulled at once. Answers how to end it."""
        profile = self._profile
        engine.mirrored = True
        follower = self.follower = Follower(
            self.mirror,
            self.kept,
            profile.clock,
            prepare=lambda: self.is_looked_at or bring_up_to_date(profile.server(), profile.settings.state.schema),
            told=lambda tables: engine.tables_changed(list(tables)),
            settings_changed=settings_changed,
        )
        self.kept.recounted = follower.changed
        self.catch_up()  # the first windows show the present, not what was there yesterday
        self.database.after_commit = follower.committed
        unsubscribe = engine.listen(follower.heard)
        follower.start()

        def end() -> None:
            unsubscribe()
            self.database.after_commit = None
            follower.stop()

        return end

    def link(self, status: Callable[[], Status]) -> SharedLink:
        """How this desk stands with the others; after `begin`."""
        return SharedLink(self.follower, self.mirror, self.kept, status)

    def presence(self) -> PresenceStore:
        """Who has what open."""
        state = self._profile.settings.state
        desk = f"{platform.node()} {self._profile.paths.profile_id()}"
        return PresenceStore(self.database.aside, desk, lambda: who.author(state))


def open_side(profile: Profile, start_after: float) -> Side:
    """Everything of a shared profile's desk, running. Raises as `SharedDesk`, and `make_shared_engine`."""
    from otimo_tray.desk_calls import DeskCalls
    from otimo_tray.sharing import make_shared_engine

    desk = SharedDesk(profile)
    if desk.is_looked_at:
        ShopSettings(profile).take_over()
    engine = make_shared_engine(profile, start_after=start_after)
    calls = DeskCalls(profile, engine)
    end = desk.begin(engine, calls.settings_changed)
    engine.start()
    return Side(desk.store, engine, calls, desk.mirror.path, desk.link(engine.status), desk.presence(), end)
