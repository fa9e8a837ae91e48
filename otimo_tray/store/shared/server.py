"""One PostgreSQL server: how it is reached, and one small pool of connections for all shops of this process."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg.adapt import AdaptersMap
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.store.codec import clean
from otimo_tray.store.shared.faults import is_overflow, translated
from otimo_tray.store.shared.patience import PatientConnection, VeryPatientConnection
from otimo_tray.store.shared.trust import system_authorities

CONNECT_S: Final = 5
"""Longest for one attempt to connect."""
STATEMENT_S: Final = 15
"""Longest that one statement may take."""
LOCK_S: Final = 10
"""Longest that a writer waits for the one before it."""
IDLE_S: Final = 10
"""Longest that a transaction may stand idle: a frozen process must not keep every other one from writing."""
OLDEST: Final = 130000
"""PostgreSQL 13: older ones are no longer looked after."""
_KEEPALIVE: Final = {"idle": 5, "interval": 3, "count": 3}
"""A cut cable is noticed after 5 + 3 × 3 seconds, at both ends."""
_UNACKNOWLEDGED_MS: Final = 15_000


class Server:
    """One address with its engine; closing it ends every connection. Its text and errors never hold the password."""

    def __init__(
        self, address: str, password: str, *, ca_file: str = "", pool_size: int = 4, more: int = 4, wait_s: float = 10.0
    ) -> None:
        """Connects to nothing yet.

        Args:
            address: `postgresql://user@host:5432/database`.
            ca_file: certificate authorities in a file; empty = the system's own.
            pool_size: connections kept open; `more` are opened in a rush and closed after it.
            wait_s: longest wait for a free connection, in seconds.

        Raises:
            ConfigurationError: C-405, the address isn't one.
        """
        url = _url(address)
        self.host: str = url.host or ""
        self._parameters = _parameters(url, password, ca_file)
        self._engine = create_engine(
            URL.create("postgresql+psycopg"),
            creator=self.connect,
            paramstyle="format",  # one place a value: a name used twice would have to be of one type
            pool_size=pool_size,
            max_overflow=more,
            pool_timeout=wait_s,
            pool_use_lifo=True,  # what a rush opened grows old and is closed by the server's side first
            use_native_hstore=False,
            hide_parameters=True,  # they hold buyers' data
        )

    def __repr__(self) -> str:
        return f"Server({self.host!r})"

    @property
    def engine(self) -> Engine:
        """The pool; its connections are in autocommit, transactions are begun by whoever takes one."""
        return self._engine

    def connect(self, *, slow: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of one's own, in autocommit, outside of the pool (for LISTEN, for a lease's session).

        Args:
            slow: for maintenance: statements take what they take.

        Raises psycopg's errors: use it inside `border`.
        """
        kind = VeryPatientConnection if slow else PatientConnection
        connection = kind.connect(**self._parameters, autocommit=True, context=_ADAPTERS)
        try:
            self._look(connection)
            if slow:
                connection.execute("SET statement_timeout TO 0")
        except BaseException:
            connection.close()
            raise
        return connection

    def _look(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        version = connection.info.server_version
        encoding = connection.info.parameter_status("server_encoding")
        if version < OLDEST:
            raise StoreAway("L-339", host=self.host, detail=f"PostgreSQL {version // 10000}")
        if encoding != "UTF8":
            raise StoreAway("L-339", host=self.host, detail=str(encoding))

    @contextmanager
    def border(self) -> Generator[None]:
        """Turns the errors of SQLAlchemy and psycopg into StoreAway and StoreDamaged.

        A number of more than 64 bits is an OverflowError, as SQLite's driver makes it.
        """
        try:
            yield
        except (DBAPIError, psycopg.Error, NoneFree, OSError) as error:
            ours = translated(error, self.host)
            if ours is None:
                if is_overflow(error):
                    raise OverflowError from None
                raise
            raise ours from None  # the driver's own text may quote a row

    @contextmanager
    def begin(self, command: str) -> Generator[Connection]:
        """A connection of the pool inside the transaction that `command` begins; committed at the end, rolled back
        after an error. One that had died in the pool is replaced: nothing was done on it."""
        connection = self._begun(command)
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()

    def _begun(self, command: str) -> Connection:
        for last in (False, True):
            connection = self._engine.connect()
            try:
                connection.exec_driver_sql(command, execution_options={"no_parameters": True})
                return connection
            except DBAPIError as error:
                connection.close()
                if last or not error.connection_invalidated or isinstance(error.orig, psycopg.errors.ConnectionTimeout):
                    raise
            except BaseException:
                connection.close()
                raise
        raise AssertionError  # pragma: no cover - the second pass returns or raises

    def check(self) -> None:
        """Connects and says what is wrong, if anything. Raises StoreAway L-330 to L-339."""
        with self.border():
            self.connect().close()

    def close(self) -> None:
        """Ends all connections of the pool that aren't in use."""
        self._engine.dispose()


class _CleanText(StrDumperUnknown):
    """Text as the server takes it: no NUL, no half characters, wherever it came from."""

    def dump(self, obj: str) -> Any:
        return super().dump(clean(obj))


def _adapters() -> AdaptersMap:
    adapters = AdaptersMap(psycopg.adapters)
    adapters.register_dumper(str, _CleanText)
    return adapters


_ADAPTERS: Final[Any] = type("Adapting", (), {"adapters": _adapters(), "connection": None})()


def _url(address: str) -> URL:
    expected = "state_address"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # what isn't one can't be quoted: it may hold a password anywhere
        refused = ConfigurationError("C-405", file="settings.toml", key="state.address", value="?", expected=expected)
        raise refused from None
    if url.get_backend_name() != "postgresql" or not url.host or not url.database:
        shown = url.set(password=None).render_as_string()
        raise ConfigurationError("C-405", file="settings.toml", key="state.address", value=shown, expected=expected)
    return url


def is_loopback(host: str) -> bool:
    """Whether an address is this computer itself: only there a connection may go without TLS."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _parameters(url: URL, password: str, ca_file: str) -> dict[str, Any]:
    """libpq's connection parameters; nothing is left to its environment variables and files."""
    limits = {
        "statement_timeout": round(STATEMENT_S * 1000),
        "lock_timeout": round(LOCK_S * 1000),
        "idle_in_transaction_session_timeout": round(IDLE_S * 1000),
        "tcp_keepalives_idle": _KEEPALIVE["idle"],
        "tcp_keepalives_interval": _KEEPALIVE["interval"],
        "tcp_keepalives_count": _KEEPALIVE["count"],
        "tcp_user_timeout": _UNACKNOWLEDGED_MS,  # keepalives say nothing while an answer is on its way
    }
    parameters: dict[str, Any] = {
        "host": url.host,
        "port": url.port or 5432,
        "user": url.username or "",
        "password": password,
        "dbname": url.database,
        "connect_timeout": CONNECT_S,
        "application_name": "otimo-tray",
        "client_encoding": "utf8",
        "gssencmode": "disable",
        "target_session_attrs": "read-write",
        "keepalives": 1,
        **{f"keepalives_{name}": value for name, value in _KEEPALIVE.items()},
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        parameters["tcp_user_timeout"] = _UNACKNOWLEDGED_MS
    if is_loopback(url.host or ""):
        parameters["sslmode"] = "prefer"
    else:
        parameters["sslmode"] = "verify-full"
        parameters["sslrootcert"] = ca_file or system_authorities()
    return parameters
