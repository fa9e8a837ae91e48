"""What others wrote (names of products and buyers) is shown as it stands: no markup in it ever acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget

from otimo_tray.ui.rail import PAGES
from tests.ui.conftest import Stage
from tests.ui.desks import fill_all

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)

EVIL = '<img src="http://invalid.invalid/x.png"><b>'
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def fill() -> Callable[[Path], object]:
    def fill(path: Path) -> object:
        filled = fill_all(path)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE hub_product SET name = ? || name", (EVIL,))
            connection.execute("UPDATE erp_item SET name = ? || name", (EVIL,))
            connection.execute("UPDATE orders SET buyer_name = ? || buyer_name", (EVIL,))
            names = connection.execute("SELECT DISTINCT json_extract(data, '$.payer.name') FROM orders").fetchall()
            for (name,) in names:
                if name:
                    evil = EVIL.replace('"', '\\"')
                    connection.execute("UPDATE orders SET data = replace(data, ?, ? || ?)", (name, evil, name))
        connection.close()
        return filled

    return fill


def acting(widget: QWidget) -> Iterator[str]:
    """What would run the markup, were it clicked or pointed at."""
    for label in widget.findChildren(QLabel):
        if "<img" in label.text() and label.textFormat() != Qt.TextFormat.PlainText:
            yield f"label {label.text()!r}"
    for part in (widget, *widget.findChildren(QWidget)):
        if "<img" in part.toolTip():
            yield f"tool tip {part.toolTip()!r}"
    for view in widget.findChildren(QAbstractItemView):
        model = cast("QAbstractItemModel | None", view.model())
        if model is None:
            continue
        for row in range(min(40, model.rowCount())):
            for column in range(model.columnCount()):
                tip = model.data(model.index(row, column), TIP)
                if isinstance(tip, str) and "<img" in tip:
                    yield f"cell's tool tip {tip!r}"
    for text in widget.findChildren(QTextEdit):
        if "src=" in text.toHtml():
            yield f"text {text.toPlainText()[:60]!r}"


def shown(widget: QWidget) -> bool:
    """Whether the foreign text is anywhere here at all."""
    for view in widget.findChildren(QAbstractItemView):
        model = cast("QAbstractItemModel | None", view.model())
        cells = [] if model is None else [model.index(0, column) for column in range(model.columnCount())]
        if any("<img" in str(cell.data()) for cell in cells):
            return True
    return any("<img" in label.text() for label in widget.findChildren(QLabel))


def test_no_markup_of_others_acts(stage: Stage) -> None:
    places: list[str] = []
    for name in PAGES:
        page = stage.page(name)
        table = next(iter(page.findChildren(QAbstractItemView)), None)
        details = getattr(page, "show_details", None)
        model = cast("QAbstractItemModel | None", table.model()) if table is not None else None
        if table is not None and model is not None and model.rowCount():
            table.setCurrentIndex(model.index(0, 0))
            if details is not None and not details.isChecked():
                details.click()
            stage.rest()
        assert list(acting(page)) == [], name
        if shown(page):
            places.append(name)
    assert {"mapping", "orders", "tracking"} <= set(places)
