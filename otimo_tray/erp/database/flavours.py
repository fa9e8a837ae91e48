"""What differs from database to database: time limits, read-only transactions, and how to break one off."""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from pathlib import Path
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from otimo_tray.erp.database.fetching import BLOCK
from otimo_tray.errors import ErpAway, ErpMisconfigured

CONNECT_S: Final = 10.0
"""Longest for one attempt to connect; `timeout_s` if that is shorter."""
LOCK_S: Final = 10.0
"""Longest that we wait for a lock of the ERP's; readers take none."""


_LOG: Final = "otimo-erp"
# What can't be closed orderly on a broken line is told once, by our own error. Other engines' pools keep their say.
logging.getLogger(f"{NullPool.__module__}.{NullPool.__name__}.{_LOG}").setLevel(logging.CRITICAL)
_NUMERIC: Final = 1700
"""PostgreSQL's number for its type NUMERIC."""


class Flavour:
    """A database that keeps to the SQL standard; the others say where they differ."""

    fetched: ClassVar[int] = BLOCK
    """Rows asked of the driver at a time."""
    grace_s: ClassVar[float] = 2.0
    """What the server gets to break a statement off by itself before the line is cut."""
    probed_port: ClassVar[int | None] = None
    """Tried before the driver tries, where the driver can't tell why it got no connection, or only too late."""

    def __init__(self, url: sa.URL, timeout_s: float) -> None:
        self.url = url
        self.timeout_s = timeout_s
        self.connect_s = min(CONNECT_S, timeout_s)

    def engine(self) -> sa.Engine:
        """An engine that keeps no connection: the ERP has few, and one that broke is never met again.

        Raises ErpMisconfigured E-269 when the driver is missing.
        """
        try:
            return sa.create_engine(
                self.url, poolclass=NullPool, pool_logging_name=_LOG, connect_args=self.connect_args()
            )
        except ImportError as error:
            raise ErpMisconfigured("E-269", driver=self.url.drivername, reason=str(error.name)) from None

    def connect_args(self) -> dict[str, Any]:
        """Arguments of the driver's own `connect`."""
        return {}

    def before_connect(self) -> None:
        """A look before the driver tries. Raises ErpAway, OSError."""
        if self.probed_port is not None:
            with socket.create_connection((self.url.host or "", self.url.port or self.probed_port), self.connect_s):
                pass

    def begin_reading(self, connection: sa.Connection) -> None:
        """Makes the transaction a read-only snapshot with a time limit."""

    def begin_writing(self, connection: sa.Connection) -> None:
        """Bounds the wait for locks and the length of a statement."""

    def cancel(self, dbapi_connection: Any) -> None:
        """Time is up: asks the server to break off, where it doesn't do so by itself. From another thread."""

    def cut(self, dbapi_connection: Any) -> None:
        """The server doesn't even answer that: cuts the line. From another thread."""

    def stream(self, connection: sa.Connection) -> sa.Connection:
        """The connection for a long read: rows come as they are fetched."""
        return connection.execution_options(yield_per=self.fetched)

    def number_places(self, result: sa.CursorResult[Any]) -> frozenset[int]:
        """Places of the columns whose numbers the driver gives as text, in a read-only transaction."""
        del result
        return frozenset()


