"""Opening a shop's state on a server: its schema is made or brought to this program's, by one desk at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from otimo_tray.ports import Clock
from otimo_tray.store.migrate import HEAD, migrate
from otimo_tray.store.shared.database import Away, LeaseCheck, SharedDatabase
from otimo_tray.store.shared.names import lock_key
from otimo_tray.store.shared.server import Server
from otimo_tray.store.state import StateStore

_IS_THERE = text("SELECT to_regclass(:table) IS NOT NULL, to_regnamespace(:schema) IS NOT NULL")


def open_shared_store(
    server: Server,
    schema: str,
    clock: Clock,
    *,
    lease: LeaseCheck | None = None,
    away: Away | None = None,
    copy: Callable[[datetime], Path | None] | None = None,
    check: bool = True,
) -> StateStore:
    """The state of a shop in `schema` of `server`, which stays its opener's to close.

    Args:
        lease: what a desk that leads carries: each of its transactions is refused once the lease isn't the shop's.
        away, copy: see `SharedDatabase`.
        check: False = nothing is asked of the server now (it may be away); the schema was looked at before.

    Raises:
        StoreAway: L-330 to L-339, the server can't be used now.
        StoreDamaged: L-321, the schema is newer than this program; L-322, it isn't ours.
        ConfigurationError: C-405, not a schema's name.
    """
    database = SharedDatabase(server, schema, lease=lease)
    database.away, database.copy = away, copy
    if check:
        bring_up_to_date(server, schema)
    return StateStore(database, clock)


def bring_up_to_date(server: Server, schema: str) -> bool:
    """Makes the schema if it lacks, and runs the revisions it lacks: all of it or nothing. True when something was
    done. Raises as `open_shared_store`."""
    path = f'SET LOCAL search_path = "{schema}"'
    with server.border():
        with server.begin(f"BEGIN READ ONLY; {path}") as connection:
            if _revision(connection, schema) == HEAD:
                return False
        # A revision takes what it takes, and a slow PC loads its scripts meanwhile.
        patience = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '5min'"
        lock = f"SELECT pg_advisory_xact_lock({lock_key(schema)})"
        with server.begin(f"BEGIN; {path}; {patience}; {lock}") as connection:
            _, is_there = connection.execute(_IS_THERE, _names(schema)).one()
            if not is_there:
                connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
            return migrate(connection)


def _revision(connection: Connection, schema: str) -> str | None:
    table, _ = connection.execute(_IS_THERE, _names(schema)).one()
    if not table:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _names(schema: str) -> dict[str, str]:
    return {"schema": f'"{schema}"', "table": f'"{schema}".alembic_version'}
