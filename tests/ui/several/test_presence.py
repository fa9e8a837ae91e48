"""Who has what open is said and seen."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt

from otimo_tray.ui.mapping.columns import CODE_COLUMN, STATE_COLUMN
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.presence import presence_of
from tests.ui.conftest import Stage
from tests.ui.desks import FakePresence
from tests.ui.several.desk_looks import OTHER, SKU, cell_of
from tests.ui.shop import NOW


class TestPresence:
    @pytest.fixture
    def presence(self) -> FakePresence:
        return FakePresence({("mapping", SKU): "Bia"})

    def test_a_row_that_somebody_has_open_says_so(
        self, stage: Stage, page: MappingPage, presence: FakePresence
    ) -> None:
        stage.wait_for(lambda: cell_of(page, SKU, STATE_COLUMN).startswith("◉ Bia · "))
        assert "Bia está com este SKU aberto." in cell_of(page, SKU, STATE_COLUMN, Qt.ItemDataRole.ToolTipRole)
        assert not cell_of(page, OTHER, STATE_COLUMN).startswith("◉")
        presence.others.clear()
        presence_of(stage.bench).refresh()
        stage.wait_for(lambda: not cell_of(page, SKU, STATE_COLUMN).startswith("◉"))

    def test_what_is_open_here_is_said_and_closed_with_the_page(
        self, stage: Stage, page: MappingPage, presence: FakePresence
    ) -> None:
        place = page.model.place_of(OTHER)
        assert place is not None
        page.table.go_to(place, CODE_COLUMN)
        stage.wait_for(lambda: presence.said[-1:] == [[("mapping", OTHER)]])
        parcels: Any = stage.page("tracking")
        stage.wait_for(lambda: presence.said[-1] == [])
        parcel = next(row for row in parcels.model.rows if row.is_waiting and not row.cancelled)
        parcels.pane.choose(parcel)
        stage.wait_for(lambda: presence.said[-1] == [("tracking", parcel.hub_id)])
        parcels.pane.drop()
        stage.wait_for(lambda: presence.said[-1] == [])

    def test_what_is_closed_while_a_saying_is_under_way_is_said_after_it(
        self, stage: Stage, presence: FakePresence, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        saying, go_on = threading.Event(), threading.Event()
        refresh = presence.refresh

        def slow(mine: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
            saying.set()
            assert go_on.wait(20)
            return refresh(mine)

        monkeypatch.setattr(presence, "refresh", slow)
        desk = presence_of(stage.bench)
        desk.open("packing", "1")
        desk.refresh()
        assert saying.wait(20)
        desk.open("packing", "")
        desk._soon.stop()
        desk.refresh()  # as the timer would, while the server takes its time
        go_on.set()
        stage.wait_for(lambda: presence.said == [[("tracking", "1")], []])

    def test_a_parcel_in_two_hands_says_so_when_it_is_scanned(self, stage: Stage, presence: FakePresence) -> None:
        made: Any = stage.page("tracking")
        parcel = next(row for row in made.model.rows if row.is_waiting and not row.cancelled)
        presence.others[("tracking", parcel.hub_id)] = "Bia"
        stage.window.open_packing()
        assert stage.window.packing is not None
        stage.wait_for(lambda: presence_of(stage.bench).name("tracking", parcel.hub_id) == "Bia")
        pane = stage.window.packing.pane
        pane.choose(parcel)
        assert pane.said.text().startswith("◉ Bia está com este pedido aberto.")
        stage.wait_for(lambda: ("tracking", parcel.hub_id) in presence.said[-1])
        stage.window.packing.close()
        stage.wait_for(lambda: ("tracking", parcel.hub_id) not in presence.said[-1])

    def test_away_from_the_server_nobody_is_seen_and_nobody_asked(
        self, stage: Stage, page: MappingPage, presence: FakePresence
    ) -> None:
        stage.wait_for(lambda: cell_of(page, SKU, STATE_COLUMN).startswith("◉"))
        asked = len(presence.said)
        stage.shop.link.goes_away(NOW, NOW)
        presence_of(stage.bench).refresh()
        assert not cell_of(page, SKU, STATE_COLUMN).startswith("◉")
        stage.rest()
        assert len(presence.said) == asked


def test_a_shop_of_its_own_says_nothing_to_anybody(stage: Stage, page: MappingPage) -> None:
    page.table.go_to(0, CODE_COLUMN)
    desk = presence_of(stage.bench)
    desk.refresh()
    assert not any(timer.isActive() for timer in (desk._timer, desk._soon))
    assert stage.shop.store.database.read is not None
    assert page.model.mark is None
