"""One desk of several at a shop's state: its mirror follows the server, and what is typed while that is away is kept.

A part of the composition root; imported only for such a profile.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from otimo_tray.desk_side import Side
from otimo_tray.desktop import who
from otimo_tray.domain.desks import Author
from otimo_tray.domain.status import Status
from otimo_tray.errors import StoreAway
from otimo_tray.profile import Profile
from otimo_tray.shop_settings import ShopSettings
from otimo_tray.store.presence import PresenceStore
from otimo_tray.store.shared.follower import Followed, Follower, Kept
from otimo_tray.store.shared.kept import KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.kept_trackings import KeptTrackings
from otimo_tray.store.shared.opening import bring_up_to_date
from otimo_tray.store.state import StateStore

if TYPE_CHECKING:
    from otimo_tray.sharing import DeskEngine
    from otimo_tray.store.shared.mirror import Mirror


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
        return PresenceStore(self.database.aside, self._profile.desk_key, lambda: who.author(state))


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
