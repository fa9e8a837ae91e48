"""Fixtures of the real surroundings: a profile's folder, a real Secret Service, a real desktop."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import keyring
import keyring.backend
import pytest

from tests.support import surroundings

_SURROUNDINGS = {
    "real_window": ("display", "a real X server"),
    "tray_host": ("tray", "a desktop with a notification area"),
}


@pytest.fixture(autouse=True)
def surroundings_of_the_marker(request: pytest.FixtureRequest) -> None:
    """Turn a test away where what its marker asks for is missing."""
    for name, (part, words) in _SURROUNDINGS.items():
        if request.node.get_closest_marker(name) is not None and not surroundings.has(part):
            surroundings.turn_away(f"it needs {words}; `python3 installer/dev.py test` gives one")


@pytest.fixture
def profile_dir(tmp_path: Path) -> Path:
    """An empty folder for a profile, with a space and accents in its name, as shops have them."""
    path = tmp_path / "Loja do João" / "perfil"
    path.mkdir(parents=True)
    return path


@dataclass(frozen=True)
class PrivateKeyring:
    """A real keyring that holds nothing but this test's secrets.

    Attributes:
        backend: the backend that `keyring` uses during the test.
        service: a service name that no other test uses.
    """

    backend: keyring.backend.KeyringBackend
    service: str


@pytest.fixture
def private_keyring() -> Generator[PrivateKeyring]:
    """The operating system's own keyring, emptied afterwards; on Linux a Secret Service of the run's own."""
    if not surroundings.has("keyring"):
        surroundings.turn_away("it needs a Secret Service of its own; `python3 installer/dev.py test` gives one")
    backend = _backend()
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield PrivateKeyring(backend, f"otimo-tray-test-{uuid.uuid4().hex}")
    finally:
        keyring.set_keyring(before)
        if sys.platform != "win32":
            _empty()


def _backend() -> keyring.backend.KeyringBackend:
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    from keyring.backends.SecretService import Keyring

    return Keyring()


def _empty() -> None:
    """Delete every secret of the session's own Secret Service."""
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        for collection in secretstorage.get_all_collections(connection):
            if not collection.is_locked():
                for item in list(collection.get_all_items()):
                    item.delete()
    finally:
        connection.close()
