"""The private desktop for real: what it gives, what it leaves, and what it says when it can't come up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from installer import commands, session, x11
from installer.environment import ROOT, Environment
from tests.support import surroundings

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="private desktops are for Linux")


@pytest.fixture
def programs() -> None:
    if any(shutil.which(name) is None for name in session.Parts().programs()):
        surroundings.turn_away("it needs Xvfb, openbox, trayer, gnome-keyring; dev.py test installs them")


def run_inside(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code on a private desktop."""
    command = [sys.executable, "-m", "installer.session", sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)


@pytest.mark.usefixtures("programs")
def test_it_gives_a_screen_a_tray_and_a_keyring_and_takes_them_away() -> None:
    code = (
        "import os, keyring\n"
        "from PySide6.QtWidgets import QApplication, QSystemTrayIcon\n"
        "app = QApplication([])\n"
        "keyring.set_password('loja', 'x', 'çã')\n"
        "tray = QSystemTrayIcon.isSystemTrayAvailable()\n"
        "print(app.platformName(), tray, keyring.get_password('loja', 'x'))\n"
        "print(os.environ['HOME'])\n"
        "raise SystemExit(9)\n"
    )
    result = run_inside(code)
    assert result.returncode == 9, result.stderr
    facts, home = result.stdout.splitlines()
    assert facts == "xcb True çã"
    assert not Path(home).parent.exists()
    for process in psutil.process_iter(["cmdline"]):
        assert str(Path(home).parent) not in " ".join(process.info["cmdline"] or ())


@pytest.mark.usefixtures("programs")
def test_two_sessions_see_nothing_of_each_other() -> None:
    with session.session() as one, session.session() as two:
        assert one["DISPLAY"] != two["DISPLAY"]
        code = "import keyring, sys; keyring.set_password('a', 'b', sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, "secret"], env=one, check=True)
        code = "import keyring; print(keyring.get_password('a', 'b'))"
        seen = subprocess.run([sys.executable, "-c", code], env=two, check=True, capture_output=True, text=True)
        assert seen.stdout == "None\n"


@pytest.mark.usefixtures("programs")
def test_a_sigterm_takes_the_command_and_the_desktop_along() -> None:
    code = "import os, time; print(os.getpid(), os.environ['HOME'], flush=True); time.sleep(600)"
    command = [sys.executable, "-m", "installer.session", sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        number, home = process.stdout.readline().split()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not psutil.pid_exists(int(number))
    assert not Path(home).exists()


@pytest.mark.usefixtures("programs")
def test_a_kill_leaves_no_process_behind() -> None:
    code = "import os, time; print(os.environ['HOME'], flush=True); time.sleep(600)"
    command = [sys.executable, "-m", "installer.session", sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip()).parent
        family = psutil.Process(process.pid).children()
        process.kill()
    _, alive = psutil.wait_procs(family, 20)
    shutil.rmtree(folder)
    assert alive == []


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(session.SessionError, match=r"not installed: .*Xvfb"), session.session():
        pytest.fail("it came up without its programs")


def test_a_program_that_ends_at_once_is_named_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in session.Parts().programs():
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\necho {name} cannot do this >&2\nexit 3\n", encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with (
        pytest.raises(session.SessionError, match=r"dbus-daemon ended at once.*cannot do this"),
        session.session(),
    ):
        pytest.fail("it came up without a bus")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("keyring", [True, False])
def test_a_secret_service_is_found_only_where_one_answers(monkeypatch: pytest.MonkeyPatch, keyring: bool) -> None:
    running = Environment()
    monkeypatch.setattr(Environment, "python", Path(sys.executable))
    with session.session(session.Parts(display=False, keyring=keyring)) as env:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", env["DBUS_SESSION_BUS_ADDRESS"])
        assert commands.has_secret_service(running) is keyring


@pytest.mark.usefixtures("programs")
def test_the_screen_answers_only_to_its_cookie() -> None:
    with session.session(session.Parts(tray=False, keyring=False)) as env:
        number = int(env["DISPLAY"].removeprefix(":"))
        cookie = Path(env["XAUTHORITY"]).read_bytes()[-16:]
        with x11.Connection(number, cookie) as connection:
            assert connection.selection_owner("WM_S0") == 0, "there is no window manager here"
        with pytest.raises(x11.X11Error, match="refused"):
            x11.Connection(number, bytes(16))
    with pytest.raises(x11.X11Error):
        x11.Connection(number, cookie)


def test_parts_are_named_for_those_inside() -> None:
    assert session.Parts().names() == "display,tray,keyring"
    assert session.Parts(display=False).names() == "keyring"
    assert "Xvfb" not in session.Parts(display=False).programs()
