"""Brings a database to the schema this program knows. Alembic is loaded only when there is something to do."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from otimo_tray.errors import StoreDamaged

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions this program knows, oldest first; a test holds them to the scripts."""
HEAD: Final = REVISIONS[-1]
MOVED: Final = "moved-"
"""The beginning of the revision of a database whose state was moved elsewhere; its day follows."""
SCRIPTS: Final = Path(__file__).parent / "migrations"
_TABLE: Final = "alembic_version"
_ONE_AT_A_TIME: Final = threading.Lock()
"""Alembic keeps what it is doing in globals: two shops of one process would write into each other's database."""


def current_revision(connection: Connection) -> str | None:
    """The database's revision; None when it is empty.

    Raises:
        StoreDamaged: L-322, it holds tables, but not ours.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if _TABLE not in tables:
        raise StoreDamaged("L-322", detail="unknown tables")
    return connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608 - our own constant


def migrate(connection: Connection) -> bool:
    """Runs what is missing, inside the caller's transaction: all of it or nothing. True when something was done.

    Raises:
        StoreDamaged: L-321, the database is newer than this program. L-322, it isn't ours. L-374, the state that was
            there was moved elsewhere.
    """
    revision = current_revision(connection)
    if revision == HEAD:
        return False
    if revision is not None and revision.startswith(MOVED):
        raise StoreDamaged("L-374", detail=revision.removeprefix(MOVED)[:8])
    if revision is not None and revision not in REVISIONS:
        raise StoreDamaged("L-321", detail=f"{revision} > {HEAD}", revision=revision)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, "head")
    return True
