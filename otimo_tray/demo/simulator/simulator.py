"""A simulated hub as an object: the data file filled, the server in a thread, everything closed at
the end."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from .clock import Clock
from .generator import generate
from .server import HubServer
from .storage import Store
from .switches import Switches
from .world import Credentials, World, load_credentials, load_settings, save_settings


class Simulator:
    """A Plugg.to on loopback, also as a context manager.

    Attributes:
        address: `http://127.0.0.1:PORT`, valid once started.
        credentials: what a client logs in with, valid once started.
    """

    def __init__(
        self,
        data: Path | str | None = None,
        *,
        products: int = 0,
        orders: int = 0,
        seed: int = 1,
        latency: float = 0.0,
        port: int = 0,
        switches: Mapping[str, object] | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Prepare; nothing is opened before `start`.

        Args:
            data: the file to keep everything in; None is a temporary one, gone after `stop`.
            products: products to make in a new file.
            orders: orders to make in a new file.
            seed: what the made ones depend on.
            latency: seconds from a call's arrival to its answer, at least.
            port: the port, 0 = any.
            switches: readings of what is unknown, over those kept in the file.
            wall: the clock, in seconds since 1970.
        """
        self._data = None if data is None else Path(data)
        self._wanted = (products, orders, seed)
        self._latency = latency
        self._port = port
        self._switches = dict(switches or {})
        self._wall = wall
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._thread: threading.Thread | None = None
        self._server: HubServer | None = None

    def start(self) -> Self:
        """Open or fill the data file, and serve.

        Raises:
            SwitchError: a switch that doesn't exist.
            DataFileError: the file is in use or not a simulator's.
            OSError: the port is taken.
            RuntimeError: it is started already.
        """
        if self._server is not None:
            raise RuntimeError("the simulator is started already")
        switches, clock = Switches(), Clock(self._wall)
        switches.update(self._switches)
        path = self._data
        if path is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="hub-")
            path = Path(self._temporary.name) / "hub.sqlite"
        store: Store | None = None
        try:
            store = Store(path)
            with store.transaction() as db:
                load_settings(store, db, clock, switches)
                switches.update(self._switches)
                world = World(store, clock, switches, load_credentials(store, db))
                save_settings(world, db)
                if store.fresh:
                    generate(world, db, *self._wanted)
                    store.put(db, "filled", True)
            self._server = HubServer(self._port, world, self._latency)
        except BaseException:
            if store is not None:
                store.close()
            self._clean()
            raise
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="hub")
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every connection, also hanging ones, and close the file; a second call does nothing."""
        if self._server is None or self._thread is None:
            return
        self._server.stop()
        self._thread.join()
        self._server.world.store.close()
        self._server = self._thread = None
        self._clean()

    def _clean(self) -> None:
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

    @property
    def server(self) -> HubServer:
        """The running server.

        Raises:
            RuntimeError: not started.
        """
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        return self._server

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def credentials(self) -> Credentials:
        """What a client logs in with."""
        return self.server.world.credentials

    def counts(self) -> tuple[int, int]:
        """Products (variations apart) and orders in the file."""
        store = self.server.world.store
        with store.reading() as db:
            return (
                store.count(db, "SELECT count(*) FROM product WHERE parent IS NULL", ()),
                store.count(db, "SELECT count(*) FROM purchase", ()),
            )

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
