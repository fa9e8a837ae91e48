"""How everything looks: grid, colours by meaning for light and dark, icons tinted with the palette."""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

GRID = 4
MARGIN = 12
CONTRAST_PROPERTY = "highContrast"
"""Set on the application, it stands for the system's own wish: for pictures and tests."""
ICON_SIZES = (16, 20, 24, 32, 48, 64)


class Tone(Enum):
    """What a text means; each has a colour for light and for dark grounds. Shape and word always go along."""

    GOOD = ("#1f6f3a", "#7fcf97")
    QUIET = ("#5f6368", "#a4a9af")
    NOTE = ("#0b57a4", "#8ab9f1")
    WARN = ("#8a5000", "#f0b860")
    BAD = ("#b3261e", "#ff8f85")


ALARM_GROUND = ("#b3261e", "#a51f17")
"""Ground of a row that must not be shipped; its text is white."""


FRAME_ON_DARK = "#a8a8a8"
"""What Fusion makes a field's outline of, 40 % darker."""


def resource(*parts: str) -> Path:
    """Return the path of a file of `resources/`."""
    return Path(__file__).resolve().parents[2].joinpath("resources", *parts)


def is_dark(palette: QPalette | None = None) -> bool:
    """Tell whether the ground is dark."""
    return (palette or QGuiApplication.palette()).color(QPalette.ColorRole.Base).lightness() < 128


def is_high_contrast() -> bool:
    """Tell whether the person asked the system for high contrast."""
    app = QGuiApplication.instance()
    if app is not None and app.property(CONTRAST_PROPERTY):
        return True
    # Both wrappers are held while we ask: PySide6 6.11 calls the inner one deleted once the outer one is gone.
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    return accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast


def tone_colour(tone: Tone, palette: QPalette | None = None) -> QColor:
    """Return a meaning's colour on the present ground; in high contrast the text's own."""
    ground = palette or QGuiApplication.palette()
    return QColor(_tone_colour(tone, ground.cacheKey(), is_dark(ground)))  # a copy: whoever asks may make it fainter


@lru_cache(64)
def _tone_colour(tone: Tone, _palette: int, dark: bool) -> QColor:
    # Keyed by the palette, which changes with the contrast too: tables ask for every cell.
    if is_high_contrast():
        return QGuiApplication.palette().color(QPalette.ColorRole.Text)
    return QColor(tone.value[1 if dark else 0])


def alarm_ground() -> QColor:
    """Return the ground of an alarm."""
    return QColor(ALARM_GROUND[1 if is_dark() else 0])


def line_colour(palette: QPalette) -> QColor:
    """Return the colour of separating lines: text at low strength, right in both modes."""
    colour = palette.color(QPalette.ColorRole.WindowText)
    colour.setAlphaF(0.16)
    return colour


def frame_fields() -> None:
    """Let fields and empty check boxes be seen on dark grounds: Fusion outlines them darker than the window.

    It takes the outline from the window's colour, which these controls use for nothing else. To be called anew when
    the system goes dark or light.
    """
    wanted = QPalette()
    if QApplication.style().name().lower() == "fusion" and (is_dark() or is_high_contrast()):
        outline = QColor(Qt.GlobalColor.white) if is_high_contrast() else QColor(FRAME_ON_DARK)
        wanted.setColor(QPalette.ColorRole.Window, outline)
    for name in ("QCheckBox", "QRadioButton", "QLineEdit", "QAbstractSpinBox", "QComboBox"):
        _class_palette(wanted, name)
    for name in ("QPushButton", "QToolButton"):  # on a dark window their own ground is lighter, and shows them
        _class_palette(wanted if is_high_contrast() else QPalette(), name)


def _class_palette(palette: QPalette, name: str) -> None:
    # PySide6 6.11 takes text alone, whatever its types say.
    QApplication.setPalette(palette, name)  # pyright: ignore[reportArgumentType]


def fixed_font() -> QFont:
    """Return the font of codes: fixed width, as large as the system's."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QGuiApplication.font().pointSizeF())
    return font


def heading_font(scale: float = 1.25) -> QFont:
    """Return the font of a page's first line."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def row_height(metrics: QFontMetrics) -> int:
    """Return the one height of rows, on the grid."""
    return -(-(metrics.height() + 8) // GRID) * GRID


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Return an icon of `resources/icons`, tinted; without a colour, with the text's."""
    chosen = colour or QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
    return _icon(name, chosen.name())


def picture(name: str) -> QIcon:
    """Return a picture of `resources/icons` in its own colours, at all usual sizes."""
    return _icon(name, "#000000")


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _icon(name: str, colour: str) -> QIcon:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    made = QIcon()
    for size in ICON_SIZES:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
