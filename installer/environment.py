"""The virtual environment of a checkout: made once, checked by a stamp, repaired when half made or moved."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

from installer import system
from installer.say import SetupError, say, typed

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.txt"
RUNTIME_LOCK = ROOT / "installer" / "requirements-runtime.txt"


class Environment:
    """The virtual environment of one checkout.

    Args:
        root: the checkout.
        python: the Python that makes it.

    Attributes:
        home: its folder, `.venv` in the checkout.
        stamp: the file that says which lock, project file, Python and folder it was finished for.
        unfinished: the file that is there while packages go in. A set-up that finds it was killed half-way, and
            pip can't tell a half-installed package from a whole one.
    """

    def __init__(self, root: Path = ROOT, python: str = sys.executable) -> None:
        self.root = root
        self.creator = python
        self.home = root / ".venv"
        self.stamp = self.home / "otimo-stamp"
        self.unfinished = self.home / "otimo-unfinished"
        self.lock = root / "installer" / "requirements.txt"

    @property
    def scripts(self) -> Path:
        """The folder of its commands."""
        return self.home / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.scripts / ("python.exe" if sys.platform == "win32" else "python")

    def command(self, name: str) -> Path:
        """Return the path of one of its commands, such as `ruff`."""
        return self.scripts / (f"{name}.exe" if sys.platform == "win32" else name)

    def fingerprint(self) -> str:
        """Return what the stamp must hold for the environment to be taken as it is."""
        digest = hashlib.sha256()
        for part in (self.lock.read_bytes(), (self.root / "pyproject.toml").read_bytes()):
            digest.update(hashlib.sha256(part).digest())
        digest.update(f"{sys.version_info[:2]} {sys.platform} {self.home}".encode())
        return digest.hexdigest()

    def is_ready(self) -> bool:
        """Tell whether the stamp fits and its Python is still there."""
        try:
            return self.stamp.read_text(encoding="ascii").strip() == self.fingerprint() and self.python.exists()
        except (OSError, UnicodeDecodeError):
            return False

    def works(self) -> bool:
        """Tell whether its Python starts, has pip and the version at hand, and was made for this folder."""
        code = "import sys, pip; print(sys.version_info[:2], sys.prefix)"
        try:
            result = subprocess.run(
                [str(self.python), "-I", "-c", code], capture_output=True, text=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if result.returncode != 0 or not result.stdout.startswith(str(sys.version_info[:2])):
            return False
        # A copied or moved environment starts, but its commands still name the old folder.
        activate = self.scripts / ("activate.bat" if sys.platform == "win32" else "activate")
        try:
            return str(self.home) in activate.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False

    def ensure(self) -> float:
        """Bring the environment up to the lock and return the seconds it took.

        Raises:
            SetupError: with a sentence and, where there is one, the command to type.
        """
        started = time.monotonic()
        if self.is_ready():
            return time.monotonic() - started
        with exclusive(self.root / ".venv.lock"):
            if not self.is_ready():  # somebody else may have finished it meanwhile
                self._build()
        return time.monotonic() - started

    def _build(self) -> None:
        self.stamp.unlink(missing_ok=True)
        if self.unfinished.exists() or not self.works():
            self._create()
        self.unfinished.touch()
        say("installing the dependencies of the lock (hashes checked)")
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        # The lock is complete: resolving again could only disagree with it.
        self._run(
            [*pip, "--require-hashes", "--no-deps", "-r", str(self.lock)],
            "The dependencies could not be installed.",
        )
        local = [*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(self.root)]
        self._run(local, "The project could not be installed into its environment.")
        self.unfinished.unlink()
        part = self.stamp.with_suffix(".part")
        part.write_text(self.fingerprint() + "\n", encoding="ascii")
        part.replace(self.stamp)

    def _create(self) -> None:
        ensure_venv_module(self.creator)
        if self.home.exists():
            say("the virtual environment is half made, moved, or of another Python: making it anew")
            try:
                shutil.rmtree(self.home)
            except OSError as error:
                raise SetupError(
                    f"{error.filename} can't be removed ({error.strerror}): close what still runs from {self.home}."
                ) from error
        else:
            say("making the virtual environment .venv")
        self._run([self.creator, "-m", "venv", str(self.home)], "The virtual environment could not be made.")

    def _run(self, command: list[str], failure: str) -> None:
        result = subprocess.run(command, check=False, cwd=self.root, stdout=sys.stderr)
        if result.returncode != 0:
            self.unfinished.unlink(missing_ok=True)  # pip has taken back what it began
            raise SetupError(f"{failure} The lines above say why; this was the command.", typed(command))


def ensure_venv_module(python: str) -> None:
    """Make sure that `python -m venv` can work: Debian keeps ensurepip in a package of its own.

    Raises:
        SetupError: it is missing and can't be installed.
    """
    probe = [python, "-c", "import ensurepip, venv"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return
    if system.is_debian():
        system.ensure_packages([f"python3.{sys.version_info.minor}-venv"])
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return
    raise SetupError(f"This Python ({python}) has no ensurepip, so it can't make a virtual environment.")


@contextlib.contextmanager
def exclusive(path: Path) -> Generator[None]:
    """Hold an OS lock on `path`, so that two set-ups at once don't write into one environment."""
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    handle.seek(0)
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds; a set-up takes longer
                    say("another set-up is at work in this checkout: waiting")
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("another set-up is at work in this checkout: waiting")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def clean_env() -> dict[str, str]:
    """Return the process's environment without what would bend the environment's Python."""
    dropped = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in dropped}
