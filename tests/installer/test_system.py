"""System packages: what counts as installed, who installs, and what is said where nobody may."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import system
from installer.say import SetupError

INSTALLED = (
    "ii \tlibgl1\t\n"
    "ii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80), libgio\n"
    "rc \txvfb\t\n"  # removed, its settings kept
    "iU \topenbox\t\n"  # unpacked only: interrupted
)


class FakeRun:
    """Answers dpkg-query with a list of packages; apt-get's update and install with exit codes."""

    def __init__(self, listing: str = INSTALLED, **codes: int) -> None:
        self.listing = listing
        self.codes = codes
        self.calls: list[list[str]] = []

    def __call__(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.calls.append(list(command))
        if command[0] == "dpkg-query":
            return subprocess.CompletedProcess(list(command), 0, self.listing, "")
        key = "update" if "update" in command else "install"
        return subprocess.CompletedProcess(list(command), self.codes.get(key, 0), "", "")


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "is_debian", lambda: True)


def test_installed_means_installed_and_counts_provided_names() -> None:
    assert system.missing_packages(["libgl1", "libglib2.0-0", "xvfb", "openbox"], FakeRun()) == [
        "xvfb",
        "openbox",
    ]


def test_nothing_is_run_when_nothing_is_missing() -> None:
    run = FakeRun()
    assert system.ensure_packages(["libgl1"], run=run, elevate=lambda: None) == []
    assert [call[0] for call in run.calls] == ["dpkg-query"]


def test_root_installs_without_sudo_and_updates_the_lists_first() -> None:
    run = FakeRun()
    assert system.ensure_packages(["libgl1", "xvfb"], run=run, elevate=list[str]) == ["xvfb"]
    update, install = run.calls[1:]
    assert update[0] == "apt-get"
    assert update[-1] == "update"
    assert install[0] == "apt-get"
    assert install[-4:] == ["install", "-y", "--no-install-recommends", "xvfb"]


def test_sudo_comes_first_and_hands_the_frontend_through() -> None:
    run = FakeRun()
    system.ensure_packages(["xvfb"], run=run, elevate=lambda: ["sudo", "-n"])
    assert run.calls[-1][:6] == ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get"]


def test_without_root_and_sudo_the_sentence_carries_the_exact_line() -> None:
    run = FakeRun()
    with pytest.raises(SetupError) as caught:
        system.ensure_packages(["libgl1", "xvfb", "openbox"], run=run, elevate=lambda: None)
    assert "root or sudo" in str(caught.value)
    assert caught.value.command == "sudo apt-get install -y --no-install-recommends xvfb openbox"
    assert len(run.calls) == 1


@pytest.mark.parametrize(("update", "words"), [(0, "apt-get failed"), (100, "lists could not be read")])
def test_a_failed_installation_says_which_half_failed(update: int, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        system.ensure_packages(["xvfb"], run=FakeRun(update=update, install=100), elevate=list[str])


def test_a_failed_update_alone_is_no_failure() -> None:
    assert system.ensure_packages(["xvfb"], run=FakeRun(update=100), elevate=list[str]) == ["xvfb"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('ID="fedora"\nNAME="not debian"\n', False),
    ],
)
def test_debian_is_told_by_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: bool
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("shutil.which", "/usr/bin/{}".format)
    monkeypatch.setattr("sys.platform", "linux")
    release = tmp_path / "os-release"
    release.write_text(text, encoding="utf-8")
    assert system.is_debian(release) is expected
