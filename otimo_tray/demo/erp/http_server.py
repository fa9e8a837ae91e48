"""The demo ERP's HTTP server: sockets and keep-alive on loopback, one thread a connection."""

from __future__ import annotations

import contextlib
import gzip
import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, cast
from urllib.parse import parse_qs, unquote

from otimo_tray.demo.erp.demo_erp import DemoErp
from otimo_tray.demo.erp.http_server_routes import Routes
from otimo_tray.demo.erp.http_server_wire import MAX_BODY, Answer, Problem, Request
from otimo_tray.ports import Clock

BASE: Final = "/otimo/v1"
_PACK_FROM: Final = 256 * 1024
"""Bytes from which an answer is worth packing."""

POINTS: Final = ("asked", "read", "done", "told", "half")
"""What a served call goes through: its head was read, its body, its effect is there, the answer's head went out, half
of its body."""


class DroppedError(Exception):
    """The connection ends here, without a word."""


class ErpServer(ThreadingHTTPServer):
    """A listening ERP on 127.0.0.1.

    Attributes:
        routes: what the calls do.
        at: told each of `POINTS` before and (True) after it; raising DroppedError ends the connection there. For tests
            of lost answers.
    """

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, erp: DemoErp, clock: Clock, token: str, port: int = 0) -> None:
        """Binds `port`; 0 is any. Raises OSError when it is taken."""
        self.routes = Routes(erp, clock, token)
        self.at: Callable[[str, bool], None] = lambda point, after: None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_port}{BASE}"

    def start(self) -> None:
        """Serves in a thread of its own until `stop`."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="demo-erp", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends all connections and threads, and gives the port back."""
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
            self._thread = None
        with self._lock:
            waiting = list(self._open)
        for one in waiting:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def server_bind(self) -> None:
        """Binds without the look-up of the host's name, which can take seconds."""
        if sys.platform == "win32":
            self.allow_reuse_address = False  # there it would let two servers share a port
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection, so that `stop` can end it."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Closes and forgets the connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke is the other side's matter; anything else is ours and shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "OtimoDemoERP"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """No log: what was asked is nobody else's business."""

    def handle_one_request(self) -> None:
        """One call; a dropped one ends the connection at once."""
        try:
            super().handle_one_request()
        except DroppedError:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    def __getattr__(self, name: str) -> Any:
        # The base class looks for do_GET, do_PUT …: every method has the same way.
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        server = cast(ErpServer, self.server)
        self._point("asked")
        body = self._body()
        if body is None:
            return
        self._point("read")
        target, _, query = self.path.partition("?")
        server.at("done", False)
        if target.startswith(f"{BASE}/"):
            path = unquote(target.removeprefix(BASE), errors="replace")
            values = parse_qs(query, keep_blank_values=True, errors="replace", max_num_fields=100)
            headers = {name.title(): value for name, value in self.headers.items()}
            answer = server.routes.answer(Request(self.command, path, values, headers, body))
        else:
            answer = Problem(404, "Não existe").answer()
        server.at("done", True)
        self._send(answer)

    def _point(self, name: str) -> None:
        server = cast(ErpServer, self.server)
        server.at(name, False)
        server.at(name, True)

    def _body(self) -> bytes | None:
        """The request's body; None after a refusal was sent."""
        length = self.headers.get("Content-Length", "0").strip()
        if self.headers.get("Transfer-Encoding") or not (length.isascii() and length.isdigit()):
            self.close_connection = True
            self._send(Problem(400, "Envie Content-Length").answer())
            return None
        if int(length) > MAX_BODY:
            self.close_connection = True
            self._send(Problem(413, "Grande demais").answer())
            return None
        return self.rfile.read(int(length))

    def _send(self, answer: Answer) -> None:
        server = cast(ErpServer, self.server)
        body = answer.body()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if len(body) >= _PACK_FROM and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        if answer.status != 304:
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        server.at("told", False)
        self.end_headers()
        self.wfile.flush()
        server.at("told", True)
        if self.command == "HEAD" or answer.status == 304:
            return
        half = len(body) // 2
        server.at("half", False)
        self.wfile.write(body[:half])
        self.wfile.flush()
        server.at("half", True)
        self.wfile.write(body[half:])
        self.wfile.flush()
