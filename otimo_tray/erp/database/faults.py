"""The border for the drivers' errors: each becomes one of ours, with what an implementer needs to put it right."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Generator
from functools import partial
from typing import Final, Literal, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from otimo_tray.erp.database.address import shown
from otimo_tray.errors import ErpAway, ErpMisconfigured, OtimoError

Meaning = Literal[
    "away",
    "host",
    "port",
    "timeout",
    "busy",
    "login",
    "database",
    "missing",
    "column",
    "right",
    "charset",
    "certificate",
    "data",
    "sql",
]

_BY_STATE: Final[tuple[tuple[str, Meaning], ...]] = (
    ("57014", "timeout"), ("55P03", "busy"), ("40", "busy"), ("53", "busy"), ("28", "login"), ("3D", "database"),
    ("42P01", "missing"), ("42703", "column"), ("42501", "right"), ("25006", "right"), ("22P05", "charset"),
    ("22021", "charset"), ("23", "data"), ("22", "data"), ("42", "sql"), ("08", "away"), ("57P", "away"),
)  # fmt: skip
"""PostgreSQL's SQLSTATE or its beginning."""
_BY_MYSQL: Final[dict[int, Meaning]] = {
    1044: "right", 1045: "login", 1698: "login", 1049: "database", 1054: "column", 1142: "right", 1143: "right",
    1146: "missing", 1205: "busy", 1213: "busy", 1040: "busy", 1203: "busy", 1366: "charset", 1969: "timeout",
    3024: "timeout", 1792: "right", 1290: "right", 1317: "timeout", 1062: "data", 1406: "data", 1264: "data",
    1048: "data", 1364: "data", 1452: "data", 1064: "sql", 1356: "missing", 2006: "away", 2013: "away",
    1130: "login", 1227: "right", 4025: "data", 1370: "right", 1115: "charset", 1267: "charset", 1271: "charset",
    1273: "charset", 1300: "charset",
}  # fmt: skip
_BY_MSSQL: Final[dict[int, Meaning]] = {
    18456: "login", 4060: "database", 208: "missing", 207: "column", 229: "right", 230: "right", 1222: "busy",
    1205: "busy", 2627: "data", 2601: "data", 8152: "data", 2628: "data", 547: "data", 515: "data", 102: "sql",
    156: "sql", 20003: "timeout", 20009: "away", 20002: "login", 20004: "away", 20006: "away",
}  # fmt: skip
_BY_FIREBIRD: Final[dict[int, Meaning]] = {
    335544472: "login", 335544344: "database", 335544734: "database", 335544580: "missing", 335544578: "column",
    335544352: "right", 335544361: "right", 335544510: "busy", 335544345: "busy", 335544336: "busy",
    335545112: "timeout", 335544794: "timeout", 335544565: "charset", 335544849: "charset", 335544509: "charset",
    335544665: "data", 335544349: "data", 335544347: "data", 335544914: "data", 335544321: "data", 335544466: "data",
    335544838: "data", 335544569: "sql", 335544375: "database", 335544421: "login", 335544721: "away",
    335544741: "away", 335544726: "away", 335544727: "away",
}  # fmt: skip
_FIRST_OF_FIREBIRD: Final = (
    335544794, 335545112, 335544472, 335544580, 335544578, 335544352, 335544361, 335544510, 335544345, 335544336,
    335544849, 335544565, 335544509, 335544914, 335544665, 335544349, 335544347, 335544838, 335544466, 335544321,
)  # fmt: skip
"""Codes that say more than those they come with."""


def meaning_of(kind: str, error: BaseException) -> Meaning:
    """What a driver's error means; "away" for all that isn't known better and isn't the statement's fault."""
    if isinstance(error, socket.gaierror):
        return "host"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "port"
    if isinstance(error, ssl.SSLError | FileNotFoundError):  # the file is the certificate's: no other is opened here
        return "certificate"
    return _KINDS[kind](error) or "away"


def _postgres(error: BaseException) -> Meaning | None:
    state = str(getattr(error, "sqlstate", None) or "")
    text = str(error)
    for start, meaning in _BY_STATE if state else ():
        if state.startswith(start):
            return meaning
    if "password authentication failed" in text or "no password supplied" in text or "pg_hba" in text:
        return "login"
    if "does not exist" in text and "database" in text:
        return "database"
    if "client_encoding" in text:
        return "charset"
    if "role" in text and "does not exist" in text:
        return "login"
    return _network(text)


def _network(text: str) -> Meaning | None:
    if "resolve host" in text or "getaddrinfo" in text or "Name or service" in text or "name resolution" in text:
        return "host"
    if "refused" in text:
        return "port"
    if "certificate" in text.lower() or "does not support SSL" in text or "SSL is required but" in text:
        return "certificate"
    if "imeout" in text or "imed out" in text:
        return "timeout"
    return None


def _numbered(error: BaseException, table: dict[int, Meaning]) -> Meaning | None:
    code = error.args[0] if error.args else None
    if isinstance(code, tuple):
        code = cast("tuple[object, ...]", code)[0]
    network = _network(str(error))
    if network == "timeout":
        return network
    return (table.get(code) if isinstance(code, int) else None) or network


