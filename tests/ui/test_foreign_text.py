"""What others wrote (names of products and buyers) is shown as it stands: no markup in it ever acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget

from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.orders.page import OrdersPage
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


def test_no_markup_of_others_acts(stage: Stage) -> None:
    places: set[str] = set()
    for name in PAGES:
        page = stage.page(name)
        if isinstance(page, MappingPage):
            page.show_details.click()
            page.table.go_to(0, 2)
        if isinstance(page, OrdersPage):
            page.show_item(next(row.hub_id for row in page.model.rows))
        stage.rest()
        assert list(acting(page)) == [], name
        if any("<img" in label.text() for label in page.findChildren(QLabel)):
            places.add(name)
    assert {"mapping", "orders"} <= places
