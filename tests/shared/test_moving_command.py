"""`otimo-tray move`: there and back from the command line, in sentences and in JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from otimo_tray import sharing
from otimo_tray.cli import main as cli
from otimo_tray.cli.output import Output
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import AlreadyRunning, ConfigurationError, OtimoError, StoreAway, StoreDamaged
from otimo_tray.profile import STATE_SECRET, Profile
from otimo_tray.store import backup, open_store
from otimo_tray.store.moving import daily_copy
from otimo_tray.store.shared.kept_file import KeptCode, KeptFile
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server
from otimo_tray.sync.fence import Moment, Term
from tests.servers.server import PASSWORD
from tests.shared.looks import rows_of
from tests.store.build import NOW, fill
from tests.store.shared import Schemas
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


class Shell:
    """Runs the command over one profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def run(self, *words: str, as_json: bool = True) -> str:
        args = cli.build_parser("move").parse_args(["move", *words])
        stream = io.StringIO()
        assert args.run(args, self.profile, Output(as_json=as_json, language="pt_BR", stream=stream)) == 0
        return stream.getvalue()

    def backup(self, *words: str) -> None:
        args = cli.build_parser("backup").parse_args(["backup", *words])
        assert args.run(args, self.profile, Output(as_json=True, language="pt_BR", stream=io.StringIO())) == 0

    def refused(self, *words: str) -> OtimoError:
        with pytest.raises(OtimoError) as caught:
            self.run(*words)
        return caught.value


@pytest.fixture
def shell(profile_dir: Path) -> Generator[Shell]:
    profile = Profile(ProfilePaths(profile_dir), Settings(), MemorySecrets(), FakeClock(NOW))
    yield Shell(profile)
    profile.close()


@pytest.fixture
def schema(schemas: Schemas) -> Generator[str]:
    name = schemas.lend()
    yield name
    for (one,) in schemas.tell("SELECT nspname FROM pg_namespace"):
        if one == name or str(one).startswith(f"{name}_2"):
            schemas.tell(f'DROP SCHEMA "{one}" CASCADE')


def give_password(monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({"state_password": password})))


