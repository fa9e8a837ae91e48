"""The composition root: knows every layer and puts the parts together over a profile.

Heavy parts (SQLAlchemy, requests, openpyxl) are imported where they are first needed, so that the tray's icon is there
before them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from otimo_tray.desktop import memory
from otimo_tray.domain.settings import HubSettings, Settings
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import ConfigurationError, OtimoError
from otimo_tray.ports import Clock, Erp, Hub, Secrets
from otimo_tray.profile import ERP_SECRETS, SECRET_NAMES, Profile

if TYPE_CHECKING:
    from otimo_tray.service.beside import CareThread
    from otimo_tray.service.opened import Threads
    from otimo_tray.store import StateStore
    from otimo_tray.sync.engine import EngineApi, RunningEngine
    from otimo_tray.sync.running import Engine, Parts


def make_hub(settings: HubSettings, secrets: Secrets, clock: Clock, gate: Callable[[], None] | None = None) -> Hub:
    """The Plugg.to client; `gate` is asked before each request leaves. Raises ConfigurationError for a bad address."""
    from otimo_tray.pluggto.client import PluggtoHub

    return PluggtoHub(settings, secrets, clock, gate)


def make_erp(settings: Settings, secrets: Secrets, clock: Clock, cache_dir: Path) -> Erp:
    """The connector the settings name.

    Raises:
        ConfigurationError: C-420, its place or its secret is missing.
        KeyringAway: its secret can't be read now.
    """
    missing = missing_of_erp(settings, secrets)
    if missing is not None:
        raise ConfigurationError(missing.code, **missing.params)

    if settings.erp.kind == "demo":
        from otimo_tray.demo.erp import DemoErp

        return DemoErp(
            Path(settings.erp.demo_data), clock, ZoneInfo(settings.shop.time_zone), booking=settings.shop.booking
        )
    if settings.erp.kind == "http":
        from otimo_tray.erp.http import open_http_erp

        secret = secrets.get(ERP_SECRETS["http"]) or ""
        return open_http_erp(settings.erp, secret, ZoneInfo(settings.shop.time_zone), clock)
    if settings.erp.kind == "database":
        from otimo_tray.erp.database import open_database_erp

        address = secrets.get(ERP_SECRETS["database"]) or ""
        return open_database_erp(settings.erp, address, ZoneInfo(settings.shop.time_zone), clock)
    from otimo_tray.erp.folder import open_folder_erp
    from otimo_tray.words import sentence

    return open_folder_erp(
        settings.erp,
        ZoneInfo(settings.shop.time_zone),
        clock,
        cache_dir,
        explain=lambda error: sentence(error.code, error.params, settings.shop.language).line,
    )


def make_parts(profile: Profile) -> Callable[[Settings], Parts]:
    """A maker of hub and ERP for the engine."""
    from otimo_tray.sync.running import Parts

    def make(settings: Settings) -> Parts:
        hub = make_hub(settings.hub, profile.secrets, profile.clock)
        return Parts(hub, make_erp(settings, profile.secrets, profile.clock, profile.paths.folder / "cache"))

    return make


@dataclass(frozen=True, slots=True)
class Work:
    """What talks to hub and ERP beside the engine's flows: the state, and makers of both, or of the hub alone."""

    store: StateStore
    parts: Callable[[Settings], Parts]
    hub: Callable[[Settings], Hub]


def own_work(profile: Profile) -> Work:
    """Of a state that is this PC's own."""

    def hub(settings: Settings) -> Hub:
        return make_hub(settings.hub, profile.secrets, profile.clock)

    return Work(profile.store(), make_parts(profile), hub)


@contextmanager
def working(profile: Profile, engine: RunningEngine | None = None) -> Generator[Work]:
    """For a command or a click that talks to hub and ERP by itself. Only one desk of a shop does: where several share
    the state, this one leads it meanwhile, or does already (`engine`). Raises as `sharing.leading`."""
    if not profile.is_shared:
        yield own_work(profile)
        return
    from otimo_tray import sharing

    with sharing.leading(profile, engine) as work:
        yield work


