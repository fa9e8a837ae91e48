"""keyring's Secret Service backend, with its connection closed also when the keyring stays locked.

The library leaves it open then, and we ask again and again while a person is away from a locked keyring.
"""

from __future__ import annotations

from typing import Any

import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringLocked


class ClosingKeyring(Keyring):
    """The Secret Service's default collection."""

    def get_preferred_collection(self) -> Any:
        """The default collection, unlocked; its connection is the caller's to close.

        Raises:
            KeyringLocked: the person dismissed the prompt, or there is nobody to ask.
        """
        bus = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(bus)
            if collection.is_locked():
                collection.unlock()
                if collection.is_locked():
                    raise KeyringLocked("locked")
        except BaseException:
            bus.close()
            raise
        return collection
