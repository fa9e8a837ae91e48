"""Tracking with a scanner: order, code, next; alarms, warnings, undo, all without a mouse."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.look import alarm_ground
from otimo_tray.ui.tracking.page import TrackingPage
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched
from tests.ui.tracking.hands import codes_of, hub_id_of, scan

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


def test_order_then_code_is_saved_and_the_engine_woken(stage: Stage, page: TrackingPage) -> None:
    watch = watched(page.model)
    scan(page, "100206")
    stage.rest()
    assert page.pane.current is not None
    assert "100206" in page.pane.prompt.text()
    scan(page, data.code_for(900))
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == [(data.code_for(900), TrackingState.TYPED)]
    assert page.pane.current is None
    assert page.pane.said.text().startswith("✓")
    assert ("wake", "tracking") in stage.shop.engine.asked
    del watch


def test_a_scanner_that_sends_tab_works_the_same(stage: Stage, page: TrackingPage) -> None:
    scan(page, "100206", Qt.Key.Key_Tab)
    scan(page, data.code_for(901), Qt.Key.Key_Tab)
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == [(data.code_for(901), TrackingState.TYPED)]


def test_the_invoice_key_finds_the_order(stage: Stage, page: TrackingPage) -> None:
    key = data.key_for(3128)
    scan(page, key)
    stage.rest()
    assert page.pane.current is not None
    assert page.pane.current.original_id == "100206"


def test_a_wrong_digit_warns_and_is_used_anyway(stage: Stage, page: TrackingPage) -> None:
    scan(page, "100206")
    scan(page, "AA123456789BR")
    stage.rest()
    assert "T-601" in page.pane.said.text()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []
    QTest.keyClick(page.pane.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if page.pane.accept.isVisible():
        page.pane.use_anyway()
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == [("AA123456789BR", TrackingState.TYPED)]


def test_a_cancelled_order_raises_the_alarm_and_takes_no_code(stage: Stage, page: TrackingPage) -> None:
    scan(page, "100207")
    stage.rest()
    assert "NÃO DESPACHAR" in page.pane.said.text()
    assert page.pane.current is None
    assert "NÃO DESPACHAR" in page.pane.prompt.text()
    scan(page, data.code_for(902))
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100207")) == []
    assert page.pane.prompt.text() == "Bipe o pedido ou a nota"
    alarmed = [
        row.original_id for row in page.model.shown_rows() if page.model.alarm is not None and page.model.alarm(row)
    ]
    assert alarmed == ["100207"]


def test_undo_takes_the_last_code_back(stage: Stage, page: TrackingPage) -> None:
    scan(page, "100206")
    scan(page, data.code_for(903))
    stage.rest()
    QTest.keyClick(page.pane.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []


def test_one_key_undoes_code_after_code(stage: Stage, page: TrackingPage) -> None:
    for number, code in (("100206", 960), ("100218", 961)):
        scan(page, number)
        scan(page, data.code_for(code))
    stage.rest()
    for left in (1, 0):
        QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
        stage.rest()
        assert sum(len(codes_of(stage, hub_id_of(stage, number))) for number in ("100206", "100218")) == left
    assert not page.pane.undo_button.isEnabled()


def test_a_volume_read_twice_is_one_volume(stage: Stage, page: TrackingPage) -> None:
    page.pane.volumes.setChecked(True)
    for text in ("100206", data.code_for(962), data.code_for(962), data.code_for(963)):
        scan(page, text)
    stage.rest()
    rows = stage.shop.store.trackings.of_order(hub_id_of(stage, "100206"))
    assert [(row.volume, row.code) for row in rows] == [(1, data.code_for(962)), (2, data.code_for(963))]
    QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
    stage.rest()
    QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []


def test_a_code_that_went_already_is_not_undone(stage: Stage, page: TrackingPage) -> None:
    scan(page, "100206")
    scan(page, data.code_for(904))
    stage.rest()
    row = stage.shop.store.trackings.of_order(hub_id_of(stage, "100206"))[0]
    stage.shop.store.trackings.set_state(row.id, TrackingState.SENT, stage.shop.clock.now())
    page.pane.undo_last()
    stage.rest()
    assert "já foi transmitido" in page.pane.said.text()
    assert codes_of(stage, hub_id_of(stage, "100206")) == [(data.code_for(904), TrackingState.SENT)]


def test_several_volumes_keep_the_order_and_count_up(stage: Stage, page: TrackingPage) -> None:
    page.pane.volumes.setChecked(True)
    for text in ("100206", data.code_for(905), data.code_for(906)):
        scan(page, text)
    stage.rest()
    rows = stage.shop.store.trackings.of_order(hub_id_of(stage, "100206"))
    assert [(row.volume, row.code) for row in rows] == [(1, data.code_for(905)), (2, data.code_for(906))]
    QTest.keyClick(page.pane.field, Qt.Key.Key_Escape)
    assert page.pane.current is None


def test_an_unknown_number_says_so_and_changes_nothing(stage: Stage, page: TrackingPage) -> None:
    scan(page, "999999")
    stage.rest()
    assert "999999" in page.pane.said.text()
    assert page.pane.current is None


class TestManyParcels:
    """200 parcels, a scanner faster than the disk."""

    @pytest.fixture
    def fill(self) -> object:
        def fill(path: Path) -> None:
            skus = data.fill_catalogue(path, 40)
            data.fill_orders(path, skus, 210)
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE orders SET stage = 'invoiced', cancel_open = 0, hub_status = 'invoiced'")
                connection.execute("DELETE FROM tracking")
            connection.close()

        return fill

    def test_200_codes_without_a_mouse(self, stage: Stage, page: TrackingPage) -> None:
        numbers = [row.original_id for row in page.model.rows][:200]
        assert len(numbers) == 200
        for place, number in enumerate(numbers):
            scan(page, number, Qt.Key.Key_Tab if place % 2 else Qt.Key.Key_Return)
            scan(page, data.code_for(2000 + place))
        stage.rest()
        stored = [
            row.code
            for row in stage.shop.store.trackings.due(
                [TrackingState.TYPED], stage.shop.clock.now() + timedelta(days=1), 1000
            )
        ]
        assert sorted(stored) == sorted(data.code_for(2000 + place) for place in range(200))
        for place, number in enumerate(numbers):
            assert codes_of(stage, hub_id_of(stage, number)) == [(data.code_for(2000 + place), TrackingState.TYPED)]


def test_the_scan_of_a_known_code_shows_its_parcel_and_a_cancelled_one_raises_the_alarm(
    stage: Stage, page: TrackingPage
) -> None:
    known = next(row for row in page.model.rows if row.codes and not row.cancelled)
    scan(page, known.codes[0].code)
    stage.rest()
    assert page.pane.current is not None
    assert page.pane.current.hub_id == known.hub_id
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE orders SET cancel_open = 1 WHERE hub_id = ?", (known.hub_id,))
    connection.close()
    scan(page, "100206")  # another order is in hand when the cancelled parcel comes
    scan(page, known.codes[0].code)
    stage.rest()
    assert "NÃO DESPACHAR" in page.pane.said.text()
    assert page.pane.palette().color(QPalette.ColorRole.Window) == alarm_ground()
    for part in (page.pane.said, page.pane.prompt, page.pane.volumes):
        assert part.palette().color(QPalette.ColorRole.WindowText) == Qt.GlobalColor.white
    assert page.pane.current is None


def test_a_code_made_by_the_channel_finds_its_order(stage: Stage, page: TrackingPage) -> None:
    hub_id = hub_id_of(stage, "100206")
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE orders SET hub_code = '44123456789' WHERE hub_id = ?", (hub_id,))
    connection.close()
    scan(page, '{"id":"44123456789","t":"lm"}')
    stage.rest()
    assert page.pane.current is not None
    assert page.pane.current.hub_id == hub_id


def test_a_used_code_names_the_other_order(stage: Stage, page: TrackingPage) -> None:
    known = next(row for row in page.model.rows if row.codes and not row.cancelled)
    scan(page, "100206")
    scan(page, known.codes[0].code)
    stage.rest()
    assert "T-602" in page.pane.said.text()
    assert known.name in page.pane.said.text()


def test_a_correction_after_sending_replaces_the_code(stage: Stage, page: TrackingPage) -> None:
    hub_id = hub_id_of(stage, "100206")
    for number in (910, 911):
        scan(page, "100206")
        scan(page, data.code_for(number))
        stage.rest()
        row = stage.shop.store.trackings.of_order(hub_id)[-1]
        stage.shop.store.trackings.set_state(row.id, TrackingState.CONFIRMED, stage.shop.clock.now())
    assert codes_of(stage, hub_id) == [(data.code_for(911), TrackingState.CONFIRMED)]


def test_without_a_carrier_nothing_is_guessed(stage: Stage, page: TrackingPage) -> None:
    hub_id = hub_id_of(stage, "100206")
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute(
            "UPDATE orders SET data = json_set(data, '$.shipments', json('[{\"id\":\"s\"}]')) WHERE hub_id = ?",
            (hub_id,),
        )
    connection.close()
    scan(page, "100206")
    scan(page, "XYZ-778899")
    stage.rest()
    assert "T-627" in page.pane.said.text()
    assert codes_of(stage, hub_id) == []
    page.pane.carrier.setCurrentText("Jadlog")
    scan(page, "XYZ-778899")
    stage.rest()
    assert [(row.code, row.carrier) for row in stage.shop.store.trackings.of_order(hub_id)] == [
        ("XYZ-778899", "Jadlog")
    ]


def test_a_fixed_carrier_counts_for_the_whole_pile(stage: Stage, page: TrackingPage) -> None:
    page.pane.carrier.setCurrentText("Loggi")
    numbers = [row.original_id for row in page.model.rows if row.is_waiting][:3]
    for place, number in enumerate(numbers):
        scan(page, number)
        scan(page, f"LG{place}0000000")
    stage.rest()
    for number in numbers:
        assert [row.carrier for row in stage.shop.store.trackings.of_order(hub_id_of(stage, number))] == ["Loggi"]


def test_a_saved_code_reads_one_row_anew_and_moves_the_counts(
    stage: Stage, page: TrackingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.tabs.counts["waiting"]
    read: list[str] = []

    def noting(since: str) -> list[ParcelRow]:
        read.append(since)
        return []

    monkeypatch.setattr(stage.shop.reader.tracking, "parcels", noting)
    scan(page, "100206")
    scan(page, data.code_for(912))
    stage.rest()
    assert read == []
    assert page.tabs.counts["waiting"] == before - 1
    assert "100206" not in [row.original_id for row in page.model.shown_rows()]
