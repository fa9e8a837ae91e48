"""A door to the hub that writes down every request that passes: when it came, and under which lease it left."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass

from tests.desks.desk_process import HEADER
from tests.servers.door import Door

_HEAD = re.compile(rb"(GET|PUT|POST|DELETE) (\S+) HTTP/1\.1\r\n", re.ASCII)
_LEASE = re.compile(rf"\r\n{HEADER}: (\d+) ([\d.]+)\r\n".encode())
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """One request. `left` is what the desk said right before it sent, `came` when it was here (wall clock, seconds)."""

    method: str
    path: str
    lease: int
    left: float
    came: float
    body: bytes


class Ears(Door):
    """A door that notes what goes through it. `port`: where the desks knock."""

    def __init__(self, target: int) -> None:
        self._unread: dict[socket.socket, tuple[bytes, float]] = {}
        self._lock = threading.Lock()
        self._heard: list[Heard] = []
        super().__init__(target)

    def heard(self) -> list[Heard]:
        with self._lock:
            return list(self._heard)

    def _joined(self, near: socket.socket) -> None:
        self._unread[near] = b"", 0.0

    def _passing(self, source: socket.socket, data: bytes) -> None:
        if source not in self._unread:
            return
        if data:
            self._listen(source, data)
        else:
            del self._unread[source]

    def _listen(self, source: socket.socket, data: bytes) -> None:
        """Notes each request once its body is there, with the moment its first byte came."""
        text, came = self._unread[source]
        came = came if text else time.time()
        text += data
        while (end := text.find(b"\r\n\r\n")) >= 0:
            head, rest = text[: end + 2], text[end + 4 :]
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if len(rest) < size:
                break
            line, lease = _HEAD.match(head), _LEASE.search(head)
            if line is not None:
                number, left = (int(lease[1]), float(lease[2])) if lease else (0, 0.0)
                heard = Heard(line[1].decode(), line[2].decode(), number, left, came, rest[:size])
                with self._lock:
                    self._heard.append(heard)
            text, came = rest[size:], time.time()
        self._unread[source] = text, came
