"""A tree of the next Debian release with Wine in it, made once in the user's cache and run through bubblewrap.

Debian 12's own Wine cannot run Qt 6.11; the one of the release after it can. Nothing of the machine is changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer import system
from installer.environment import exclusive
from installer.say import SetupError, say
from installer.windows import layout

SUITE = "trixie"
CONTENT = (
    "wine", "wine64", "ca-certificates", "fonts-wine", "fonts-dejavu-core", "fonts-noto-core",
    "libgl1", "libegl1", "libvulkan1", "python3-minimal",
)  # fmt: skip
PACKAGES = ("mmdebstrap", "bubblewrap", "ca-certificates")
#: Windows knows this name without asking anybody, the newer protocol's address first; a bare tree doesn't.
HOSTS = "::1 localhost\n127.0.0.1 localhost\n"
_MAKING_S = 1200
_TMP = "/tmp"  # noqa: S108 - shared on purpose: the sockets of the X server and of the tests are there


def folder() -> Path:
    """Where the tree of this content is kept."""
    digest = hashlib.sha256(" ".join((SUITE, *CONTENT)).encode()).hexdigest()[:12]
    return layout.cache_folder() / f"{SUITE}-{digest}"


def mirror() -> str:
    """The Debian mirror that this machine's apt is set to use.

    Raises:
        SetupError: apt names none.
    """
    form = "$(LABEL)\t$(REPO_URI)"
    command = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError as error:
        raise SetupError("The Wine tree needs a Debian system with apt.") from error
    for line in answer.splitlines():
        label, _, address = line.partition("\t")
        if label == "Debian" and address:
            return address
    raise SetupError("apt names no Debian mirror here.", "apt-get update")


def ensure() -> Path:
    """Return the tree's folder; the first time make it (about a minute, 1.4 GB).

    Raises:
        SetupError: it can't be made here.
    """
    target = folder()
    if not target.is_dir():  # it gets its name when it is whole
        system.ensure_packages(PACKAGES)
        with exclusive(target.with_suffix(".lock")):
            if not target.is_dir():
                _make(target)
    know_localhost(target)
    return target


def _make(target: Path) -> None:
    say(f"making the Wine tree in {target} (about a minute)")
    part = target.with_suffix(".part")
    _remove(part)
    command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(CONTENT)}"]
    command += ["--aptopt=APT::Install-Recommends false", SUITE, str(part), mirror()]
    try:
        result = subprocess.run(command, check=False, timeout=_MAKING_S, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(f"The Wine tree could not be made: {error}") from error
    if result.returncode != 0:
        _remove(part)
        raise SetupError("The Wine tree could not be made: mmdebstrap failed, the lines above say why.")
    part.rename(target)


def know_localhost(tree: Path) -> None:
    """Let programs of a tree, also of one made earlier, find this machine by its name."""
    file = tree / "etc" / "hosts"
    if not file.exists() or file.read_text(encoding="utf-8") != HOSTS:
        part = file.with_name(f"hosts.{os.getpid()}")
        part.write_text(HOSTS, encoding="utf-8")
        part.replace(file)


def _remove(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path, ignore_errors=True)


def command(
    tree: Path, inner: Sequence[str], shared: Sequence[Path] = (), env: Mapping[str, str] | None = None
) -> list[str]:
    """Return the command that runs `inner` inside the tree.

    Args:
        tree: the tree's folder.
        inner: a command of the tree.
        shared: folders that are the same inside, writable.
        env: the whole environment inside, besides PATH, HOME and LANG.
    """
    words = ["bwrap", "--bind", str(tree), "/", "--dev", "/dev", "--proc", "/proc", "--bind", _TMP, _TMP]
    for path in shared:
        words += ["--bind", str(path), str(path)]
    words += ["--clearenv", "--die-with-parent"]
    given = {"PATH": "/usr/bin:/bin", "HOME": _TMP, "LANG": "C.UTF-8", **(env or {})}
    for name, value in given.items():
        words += ["--setenv", name, value]
    return [*words, *inner]
