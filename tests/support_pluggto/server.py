"""A hub that answers exactly what a test scripts, down to the bytes on the socket."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

TOKEN = {"access_token": "token-1", "expires_in": 3600, "token_type": "bearer", "refresh_token": "refresh-1"}


@dataclass(frozen=True)
class Seen:
    """A request as it arrived; `path` undecoded, without its query."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What to answer; `declared` lies about the length, `then_close` ends the connection."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    declared: int | None = None

    def data(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


Action = Callable[[socket.socket], None]
Script = Callable[[Seen], "Reply | Action"]


def drop(_: socket.socket) -> None:
    """Close without a word."""


class ScriptedHub:
    """An HTTP server on loopback; `script` answers every call but the token's, `login` answers those.

    Attributes:
        seen: all requests but the token's, in order of arrival.
        logins: the token requests' forms as text.
        connections: how many connections were made.
    """

    def __init__(self, script: Script, login: Script | None = None) -> None:
        self.seen: list[Seen] = []
        self.logins: list[str] = []
        self.connections = 0
        self._script = script
        self._login = login or self._default_login
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                with outer._lock:
                    outer.connections += 1
                    outer._sockets.add(self.connection)

            def finish(self) -> None:
                with outer._lock:
                    outer._sockets.discard(self.connection)
                super().finish()

            def answer(self) -> None:
                outer._answer(self)

            do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 -- the names the base class calls

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- as in the base class
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = False
            request_queue_size = 64

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # the client hung up: some tests are about that

        self._server: socketserver.BaseServer = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="scripted-hub")

    def _default_login(self, _: Seen) -> Reply:
        number = len(self.logins)
        return Reply({**TOKEN, "access_token": f"token-{number}", "refresh_token": f"refresh-{number}"})

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        path, _, query = handler.path.partition("?")
        headers = {name.lower(): value for name, value in handler.headers.items()}
        seen = Seen(handler.command, path, query, headers, handler.rfile.read(length))
        with self._lock:
            if path.endswith("/oauth/token"):
                self.logins.append(seen.body.decode())
                script = self._login
            else:
                self.seen.append(seen)
                script = self._script
        reply = script(seen)
        if not isinstance(reply, Reply):
            reply(handler.connection)
            handler.close_connection = True
            return
        data = reply.data()
        handler.send_response_only(reply.status)
        for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
            handler.send_header(name, value)
        if "Transfer-Encoding" not in reply.headers:
            handler.send_header("Content-Length", str(len(data) if reply.declared is None else reply.declared))
        handler.end_headers()
        handler.wfile.write(data)
        if reply.declared is not None or "Transfer-Encoding" in reply.headers:
            handler.close_connection = True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        with self._lock:
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()


def always(body: Any, status: int = 200, **headers: str) -> Script:
    """A script that answers the same to everything; `_` in a header's name stands for `-`."""
    return lambda _: Reply(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def listing(name: str, entries: list[Any], *, limit: int = 100, total: int | None = None) -> dict[str, Any]:
    """A list's envelope."""
    return {
        "total": len(entries) if total is None else total,
        "showing": len(entries),
        "limit": limit,
        "result": [{name: one} for one in entries],
    }


PRODUCT = {"id": "60a66dfbe3f2ab416d669e38", "sku": "A", "quantity": 2, "price": 12.455, "special_price": 9.9}
