"""Sessions of `requests` for one origin, handed out one to a request: connections live on, nothing else does."""

from __future__ import annotations

import http.cookiejar
import threading
from collections.abc import Callable
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase


class Sessions:
    """A stack of sessions: as many connections are open as calls ever ran at once.

    Args:
        origin: the only place they can reach.
        adapter: makes the way there.
    """

    def __init__(self, origin: str, adapter: Callable[[], HTTPAdapter]) -> None:
        self._origin = origin
        self._adapter = adapter
        self._lock = threading.Lock()
        self._free: list[requests.Session] = []
        self._closed = False

    def take(self) -> requests.Session:
        """A session of one's own until `give`, or until it is closed after a fault."""
        with self._lock:
            if self._free:
                return self._free.pop()
        session = requests.Session()
        # Neither .netrc nor a certificate file from the environment; the proxy is the caller's matter.
        session.trust_env = False
        session.headers.clear()
        session.cookies.set_policy(_NoCookies())
        session.adapters.clear()
        session.mount(self._origin + "/", self._adapter())
        return session

    def give(self, session: requests.Session) -> None:
        """Gives a session back after a whole exchange."""
        with self._lock:
            if not self._closed:
                self._free.append(session)
                return
        session.close()

    def close(self) -> None:
        """Closes idle connections; a call still running closes its own when it ends."""
        with self._lock:
            self._closed, idle, self._free = True, self._free, []
        for session in idle:
            session.close()


class LogIn(AuthBase):
    """Our `Authorization` (None = none) and no other: with an auth of our own requests doesn't look into a .netrc."""

    def __init__(self, header: str | None) -> None:
        self._header = header

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._header is not None:
            r.headers["Authorization"] = self._header
        return r


class _NoCookies(http.cookiejar.DefaultCookiePolicy):
    """Nobody we talk to needs any, and a proxy's would travel with the log-in."""

    def set_ok(self, cookie: Any, request: Any) -> bool:
        return False
