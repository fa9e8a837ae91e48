"""What the steps of `dev.py windows-test` share: the prefix, the installers, the simulator, and how to look at them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from installer.environment import ROOT, clean_env
from installer.windows import payload
from installer.windows.wine import PROBE, Window, Wine, until

LOCAL = r"C:\users\{user}\AppData\Local"
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\OtimoTray"
TRAY = "OtimoTray.exe"
CERTIFICATE = ROOT / "build" / "windows-certificate" / "test.pem"
NEXT = "0.0.2"
BROKEN = "0.0.3"
COLOURS = 40
"""A window that is drawn has at least so many; an empty one has a handful."""


class StepFailed(Exception):
    """What a step expected and didn't find."""


def expect(condition: object, what: str) -> None:
    """Raise StepFailed with `what` unless the condition holds."""
    if not condition:
        raise StepFailed(what)


class Trial:
    """One run of all steps in one prefix.

    Args:
        wine: a booted prefix.
        setups: the installers by name: `real`, `next`, `broken`; `portable` is the ZIP.
        pictures: where screenshots go.
        python: the checkout's Python, for the simulator.
    """

    def __init__(self, wine: Wine, setups: dict[str, Path], pictures: Path, python: Path) -> None:
        self.wine = wine
        self.setups = setups
        self.pictures = pictures
        self.python = python
        self.simulator: subprocess.Popen[str] | None = None
        self.line = ""
        self.hub = ""
        user = next(path.name for path in (wine.prefix / "drive_c" / "users").iterdir() if path.name != "Public")
        self.local = LOCAL.format(user=user)
        self.folder = rf"{self.local}\Programs\OtimoTray"
        roaming = wine.prefix / "drive_c" / "users" / user / "AppData" / "Roaming"
        self.shortcut = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Ótimo Tray.lnk"
        self.exchange = wine.home / "troca"

    # ------------------------------------------------------------------------------------ programs

    def setup(self, which: str, *words: str, code: int = 0) -> None:
        """Run an installer in silence and expect its exit code."""
        path = "Z:" + str(self.setups[which]).replace("/", "\\")
        ran = self.wine.exe(path, "/S", *words, seconds=300)
        said = [file.read_bytes().decode("utf-16", "replace") for file in self.reports()]
        expect(ran.code == code, f"{path} ended with {ran.code} instead of {code}: {said}")

    def reports(self) -> list[Path]:
        """What the program told the installer to be wrong."""
        return sorted((self.wine.prefix / "drive_c" / "users").rglob("OtimoTray-*.txt"))

    def cli(self, *words: str, stdin: str = "", code: int | None = 0) -> dict[str, Any]:
        """Run the installed command with --json and return its object."""
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", *words, "--json", stdin=stdin, seconds=180)
        expect(code is None or ran.code == code, f"{words} ended with {ran.code}: {ran.out[-600:]} {ran.err[-600:]}")
        try:
            return json.loads(ran.out)
        except ValueError as error:
            raise StepFailed(f"{words} wrote no JSON: {ran.out[-300:]!r} {ran.err[-600:]}") from error

    def is_running(self) -> bool:
        """Whether the tray program runs."""
        return TRAY in self.wine.exe("tasklist").out

    def answers(self) -> bool:
        """Whether the tray program runs and answers commands."""
        return self.cli("status", code=None).get("running") is True

    def quit(self) -> None:
        """Ask the program to end, as the installer does."""
        ran = self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--quit-from", self.folder, "30", seconds=60)
        expect(ran.code == 0, f"the program did not end within 30 s ({ran.code})")

    def hold(self, file: str) -> None:
        """Let the probe hold a file open until it is killed; back as soon as it does."""
        log = self.wine.home / "started.txt"
        log.unlink(missing_ok=True)
        self.wine.start(PROBE, "hold", file, "900")
        until(lambda: log.exists() and b"held" in log.read_bytes(), f"the probe holds {file}", 60)

    def version(self) -> str:
        """The version that the installed command tells."""
        return self.wine.exe(rf"{self.folder}\otimo-tray.exe", "--version").out.strip()

    def installed(self) -> list[str]:
        """The installed files."""
        return [name for name, _ in payload.files_below(self.wine.c_drive(self.folder))]

    def nothing_left_behind(self) -> None:
        """No half of an exchange is left in the program's folder."""
        left = [name for name in self.installed() if name.startswith(("new/", "old/"))]
        expect(not left, f"left behind: {left[:5]}")

    # -------------------------------------------------------------------------------------- screen

    def window(self, title: str, seconds: float = 60) -> Window:
        """Wait for the tray program's window whose title holds `title`, and for its content to be drawn."""
        found: list[Window] = []

        def there() -> bool:
            found[:] = [one for one in self.wine.windows(TRAY) if title in one.title]
            return bool(found)

        until(there, f"a window {title!r}", seconds)
        until(lambda: self.wine.colours(found[0]) >= COLOURS, f"the window {title!r} is drawn", 20)
        return found[0]

    def show(self, name: str) -> None:
        """Take a picture of the screen at rest."""
        self.wine.settled(self.pictures / f"{name}.png")

    # ----------------------------------------------------------------------------------- the hub

    def start_simulator(self, products: int, orders: int) -> None:
        """Start a Plugg.to on loopback, with Linux's Python: another program than the one under test."""
        data = self.wine.home / "hub.db"
        command = [str(self.python), "-m", "otimo_tray", "simulator", "--data", str(data), "--seed", "7"]
        command += ["--products", str(products), "--orders", str(orders)]
        self.simulator = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**clean_env(), "PYTHONPATH": str(ROOT)}, cwd=ROOT
        )
        assert self.simulator.stdout is not None
        self.line = self.simulator.stdout.readline()
        self.hub = json.loads(self.line)["address"]

    def at_hub(self, what: str) -> list[dict[str, Any]]:
        """The simulator's `skus` or `orders`."""
        code = "import sys,urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())"
        command = [str(self.python), "-I", "-c", code, f"{self.hub}/_sim/{what}?limit=5000"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return json.loads(done.stdout)[what]

    def close(self) -> None:
        """End what the steps started."""
        if self.simulator is not None:
            self.simulator.terminate()
            self.simulator.wait(20)
            if self.simulator.stdout is not None:
                self.simulator.stdout.close()
            self.simulator = None
