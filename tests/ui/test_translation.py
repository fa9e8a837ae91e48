"""The windows speak one language, wholly, and the other after a fresh start; no Portuguese shows through English."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from installer.translations import file_of, messages
from otimo_tray.ui.app import Hooks, Shell
from otimo_tray.ui.page import Page
from otimo_tray.ui.settings.page import SettingsPage
from otimo_tray.ui.translation import speak
from otimo_tray.ui.tray import Tray
from otimo_tray.ui.window import PAGES
from otimo_tray.words import LANGUAGES, sentence
from tests.ui.conftest import Stage
from tests.ui.places import PLACES, Opened, places_of
from tests.ui.scenes import prepare
from tests.ui.test_access import mnemonics_twice

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)

ROOT = Path(__file__).parent.parent.parent


def app() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def hush() -> None:
    """Take away what `speak` installed: the tests around these want the code's own words."""
    for translator in app().findChildren(QTranslator):
        app().removeTranslator(translator)
        shiboken6.delete(translator)
    QApplication.processEvents()


@pytest.fixture
def spoken(qtbot: QtBot) -> Generator[Callable[[str], list[QTranslator]]]:
    del qtbot
    yield lambda language: speak(app(), language)
    hush()


@pytest.fixture
def english(spoken: Callable[[str], list[QTranslator]]) -> None:
    spoken("en")


def test_both_languages_are_spoken_in_turn(spoken: Callable[[str], list[QTranslator]]) -> None:
    """Qt's own words and ours; and back again, without what was spoken before."""

    def words() -> tuple[str, ...]:
        say = QCoreApplication.translate
        return (say("QPlatformTheme", "Cancel"), say("Window", "Painel"), say("LogWindow", "%n linha(s)", None, 1))

    for _ in range(2):
        assert len(spoken("pt_BR")) == 2
        assert words() == ("Cancelar", "Painel", "1 linha")
        assert len(spoken("en")) == 2
        assert words() == ("Cancel", "Overview", "1 line")
    assert QCoreApplication.translate("LogWindow", "%n linha(s)", None, 2) == "2 lines"
    assert len(app().findChildren(QTranslator)) == 2


def test_an_unknown_language_is_the_codes_own(spoken: Callable[[str], list[QTranslator]]) -> None:
    spoken("en")
    assert spoken("tlh") == []
    assert QCoreApplication.translate("Window", "Painel") == "Painel"


def _portuguese() -> re.Pattern[str]:
    """What must not be seen: every source that has another translation, with anything in its places."""
    shapes: set[str] = set()
    english = {plain(message.target) for message in messages(ROOT / file_of("en"))}
    for message in messages(ROOT / file_of("en")):
        source = plain(message.source)
        letters = len(re.sub(r"\{[^{}]*\}|%n|\W", "", source))
        if source == plain(message.target) or source in english or letters < (4 if "{" in source else 2):
            continue  # the same in both, or so short that any text may look like it
        shapes.add(".*?".join(re.escape(part) for part in re.split(r"\{[^{}]*\}|%n", source)))
    return re.compile("|".join(sorted(shapes)), re.DOTALL)


def plain(text: str) -> str:
    return text.replace("&", "").strip()


