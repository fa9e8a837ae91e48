"""Who works at this PC, and what it is called: for the book of who did what."""

from __future__ import annotations

import getpass
import platform

from otimo_tray.domain.desks import Author
from otimo_tray.domain.settings import StateSettings


def person() -> str:
    """The name of the session on this PC; empty where there is none (a service)."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def desk_name(settings: StateSettings) -> str:
    """What the shop calls this PC, else what the system calls it."""
    return settings.desk.strip() or platform.node()


def author(settings: StateSettings) -> Author:
    """Both together."""
    return Author(person(), desk_name(settings))
