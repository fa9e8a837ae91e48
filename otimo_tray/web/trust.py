"""TLS by the roots that the operating system trusts: an inspecting proxy's among them, nobody's list beside them."""

from __future__ import annotations

import ssl
import threading
from typing import Any, Final

import truststore
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def os_roots() -> ssl.SSLContext:
    """A client context that trusts what the operating system trusts."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class SharedRoots:
    """Contexts that several shops of one process share: each holds the system's certificates, 0.8 MB.

    A handshake goes on under its context's lock. That is why there are several for one server, and none is for two.
    """

    def __init__(self, most: int = 8) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: dict[str, list[ssl.SSLContext]] = {}
        self._asked: dict[str, int] = {}

    def of(self, origin: str) -> ssl.SSLContext:
        """A context for a server; the first `most` who ask get one of their own."""
        with self._lock:
            made = self._made.setdefault(origin, [])
            turn = self._asked[origin] = self._asked.get(origin, 0) + 1
            if len(made) < self._most:
                made.append(os_roots())
                return made[-1]
            return made[turn % self._most]


SHARED_ROOTS: Final = SharedRoots()


class OsTrustAdapter(HTTPAdapter):
    """One connection to one host, without retries. requests would add certifi's roots beside the context's; this
    adapter doesn't.

    Args:
        context: None for plain HTTP to loopback.
    """

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        retries = Retry(0, read=False, redirect=False, respect_retry_after_header=False)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=retries)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Puts our context into the pools."""
        super().init_poolmanager(*arguments, ssl_context=self._context, **named)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        """Likewise for a connection through a proxy."""
        return super().proxy_manager_for(proxy, ssl_context=self._context, **named)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        """Verification is never switched off and its roots never replaced, whatever caller or environment say."""
        host, _ = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Keeps requests from putting certifi's file beside the operating system's roots."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None
