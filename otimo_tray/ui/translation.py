"""The language of the windows: Qt's own words, and ours where the shop doesn't want Portuguese."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from otimo_tray.ui.look import resource

_OURS = "language of the windows"
"""Name of the translators that `speak` installed: tells them from anybody else's."""


def speak(application: QApplication, language: str) -> list[QTranslator]:
    """Make the application speak `language` ("pt_BR" or "en") and return its translators, which it keeps.

    What it spoke before is taken away: Portuguese is what the code says, so English beneath it would show through.
    Texts asked for before stay as they are: call it before the first window.
    """
    for before in application.findChildren(QTranslator, _OURS):
        application.removeTranslator(before)
        shiboken6.delete(before)
    places = [
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"otimo_tray_{language}", str(resource("translations"))),
    ]
    made: list[QTranslator] = []
    for name, folder in places:
        translator = QTranslator(application)
        translator.setObjectName(_OURS)
        if translator.load(name, folder):
            application.installTranslator(translator)
            made.append(translator)
    return made
