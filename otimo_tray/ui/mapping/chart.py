"""Stock and price sent over time, painted small: stock as steps with a ground, price as a line, words at the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from otimo_tray.ui.look import Tone, tone_colour
from otimo_tray.ui.text import plain

TOP, BOTTOM, SIDE = 6.0, 6.0, 3.0


class Point(NamedTuple):
    """A value from a moment on."""

    at: datetime
    value: float


class History(QWidget):
    """Two series over one time; each has a scale of its own.

    Args:
        words: says a moment of a series in words: "stock" or "price", and the point.
    """

    def __init__(self, words: Callable[[str, Point], str]) -> None:
        super().__init__()
        self._words = words
        self.series: dict[str, list[Point]] = {"stock": [], "price": []}
        self._until: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, stock: Sequence[Point], price: Sequence[Point], until: datetime) -> None:
        """Show these, oldest first; the last value of each holds until `until`."""
        self.series = {"stock": list(stock), "price": list(price)}
        self._until = until
        names = [
            f"{self._words(kind, points[0])} – {self._words(kind, points[-1])}"
            for kind, points in self.series.items()
            if points
        ]
        self.setAccessibleDescription("; ".join(names))
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that moved."""
        return all(len(points) < 2 for points in self.series.values())

    def sizeHint(self) -> QSize:
        """Return a size for the details' width."""
        return QSize(260, 72)

    def minimumSizeHint(self) -> QSize:
        """Return the least that tells anything."""
        return QSize(120, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor = self.height() - BOTTOM
        rest = self.palette().color(QPalette.ColorRole.WindowText)
        rest.setAlphaF(0.22)
        painter.setPen(QPen(rest, 1))
        painter.drawLine(QPointF(SIDE, floor + 0.5), QPointF(self.width() - SIDE, floor + 0.5))
        stock = self._steps("stock", from_zero=True)
        if stock:
            accent = self.palette().color(QPalette.ColorRole.Accent)
            ground = self.palette().color(QPalette.ColorRole.Accent)
            ground.setAlphaF(0.22)
            area = QPolygonF([*stock, QPointF(stock[-1].x(), floor), QPointF(stock[0].x(), floor)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawPolygon(area)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 1.6))
            painter.drawPolyline(stock)
        price = self._steps("price", from_zero=False)
        if price:
            painter.setPen(QPen(tone_colour(Tone.WARN), 1.6, Qt.PenStyle.DashLine))
            painter.drawPolyline(price)

    def event(self, event: QEvent) -> bool:
        """Say what held at the moment under the mouse."""
        if event.type() == QEvent.Type.ToolTip and not self.is_empty:
            assert isinstance(event, QHelpEvent)
            lines: list[str] = []
            for kind, points in self.series.items():
                before = [point for point in points if self._x(point.at) <= event.pos().x() + 1]
                if before:
                    lines.append(self._words(kind, before[-1]))
            QToolTip.showText(event.globalPos(), plain("\n".join(lines)), self)
            return True
        return super().event(event)

    def _span(self) -> tuple[float, float]:
        moments = [point.at.timestamp() for points in self.series.values() for point in points]
        first = min(moments)
        last = max([*moments, self._until.timestamp() if self._until else first])
        return first, max(last, first + 1)

    def _x(self, at: datetime) -> float:
        first, last = self._span()
        return SIDE + (at.timestamp() - first) / (last - first) * (self.width() - 2 * SIDE)

    def _steps(self, kind: str, *, from_zero: bool) -> list[QPointF]:
        points = self.series[kind]
        if not points:
            return []
        values = [point.value for point in points]
        low = 0.0 if from_zero else min(values)
        high = max([*values, low])
        box = QRectF(SIDE, TOP, self.width() - 2 * SIDE, self.height() - TOP - BOTTOM)
        spread = high - low

        def y(value: float) -> float:
            share = (value - low) / spread if spread else (0.0 if from_zero else 0.6)
            if not from_zero:
                share = 0.15 + 0.7 * share  # a price that never moved is a line in the middle
            return box.bottom() - share * box.height()

        found: list[QPointF] = []
        for point in points:
            x = self._x(point.at)
            if found:
                found.append(QPointF(x, found[-1].y()))
            found.append(QPointF(x, y(point.value)))
        found.append(QPointF(box.right(), found[-1].y()))
        return found
