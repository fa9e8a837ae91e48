"""Small ledgers: remembered facts, problems, runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from otimo_tray.errors import OtimoError


class Facts(Protocol):
    """Single remembered facts (cursors, decisions), text by key."""

    def get(self, key: str) -> str | None: ...
    def set(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that needs a person."""

    flow: str
    item: str
    code: str
    params: dict[str, Any]
    raw: str
    since: datetime
    last_seen: datetime
    times: int


class Problems(Protocol):
    """What needs a person, one row an item; gone when healed."""

    def report(self, flow: str, item: str, error: OtimoError, now: datetime) -> None: ...
    def solve(self, flow: str, items: Sequence[str] | None = None) -> None: ...
    def list(self, limit: int = 1_000) -> list[Problem]: ...
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a flow, or one that didn't happen."""

    id: int
    flow: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    code: str | None
    params: dict[str, Any]
    counts: dict[str, int]


class Runs(Protocol):
    """Ledger of runs."""

    def add(
        self,
        flow: str,
        started_at: datetime,
        ended_at: datetime,
        outcome: Literal["ok", "failed", "skipped"],
        *,
        error: OtimoError | None = None,
        counts: Mapping[str, int] | None = None,
    ) -> None: ...

    def last(self, flow: str, *, outcome: str | None = None) -> RunRow | None: ...
    def since(self, flow: str | None, moment: datetime) -> list[RunRow]: ...
