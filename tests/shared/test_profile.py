"""A profile whose state lies on a server: set up without questions, checked in sentences, opened and let go."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.cli.commands import check, setup
from otimo_tray.cli.output import Output
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import Settings, StateSettings
from otimo_tray.errors import ConfigurationError, OtimoError
from otimo_tray.profile import STATE_SECRET, Profile
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.servers import SERVERS
from tests.servers.server import PASSWORD
from tests.store.build import NOW
from tests.store.shared import Schemas
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets


@pytest.fixture
def schema(schemas: Schemas) -> Generator[str]:
    name = schemas.lend()
    yield name
    schemas.drop(name)


@pytest.fixture
def profile(schemas: Schemas, schema: str, profile_dir: Path) -> Generator[Profile]:
    state = StateSettings(kind="postgresql", address=schemas.address, schema=schema)
    secrets = MemorySecrets({STATE_SECRET: PASSWORD})
    made = Profile(ProfilePaths(profile_dir), Settings(state=state), secrets, FakeClock(NOW))
    yield made
    made.close()


def test_its_state_is_the_shops_schema(profile: Profile, schemas: Schemas, schema: str) -> None:
    store = profile.store()
    assert isinstance(store.database, SharedDatabase)
    store.facts.set("a", "1")
    assert schemas.rows(store.database, "SELECT value FROM fact WHERE key = 'a'") == [("1",)]
    assert store.database.schema == schema
    assert not profile.paths.state.exists()


def test_its_connections_end_with_it(profile: Profile, schemas: Schemas) -> None:
    store = profile.store()
    database = store.database
    assert isinstance(database, SharedDatabase)
    store.facts.set("a", "1")
    assert SERVERS.lend(profile.settings.state.address, PASSWORD) is profile.server()
    SERVERS.give_back(profile.server())
    server = profile.server()
    profile.close()
    assert server.engine.pool.checkedin() == 0  # type: ignore[attr-defined]
    assert schemas.server is not server


@pytest.mark.parametrize(
    ("state", "password", "code", "words"),
    [
        ({"address": ""}, PASSWORD, "C-420", "o endereço do servidor"),
        ({}, "", "C-420", "a senha do servidor"),
        ({}, "errada", "L-332", "não aceitou o usuário ou a senha"),
        ({"address": "postgresql://otimo@nada.invalid/x"}, PASSWORD, "L-330", "nada.invalid"),
    ],
)
def test_check_says_what_is_wrong_in_a_sentence(
    profile: Profile, state: dict[str, str], password: str, code: str, words: str
) -> None:
    profile.settings = replace(profile.settings, state=replace(profile.settings.state, **state))
    profile.secrets.set(STATE_SECRET, password)
    [found] = [one for one in check.all_checks(profile) if one.name == "state"]
    assert isinstance(found.error, OtimoError)
    assert found.error.code == code
    stream = io.StringIO()
    check.run(argparse.Namespace(), profile, Output(as_json=False, language="pt_BR", stream=stream))
    assert words in stream.getvalue()
    assert "errada" not in stream.getvalue()


def test_a_shop_is_set_up_without_questions(
    profile: Profile, schemas: Schemas, schema: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.settings = Settings()
    profile.secrets.delete(STATE_SECRET)
    source = tmp_path / "loja.toml"
    lines = ["version = 1", "[state]", 'kind = "postgresql"', f'address = "{schemas.address}"', f'schema = "{schema}"']
    source.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"version": 1, "state_password": PASSWORD})))
    stream = io.StringIO()
    args = argparse.Namespace(source=source, secrets_stdin=True)
    assert setup.run(args, profile, Output(as_json=True, language="pt_BR", stream=stream)) == 0
    assert profile.secrets.get(STATE_SECRET) == PASSWORD
    assert PASSWORD not in profile.paths.settings.read_text("utf-8") + stream.getvalue()
    assert isinstance(profile.store().database, SharedDatabase)


def test_an_empty_password_is_none() -> None:
    with pytest.raises(ConfigurationError) as caught:
        setup.read_secrets('{"version": 1, "state_password": " "}')
    assert (caught.value.code, caught.value.params["name"]) == ("C-433", "state_password")


def test_a_files_state_knows_nothing_of_servers(tmp_path: Path, empty: Path) -> None:
    """No driver, no dialect of PostgreSQL, no thread."""
    shutil.copyfile(empty, tmp_path / "estado.db")
    script = (
        "import sys, threading\nfrom pathlib import Path\nfrom otimo_tray.store import open_store\n"
        "from tests.store.build import NOW, fill\nfrom tests.support.clock import FakeClock\n"
        "store = open_store(Path(sys.argv[1]), FakeClock(NOW))\nfill(store, 'A')\nstore.close()\n"
        "print([name for name in sys.modules if name.startswith(('psycopg', 'sqlalchemy.dialects.postgresql',"
        " 'otimo_tray.store.shared.s'))], threading.active_count())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "estado.db")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert answer.stdout.strip() == "[] 1"
