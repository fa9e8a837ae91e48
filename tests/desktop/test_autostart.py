"""Autostart tells what the system does: the registry with the task manager's word, or the desktop entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from otimo_tray.desktop.autostart import APPROVED, NAME, RUN, DesktopEntryAutostart, WindowsAutostart
from otimo_tray.errors import StoreAway

COMMAND = r'"C:\Users\Zé\AppData\Local\Programs\OtimoTray\OtimoTray.exe" --minimized'


class FakeRegistry:
    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.refuses = False

    def read(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        if self.refuses:
            raise PermissionError("group policy")
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


def test_switching_on_and_off_is_seen_in_the_run_key() -> None:
    registry = FakeRegistry()
    autostart = WindowsAutostart(registry, COMMAND)
    assert not autostart.is_on()
    autostart.switch(True)
    assert registry.values[RUN, NAME] == COMMAND
    assert autostart.is_on()
    autostart.switch(False)
    assert not autostart.is_on()
    assert not registry.values


@pytest.mark.parametrize(("first", "on"), [(2, True), (6, True), (3, False), (7, False), (1, False), (0, True)])
def test_the_task_manager_has_the_last_word(first: int, on: bool) -> None:
    registry = FakeRegistry()
    registry.values = {(RUN, NAME): COMMAND, (APPROVED, NAME): bytes([first]) + bytes(11)}
    assert WindowsAutostart(registry, COMMAND).is_on() is on


def test_switching_on_here_overrules_an_older_no_in_the_task_manager() -> None:
    registry = FakeRegistry()
    registry.values = {(RUN, NAME): COMMAND, (APPROVED, NAME): b"\x03" + bytes(11)}
    autostart = WindowsAutostart(registry, COMMAND)
    autostart.switch(True)
    assert autostart.is_on()


def test_a_registry_that_refuses_is_said_with_a_code() -> None:
    registry = FakeRegistry()
    registry.refuses = True
    with pytest.raises(StoreAway) as refused:
        WindowsAutostart(registry, COMMAND).switch(True)
    assert refused.value.code == "L-310"


def test_a_desktop_entry_is_written_read_and_removed(tmp_path: Path) -> None:
    autostart = DesktopEntryAutostart(tmp_path / "autostart", ["/opt/Ótimo Tray/python", "-m", "otimo_tray", "100%$"])
    assert not autostart.is_on()
    autostart.switch(True)
    entry = (tmp_path / "autostart" / "otimo-tray.desktop").read_text(encoding="utf-8")
    assert 'Exec="/opt/Ótimo Tray/python" -m otimo_tray "100%%\\\\$"' in entry
    assert autostart.is_on()
    autostart.switch(False)
    assert not autostart.is_on()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    autostart = DesktopEntryAutostart(tmp_path, ["/usr/bin/otimo-tray"])
    autostart.switch(True)
    with (tmp_path / "otimo-tray.desktop").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert not autostart.is_on()


def test_a_folder_that_cannot_be_made_is_said_with_a_code(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file", encoding="ascii")
    with pytest.raises(StoreAway):
        DesktopEntryAutostart(tmp_path / "autostart", ["/usr/bin/otimo-tray"]).switch(True)
