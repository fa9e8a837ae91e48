"""An answer of the hub, read whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import requests

from otimo_tray.errors import HubAway
from otimo_tray.pluggto import jsontext
from otimo_tray.web.body import SlowError, TooLargeError, read_whole, redirect_host

MAX_BYTES: Final = 64 * 1024 * 1024


class Answer:
    """Status, headers and body of one exchange.

    Attributes:
        status: HTTP status.
        text: the body; bytes that aren't UTF-8 are replaced, one bad name must not hide a list.
    """

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status = status
        self._headers = headers
        self.text = body.decode("utf-8-sig", "replace")

    def header(self, name: str) -> str | None:
        """One header's value, by its name in any case."""
        value = self._headers.get(name)
        return None if value is None else str(value)

    @cached_property
    def _parsed(self) -> tuple[bool, Any]:
        try:
            return True, jsontext.loads(self.text)
        except jsontext.NotJsonError:
            return False, None

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON."""
        return self._parsed[0]

    @property
    def json(self) -> Any:
        """The body's value; None when it isn't JSON."""
        return self._parsed[1]

    @property
    def is_html(self) -> bool:
        """Whether the body is a page for people (a captive portal, a proxy's message)."""
        return self.text[:1024].lstrip().startswith("<")

    @property
    def redirect_host(self) -> str:
        """Host a redirect points to; nothing else of it is ever kept, it may hold keys."""
        return redirect_host(self.header("Location") or "")


def read(response: requests.Response, *, monotonic: Callable[[], float], seconds: float) -> Answer:
    """Reads a streamed response to its end.

    Args:
        response: of a request made with `stream=True`.
        monotonic: clock for `seconds`.
        seconds: most that the whole body may take, however steadily it trickles.

    Raises:
        HubAway: P-119 larger than `MAX_BYTES`; P-117 too slow. Errors of urllib3 pass through.
    """
    try:
        body = read_whole(response, limit=MAX_BYTES, monotonic=monotonic, end=monotonic() + seconds)
    except TooLargeError:
        raise HubAway("P-119", limit_mb=MAX_BYTES // 2**20) from None
    except SlowError:
        raise HubAway("P-117") from None
    return Answer(response.status_code, response.headers, body)
