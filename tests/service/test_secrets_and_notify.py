"""A service's secrets come from systemd alone and stay in memory; systemd hears how the service is."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.errors import KeyringAway
from otimo_tray.service.notify import Notify
from otimo_tray.service.places import point_to, pointed, service_paths, unpoint
from otimo_tray.service.secrets import VARIABLE, credentials_of


def _folder(tmp_path: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {VARIABLE: str(tmp_path)}


def test_secrets_are_read_by_the_folder_s_name_or_the_profile_s_id(tmp_path: Path) -> None:
    environment = _folder(
        tmp_path, **{"loja.hub.username": "ana\n", "0a1b.hub.password": "é s3nha", "outra.hub.client_id": "x"}
    )
    secrets = credentials_of(environment, ("0a1b", "loja"))
    assert secrets is not None
    assert secrets.get("hub.username") == "ana"
    assert secrets.get("hub.password") == "é s3nha"
    assert secrets.get("hub.client_id") is None, "another shop's"
    assert secrets.get("../loja.hub.username") is None
    assert secrets.get("/etc/hostname") is None


def test_a_profile_without_credentials_keeps_its_keyring_unless_told_otherwise(tmp_path: Path) -> None:
    environment = _folder(tmp_path, **{"outra.hub.username": "x", "lojas.hub.username": "x"})
    assert credentials_of(environment, ("0a1b", "loja")) is None
    assert credentials_of({}, ("0a1b", "outra")) is None
    demanded = credentials_of(environment, ("0a1b", "loja"), demanded=True)
    assert demanded is not None
    assert demanded.get("hub.username") is None
    without = credentials_of({}, ("0a1b", "loja"), demanded=True)
    assert without is not None
    assert without.get("hub.username") is None


def test_the_hub_s_token_stays_in_memory_and_nothing_else_can_be_written(tmp_path: Path) -> None:
    secrets = credentials_of(_folder(tmp_path, **{"loja.hub.username": "ana"}), ("loja",))
    assert secrets is not None
    secrets.set("hub.token", "t0ken")
    assert secrets.get("hub.token") == "t0ken"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["loja.hub.username"]
    with pytest.raises(KeyringAway):
        secrets.set("hub.password", "x")
    secrets.delete("hub.token")
    assert secrets.get("hub.token") is None


@pytest.mark.skipif(os.name == "nt", reason="systemd")
def test_a_credential_that_cannot_be_read_is_away_not_absent(tmp_path: Path) -> None:
    environment = _folder(tmp_path, **{"loja.hub.username": "ana"})
    (tmp_path / "loja.hub.password").mkdir()
    secrets = credentials_of(environment, ("loja",))
    assert secrets is not None
    with pytest.raises(KeyringAway):
        secrets.get("hub.password")


@pytest.mark.skipif(os.name == "nt", reason="systemd")
def test_systemd_is_told(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.settimeout(5)
        notify = Notify({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())})
        assert notify.watchdog_s == 30
        notify.ready("3 shops")
        notify.alive("3 shops, 1 at work")
        notify.stopping()
        said = [listening.recv(1000).decode() for _ in range(3)]
    assert said == ["READY=1\nSTATUS=3 shops", "WATCHDOG=1\nSTATUS=3 shops, 1 at work", "STOPPING=1"]
    notify.alive("nobody listens any more")


def test_without_systemd_nothing_is_told_and_a_watchdog_of_another_process_is_not_ours() -> None:
    assert Notify({}).watchdog_s is None
    Notify({}).ready("x")
    assert Notify({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}).watchdog_s is None
    assert Notify({"WATCHDOG_USEC": "soon"}).watchdog_s is None


def test_a_profile_s_commands_find_the_service_and_forget_it(tmp_path: Path) -> None:
    service, profile = service_paths(tmp_path), ProfilePaths(tmp_path / "loja")
    service.create()
    profile.create()
    assert pointed(profile) is None
    profile.ipc_key.write_text("of an engine that died")
    point_to(service, profile)
    assert pointed(profile) == service
    profile.ipc_key.write_text("of a tray that runs now")
    assert pointed(profile) is None, "its own engine answers first"
    profile.ipc_key.unlink()
    unpoint(profile)
    assert pointed(profile) is None
