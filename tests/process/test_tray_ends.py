"""The running tray ends cleanly when the system asks it to: nothing of it stays, and the exit code is 0."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.desktop.paths import profile_paths

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the installer's proof does it on Windows"),
    pytest.mark.tray_host,
]


def until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while not ready():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_tray_as_the_menu_does(
    tmp_path: Path, private_keyring: object, number: signal.Signals
) -> None:
    del private_keyring
    paths = profile_paths(tmp_path / "perfil")
    command = [sys.executable, "-m", "otimo_tray", "--minimized", "--profile-dir", str(paths.folder)]
    tray = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        until(paths.ipc_key.exists, tray)
        tray.send_signal(number)
        out, err = tray.communicate(timeout=20)
    finally:
        tray.kill()
        tray.communicate()
    assert (tray.returncode, out) == (0, b"")
    assert b"Traceback" not in err
    assert not paths.ipc_key.exists()
    with ProfileLock(paths.lock):
        pass