def missing_part(profile: Profile) -> Callable[[Settings], Trouble | None]:
    """What is not set up yet: secrets, then the ERP's place. Raises KeyringAway when the keyring can't be read now."""

    def look(settings: Settings) -> Trouble | None:
        for name in SECRET_NAMES:
            if not profile.secrets.get(f"hub.{name}"):
                return Trouble("C-420", {"name": f"hub.{name}"})
        return missing_of_erp(settings, profile.secrets)

    return look


def missing_of_erp(settings: Settings, secrets: Secrets) -> Trouble | None:
    """What the ERP's connector lacks to be made: its place, then its secret. Raises KeyringAway."""
    erp = settings.erp
    place = {"folder": "folder", "demo": "demo_data", "http": "address"}.get(erp.kind)
    if place is not None and not getattr(erp, place):
        return Trouble("C-420", {"setting": f"erp.{place}"})
    secret = ERP_SECRETS.get(erp.kind)
    if secret is not None and not secrets.get(secret):
        return Trouble("C-420", {"name": secret})
    return None


def make_engine(profile: Profile, *, start_after: float = 0.0, threads: Threads | None = None) -> RunningEngine:
    """The engine for a profile; the caller holds the profile's lock. `threads`: those it shares with other shops."""
    if profile.is_shared:
        from otimo_tray.sharing import make_shared_engine

        return make_shared_engine(profile, start_after=start_after, threads=threads)
    wait = start_after if threads is None else threads.start_after
    return engine_over(profile, profile.store(), profile.settings, make_parts(profile), wait, threads)


def engine_over(
    profile: Profile,
    storage: StateStore,
    settings: Settings,
    parts: Callable[[Settings], Parts],
    start_after: float,
    threads: Threads | None,
) -> Engine:
    """What runs the flows over a state: in threads of its own, or in those that it shares with other shops."""
    from otimo_tray.sync.running import Engine

    ports = (storage, settings, profile.clock, parts, missing_part(profile))
    if threads is None:
        return Engine(*ports, start_after=start_after, after_values=memory.give_back)
    return Engine(
        *ports, start_after=start_after, lanes=threads.lanes, senders=threads.senders, watchers=threads.watchers
    )


def make_care(profile: Profile, engine: EngineApi) -> CareThread:
    """What tells others of this shop, where its settings say so; its thread begins only then. The caller stops it."""
    from otimo_tray.service.beside import CareThread
    from otimo_tray.service.care import Care, is_wanted

    care = Care(
        profile.paths.profile_id(),
        lambda: profile.settings,
        engine.status,
        profile.secrets,
        profile.store().facts,
        profile.clock,
        leads=lambda: _leads(profile, engine),
    )
    return CareThread(care, lambda: is_wanted(profile.settings.care), engine)


def _leads(profile: Profile, engine: EngineApi) -> bool:
    """Whether this process runs the shop's timers."""
    leader = engine.status().leader if profile.is_shared else None
    return not profile.is_shared or (leader is not None and leader.here)


def check_hub(credentials: dict[str, str], settings: HubSettings, clock: Clock) -> OtimoError | None:
    """Tests credentials without keeping them; None means that they are right."""
    secrets = _TypedSecrets({f"hub.{name}": value for name, value in credentials.items()})
    try:
        hub = make_hub(settings, secrets, clock)
        try:
            hub.check_login()
        finally:
            hub.close()
    except OtimoError as error:
        return error
    return None


class _TypedSecrets:
    """Credentials just typed, in memory for the length of one test."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def get(self, name: str) -> str | None:
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        self._values[name] = value

    def delete(self, name: str) -> None:
        self._values.pop(name, None)


class OverlaidSecrets:
    """The keyring as it would be with some secrets just typed, for the length of one test; writes nothing."""

    def __init__(self, kept: Secrets, typed: Mapping[str, str]) -> None:
        self._kept = kept
        self._typed = dict(typed)

    def get(self, name: str) -> str | None:
        return self._typed.get(name) or self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        self._typed[name] = value

    def delete(self, name: str) -> None:
        self._typed.pop(name, None)
