"""One engine a profile, whoever starts it and however its holder ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.errors import AlreadyRunning, ConfigurationError

HOLDER = """
import sys
from pathlib import Path
from otimo_tray.desktop.lock import ProfileLock
with ProfileLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_holder_at_a_time(profile_dir: Path) -> None:
    path = profile_dir / "engine.lock"
    with ProfileLock(path) as first:
        assert first.is_held
        for _ in range(3):
            with pytest.raises(AlreadyRunning) as caught:
                ProfileLock(path).acquire()
            assert caught.value.code == "C-450"
        with pytest.raises(AlreadyRunning):
            first.acquire()
    with ProfileLock(path):
        pass


def test_another_thread_may_release_it(profile_dir: Path) -> None:
    lock = ProfileLock(profile_dir / "engine.lock")
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert not lock.is_held
    lock.release()
    with ProfileLock(profile_dir / "engine.lock"):
        pass


def _holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


def test_a_dead_holders_lock_is_free(profile_dir: Path) -> None:
    path = profile_dir / "engine.lock"
    process = _holder(path)
    try:
        with pytest.raises(AlreadyRunning):
            ProfileLock(path).acquire()
        process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        process.wait(10)
        with ProfileLock(path):
            pass
    finally:
        process.kill()
        process.communicate()


def test_a_left_over_file_is_no_lock(profile_dir: Path) -> None:
    path = profile_dir / "engine.lock"
    path.write_text("999999")
    with ProfileLock(path):
        pass


def test_a_folder_that_is_not_there_is_said(profile_dir: Path) -> None:
    blocked = profile_dir / "file"
    blocked.write_text("x")
    with pytest.raises(ConfigurationError) as caught:
        ProfileLock(blocked / "engine.lock").acquire()
    assert caught.value.code == "C-441"
