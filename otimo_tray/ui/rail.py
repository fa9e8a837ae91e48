"""The rail at the window's left: the pages there are, and the entry of each with what waits there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone, icon, tone_colour
from otimo_tray.ui.text import translate

PAGES = {
    "panel": ("otimo_tray.ui.panel", "PanelPage"),
    "mapping": ("otimo_tray.ui.mapping", "MappingPage"),
    "tracking": ("otimo_tray.ui.tracking", "TrackingPage"),
    "orders": ("otimo_tray.ui.orders", "OrdersPage"),
    "problems": ("otimo_tray.ui.problems", "ProblemsPage"),
    "settings": ("otimo_tray.ui.settings", "SettingsPage"),
}
"""Pages by name: loaded when first shown, so that the window opens fast."""
PACKING = "packing"
"""No page: the packer's own window."""


def page_title(name: str) -> str:
    """Return a page's name on the screen."""
    return {
        "panel": translate("Window", "Painel"),
        "mapping": translate("Window", "De/Para"),
        "tracking": translate("Window", "Rastreio"),
        "orders": translate("Window", "Pedidos"),
        "problems": translate("Window", "Problemas"),
        "settings": translate("Window", "Ajustes"),
        "help": translate("Window", "Ajuda"),
    }[name]


class RailButton(QAbstractButton):
    """A page's entry in the rail: icon, word, badge."""

    def __init__(self, name: str, number_key: int) -> None:
        super().__init__()
        self.name = name
        self.setObjectName(f"rail-{name}")
        self.setText(page_title(name))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"Ctrl+{number_key}")
        self._count = 0
        self._urgent = False

    def set_badge(self, count: int, urgent: bool) -> None:
        """Show a count; 0 shows none."""
        if (count, urgent) != (self._count, self._urgent):
            self._count, self._urgent = count, urgent
            said = f", {number(count)}" if count else ""
            self.setAccessibleName(self.text() + said)
            self.update()

    @property
    def badge(self) -> int:
        """The count shown."""
        return self._count

    def sizeHint(self) -> QSize:
        """Return one size for all: wide enough for the longest word and a badge."""
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(page_title(name)) for name in PAGES)
        return QSize(longest + 88, max(36, metrics.height() + 20))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Calm down again."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it flat: the chosen one has a bar at its left, whatever the colours."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = self.rect()
        text_colour = palette.color(QPalette.ColorRole.WindowText)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            ground = palette.color(QPalette.ColorRole.WindowText)
            ground.setAlphaF(0.09 if self.isChecked() else 0.05)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 4, 4)
        if self.isChecked():
            painter.setBrush(palette.color(QPalette.ColorRole.Accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRect(4, 9, 3, area.height() - 18), 1, 1)
        icon(self.name, text_colour).paint(painter, QRect(16, (area.height() - 20) // 2, 20, 20))
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(text_colour)
        painter.drawText(area.adjusted(44, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._count:
            self._paint_badge(painter)
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(4, 1, -5, -2), 4, 4)

    def _paint_badge(self, painter: QPainter) -> None:
        text = number(self._count) if self._count < 1000 else "999+"
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        place = QRect(self.width() - width - 10, (self.height() - height) // 2, width, height)
        if self._urgent:
            ground, ink = tone_colour(Tone.BAD), self.palette().color(QPalette.ColorRole.Base)
        else:
            ground = self.palette().color(QPalette.ColorRole.WindowText)
            ground.setAlphaF(0.13)
            ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
