"""The single crossing from worker threads into the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

Callback = Callable[[], None]


class Bridge(QObject):
    """Lives in the GUI thread; workers hand it what has to happen there.

    A lambda or plain method connected to a worker's signal would run in that worker: only slots of a QObject that lives
    in the GUI thread are sure to run in it. So nothing else in the program connects across threads.

    Signals:
        changed: kind of data that changed (`EventKind`), in the GUI thread.
    """

    changed = Signal(str)
    _posted = Signal(object)
    _event = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._event.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def post(self, callback: Callback) -> None:
        """Run `callback` in the GUI thread soon. From any thread."""
        self._posted.emit(callback)

    def event_happened(self, kind: str) -> None:
        """Pass on that something changed; subscribe the engine with this. From any thread."""
        self._event.emit(kind)

    @Slot(object)
    def _call(self, callback: object) -> None:
        assert QThread.currentThread() is self.thread()
        cast("Callback", callback)()

    @Slot(str)
    def _tell(self, kind: str) -> None:
        self.changed.emit(kind)
