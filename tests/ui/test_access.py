"""Everything can be reached and named without seeing it, by keys alone, and stays whole with texts twice as long."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from otimo_tray.ui.look import CONTRAST_PROPERTY
from otimo_tray.ui.support import SupportWindows
from tests.ui.conftest import Stage
from tests.ui.palettes import palette
from tests.ui.places import PLACES, Opened, places_of

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView, QTextBrowser)


@pytest.fixture
def opened(stage: Stage) -> Generator[Callable[[str], Opened]]:
    with places_of(stage) as open_place:
        yield open_place


def controls(root: QWidget) -> Iterator[QWidget]:
    """What a person can use: no inner parts of other controls."""
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or widget.objectName().startswith("qt_"):
            continue
        parent = widget.parentWidget()
        inner = False
        while parent is not None and parent is not root:
            inner = inner or isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)
            parent = parent.parentWidget()
        if not inner:
            yield widget


def spoken(widget: QWidget, root: QWidget) -> str:
    """What a screen reader calls a control."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    buddy = next((one.text() for one in root.window().findChildren(QLabel) if one.buddy() is widget), "")
    return widget.accessibleName() or text or buddy


@pytest.mark.parametrize("place", PLACES)
def test_everything_has_a_name_a_key_of_its_own_and_is_reached_by_tab(
    opened: Callable[[str], Opened], qtbot: QtBot, place: str
) -> None:
    found = opened(place)
    assert nameless(found) == []
    assert mnemonics_twice(found) == []
    with qtbot.waitActive(found.window, timeout=5000):
        found.window.activateWindow()
    assert missed_by_tab(found) == []


def nameless(found: Opened) -> list[str]:
    """Controls that a screen reader couldn't call anything."""
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
        for widget in controls(found.root)
        if not spoken(widget, found.root).strip("✕… ")
    ]


def mnemonics_twice(found: Opened) -> list[str]:
    """Keys with Alt that two visible controls of a window claim."""
    keys: dict[str, str] = {}
    twice: list[str] = []
    texts = [
        (widget, widget.text())
        for widget in found.window.findChildren(QWidget)
        if isinstance(widget, QPushButton | QToolButton | QLabel | QAbstractButton)
        and widget.isVisible()
        and (not isinstance(widget, QLabel) or cast("QWidget | None", widget.buddy()) is not None)
    ]
    for widget, text in texts:
        key = QKeySequence.mnemonic(text).toString()
        if key:
            if key in keys:
                twice.append(f"{key}: {keys[key]!r} and {text!r} ({widget.objectName()})")
            keys[key] = text
    return twice


def missed_by_tab(found: Opened) -> list[str]:
    """Visible, enabled controls that Tab doesn't come to."""
    expected = {
        widget
        for widget in controls(found.root)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached: set[QWidget] = set()
    for _ in range(3 * len(expected) + 40):
        found.window.focusNextChild()
        now: QWidget | None = QApplication.focusWidget()
        while now is not None and now not in reached:
            reached.add(now)
            now = now.parentWidget()
    # One of a group that excludes each other is enough: the arrow keys lead to the rest.
    groups = {one.group() for one in reached if isinstance(one, QAbstractButton)} - {None}
    expected = {one for one in expected if not (isinstance(one, QAbstractButton) and one.group() in groups)}
    return [f"{type(one).__name__} {one.objectName()!r}" for one in expected - reached]


class Longer(QTranslator):
    """Makes every text twice as long again: 200 % longer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        del disambiguation
        if context.startswith("Q") or len(text) < 3:
            return ""
        self.asked += 1
        filler = ("palavras compridas demais " * (len(text) // 12 + 1))[: 2 * len(text)]
        return text.replace("%n", str(n)) + " " + filler.strip()


@pytest.fixture
def longer(qtbot: QtBot) -> Generator[Longer]:
    del qtbot
    translator = Longer()
    QApplication.installTranslator(translator)
    yield translator
    QApplication.removeTranslator(translator)


@pytest.mark.parametrize("place", PLACES)
def test_texts_three_times_as_long_fit_a_small_screen(
    longer: Longer, opened: Callable[[str], Opened], place: str
) -> None:
    found = opened(place)
    found.window.resize(1366, 720)
    QApplication.processEvents()
    assert longer.asked > 10
    assert found.window.minimumSizeHint().width() <= 1366, found.window.minimumSizeHint()
    assert found.window.minimumSizeHint().height() <= 720, found.window.minimumSizeHint()
    shown = [widget for widget in controls(found.root) if widget.isVisible()]
    for widget in shown:
        if isinstance(widget, QPushButton | QComboBox) and not isinstance(widget, QToolButton):
            least = widget.minimumSizeHint()
            assert widget.height() >= min(least.height(), 16), f"{widget.objectName()} is cut"
    cut = [
        f"{type(one).__name__} {one.objectName()!r} {one.text()[:30]!r}: {one.width()} < {one.sizeHint().width()}"
        for one in shown
        if isinstance(one, QPushButton) and one.width() < one.minimumSizeHint().width() - 1
    ]
    assert cut == []
    assert _overlaps(found.root) == []


def _overlaps(root: QWidget) -> list[str]:
    """Controls and labels of one parent that lie upon each other."""
    found: list[str] = []
    for parent in [root, *root.findChildren(QWidget)]:
        if isinstance(parent, QAbstractItemView | QComboBox | QAbstractSpinBox | QLineEdit | QPlainTextEdit):
            continue
        children = [
            child
            for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child.isVisible() and isinstance(child, QLabel | QAbstractButton | QLineEdit | QComboBox)
        ]
        for place, one in enumerate(children):
            for other in children[place + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1:
                    found.append(f"{type(one).__name__} {_text(one)!r} upon {type(other).__name__} {_text(other)!r}")
    return found


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text())[:24] if callable(text) else widget.objectName()


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_labels_stand_out_from_the_ground_also_after_a_live_switch(opened: Callable[[str], Opened], mode: str) -> None:
    """Contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), for windows that were open before the change."""
    before = QApplication.palette()
    places = [opened(name) for name in ("panel", "settings", "wizard hub", "about", "transfer")]
    app = QApplication.instance()
    assert app is not None
    try:
        app.setProperty(CONTRAST_PROPERTY, mode == "contrast")
        QApplication.setPalette(palette(mode))
        QApplication.processEvents()
        faint: list[str] = []
        for found in places:
            for shown in found.window.findChildren(QLabel):
                if shown.text() and shown.isEnabled():
                    ground = found.window.palette().window().color()
                    ink = shown.palette().windowText().color()
                    if _contrast(ink, ground) < 4.5:
                        faint.append(f"{shown.text()[:40]!r} {ink.name()} on {ground.name()}")
        assert faint == []
    finally:
        app.setProperty(CONTRAST_PROPERTY, None)
        QApplication.setPalette(before)
        QApplication.processEvents()


def _contrast(one: QColor, other: QColor) -> float:
    def light(colour: QColor) -> float:
        values = (colour.redF(), colour.greenF(), colour.blueF())
        parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_places_of_windows_are_remembered(stage: Stage) -> None:
    support = SupportWindows(stage.bench)
    window = support.open("codes")
    window.setGeometry(QRect(QPoint(60, 50), window.size() * 0.8))
    wanted = window.size()
    support.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    again = support.open("codes")
    assert again.size() == wanted
    assert isinstance(again.findChild(QListWidget) or again, QWidget)
    support.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shiboken6.delete(support)
