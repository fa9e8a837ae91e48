"""Where the service itself lives, and how a profile's commands find the service that runs it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from otimo_tray.desktop import atomic
from otimo_tray.desktop.paths import ProfilePaths

_INSIDE: Final = ".service"
_POINTER: Final = "service.at"


def service_paths(parent: Path) -> ProfilePaths:
    """The service's own folder in the folder of profiles: its lock, its socket, its logs."""
    return ProfilePaths(parent.expanduser().absolute() / _INSIDE)


def point_to(service: ProfilePaths, profile: ProfilePaths) -> None:
    """Notes in a profile that the service answers its commands. The caller holds the profile's lock. Raises OSError."""
    profile.ipc_key.unlink(missing_ok=True)  # left by an engine that died: we hold the lock
    atomic.write(profile.folder / _POINTER, str(service.folder).encode())


def unpoint(profile: ProfilePaths) -> None:
    """Takes the note away."""
    with contextlib.suppress(OSError):
        (profile.folder / _POINTER).unlink(missing_ok=True)


def pointed(profile: ProfilePaths) -> ProfilePaths | None:
    """The service that runs a profile, if one does."""
    if profile.ipc_key.exists():
        return None
    try:
        text = (profile.folder / _POINTER).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return ProfilePaths(Path(text)) if text else None
