"""A state's place on a server while it is moved there or away: one long transaction, what was begun, what is left."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from sqlalchemy import URL, Connection, NullPool, create_engine, text

from otimo_tray.errors import ConfigurationError, StoreDamaged
from otimo_tray.store.copying import is_empty
from otimo_tray.store.migrate import MOVED, migrate
from otimo_tray.store.shared.names import lock_key
from otimo_tray.store.shared.server import Server

_OTHERS: Final = text("""
SELECT DISTINCT name FROM (
  SELECT coalesce(nullif(person, ''), desk) AS name FROM lease
    WHERE backend <> 0 AND beat_at <> '' AND CAST(beat_at AS timestamptz) > clock_timestamp() - interval '30 s'
  UNION ALL SELECT coalesce(nullif(person, ''), desk) FROM open_item
    WHERE desk <> :own AND CAST(at AS timestamptz) > clock_timestamp() - interval '60 s'
  UNION ALL SELECT coalesce(nullif(person, ''), name) FROM desk
    WHERE id <> :own AND CAST(seen_at AS timestamptz) > clock_timestamp() - interval '60 s'
) AS present ORDER BY name
""")


def moved_mark(now: datetime) -> str:
    """The revision of a database whose state was moved elsewhere at that moment (UTC)."""
    return f"{MOVED}{now:%Y%m%d-%H%M%S}"


@contextmanager
def at_server(server: Server, schema: str, *, reading: bool = False) -> Generator[Connection]:
    """One transaction that may take long: the shop's only writer, or a view."""
    engine = create_engine(
        URL.create("postgresql+psycopg"),
        creator=lambda: server.connect(slow=True),
        paramstyle="format",
        poolclass=NullPool,
        use_native_hstore=False,
        hide_parameters=True,
    )
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if reading else "BEGIN"
    lock = "" if reading else f"; SELECT pg_advisory_xact_lock({lock_key(schema)})"
    settings = f"""SET LOCAL search_path = "{schema}"; SET LOCAL idle_in_transaction_session_timeout = 0"""
    with server.border(), engine.connect() as connection:
        connection.exec_driver_sql(f"{begin}; {settings}{lock}", execution_options={"no_parameters": True})
        yield connection
        connection.commit()


def make_room(target: Connection, schema: str, own: str) -> None:
    """An empty schema with this program's tables. Raises ConfigurationError L-370 where there is a state."""
    is_there = text("SELECT to_regnamespace(:schema) IS NOT NULL, to_regclass('alembic_version') IS NOT NULL")
    schema_there, tables_there = target.execute(is_there, {"schema": f'"{schema}"'}).one()
    if tables_there and (_is_stub(target) or _is_unfinished(target, own)):
        target.exec_driver_sql(f'DROP SCHEMA "{schema}" CASCADE')
        schema_there = False
    if not schema_there:
        target.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
    try:
        migrate(target)
    except StoreDamaged as damage:
        if damage.code == "L-322":  # somebody else's tables; this PC's own state is whole
            raise ConfigurationError("L-370", where=schema) from damage
        raise
    if not is_empty(target):
        raise ConfigurationError("L-370", where=schema)


def _is_stub(target: Connection) -> bool:
    """What `leave` left where a state was: one table with one word, nothing of a shop's."""
    version = str(target.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    count = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    return version.startswith(MOVED) and target.exec_driver_sql(count).scalar() == 1


def forget_unfinished(server: Server, schema: str) -> None:
    """The settings say that the state is there: it is no longer half of a move. Raises StoreAway."""
    with at_server(server, schema) as target:
        target.exec_driver_sql("DROP TABLE unfinished_move")


def note_unfinished(target: Connection, own: str) -> None:
    """Says who moves, so that the same one may begin anew, as long as nobody wrote since."""
    target.exec_driver_sql("CREATE TABLE unfinished_move (source text NOT NULL, change_no bigint NOT NULL)")
    target.execute(text("INSERT INTO unfinished_move SELECT :own, last_value FROM change_no"), {"own": own})


def _is_unfinished(target: Connection, own: str) -> bool:
    """Whether a move from this very profile ended before its settings were written, and nobody used it since."""
    if target.exec_driver_sql("SELECT to_regclass('unfinished_move') IS NULL").scalar():
        return False
    same = text("SELECT source = :own AND change_no = (SELECT last_value FROM change_no) FROM unfinished_move")
    return bool(target.execute(same, {"own": own}).scalar())


def check_moved_from(source: Connection) -> None:
    """Raises StoreDamaged L-321, L-374: there is no state of this program's to move."""
    if source.exec_driver_sql("SELECT to_regclass('alembic_version') IS NULL").scalar():
        raise StoreDamaged("L-374")
    migrate(source)


def leave(source: Connection, schema: str, now: datetime) -> str:
    """Gives a schema its day in its name, and leaves a word in its place for desks that still look there."""
    aside = f"{schema}_{now:%Y%m%d_%H%M%S}"
    source.exec_driver_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{aside}"')
    source.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
    source.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    source.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{moved_mark(now)}')")  # noqa: S608 - our own word
    return aside


def check_nobody_else(source: Connection, own: str) -> None:
    """Raises ConfigurationError L-372 while another desk is at work: it would go on where the state was."""
    others = [str(row[0]) for row in source.execute(_OTHERS, {"own": own})]
    if others:
        raise ConfigurationError("L-372", desks=", ".join(others))
