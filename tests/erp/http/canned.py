"""An ERP on loopback that answers what a test says, right or wrong."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http import HttpErp, open_http_erp
from tests.support.clock import FakeClock

ZONE = ZoneInfo("America/Sao_Paulo")
TOKEN = "segredo-do-teste"


@dataclass
class Reply:
    """An answer; `raw` goes out as it is in place of everything else."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    raw: bytes | None = None
    hang: bool = False

    def bytes(self) -> bytes:
        if self.raw is not None:
            return self.raw
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        kind = "application/json" if self.status < 400 else "application/problem+json"
        headers = {"Content-Type": kind, "Content-Length": str(len(content)), "Connection": "close", **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {self.status} X\r\n{lines}\r\n".encode() + content


class Canned:
    """Answers requests one after the other; the last reply is given again and again."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ended = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65_536)
            if not piece:
                return
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.title(): value for name, _, value in (line.partition(": ") for line in lines)}
        while len(body) < int(headers.get("Content-Length", "0")):
            body += connection.recv(65_536)
        self.asked.append((first.rsplit(" ", 1)[0], headers))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        connection.sendall(reply.bytes())
        if reply.hang:
            self.ended.wait(30)

    def close(self) -> None:
        self.ended.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(10)


@contextlib.contextmanager
def canned(
    *replies: Reply, clock: FakeClock | None = None, timeout_s: float = 20.0
) -> Generator[tuple[HttpErp, Canned]]:
    """A connector to such an ERP."""
    server = Canned(*replies)
    address = f"http://127.0.0.1:{server.port}/otimo/v1"
    settings = ErpSettings(kind="http", address=address, timeout_s=timeout_s)
    erp = open_http_erp(settings, TOKEN, ZONE, clock or FakeClock())
    try:
        yield erp, server
    finally:
        erp.close()
        server.close()


def page(items: list[Any], **members: Any) -> Reply:
    """A page of a reading; `members` in place of the usual ones."""
    made: dict[str, Any] = {
        "version": 1,
        "snapshot": "a",
        "as_of": "2026-11-24T12:00:00Z",
        "now": "2026-11-24T12:00:00Z",
        "full": True,
        "total": len(items),
        "items": items,
        "next": None,
    }
    etag = members.pop("etag", "")
    return Reply(body={**made, **members}, headers={"ETag": etag} if etag else {})


def problem(status: int, title: str = "Não", **members: Any) -> Reply:
    """Problem details."""
    return Reply(status, {"title": title, "status": status, **members})


Call = Callable[[HttpErp], object]