PORTUGUESE = _portuguese()


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a person sees or hears in a window, shown or not, with whose it is."""
    yield root.objectName(), root.windowTitle()
    for widget in (root, *root.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield where, widget.accessibleName()
        yield where, widget.toolTip()
        if isinstance(widget, QAbstractButton | QLabel):
            yield where, widget.text()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield where, widget.placeholderText()
        if isinstance(widget, QGroupBox):
            yield where, widget.title()
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(place)) for place in range(widget.count()))
        if isinstance(widget, QTabWidget):
            yield from ((where, widget.tabText(place)) for place in range(widget.count()))
        if isinstance(widget, QTableView):
            yield from ((where, text) for text in cells(widget))
    for action in root.findChildren(QAction):
        yield f"action {action.objectName()}", action.text()


def cells(table: QTableView) -> Iterator[str]:
    """Headers, and the first rows."""
    model = table.model()
    if model is None:  # pyright: ignore[reportUnnecessaryComparison]
        return
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for line in range(min(30, model.rowCount())):
            yield str(model.index(line, column).data() or "")


def headings(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.headerData(number, Qt.Orientation.Horizontal)) for number in range(model.columnCount())]


def left_over(root: QWidget) -> list[str]:
    """Portuguese texts of ours in a window that shall be English."""
    return [f"{where}: {text}" for where, text in texts(root) if PORTUGUESE.fullmatch(plain(text))]


@pytest.fixture
def places(english: None, stage: Stage) -> Generator[Callable[[str], Opened]]:
    """Opens the windows in English. `english` comes first: texts are asked for when a window is made."""
    del english
    settings = stage.shop.desk.settings()
    stage.shop.desk.save_settings(replace(settings, shop=replace(settings.shop, language="en")))
    with places_of(stage) as open_place:
        yield open_place


@pytest.mark.parametrize("place", PLACES)
def test_no_portuguese_shows_through_and_each_key_with_alt_leads_to_one_place(
    places: Callable[[str], Opened], place: str
) -> None:
    found = places(place)
    assert len([text for _, text in texts(found.window) if text]) > 4
    assert left_over(found.window) == []
    assert mnemonics_twice(found) == []


@pytest.mark.parametrize("place", PAGES)
def test_dialogs_and_what_they_say_are_english_too(places: Callable[[str], Opened], stage: Stage, place: str) -> None:
    """Every scene of the pictures: typed, refused, undone, with each dialog open."""
    page = cast("Page", places(place).root)
    seen: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    for scene, _seconds in prepare(place, page, stage.shop):
        stage.rest()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                # The scene itself pastes "nada" as an order's number.
                portuguese = [text for text in left_over(window) if not text.endswith("pasted-codes: nada")]
                seen[scene] = seen.get(scene, []) + portuguese
                if window is not stage.window:  # whose children are the dialogs too
                    keys[scene] = keys.get(scene, []) + mnemonics_twice(Opened(window, window))
    assert {scene: found for scene, found in seen.items() if found} == {}
    assert {scene: twice for scene, twice in keys.items() if twice} == {}


def test_portuguese_would_be_seen(stage: Stage) -> None:
    """The same look at a window that nobody has translated finds a lot."""
    stage.page("settings")
    assert len(left_over(stage.window)) > 50


def test_the_trays_menu_is_english(english: None) -> None:
    del english
    tray = Tray(available=lambda: True)
    said = [action.text() for action in (*tray.menu.actions(), *tray.menu.findChildren(QAction)) if action.text()]
    assert [text for text in said if PORTUGUESE.fullmatch(plain(text))] == []
    assert "&Sync now" in said
    keys = [text[text.index("&") + 1].casefold() for text in {a.text() for a in tray.menu.actions()} if "&" in text]
    assert sorted(keys) == sorted(set(keys))


def test_qts_own_buttons_follow(english: None) -> None:
    del english
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancel"
    speak(app(), "pt_BR")
    other = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert other.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancelar"


class TestTheSetting:
    def choose(self, page: SettingsPage, stage: Stage, language: str) -> None:
        box = cast("QComboBox", page.fields["shop.language"].box)
        box.setCurrentIndex(box.findData(language))
        page.save.click()
        stage.rest()

    def test_another_language_offers_a_fresh_start(self, stage: Stage) -> None:
        page = cast("SettingsPage", stage.page("settings"))
        asked: list[str] = []

        def note(name: str, _item: str) -> None:
            asked.append(name)

        stage.window.support_asked.connect(note)
        self.choose(page, stage, "en")
        assert stage.shop.desk.settings().shop.language == "en"
        assert "começa de novo" in page.messages.text
        restart = next(one for one in page.messages.findChildren(QAbstractButton) if "Reiniciar" in one.text())
        restart.click()
        assert asked == ["restart"]

    def test_any_other_setting_does_not(self, stage: Stage) -> None:
        page = cast("SettingsPage", stage.page("settings"))
        self.choose(page, stage, "pt_BR")
        page.fields["guards.zero_percent"].box.setValue(25)  # type: ignore[attr-defined]
        page.save.click()
        stage.rest()
        assert page.messages.text.startswith("✓ Ajustes salvos. Valem")

    def test_the_program_starts_anew(self, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        left: list[int] = []
        shell = Shell(lambda: stage.shop.desk, tmp_path, minimized=True, hooks=Hooks())
        try:
            monkeypatch.setattr(QApplication, "exit", left.append)
            shell._go("restart", "")
        finally:
            monkeypatch.undo()
            shell.close()
            shiboken6.delete(shell)
        assert left == [75]


def test_a_day_in_english_fits_its_column(places: Callable[[str], Opened]) -> None:
    """No `yesterday 1…`: the columns of times are as wide as the language spoken needs."""
    for place in ("tracking", "orders"):
        tables = places(place).root.findChildren(QTableView)
        table = next(one for one in tables if "Ship by" in headings(one))
        model, column = table.model(), headings(table).index("Ship by")
        shown = {str(model.index(line, column).data()) for line in range(model.rowCount())}
        assert any(text.startswith("yesterday ") for text in shown), place
        widest = max(table.fontMetrics().horizontalAdvance(text) for text in shown)
        margins = 6
        assert widest + margins <= table.columnWidth(column), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_names_a_key_names_the_windows_own(
    spoken: Callable[[str], list[QTranslator]], language: str
) -> None:
    spoken(language)
    label = QCoreApplication.translate("ScanPane", "&Transportadora:")
    assert f"(Alt+{label[label.index('&') + 1].upper()})" in sentence("T-627", {}, language).line
