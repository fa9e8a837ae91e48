"""The installer's file: its secrets go into the keyring and the file goes; anything wrong changes nothing."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from otimo_tray.cli.commands import provision
from otimo_tray.cli.output import Output
from otimo_tray.desktop.paths import profile_paths
from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError
from otimo_tray.profile import Profile
from tests.support.memory_secrets import MemorySecrets

SHOP = "version = 1\n[erp]\nkind = 'folder'\nfolder = 'troca'\n[stock_rules]\nsafety_percent = 2.5\n"
SECRETS = "[secrets]\nclient_id = 'a'\nclient_secret = 'b'\nusername = 'c'\npassword = 'ç€'\n"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    paths = profile_paths(tmp_path / "profile")
    paths.create()
    return Profile(paths, Settings(), MemorySecrets())


def provisioned(profile: Profile, file: Path) -> int:
    output = Output(as_json=True, language="pt_BR", stream=io.StringIO())
    return provision.run(argparse.Namespace(source=file, report=file.with_name("report.txt")), profile, output)


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "loja.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_secrets_go_to_the_keyring_and_their_file_goes(profile: Profile, tmp_path: Path) -> None:
    file = write(tmp_path, SHOP + SECRETS)
    assert provisioned(profile, file) == 0
    assert not file.exists()
    assert profile.secrets.get("hub.password") == "ç€"
    kept = profile.paths.settings.read_text(encoding="utf-8")
    assert "[secrets]" not in kept
    assert "ç€" not in kept
    assert profile.settings.erp.folder == str(tmp_path / "troca")
    assert str(profile.settings.stock_rules.safety_percent) == "2.5"


def test_a_file_without_secrets_stays(profile: Profile, tmp_path: Path) -> None:
    file = write(tmp_path, SHOP)
    assert provisioned(profile, file) == 0
    assert file.exists()
    assert profile.settings.erp.kind == "folder"


@pytest.mark.parametrize(
    "text",
    [
        SHOP + SECRETS.replace("password = 'ç€'\n", ""),
        SHOP.replace("folder = 'troca'", "foldr = 'troca'") + SECRETS,
        "version = 1\nsecrets = 3\n",
        SHOP + SECRETS + "broken",
    ],
)
def test_anything_wrong_changes_nothing(profile: Profile, tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as refused:
        provisioned(profile, file)
    assert "ç€" not in f"{refused.value} {refused.value.params}"
    assert file.exists()
    report = file.with_name("report.txt").read_bytes().decode("utf-16")
    assert refused.value.code in report
    assert "ç€" not in report
    assert profile.secrets.get("hub.password") is None
    assert not profile.paths.settings.exists()


def test_the_erps_secret_may_come_alone(profile: Profile, tmp_path: Path) -> None:
    profile.secrets.set("hub.token", "kept")
    shop = SHOP.replace("kind = 'folder'\nfolder = 'troca'", "kind = 'database'")
    assert provisioned(profile, write(tmp_path, shop + "[secrets]\nerp_database = 'postgresql://u:p@h/d'\n")) == 0
    assert profile.secrets.get("erp.database") == "postgresql://u:p@h/d"
    assert profile.secrets.get("hub.token") == "kept", "the hub's log-in stays as it is"
    assert provisioned(profile, write(tmp_path, SHOP + SECRETS + "erp_http = 't'\n")) == 0
    assert profile.secrets.get("erp.http") == "t"
    assert profile.secrets.get("hub.client_id") == "a"


@pytest.mark.parametrize(
    "secrets", ["[secrets]\n", "[secrets]\nerp_http = ' '\n", "[secrets]\nerp_http='x'\nusername='u'\n"]
)
def test_a_part_of_the_secrets_is_refused(profile: Profile, tmp_path: Path, secrets: str) -> None:
    with pytest.raises(ConfigurationError, match="C-433"):
        provisioned(profile, write(tmp_path, SHOP + secrets))
