"""Plain schemas for the tests of leases, and statements over a line of their own."""

from __future__ import annotations

from otimo_tray.store.shared.line import Line, Row
from otimo_tray.store.shared.server import Server

LEASE = (
    "CREATE TABLE {schema}.lease (name TEXT PRIMARY KEY, number INTEGER NOT NULL, desk TEXT NOT NULL,"
    " person TEXT NOT NULL, backend INTEGER NOT NULL, beat_at TEXT NOT NULL)"
)
"""As migration 0005 makes it, and no more."""


def run(server: Server, statements: str) -> list[Row]:
    """Runs statements; answers the last one's rows, all as text."""
    line = Line(server)
    try:
        return line.ask(statements, 30.0)[-1].rows
    finally:
        line.close()
