"""The HTTP server: sockets, keep-alive, latency, and the faults as they look on the wire."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

from . import api, control
from .faults import Faults, Rule
from .traffic import Traffic
from .wire import HTML_ERROR, MAX_BODY, Answer, Request, error
from .world import World

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class HubServer(ThreadingHTTPServer):
    """A listening hub on loopback; one thread a connection.

    Attributes:
        world: the hub behind it.
        faults: the rules for faults.
        traffic: what was asked.
        latency: seconds from a call's arrival to its answer, at least.
    """

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, world: World, latency: float) -> None:
        """Bind `port` of 127.0.0.1; 0 is any.

        Raises:
            OSError: the port is taken.
        """
        self.world = world
        self.faults = Faults()
        self.traffic = Traffic()
        self.latency = latency
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Bind without HTTPServer's look-up of the host's name, which can take seconds."""
        if sys.platform == "win32":
            # SO_REUSEADDR there would let a second simulator take the same port.
            self.allow_reuse_address = False
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that `stop` can end it."""
        with self._open_lock:
            self._open.add(request)
        self.traffic.connected()
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close and forget the connection."""
        with self._open_lock:
            self._open.discard(request)
        self.traffic.disconnected()
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error; anything else is a bug and shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()

    def stop(self) -> None:
        """End all waits and connections, and wait for their threads; `serve_forever` must run in another
        thread."""
        self.faults.stop()
        self.shutdown()
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One connection's requests, one after the other."""

    protocol_version = "HTTP/1.1"
    server_version = "Hub"
    sys_version = ""
    disable_nagle_algorithm = True
    server: HubServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def handle_one_request(self) -> None:
        """Read and answer one request; a broken connection ends quietly."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def _do(self) -> None:
        """Answer any method: the routes decide."""
        started = time.monotonic()
        body = self._read_body()
        if isinstance(body, Answer):
            self.close_connection = True
            self._send(body)
            self._drain()
            return
        request = self._request(body)
        if request.segments[0] == "_sim":
            self._send(_safely(lambda: control.answer(self.server, request)))
            return
        route, allowed = api.find(request)
        name = route.name if route else f"{request.method} ?"
        self.server.traffic.began()
        rule, extra = self.server.faults.pick(request.method, request.path)
        due = started + self.server.latency + extra
        result, outcome = self._act(request, route, allowed, rule, due)
        # Counted before it is sent: whoever has the answer finds the call in `/_sim/requests`.
        self.server.traffic.ended(request, name, outcome, self.server.world.clock.iso())
        if result is None:
            self.close_connection = True
        else:
            self._send(result, half=outcome == "truncate")

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = _do

    def _act(
        self, request: Request, route: api.Route | None, allowed: list[str], rule: Rule | None, due: float
    ) -> tuple[Answer | None, str]:
        """Let the request take effect, or do what the fault says.

        Returns:
            The answer, or None to close without one; the status or the fault as the outcome's name.
        """
        kind = rule.kind if rule else ""
        if rule is not None and kind == "hang":
            return self._hang(request, route, allowed, rule)
        if rule is not None and kind in ("drop", "401", "429", "500", "503", "html", "empty"):
            result = _made_up(rule)
        else:
            result = self._effect(request, route, allowed)
        # The wait is reckoned from the request's arrival: the simulator's own work is part of the latency.
        self.server.faults.sleep(due - time.monotonic())
        if kind in ("drop", "lost_answer"):
            return None, kind
        return result, kind or str(result.status)

    def _hang(
        self, request: Request, route: api.Route | None, allowed: list[str], rule: Rule
    ) -> tuple[Answer | None, str]:
        """Wait at the gate; a rule's `seconds` end in an answer, a release in a closed connection."""
        early = self._effect(request, route, allowed) if rule.effect == "before" else None
        if self.server.faults.hang(rule.seconds):
            return early or self._effect(request, route, allowed), "hang"
        if rule.effect == "after":
            self._effect(request, route, allowed)
        return None, "hang"

    def _effect(self, request: Request, route: api.Route | None, allowed: list[str]) -> Answer:
        return _safely(lambda: api.answer(self.server.world, request, route, allowed))

    def _request(self, body: bytes) -> Request:
        # The base class reads the line as Latin-1; clients that don't encode a path send UTF-8.
        target = self.path.encode("latin-1").decode(errors="replace").partition("#")[0]
        path, _, query = target.partition("?")
        path = "/" + path.strip("/")
        return Request(
            method=self.command,
            path=path,
            segments=tuple(unquote(part) for part in path.lstrip("/").split("/")),
            query=dict(parse_qsl(query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )

    def _read_body(self) -> bytes | Answer:
        """The body, or the refusal of one that can't be read."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return self._read_chunks()
        text = self.headers.get("Content-Length") or "0"
        if not (text.isascii() and text.isdigit()):
            return error(400, "invalid_request", "Content-Length is no number")
        if int(text) > MAX_BODY:
            return error(413, "too_large", f"The body is longer than {MAX_BODY} bytes")
        body = self.rfile.read(int(text))
        if len(body) < int(text):
            return error(400, "invalid_request", "The body is shorter than announced")
        return body

    def _read_chunks(self) -> bytes | Answer:
        whole = bytearray()
        while True:
            head = self.rfile.readline(1024).split(b";")[0].strip()
            try:
                size = int(head, 16)
            except ValueError:
                return error(400, "invalid_request", "A chunk's size is no number")
            if size < 0 or len(whole) + size > MAX_BODY:
                return error(413, "too_large", f"The body is longer than {MAX_BODY} bytes")
            whole += self.rfile.read(size)
            if size == 0:
                while self.rfile.readline(65537).strip():
                    pass  # trailers
                return bytes(whole)
            self.rfile.readline(8)

    def _drain(self) -> None:
        """Read away what is left of a refused body for a moment, lest the answer be lost with it."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(1.0)
            for _ in range(1024):
                if not self.rfile.read1(65536):
                    break

    def _send(self, answer: Answer, half: bool = False) -> None:
        """Send an answer in one write: two would wait for each other's acknowledgement."""
        lines = [f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, '')}"]
        lines += [f"Content-Type: {answer.content_type}", f"Content-Length: {len(answer.body)}"]
        if answer.status == 204:
            del lines[1:]
        lines += [f"Date: {self.date_time_string()}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        if half:
            self.close_connection = True
        elif self.close_connection:
            lines.append("Connection: close")
        head = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
        body = b"" if self.command == "HEAD" or answer.status == 204 else answer.body
        self.wfile.write(head + (body[: len(body) // 2] if half else body))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a malformed request or an unknown method in the hub's own form instead of HTML."""
        self.close_connection = True
        if not hasattr(self, "command"):
            self.command = cast(str, None)
        self._send(error(int(code), "invalid_request", message or _PHRASES.get(int(code), "")))

    def log_message(self, format: str, *args: Any) -> None:
        """Write no line a request: `/_sim/requests` has them."""


def _safely(call: Callable[[], Answer]) -> Answer:
    """The call's answer; a bug in the simulator is a 500 and a trace on its console."""
    try:
        return call()
    except Exception:
        traceback.print_exc()
        return error(500, "internal_error", "The simulator failed; its console says why")


def _made_up(rule: Rule) -> Answer:
    """The answer of a fault that has no effect."""
    headers = {"Retry-After": rule.retry_after} if rule.retry_after is not None else {}
    if rule.kind == "html":
        return Answer(rule.status or 502, HTML_ERROR.encode(), "text/html; charset=utf-8", headers)
    if rule.kind == "empty":
        return Answer(rule.status or 200, b"", headers=headers)
    texts = {
        "401": ("invalid_token", "The access token provided is invalid"),
        "429": ("too_many_requests", "Too many requests"),
        "500": ("internal_error", "Internal error"),
        "503": ("unavailable", "Service unavailable"),
    }
    if rule.kind == "drop":
        return Answer(500, b"")
    return error(int(rule.kind), *texts[rule.kind], headers)
