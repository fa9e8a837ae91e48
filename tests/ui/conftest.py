"""Fixtures of the windows: a filled shop over a real state database, workers, and the main window."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.window import Window
from otimo_tray.ui.work import Work
from tests.ui.desks import FakePresence, Shop, fill_all, open_shop


@dataclass
class Stage:
    """Everything a test of a page works with."""

    shop: Shop
    bench: Bench
    window: Window
    bot: QtBot

    def page(self, name: str) -> Page:
        """Show a page and wait until it was read."""
        self.window.open_at(name)
        page = self.window.show_page(name)
        self.rest()
        return page

    def rest(self) -> None:
        """Wait until every piece of work asked for so far is done and shown."""
        for _ in range(2):  # what was shown may ask for more
            self.wait_for(lambda: not self.bench.work.busy)

    def wait_for(self, test: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.bot.waitUntil(test, timeout=20_000)


@pytest.fixture
def fill() -> Callable[[Path], object]:
    """What the shop holds; tests override it."""
    return fill_all


@pytest.fixture
def presence() -> FakePresence | None:
    """What others have open; None: there are no others."""
    return None


@pytest.fixture
def watch_models() -> bool:
    """Whether every model that a page makes is watched; tests of many rows switch it off, it looks at each cell."""
    return True


@pytest.fixture
def _every_model_watched(watch_models: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each model is a child of its watch's life: a breach of Qt's contract is a Qt warning, and those fail tests."""
    made: Callable[..., None] = vars(RowsModel)["__init__"]

    def make(model: Any, *args: Any, **more: Any) -> None:
        made(model, *args, **more)
        watched(model).setParent(model)

    if watch_models:
        monkeypatch.setattr(RowsModel, "__init__", make)


@pytest.fixture
def stage(
    qtbot: QtBot,
    tmp_path: Path,
    fill: Callable[[Path], object],
    presence: FakePresence | None,
    _every_model_watched: None,
) -> Generator[Stage]:
    shop = open_shop(tmp_path, fill, presence)
    bridge = Bridge()
    work = Work(bridge)
    layout = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
    bench = Bench(shop.desk, bridge, work, layout)
    window = Window(bench)
    window.resize(1180, 700)
    yield Stage(shop, bench, window, qtbot)
    window.leave()
    work.close()
    # At once and here: what Python's garbage collector frees later, it may free in any thread.
    for thing in (window, bridge, layout):
        shiboken6.delete(thing)
    shop.close()


def watched(model: object) -> QAbstractItemModelTester:
    """Watch a model for breaches of Qt's contract; keep the answer as long as the watch shall last."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)  # type: ignore[arg-type]
