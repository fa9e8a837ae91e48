"""A body read whole: bounded in size and time, so that neither a flood nor a trickle holds a thread for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3 import exceptions as u3

_CHUNK: Final = 256 * 1024


class TooLargeError(Exception):
    """The body is larger than allowed."""


class SlowError(Exception):
    """The body wasn't whole in time."""


def read_whole(response: requests.Response, *, limit: int, monotonic: Callable[[], float], end: float) -> bytes:
    """Reads a response made with `stream=True` to its end and lets go of its connection.

    Args:
        limit: most bytes, unpacked.
        end: moment of `monotonic` at which the whole body must be there, however steadily it trickles.

    Raises:
        TooLargeError, SlowError; errors of urllib3 pass through, also for a body that ended early.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > limit:
                raise TooLargeError
            if monotonic() > end:
                raise SlowError
            chunks.append(chunk)
        expected = response.headers.get("Content-Length", "")
        # read1 doesn't notice every early end by itself.
        if not response.headers.get("Content-Encoding") and expected.isdigit() and size < int(expected):
            raise u3.IncompleteRead(size, int(expected) - size)
    except BaseException:
        response.close()
        raise
    response.raw.release_conn()
    return b"".join(chunks)


def redirect_host(location: str) -> str:
    """Host a redirect points to; nothing else of it is ever kept, it may hold keys."""
    try:
        return urlsplit(location).hostname or ""
    except ValueError:
        return ""
