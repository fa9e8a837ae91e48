"""How the De/Para holds up with 100,000 rows: opening, sorting, tabs, pastes, undo, copies, searches.

`python -m tests.benchmarks.grid` prints for each the longest time the event loop was blocked and how long it took until
all was shown and stored. Exit code 1 when the loop was blocked longer than `LIMIT_MS`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from otimo_tray.ui.app import application
from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.mapping import MappingPage
from otimo_tray.ui.page import Bench
from otimo_tray.ui.responsive import keep_responsive
from otimo_tray.ui.tables.clipboard import to_block
from otimo_tray.ui.window import Window
from otimo_tray.ui.work import Work
from tests.benchmarks.ui_inside import Heart
from tests.ui import shop as data
from tests.ui.desks import open_shop

ROWS = 100_000
LIMIT_MS = 50.0
CALM = 100
"""Looks in a row at which nothing is going on any more."""
LONGEST_S = 60.0


class Grid:
    """The window over a shop of many rows, and what is done with it."""

    def __init__(self, folder: Path) -> None:
        self.shop = open_shop(folder, lambda path: data.fill_catalogue(path, ROWS))
        self.bridge = Bridge()
        self.work = Work(self.bridge)
        layout = QSettings(str(folder / "windows.ini"), QSettings.Format.IniFormat)
        self.window = Window(Bench(self.shop.desk, self.bridge, self.work, layout))
        self.window.resize(1180, 700)
        self.owner = QObject()
        self.heart = Heart(self.owner)
        self.heart.start()
        self.page: MappingPage | None = None
        self.worst = 0.0

    def step(self, name: str, act: Callable[[], object]) -> None:
        """Do one thing and wait until it is done and shown."""
        QApplication.processEvents()
        self.heart.start()
        self.heart.stalls.clear()
        began, calm = time.perf_counter(), 0
        act()
        while calm < CALM and time.perf_counter() - began < LONGEST_S:
            QApplication.processEvents()
            time.sleep(0.0005)
            busy = self.work.busy or (self.page is not None and (self.page.model.busy or self.page.model.pouring))
            calm = 0 if busy else calm + 1
        took = time.perf_counter() - began
        late, queued = max(((late, queued) for _, late, queued in self.heart.stalls), default=(0.0, 0.0))
        self.worst = max(self.worst, late)
        sys.stdout.write(
            f"{name:<22} blocked {late:4.0f} ms (no processor free {queued:3.0f})  done in {took:4.1f} s\n"
        )
        sys.stdout.flush()

    def open(self) -> None:
        self.window.open_at("mapping")
        self.page = cast("MappingPage", self.window.show_page("mapping"))

    def close(self) -> None:
        self.window.leave()
        self.work.close()
        self.shop.close()


def main() -> int:
    """Run all steps."""
    keep_responsive()
    app = application()
    with tempfile.TemporaryDirectory(prefix="otimo-grid-") as folder:
        grid = Grid(Path(folder))
        grid.step("open", grid.open)
        page = grid.page
        assert page is not None
        table, undo = page.table, page.undo
        for column in (1, 4, 8):
            grid.step(f"sort by {page.model.columns[column].key}", lambda column=column: _sort(page, column))
        grid.step("unsort", lambda: _sort(page, -1))
        for tab in ("unmapped", "codes", "all"):
            grid.step(f"tab {tab}", lambda tab=tab: page.tabs.choose(tab))
        for count in (5_000, 50_000):
            grid.step(f"paste {count}", lambda count=count: _paste(page, count))
            grid.step("undo", undo.undo)
        grid.step("select all", table.selectAll)
        grid.step("copy all", lambda: _key(page, Qt.Key.Key_C))
        grid.step("clear all", lambda: QTest.keyClick(table, Qt.Key.Key_Delete))
        grid.step("undo", undo.undo)
        for text in ("c", "camiseta azul 12", "nada disso"):
            grid.step(f"search {text}", lambda text=text: page.search.setText(text))
        grid.close()
    del app
    return int(grid.worst > LIMIT_MS)


def _key(page: MappingPage, key: Qt.Key) -> None:
    QTest.keyClick(page.table, key, Qt.KeyboardModifier.ControlModifier)


def _sort(page: MappingPage, column: int) -> None:
    page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)


def _paste(page: MappingPage, count: int) -> None:
    cells = [(f"{123 + place * 7 % 90_000:06d}", str(1 + place % 3)) for place in range(count)]
    QGuiApplication.clipboard().setText(to_block(cells))
    page.table.setCurrentIndex(page.model.index(0, 2))
    _key(page, Qt.Key.Key_V)


if __name__ == "__main__":
    sys.exit(main())
