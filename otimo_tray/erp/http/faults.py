"""The one border where the network's exceptions and the interface's refusals become ours, by a table."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from typing import Any, Final, cast

import requests
from urllib3 import exceptions as u3

from otimo_tray.erp.http.address import Target
from otimo_tray.erp.http.answer import Answer, mapping, text
from otimo_tray.errors import ErpAway, ErpMisconfigured, OtimoError
from otimo_tray.web.faults import HIDDEN, RAW_CHARACTERS, causes, without_people

_CUT_OFF: Final = (
    u3.IncompleteRead,
    u3.DecodeError,
    requests.exceptions.ContentDecodingError,
    requests.exceptions.InvalidHeader,
    http.client.BadStatusLine,
)


def redact(shown: str, target: Target) -> str:
    """An answer's text for the details view: without our log-in, e-mail addresses and CPFs, and cut."""
    shown = shown[: RAW_CHARACTERS * 2]
    for secret in target.secrets:
        shown = shown.replace(secret, HIDDEN)
    return without_people(shown)


def from_network(error: BaseException, target: Target, seconds: float) -> OtimoError:
    """What a failed exchange means: E-270 the name isn't known, E-271 TLS, E-272 too slow, E-274 cut off or no HTTP,
    E-210 everything else about the connection."""
    chain = list(causes(error))

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in chain)

    if has(u3.NameResolutionError, socket.gaierror):
        return ErpAway("E-270", host=target.place.host)
    if has(ssl.SSLError, u3.SSLError, requests.exceptions.SSLError) and not has(u3.ReadTimeoutError):
        reason = next((one.verify_message for one in chain if isinstance(one, ssl.SSLCertVerificationError)), "")
        return ErpMisconfigured("E-271", host=target.place.host, port=str(target.place.port), reason=reason or "TLS")
    # urllib3 counts every failed connection as a kind of connect time-out.
    slow = has(TimeoutError, u3.TimeoutError, requests.exceptions.Timeout) and not has(u3.NewConnectionError)
    if slow:
        return ErpAway("E-272", host=target.place.host, seconds=_seconds(seconds))
    if has(*_CUT_OFF):
        return ErpAway("E-274", host=target.place.host, status="")
    return ErpAway("E-210", host=target.place.host, port=str(target.place.port))


def too_slow(target: Target, seconds: float) -> ErpAway:
    """An answer that trickled on beyond the limit."""
    return ErpAway("E-272", host=target.place.host, seconds=_seconds(seconds))


def _seconds(seconds: float) -> str:
    return f"{seconds:g}"


def from_status(answer: Answer, right: str, target: Target) -> OtimoError:
    """What a status means that no caller has a use for.

    Args:
        right: what was asked for, as `Health.rights` names it.
    """
    status, raw = answer.status, redact(answer.text, target)
    detail = shown_detail(answer, target)
    if status == 401:
        return ErpMisconfigured("E-280", host=target.place.host, raw=raw)
    if status == 403:
        return ErpMisconfigured("E-281", right=right, detail=detail, raw=raw)
    if status in (404, 405) or (status == 410 and not answer.is_problem):
        return ErpMisconfigured("E-282", address=target.place.url, path=answer.path, status=str(status), raw=raw)
    if status == 304 or (400 <= status < 500 and answer.is_problem and status not in (408, 425, 429)):
        return ErpMisconfigured("E-284", path=answer.path, field=f"HTTP {status}", detail=detail, raw=raw)
    if 300 <= status < 400:
        return ErpMisconfigured("E-285", address=target.place.url, host=answer.redirect_host, raw="")
    if status in (408, 425, 429) or status >= 500:
        return ErpAway("E-273", host=target.place.host, status=str(status), detail=detail, raw=raw)
    return ErpAway("E-274", host=target.place.host, status=str(status), raw=raw)


def field_errors(answer: Answer) -> list[Mapping[str, Any]]:
    """The errors of a problem, each with `pointer`, `detail` and maybe `code`."""
    errors = mapping(answer.json).get("errors")
    return [mapping(one) for one in cast("list[object]", errors)] if isinstance(errors, list) else []


def shown_detail(answer: Answer, target: Target) -> str:
    """The ERP's own words of a problem: its errors field by field, else its detail, else its title."""
    problem = mapping(answer.json)
    told = [
        f"{text(one.get('pointer')).lstrip('#')}: {text(one.get('detail'))}".strip(": ") for one in field_errors(answer)
    ]
    words = "; ".join(filter(None, told[:10])) or text(problem.get("detail")) or text(problem.get("title"))
    return redact(" ".join(words.split()), target)[:500]
