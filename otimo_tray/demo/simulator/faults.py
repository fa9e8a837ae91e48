"""Faults that happen on the socket: rules that pick requests, and what each does to one.

A rule is a JSON object; all but `kind` may be absent:

- `kind`: see `KINDS`.
- `method`, `path`: regular expressions over the whole method and the whole undecoded path; absent = any.
- `after`: let so many matching requests pass first. `times`: then strike so many; absent = always.
- `probability`, `seed`: strike only that often, the same ones for the same seed.
- `retry_after` (429, 503): seconds or a date, sent as it is.
- `status` (html, empty): the status they come with.
- `seconds` (hang: answer after so long; latency: wait so long).
- `effect` (hang): `none`, `before` or `after` the wait; it matters when the wait ends without an answer.
"""

from __future__ import annotations

import random
import re
import threading
from dataclasses import dataclass, field
from typing import Any, cast

from .wire import Json

KINDS = (
    "drop", "401", "429", "500", "503", "hang", "truncate", "html", "empty", "lost_answer", "latency",
)  # fmt: skip
"""drop: closed without an answer, no effect. lost_answer: the effect happens, then closed. truncate: effect,
and half the announced body. html, empty: no effect, a gateway's page or nothing. hang: no answer until
released."""

_NAMES = frozenset(
    {
        "kind",
        "method",
        "path",
        "after",
        "times",
        "probability",
        "seed",
        "retry_after",
        "status",
        "seconds",
        "effect",
    }
)


class FaultError(ValueError):
    """A rule that can't be read."""


@dataclass(slots=True)
class Rule:
    """One rule, with how often it matched and struck."""

    kind: str
    method: str = ""
    path: str = ""
    after: int = 0
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    retry_after: str | None = None
    status: int | None = None
    seconds: float | None = None
    effect: str = "none"
    matched: int = 0
    struck: int = 0
    random: random.Random = field(default_factory=random.Random, repr=False)

    def strikes(self, method: str, path: str) -> bool:
        """Whether this request is struck; counts it."""
        if self.times is not None and self.struck >= self.times:
            return False
        if self.method and not re.fullmatch(self.method, method, re.IGNORECASE):
            return False
        if self.path and not re.fullmatch(self.path, path):
            return False
        self.matched += 1
        if self.matched <= self.after or self.random.random() >= self.probability:
            return False
        self.struck += 1
        return True

    def as_json(self) -> Json:
        """The rule and its counts."""
        return {name: getattr(self, name) for name in (*sorted(_NAMES), "matched", "struck")}


def read_rule(value: Any) -> Rule:
    """A rule from JSON.

    Raises:
        FaultError: an unknown name or kind, a bad expression, a value of the wrong kind.
    """
    if not isinstance(value, dict):
        raise FaultError("a rule is an object")
    given = cast(Json, value)
    if unknown := given.keys() - _NAMES:
        raise FaultError(f"unknown: {', '.join(sorted(map(str, unknown)))}")
    try:
        rule = Rule(
            kind=str(given.get("kind")),
            method=str(given.get("method") or ""),
            path=str(given.get("path") or ""),
            after=int(given.get("after") or 0),
            times=None if given.get("times") is None else int(given["times"]),
            probability=float(given.get("probability", 1.0)),
            seed=int(given.get("seed") or 0),
            retry_after=None if given.get("retry_after") is None else str(given["retry_after"]),
            status=None if given.get("status") is None else int(given["status"]),
            seconds=None if given.get("seconds") is None else float(given["seconds"]),
            effect=str(given.get("effect") or "none"),
        )
        re.compile(rule.method)
        re.compile(rule.path)
    except (TypeError, ValueError, re.error) as error:
        raise FaultError(str(error)) from error
    if rule.kind not in KINDS:
        raise FaultError(f"kind is one of {', '.join(KINDS)}")
    if rule.effect not in ("none", "before", "after"):
        raise FaultError("effect is one of none, before, after")
    if rule.status is not None and not 200 <= rule.status <= 599:
        raise FaultError("status is between 200 and 599")
    if rule.retry_after is not None and not rule.retry_after.isprintable():
        raise FaultError("retry_after is one line of text")
    rule.random.seed(rule.seed)
    return rule


class Faults:
    """The rules in force, and the gate that hanging requests wait at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Rule] = []
        self._gate = threading.Event()
        self._stopped = threading.Event()

    def set(self, rules: list[Rule]) -> None:
        """Replace all rules; requests that hang already are let go."""
        with self._lock:
            self._rules = rules
        self.release()

    def add(self, rules: list[Rule]) -> None:
        """Add rules after those in force."""
        with self._lock:
            self._rules.extend(rules)

    def rules(self) -> list[Json]:
        """The rules in force, with their counts."""
        with self._lock:
            return [rule.as_json() for rule in self._rules]

    def pick(self, method: str, path: str) -> tuple[Rule | None, float]:
        """The first rule that strikes this request, and the seconds that latency rules add."""
        extra = 0.0
        with self._lock:
            for rule in self._rules:
                if rule.strikes(method, path):
                    if rule.kind != "latency":
                        return rule, extra
                    extra += rule.seconds or 0.0
        return None, extra

    def hang(self, seconds: float | None) -> bool:
        """Wait at the gate; True when `seconds` ran out, so that the request goes on."""
        with self._lock:
            gate = self._gate
        return not gate.wait(seconds)

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond `stop`."""
        if seconds > 0:
            self._stopped.wait(seconds)

    def release(self) -> None:
        """Let go all requests that hang now: their connections are closed without an answer."""
        with self._lock:
            self._gate.set()
            if not self._stopped.is_set():
                self._gate = threading.Event()

    def stop(self) -> None:
        """End every wait, also those to come."""
        self._stopped.set()
        self.release()
