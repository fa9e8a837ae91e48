"""TLS by the roots that the operating system trusts: an inspecting proxy's among them, nobody's list beside them."""

from __future__ import annotations

import ssl
from typing import Any

import truststore
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def os_roots() -> ssl.SSLContext:
    """A client context that trusts what the operating system trusts."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


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
