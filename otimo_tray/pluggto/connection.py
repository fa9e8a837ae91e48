"""The sockets, with a mark that tells whether a request left.

Whether a request may have had its effect decides what happens after a fault, so it is noted where it is
certain: at the first byte handed to the connected socket.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from otimo_tray.web.trust import OsTrustAdapter

_sent = threading.local()


def begin(gate: Callable[[], None] | None = None) -> None:
    """Forget the last request of this thread. `gate` is called before the first byte of the next one leaves, when the
    connection is there: what it raises ends the request unsent."""
    _sent.value = False
    _sent.gate = gate


def was_sent() -> bool:
    """Whether anything of this thread's request since `begin` was handed to the network."""
    return bool(getattr(_sent, "value", True))


class _Marking:
    """Mixed into urllib3's connections: bytes sent while connecting (to a proxy) are not the request's."""

    _connecting = False

    def connect(self) -> None:
        self._connecting = True
        try:
            cast(Any, super()).connect()
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        if not self._connecting:
            if getattr(self, "sock", None) is None:
                self.connect()
            gate: Callable[[], None] | None = getattr(_sent, "gate", None)
            if gate is not None and not was_sent():
                gate()
            _sent.value = True
        cast(Any, super()).send(data)


class _PlainConnection(_Marking, HTTPConnection):
    """HTTP to loopback."""


class _TlsConnection(_Marking, HTTPSConnection):
    """HTTPS."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = cast(Any, _PlainConnection)


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = cast(Any, _TlsConnection)


_POOLS: Final = {"http": _PlainPool, "https": _TlsPool}


class MarkingAdapter(OsTrustAdapter):
    """Our connections in the pools: they note the first byte that leaves."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Puts our connections into the pools."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        """Likewise for a connection through a proxy."""
        manager = super().proxy_manager_for(proxy, **named)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
