"""Takes a profile's state to a server and back, or lets this PC join a shop that is there: what the windows ask for.

A part of the composition root. What was prepared in the windows is done between two starts of the tray, with nothing
open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from otimo_tray.domain.settings import StateSettings
from otimo_tray.errors import ConfigurationError, OtimoError
from otimo_tray.ports import CheckResult
from otimo_tray.profile import STATE_SECRET, Profile
from otimo_tray.ui.desk import MovedState

if TYPE_CHECKING:
    from otimo_tray.store.shared.server import Server

_LOOK: Final = (
    "SELECT to_regclass(:versions) IS NOT NULL, has_database_privilege(current_database(), 'CREATE'),"
    " to_regnamespace(:schema) IS NOT NULL"
)
_SOMETHING: Final = "SELECT EXISTS (SELECT 1 FROM {0}.shared_setting) OR EXISTS (SELECT 1 FROM {0}.hub_product)"


@dataclass(frozen=True, slots=True)
class Pending:
    """What was asked for in the windows."""

    state: StateSettings
    join: bool


class Mover:
    """Implements `ui.desk.StateMover` for one profile."""

    def __init__(self, profile: Profile, kept_codes: Callable[[], int] = lambda: 0) -> None:
        """`kept_codes`: how many codes wait on this PC for the server."""
        self._profile = profile
        self._kept_codes = kept_codes
        self.pending: Pending | None = None

    def check(self, state: StateSettings, password: str) -> list[CheckResult]:
        try:
            _, may_create, schema = self._look(state, password)
        except OtimoError as error:
            return [CheckResult("state_server", error)]
        results = [CheckResult("state_server", detail=state.address.rpartition("@")[2])]
        if not schema and not may_create:
            results.append(CheckResult("state_schema", ConfigurationError("L-379", schema=state.schema)))
        else:
            results.append(CheckResult("state_schema", detail=state.schema))
        return results

    def holds_shop(self, state: StateSettings, password: str) -> bool:
        from otimo_tray.store.migrate import MOVED

        there, _, _ = self._look(state, password)
        if not there:
            return False
        quoted = f'"{state.schema}"'
        with closing(self._server(state, password)) as server, server.border(), server.engine.connect() as connection:
            version = connection.exec_driver_sql(f"SELECT version_num FROM {quoted}.alembic_version").scalar()  # noqa: S608 - checked
            if str(version).startswith(MOVED):
                return False
            return bool(connection.exec_driver_sql(_SOMETHING.format(quoted)).scalar())

    def prepare(self, state: StateSettings, password: str, *, join: bool) -> None:
        if state.kind == "sqlite" and (count := self._kept_codes()):
            raise ConfigurationError("L-378", count=count)
        if password:
            self._profile.secrets.set(STATE_SECRET, password)
        self.pending = Pending(state, join)

    def _look(self, state: StateSettings, password: str) -> tuple[bool, bool, bool]:
        """Whether the schema has a state's tables, whether we may make a schema, whether it is there."""
        from sqlalchemy import text

        from otimo_tray.store.shared.database import SCHEMA_NAMES

        if not SCHEMA_NAMES.fullmatch(state.schema):
            raise ConfigurationError(
                "C-405", file="settings.toml", key="state.schema", value=state.schema, expected="a-z, 0-9, _"
            )
        with closing(self._server(state, password)) as server, server.border(), server.engine.connect() as connection:
            names = {"versions": f'"{state.schema}".alembic_version', "schema": f'"{state.schema}"'}
            row = connection.execute(text(_LOOK), names).one()
        return bool(row[0]), bool(row[1]), bool(row[2])

    @staticmethod
    def _server(state: StateSettings, password: str) -> Server:
        from otimo_tray.store.shared.server import Server

        return Server(state.address, password, ca_file=state.ca_file, pool_size=1, more=0)


def carry_out(
    profile: Profile, pending: Pending
) -> Callable[[Callable[[int, int], None], threading.Event], MovedState]:
    """What `ui.moving.run_move` does for a profile that has nothing open and whose lock this process holds."""

    def move(told: Callable[[int, int], None], stop: threading.Event) -> MovedState:
        from otimo_tray.store import moving
        from otimo_tray.store.copying import Steps
        from otimo_tray.store.shared.mirror import forget_mirror
        from otimo_tray.store.shared.server import Server

        before, state = profile.settings, pending.state

        def switch() -> None:
            profile.change_settings(replace(before, state=state))

        if pending.join:
            switch()
            return MovedState(0, _put_aside(profile.paths.state, profile.clock.now()))
        steps = Steps(told, stop)
        own = profile.desk_key
        password, path = profile.secrets.get(STATE_SECRET) or "", profile.paths.state
        with closing(Server(state.address, password, ca_file=state.ca_file)) as server:
            if state.kind == "postgresql":
                done = moving.to_server(path, server, state.schema, profile.clock, switch, own=own, steps=steps)
            else:
                done = moving.to_file(server, before.state.schema, path, profile.clock, switch, own=own, steps=steps)
                forget_mirror(profile.paths.mirror)
        return MovedState(done.copied.rows, done.aside)

    return move


def _put_aside(path: Path, now: datetime) -> str:
    """Gives this PC's own file its day in its name; answers it, "" where there is none or it can't be renamed."""
    aside = path.with_name(f"{path.stem}-joined-{now:%Y%m%d-%H%M%S}{path.suffix}")
    with suppress(OSError):
        path.replace(aside)
        return aside.name
    return ""
