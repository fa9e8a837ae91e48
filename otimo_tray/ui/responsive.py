"""Keeps the window quick beside an engine that works in the same interpreter.

Two things of Python's hold the event loop, whatever thread they happen in:

- The GUI thread needs the interpreter for every event, and Qt gives it away and asks for it again many times within
  one. A thread that computes keeps it for a whole switch interval each time: at Python's 5 ms, a key that asks ten
  times waits 50 ms.
- A collection of the oldest generation looks at every object of the program at once: 60 to 190 ms at 100,000 SKUs.
  Python begins one whenever a quarter more objects are there, which reading a large sheet makes them. The younger
  generations are enough while somebody works; the oldest one is collected when no window is open.
"""

from __future__ import annotations

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

SWITCH_S: Final = 0.00003
"""Longest time a computing thread keeps the interpreter from the window."""
YOUNG: Final = 2_000
MIDDLE: Final = 10
NEVER: Final = 1_000_000_000
LOOK_MS: Final = 60_000
DUE: Final = 3
"""Collections of the middle generation that make it worth while: a resting program has none."""
OVERDUE: Final = 500
"""Collections of the middle generation after which the oldest one is due even with a window open: hours of work."""


def keep_responsive() -> None:
    """Call once, before the engine starts."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(YOUNG, MIDDLE, NEVER)


class Tidy(QObject):
    """Collects the oldest generation when nobody looks."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> bool:
        """Collect if it is due and no window is open, or long overdue; answers whether it did."""
        waiting = gc.get_count()[2]
        if waiting < DUE or (waiting < OVERDUE and any(w.isVisible() for w in QApplication.topLevelWidgets())):
            return False
        gc.collect()
        return True
