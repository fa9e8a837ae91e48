"""The sockets: OS certificate roots, no retries of their own, and a mark that tells whether a request left.

Whether a request may have had its effect decides what happens after a fault, so it is noted where it is
certain: at the first byte handed to the connected socket.
"""

from __future__ import annotations

import ssl
import threading
from typing import Any, Final, cast

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.retry import Retry

_sent = threading.local()


def begin() -> None:
    """Forget the last request of this thread."""
    _sent.value = False


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


def os_roots() -> ssl.SSLContext:
    """A client context that trusts what the operating system trusts: an inspecting proxy's root, no others'
    list."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class OsTrustAdapter(HTTPAdapter):
    """One connection to one host. requests would add certifi's roots beside the context's; this adapter
    doesn't."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(
            pool_connections=1,
            pool_maxsize=1,
            max_retries=Retry(0, read=False, redirect=False, respect_retry_after_header=False),
        )

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Put our connections and context into the pools."""
        super().init_poolmanager(*arguments, ssl_context=self._context, **named)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        """Likewise for a connection through a proxy."""
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **named)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        """Verification is never switched off and its roots never replaced, whatever the caller or
        environment says."""
        host, _ = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Keep requests from putting certifi's file beside the operating system's roots."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None
