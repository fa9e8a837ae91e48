"""What an error of PostgreSQL, its driver or the pool means to us."""

from __future__ import annotations

import re
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from otimo_tray.errors import LeaseLost, OtimoError, StoreAway

LEASE_LOST: Final = "OT350"
"""The state of the error that our own statement raises where the lease isn't ours any more."""
_BY_STATE: Final = {
    "28P01": "L-332",
    "28000": "L-332",
    "3D000": "L-333",
    "42501": "L-334",
    "3F000": "L-334",
    "42P01": "L-374",  # our tables aren't there: the state was moved elsewhere while this desk had it open
    "57014": "L-336",  # statement time-out
    "53300": "L-337",
    "57P03": "L-337",
    "57P01": "L-338",
    "57P02": "L-338",
    "25P03": "L-338",  # stood idle in a transaction
    "25006": "L-339",  # a stand-by takes no writes
    "53100": "L-312",
    "55P03": "L-313",  # another writer kept the lock too long
    "40P01": "L-313",
    "40001": "L-313",
}
_WORDS: Final = (
    # The driver gives no code for an attempt to connect that failed; the server's words are in its own language.
    ("L-330", r"could not translate host name|failed to resolve host|name or service not known|nodename nor servname"),
    ("L-335", r"certificate|ssl|tls|root\.crt"),
    ("L-332", r"password authentication failed|autentica\w+ d[eo] \w+ senha|falhou .*senha|autentificaci\w+ password"),
    ("L-332", r"no password supplied|pg_hba\.conf|role \"[^\"]*\" does not exist|(role|rol) \"[^\"]*\" n[ãa]o existe"),
    ("L-333", r"database \"[^\"]*\" does not exist|banco de dados \"[^\"]*\" n[ãa]o existe|base de datos .* no existe"),
    ("L-337", r"too many (clients|connections)|connection slots|starting up|shutting down|muitas conex|recovery"),
    ("L-339", r"read-only|hot standby|session is not read-write"),
    ("L-336", r"timeout|timed out|time-out"),
    ("L-331", r"connection refused|no route|unreachable|could not connect|connection failed|10061|10060"),
)


def translated(error: BaseException, host: str) -> OtimoError | None:
    """Our error; None when it is a fault of this program. Its text never quotes a row or a password."""
    if isinstance(error, NoneFree):
        return StoreAway("L-337", host=host)  # every connection of the pool is in use
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return StoreAway("L-331", host=host, detail=type(cause).__name__)
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate or ""
    if state == LEASE_LOST:
        return LeaseLost()
    code = _BY_STATE.get(state)
    if code is not None:
        return StoreAway(code, host=host) if code >= "L-330" else StoreAway(code)
    if state[:2] == "53":
        return StoreAway("L-337", host=host)
    if state[:2] in ("08", "57", "58", "XX"):
        return StoreAway("L-338", host=host)
    if state or not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    text = str(cause).lower()
    if isinstance(cause, psycopg.errors.ConnectionTimeout):  # no answer, to the attempt to connect or later
        return StoreAway("L-336", host=host)
    if "connection failed" in text or "failed to resolve" in text or "connection to server" in text:
        for found, words in _WORDS:
            if re.search(words, text):
                return StoreAway(found, host=host)
        return StoreAway("L-331", host=host)
    return StoreAway("L-338", host=host)  # it broke in the middle


def is_overflow(error: BaseException) -> bool:
    """Whether a number was too large for its column."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, psycopg.errors.NumericValueOutOfRange)
