"""An answer of the interface, read whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, cast

import requests

from otimo_tray.errors import ErpMisconfigured
from otimo_tray.web.body import TooLargeError, read_whole, redirect_host

MAX_BYTES: Final = 32 * 1024 * 1024
_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class Answer:
    """Status, headers and body of one exchange.

    Attributes:
        path: what was asked for, without the base address and the query.
        status: HTTP status.
    """

    def __init__(self, path: str, status: int, headers: Any, body: bytes) -> None:
        self.path = path
        self.status = status
        self._headers = headers
        self._body = body

    def header(self, name: str) -> str:
        """One header's value, by its name in any case; "" when it isn't there."""
        return str(self._headers.get(name) or "")

    @property
    def text(self) -> str:
        """The body for people; bytes that aren't UTF-8 are replaced."""
        return self._body.decode("utf-8-sig", "replace")

    @cached_property
    def _parsed(self) -> tuple[bool, Any]:
        try:
            value = json.loads(self._body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=lambda _: None)
            return True, _clean(value) if _SURROGATE_ESCAPE.search(self._body) else value
        except (ValueError, RecursionError, ArithmeticError):
            return False, None

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON."""
        return self._parsed[0]

    @property
    def json(self) -> Any:
        """The body's value: whole numbers as int, others as Decimal, lone surrogates replaced. None: it isn't JSON."""
        return self._parsed[1]

    @property
    def is_problem(self) -> bool:
        """Whether the body is a problem of this interface, not some proxy's page."""
        return self.is_json and "title" in mapping(self.json)

    @property
    def redirect_host(self) -> str:
        """Host a redirect points to; nothing else of it is ever kept, it may hold keys."""
        return redirect_host(self.header("Location"))


def read(path: str, response: requests.Response, *, monotonic: Callable[[], float], end: float) -> Answer:
    """Reads a streamed response to its end.

    Args:
        path: see `Answer`.
        end: moment of `monotonic` at which the whole body must be there, however steadily it trickles.

    Raises:
        SlowError: it wasn't. ErpMisconfigured: E-275, larger than `MAX_BYTES`. Errors of urllib3 pass through.
    """
    try:
        body = read_whole(response, limit=MAX_BYTES, monotonic=monotonic, end=end)
    except TooLargeError:
        raise ErpMisconfigured("E-275", path=path, limit_mb=MAX_BYTES // 2**20) from None
    return Answer(path, response.status_code, response.headers, body)


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; an empty one for anything else."""
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def text(value: object) -> str:
    """A JSON text; "" for anything else."""
    return value if isinstance(value, str) else ""


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in cast("dict[str, Any]", value).items()}
    return value
