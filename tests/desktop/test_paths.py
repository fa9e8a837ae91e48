"""A profile's folder: one place, this user's alone, found again when it moves."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from otimo_tray.desktop.paths import ProfilePaths, make_private, profile_paths
from otimo_tray.errors import ConfigurationError

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def test_everything_is_inside(profile_dir: Path) -> None:
    paths = profile_paths(profile_dir)
    assert paths.folder == profile_dir
    for one in (paths.settings, paths.state, paths.logs, paths.lock, paths.ipc_key):
        assert one.parent == profile_dir


def test_a_relative_folder_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert profile_paths("perfil").folder == tmp_path / "perfil"


@posix
def test_without_a_folder_it_is_the_users_own_local_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert profile_paths().folder == tmp_path / "Otimo Tray"


@posix
def test_only_this_user_may_enter(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "a" / "b")
    paths.create()
    assert [one.stat().st_mode & 0o777 for one in (paths.folder, paths.logs)] == [0o700, 0o700]
    paths.folder.chmod(0o755)
    paths.create()
    assert paths.folder.stat().st_mode & 0o777 == 0o700


@posix
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for bad in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(ConfigurationError) as caught:
            make_private(bad)
        assert caught.value.code == "C-440"


def test_the_identity_is_made_once_and_moves_along(profile_dir: Path) -> None:
    first = profile_paths(profile_dir).profile_id()
    assert profile_paths(profile_dir).profile_id() == first
    moved = profile_dir.rename(profile_dir.with_name("outro"))
    assert profile_paths(moved).profile_id() == first


def test_two_starts_at_once_agree_on_the_identity(profile_dir: Path) -> None:
    gate, found = threading.Barrier(6), list[str]()

    def ask() -> None:
        gate.wait(10)
        found.append(profile_paths(profile_dir).profile_id())

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert [one.name for one in profile_dir.iterdir()] == ["profile.id"]


def test_an_empty_identity_is_renewed_a_damaged_one_is_said(profile_dir: Path) -> None:
    (profile_dir / "profile.id").write_text("")
    assert len(profile_paths(profile_dir).profile_id()) == 32
    (profile_dir / "profile.id").write_bytes(b"\xff\x00nonsense")
    with pytest.raises(ConfigurationError):
        profile_paths(profile_dir).profile_id()


@posix
def test_the_socket_fits_also_for_a_deep_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = ProfilePaths(Path("/tmp/p"))
    assert short.ipc_address() == "/tmp/p/ipc.sock"
    deep = ProfilePaths(tmp_path / ("loja " * 20) / "perfil")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("x" * 100)))
    address = Path(deep.ipc_address())
    assert len(os.fsencode(address)) <= 100
    assert address.parent.stat().st_mode & 0o777 == 0o700
    assert ProfilePaths(deep.folder / "b").ipc_address() != str(address)
