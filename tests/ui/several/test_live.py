"""What another desk does shows at once, and disturbs nobody's work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from otimo_tray.domain.orders import OrderStage
from otimo_tray.store import StateStore
from otimo_tray.ui.mapping.columns import CODE_COLUMN
from otimo_tray.ui.mapping.page import MappingPage
from tests.ui.conftest import Stage
from tests.ui.several.desk_looks import OTHER, SKU, cell_of, change_as
from tests.ui.shop import NOW


def test_what_another_desk_does_moves_neither_the_choice_nor_the_view(stage: Stage, ana: StateStore) -> None:
    made: Any = stage.page("orders")
    stage.window.resize(1000, 460)
    table, bar = made.table, made.table.verticalScrollBar()
    table.go_to(8)
    chosen = table.current_row().hub_id
    table.selectionModel().select(
        made.model.index(9, 0), table.selectionModel().SelectionFlag.Rows | table.selectionModel().SelectionFlag.Select
    )
    selected = {row.hub_id for row in table.selected_rows()}
    bar.setValue(4)
    order = replace(next(iter(ana.orders.by_stage((OrderStage.SEEN,)))).order, hub_id="novo", original_id="999999")
    ana.orders.add(order, OrderStage.SEEN, NOW)  # a row above all others
    stage.bench.bridge.event_happened("orders")
    stage.wait_for(lambda: any(row.hub_id == "novo" for row in made.model.rows))
    stage.rest()
    assert table.current_row().hub_id == chosen
    assert {row.hub_id for row in table.selected_rows()} == selected
    assert bar.value() == 4


def test_a_row_that_is_gone_is_not_followed_by_its_neighbour(stage: Stage, ana: StateStore) -> None:
    """The next key would do to it what was meant for the one that is gone."""
    made: Any = stage.page("problems")
    gone = made.model.rows[1]
    made.table.go_to(1)
    ana.problems.solve(gone.flow, [gone.item])
    stage.bench.bridge.event_happened("problems")
    stage.wait_for(lambda: len(made.model.rows) == 2)
    assert made.table.current_row() is None
    assert made.table.selected_rows() == []


def test_a_cell_that_is_being_typed_stays_open(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    place = page.model.place_of(OTHER)
    assert place is not None
    page.table.go_to(place, CODE_COLUMN)
    page.table.edit(page.table.currentIndex())
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "00013")
    change_as(ana, SKU)
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: cell_of(page, SKU, CODE_COLUMN) == "000140")
    assert page.table.state() == QAbstractItemView.State.EditingState
    assert editor.text().endswith("00013")
