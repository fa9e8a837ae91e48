"""Secrets of a service, which has no keyring: systemd's credentials, read-only; what the hub gives stays in memory.

systemd lays each `LoadCredentialEncrypted=NAME:FILE` decrypted into a folder of memory that only this service sees
(`CREDENTIALS_DIRECTORY`). Ours are called `<profile>.<secret>`, e.g. `loja-centro.hub.client_id`; the profile is its
folder's name or the id in its `profile.id`. Never used by the desktop.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from otimo_tray.errors import KeyringAway

VARIABLE: Final = "CREDENTIALS_DIRECTORY"
_LARGEST: Final = 64 * 1024
_NAME: Final = re.compile(r"[a-z0-9_.]{1,60}")
_IN_MEMORY: Final = frozenset({"hub.token", "hub.address"})
"""Written by the program itself; everything else a person changes in systemd."""


class ServiceSecrets:
    """Implements `ports.Secrets` over a folder of credentials. What is set lives as long as the process."""

    def __init__(self, folder: Path, profiles: Sequence[str]) -> None:
        """`profiles`: the names the profile goes by; the first that has a file wins."""
        self._folder = folder
        self._profiles = [one for one in profiles if one and "/" not in one]
        self._lock = threading.Lock()
        self._memory: dict[str, str] = {}

    def fits(self) -> bool:
        """Whether there is any credential of this profile."""
        try:
            names = [one.name for one in self._folder.iterdir()]
        except OSError:
            return False
        return any(name.startswith(f"{profile}.") for profile in self._profiles for name in names)

    def get(self, name: str) -> str | None:
        """Raises KeyringAway when a credential is there and can't be read."""
        with self._lock:
            if name in self._memory:
                return self._memory[name]
        if not _NAME.fullmatch(name):
            return None
        for profile in self._profiles:
            try:
                with (self._folder / f"{profile}.{name}").open("rb") as file:
                    return file.read(_LARGEST).decode("utf-8").rstrip("\r\n") or None
            except FileNotFoundError:
                continue
            except (OSError, UnicodeDecodeError) as error:
                raise KeyringAway(reason=type(error).__name__) from None
        return None

    def set(self, name: str, value: str) -> None:
        """Keeps it in memory. Raises KeyringAway for a secret that only systemd may change."""
        if name not in _IN_MEMORY:
            raise KeyringAway(reason="read-only")
        with self._lock:
            self._memory[name] = value

    def delete(self, name: str) -> None:
        with self._lock:
            self._memory.pop(name, None)


def credentials_of(
    environment: Mapping[str, str], profiles: Sequence[str], *, demanded: bool = False
) -> ServiceSecrets | None:
    """The service's secrets for a profile; None when it is to use the keyring.

    `demanded` (`--service-credentials`): never the keyring, also when there is no credential of this profile yet.
    """
    folder = environment.get(VARIABLE, "")
    if not folder:
        return ServiceSecrets(Path("/nonexistent"), profiles) if demanded else None
    found = ServiceSecrets(Path(folder), profiles)
    return found if demanded or found.fits() else None
