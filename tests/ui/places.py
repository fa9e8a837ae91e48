"""Opens any place of the program by its name: a page, a step of the wizard, a window of the support menu."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from otimo_tray.ui.rail import PAGES
from otimo_tray.ui.support import SUPPORT, SupportWindows
from otimo_tray.ui.wizard import Wizard
from tests.ui.conftest import Stage

STEPS = ("hub", "erp", "shop", "mapping", "first", "finish")
PLACES = (*PAGES, *(f"wizard {name}" for name in STEPS), *SUPPORT)


@dataclass
class Opened:
    """One place of the program on the screen."""

    window: QWidget
    root: QWidget
    """The page inside of the window; mostly the window itself."""


@contextmanager
def places_of(stage: Stage) -> Generator[Callable[[str], Opened]]:
    """Give a way to open each of `PLACES`; what was opened goes at the end."""
    support = SupportWindows(stage.bench)
    wizards: list[Wizard] = []

    def open_place(name: str) -> Opened:
        if name in PAGES:
            return Opened(stage.window, stage.page(name))
        if name in SUPPORT:
            window = support.open(name)
            stage.rest()
            return Opened(window, window)
        wizard = Wizard(stage.bench)
        wizards.append(wizard)
        wizard.show_step(STEPS.index(name.partition(" ")[2]))
        wizard.open()
        stage.rest()
        return Opened(wizard, wizard)

    yield open_place
    support.close()
    for wizard in wizards:
        wizard.hide()
        shiboken6.delete(wizard)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shiboken6.delete(support)
