"""A keyring in memory; passes the same contract as the real one (tests/contract/test_secrets.py)."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from otimo_tray.errors import KeyringAway


class MemorySecrets:
    """Implements `ports.Secrets`.

    Attributes:
        values: what it holds; tests may look and change.
        away: while True every call raises KeyringAway.
        log: every call as (what, name), oldest first.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = dict(values or {})
        self.away = False
        self.log: list[tuple[str, str]] = []
        self._lock = threading.Lock()

    def get(self, name: str) -> str | None:
        self._note("get", name)
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self._note("set", name)
        self.values[name] = value

    def delete(self, name: str) -> None:
        self._note("delete", name)
        self.values.pop(name, None)

    def _note(self, what: str, name: str) -> None:
        with self._lock:
            self.log.append((what, name))
        if self.away:
            raise KeyringAway()
