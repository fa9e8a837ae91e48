"""The packer's own window: the scan, large, what came of it, and nothing else; it remembers its place."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from otimo_tray.domain.tracking import Carrier
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.formats import day_start, number
from otimo_tray.ui.link import LinkBanner
from otimo_tray.ui.look import MARGIN, Tone, heading_font, picture
from otimo_tray.ui.page import REFRESH_MS, Bench
from otimo_tray.ui.parts import ToneLabel, label, row
from otimo_tray.ui.presence import presence_of
from otimo_tray.ui.tracking import words
from otimo_tray.ui.tracking.pane import ScanPane
from otimo_tray.ui.tracking.session import Answer, Outcome

GEOMETRY_KEY = "packing/geometry"
SCALE = 2.2
LAST = 6
"""Codes shown below, newest first."""


class Pile(NamedTuple):
    """How the day stands."""

    waiting: int
    late: int
    today: int
    carriers: list[Carrier]


class PackingWindow(QWidget):
    """A window of its own; F11 fills the screen."""

    def __init__(self, bench: Bench, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self._bench = bench
        self.setObjectName("packing")
        self.setWindowTitle(self.tr("Embalagem – Ótimo Tray"))
        self.setWindowIcon(picture("app"))
        self.setMinimumSize(520, 360)
        self.resize(860, 560)
        self.pane = ScanPane(bench, SCALE)
        self.pane.listen(self)
        self.pane.answered.connect(self._answered)
        self.pane.found.connect(self._found)
        self.pane.undone.connect(self._undone)
        sound = QPushButton(self.tr("&Som"))
        menu = QMenu(sound)
        menu.aboutToShow.connect(lambda: self.pane.sounds.fill(menu))
        self.pane.sounds.fill(menu)
        sound.setMenu(menu)
        self.pane.more.addWidget(sound)
        self.count = ToneLabel()
        self.count.setFont(heading_font(1.6))
        self.late = ToneLabel()
        self._last: deque[str] = deque(maxlen=LAST)
        self.last = label()
        font = QFont(self.last.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.last.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, MARGIN)
        layout.addWidget(LinkBanner(bench))
        layout.addWidget(self.pane, 2)
        layout.addLayout(row(self.count, 16, self.late, None, margin=MARGIN))
        layout.addLayout(row(label(self.tr("Últimos códigos"), tone=Tone.QUIET), None, margin=MARGIN))
        layout.addLayout(row(self.last, None, margin=MARGIN))
        layout.addStretch(1)
        full = QShortcut(QKeySequence("F11"), self)
        full.activated.connect(self._full)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.reload)
        bench.bridge.changed.connect(self._changed)
        kept = bench.layout.value(GEOMETRY_KEY)
        if kept is not None:
            self.restoreGeometry(kept)

    def open(self) -> None:
        """Show it in front, ready to scan."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.pane.learn_scanner()
        self.pane.take_focus()

    def _found(self, parcel: ParcelRow | None) -> None:
        presence_of(self._bench).open("packing", parcel.hub_id if parcel is not None else "")

    def reload(self) -> None:
        """Count what waits."""
        desk, zone = self._bench.desk, self._bench.zone()
        now = desk.clock.now()
        since, midnight = stored(now - timedelta(days=1)), stored(day_start(now, zone))

        def read() -> Pile:
            rows = desk.reader.tracking.parcels(since)
            return Pile(
                sum(1 for found in rows if found.is_waiting),
                sum(1 for found in rows if words.is_late(found, now)),
                sum(1 for found in rows if any(code.typed_at >= midnight for code in found.codes)),
                desk.storage.trackings.carriers(),
            )

        self._bench.work.run(self, read, self._show, self._failed)

    def _show(self, pile: Pile) -> None:
        self.pane.set_carriers(pile.carriers)
        self.count.setText(
            self.tr("Faltam {waiting} · Hoje {today}").format(waiting=number(pile.waiting), today=number(pile.today))
        )
        self.late.setText(self.tr("▲ {n} em atraso").format(n=number(pile.late)) if pile.late else "")
        self.late.set_tone(Tone.WARN)

    def _failed(self, error: Exception) -> None:
        self.pane.say(self._bench.desk.error_sentence(error), Tone.BAD)

    def _answered(self, answer: Answer) -> None:
        if answer.outcome is Outcome.SAVED and answer.parcel is not None:
            self._last.appendleft(f"{answer.scan.code}   {answer.parcel.name}")
            self.last.setText("\n".join(self._last))
            self._later()

    def _undone(self, _hub_id: str) -> None:
        if self._last:
            self._last.popleft()
            self.last.setText("\n".join(self._last))
        self._later()

    def _changed(self, kind: str) -> None:
        if kind in {"tracking", "orders"}:
            self._later()

    def _later(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _full(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def showEvent(self, event: QShowEvent) -> None:
        """Count at once, and be told who has which parcel in hand."""
        super().showEvent(event)
        presence_of(self._bench).watch("packing", True)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is open here any more."""
        super().hideEvent(event)
        presence_of(self._bench).watch("packing", False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where it was; nothing that was scanned is lost."""
        self._bench.layout.setValue(GEOMETRY_KEY, self.saveGeometry())
        self._soon.stop()
        super().closeEvent(event)
