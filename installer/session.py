"""A private desktop for one command on Linux: its own screen, bus, Secret Service, window manager and tray.

`python3 -m installer.session COMMAND…` runs COMMAND in it. Nothing of the person's own desktop is touched:
bus, keyring, home and runtime folders are in a temporary folder, which goes away with all that was started.
Standard library only, so that it works before the virtual environment exists.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from installer import temporary, x11

#: Set for the commands inside, to what the session gives: a list of `display`, `tray`, `keyring`.
MARKER = "OTIMO_SESSION"
START_SECONDS = 20.0

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None

# No service folders: a bus of ours starts nothing by itself; no stray portal or prompter joins a test.
BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionError(Exception):
    """A part of the session didn't start; the message names the program and its last words."""


@dataclass(frozen=True)
class Parts:
    """What the session has.

    Attributes:
        display: a virtual screen.
        tray: a window manager and a notification area on it.
        keyring: a Secret Service, unlocked.
        screen: size and depth of the screen.
    """

    display: bool = True
    tray: bool = True
    keyring: bool = True
    screen: str = "1280x800x24"

    def programs(self) -> list[str]:
        """Return the programs that the session starts."""
        names = ["dbus-daemon"]
        if self.display:
            names.append("Xvfb")
        if self.display and self.tray:
            names += ["openbox", "trayer"]
        if self.keyring:
            names.append("gnome-keyring-daemon")
        return names

    def names(self) -> str:
        """Return the value of `OTIMO_SESSION`."""
        given = {"display": self.display, "tray": self.display and self.tray, "keyring": self.keyring}
        return ",".join(name for name, there in given.items() if there)


