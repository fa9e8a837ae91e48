"""Requests, answers and refusals as values: what the routes see of HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

Json = dict[str, Any]
"""A JSON object, as json.loads gives it."""

MAX_BODY = 4 * 1024 * 1024
"""Bytes of a request body that are read at most."""

HTML_ERROR = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer: status, body and what differs from a plain JSON answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request: `segments` are the path's parts, each URL-decoded after the split; names of
    `headers` are lower case."""

    method: str
    path: str
    segments: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def object(self) -> Json:
        """The body as a JSON object; no body is an empty one.

        Raises:
            RefusedError: 400, the body is something else.
        """
        if not self.body.strip():
            return {}
        try:
            value = json.loads(self.body, parse_constant=_no_constant)
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is legal JSON but no text
        except (ValueError, RecursionError):
            refuse(400, "invalid_json", "The body is not valid JSON")
        if not isinstance(value, dict):
            refuse(400, "invalid_json", "The body must be a JSON object")
        return cast(Json, value)


class RefusedError(Exception):
    """The call is answered with an error and has no effect."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def refuse(status: int, kind: str, details: object) -> NoReturn:
    """Raise the documented error body with this `type` and `details`."""
    raise RefusedError(error(status, kind, details))


def error(status: int, kind: str, details: object, headers: Mapping[str, str] | None = None) -> Answer:
    """The documented error body."""
    body = {
        "error": True,
        "type": kind,
        "message": "An error occurred, see details for more information.",
        "details": details,
    }
    return Answer(status, dump(body).encode(), headers=headers or {})


def in_form(form: str, status: int, kind: str, text: str) -> Answer:
    """An error in one of the forms that the switches name: hub, oauth, empty, html."""
    if form == "oauth":
        return reply({"code": status, "error": kind, "error_description": text}, status)
    if form == "empty":
        return Answer(status, b"")
    if form == "html":
        return Answer(status, HTML_ERROR.encode(), "text/html; charset=utf-8")
    body = {"error": True, "type": kind, "message": text, "details": text}
    return Answer(status, dump(body).encode())


def reply(value: object, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, dump(value).encode())


def reply_text(text: str, status: int = 200) -> Answer:
    """A JSON answer whose text is ready made."""
    return Answer(status, text.encode())


def dump(value: object) -> str:
    """JSON as the hub writes it: UTF-8, no escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
