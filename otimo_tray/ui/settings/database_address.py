"""A database's address in its parts, as a form asks for them, and as the one text the keyring keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PORTS = {"firebird": 3050, "mssql": 1433, "postgresql": 5432, "mysql": 3306, "mariadb": 3306}
"""Usual port of each dialect; SQLite has none: it is a file."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where a database is and who we are there. `password` "" stands for the one that is kept."""

    dialect: str = "firebird"
    host: str = ""
    port: int | None = None
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    query: tuple[tuple[str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything that can't be guessed is there."""
        return bool(self.name and (self.dialect == "sqlite" or self.host))


def split(text: str) -> DatabaseAddress | None:
    """Return the parts of an address such as `firebird://user:pw@host/path`; None when it isn't one."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        return None
    query = tuple((key, str(value)) for key, value in url.query.items())
    return DatabaseAddress(
        url.drivername,
        url.host or "",
        url.port,
        url.database or "",
        url.username or "",
        str(url.password or ""),
        query,
    )


def join(address: DatabaseAddress, kept: str | None) -> str:
    """Return the one text, with the kept password where none was typed."""
    if not address.password and kept:
        before = split(kept)
        address = replace(address, password=before.password if before is not None else "")
    if address.dialect.partition("+")[0] == "sqlite":
        return URL.create(address.dialect, database=address.name, query=dict(address.query)).render_as_string()
    return URL.create(
        address.dialect,
        address.user or None,
        address.password or None,
        address.host or None,
        address.port,
        address.name or None,
        dict(address.query),
    ).render_as_string(hide_password=False)


def family(dialect: str) -> str:
    """Return a dialect without its driver: `postgresql+psycopg` → `postgresql`."""
    return dialect.partition("+")[0]
