"""`otimo-tray packing` opens the packer's window: here, or in the program that runs already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from otimo_tray import tray_start
from otimo_tray.cli.main import main
from otimo_tray.desktop import ipc
from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.profile import Profile


def test_a_start_of_its_own_opens_the_packers_window(profile_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, Any]] = []

    def run(_make: object, **how: Any) -> int:
        started.append(how)
        return 0

    monkeypatch.setattr(tray_start, "run_tray", run)
    assert main(["packing", "--profile-dir", str(profile_dir)]) == 0
    assert started[0]["page"] == "packing"


def test_a_running_program_shows_it(profile_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, object]] = []

    def ask(_paths: object, command: str, arguments: object) -> None:
        asked.append((command, arguments))

    monkeypatch.setattr(ipc, "ask", ask)
    profile: Profile = tray_start.load_profile(profile_dir)
    lock = ProfileLock(profile.paths.lock)
    lock.acquire()
    try:
        assert main(["packing", "--profile-dir", str(profile_dir)]) == 0
    finally:
        lock.release()
    assert asked == [("show", {"page": "packing"})]
