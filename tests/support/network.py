"""No network but loopback: an attempt to reach further is refused and fails the test, swallowed or not."""

from __future__ import annotations

import errno
import ipaddress
import socket
from typing import Any, cast

#: What the tests tried to reach outside, since the last look.
attempts: list[str] = []

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


def is_local(host: object) -> bool:
    """Tell whether a host of a socket address stays on this machine."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in {"", "localhost"} or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%", 1)[0]).is_loopback
    except ValueError:
        return False


def _refuse(address: object) -> OSError | None:
    """Return the error for an address outside, and remember it; None for one that is allowed."""
    if not isinstance(address, tuple) or not address:  # a path: a Unix socket
        return None
    host = str(cast("tuple[object, ...]", address)[0])
    if is_local(host):
        return None
    # 192.0.2.0/24 exists on no network: a test may use it to mean "hub away".
    if not host.startswith("192.0.2."):
        attempts.append(host)
    return OSError(errno.ENETUNREACH, f"Network is unreachable (tests reach loopback only): {host}")


def guard() -> None:
    """Put the refusal in place for this process, for good."""

    def connect(self: socket.socket, address: Any) -> None:
        error = _refuse(address)
        if error is not None:
            raise error
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        return errno.ENETUNREACH if _refuse(address) is not None else _connect_ex(self, address)

    def sendto(self: socket.socket, data: Any, *arguments: Any) -> int:
        error = _refuse(arguments[-1])
        if error is not None:
            raise error
        return _sendto(self, data, *arguments)

    def getaddrinfo(host: Any, port: Any, *arguments: Any, **named: Any) -> Any:
        if is_local(host) or _is_address(host):
            return _getaddrinfo(host, port, *arguments, **named)
        # Names under .invalid never resolve anywhere: a test may use one to mean "no such host".
        if not str(host).endswith(".invalid"):
            attempts.append(str(host))
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    socket.socket.connect = connect
    socket.socket.connect_ex = connect_ex
    socket.socket.sendto = sendto
    socket.getaddrinfo = getaddrinfo


def _is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True
