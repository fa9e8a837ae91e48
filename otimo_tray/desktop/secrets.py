"""Secrets in the operating system's keyring and nowhere else: never a file, never a backend that keeps plain
text.

The backend is named, not looked up: a frozen build loses keyring's entry points, and its environment
variable or configuration could put a plain-text or null backend in.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from keyring.backend import KeyringBackend

from otimo_tray.errors import ConfigurationError, KeyringAway, OtimoError

SERVICE: Final = "Otimo Tray"
WINDOWS_LIMIT: Final = 2560
"""Bytes of UTF-16 that one credential of the Windows Credential Manager holds."""

_log: Final = logging.getLogger(__name__)
_TRUSTED: Final = frozenset({"keyring.backends.SecretService", "keyring.backends.Windows"})
_BUGS: Final = (TypeError, AttributeError, NameError, AssertionError, ImportError)
_T = TypeVar("_T")


def open_backend() -> KeyringBackend:
    """The one keyring of this system.

    Raises:
        ConfigurationError: C-431, there is none.
    """
    try:
        if sys.platform == "win32":
            from otimo_tray.desktop.credential_manager import OneEntryVault

            _ = OneEntryVault.priority  # raises where its parts are missing
            vault = OneEntryVault()
            # The default, "enterprise", would carry the shop's secrets to other PCs of a domain.
            vault.persist = "local machine"
            return vault
        from otimo_tray.desktop.secret_service import ClosingKeyring

        _ = ClosingKeyring.priority
        return ClosingKeyring()
    except (RuntimeError, ImportError, OSError) as error:
        raise ConfigurationError("C-431", reason=type(error).__name__) from None


class KeyringSecrets:
    """Implements `ports.Secrets` for one profile.

    Every secret has a service name of its own: keyring's Windows backend moves credentials about when
    several share one, and another process could look just then.
    """

    def __init__(
        self,
        profile_id: str,
        *,
        service: str = SERVICE,
        opener: Callable[[], KeyringBackend] = open_backend,
    ) -> None:
        self._prefix = f"{service} {profile_id}"
        self._opener = opener
        self._backend: KeyringBackend | None = None
        self._lock = threading.RLock()

    def get(self, name: str) -> str | None:
        """The secret, or None when there surely is none.

        Raises:
            KeyringAway: it can't be read now. ConfigurationError: C-431.
        """
        return self._ask("get", lambda backend: backend.get_password(self._service(name), name))

    def set(self, name: str, value: str) -> None:
        """Keeps a secret in place of an older one.

        Raises:
            KeyringAway: it can't be written now. ConfigurationError: C-431; C-432 too long for Windows.
        """
        size = len(value.encode("utf-16-le", "surrogatepass"))
        if sys.platform == "win32" and size > WINDOWS_LIMIT:
            raise ConfigurationError("C-432", name=name, size=size, limit=WINDOWS_LIMIT)
        self._ask("set", lambda backend: cast(Any, backend).set_password(self._service(name), name, value))

    def delete(self, name: str) -> None:
        """Forgets a secret; one that isn't there is no error. Only ever called on a person's word.

        Raises:
            KeyringAway: it can't be written now. ConfigurationError: C-431.
        """

        def delete(backend: KeyringBackend) -> None:
            if backend.get_password(self._service(name), name) is not None:
                backend.delete_password(self._service(name), name)

        self._ask("delete", delete)

    def _service(self, name: str) -> str:
        return f"{self._prefix}/{name}"

    def _ask(self, what: str, call: Callable[[KeyringBackend], _T]) -> _T:
        with self._lock:
            backend = self._opened()
            try:
                return call(backend)
            except (OtimoError, *_BUGS):
                raise
            except Exception as error:  # the backends raise pywin32's, D-Bus' and their own errors
                kind = type(error).__name__
                _log.warning("keyring: %s failed with %s", what, kind)
        # Outside of the handler: the foreign exception may hold the secret in its frames.
        raise KeyringAway(reason=kind)

    def _opened(self) -> KeyringBackend:
        if self._backend is None:
            backend = self._opener()
            if not any(base.__module__ in _TRUSTED for base in type(backend).__mro__):
                raise ConfigurationError("C-431", reason=type(backend).__module__)
            self._backend = backend
        return self._backend
