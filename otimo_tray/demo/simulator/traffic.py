"""What was asked of the hub: counters by call, the last requests (never a secret), connections."""

from __future__ import annotations

import threading
from collections import Counter, deque
from typing import Any

from .wire import Json, Request

KEPT = 500
"""Requests remembered in full."""

_BODY = 4096
"""Characters of a body remembered."""


class Traffic:
    """Counters since the start or the last reset."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._active = 0
        self._opened = 0
        self._open_peak = 0
        self._active_peak = 0
        self._number = 0
        self._calls: Counter[tuple[str, str]] = Counter()
        self._last: deque[Json] = deque(maxlen=KEPT)

    def connected(self) -> None:
        """A client opened a connection (control calls count here too: it isn't known yet what will be
        asked)."""
        with self._lock:
            self._open += 1
            self._opened += 1
            self._open_peak = max(self._open_peak, self._open)

    def disconnected(self) -> None:
        """A connection was closed."""
        with self._lock:
            self._open -= 1

    def began(self) -> None:
        """A call to the hub arrived."""
        with self._lock:
            self._active += 1
            self._active_peak = max(self._active_peak, self._active)

    def ended(self, request: Request, route: str, outcome: str, moment: str) -> None:
        """A call was answered, or not: `outcome` is the status or the fault."""
        secret = route == "POST /oauth/token"
        entry: Json = {
            "at": moment,
            "method": request.method,
            "path": request.path,
            "query": {name: "…" if name == "access_token" else value for name, value in request.query.items()},
            "route": route,
            "outcome": outcome,
            "body": None if secret or not request.body else request.body[:_BODY].decode(errors="replace"),
        }
        with self._lock:
            self._active -= 1
            self._number += 1
            entry["number"] = self._number
            self._calls[route, outcome] += 1
            self._last.append(entry)

    def reset(self) -> None:
        """Forget the calls so far; peaks start from what is open now."""
        with self._lock:
            self._calls.clear()
            self._last.clear()
            self._number = 0
            self._opened = 0
            self._open_peak, self._active_peak = self._open, self._active

    def connections(self) -> Json:
        """Connections opened, open now, and the most at once; calls in work at once."""
        with self._lock:
            return {
                "opened": self._opened,
                "open": self._open,
                "peak": self._open_peak,
                "calls_at_once_peak": self._active_peak,
            }

    def report(self, last: int) -> Json:
        """Counters by call and by call and outcome, and the last requests, oldest first."""
        with self._lock:
            routes: Counter[str] = Counter()
            outcomes: dict[str, dict[str, int]] = {}
            for (route, outcome), number in sorted(self._calls.items()):
                routes[route] += number
                outcomes.setdefault(route, {})[outcome] = number
            latest: list[Any] = list(self._last)[-last:] if last > 0 else []
            return {"total": self._number, "calls": dict(routes), "outcomes": outcomes, "last": latest}
