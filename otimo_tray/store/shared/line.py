"""A connection of one's own that never waits longer than it is told: for leases and notifications.

libpq waits for an answer as long as TCP does, and behind a proxy or a firewall that swallows packets that is for ever.
"""

from __future__ import annotations

import selectors
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import psycopg
from psycopg import pq
from psycopg.errors import ConnectionTimeout, error_from_result

Row = tuple[str | None, ...]
_DONE: Final = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY)


class Connector(Protocol):
    """Where lines lead to: `shared.server.Server`."""

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of one's own in autocommit. Raises psycopg's errors: use it inside `border`."""
        ...

    def border(self) -> AbstractContextManager[None]:
        """Turns errors of psycopg into StoreAway and StoreDamaged."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What one statement brought: its rows as text, and how many it concerned."""

    rows: list[Row]
    count: int


class Line:
    """Used by one thread. Every method raises psycopg's errors; after one of the class OperationalError it is dead."""

    def __init__(self, connector: Connector) -> None:
        self._connection = connector.connect()
        self._pg = self._connection.pgconn
        self._pg.nonblocking = 1

    @property
    def backend(self) -> int:
        """The number of the server's process at the other end."""
        return self._pg.backend_pid

    def fileno(self) -> int:
        """The socket, readable when something came (see `heard`)."""
        return self._pg.socket

    def ask(self, statements: str, seconds: float) -> list[Answer]:
        """Sends statements (separated by `;`: together one transaction) and waits so long at most for the answers.

        Raises:
            psycopg.OperationalError: the connection broke, or no answer came in time (ConnectionTimeout).
            psycopg.Error: the server refused; the line lives on.
        """
        ends = time.monotonic() + seconds
        self._pg.send_query(statements.encode())
        while self._pg.flush():
            self._wait(selectors.EVENT_READ | selectors.EVENT_WRITE, ends)
            self._pg.consume_input()
        answers: list[Answer] = []
        refused: psycopg.Error | None = None
        while True:
            while self._pg.is_busy():
                self._wait(selectors.EVENT_READ, ends)
                self._pg.consume_input()
            result = self._pg.get_result()
            if result is None:
                break
            if result.status not in _DONE:
                refused = refused or error_from_result(result)
                continue
            answers.append(Answer(_rows(result), result.command_tuples or 0))
        if refused is not None:
            raise refused
        return answers

    def _wait(self, events: int, ends: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pg.socket, events)
            left = ends - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise ConnectionTimeout("no answer in time")

    def heard(self) -> list[tuple[str, str]]:
        """What was notified since the last call, as (channel, payload); doesn't wait."""
        self._pg.consume_input()
        heard: list[tuple[str, str]] = []
        while (note := self._pg.notifies()) is not None:
            heard.append((note.relname.decode(), note.extra.decode()))
        return heard

    def close(self) -> None:
        """Ends it at once, whatever it is waiting for."""
        self._connection.close()


def _rows(result: pq.abc.PGresult) -> list[Row]:
    return [
        tuple(_text(result.get_value(row, column)) for column in range(result.nfields)) for row in range(result.ntuples)
    ]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
