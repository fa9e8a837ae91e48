"""Tells systemd how the service is: a datagram to its socket, as sd_notify(3) says. Without systemd nothing happens."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping


class Notify:
    """The socket of `NOTIFY_SOCKET`.

    Attributes:
        watchdog_s: how often at least systemd wants a sign of life, in seconds (half of what it allows); None = not.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        micro = environment.get("WATCHDOG_USEC", "")
        mine = environment.get("WATCHDOG_PID", "") in {"", str(os.getpid())}
        self.watchdog_s = int(micro) / 2_000_000 if micro.isdigit() and int(micro) and mine else None

    def ready(self, status: str) -> None:
        """The service works."""
        self._send(f"READY=1\nSTATUS={status}")

    def alive(self, status: str) -> None:
        """Still working: feeds the watchdog, and says a line that `systemctl status` shows."""
        self._send(f"WATCHDOG=1\nSTATUS={status}")

    def stopping(self) -> None:
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if not self._address or sys.platform == "win32":
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as one:
                one.sendto(text.encode(), self._address)
        except OSError:
            pass  # systemd notices by itself that nobody feeds its watchdog
