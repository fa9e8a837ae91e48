"""Tracking with a scanner: order, code, next; alarms, warnings, undo, all without a mouse."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from otimo_tray.desktop.sound import Sound, Volume
from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.errors import ItemError
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.look import alarm_ground
from otimo_tray.ui.mapping.preview import SheetPreview
from otimo_tray.ui.tracking.asking import SourcesDialog
from otimo_tray.ui.tracking.carriers import CarriersDialog
from otimo_tray.ui.tracking.missing import MissingDialog, page_html
from otimo_tray.ui.tracking.packing import PackingWindow
from otimo_tray.ui.tracking.page import TrackingPage
from otimo_tray.ui.tracking.paste_preview import PastePreview
from otimo_tray.ui.tracking.pasted import PasteDialog
from otimo_tray.ui.tracking.scanner_test import Reading, ScannerTest
from otimo_tray.ui.tracking.sounds import Sounds
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
ORDER = "100201"
ORDER_ID = "6650a1f20003c0ffee000003"


@pytest.fixture
def page(stage: Stage) -> TrackingPage:
    return cast("TrackingPage", stage.page("tracking"))


def _scan(page: TrackingPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClicks(page.pane.field, text)
    QTest.keyClick(page.pane.field, end)


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
    assert page.pane.current is not None
    assert "100206" in page.pane.prompt.text()
    _scan(page, data.code_for(900))
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(900), TrackingState.TYPED)]
    assert page.pane.current is None
    assert page.pane.said.text().startswith("✓")
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
    assert page.pane.current is not None
    assert page.pane.current.original_id == "100206"


def test_a_wrong_digit_warns_and_is_used_anyway(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, "AA123456789BR")
    stage.rest()
    assert "T-601" in page.pane.said.text()
    assert _codes(stage, _hub_id(stage, "100206")) == []
    QTest.keyClick(page.pane.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if page.pane.accept.isVisible():
        page.pane.use_anyway()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [("AA123456789BR", TrackingState.TYPED)]


def test_a_cancelled_order_raises_the_alarm_and_takes_no_code(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100207")
    stage.rest()
    assert "NÃO DESPACHAR" in page.pane.said.text()
    assert page.pane.current is None
    assert "NÃO DESPACHAR" in page.pane.prompt.text()
    _scan(page, data.code_for(902))
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100207")) == []
    assert page.pane.prompt.text() == "Bipe o pedido ou a nota"
    alarmed = [
        row.original_id for row in page.model.shown_rows() if page.model.alarm is not None and page.model.alarm(row)
    ]
    assert alarmed == ["100207"]


def test_undo_takes_the_last_code_back(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, data.code_for(903))
    stage.rest()
    QTest.keyClick(page.pane.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []


def test_one_key_undoes_code_after_code(stage: Stage, page: TrackingPage) -> None:
    for number, code in (("100206", 960), ("100218", 961)):
        _scan(page, number)
        _scan(page, data.code_for(code))
    stage.rest()
    for left in (1, 0):
        QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
        stage.rest()
        assert sum(len(_codes(stage, _hub_id(stage, number))) for number in ("100206", "100218")) == left
    assert not page.pane.undo_button.isEnabled()


def test_a_volume_read_twice_is_one_volume(stage: Stage, page: TrackingPage) -> None:
    page.pane.volumes.setChecked(True)
    for text in ("100206", data.code_for(962), data.code_for(962), data.code_for(963)):
        _scan(page, text)
    stage.rest()
    rows = stage.shop.store.trackings.of_order(_hub_id(stage, "100206"))
    assert [(row.volume, row.code) for row in rows] == [(1, data.code_for(962)), (2, data.code_for(963))]
    QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
    stage.rest()
    QTest.keyClick(page.pane.field, Qt.Key.Key_F8)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []


def test_a_code_that_went_already_is_not_undone(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, data.code_for(904))
    stage.rest()
    row = stage.shop.store.trackings.of_order(_hub_id(stage, "100206"))[0]
    stage.shop.store.trackings.set_state(row.id, TrackingState.SENT, stage.shop.clock.now())
    page.pane.undo_last()
    stage.rest()
    assert "já foi transmitido" in page.pane.said.text()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(904), TrackingState.SENT)]


def test_several_volumes_keep_the_order_and_count_up(stage: Stage, page: TrackingPage) -> None:
    page.pane.volumes.setChecked(True)
    for text in ("100206", data.code_for(905), data.code_for(906)):
        _scan(page, text)
    stage.rest()
    rows = stage.shop.store.trackings.of_order(_hub_id(stage, "100206"))
    assert [(row.volume, row.code) for row in rows] == [(1, data.code_for(905)), (2, data.code_for(906))]
    QTest.keyClick(page.pane.field, Qt.Key.Key_Escape)
    assert page.pane.current is None


def test_an_unknown_number_says_so_and_changes_nothing(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "999999")
    stage.rest()
    assert "999999" in page.pane.said.text()
    assert page.pane.current is None


def _paste(stage: Stage, page: TrackingPage, text: str) -> None:
    """Paste two columns and say yes to what is shown."""
    page.bulk.paste(text)
    stage.rest()
    preview = page.findChild(PastePreview)
    assert preview is not None
    QTest.keyClick(preview, Qt.Key.Key_Return)
    stage.rest()


def test_pasted_rows_are_shown_before_anything_is_saved(stage: Stage, page: TrackingPage) -> None:
    page.bulk.paste(f"100206\t{data.code_for(980)}\n100207\t{data.code_for(981)}\nnada\tX1")
    stage.rest()
    preview = page.findChild(PastePreview)
    assert preview is not None
    shown = [preview.model.columns[3].show(row) for row in preview.model.shown_rows()]
    assert [text[0] for text in shown] == ["✖", "▲", "✓"]
    assert preview.summary.text() == "1 código será gravado; 2 com problema, para corrigir em seguida"
    assert _codes(stage, _hub_id(stage, "100206")) == []
    preview.reject()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []


def test_two_columns_from_excel_get_a_result_each(stage: Stage, page: TrackingPage) -> None:
    rows = f"100206\t{data.code_for(907)}\r\n100207\t{data.code_for(908)}\r\nnada\tX1\r\n"
    _paste(stage, page, "Pedido\tCódigo\r\n" + rows)
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(907), TrackingState.TYPED)]
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


# --- the rest of the trade -------------------------------------------------------------------------------------------


def _choose(page: TrackingPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_the_scan_of_a_known_code_shows_its_parcel_and_a_cancelled_one_raises_the_alarm(
    stage: Stage, page: TrackingPage
) -> None:
    known = next(row for row in page.model.rows if row.codes and not row.cancelled)
    _scan(page, known.codes[0].code)
    stage.rest()
    assert page.pane.current is not None
    assert page.pane.current.hub_id == known.hub_id
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE orders SET cancel_open = 1 WHERE hub_id = ?", (known.hub_id,))
    connection.close()
    _scan(page, "100206")  # another order is in hand when the cancelled parcel comes
    _scan(page, known.codes[0].code)
    stage.rest()
    assert "NÃO DESPACHAR" in page.pane.said.text()
    assert page.pane.palette().color(QPalette.ColorRole.Window) == alarm_ground()
    for part in (page.pane.said, page.pane.prompt, page.pane.volumes):
        assert part.palette().color(QPalette.ColorRole.WindowText) == Qt.GlobalColor.white
    assert page.pane.current is None


def test_a_code_made_by_the_channel_finds_its_order(stage: Stage, page: TrackingPage) -> None:
    hub_id = _hub_id(stage, "100206")
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE orders SET hub_code = '44123456789' WHERE hub_id = ?", (hub_id,))
    connection.close()
    _scan(page, '{"id":"44123456789","t":"lm"}')
    stage.rest()
    assert page.pane.current is not None
    assert page.pane.current.hub_id == hub_id


def test_a_used_code_names_the_other_order(stage: Stage, page: TrackingPage) -> None:
    known = next(row for row in page.model.rows if row.codes and not row.cancelled)
    _scan(page, "100206")
    _scan(page, known.codes[0].code)
    stage.rest()
    assert "T-602" in page.pane.said.text()
    assert known.name in page.pane.said.text()


def test_a_correction_after_sending_replaces_the_code(stage: Stage, page: TrackingPage) -> None:
    hub_id = _hub_id(stage, "100206")
    for number in (910, 911):
        _scan(page, "100206")
        _scan(page, data.code_for(number))
        stage.rest()
        row = stage.shop.store.trackings.of_order(hub_id)[-1]
        stage.shop.store.trackings.set_state(row.id, TrackingState.CONFIRMED, stage.shop.clock.now())
    assert _codes(stage, hub_id) == [(data.code_for(911), TrackingState.CONFIRMED)]


def test_without_a_carrier_nothing_is_guessed(stage: Stage, page: TrackingPage) -> None:
    hub_id = _hub_id(stage, "100206")
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute(
            "UPDATE orders SET data = json_set(data, '$.shipments', json('[{\"id\":\"s\"}]')) WHERE hub_id = ?",
            (hub_id,),
        )
    connection.close()
    _scan(page, "100206")
    _scan(page, "XYZ-778899")
    stage.rest()
    assert "T-627" in page.pane.said.text()
    assert _codes(stage, hub_id) == []
    page.pane.carrier.setCurrentText("Jadlog")
    _scan(page, "XYZ-778899")
    stage.rest()
    assert [(row.code, row.carrier) for row in stage.shop.store.trackings.of_order(hub_id)] == [
        ("XYZ-778899", "Jadlog")
    ]


def test_a_fixed_carrier_counts_for_the_whole_pile(stage: Stage, page: TrackingPage) -> None:
    page.pane.carrier.setCurrentText("Loggi")
    numbers = [row.original_id for row in page.model.rows if row.is_waiting][:3]
    for place, number in enumerate(numbers):
        _scan(page, number)
        _scan(page, f"LG{place}0000000")
    stage.rest()
    for number in numbers:
        assert [row.carrier for row in stage.shop.store.trackings.of_order(_hub_id(stage, number))] == ["Loggi"]


def test_a_saved_code_reads_one_row_anew_and_moves_the_counts(
    stage: Stage, page: TrackingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.tabs.counts["waiting"]
    read: list[str] = []

    def noting(since: str) -> list[ParcelRow]:
        read.append(since)
        return []

    monkeypatch.setattr(stage.shop.reader.tracking, "parcels", noting)
    _scan(page, "100206")
    _scan(page, data.code_for(912))
    stage.rest()
    assert read == []
    assert page.tabs.counts["waiting"] == before - 1
    assert "100206" not in [row.original_id for row in page.model.shown_rows()]


def test_wrong_pasted_rows_stay_to_be_put_right(stage: Stage, page: TrackingPage) -> None:
    _paste(stage, page, f"100206\t{data.code_for(920)}\nnada\t{data.code_for(921)}\n100218\tAA123456789BR")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    watch = watched(dialog.model)
    wrong = next(n for n, found in enumerate(dialog.model.shown_rows()) if found.row.order == "nada")
    assert dialog.model.setData(dialog.model.index(wrong, 1), "100242", Qt.ItemDataRole.EditRole)
    dialog.again.click()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100242")) == [(data.code_for(921), TrackingState.TYPED)]
    assert _codes(stage, _hub_id(stage, "100218")) == []
    dialog.accept_warned.click()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100218")) == [("AA123456789BR", TrackingState.TYPED)]
    assert not dialog.again.isEnabled()
    del watch
    dialog.reject()
    page.pane.undo_last()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100218")) == []


def test_who_informs_the_code_is_asked_once(stage: Stage, page: TrackingPage) -> None:
    ids = [row.hub_id for row in page.model.rows if row.is_waiting and row.channel == "Amazon"]
    assert len(ids) > 1
    with sqlite3.connect(stage.shop.store.path) as connection:
        for hub_id in ids:
            connection.execute(
                'UPDATE orders SET data = json_set(data, \'$.shipments\', json(\'[{"id":"s","method":"Turbo"}]\')) '
                "WHERE hub_id = ?",
                (hub_id,),
            )
    connection.close()
    page.reload()
    stage.rest()
    assert page.asking.isVisible()
    assert "Amazon, Turbo" in page.asking.text.text()
    QTest.mouseClick(_choose(page, "source-channel"), Qt.MouseButton.LeftButton)
    stage.rest()
    assert not page.asking.isVisible()
    assert {row.hub_id for row in page.model.rows}.isdisjoint(ids)
    page.show_sources()
    dialog = page.findChild(SourcesDialog)
    assert dialog is not None
    stage.rest()
    dialog.table.selectRow(0)
    dialog.forget.click()
    stage.rest()
    assert {row.hub_id for row in page.model.rows} >= set(ids)
    dialog.reject()


def test_carriers_are_added_changed_and_taken_back(stage: Stage, page: TrackingPage) -> None:
    page.show_carriers()
    dialog = page.findChild(CarriersDialog)
    assert dialog is not None
    watch = watched(dialog.model)
    stage.rest()
    QTest.keyClicks(dialog.name, "Motoboy do Joao")
    QTest.keyClicks(dialog.url, "https://moto.example/")
    assert not dialog.save.isEnabled()
    assert "{code}" in dialog.said.text()
    QTest.keyClicks(dialog.url, "{code}")
    QTest.keyClicks(dialog.method, "Expressa")
    dialog.save.click()
    stage.rest()
    assert (
        Carrier("Motoboy do Joao", "https://moto.example/{code}", "Expressa") in stage.shop.store.trackings.carriers()
    )
    assert page.pane.carrier.findText("Motoboy do Joao") > 0
    place = next(n for n, found in enumerate(dialog.model.rows) if found.name == "Correios")
    dialog.table.go_to(place)
    dialog.method.setText("SEDEX")
    dialog.save.click()
    stage.rest()
    assert next(c for c in stage.shop.store.trackings.carriers() if c.name == "Correios").default_method == "SEDEX"
    dialog.remove.click()
    stage.rest()
    assert next(c for c in stage.shop.store.trackings.carriers() if c.name == "Correios").default_method == "PAC"
    del watch
    dialog.reject()


@pytest.mark.parametrize("end", ["enter", "tab", "none"])
def test_the_scanner_test_says_what_came_and_learns_the_suffix(stage: Stage, page: TrackingPage, end: str) -> None:
    page.show_scanner_test()
    dialog = page.findChild(ScannerTest)
    assert dialog is not None
    dialog.show_reading(Reading("`^id^Ç^44123456789^,^t^Ç^lm^{", end, 0.002))
    assert dialog.code.text() == "44123456789"
    assert "ABNT2" in dialog.said.text()
    assert ("nada no fim" in dialog.said.text()) == (end == "none")
    dialog.reject()
    assert page.pane.field.ends_by_silence == (end == "none")
    stage.rest()


def test_the_trial_field_takes_a_reading_with_its_end(stage: Stage, page: TrackingPage) -> None:
    page.show_scanner_test()
    dialog = page.findChild(ScannerTest)
    assert dialog is not None
    QTest.keyClicks(dialog.field, "AA473124829BR")
    QTest.keyClick(dialog.field, Qt.Key.Key_Tab)
    assert dialog.end.text() == "✓ Tab"
    assert dialog.raw.toPlainText() == "AA473124829BR"
    assert dialog.kind.text() == "código dos Correios"
    dialog.reject()
    stage.rest()


def test_a_scanner_without_a_suffix_ends_by_silence(stage: Stage, page: TrackingPage) -> None:
    page.pane.field.ends_by_silence = True
    QTest.keyClicks(page.pane.field, "100206")
    page.pane.field._fell_silent()  # the timer's own end
    stage.rest()
    assert page.pane.current is not None
    QTest.keyClicks(page.pane.field, "12")
    page.pane.field._fell_silent()
    assert page.pane.field.text() == "12"


def test_what_is_missing_can_be_saved_and_printed(stage: Stage, page: TrackingPage, tmp_path: Path) -> None:
    page.show_missing()
    dialog = page.findChild(MissingDialog)
    assert dialog is not None
    watch = watched(dialog.model)
    titles, rows = dialog.cells()
    waiting = [row for row in page.model.rows if row.is_waiting or row.cancelled]
    assert [cells[titles.index("Pedido")] for cells in rows] == [row.name for row in waiting]
    assert "atraso" in dialog.summary.text()
    dialog.save_sheet(tmp_path / "falta.xlsx")
    stage.rest()
    assert stage.shop.exported == [(tmp_path / "falta.xlsx", titles, rows)]
    dialog.save_pdf(tmp_path / "falta.pdf")
    assert (tmp_path / "falta.pdf").read_bytes().startswith(b"%PDF")
    dialog.save_pdf(tmp_path / "no" / "falta.pdf")
    assert "C-483" in dialog.messages.text
    html = page_html("Título", ["Pedido"], [["<b>1</b>"]])
    assert "&lt;b&gt;1&lt;/b&gt;" in html
    del watch
    dialog.reject()


def test_three_sounds_tell_apart_what_happened(stage: Stage, page: TrackingPage) -> None:
    heard: list[tuple[Sound, Volume]] = []

    def player(_folder: Path, sound: Sound, volume: Volume) -> bool:
        heard.append((sound, volume))
        return True

    page.pane.sounds._player = player
    page.pane.sounds.set_volume(Volume.LOW)
    heard.clear()
    _scan(page, "999999")
    _scan(page, "100206")
    _scan(page, data.code_for(930))
    _scan(page, "100207")
    stage.rest()
    assert heard == [(Sound.ATTENTION, Volume.LOW), (Sound.SUCCESS, Volume.LOW), (Sound.ERROR, Volume.LOW)]
    assert Sounds(page, stage.bench.layout, stage.shop.folder).volume is Volume.LOW


def test_the_packers_window_scans_counts_and_remembers_its_place(stage: Stage, page: TrackingPage) -> None:
    page.go.emit("packing", "")
    packing = stage.window.packing
    assert packing is not None
    stage.rest()
    waiting = sum(1 for row in page.model.rows if row.is_waiting)
    assert packing.count.text().startswith(f"Faltam {waiting} ")
    QTest.keyClicks(packing.pane.field, "100206")
    QTest.keyClick(packing.pane.field, Qt.Key.Key_Return)
    QTest.keyClicks(packing.pane.field, data.code_for(940))
    QTest.keyClick(packing.pane.field, Qt.Key.Key_Return)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == [(data.code_for(940), TrackingState.TYPED)]
    assert "100206" in packing.last.text()
    packing.reload()
    stage.rest()
    assert packing.count.text().startswith(f"Faltam {waiting - 1} ")
    packing.resize(700, 480)
    packing.close()
    assert PackingWindow(stage.bench, stage.window).size() == packing.size()
    QTest.keyClick(packing.pane.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []


def test_a_sheets_wrong_rows_are_put_right_on_the_spot(stage: Stage, page: TrackingPage) -> None:
    stage.shop.sheet = [
        SheetRow(2, "100206", "new", None, data.code_for(950)),
        SheetRow(3, "1002-18", "refused", ItemError("T-605", order="1002-18"), data.code_for(951)),
        SheetRow(4, "100242", "refused", ItemError("T-601", code="AA123456789BR"), "AA123456789BR", warned=True),
    ]
    page.bulk.import_sheet(Path("codigos.xlsx"))
    stage.rest()
    preview = page.findChild(SheetPreview)
    assert preview is not None
    assert preview.table.rows_model.columns[1].title == "Pedido"
    preview.accept()
    stage.rest()
    assert stage.shop.imported == [(Path("codigos.xlsx"), False), (Path("codigos.xlsx"), True)]
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    why = [dialog.model.columns[3].show(found) for found in dialog.model.rows]
    assert "T-605" in why[0]
    assert "T-601" in why[1]
    assert dialog.model.setData(dialog.model.index(0, 1), "100218", Qt.ItemDataRole.EditRole)
    dialog.use_anyway()
    stage.rest()
    dialog.try_again()
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100218")) == [(data.code_for(951), TrackingState.TYPED)]
    assert _codes(stage, _hub_id(stage, "100242")) == [("AA123456789BR", TrackingState.TYPED)]
    dialog.reject()
    stage.rest()


def test_a_sheet_with_wrong_rows_alone_goes_straight_to_putting_them_right(stage: Stage, page: TrackingPage) -> None:
    stage.shop.sheet = [SheetRow(2, "nada", "refused", ItemError("T-605", order="nada"), data.code_for(952))]
    page.bulk.import_sheet(Path("codigos.xlsx"))
    stage.rest()
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    assert stage.shop.imported == [(Path("codigos.xlsx"), False)]
    dialog.reject()
    stage.rest()


def test_a_whole_paste_is_taken_back_at_once_but_for_what_went_already(stage: Stage, page: TrackingPage) -> None:
    _scan(page, "100206")
    _scan(page, data.code_for(970))
    stage.rest()
    numbers = [row.original_id for row in page.model.rows if row.is_waiting][:4]
    _paste(stage, page, "\n".join(f"{number}\t{data.code_for(971 + place)}" for place, number in enumerate(numbers)))
    assert page.messages.text == "4 códigos gravados"
    sent = stage.shop.store.trackings.of_order(_hub_id(stage, numbers[0]))[0]
    stage.shop.store.trackings.set_state(sent.id, TrackingState.SENT, stage.shop.clock.now())
    page.messages._action.click()
    stage.rest()
    assert page.messages.text == "3 códigos desfeitos; 1 já transmitidos ficam"
    left = [code for number in numbers for code in _codes(stage, _hub_id(stage, number))]
    assert left == [(data.code_for(971), TrackingState.SENT)]
    page.pane.undo_last()  # goes on with what was scanned before the paste
    stage.rest()
    assert _codes(stage, _hub_id(stage, "100206")) == []
