"""SIGTERM, SIGINT (and the launcher's request on Windows) end the running tray as *Sair* does.

Python runs a signal's handler only when it next runs Python, and Qt's loop may wait for hours before it does. So the
signal's number also goes through a socket, which wakes the loop up (`signal.set_wakeup_fd`).
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot

NUMBERS = (signal.SIGTERM, signal.SIGINT)


class _Ear(QObject):
    """Hears the socket in the GUI thread."""

    def __init__(self, parent: QObject, asked: Callable[[], object]) -> None:
        super().__init__(parent)
        self._asked = asked
        self._reader, self.writer = socket.socketpair()
        self._reader.setblocking(False)
        self.writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    @Slot()
    def _heard(self) -> None:
        try:
            numbers = self._reader.recv(64)
        except OSError:
            return
        if any(number in numbers for number in NUMBERS):
            self._asked()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        self._reader.close()
        self.writer.close()
        self.deleteLater()


def listen(asked: Callable[[], object]) -> Callable[[], None]:
    """Call `asked` in the GUI thread when the process is asked to end; answers how to stop listening.

    Only the main thread may set handlers: anywhere else nothing happens.
    """
    application = QCoreApplication.instance()
    if application is None or threading.current_thread() is not threading.main_thread():
        return lambda: None
    ear = _Ear(application, asked)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in NUMBERS}
    descriptor = signal.set_wakeup_fd(ear.writer.fileno(), warn_on_full_buffer=False)

    def stop() -> None:
        signal.set_wakeup_fd(descriptor)
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        ear.close()

    return stop
