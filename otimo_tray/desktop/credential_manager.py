"""keyring's Credential Manager backend, with one entry for each secret.

The library keeps the value before as `NAME@SERVICE` whenever one is written anew, for services with many users. Ours
have one: an old password would outlive its change, under a name that no uninstaller looks for. Its public calls can
only delete before they write, and a power cut between the two would lose the secret.
"""

from __future__ import annotations

from typing import Any

from keyring.backends.Windows import WinVaultKeyring


class OneEntryVault(WinVaultKeyring):
    """The Credential Manager of the person who is logged in."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Writes in place, and takes away the copy that an earlier version may have left."""
        base: Any = self  # these two have no types
        base._set_password(service, username, password)  # noqa: SLF001 - see above; a test tries it on newer versions
        base._delete_password(f"{username}@{service}")  # noqa: SLF001 - as above
