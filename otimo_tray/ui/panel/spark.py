"""A small painted chart: one bar an hour, zero as a hairline, the hour under the mouse in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from otimo_tray.ui.text import plain


class Spark(QWidget):
    """Bars of the last hours.

    Args:
        words: says a bar in words: its place from the left and its count.
    """

    def __init__(self, words: Callable[[int, int], str]) -> None:
        super().__init__()
        self._words = words
        self._values: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[int]) -> None:
        """Show these counts, oldest first."""
        if tuple(values) != self._values:
            self._values = tuple(values)
            self.update()

    @property
    def values(self) -> tuple[int, ...]:
        """The counts shown."""
        return self._values

    def sizeHint(self) -> QSize:
        """Return 24 bars of 8 pixels."""
        return QSize(220, 28)

    def minimumSizeHint(self) -> QSize:
        """Return 24 bars of 3 pixels."""
        return QSize(72, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars from the bottom."""
        del event
        if not self._values:
            return
        painter = QPainter(self)
        step = min(10.0, self.width() / len(self._values))
        highest = max(4, *self._values)  # one single sale is no peak
        bar = self.palette().color(QPalette.ColorRole.Accent)
        rest = self.palette().color(QPalette.ColorRole.WindowText)
        rest.setAlphaF(0.22)
        painter.setPen(Qt.PenStyle.NoPen)
        floor = self.height() - 4
        for place, value in enumerate(self._values):
            height = 0.0 if value == 0 else max(2.0, value / highest * (floor - 3))
            box = QRectF(place * step, floor - height, max(1.5, step - 2), height or 1.0)
            painter.fillRect(box, bar if value else rest)

    def event(self, event: QEvent) -> bool:
        """Say the hour under the mouse."""
        if event.type() == QEvent.Type.ToolTip and self._values:
            assert isinstance(event, QHelpEvent)
            step = min(10.0, self.width() / len(self._values))
            place = int(event.pos().x() / step)
            if place < len(self._values):
                QToolTip.showText(event.globalPos(), plain(self._words(place, self._values[place])), self)
            return True
        return super().event(event)
