"""All questions of the windows behind one value."""

from __future__ import annotations

from pathlib import Path

from otimo_tray.store.readmodels.connection import ReadConnection
from otimo_tray.store.readmodels.mapping import MappingReader
from otimo_tray.store.readmodels.orders import OrdersReader
from otimo_tray.store.readmodels.panel import PanelReader
from otimo_tray.store.readmodels.tracking import TrackingReader


class Reader:
    """Read models over one state database file. Every question blocks: ask it in a worker.

    Attributes:
        mapping: the De/Para window's questions.
        orders: the orders window's.
        tracking: the tracking window's.
        panel: the panel's.
    """

    def __init__(self, path: Path) -> None:
        self._connection = ReadConnection(path)
        self.mapping = MappingReader(self._connection)
        self.orders = OrdersReader(self._connection)
        self.tracking = TrackingReader(self._connection)
        self.panel = PanelReader(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
