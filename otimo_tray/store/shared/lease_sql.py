"""The statements of one shop's lease. They go over the wire as text, so every value is quoted here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from psycopg import sql

from otimo_tray.store.shared.names import LEAD, channel_of, lock_key
from otimo_tray.sync.fence import VALID_S

QUIET_S: Final = VALID_S + 1.0
"""So long after its last beat a leader whose session is gone can't begin anything any more."""
STUCK_S: Final = 10.0
"""So long in a transaction without a word between server and desk: no writer that lives is so slow."""
_NOW: Final = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


class LeaseSql:
    """For one schema and one desk."""

    def __init__(self, schema: str, desk: str, person: str) -> None:
        self._table = table = sql.Identifier(schema, "lease").as_string()
        self._channel = _quoted(channel_of(schema))
        key = lock_key(schema, LEAD)
        led = f"backend <> 0 AND beat_at > '' AND beat_at::timestamptz > clock_timestamp() - interval '{QUIET_S} s'"
        self.look = (
            "SELECT number, desk, person, backend, beat_at, extract(epoch FROM clock_timestamp() - "  # noqa: S608
            f"nullif(beat_at, '')::timestamptz) FROM {table} WHERE name = 'engine'"
        )
        self.lock = f"SELECT pg_try_advisory_lock({key})"
        self.unlock = f"SELECT pg_advisory_unlock({key})"
        self.take = (
            "SET LOCAL synchronous_commit TO on;"  # a number that was given must never be given again  # noqa: S608
            # Behind the writers' lock: a transaction that looked at the former number has ended when this one grows.
            f"DO $$BEGIN PERFORM pg_advisory_xact_lock({lock_key(schema)}); END$$;"
            f"INSERT INTO {table} (name, number, desk, person, backend, beat_at)"
            " VALUES ('engine', 0, '', '', 0, '') ON CONFLICT DO NOTHING;"
            f"WITH taken AS (UPDATE {table} SET number = number + 1, desk = {_quoted(desk)},"
            f" person = {_quoted(person)}, backend = pg_backend_pid(), beat_at = {_NOW}"
            f" WHERE name = 'engine' AND NOT ({led}) RETURNING number)"
            f" SELECT number, pg_notify({self._channel}, 'lead') FROM taken"
        )
        # Not whoever is just taking the lead himself.
        stale = f"held.pid = (SELECT backend FROM {table} WHERE name = 'engine') OR {_SILENT}"  # noqa: S608
        self.end_holder = f"{_ending([key])} AND ({stale})"

    def beat(self, number: int) -> str:
        return f"UPDATE {self._table} SET beat_at = {_NOW} WHERE name = 'engine' AND number = {number:d}"  # noqa: S608

    def free(self, number: int) -> str:
        """Tells that nobody leads, gives the lock away, and tells the other desks."""
        return (
            f"UPDATE {self._table} SET backend = 0, beat_at = '' WHERE name = 'engine' AND number = {number:d};"  # noqa: S608
            f"{self.unlock}; SELECT pg_notify({self._channel}, 'lead')"
        )


_SILENT: Final = f"greatest(session.state_change, session.query_start) < clock_timestamp() - interval '{STUCK_S} s'"


def end_stuck(schemas: Iterable[str]) -> str:
    """Ends sessions that keep these shops' writers waiting because their own desk is dead: it slept, or its cable was
    cut, in the middle of a transaction."""
    return f"{_ending([lock_key(schema) for schema in schemas])} AND session.wait_event_type = 'Client' AND {_SILENT}"


def _ending(keys: Iterable[int]) -> str:
    """Ends the sessions of our own role that hold one of these locks."""
    pairs = ", ".join(f"({(key >> 32) & 0xFFFFFFFF}, {key & 0xFFFFFFFF})" for key in keys)
    return (
        "SELECT pg_terminate_backend(held.pid) FROM pg_locks held JOIN pg_stat_activity session USING (pid)"  # noqa: S608
        " WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1"
        f" AND (held.classid, held.objid) IN ({pairs}) AND held.pid <> pg_backend_pid()"
        " AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND session.usename = current_user"
    )


def _quoted(text: str) -> str:
    return sql.Literal(text.replace("\0", "")).as_string()
