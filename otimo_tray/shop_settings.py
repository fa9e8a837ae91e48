"""A shop's settings at one desk: this PC's file, and the shared state where several desks work by the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from otimo_tray.desktop.shared_settings import changed_entries, entries_of, overlay
from otimo_tray.domain.desks import Meanwhile
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError

if TYPE_CHECKING:
    from otimo_tray.profile import Profile
    from otimo_tray.store.shared_settings import SharedSettingStore


_UNSEEN: Final = -1
"""No row's version."""


class ShopSettings:
    """Bound to one profile. Every method may block; windows call them in a worker."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def take_over(self) -> bool:
        """Takes over what the shop's settings have become; the first desk brings its own. Answers whether any changed.

        Raises:
            StoreAway: the server can't be reached now; the desk's own copy counts.
            ConfigurationError: C-402 or C-405, a value of theirs isn't allowed here.
        """
        profile = self._profile
        if not profile.is_shared:
            return False
        shared = self._shared()
        known = shared.read()
        if not known:
            entries = entries_of(profile.settings)
            shared.save(entries, dict.fromkeys(entries, 0), profile.clock.now())
            known = shared.read()
        return self._lay_over(profile.settings, known)

    def save(self, settings: Settings, seen: Settings | None = None) -> dict[str, Meanwhile]:
        """Saves an edit: what is this PC's own in its file, what is the shop's with the version it was made on.

        Answers the settings that somebody else has changed since they were `seen` (None: as this desk has them now);
        theirs count, and a `save` that has seen them goes through.

        Raises:
            ConfigurationError: as `settings_file.write`. StoreAway: neither is saved.
        """
        profile = self._profile
        if not profile.is_shared or settings.state != profile.settings.state:
            names = sorted(changed_entries(profile.settings, settings))
            profile.change_settings(settings)
            if names:
                deed = {"setting": ", ".join(names[:10])}
                profile.store().acts.note("act.settings", "", deed, profile.clock.now())
            return {}
        wanted = changed_entries(profile.settings, settings)
        if not wanted:
            profile.change_settings(settings)
            return {}
        shared = self._shared()
        known, shown = shared.read(), entries_of(seen or profile.settings)
        there = {name: known.get(name, (shown[name], 0)) for name in wanted}
        expected = {name: version if value == shown[name] else _UNSEEN for name, (value, version) in there.items()}
        done = shared.save(wanted, expected, profile.clock.now())
        self._lay_over(settings, shared.read())
        return done.refused

    def _lay_over(self, own: Settings, known: Mapping[str, tuple[str, int]]) -> bool:
        settings = overlay(own, {name: value for name, (value, _) in known.items()})
        if settings == self._profile.settings:
            return False
        self._profile.change_settings(settings)
        return True

    def _shared(self) -> SharedSettingStore:
        from otimo_tray.store.acts import ActStore
        from otimo_tray.store.shared_settings import SharedSettingStore

        store = self._profile.store()
        assert isinstance(store.acts, ActStore)
        return SharedSettingStore(store.database, store.acts)


def refusal(refused: Mapping[str, Meanwhile]) -> ConfigurationError:
    """What to tell whoever edited settings that another person changed meanwhile."""
    theirs = next(iter(refused.values()))
    return ConfigurationError("C-465", person=theirs.by.name, setting=", ".join(sorted(refused)), at=theirs.at)
