"""What every page of the window is: a widget that shows data read in a worker and looks again when it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.desk import Desk
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import MessageBar
from otimo_tray.ui.work import Work

REFRESH_MS = 400
"""Changes within this time are read once."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What pages share: the desk, the workers, the crossing, and where layouts are remembered."""

    desk: Desk
    bridge: Bridge
    work: Work
    layout: QSettings

    def zone(self) -> tzinfo:
        """Return the shop's time zone."""
        return ZoneInfo(self.desk.settings().shop.time_zone)


class Page(QWidget):
    """A page. Subclasses say which changes concern them (`kinds`) and how to read anew (`reload`).

    Signals:
        go: another page is asked for: its name, and what to show there ("" for nothing).
    """

    go = Signal(str, str)
    kinds: frozenset[str] = frozenset()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.desk = bench.desk
        self.work = bench.work
        self.messages = MessageBar()
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self._reload_now)
        bench.bridge.changed.connect(self._changed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def reload(self) -> None:
        """Read the page's data anew."""
        raise NotImplementedError

    def show_item(self, item: str) -> None:
        """Bring one item to view; pages that list things override it."""

    def take_focus(self) -> None:
        """Put the keyboard where a person most likely goes on; pages override it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def failed(self, error: Exception) -> None:
        """Say beside the data what went wrong."""
        self.messages.say(self.desk.error_sentence(error), tone=Tone.BAD)

    def _changed(self, kind: str) -> None:
        if kind in self.kinds:
            self._stale = True
            if self.isVisible() and not self._soon.isActive():
                self._soon.start()

    def _reload_now(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self._reload_now()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._soon.stop()
