"""The virtual environment: when it is taken as it is, when it is repaired, when it is made anew."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import environment
from installer.environment import Environment
from installer.say import SetupError


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    (root / "installer").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (root / "installer" / "requirements.txt").write_text("six==1 --hash=sha256:0\n", encoding="utf-8")
    return root


def finish(made: Environment) -> None:
    """Leave what a finished set-up leaves."""
    made.scripts.mkdir(parents=True, exist_ok=True)
    made.python.write_text("", encoding="utf-8")
    made.stamp.write_text(made.fingerprint(), encoding="ascii")


class FakeCommands:
    """Records what would run; a command that contains the word `failing` ends with exit code 1."""

    def __init__(self, made: Environment, failing: str = "never") -> None:
        self.made = made
        self.failing = failing
        self.calls: list[list[str]] = []

    def __call__(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.calls.append(list(command))
        if command[1:3] == ["-m", "venv"]:
            self.made.scripts.mkdir(parents=True)
            self.made.python.write_text("", encoding="utf-8")
        return subprocess.CompletedProcess(list(command), int(self.failing in command), "", "")

    def words(self) -> list[str]:
        """Return what was asked for, in one word each."""
        known = ("import ensurepip, venv", "venv", "-r", "--editable")
        return [next((word for word in known if word in call), "probe") for call in self.calls]


def works(_: Environment) -> bool:
    """Stand for an environment whose Python starts."""
    return True


@pytest.fixture
def made(checkout: Path) -> Environment:
    return Environment(checkout)


@pytest.fixture
def commands(made: Environment, monkeypatch: pytest.MonkeyPatch) -> FakeCommands:
    fake = FakeCommands(made)
    monkeypatch.setattr(environment.subprocess, "run", fake)
    return fake


def test_second_run_starts_no_command(made: Environment, commands: FakeCommands) -> None:
    finish(made)
    made.ensure()
    assert commands.calls == []


@pytest.mark.parametrize("changed", ["pyproject.toml", "installer/requirements.txt"])
def test_changed_lock_or_project_installs_again(made: Environment, commands: FakeCommands, changed: str) -> None:
    finish(made)
    with (made.root / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert not made.is_ready()
    made.ensure()
    assert commands.words()[-2:] == ["-r", "--editable"]
    assert made.is_ready()


def test_first_run_makes_the_environment_then_installs_with_hashes(made: Environment, commands: FakeCommands) -> None:
    made.ensure()
    assert commands.words() == ["probe", "import ensurepip, venv", "venv", "-r", "--editable"]
    assert {"--require-hashes", "--no-deps"} <= set(commands.calls[-2])
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(commands.calls[-1])


def test_half_made_environment_is_made_anew(made: Environment, commands: FakeCommands) -> None:
    made.home.mkdir()
    (made.home / "half").write_text("", encoding="utf-8")
    made.ensure()
    assert "venv" in commands.words()
    assert not (made.home / "half").exists()


def test_killed_set_up_is_made_anew_although_its_python_works(
    made: Environment, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "works", works)
    finish(made)
    made.stamp.unlink()
    made.unfinished.touch()
    made.ensure()
    assert commands.words() == ["import ensurepip, venv", "venv", "-r", "--editable"]
    assert made.is_ready()
    assert not made.unfinished.exists()


def test_working_environment_without_a_stamp_is_kept(
    made: Environment, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Environment, "works", works)
    finish(made)
    made.stamp.unlink()
    made.ensure()
    assert commands.words() == ["-r", "--editable"]


def test_files_in_use_are_named(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "in use", str(path / "python.exe"))

    made.home.mkdir()
    monkeypatch.setattr(environment.shutil, "rmtree", refuse)
    with pytest.raises(SetupError, match=r"python\.exe can't be removed \(in use\)"):
        made.ensure()


@pytest.mark.parametrize("failing", ["-r", "--editable", "venv"])
def test_interrupted_set_up_leaves_no_stamp_and_shows_the_command(
    made: Environment, commands: FakeCommands, failing: str
) -> None:
    finish(made)
    made.stamp.write_text("of another lock", encoding="ascii")
    commands.failing = failing
    with pytest.raises(SetupError) as caught:
        made.ensure()
    assert caught.value.command is not None
    assert failing in caught.value.command
    assert not made.stamp.exists()
    assert not made.is_ready()


def test_moved_checkout_is_noticed(checkout: Path) -> None:
    here = Environment(checkout)
    finish(here)
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    assert not Environment(moved).is_ready()


def test_a_real_environment_that_was_moved_does_not_count_as_working(checkout: Path) -> None:
    made = Environment(checkout)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(made.home)], check=True)
    package = next(made.home.rglob("site-packages")) / "pip"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    assert made.works()
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    assert not Environment(moved).works()


def test_missing_ensurepip_is_installed_on_debian_or_said(
    made: Environment, commands: FakeCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    commands.failing = "import ensurepip, venv"
    monkeypatch.setattr(environment.system, "is_debian", lambda: True)
    monkeypatch.setattr(environment.system, "ensure_packages", asked.extend)
    with pytest.raises(SetupError, match="ensurepip"):
        made.ensure()
    assert asked == [f"python3.{sys.version_info.minor}-venv"]


def test_garbage_in_the_stamp_means_not_ready(made: Environment) -> None:
    finish(made)
    made.stamp.write_bytes(b"\xff\xfe")
    assert not made.is_ready()


def test_two_set_ups_at_once_take_turns(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from installer.environment import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", code, str(lock)]

    def start() -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=environment.ROOT, text=True, stdin=pipe, stdout=pipe, stderr=pipe)

    with start() as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        with start() as second:
            assert second.stderr is not None
            assert "waiting" in second.stderr.readline()
            first.communicate("")
            out, _ = second.communicate("")
    assert out == "in\n"
