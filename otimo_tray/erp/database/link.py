"""One connection for one task: opened, bounded in time from outside, given back; every driver error becomes ours."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator
from typing import Any

import sqlalchemy as sa

from otimo_tray.erp.database.faults import border
from otimo_tray.erp.database.flavours import Flavour
from otimo_tray.errors import ErpAway


class Watch:
    """Breaks off whatever runs on a connection once its time is up, from a thread of its own."""

    def __init__(self, flavour: Flavour, dbapi_connection: Any) -> None:
        self.expired = False
        self._flavour = flavour
        self._connection = dbapi_connection
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="otimo-erp-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        for seconds, act in (
            (self._flavour.timeout_s, self._flavour.cancel),
            (self._flavour.grace_s, self._flavour.cut),
        ):
            if self._ended.wait(seconds):
                return
            self.expired = True
            with contextlib.suppress(Exception):  # the connection may be gone this very moment
                act(self._connection)


class Link:
    """Makes connections to one database.

    Args:
        flavour: what the database is.
    """

    def __init__(self, flavour: Flavour) -> None:
        self.flavour = flavour
        self.url = flavour.url
        self._engine: sa.Engine | None = None
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def reading(self, place: str) -> Generator[sa.Connection]:
        """A read-only transaction that ends with a rollback. `place`: what is read, for messages.

        Raises:
            ErpAway, ErpMisconfigured: whatever goes wrong inside, too.
        """
        with self._connected(place, "read") as connection:
            self.flavour.begin_reading(connection)
            yield connection
            connection.rollback()

    @contextlib.contextmanager
    def writing(self, place: str) -> Generator[sa.Connection]:
        """A transaction that is committed at the end, or not at all. Raises as `reading`."""
        with self._connected(place, "write") as connection:
            self.flavour.begin_writing(connection)
            yield connection
            connection.commit()

    @contextlib.contextmanager
    def _connected(self, place: str, right: str) -> Generator[sa.Connection]:
        flavour = self.flavour
        watch: Watch | None = None
        try:
            with border(self.url, flavour.timeout_s, place, right):
                engine = self.engine()
                flavour.before_connect()
                with contextlib.ExitStack() as stack:
                    connection = stack.enter_context(contextlib.closing(engine.connect()))
                    dbapi = connection.connection.dbapi_connection
                    watch = stack.enter_context(Watch(flavour, dbapi))
                    try:
                        yield connection
                    except BaseException:
                        # The line goes, and with it whatever was open at the server's end: nothing is asked of it.
                        with contextlib.suppress(Exception):
                            connection.invalidate()
                        raise
        except ErpAway:
            if watch is not None and watch.expired:
                raise ErpAway("E-262", seconds=flavour.timeout_s, place=place) from None
            raise

    def engine(self) -> sa.Engine:
        """The engine, made at first use. Raises ErpMisconfigured E-269."""
        with self._lock:
            if self._engine is None:
                self._engine = self.flavour.engine()
            return self._engine

    def close(self) -> None:
        """Lets go of the engine."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
