"""A Windows of its own for tests: one Wine prefix on one virtual screen, and how to run, click and look in it."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.say import SetupError
from installer.windows import native, tree

#: What the driver needs on the machine, besides Wine's tree.
PACKAGES = ("xvfb", "xauth", "xdotool", "imagemagick", "dbus", *tree.PACKAGES)
_BOOT_S = 180
SCREEN = (1920, 1080)
"""Width and height of the prefix's desktop in pixels: a common PC's, and large enough for a window of a small one's
size with Windows' frame around it, which the tests of the windows need."""
PROBE = r"C:\probe.exe"
"""What looks at programs from inside (probe.c)."""


@dataclass(frozen=True)
class Ran:
    """A command that ended: exit code and what it wrote, as UTF-8."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Window:
    """A window on the prefix's screen: its place in pixels, its class and its title."""

    left: int
    top: int
    right: int
    bottom: int
    kind: str
    title: str


class Wine:
    """One prefix.

    Args:
        home: the folder that holds everything of it; it and what lies in it is seen as `Z:` inside.
        display: the environment with DISPLAY and XAUTHORITY.
        shared: further folders that are seen inside.
    """

    def __init__(self, home: Path, display: Mapping[str, str], shared: Sequence[Path] = ()) -> None:
        self.home = home
        self.prefix = home / "prefix"
        self._tree = tree.ensure()
        self._display = display
        self._shared = [home, *shared]
        self.heard = home / "heard.raw"
        """The sound that was played last, as the sound card got it: 16 bits, little endian."""

    def boot(self) -> None:
        """Make the prefix and put the test's stub of icuuc.dll into it.

        Raises:
            SetupError: Wine doesn't come up.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        card = f'type file\nslave.pcm "null"\nfile "{self.heard}"\nformat "raw"\n'
        (self.home / ".asoundrc").write_text(f"pcm.!default {{\n{card}}}\n", encoding="utf-8")
        ran = self.run(["wineboot", "-u"], seconds=_BOOT_S)
        self.run(["wineserver", "-w"], seconds=_BOOT_S)
        system32 = self.prefix / "drive_c" / "windows" / "system32"
        if ran.code != 0 or not system32.is_dir():
            raise SetupError(f"Wine does not come up: {ran.err[-400:]}")
        # A desktop named `shell` has a taskbar and a notification area.
        size = "{}x{}".format(*SCREEN)
        explorer = r"HKCU\Software\Wine\Explorer"
        self.exe("reg", "add", explorer, "/v", "Desktop", "/d", "shell", "/f")
        self.exe("reg", "add", rf"{explorer}\Desktops", "/v", "shell", "/d", size, "/f")
        # It stays up for the whole test; else each first program would start it as its own child.
        self.start("explorer", f"/desktop=shell,{size}")
        source = Path(__file__).with_name("icuuc_stub.c")
        native.tool(["gcc", "-shared", "-O1", "-s", str(source), "-o", str(system32 / "icuuc.dll")], self.home)
        probe = source.with_name("probe.c")
        target = self.prefix / "drive_c" / "probe.exe"
        native.tool(["gcc", "-municode", "-O1", "-s", "-Wall", "-Werror", str(probe), "-o", str(target)], self.home)

    def _command(self, words: Sequence[str]) -> list[str]:
        env = {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            # Nothing here needs .NET or a browser; without this Wine asks to download them.
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "DISPLAY": self._display.get("DISPLAY", ""),
            "XAUTHORITY": self._display.get("XAUTHORITY", ""),
            "HOME": str(self.home),
        }
        return tree.command(self._tree, words, self._shared, env)

    def run(
        self,
        words: Sequence[str],
        *,
        stdin: str = "",
        seconds: float = 120,
        folder: Path | None = None,
        beside: str = "",
    ) -> Ran:
        """Run a command of the tree, in `folder` if given, and wait for it.

        `beside` is a name of its own for one that runs while others do.

        Raises:
            SetupError: it didn't end in time.
        """
        # Files, not pipes: Wine's services inherit pipes and keep them open after the command has ended.
        out, err, fed = (self.home / f"{beside}{name}.txt" for name in ("out", "err", "in"))
        fed.write_text(stdin, encoding="utf-8")
        with out.open("wb") as output, err.open("wb") as errors, fed.open("rb") as given:
            try:
                inner = ["env", "-C", str(folder), *words] if folder else words
                code = subprocess.run(
                    self._command(inner), stdin=given, stdout=output, stderr=errors, timeout=seconds, check=False
                ).returncode
            except subprocess.TimeoutExpired as error:
                said = err.read_text(encoding="utf-8", errors="replace")[-400:]
                raise SetupError(f"{words[:3]} did not end within {seconds:.0f} s. {said}") from error
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        return Ran(code, *texts)

    def exe(
        self, program: str, *words: str, stdin: str = "", seconds: float = 120, folder: Path | None = None
    ) -> Ran:
        """Run a Windows program by its Windows path, in `folder` if given, and wait for it."""
        return self.run(["wine", program, *words], stdin=stdin, seconds=seconds, folder=folder)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a Windows program and don't wait."""
        log = (self.home / "started.txt").open("ab")
        with log:
            return subprocess.Popen(self._command(["wine", *words]), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def end(self) -> None:
        """End every program of this prefix, and no other."""
        with contextlib.suppress(SetupError):
            self.run(["wineserver", "-k"], seconds=30)
            self.run(["wineserver", "-w"], seconds=30)

    def c_drive(self, windows_path: str) -> Path:
        r"""The file of a path like `C:\users\…`."""
        assert windows_path.lower().startswith("c:\\")
        return self.prefix / "drive_c" / windows_path[3:].replace("\\", "/")

    def value(self, key: str, name: str) -> str | None:
        """A registry value as text; None when there is none."""
        for line in self.exe("reg", "query", key, "/v", name).out.splitlines():
            words = line.strip().split("    ", 2)
            if len(words) == 3 and words[0] == name:
                return words[2]
        return None

    def exported(self, key: str) -> str:
        """A registry key and all below it as text, with every character (`reg query` writes in an old code page)."""
        file = self.home / "exported.reg"
        self.exe("reg", "export", key, "Z:" + str(file).replace("/", "\\"), "/y")
        return file.read_bytes().decode("utf-16") if file.exists() else ""

    def has_key(self, key: str) -> bool:
        """Whether a registry key is there."""
        return self.exe("reg", "query", key).code == 0

    # ------------------------------------------------------------------------------------- screen

    def tool(self, *words: str) -> str:
        """Run one of this machine's X tools on the prefix's screen."""
        done = subprocess.run(words, env=dict(self._display), capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def photograph(self, target: Path) -> None:
        """Take a picture of the whole screen as PNG."""
        target.parent.mkdir(parents=True, exist_ok=True)
        self.tool("import", "-window", "root", str(target))

    def windows(self, program: str) -> list[Window]:
        """The visible top windows of a program such as `OtimoTray.exe`."""
        found: list[Window] = []
        for line in self.exe(PROBE, "windows", program).out.splitlines():
            left, top, right, bottom, rest = line.split(" ", 4)
            kind, _, title = rest.partition("|")
            found.append(Window(int(left), int(top), int(right), int(bottom), kind, title))
        return found

    def colours(self, window: Window) -> int:
        """How many colours a window's place on the screen has."""
        width, height = window.right - window.left, window.bottom - window.top
        crop = f"{width}x{height}+{window.left}+{window.top}"
        words = ["import", "-window", "root", "-crop", crop, "-format", "%k", "info:-"]
        found = self.tool(*words)
        return int(found) if found.isdigit() else 0

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move the mouse there and press a button."""
        # --sync waits until the pointer is there.
        self.tool("xdotool", "mousemove", "--sync", str(x), str(y))
        self.tool("xdotool", "click", str(button))

    def keys(self, *names: str) -> None:
        """Press keys by their X names."""
        self.tool("xdotool", "key", "--delay", "40", *names)

    def write(self, text: str) -> None:
        """Type a text into what has the keyboard."""
        self.tool("xdotool", "type", "--delay", "40", text)

    def type(self, text: str) -> None:
        """Type a text into what has the keyboard, and Enter."""
        self.write(text)
        self.keys("Return")

    def settled(self, target: Path, seconds: float = 15) -> None:
        """Take a picture as soon as the screen shows what it showed a moment ago; a text cursor may blink meanwhile.

        Raises:
            SetupError: the screen doesn't come to rest.
        """
        before: deque[bytes] = deque(maxlen=3)

        def rests() -> bool:
            now = self._pixels()
            seen = now in before
            before.append(now)
            return seen

        until(rests, "the screen rests", seconds, every=0.4)
        self.photograph(target)

    def _pixels(self) -> bytes:
        words = ["import", "-window", "root", "-depth", "8", "rgb:-"]
        return hashlib.sha256(
            subprocess.run(words, env=dict(self._display), capture_output=True, check=False).stdout
        ).digest()


def until(ready: Callable[[], bool], what: str, seconds: float = 60, *, every: float = 0.25) -> None:
    """Wait until `ready()`.

    Raises:
        SetupError: it didn't become so in time.
    """
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise SetupError(f"{what}: not within {seconds:.0f} s")
        time.sleep(every)