def test_there_and_back(shell: Shell, schemas: Schemas, schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = shell.profile
    fill(profile.store(), "A", "B")
    start = rows_of(profile.store().database)
    there = ("--to", "postgresql", "--address", schemas.address, "--schema", schema, "--secrets-stdin")
    give_password(monkeypatch)
    checked = json.loads(shell.run(*there, "--check"))
    assert checked["checked"]
    assert profile.settings.state.kind == "sqlite"
    assert profile.secrets.get(STATE_SECRET) is None, "a look keeps nothing"
    give_password(monkeypatch)
    told = json.loads(shell.run(*there))
    assert (told["kind"], told["aside"]) == ("postgresql", "state-moved-20261124-120000.db")
    assert told["rows"] >= sum(map(len, start.values()))
    assert PASSWORD not in json.dumps(told)
    again = Profile(profile.paths, Settings(), profile.secrets, profile.clock)
    assert profile.settings.state.kind == "postgresql"
    assert (profile.paths.settings).read_text("utf-8").count(schema) == 1
    assert rows_of(profile.store().database) == start
    profile.close()
    again.close()
    mirror = profile.readable()
    assert mirror.exists()
    profile.close()
    text = shell.run("--to", "sqlite", as_json=False)
    assert not mirror.exists(), "a copy that nobody follows any more holds buyers' data for nothing"
    assert "100 %" in text
    assert "linhas conferidas" in text
    assert rows_of(profile.store().database) == start
    assert profile.store().path == profile.paths.state


def test_a_place_where_it_is_already(shell: Shell) -> None:
    assert shell.refused("--to", "sqlite").code == "L-377"


@pytest.mark.parametrize(
    ("words", "password", "code"),
    [
        ((), PASSWORD, "C-420"),
        (("--address", "ADDRESS"), None, "C-420"),
        (("--address", "ADDRESS"), "wrong", "L-332"),
        (("--address", "ADDRESS", "--schema", "Não É"), PASSWORD, "C-405"),
        (("--address", "postgresql://otimo@127.0.0.1:1/postgres"), PASSWORD, "L-331"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_anything_is_done(
    shell: Shell, schemas: Schemas, words: tuple[str, ...], password: str | None, code: str
) -> None:
    if password is not None:
        shell.profile.secrets.set(STATE_SECRET, password)
    given = [schemas.address if word == "ADDRESS" else word for word in words]
    error = shell.refused("--to", "postgresql", *given)
    assert error.code == code
    assert isinstance(error, ConfigurationError | StoreAway)
    assert shell.profile.settings.state.kind == "sqlite"


def test_a_running_tray_is_not_moved_under_its_feet(shell: Shell, schemas: Schemas, schema: str) -> None:
    shell.profile.secrets.set(STATE_SECRET, PASSWORD)
    with ProfileLock(shell.profile.paths.lock):
        error = shell.refused("--to", "postgresql", "--address", schemas.address, "--schema", schema)
    assert isinstance(error, AlreadyRunning)


def test_codes_that_are_not_up_yet_stop_the_way_back(shell: Shell, schemas: Schemas, schema: str) -> None:
    profile = shell.profile
    profile.secrets.set(STATE_SECRET, PASSWORD)
    shell.run("--to", "postgresql", "--address", schemas.address, "--schema", schema)
    file = KeptFile(profile.paths.folder / "kept-codes.jsonl")
    code = file.add(KeptCode("code", "1", "1", None, 1, "BR1", "", "", "", (), "2026-11-24T12:00:00Z", "", None))
    error = shell.refused("--to", "sqlite")
    assert (error.code, error.params) == ("L-378", {"count": 1})
    file.done(code)
    shell.run("--to", "sqlite")


def test_a_second_pc_joins_the_shop_that_is_there(shell: Shell, schemas: Schemas, schema: str) -> None:
    profile = shell.profile
    profile.secrets.set(STATE_SECRET, PASSWORD)
    with closing(open_shared_store(schemas.server, schema, profile.clock)) as store:
        fill(store, "A")
        there = rows_of(store.database)
    open_store(profile.paths.state, profile.clock).close()
    words = ("--to", "postgresql", "--address", schemas.address, "--schema", schema)
    assert shell.refused(*words).code == "L-370"
    shell.run(*words, "--join")
    assert rows_of(profile.store().database) == there


def test_a_shop_whose_server_is_lost_goes_on_with_this_pcs_copy(
    shell: Shell, schemas: Schemas, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = shell.profile
    fill(profile.store(), "A", "B")
    profile.secrets.set(STATE_SECRET, PASSWORD)
    shell.run("--to", "postgresql", "--address", schemas.address, "--schema", schema)
    database = profile.shared_database()
    profile.store().trackings.add("1", "BR1", "Correios", "PAC", "", NOW)
    copy = daily_copy(database, profile.paths.state, profile.clock)(NOW)
    assert copy is not None
    there = rows_of(database, ["mapping", "tracking", "orders"])
    profile.close()
    with pytest.raises(ConfigurationError) as caught:
        shell.backup("restore", copy.name)
    assert caught.value.code == "L-380"
    assert profile.settings.state.kind == "postgresql"
    monkeypatch.setattr(Server, "connect", None)  # nothing is asked of it
    shell.backup("restore", copy.name, "--leave-server")
    assert profile.settings.state.kind == "sqlite"
    assert rows_of(profile.store().database, ["mapping", "tracking", "orders"]) == there


def test_who_leads_copies_the_state_to_this_pc_once_a_day(shell: Shell, schemas: Schemas, schema: str) -> None:
    profile = shell.profile
    profile.secrets.set(STATE_SECRET, PASSWORD)
    shell.run("--to", "postgresql", "--address", schemas.address, "--schema", schema)
    profile.store()
    columns = "(name, number, desk, person, backend, beat_at)"
    schemas.tell(f"INSERT INTO \"{schema}\".lease {columns} VALUES ('engine', 7, 'PC', '', 1, '')")
    term = Term(7, profile.clock, Moment(profile.clock))
    led = sharing._led(profile, term, profile.settings, 0.0, None)
    try:
        led.storage.backup(profile.clock.now())
    finally:
        led.close()
    assert [copy.name for copy in backup.backups(profile.paths.state)] == ["state-20261124.db"]


def test_a_schema_that_is_not_ours_leaves_this_pcs_state_as_it_is(shell: Shell, schemas: Schemas, schema: str) -> None:
    """Not even a command that finds it so takes it for damage of this PC's own."""
    profile = shell.profile
    schemas.tell(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE; CREATE SCHEMA "{schema}"')
    schemas.tell(f'CREATE TABLE "{schema}".clientes (id int)')
    state = StateSettings(kind="postgresql", address=schemas.address, schema=schema)
    profile.secrets.set(STATE_SECRET, PASSWORD)
    profile.change_settings(Settings(state=state))
    with pytest.raises(StoreDamaged) as caught:
        profile.store()
    assert caught.value.code == "L-322"
    with pytest.raises(StoreDamaged):
        profile.rescue(caught.value)
    assert not profile.paths.state.exists()
