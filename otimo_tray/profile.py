"""One shop on this PC, its profile: folder, settings, secrets, clock, and the state that opens when it is asked for.

A part of the composition root. Heavy parts (SQLAlchemy) are imported where they are first needed, so that the tray's
icon is there before them.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from otimo_tray.desktop import settings_file, who
from otimo_tray.desktop.clock import SystemClock
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.desktop.paths import ProfilePaths, profile_paths
from otimo_tray.domain.rules import PatternRule
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import AlreadyRunning, ConfigurationError, StoreDamaged
from otimo_tray.ports import Clock, Secrets

if TYPE_CHECKING:
    from otimo_tray.store import StateStore
    from otimo_tray.store.rescue import Rescue
    from otimo_tray.store.shared.database import SharedDatabase
    from otimo_tray.store.shared.mirror import Mirror
    from otimo_tray.store.shared.server import Server

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
            self._mirror = Mirror(self.paths.mirror, shop, self.clock)
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

    @property
    def desk_key(self) -> str:
        """What a shared state's server knows this desk by, whoever sits there and whatever it is called."""
        return f"{platform.node()} {self.paths.profile_id()}"

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
