"""What goes over the wire between a command and the running engine: a handshake and JSON, never pickle.

server ── 32 random bytes ─────────────────────────▶ client
server ◀─ HMAC(key, "client" + those) + 32 random ── client
server ── HMAC(key, "server" + these) ─────────────▶ client      (both have proved that they know the key)
server ◀─ {"v":1,"cmd":"…","args":{…}} ───────────── client
server ── {"v":1,"ok":true,"result":…} ────────────▶ client      or
{"v":1,"ok":false,"code":…,"params":{…}}
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Final, cast

VERSION: Final = 1
REQUEST_LIMIT: Final = 1024 * 1024
REPLY_LIMIT: Final = 64 * 1024 * 1024
_NONCE: Final = 32


class BadMessageError(Exception):
    """The other side isn't who it says, or sent what nobody should."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the engine answered: `result` when `ok`, else an error's code and the values for its sentence."""

    ok: bool
    result: Any = None
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict[str, Any])


def _proof(key: bytes, side: bytes, nonce: bytes) -> bytes:
    return hmac.new(key, side + nonce, hashlib.sha256).digest()


def greet_client(connection: Connection, key: bytes, seconds: float) -> None:
    """The server's half of the handshake. Raises BadMessageError, TimeoutError, OSError, EOFError."""
    nonce = secrets.token_bytes(_NONCE)
    connection.send_bytes(nonce)
    given = receive(connection, 2 * _NONCE, seconds)
    if len(given) != 2 * _NONCE or not hmac.compare_digest(given[:_NONCE], _proof(key, b"client", nonce)):
        raise BadMessageError("handshake")
    connection.send_bytes(_proof(key, b"server", given[_NONCE:]))


def greet_server(connection: Connection, key: bytes, seconds: float) -> None:
    """The client's half: on Windows anybody may have taken the pipe's name. Raises as `greet_client`."""
    nonce = receive(connection, _NONCE, seconds)
    own = secrets.token_bytes(_NONCE)
    connection.send_bytes(_proof(key, b"client", nonce) + own)
    if not hmac.compare_digest(receive(connection, _NONCE, seconds), _proof(key, b"server", own)):
        raise BadMessageError("handshake")


def receive(connection: Connection, limit: int, seconds: float) -> bytes:
    """One message of at most `limit` bytes. Raises TimeoutError, OSError, EOFError."""
    if not connection.poll(seconds):
        raise TimeoutError
    return connection.recv_bytes(limit)


def read_request(data: bytes) -> tuple[str, dict[str, Any]]:
    """Command and arguments of a request.

    Raises:
        BadMessageError: anything but `{"v":1,"cmd":text,"args":{…}}`.
    """
    message = _object(data)
    command, arguments = message.get("cmd"), message.get("args", {})
    if message.get("v") != VERSION or not isinstance(command, str) or not isinstance(arguments, dict):
        raise BadMessageError("request")
    return command, cast("dict[str, Any]", arguments)


def read_reply(data: bytes) -> Reply:
    """A reply. Raises BadMessageError."""
    message = _object(data)
    if message.get("v") != VERSION or not isinstance(message.get("ok"), bool):
        raise BadMessageError("reply")
    params = message.get("params")
    return Reply(
        message["ok"],
        message.get("result"),
        str(message.get("code") or ""),
        cast("dict[str, Any]", params) if isinstance(params, dict) else {},
    )


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadMessageError(type(error).__name__) from None
    if not isinstance(found, dict):
        raise BadMessageError("not an object")
    return cast("dict[str, Any]", found)


def write(message: dict[str, Any]) -> bytes:
    """A message as JSON; values JSON doesn't have (Decimal, datetime) as their text."""
    return json.dumps(message, default=str).encode()


def set_timeouts(connection: Connection, seconds: float) -> None:
    """Bounds every later read and write of a socket, so that half a message can't hold a thread for ever.

    A Windows pipe hands over whole messages: there `poll` before the read is enough.
    """
    if sys.platform == "win32":
        return
    whole = int(seconds)
    value = struct.pack("@ll", whole, int((seconds - whole) * 1_000_000))
    with _socket_of(connection) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)


def interrupt(connection: Connection) -> None:
    """Wakes a thread that reads from or writes to the connection; closing alone wouldn't."""
    with contextlib.suppress(OSError, ValueError):
        if sys.platform == "win32":
            connection.close()
            return
        with _socket_of(connection) as one:
            one.shutdown(socket.SHUT_RDWR)


def _socket_of(connection: Connection) -> socket.socket:
    return socket.socket(fileno=os.dup(connection.fileno()))
