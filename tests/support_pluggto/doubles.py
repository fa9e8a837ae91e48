"""Doubles of the ports the hub client uses, and a client ready to go."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from otimo_tray.domain.settings import HubSettings
from otimo_tray.pluggto.client import PluggtoHub
from tests.support.memory_secrets import MemorySecrets

CREDENTIALS = {
    "hub.client_id": "the-client-id",
    "hub.client_secret": "the-client-secret",
    "hub.username": "api-user",
    "hub.password": "api&secret=é+ ",
}


class FakeClock:
    """Implements `ports.Clock`; moves only when told."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
        self._monotonic = 1000.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)
            self._monotonic += seconds


def hub_at(
    address: str,
    secrets: MemorySecrets | None = None,
    clock: FakeClock | None = None,
    *,
    connect: float = 2.0,
    read: float = 5.0,
) -> PluggtoHub:
    """A client for a loopback hub, with short time-outs."""
    settings = HubSettings(base_url=address, connect_timeout_s=connect, read_timeout_s=read)
    return PluggtoHub(settings, secrets or MemorySecrets(CREDENTIALS), clock or FakeClock())
