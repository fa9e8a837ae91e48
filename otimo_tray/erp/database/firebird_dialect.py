"""SQLAlchemy's view of Firebird through the pure Python driver: as much as plain SELECT and INSERT need."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import default, reflection

from otimo_tray.erp.database.rows import decoded

READ_ONLY: Final = bytes([3, 8, 6, 2])
"""Transaction parameters: version 3, read, wait, concurrency (a snapshot). Readers never wait for writers here."""
WRITING: Final = bytes([3, 9, 6, 15, 17, 21, 4, 10, 0, 0, 0])
"""Version 3, write, wait, read committed with record versions, lock time-out of ten seconds (four bytes)."""
_BUFFER: Final = 32_000
_CANCEL: Final = 91
_CANCEL_RAISE: Final = 3
"""Of 1 disable, 2 enable, 3 raise, 4 abort."""


class QuickArc4:
    """The wire's RC4, from where the driver's own stands; a read of 100,000 rows takes a third of the time with it."""

    def __init__(self, slow: Any) -> None:
        self._state: list[int] = slow.state
        self._x: int = slow.x
        self._y: int = slow.y

    def decrypt(self, data: bytes) -> bytes:
        """Decrypts, which is the same as to encrypt."""
        state, x, y = self._state, self._x, self._y
        out = bytearray(data)
        for place, byte in enumerate(data):
            x = (x + 1) & 255
            first = state[x]
            y = (y + first) & 255
            second = state[x] = state[y]
            state[y] = first
            out[place] = byte ^ state[(first + second) & 255]
        self._x, self._y = x, y
        return bytes(out)

    encrypt = decrypt


class FirebirdDialect(default.DefaultDialect):
    """`firebird+firebirdsql`."""

    name = "firebird"
    driver = "firebirdsql"
    supports_statement_cache = True
    supports_native_decimal = True
    supports_sane_rowcount = False
    supports_sane_multi_rowcount = False
    default_paramstyle = "qmark"
    max_identifier_length = 31

    @classmethod
    def import_dbapi(cls) -> Any:
        """The driver."""
        import firebirdsql

        return firebirdsql

    def create_connect_args(self, url: sa.URL) -> Any:
        """Host, port, file or alias, user, password, and what the engine adds."""
        options: dict[str, Any] = {
            "host": url.host,
            "port": url.port or 3050,
            "database": url.database,
            "user": url.username or "SYSDBA",
            "password": url.password or "",
            "charset": "UTF8",
        }
        options.update(url.query)
        return (), options

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """A connection with quicker wire encryption, which reads text of columns without a charset too."""
        timeout = cparams["timeout"]
        connection: Any = super().connect(*cargs, **cparams)
        # The driver stumbles over the description of a statement with many parameters when it comes in two parts.
        connection.buffer_length = _BUFFER
        socket = connection.sock
        for name in ("read_translator", "write_translator"):
            slow = getattr(socket, name)
            if type(slow).__name__ == "ARC4":
                setattr(socket, name, QuickArc4(slow))
        # A send to a server that takes nothing ends too; receiving is bounded by the driver itself.
        socket._sock.settimeout(timeout)  # noqa: SLF001
        if connection.charset.upper() == "UTF8":
            connection.bytes_to_str = lambda data: decoded(bytes(data))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
        return connection

    def get_default_isolation_level(self, dbapi_conn: Any) -> Any:
        """Not SQLAlchemy's business here."""
        del dbapi_conn
        return "READ COMMITTED"

    def _get_server_version_info(self, connection: Any) -> Any:
        del connection
        return (3, 0)

    def _get_default_schema_name(self, connection: Any) -> Any:
        del connection

    def _check_max_identifier_length(self, connection: Any) -> Any:
        del connection

    @reflection.cache
    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether a table or view is there."""
        del schema, kw
        found = connection.exec_driver_sql(
            "SELECT 1 FROM rdb$relations WHERE rdb$relation_name = ?", (table_name.upper(),)
        )
        return found.first() is not None


def set_transaction(dbapi_connection: Any, block: bytes) -> None:
    """Sets what the connection's transactions are: `READ_ONLY` or `WRITING`. Before the first statement."""
    connection: Any = dbapi_connection
    transaction: Any = getattr(connection, "_transaction")  # noqa: B009 - the driver has no public way
    if transaction is None:
        connection.begin()
        transaction = getattr(connection, "_transaction")  # noqa: B009
        transaction.is_dirty = True
        connection.rollback()
    transaction.transaction_parameter_block = (block,) * len(transaction.transaction_parameter_block)


def cancel(dbapi_connection: Any) -> None:
    """Asks the server, from another thread, to break off what it does for this connection."""
    stream = dbapi_connection.sock
    if stream is not None:
        stream.send(_CANCEL.to_bytes(4, "big") + _CANCEL_RAISE.to_bytes(4, "big"))


def register() -> None:
    """Makes `firebird+firebirdsql` known to SQLAlchemy."""
    from sqlalchemy.dialects import registry

    registry.register("firebird.firebirdsql", __name__, "FirebirdDialect")
