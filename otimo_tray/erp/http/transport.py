"""One exchange with the ERP's own address: nothing repeated, nothing followed, every fault converted."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Final

import requests
from requests.utils import get_environ_proxies
from urllib3 import exceptions as u3

from otimo_tray.erp.http import answer, faults
from otimo_tray.erp.http.address import Target
from otimo_tray.erp.http.answer import Answer
from otimo_tray.errors import OtimoError
from otimo_tray.ports import Clock
from otimo_tray.web.body import SlowError
from otimo_tray.web.sessions import LogIn, Sessions
from otimo_tray.web.trust import OsTrustAdapter, os_roots

USER_AGENT: Final = "Otimo-Tray"
CONNECT_S: Final = 10.0
"""Longest that a connection may take to be made; never longer than the whole request may."""


class Transport:
    """Sends single requests below the base address, from any number of threads at once, with a session each."""

    def __init__(self, target: Target, timeout_s: float, clock: Clock) -> None:
        self.target = target
        self._timeout_s = timeout_s
        self._clock = clock
        context = None if target.place.origin.startswith("http:") else os_roots()
        self._sessions = Sessions(target.place.origin, lambda: OsTrustAdapter(context))

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
        session = self._sessions.take()
        fault: OtimoError
        try:
            reply = session.request(
                method,
                self.target.place.url + path,
                params=query,
                data=data,
                headers=headers,
                auth=LogIn(self.target.authorization),
                timeout=(min(CONNECT_S, self._timeout_s), self._timeout_s),
                allow_redirects=False,
                stream=True,
                proxies={} if self.target.place.loopback else get_environ_proxies(self.target.place.url),
            )
            whole = answer.read(path, reply, monotonic=self._clock.monotonic, end=end)
        except OtimoError as error:
            fault = error
        except SlowError:
            fault = faults.too_slow(self.target, self._timeout_s)
        except (requests.RequestException, u3.HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            fault = faults.from_network(error, self.target, self._timeout_s)
        else:
            self._sessions.give(session)
            return whole
        # Raised outside of the handler: the foreign exception holds the request, and with it the log-in.
        session.close()
        raise fault

    def close(self) -> None:
        """Closes idle connections; a request still running closes its own when it ends."""
        self._sessions.close()
