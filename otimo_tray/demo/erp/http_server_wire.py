"""Requests, answers and problems of the demo ERP's HTTP interface, apart from the sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

VERSION: Final = 1
PROBLEM: Final = "application/problem+json"
JSON: Final = "application/json"
MAX_BODY: Final = 4 * 1024 * 1024
"""Bytes of a request's body; the contract asks for a quarter of it."""

FieldErrors = Sequence[tuple[str, str, str]]
"""(JSON pointer or parameter, code or "", what is wrong)"""


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `path` below the base address, decoded; `query` with each name's values."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def one(self, name: str) -> str | None:
        """A parameter's value. Raises Problem 400 when it is there more than once."""
        values = self.query.get(name, [])
        if len(values) > 1:
            raise Problem(400, "Parâmetro repetido", errors=[(name, "", "mais de uma vez")])
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `content` None = no body."""

    status: int
    content: object = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    kind: str = JSON

    def body(self) -> bytes:
        """The body's bytes; a content that is bytes already goes out as it is."""
        if self.content is None:
            return b""
        if isinstance(self.content, bytes):
            return self.content
        return json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class Problem(Exception):
    """A call that isn't answered as asked (RFC 9457)."""

    def __init__(
        self,
        status: int,
        title: str,
        *,
        detail: str = "",
        kind: str = "",
        errors: FieldErrors = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self._headers = dict(headers or {})
        content: dict[str, Any] = {"type": kind or "about:blank", "title": title, "status": status}
        if detail:
            content["detail"] = detail
        if errors:
            content["errors"] = [
                {"pointer": pointer, **({"code": code} if code else {}), "detail": told}
                for pointer, code, told in errors
            ]
        self._content = content

    def answer(self) -> Answer:
        """As an answer."""
        return Answer(self.status, self._content, self._headers, PROBLEM)


def limit_of(request: Request, default: int, most: int) -> int:
    """The parameter `limit`. Raises Problem 400."""
    text = request.one("limit")
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= most:
        raise Problem(400, "Parâmetro inválido", errors=[("limit", "", f"um número de 1 a {most}")])
    return number


def matches(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names this ETag."""
    given = request.headers.get("If-None-Match", "")
    return etag in [one.strip() for one in given.split(",")]