def _firebird(error: BaseException) -> Meaning | None:
    codes = cast("set[int]", getattr(error, "gds_codes", None) or set())
    number = getattr(error, "sql_code", 0)
    text = str(error)
    if number == -204 and ("able unknown" in text or "able/view" in text.lower() or "Table unknown" in text):
        return "missing"
    if number == -206:
        return "column"
    for code in _FIRST_OF_FIREBIRD:
        if code in codes:
            return _BY_FIREBIRD[code]
    for code in sorted(codes):
        if code in _BY_FIREBIRD:
            return _BY_FIREBIRD[code]
    if "Unauthorized" in text or "user name and password" in text:
        return "login"
    if "character set" in text.lower():
        return "charset"
    if type(error).__name__ == "IntegrityError":
        return "data"
    return "sql" if number in {-104, -901, -804} else _network(text)


def _sqlite(error: BaseException) -> Meaning | None:
    text = str(error)
    for part, meaning in (
        ("no such table", "missing"), ("no such column", "column"), ("has no column", "column"), ("readonly", "right"),
        ("interrupted", "timeout"), ("locked", "busy"), ("not a database", "database"), ("syntax error", "sql"),
        ("constraint failed", "data"), ("unable to open", "right"), ("decode", "charset"), ("not authorized", "right"),
    ):  # fmt: skip
        if part in text:
            return cast(Meaning, meaning)
    return None


_KINDS: Final[dict[str, Callable[[BaseException], Meaning | None]]] = {
    "postgresql": _postgres,
    "mysql": partial(_numbered, table=_BY_MYSQL),
    "mariadb": partial(_numbered, table=_BY_MYSQL),
    "mssql": partial(_numbered, table=_BY_MSSQL),
    "firebird": _firebird,
    "sqlite": _sqlite,
}


def ours(url: sa.URL, error: BaseException, *, timeout_s: float, place: str = "", right: str = "read") -> OtimoError:
    """Our error for a driver's.

    Args:
        place: view, table or query the statement was about.
        right: "read" or "write", for a right that is missing.
    """
    orig = error.orig if isinstance(error, StatementError) else None
    source = error if orig is None else orig
    raw = _first_lines(source)
    host = url.host or ""
    match meaning_of(url.get_backend_name(), source):
        case "host":
            return ErpAway("E-260", raw=raw, host=host)
        case "port":
            return ErpAway("E-261", raw=raw, host=host, port=url.port or "")
        case "timeout":
            return ErpAway("E-262", raw=raw, seconds=timeout_s, place=place or shown(url))
        case "busy":
            return ErpAway("E-215", raw=raw, place=place or shown(url))
        case "login":
            return ErpMisconfigured("E-263", raw=raw, user=url.username or "", host=host)
        case "database":
            return ErpMisconfigured("E-264", raw=raw, database=url.database or "", host=host)
        case "missing":
            return ErpMisconfigured("E-265", raw=raw, view=place)
        case "column":
            return ErpMisconfigured("E-266", raw=raw, view=place, missing=_named(raw), found="")
        case "right":
            return ErpMisconfigured("E-267", raw=raw, view=place or shown(url), right=right)
        case "charset":
            return ErpMisconfigured("E-268", raw=raw, view=place or shown(url))
        case "certificate":
            return ErpMisconfigured("E-222", raw=raw, host=host, reason=raw)
        case "sql" | "data":
            return ErpMisconfigured("E-229", raw=raw, view=place, detail=raw)
        case _:
            return ErpAway("E-210", raw=raw, folder=shown(url))


def is_data(url: sa.URL, error: DBAPIError) -> bool:
    """Whether the database refused what was to be written, not the way to it."""
    return error.orig is not None and meaning_of(url.get_backend_name(), error.orig) in {"data", "charset"}


def _first_lines(error: BaseException) -> str:
    """The driver's own words in one short line; statement and values aren't in them."""
    text = error.args[-1] if error.args and isinstance(error.args[-1], str) else str(error)
    if error.args and isinstance(error.args[0], str):
        text = error.args[0]
    lines = [line.strip() for line in str(text).splitlines() if line.strip() and not line.lstrip().startswith("DETAIL")]
    return " ".join(lines[:4])[:300]


def _named(raw: str) -> str:
    """The column that the words name, "" if none can be told."""
    for quote in ('"', "'"):
        if raw.count(quote) >= 2:
            return raw.split(quote)[1]
    return raw.rsplit(" ", 1)[-1] if raw.startswith("no such column") else ""


@contextlib.contextmanager
def border(url: sa.URL, timeout_s: float, place: str = "", right: str = "read") -> Generator[None]:
    """Turns what the driver raises inside into ours. Raises ErpAway, ErpMisconfigured."""
    try:
        yield
    except OtimoError:
        raise
    except UnicodeError as error:
        if "idna" in str(error):  # a name that no host can have: a part of it is empty or too long
            raise ErpAway("E-260", raw=str(error), host=url.host or "") from None
        raise ErpMisconfigured("E-268", view=place or shown(url)) from None
    except LookupError as error:
        if "unknown encoding" not in str(error):
            raise
        raise ErpMisconfigured("E-268", raw=str(error), view=place or shown(url)) from None
    except (SQLAlchemyError, OSError) as error:
        raise ours(url, error, timeout_s=timeout_s, place=place, right=right) from None
