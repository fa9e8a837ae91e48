"""The language of the windows: Qt's own words, and ours where the shop doesn't want Portuguese."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from otimo_tray.ui.look import resource


def speak(application: QApplication, language: str) -> list[QTranslator]:
    """Make the application speak `language` ("pt_BR" or "en") and return its translators, which it keeps.

    Texts asked for before stay as they are: call it before the first window.
    """
    places = [
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"otimo_tray_{language}", str(resource("translations"))),
    ]
    made: list[QTranslator] = []
    for name, folder in places:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
            made.append(translator)
    return made
