"""System packages on Debian and its relatives: which are missing, and how they get installed or asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from installer.say import SetupError, say, typed

#: What Qt's wheels load and Debian's minimal system lacks: first for any use, then for real windows.
QT = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "fonts-dejavu-core",
)
XCB = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
)
#: A real Secret Service on a private bus.
KEYRING = ("gnome-keyring", "dbus")
#: A private screen with a window manager, a notification area, and tools that look and click.
DESKTOP = ("xvfb", "openbox", "trayer", "xdotool", "imagemagick", "xauth", "dbus-x11")
#: Real servers for the database connector's tests, which start their own: the packages' services are not used.
DATABASES = ("firebird3.0-server", "postgresql", "mariadb-server")

Run = Callable[..., subprocess.CompletedProcess[str]]


def is_debian(os_release: Path = Path("/etc/os-release")) -> bool:
    """Tell whether this is Debian or a relative that has dpkg and apt-get."""
    if not sys.platform.startswith("linux") or shutil.which("dpkg-query") is None:
        return False
    try:
        text = os_release.read_text(encoding="utf-8")
    except OSError:
        return shutil.which("apt-get") is not None
    return any("debian" in line.split("=", 1)[1] for line in text.splitlines() if line.startswith(("ID=", "ID_LIKE=")))


def installed_packages(run: Run = subprocess.run) -> set[str]:
    """Return the names of all installed packages and of what they provide; that covers renamed ones."""
    form = "${db:Status-Abbrev}\t${Package}\t${Provides}\n"
    result = run(["dpkg-query", "-W", "-f", form], capture_output=True, text=True, check=False)
    names: set[str] = set()
    for line in result.stdout.splitlines():
        status, _, rest = line.partition("\t")
        if not status.startswith("ii"):
            continue
        package, _, provides = rest.partition("\t")
        names.add(package)
        names.update(entry.split()[0].split(":")[0] for entry in provides.split(",") if entry.strip())
    return names


def missing_packages(wanted: Iterable[str], run: Run = subprocess.run) -> list[str]:
    """Return those of `wanted` that aren't installed, in their order."""
    have = installed_packages(run)
    return [name for name in wanted if name not in have]


def apt_command(packages: Sequence[str]) -> list[str]:
    """Return the apt-get command that installs `packages`, as a person would type it."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def elevation() -> list[str] | None:
    """Return the words before a command that needs root: none for root, else `sudo`; None if neither."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    if subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    # A person at a terminal can type the password; a job can't.
    return [sudo] if sys.stdin is not None and sys.stdin.isatty() else None


def ensure_packages(
    wanted: Iterable[str], *, run: Run = subprocess.run, elevate: Callable[[], list[str] | None] = elevation
) -> list[str]:
    """Install what is missing of `wanted`; on a system without apt do nothing.

    Returns:
        The packages that were installed now.

    Raises:
        SetupError: nobody here may install packages, or apt-get failed; it carries the command to type.
    """
    if not is_debian():
        return []
    missing = missing_packages(wanted, run)
    if not missing:
        return []
    before = elevate()
    by_hand = typed(["sudo", *apt_command(missing)]) if before != [] else typed(apt_command(missing))
    if before is None:
        raise SetupError(
            f"System packages are missing ({', '.join(missing)}), and installing them needs root or sudo.",
            by_hand,
        )
    say(f"installing system packages: {' '.join(missing)}")
    # RUNLEVEL=1: what comes with a service doesn't start it; whoever tests here hasn't asked for one.
    quiet_set_up = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    env = {**os.environ, **quiet_set_up}
    if before:
        before = [*before, "env", *(f"{name}={value}" for name, value in quiet_set_up.items())]
    # Old lists name files that the mirror no longer has; one update costs seconds.
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    update = run([*before, "apt-get", *quiet, "update"], env=env, text=True, check=False, stdout=sys.stderr)
    install = [*before, "apt-get", *quiet, *apt_command(missing)[1:]]
    if run(install, env=env, text=True, check=False, stdout=sys.stderr).returncode != 0:
        why = "the package lists could not be read" if update.returncode != 0 else "apt-get failed (see above)"
        raise SetupError(f"System packages could not be installed: {why}.", by_hand)
    return missing
