"""A server of leases in memory: one row a shop, one lock a shop, sessions that can be cut or frozen. No SQL is read:
statements are known by the object that made them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.errors import ConnectionTimeout, UndefinedTable

from otimo_tray.errors import StoreAway
from otimo_tray.store.shared.lease_sql import LeaseSql, end_stuck
from otimo_tray.store.shared.line import Answer
from tests.support.clock import FakeClock


@dataclass
class Row:
    number: int = 0
    desk: str = ""
    backend: int = 0
    beat: float | None = None


@dataclass
class FakeServer:
    """Its clock is the test's own, whatever the desks' clocks say."""

    schema: str = "loja"
    now: float = 0.0
    row: Row = field(default_factory=Row)
    lock: int | None = None
    alive: set[int] = field(default_factory=set[int])
    away: bool = False
    broken: set[str] = field(default_factory=set[str])
    ended: list[int] = field(default_factory=list[int])
    said: list[str] = field(default_factory=list[str])
    backends: int = 0

    def connect(self) -> Any:
        raise AssertionError("fakes make their own lines")

    @contextmanager
    def border(self) -> Generator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise StoreAway("L-331") from error

    def end(self, backend: int) -> None:
        """The session is over, and its lock free."""
        self.alive.discard(backend)
        if self.lock == backend:
            self.lock = None


class FakeLine:
    """One desk's session. `silent`: nothing comes back, as through a cut cable."""

    def __init__(self, server: FakeServer, desk: str, clock: FakeClock) -> None:
        if server.away:
            raise psycopg.OperationalError("away")
        server.backends += 1
        self.backend = server.backends
        server.alive.add(self.backend)
        self.server = server
        self.silent = False
        self.closed = False
        self.clock = clock
        self.takes_s = 0.0
        self._known = _statements(server.schema, desk)

    def ask(self, statements: str, seconds: float) -> list[Answer]:
        if self.silent:
            self.clock.advance(seconds)
            self.server.now += seconds
            raise ConnectionTimeout("no answer in time")
        self.clock.advance(self.takes_s)
        self.server.now += self.takes_s
        if self.backend not in self.server.alive:
            raise psycopg.OperationalError("the session was ended")
        if statements.startswith("SET synchronous"):
            return [Answer([], 0)]
        return self._do(statements)

    def _do(self, statement: str) -> list[Answer]:
        server, row = self.server, self.server.row
        if server.schema in server.broken:
            raise UndefinedTable("gone")
        if statement == end_stuck([server.schema]):
            return [Answer([], 0)]
        what, number = self._what(statement)
        server.said.append(what)
        if what == "look":
            age = None if row.beat is None else str(server.now - row.beat)
            return [Answer([(str(row.number), row.desk, "", str(row.backend), str(row.beat or ""), age)], 1)]
        if what == "lock":
            if server.lock is None:
                server.lock = self.backend
            return [Answer([("t" if server.lock == self.backend else "f",)], 1)]
        if what == "unlock":
            if server.lock == self.backend:
                server.lock = None
            return [Answer([("t",)], 1)]
        if what == "take":
            if row.backend and row.beat is not None and server.now - row.beat < 13.0:
                return [Answer([], 0), Answer([], 0)]
            server.row = Row(row.number + 1, self._known["desk"], self.backend, server.now)
            return [Answer([], 0), Answer([(str(server.row.number), "")], 1)]
        if what == "end_holder":
            if server.lock is not None and server.lock == row.backend:
                server.ended.append(server.lock)
                server.end(server.lock)
            return [Answer([], 0)]
        mine = row.number == number
        if what == "beat":
            if mine:
                row.beat = server.now
            return [Answer([], int(mine))]
        if mine:  # free
            row.backend, row.beat = 0, None
        if server.lock == self.backend:
            server.lock = None
        return [Answer([], int(mine))]

    def _what(self, statement: str) -> tuple[str, int]:
        for name in ("look", "lock", "unlock", "take", "end_holder"):
            if statement == self._known[name]:
                return name, 0
        for number in range(self.server.row.number + 1):
            if statement == self._known["sql"].beat(number):
                return "beat", number
            if statement == self._known["sql"].free(number):
                return "free", number
        raise AssertionError(f"unknown statement {statement}")

    def close(self) -> None:
        self.closed = True
        if not self.silent:
            self.server.end(self.backend)


def _statements(schema: str, desk: str) -> dict[str, Any]:
    sql = LeaseSql(schema, desk, "Ana")
    names = ("look", "lock", "unlock", "take", "end_holder")
    return {**{name: getattr(sql, name) for name in names}, "sql": sql, "desk": desk}
