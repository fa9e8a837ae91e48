"""What Windows tells every window: the session is about to end, the PC sleeps or wakes. Turned into three calls.

Sources: Microsoft's WM_QUERYENDSESSION, WM_ENDSESSION and WM_POWERBROADCAST. Windows gives a program five seconds at
the end of a session and kills it then; we take two.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtGui import QGuiApplication, QWindow

WM_QUERYENDSESSION: Final = 0x0011
WM_ENDSESSION: Final = 0x0016
WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND: Final = 0x0004
PBT_APMRESUMEAUTOMATIC: Final = 0x0012
"""Comes at every waking, with or without a person; PBT_APMRESUMESUSPEND follows only when one is there."""

EAR: Final = "Ótimo Tray events"
"""Title of the hidden window that hears."""
SESSION_END_S: Final = 2.0
"""How long `session_ends` may take."""


class WindowsEvents(QAbstractNativeEventFilter):
    """Listens to the application's messages.

    Args:
        session_ends: stop working within `SESSION_END_S`, lose nothing; the process is killed soon after. Called once.
        slept: the PC goes to sleep now; must be quick.
        woke: the PC has woken up; what became due is due now.
    """

    def __init__(
        self,
        session_ends: Callable[[], None],
        slept: Callable[[], None] = lambda: None,
        woke: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._session_ends = session_ends
        self._slept = slept
        self._woke = woke
        self._ended = False

    def nativeEventFilter(self, eventType: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        """Looks at a message and lets everybody else have it too."""
        kind = bytes(eventType.data()) if isinstance(eventType, QByteArray) else bytes(eventType)
        if kind == b"windows_generic_MSG":
            found = wintypes.MSG.from_address(int(message))
            self.heard(int(found.message), int(found.wParam or 0))
        return False, 0

    def heard(self, message: int, word: int) -> None:
        """Acts on one message; `word` is its wParam."""
        if message == WM_ENDSESSION and word and not self._ended:
            # Not at the question before: another program may still say no, and then the session goes on.
            self._ended = True
            self._session_ends()
        elif message == WM_POWERBROADCAST and word == PBT_APMSUSPEND:
            self._slept()
        elif message == WM_POWERBROADCAST and word == PBT_APMRESUMEAUTOMATIC:
            self._woke()


def listen(
    session_ends: Callable[[], None],
    slept: Callable[[], None] = lambda: None,
    woke: Callable[[], None] = lambda: None,
) -> Callable[[], None]:
    """Begins to listen on Windows (elsewhere nothing happens); answers how to stop listening."""
    application = QGuiApplication.instance()
    if sys.platform != "win32" or application is None:
        return lambda: None
    events = WindowsEvents(session_ends, slept, woke)
    application.installNativeEventFilter(events)
    # The icon alone has no window whose messages pass through Qt's filters. This one is never shown.
    ear = QWindow()
    ear.setTitle(EAR)
    ear.create()

    def stop() -> None:
        application.removeNativeEventFilter(events)
        ear.destroy()
        ear.deleteLater()

    return stop
