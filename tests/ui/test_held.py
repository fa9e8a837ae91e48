"""Held plans on screen: their values are filtered, lead to the SKU's numbers, and go or stay by one click."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from otimo_tray.ui.problems.page import ProblemsPage
from tests.ui.conftest import Stage

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


@pytest.fixture
def page(stage: Stage) -> ProblemsPage:
    page = cast("ProblemsPage", stage.page("problems"))
    page.tabs.choose("held")
    stage.rest()
    return page


def test_a_held_value_leads_to_why_it_is_so(stage: Stage, page: ProblemsPage) -> None:
    held = page.held
    assert held.model.rowCount() >= 2
    sku = held.model.rows[1].sku
    assert held.model.index(1, 5).data() == "mudou no ERP ou na regra"
    held.table.setCurrentIndex(held.model.index(1, 0))
    QTest.keyClick(held.table, Qt.Key.Key_Return)
    stage.rest()
    mapping = stage.window.show_page("mapping")
    assert mapping.table.current_row()[0] == sku  # type: ignore[attr-defined]


def test_chosen_values_are_released_and_the_rest_stays(stage: Stage, page: ProblemsPage) -> None:
    held = page.held
    skus = [item.sku for item in held.model.rows]
    held.table.setCurrentIndex(held.model.index(0, 0))
    stage.wait_for(lambda: "1" in held.release.text())
    QTest.mouseClick(held.release, Qt.MouseButton.LeftButton)
    stage.rest()
    store = stage.shop.store
    assert [row.state for row in store.audit.outbox(skus[0]) if row.kind == "price"] == ["due"]
    assert [row.state for row in store.audit.outbox(skus[1]) if row.kind == "price"] == ["held"]
    stage.wait_for(lambda: [item.sku for item in held.model.rows] == skus[1:])