class PostgresFlavour(Flavour):
    """PostgreSQL through psycopg."""

    fetched = 4 * BLOCK
    """Each fetch is a round trip."""

    def connect_args(self) -> dict[str, Any]:
        return {
            "connect_timeout": max(1, round(self.connect_s)),
            "application_name": "otimo-tray",
            "client_encoding": "utf8",
            # The server's own plan for a statement seen often needs a connection that stays.
            "prepare_threshold": None,
        }

    def begin_reading(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        self._limits(connection)
        # Numbers as the server writes them: exact, and text is what a raw row wants anyway.
        dbapi: Any = connection.connection.dbapi_connection
        dbapi.adapters.register_loader("numeric", _numeric_loader())

    def begin_writing(self, connection: sa.Connection) -> None:
        self._limits(connection)

    def _limits(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {round(self.timeout_s * 1000)}")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(LOCK_S * 1000)}")

    def number_places(self, result: sa.CursorResult[Any]) -> frozenset[int]:
        cursor: Any = result.cursor
        return frozenset(place for place, column in enumerate(cursor.description) if column.type_code == _NUMERIC)

    def cut(self, dbapi_connection: Any) -> None:
        with contextlib.closing(socket.fromfd(dbapi_connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)) as line:
            line.shutdown(socket.SHUT_RDWR)


class MariaFlavour(Flavour):
    """MariaDB and MySQL through PyMySQL."""

    def engine(self) -> sa.Engine:
        engine = super().engine()
        from otimo_tray.erp.database.mysql_connection import connect

        event.listen(engine, "do_connect", connect)
        return engine

    def connect_args(self) -> dict[str, Any]:
        return {
            "connect_timeout": max(1, round(self.connect_s)),
            "read_timeout": max(1, round(self.timeout_s)),
            "write_timeout": max(1, round(self.timeout_s)),
            "charset": "utf8mb4",
            "local_infile": False,
        }

    def begin_reading(self, connection: sa.Connection) -> None:
        # Of MySQL and of MariaDB: each knows one of the two.
        for limit in (f"max_statement_time = {self.timeout_s}", f"max_execution_time = {round(self.timeout_s * 1000)}"):
            with contextlib.suppress(DBAPIError):
                connection.exec_driver_sql(f"SET SESSION {limit}")
        connection.exec_driver_sql("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.exec_driver_sql("START TRANSACTION READ ONLY")

    def begin_writing(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET SESSION innodb_lock_wait_timeout = {round(LOCK_S)}")
        # Without it a text that is too long is cut in silence.
        connection.exec_driver_sql("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'")
        connection.exec_driver_sql("START TRANSACTION")

    def cut(self, dbapi_connection: Any) -> None:
        line = dbapi_connection._sock  # noqa: SLF001 - the driver has no public way
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)


class SqlServerFlavour(Flavour):
    """SQL Server through pymssql: checked by compiling for its dialect only, for it can't run where this is built.

    The driver says the same of a host, a port and a server that is stopped.
    """

    probed_port = 1433

    def connect_args(self) -> dict[str, Any]:
        return {
            "login_timeout": max(1, round(self.connect_s)),
            "timeout": max(1, round(self.timeout_s)),
            "charset": "UTF-8",
            "appname": "otimo-tray",
        }

    def begin_reading(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET LOCK_TIMEOUT {round(LOCK_S * 1000)}")
        # SNAPSHOT must be allowed by the database; what was committed is the next best and locks rows only for moments.
        allowed = connection.exec_driver_sql(
            "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()"
        ).scalar()
        level = "SNAPSHOT" if allowed == 1 else "READ COMMITTED"
        connection.exec_driver_sql(f"SET TRANSACTION ISOLATION LEVEL {level}")

    def begin_writing(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SET LOCK_TIMEOUT {round(LOCK_S * 1000)}")
        connection.exec_driver_sql("SET XACT_ABORT ON")

    def cut(self, dbapi_connection: Any) -> None:
        """FreeTDS ends by its own `timeout`."""


class FirebirdFlavour(Flavour):
    """Firebird 3 and later through the pure Python driver, whose one time-out is for reading as well."""

    probed_port = 3050

    def engine(self) -> sa.Engine:
        from otimo_tray.erp.database.firebird_dialect import register

        register()
        return super().engine()

    def connect_args(self) -> dict[str, Any]:
        return {"timeout": self.timeout_s + self.grace_s}

    def begin_reading(self, connection: sa.Connection) -> None:
        from otimo_tray.erp.database.firebird_dialect import READ_ONLY, set_transaction

        set_transaction(connection.connection.dbapi_connection, READ_ONLY)

    def begin_writing(self, connection: sa.Connection) -> None:
        from otimo_tray.erp.database.firebird_dialect import WRITING, set_transaction

        set_transaction(connection.connection.dbapi_connection, WRITING)

    def cancel(self, dbapi_connection: Any) -> None:
        from otimo_tray.erp.database.firebird_dialect import cancel

        cancel(dbapi_connection)

    def cut(self, dbapi_connection: Any) -> None:
        stream = dbapi_connection.sock
        if stream is not None:
            stream._sock.shutdown(socket.SHUT_RDWR)  # noqa: SLF001


class SqliteFlavour(Flavour):
    """An SQLite file; never made when it isn't there."""

    def connect_args(self) -> dict[str, Any]:
        # `BEGIN` is ours to say: the driver's own idea of a transaction lets two writers in.
        return {"timeout": min(LOCK_S, self.timeout_s / 2), "isolation_level": None, "check_same_thread": False}

    def before_connect(self) -> None:
        if not Path(self.url.database or "").is_file():
            raise ErpAway("E-210", folder=self.url.database)

    def begin_reading(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        ends = time.monotonic() + self.timeout_s
        dbapi: Any = connection.connection.dbapi_connection
        dbapi.set_progress_handler(lambda: int(time.monotonic() > ends), 100_000)
        connection.exec_driver_sql("BEGIN")

    def begin_writing(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def cut(self, dbapi_connection: Any) -> None:
        dbapi_connection.interrupt()


def _numeric_loader() -> type[Any]:
    from psycopg.types.string import TextLoader

    return TextLoader


_FLAVOURS: Final[dict[str, type[Flavour]]] = {
    "firebird": FirebirdFlavour,
    "postgresql": PostgresFlavour,
    "mysql": MariaFlavour,
    "mariadb": MariaFlavour,
    "mssql": SqlServerFlavour,
    "sqlite": SqliteFlavour,
}


def flavour_of(url: sa.URL, timeout_s: float) -> Flavour:
    """The flavour for an address that `parse_address` has understood."""
    return _FLAVOURS[url.get_backend_name()](url, timeout_s)
