"""The composition root: the only module that knows every layer and puts the parts together.

Heavy parts (SQLAlchemy, requests, openpyxl) are imported where they are first needed, so that the tray's icon is there
before them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from otimo_tray.desktop import memory, settings_file, who
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.desktop.paths import ProfilePaths, profile_paths
from otimo_tray.domain.rules import PatternRule
from otimo_tray.domain.settings import HubSettings, Settings
from otimo_tray.domain.status import Trouble
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError, StoreDamaged
from otimo_tray.ports import Clock, Erp, Hub, Secrets

if TYPE_CHECKING:
    from otimo_tray.service.beside import CareThread
    from otimo_tray.service.opened import Threads
    from otimo_tray.store import StateStore
    from otimo_tray.store.rescue import Rescue
    from otimo_tray.store.shared.database import SharedDatabase
    from otimo_tray.store.shared.mirror import Mirror
    from otimo_tray.store.shared.server import Server
    from otimo_tray.sync.engine import EngineApi, RunningEngine
    from otimo_tray.sync.running import Parts

SECRET_NAMES = ("client_id", "client_secret", "username", "password")
"""What Plugg.to issues; in the keyring each under `hub.<name>`."""
STATE_SECRET = "state.password"  # noqa: S105 - its name in the keyring
"""The password of a state on a server."""
ERP_SECRETS = {"database": "erp.database", "http": "erp.http"}
"""Kind of ERP → its secret's name in the keyring: the database's address with user and password; the API's token, or
`user:password`."""


@dataclass(slots=True)
class Profile:
    """One shop on this PC: its folder, settings, secrets and clock; the state database opens when first asked for."""

    paths: ProfilePaths
    settings: Settings
    secrets: Secrets
    clock: Clock = field(default_factory=SystemClock)
    owns_engine: bool = False
    """Whether this process holds the profile's lock: then the database is checked when it is opened."""
    rescued: Rescue | None = None
    """What was done about a damaged database in this process."""
    _store: StateStore | None = None
    _server: Server | None = None
    _mirror: Mirror | None = None

    def store(self, *, look: bool = True) -> StateStore:
        """The state database (migrated if need be; a damaged file is replaced by its last good copy), or the shop's
        schema on the server that the settings name. With `look` False that server isn't asked for anything yet.

        Raises:
            StoreDamaged: L-321, it is newer than this program; L-322, damaged, while another process has it open.
            StoreAway: it can't be opened or written now; L-330 to L-339, of a server.
            ConfigurationError: C-420, the server's address or password is missing; C-405, it isn't an address.
            KeyringAway: the password can't be read now.
        """
        if self._store is None and self.is_shared:
            from otimo_tray.store.shared.opening import open_shared_store

            self._store = open_shared_store(self.server(), self.settings.state.schema, self.clock, check=look)
            self._store.acts.author = who.author(self.settings.state)
        if self._store is None:
            from otimo_tray.store import open_store

            try:
                self._store = open_store(self.paths.state, self.clock, check=self.owns_engine)
            except StoreDamaged as damage:
                self.rescue(damage)
                self._store = open_store(self.paths.state, self.clock)
            self._store.acts.author = who.author(self.settings.state)
        return self._store

    def readable(self) -> Path:
        """The file that lists, sheets and windows read: the state itself, or this PC's mirror of a shared one, in step
        as of now. Raises as `store`."""
        self.store()
        if not self.is_shared:
            return self.paths.state
        mirror = self.mirror()
        mirror.pull()
        return mirror.path

    def mirror(self) -> Mirror:
        """This PC's copy of a shared state, as far as it was pulled. Raises as `store`."""
        if self._mirror is None:
            from otimo_tray.store.shared.database import SharedDatabase
            from otimo_tray.store.shared.mirror import Mirror

            shop = SharedDatabase(self.server(), self.settings.state.schema)
            self._mirror = Mirror(self.paths.folder / "mirror.db", shop, self.clock)
        return self._mirror

    def shared_database(self) -> SharedDatabase:
        """The connections of a shared state. Raises as `store`; LookupError where the state is this PC's own."""
        from otimo_tray.store.shared.database import SharedDatabase

        database = self.store().database
        if not isinstance(database, SharedDatabase):
            raise LookupError("the state is this PC's own")
        return database

    @property
    def is_shared(self) -> bool:
        """Whether the state lies on a server."""
        return self.settings.state.kind == "postgresql"

    def server(self) -> Server:
        """The server of a shared state, one for all profiles of this process; nothing is connected yet. Raises
        ConfigurationError and KeyringAway as `store`."""
        if self._server is None:
            from otimo_tray.store.shared.servers import SERVERS

            state = self.settings.state
            if not state.address:
                raise ConfigurationError("C-420", setting="state.address")
            password = self.secrets.get(STATE_SECRET)
            if not password:
                raise ConfigurationError("C-420", name=STATE_SECRET)
            self._server = SERVERS.lend(state.address, password, state.ca_file)
        return self._server

    def rescue(self, damage: StoreDamaged) -> None:
        """Replaces a damaged database; see `store.rescue`. Raises `damage` itself where that can't be done."""
        from otimo_tray.store.rescue import rescue

        if damage.code != "L-322" or self.is_shared:
            raise damage  # a server's schema isn't ours: nothing of this PC's would mend it
        self.close()
        if self.owns_engine:
            self.rescued = rescue(self.paths.state, self.clock)
            return
        try:
            with ProfileLock(self.paths.lock):
                self.rescued = rescue(self.paths.state, self.clock)
        except AlreadyRunning:
            raise damage from None

    def change_settings(self, settings: Settings) -> None:
        """Writes the settings file whole, then takes them over."""
        settings_file.write(self.paths.settings, settings)
        self.settings = settings

    def change_rules(self, rules: Sequence[PatternRule]) -> None:
        """Other rules for many SKUs at once; the next cycle computes exactly the SKUs that they concern.

        Raises ConfigurationError when one isn't allowed (C-402, C-405); nothing is changed then.
        """
        self.change_settings(replace(self.settings, rules=tuple(rules)))

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        if self._mirror is not None:
            self._mirror.close()
            self._mirror = None
        if self._server is not None:
            from otimo_tray.store.shared.servers import SERVERS

            SERVERS.give_back(self._server)
            self._server = None


def load_profile(folder: Path | None) -> Profile:
    """Opens (or makes) a profile's folder and reads its settings. Touches neither keyring nor database.

    Raises ConfigurationError when the settings file can't be read.
    """
    from otimo_tray.desktop.secrets import KeyringSecrets

    paths = profile_paths(folder)
    paths.create()
    settings = settings_file.read(paths.settings) if paths.settings.exists() else Settings()
    return Profile(paths, settings, KeyringSecrets(paths.profile_id()))


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
    from otimo_tray.sync.running import Engine

    ports = (profile.store(), profile.settings, profile.clock, make_parts(profile), missing_part(profile))
    if threads is None:
        return Engine(*ports, start_after=start_after, after_values=memory.give_back)
    return Engine(
        *ports,
        start_after=threads.start_after,
        lanes=threads.lanes,
        senders=threads.senders,
        watchers=threads.watchers,
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
