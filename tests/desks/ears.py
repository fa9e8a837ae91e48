"""A door to the hub that writes down every request that passes: when it came, and under which lease it left."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import threading
import time
from dataclasses import dataclass

from tests.desks.desk_process import HEADER

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


class Ears:
    """Passes bytes both ways on one thread. `port`: where the desks knock."""

    def __init__(self, target: int) -> None:
        self._target = ("127.0.0.1", target)
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._waker, self._wake = socket.socketpair()
        self._selector.register(self._listener, selectors.EVENT_READ, None)
        self._selector.register(self._waker, selectors.EVENT_READ, None)
        self._unread: dict[socket.socket, tuple[bytes, float]] = {}
        self._lock = threading.Lock()
        self._heard: list[Heard] = []
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="ears")
        self._thread.start()

    def heard(self) -> list[Heard]:
        with self._lock:
            return list(self._heard)

    def close(self) -> None:
        self._ended = True
        self._wake.send(b"x")
        self._thread.join()
        self._wake.close()

    def _run(self) -> None:
        while not self._ended:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.data, socket.socket) and isinstance(key.fileobj, socket.socket):
                    self._pass(key.fileobj, key.data)
        for entry in list(self._selector.get_map().values()):
            if isinstance(entry.fileobj, socket.socket):
                entry.fileobj.close()
        self._selector.close()

    def _accept(self) -> None:
        near, _ = self._listener.accept()
        far = socket.create_connection(self._target)
        for one, other in ((near, far), (far, near)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(one, selectors.EVENT_READ, other)
        self._unread[near] = b"", 0.0

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        data = b""
        with contextlib.suppress(OSError):
            data = source.recv(65536)
        if source in self._unread:
            self._listen(source, data)
        if data:
            with contextlib.suppress(OSError):
                target.sendall(data)
                return
        for one in (source, target):
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(one)
            self._unread.pop(one, None)
            one.close()

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
