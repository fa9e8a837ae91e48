"""One exchange with the ERP's own address: nothing repeated, nothing followed, every fault converted."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import ssl
import threading
from collections.abc import Mapping
from typing import Any, Final

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import get_environ_proxies
from urllib3 import exceptions as u3
from urllib3.util.retry import Retry

from otimo_tray.erp.http import answer, faults
from otimo_tray.erp.http.address import Target
from otimo_tray.erp.http.answer import Answer
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock

USER_AGENT: Final = "Otimo-Tray"
CONNECT_S: Final = 10.0
"""Longest that a connection may take to be made; never longer than the whole request may."""


class Transport:
    """Sends single requests below the base address, from any number of threads at once, with a session each."""

    def __init__(self, target: Target, timeout_s: float, clock: Clock) -> None:
        self.target = target
        self._timeout_s = timeout_s
        self._clock = clock
        self._context = None if target.origin.startswith("http:") else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._lock = threading.Lock()
        self._free: list[requests.Session] = []
        self._closed = False

    def exchange(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        etag: str = "",
        body: object = None,
    ) -> Answer:
        """Sends one request and reads its answer whole, whatever its status.

        Args:
            path: below the base address, already encoded.
            etag: for `If-None-Match`; "" = none.
            body: a JSON value.

        Raises:
            ErpAway: E-210, E-270, E-272, E-274. ErpMisconfigured: E-271 TLS, E-275 too large.
        """
        headers = {"Accept": "application/json, application/problem+json", "User-Agent": USER_AGENT}
        headers["Accept-Encoding"] = "gzip"
        if etag:
            headers["If-None-Match"] = etag
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        end = self._clock.monotonic() + self._timeout_s
        session = self._take()
        fault: OtimoError
        try:
            reply = session.request(
                method,
                self.target.url + path,
                params=query,
                data=data,
                headers=headers,
                auth=_LogIn(self.target.authorization),
                timeout=(min(CONNECT_S, self._timeout_s), self._timeout_s),
                allow_redirects=False,
                stream=True,
                proxies={} if self.target.loopback else get_environ_proxies(self.target.url),
            )
            whole = answer.read(path, reply, monotonic=self._clock.monotonic, end=end)
        except OtimoError as error:
            fault = error
        except answer.SlowError:
            fault = faults.too_slow(self.target, self._timeout_s)
        except (requests.RequestException, u3.HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            fault = faults.from_network(error, self.target, self._timeout_s)
        else:
            self._give(session)
            return whole
        # Raised outside of the handler: the foreign exception holds the request, and with it the log-in.
        session.close()
        raise fault

    def _take(self) -> requests.Session:
        with self._lock:
            if self._free:
                return self._free.pop()
        session = requests.Session()
        # Neither .netrc nor a certificate file from the environment; the proxy is looked up above.
        session.trust_env = False
        session.headers.clear()
        session.cookies.set_policy(_NoCookies())
        session.adapters.clear()
        session.mount(self.target.origin + "/", _Adapter(self._context))
        return session

    def _give(self, session: requests.Session) -> None:
        with self._lock:
            if not self._closed:
                self._free.append(session)
                return
        session.close()

    def close(self) -> None:
        """Closes idle connections; a request still running closes its own when it ends."""
        with self._lock:
            self._closed, idle, self._free = True, self._free, []
        for session in idle:
            session.close()


class _LogIn(AuthBase):
    """Our log-in and no other: with an auth of our own requests doesn't look into a .netrc."""

    def __init__(self, header: str) -> None:
        self._header = header

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        r.headers["Authorization"] = self._header
        return r


class _NoCookies(http.cookiejar.DefaultCookiePolicy):
    """The interface needs none, and a proxy's would travel with the log-in."""

    def set_ok(self, cookie: Any, request: Any) -> bool:
        return False


class _Adapter(HTTPAdapter):
    """One connection to one host, without retries. It trusts what the operating system trusts; requests would add a
    list of its own."""

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
        """Verification is never switched off and its roots never replaced, whatever the environment says."""
        host, _ = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Keeps requests from putting its own file beside the operating system's roots."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None
