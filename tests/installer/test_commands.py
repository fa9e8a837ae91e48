"""dev.py's commands: what each passes on, the order it works in, and the exit code it gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import commands, session
from installer.environment import ROOT, Environment
from installer.say import SetupError


class World:
    """Stands for the set-up and the processes; records both.

    Attributes:
        prepared: the system packages that were asked for.
        plain: commands run as they are.
        inside: commands run on a private desktop, each with the parts that it has.
        codes: exit codes by a word of the command.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        self.environment = Environment(root)
        self.prepared: list[str] = []
        self.plain: list[list[str]] = []
        self.inside: list[tuple[list[str], session.Parts, dict[str, str]]] = []
        self.codes: dict[str, int] = {}
        self.secret_service = True
        monkeypatch.setattr(commands, "prepare", self.prepare)
        monkeypatch.setattr(commands.subprocess, "run", self.run)
        monkeypatch.setattr(commands, "in_session", self.run_inside)
        monkeypatch.setattr(commands, "has_secret_service", self.has_secret_service)
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.chdir(root)

    def prepare(self, packages: Sequence[str]) -> Environment:
        self.prepared = list(packages)
        return self.environment

    def has_secret_service(self, environment: Environment) -> bool:
        assert environment is self.environment
        return self.secret_service

    def _code(self, command: Sequence[str]) -> int:
        return next((code for word, code in self.codes.items() if any(word in part for part in command)), 0)

    def run(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.plain.append(list(command))
        return subprocess.CompletedProcess(list(command), self._code(command), "", "")

    def run_inside(self, command: Sequence[str], parts: session.Parts, env: Mapping[str, str]) -> int:
        self.inside.append((list(command), parts, dict(env)))
        return self._code(command)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    return World(monkeypatch, tmp_path)


def test_test_runs_the_checks_then_pytest_with_the_arguments(world: World) -> None:
    assert commands.main(["test", "-k", "orders", "tests/erp"]) == 0
    assert [Path(call[0]).stem for call in world.plain] == ["ruff", "basedpyright", "lint-imports"]
    [(command, parts, env)] = world.inside
    assert command[1:] == ["-m", "pytest", "-k", "orders", "tests/erp"]
    assert (parts.display, parts.tray, parts.keyring) == (True, True, True)
    assert env["OTIMO_STRICT"] == "1"
    assert {"xvfb", "trayer", "gnome-keyring", "libxcb-cursor0", "libgl1"} <= set(world.prepared)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({"pytest": 1}, 1),
        ({"pytest": 5}, 5),
        ({"ruff": 1}, 1),
        ({"basedpyright": 1, "pytest": 4}, 4),
        ({"lint-imports": 1}, 1),
    ],
)
def test_test_gives_the_exit_code_on(world: World, codes: dict[str, int], expected: int) -> None:
    world.codes = codes
    assert commands.main(["test"]) == expected
    assert len(world.inside) == 1, "a failed check must not hide the tests' own result"


def test_check_needs_no_system_packages(world: World) -> None:
    assert commands.main(["check"]) == 0
    assert world.prepared == []
    world.codes = {"basedpyright": 1}
    assert commands.main(["check"]) == 1


def test_demo_passes_its_arguments_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    world.codes = {"otimo-tray": 3}
    assert commands.main(["demo", "--products", "50"]) == 3
    assert world.plain == [[str(world.environment.command("otimo-tray")), "demo", "--products", "50"]]
    assert "libxcb-cursor0" in world.prepared
    assert "xvfb" not in world.prepared


def test_demo_without_a_screen_says_so_and_goes_headless(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert commands.main(["demo", "--cycles", "2"]) == 0
    assert world.plain[0][1:] == ["demo", "--headless", "--cycles", "2"]
    assert "no screen" in capfd.readouterr().err
    assert "libxcb-cursor0" not in world.prepared


def test_demo_without_a_secret_service_gets_a_private_one_and_keeps_the_screen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    world.secret_service = False
    assert commands.main(["demo"]) == 0
    [(command, parts, _)] = world.inside
    assert (parts.display, parts.keyring) == (False, True)
    assert "DISPLAY=:7" in command


@pytest.mark.parametrize("name", ["bench", "faults", "oversell"])
def test_a_command_whose_module_is_missing_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr(commands, "ROOT", world.environment.root)
    assert commands.main([name]) == 2
    assert "is missing" in capfd.readouterr().err
    assert world.inside == []


def test_screenshots_go_to_the_folder_seen_from_where_it_was_typed(world: World, tmp_path: Path) -> None:
    module = tmp_path / "tests" / "ui" / "screenshots.py"
    module.parent.mkdir(parents=True)
    module.write_text("", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "ROOT", tmp_path)
        assert commands.main(["screenshots", "fotos"]) == 0
    [(command, _, _)] = world.inside
    assert command[1:] == ["-m", "tests.ui.screenshots", str(tmp_path / "fotos")]


@pytest.mark.parametrize("arguments", [["screenshots"], ["check", "x"], ["setup", "x"]])
def test_wrong_arguments_get_the_line_to_type(
    world: World, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert commands.main(arguments) == 2
    assert f"Type:  {commands.PROG} {arguments[0]}" in capfd.readouterr().err
    assert world.prepared == []


def test_unknown_command_lists_the_known(capfd: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["tset"]) == 2
    error = capfd.readouterr().err
    assert all(name in error for name in commands.COMMANDS)


def test_a_set_up_that_cannot_go_on_ends_with_its_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Sequence[str]) -> Environment:
        raise SetupError("Something is missing.", "do this")

    monkeypatch.setattr(commands, "prepare", refuse)
    assert commands.main(["test"]) == 2
    assert "Something is missing.\nType:  do this" in capfd.readouterr().err
    assert world.inside == []


def test_an_old_python_gets_a_sentence_not_a_traceback() -> None:
    script = ROOT / "installer" / "dev.py"
    code = (
        "import sys, runpy; sys.version_info = (3, 10, 1, 'final', 0); sys.argv = ['dev.py', 'test']\n"
        f"runpy.run_path({str(script)!r}, run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 2
    assert "needs Python 3.11 or newer" in result.stderr
    assert "Traceback" not in result.stderr
