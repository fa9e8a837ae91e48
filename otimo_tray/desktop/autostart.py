"""Starting with the person's session: what the system really does, not what we once asked for.

Windows: a value under `HKCU\\…\\Run`, which the person may have switched off in the task manager; that is kept under
`…\\Explorer\\StartupApproved\\Run`. Elsewhere: a desktop entry (freedesktop.org, Desktop Application Autostart 0.5).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, Protocol

from otimo_tray.desktop import atomic
from otimo_tray.errors import StoreAway

NAME: Final = "OtimoTray"
RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class Autostart(Protocol):
    """Whether the program starts with the session, and the switch for it.

    Raises StoreAway L-310 from `switch` when the system refuses.
    """

    def is_on(self) -> bool: ...
    def switch(self, on: bool) -> None: ...


class Registry(Protocol):
    """Values of HKCU; None = there is none. Raises OSError when it can't be read or written."""

    def read(self, key: str, name: str) -> str | bytes | None: ...
    def write(self, key: str, name: str, value: str) -> None: ...
    def delete(self, key: str, name: str) -> None: ...


class WindowsAutostart:
    """Implements `Autostart` with the Run key.

    Args:
        registry: the person's registry.
        command: what is started, as one line.
    """

    def __init__(self, registry: Registry, command: str) -> None:
        self._registry = registry
        self._command = command

    def is_on(self) -> bool:
        """True when Windows will start us: the value is there and the task manager doesn't hold it back."""
        try:
            if not self._registry.read(RUN, NAME):
                return False
            approved = self._registry.read(APPROVED, NAME)
        except OSError:
            return False
        # Twelve bytes; an odd first one means that the person switched it off there, the rest says when.
        return not (isinstance(approved, bytes) and approved and approved[0] % 2 == 1)

    def switch(self, on: bool) -> None:
        try:
            if on:
                self._registry.write(RUN, NAME, self._command)
                # The person has just said yes here; the no in the task manager is older.
                self._registry.delete(APPROVED, NAME)
            else:
                self._registry.delete(RUN, NAME)
        except OSError as error:
            raise StoreAway("L-310", path="HKCU", reason=type(error).__name__) from None


class DesktopEntryAutostart:
    """Implements `Autostart` with a file in the person's autostart folder.

    Args:
        folder: `autostart` in the person's configuration folder.
        command: the words that start the program.
    """

    def __init__(self, folder: Path, command: list[str]) -> None:
        self._file = folder / "otimo-tray.desktop"
        self._command = command

    def is_on(self) -> bool:
        """True when the entry is there and neither hidden nor switched off by the desktop's own settings."""
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        values = dict(line.replace(" = ", "=").split("=", 1) for line in lines if "=" in line)
        hidden = values.get("Hidden", "").strip().lower() == "true"
        off = values.get("X-GNOME-Autostart-enabled", "").strip().lower() == "false"
        return not hidden and not off

    def switch(self, on: bool) -> None:
        try:
            if not on:
                self._file.unlink(missing_ok=True)
                return
            self._file.parent.mkdir(parents=True, exist_ok=True)
            text = "[Desktop Entry]\nType=Application\nName=Ótimo Tray\nTerminal=false\n"
            atomic.write(self._file, f"{text}Exec={' '.join(map(_quoted, self._command))}\n".encode())
        except OSError as error:
            raise StoreAway("L-310", path=str(self._file), reason=type(error).__name__) from None


def _quoted(word: str) -> str:
    """A word of an Exec line: quoted when it holds anything special (Desktop Entry Specification, The Exec key)."""
    if word and all(char.isalnum() or char in "-_./:+@," for char in word):
        return word
    escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in word).replace("%", "%%")
    # The line is a string value as well, where a backslash is written twice.
    return '"' + escaped.replace("\\", "\\\\") + '"'


def own_command() -> list[str]:
    """The words that start this program without a window, as it runs now."""
    program = Path(sys.executable)
    if program.name.lower() in {"otimotray.exe", "otimo-tray.exe"}:
        return [str(program.with_name("OtimoTray.exe")), "--minimized"]
    return [str(program), "-m", "otimo_tray", "--minimized"]


def system_autostart() -> Autostart:
    """This system's autostart."""
    if sys.platform == "win32":
        from otimo_tray.desktop.windows_registry import UserRegistry

        return WindowsAutostart(UserRegistry(), subprocess.list2cmdline(own_command()))
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return DesktopEntryAutostart(Path(config) / "autostart", own_command())
