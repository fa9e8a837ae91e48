"""The database's address: as people paste it, without a driver's name or with one, to what SQLAlchemy takes."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote

import sqlalchemy as sa

from otimo_tray.errors import ConfigurationError

DRIVERS: Final = {
    "firebird": "firebirdsql",
    "postgresql": "psycopg",
    "mysql": "pymysql",
    "mariadb": "pymysql",
    "mssql": "pymssql",
    "sqlite": "pysqlite",
}
"""Kind of database → our driver for it."""
_ALIASES: Final = {"postgres": "postgresql", "sqlserver": "mssql", "sqlite3": "sqlite"}
_OPTIONS: Final[dict[str, frozenset[str]]] = {
    "firebird": frozenset({"charset", "role"}),
    "postgresql": frozenset({"sslmode", "sslrootcert", "options"}),
    "mysql": frozenset({"charset", "ssl_ca"}),
    "mariadb": frozenset({"charset", "ssl_ca"}),
    "mssql": frozenset({"tds_version", "encryption"}),
    "sqlite": frozenset(),
}
_FORM: Final = re.compile(r"(?P<kind>[A-Za-z0-9]+)(?:\+[A-Za-z0-9_]+)?://(?P<rest>.*)", re.DOTALL)
_PLACE: Final = re.compile(
    r"(?P<host>\[[0-9A-Fa-f:.%]+\]|[^:/\\\[\]\s]+)?(?::(?P<port>\d{1,5}))?(?:/(?P<name>.*))?", re.DOTALL
)


def parse_address(text: str) -> sa.URL:
    """Understands an address.

    The password may hold any character: what stands before the last @ is user and password. A driver that is named is
    replaced by ours.

    Raises:
        ConfigurationError: C-421 with `part`, the part that isn't understood. The text itself is never repeated.
    """
    form = _FORM.fullmatch(text.strip())
    kind = form["kind"].lower() if form else ""
    kind = _ALIASES.get(kind, kind)
    if form is None or kind not in DRIVERS:
        raise ConfigurationError("C-421", part="kind")
    rest, _, options = form["rest"].partition("?") if "@" not in form["rest"] else _split_options(form["rest"])
    query = dict(parse_qsl(options, keep_blank_values=True))
    if not query.keys() <= _OPTIONS[kind]:
        raise ConfigurationError("C-421", part="options")
    if kind == "sqlite":
        path = unquote(rest.removeprefix("/"))
        if not path or path == ":memory:":
            raise ConfigurationError("C-421", part="database")
        return sa.URL.create("sqlite+pysqlite", database=path)
    login, at, place = rest.rpartition("@")
    user, colon, password = login.partition(":")
    found = _PLACE.fullmatch(place)
    if found is None or not found["host"]:
        raise ConfigurationError("C-421", part="host")
    port = int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 65536:
        raise ConfigurationError("C-421", part="port")
    name = unquote(found["name"] or "")
    if not name:
        raise ConfigurationError("C-421", part="database")
    return sa.URL.create(
        f"{kind}+{DRIVERS[kind]}",
        username=unquote(user) if at else None,
        password=unquote(password) if colon else None,
        host=found["host"].strip("[]"),
        port=port,
        database=name,
        query=query,
    )


def _split_options(rest: str) -> tuple[str, str, str]:
    """Options stand behind the place only: a ? in the password is the password's."""
    login, at, place = rest.rpartition("@")
    place, question, options = place.partition("?")
    return login + at + place, question, options


def shown(url: sa.URL) -> str:
    """The place without user and password, for messages."""
    if url.host is None:
        return url.database or ""
    return f"{url.host}{f':{url.port}' if url.port else ''}/{url.database or ''}"