class Session:
    """The processes of one session, started in order and stopped in reverse.

    Args:
        parts: what it shall have.
        base: the environment that it changes; the process's own if None.

    Attributes:
        env: the environment for the commands inside.
        folder: its temporary folder.
    """

    def __init__(self, parts: Parts | None = None, base: Mapping[str, str] | None = None) -> None:
        self.parts = parts or Parts()
        self.env = dict(os.environ if base is None else base)
        self._place = temporary.Folder("otimo-session-")
        self.folder = self._place.path
        self._cookie = secrets.token_bytes(16)
        self._started: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self) -> None:
        """Start everything.

        Raises:
            SessionError: a program is missing or didn't come up in time.
        """
        missing = [name for name in self.parts.programs() if shutil.which(name) is None]
        if missing:
            raise SessionError(f"These programs are not installed: {', '.join(missing)}.")
        self._private_folders()
        self._start_bus()
        if self.parts.display:
            self._start_screen()
            if self.parts.tray:
                self._start_tray()
        if self.parts.keyring:
            self._start_keyring()
        self.env[MARKER] = self.parts.names()

    def stop(self) -> None:
        """Stop everything that was started and remove the folder. It may be called twice."""
        while self._started:
            _, process = self._started.pop()
            _end(process)
        self._place.remove()

    def _private_folders(self) -> None:
        for variable, name in (
            ("HOME", "home"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ):
            path = self.folder / name
            path.mkdir(parents=True, mode=0o700, exist_ok=True)
            self.env[variable] = str(path)
        # What a killed command leaves goes away with the session. Servers that run as somebody else may pass through.
        self.folder.chmod(0o711)
        scratch = self.folder / "tmp"
        scratch.mkdir()
        scratch.chmod(0o1777)
        self.env["TMPDIR"] = str(scratch)
        for name in (
            "WAYLAND_DISPLAY",
            "DISPLAY",
            "XAUTHORITY",
            "DBUS_SESSION_BUS_ADDRESS",
            "GNOME_KEYRING_CONTROL",
        ):
            self.env.pop(name, None)
        self.env["XDG_CURRENT_DESKTOP"] = "openbox"
        self.env["XDG_SESSION_TYPE"] = "x11" if self.parts.display else "tty"
        # No bus for accessibility: nothing here would answer on it, and GTK programs wait for it.
        self.env["NO_AT_BRIDGE"] = "1"

    def _start_bus(self) -> None:
        socket = self.folder / "bus"
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket), encoding="utf-8")
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
        self._launch(command)
        self._until(socket.exists, "dbus-daemon")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"

    def _start_screen(self) -> None:
        authority = self.folder / "Xauthority"
        authority.write_bytes(x11.authority_entry(self._cookie))
        authority.chmod(0o600)
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", self.parts.screen, "-nolisten", "tcp"]
        command += ["-auth", str(authority), "-noreset", "-dpi", "96"]
        try:
            self._launch(command, pass_fds=(writer,))
        finally:
            os.close(writer)
        try:
            number = self._read_line(reader)
        finally:
            os.close(reader)
        self.env["DISPLAY"] = f":{number}"
        self.env["XAUTHORITY"] = str(authority)
        self.env["QT_QPA_PLATFORM"] = "xcb"

    def _start_tray(self) -> None:
        # In this order: a tray that is on the screen before the window manager may stay unmanaged.
        self._launch(["openbox", "--sm-disable"])
        self._until(lambda: self._owned("WM_S0"), "openbox")
        bar = ["trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "28"]
        self._launch([*bar, "--SetDockType", "true"])
        self._until(lambda: self._owned("_NET_SYSTEM_TRAY_S0"), "trayer")

    def _owned(self, selection: str) -> bool:
        with x11.Connection(int(self.env["DISPLAY"].removeprefix(":")), self._cookie) as connection:
            return connection.selection_owner(selection) != 0

    def _start_keyring(self) -> None:
        command = ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"]
        process = self._launch(command, stdin=subprocess.PIPE)
        if process.stdin is not None:
            process.stdin.write(b"throw-away")  # the daemon reads to the end; the keyring dies with the session
            process.stdin.close()
        ask = [
            "dbus-send",
            "--session",
            "--dest=org.freedesktop.DBus",
            "--print-reply",
            "/org/freedesktop/DBus",
        ]
        ask += ["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
        self._until(lambda: self._succeeds(ask, "boolean true"), "gnome-keyring-daemon")

    def _launch(
        self, command: Sequence[str], *, pass_fds: Sequence[int] = (), stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{Path(command[0]).name}.log").open("wb") as log:
            process = subprocess.Popen(
                command, env=self.env, stdin=stdin, stdout=log, stderr=log, pass_fds=tuple(pass_fds),
                start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip
        self._started.append((Path(command[0]).name, process))
        return process

    def _succeeds(self, command: Sequence[str], words: str = "") -> bool:
        result = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        return result.returncode == 0 and words in result.stdout

    def _until(self, ready: Callable[[], bool], name: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            ended = [n for n, process in self._started if n == name and process.poll() is not None]
            if ended or time.monotonic() > deadline:
                what = "ended at once" if ended else f"was not ready within {START_SECONDS:.0f} seconds"
                raise SessionError(f"{name} {what}.{self._last_words(name)}")
            time.sleep(0.02)

    def _read_line(self, reader: int) -> str:
        deadline = time.monotonic() + START_SECONDS
        text = b""
        while not text.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([reader], [], [], left)[0]:
                raise SessionError(f"Xvfb was not ready within {START_SECONDS:.0f} seconds.{self._last_words('Xvfb')}")
            chunk = os.read(reader, 64)
            if not chunk:
                raise SessionError(f"Xvfb ended at once.{self._last_words('Xvfb')}")
            text += chunk
        return text.decode("ascii").strip()

    def _last_words(self, name: str) -> str:
        with contextlib.suppress(OSError):
            lines = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
            if lines:
                return " It said: " + " / ".join(lines[-3:])
        return ""


def _end_with_parent() -> None:
    """Run in a new process: it gets a SIGTERM when the one that started it is killed and can't tidy up."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(process: subprocess.Popen[bytes], grace: float = 3.0) -> None:
    """Stop a process and its whole group, first asking."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            continue
        break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # what the leader left behind


@contextlib.contextmanager
def session(parts: Parts | None = None, base: Mapping[str, str] | None = None) -> Generator[dict[str, str]]:
    """Give the environment of a running session; stop it afterwards, also when this process gets a SIGTERM.

    Raises:
        SessionError: it didn't come up.
    """
    private = Session(parts, base)

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        private.start()
        yield private.env
    finally:
        private.stop()
        signal.signal(signal.SIGTERM, before)


def run(command: Sequence[str], parts: Parts | None = None, base: Mapping[str, str] | None = None) -> int:
    """Run `command` inside a session of its own and return its exit code."""
    with session(parts, base) as env:
        process = subprocess.Popen(command, env=env, preexec_fn=_end_with_parent)
        try:
            return process.wait()
        except BaseException as error:
            if not isinstance(error, KeyboardInterrupt):  # Ctrl-C has reached the command as well
                process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
            raise


def main(arguments: Sequence[str]) -> int:
    """Run the command line."""
    if not arguments:
        sys.stderr.write("usage: python3 -m installer.session COMMAND [ARGUMENT…]\n")
        return 2
    try:
        return run(arguments)
    except SessionError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
