"""Two questions to an X server, asked in its own protocol: who owns a selection, and does it answer at all.

A window manager owns `WM_S0` and a notification area `_NET_SYSTEM_TRAY_S0` exactly while they are at work; no
command-line tool tells. Protocol: "X Window System Protocol", X Version 11, Encoding.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from types import TracebackType

COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"
_INTERN_ATOM = 16
_GET_SELECTION_OWNER = 23


class X11Error(Exception):
    """The server isn't there, refused the connection, or answered something unexpected."""


def authority_entry(cookie: bytes) -> bytes:
    """Return an Xauthority record for any host and display, so that no `xauth` program is needed."""
    wild = b"\xff\xff" + b"\x00\x00" + b"\x00\x00"  # family wild, no address, no display number
    return wild + struct.pack(">H", len(COOKIE_NAME)) + COOKIE_NAME + struct.pack(">H", len(cookie)) + cookie


class Connection:
    """A connection to the X server of one display on this machine; a context manager.

    Args:
        number: the display's number.
        cookie: the cookie the server was started with.

    Raises:
        X11Error: no connection.
    """

    def __init__(self, number: int, cookie: bytes) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(10)
        try:
            path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the protocol's fixed place
            try:
                self._socket.connect(path)
            except OSError:
                self._socket.connect("\0" + path)
            self._greet(cookie)
        except (OSError, X11Error) as error:
            self.close()
            raise X11Error(f"display :{number}: {error}") from error

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; it may be called twice."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def selection_owner(self, name: str) -> int:
        """Return the window that owns the selection `name`; 0 when none does.

        Raises:
            X11Error: the server went away.
        """
        text = name.encode("ascii")
        padded = text + bytes(-len(text) % 4)
        atom = self._ask(struct.pack("<BBHHxx", _INTERN_ATOM, 0, 2 + len(padded) // 4, len(text)) + padded)
        return self._ask(struct.pack("<BxHI", _GET_SELECTION_OWNER, 2, atom))

    def _greet(self, cookie: bytes) -> None:
        name = COOKIE_NAME + bytes(-len(COOKIE_NAME) % 4)
        data = cookie + bytes(-len(cookie) % 4)
        self._socket.sendall(struct.pack("<cxHHHHxx", b"l", 11, 0, len(COOKIE_NAME), len(cookie)) + name + data)
        status, length = struct.unpack("<B5xH", self._read(8))
        rest = self._read(4 * length)
        if status != 1:
            raise X11Error(f"refused: {rest.decode('latin-1').strip(chr(0))}")

    def _ask(self, request: bytes) -> int:
        """Send one request and return the number that starts its reply's body; events are passed over."""
        try:
            self._socket.sendall(request)
            while True:
                reply = self._read(32)
                if reply[0] == 1:
                    self._read(4 * int(struct.unpack_from("<I", reply, 4)[0]))
                    return int(struct.unpack_from("<I", reply, 8)[0])
                if reply[0] == 0:
                    raise X11Error(f"error {reply[1]}")
        except OSError as error:
            raise X11Error(str(error)) from error

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            chunk = self._socket.recv(size - len(data))
            if not chunk:
                raise X11Error("the server closed the connection")
            data += chunk
        return data
