"""The one border where the network's exceptions and the hub's refusals become ours, by a table."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import requests
from urllib3 import exceptions as u3

from otimo_tray.errors import (
    HubAway,
    HubBusy,
    HubNotFound,
    HubRefusedItem,
    HubRefusedLogin,
    HubUnchanged,
    OtimoError,
)
from otimo_tray.pluggto import wire
from otimo_tray.pluggto.response import Answer
from otimo_tray.web.faults import HIDDEN, RAW_CHARACTERS, causes, without_people

MAX_RETRY_AFTER_S: Final = 900.0
_SECRET_FIELD: Final = re.compile(
    r"""(?i)(["']?(?:access_token|refresh_token|client_secret|password|authorization)["']?\s*[:=]\s*(?:bearer\s+)?)"""
    r"""("[^"]*"|'[^']*'|[^\s&,;}"']+)"""
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """An answer's text for the details view: without secrets, e-mail addresses and CPFs, cut to a readable
    length."""
    shown = text[: RAW_CHARACTERS * 2]
    for secret in secrets:
        if len(secret) >= 4:
            shown = shown.replace(secret, HIDDEN)
    shown = _SECRET_FIELD.sub(rf"\1{HIDDEN}", shown)
    return without_people(shown)


def from_network(error: BaseException, *, sent: bool, host: str) -> HubAway:
    """What a failed exchange means. `sent` tells whether anything of the request had left.

    P-114 TLS, P-116 name not found, P-117 time-out, P-111 answer cut off, P-110 everything else about the
    connection.
    """
    chain = list(causes(error))

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in chain)

    if has(u3.NameResolutionError, socket.gaierror):
        return HubAway("P-116", host=host, after_send=False)
    if has(requests.exceptions.ProxyError, u3.ProxyError):
        return HubAway("P-110", host=host, reason="proxy", after_send=sent)
    if has(ssl.SSLError, u3.SSLError, requests.exceptions.SSLError) and not has(u3.ReadTimeoutError):
        return HubAway("P-114", host=host, after_send=sent)
    if has(u3.IncompleteRead, http.client.IncompleteRead, u3.DecodeError, requests.exceptions.ContentDecodingError):
        return HubAway("P-111", host=host, after_send=True)
    if has(ConnectionRefusedError):
        return HubAway("P-110", host=host, reason="refused", after_send=False)
    # urllib3 counts every failed connection as a kind of connect time-out.
    if has(TimeoutError, u3.TimeoutError, requests.exceptions.Timeout) and not has(u3.NewConnectionError):
        return HubAway("P-117", host=host, after_send=sent)
    return HubAway("P-110", host=host, reason="broken" if sent else "unreachable", after_send=sent)


def retry_after(value: str | None, server_date: str | None, now: datetime) -> float | None:
    """Seconds to wait from a `Retry-After` in seconds or as a date, capped at 15 minutes; None if it says
    nothing.

    A date is measured against the answer's own `Date`, so that a wrong clock on this PC doesn't matter.
    """
    if value is None:
        return None
    given = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", given):
        return min(float(given), MAX_RETRY_AFTER_S)
    until = http_date(given)
    if until is None:
        return None
    seconds = (until - (http_date(server_date or "") or now)).total_seconds()
    return max(0.0, min(seconds, MAX_RETRY_AFTER_S))


def http_date(text: str) -> datetime | None:
    """An HTTP date with its zone; None for anything else."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else None


def check(answer: Answer, *, item: str | None, now: datetime, secrets: tuple[str, ...]) -> None:
    """Raises what an answer's status and body mean; returns when it is a usable 2xx.

    Args:
        answer: not a 401, which is the session's.
        item: SKU or order id the call was about; None for lists, which no single item can be blamed for.
        now: for a `Retry-After` given as a date.
        secrets: values that must not appear in `raw`.
    """
    status, raw = answer.status, redact(answer.text, secrets)
    if 300 <= status < 400:
        raise HubAway("P-113", status=status, location=answer.redirect_host, raw=raw)
    if status == 429:
        wait = retry_after(answer.header("Retry-After"), answer.header("Date"), now)
        raise HubBusy(retry_after=wait, raw=raw)
    if status in {408, 425}:
        raise HubAway("P-117", status=status, raw=raw)
    if status == 511 or (answer.is_html and (status < 300 or status in {403, 404, 407})):
        raise HubAway("P-112", status=status, raw=raw)
    if status >= 500 or status < 200:
        raise HubAway("P-115", status=status, raw=raw)
    body = wire.mapping(answer.json) if answer.is_json else {}
    if status < 300:
        if not answer.is_json and answer.text.strip():
            raise HubAway("P-111", status=status, raw=raw)
        if body.get("error") is not True:
            return
    raise _refusal(status, body, item, raw, secrets)


def _refusal(status: int, body: wire.Json, item: str | None, raw: str, secrets: tuple[str, ...]) -> OtimoError:
    kind = wire.text(body.get("type"))
    details = wire.text(body.get("details")) or wire.text(body.get("message"))
    if item is None:
        if status == 403:
            return HubRefusedLogin("P-102", raw=raw, status=status)
        return HubAway("P-115", raw=raw, status=status)
    if kind == "not_updated" or (status == 400 and details.startswith("Changes not found")):
        return HubUnchanged(raw=raw, item=item)
    if status == 404 or kind == "not_found":
        return HubNotFound(raw=raw, item=item)
    return HubRefusedItem(raw=raw, item=item, status=status, details=redact(details, secrets)[:300])
