"""One exchange with the hub's own address: nothing repeated, nothing followed, every fault converted."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import requests
from requests.utils import get_environ_proxies
from urllib3 import exceptions as u3

from otimo_tray.domain.settings import HubSettings
from otimo_tray.errors import HubAway, LeaseLost, OtimoError
from otimo_tray.pluggto import connection, faults, response
from otimo_tray.pluggto.address import parse_base
from otimo_tray.pluggto.response import Answer
from otimo_tray.ports import Clock
from otimo_tray.web.sessions import LogIn, Sessions
from otimo_tray.web.trust import SHARED_ROOTS

USER_AGENT: Final = "Otimo-Gestor-ERP"
_PROXY_MEMORY_S: Final = 60.0
_BODY_TIMES: Final = 3
"""A whole body may take this many read time-outs."""


class Transport:
    """Sends single requests below the base address, from any number of threads at once.

    Each exchange has a `requests.Session` of its own, taken from and given back to a stack, so that
    connections are reused and as many are open as calls ever ran at once. `gate` is asked before each request leaves,
    connected already: what it raises (LeaseLost) ends that request unsent.

    Raises:
        ConfigurationError: C-410, C-411: the base address.
    """

    def __init__(self, settings: HubSettings, clock: Clock, gate: Callable[[], None] | None = None) -> None:
        self.base = parse_base(settings.base_url)
        self._timeouts = (settings.connect_timeout_s, settings.read_timeout_s)
        self._clock = clock
        self._gate = gate
        context = None if self.base.url.startswith("http://") else SHARED_ROOTS.of(self.base.origin)
        self._sessions = Sessions(self.base.origin, lambda: connection.MarkingAdapter(context))
        self._proxies: tuple[float, dict[str, str]] | None = None
        self._last_date: tuple[str | None, datetime] | None = None

    def exchange(
        self,
        method: str,
        path: str,
        *,
        token: str | None,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        """Sends one request and reads its answer whole, whatever its status.

        Raises:
            HubAway: no whole answer came; `after_send` tells whether the request may have had its effect.
            LeaseLost: the gate was shut; nothing left.
        """
        headers = {"Accept": "application/json", "User-Agent": USER_AGENT}
        if body is not None:
            headers["Content-Type"] = content_type
        session = self._sessions.take()
        connection.begin(self._gate)
        fault: OtimoError
        try:
            reply = session.request(
                method,
                self.base.url + path,
                params=query,
                data=body,
                headers=headers,
                auth=LogIn(None if token is None else f"Bearer {token}"),
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
                proxies=self._system_proxies(),
            )
            whole = response.read(reply, monotonic=self._clock.monotonic, seconds=self._timeouts[1] * _BODY_TIMES)
        except (HubAway, LeaseLost) as error:
            fault = error
        except (requests.RequestException, u3.HTTPError, OSError, http.client.HTTPException) as error:
            fault = faults.from_network(error, sent=connection.was_sent(), host=self.base.host)
        else:
            self._sessions.give(session)
            self._last_date = (whole.header("Date"), self._clock.now())
            return whole
        # Raised outside of the handler: the foreign exception holds the request, and with it the token.
        session.close()
        raise fault

    def clock_difference(self) -> float | None:
        """Seconds that this PC's clock was ahead of the hub's at the last answer; None when the hub didn't say."""
        if self._last_date is None:
            return None
        there = faults.http_date(self._last_date[0] or "")
        return None if there is None else (self._last_date[1] - there).total_seconds()

    def _system_proxies(self) -> dict[str, str]:
        """The system's proxy for the hub, never for loopback; asked again once a minute."""
        if self.base.loopback:
            return {}
        now = self._clock.monotonic()
        known = self._proxies
        if known is None or now - known[0] > _PROXY_MEMORY_S:
            known = self._proxies = (now, get_environ_proxies(self.base.url))
        return known[1]

    def close(self) -> None:
        """Closes idle connections; a call still running closes its own when it ends."""
        self._sessions.close()
