"""On dark grounds and in high contrast one sees where a field is, an empty check box, and which tab is chosen."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from otimo_tray.ui.look import CONTRAST_PROPERTY, frame_fields
from otimo_tray.ui.parts import Tabs
from tests.ui.palettes import palette


@pytest.fixture
def mode(request: pytest.FixtureRequest, qapp: QApplication) -> Generator[str]:
    before, style = QApplication.palette(), QApplication.style().name()
    name: str = request.param
    QApplication.setStyle("Fusion")
    qapp.setProperty(CONTRAST_PROPERTY, name == "contrast")
    QApplication.setPalette(palette(name))
    frame_fields()
    yield name
    qapp.setProperty(CONTRAST_PROPERTY, None)
    QApplication.setStyle(style)
    QApplication.setPalette(before)
    frame_fields()


def strongest_edge(widget: QWidget, ground: QColor) -> int:
    """How far the outline differs from the window, at most."""
    image = widget.grab().toImage()
    middle = image.height() // 2
    return max(abs(image.pixelColor(x, middle).lightness() - ground.lightness()) for x in range(min(18, image.width())))


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"], indirect=True)
def test_a_field_and_an_empty_box_have_an_outline(qtbot: QtBot, mode: str) -> None:
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    for widget in (QLineEdit(), QCheckBox()):
        qtbot.addWidget(widget)
        widget.resize(120, 26)
        widget.show()
        assert strongest_edge(widget, ground) >= (120 if mode == "contrast" else 40), (mode, widget)


@pytest.mark.parametrize("mode", ["light", "contrast"], indirect=True)
def test_the_chosen_tab_is_underlined_in_high_contrast(qtbot: QtBot, mode: str) -> None:
    tabs = Tabs([("all", "Todos"), ("held", "Retidos")])
    qtbot.addWidget(tabs)
    tabs.choose("held")
    lines = [tabs._buttons[key].font().underline() for key in ("all", "held")]
    assert lines == [False, mode == "contrast"]
