"""A read-only connection to the state database for the windows: WAL lets it read beside the one writer."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from otimo_tray.errors import StoreAway, StoreDamaged

BLOCK = 1000
"""Rows fetched at a time: a fetch of all would hold the interpreter, and with it the window, far too long."""

Values = Mapping[str, object]


class ReadConnection:
    """Opens connections to one database file, one for each thread that asks; nothing can be written through them."""

    def __init__(self, path: Path) -> None:
        self._engine: Engine = create_engine(
            f"sqlite:///file:{path.as_posix()}?uri=true&mode=ro",
            connect_args={"check_same_thread": False, "timeout": 5.0},
            pool_size=3,
            max_overflow=1,
        )
        event.listen(self._engine, "connect", _read_only)
        self._closed = threading.Event()

    def rows(self, query: str, values: Values | Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield plain tuples, read in blocks inside one consistent view.

        Raises:
            StoreAway: the database can't be read now.
            StoreDamaged: it isn't one.
        """
        try:
            connection = self._engine.raw_connection()
        except SQLAlchemyError as error:
            raise _converted(error) from error
        except Exception as error:  # the driver's own, from raw connections
            raise _driver_error(error) from error
        try:
            cursor = connection.cursor()
            try:
                cursor.execute(query, values)
                while block := cursor.fetchmany(BLOCK):
                    yield from block
            except GeneratorExit:
                raise
            except Exception as error:
                raise _driver_error(error) from error
            finally:
                cursor.close()
        finally:
            connection.close()

    def list(self, query: str, values: Values | Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return list(self.rows(query, values))

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _read_only(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -4000")


def _converted(error: SQLAlchemyError) -> StoreAway | StoreDamaged:
    if isinstance(error, OperationalError):
        return StoreAway(detail=str(error.orig))
    return StoreDamaged(detail=type(error).__name__)


def _driver_error(error: Exception) -> Exception:
    import sqlite3

    if isinstance(error, sqlite3.OperationalError):
        return StoreAway(detail=str(error))
    if isinstance(error, sqlite3.DatabaseError):
        return StoreDamaged(detail=str(error))
    return error
