"""What stands beside the scanning: carriers, scanner test, sounds, what is missing, the packer's window."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from otimo_tray.desktop.sound import Sound, Volume
from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.ui.tracking.asking import SourcesDialog
from otimo_tray.ui.tracking.carriers import CarriersDialog
from otimo_tray.ui.tracking.missing import MissingDialog, page_html
from otimo_tray.ui.tracking.packing import PackingWindow
from otimo_tray.ui.tracking.page import TrackingPage
from otimo_tray.ui.tracking.scanner_test import Reading, ScannerTest
from otimo_tray.ui.tracking.sounds import Sounds
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched
from tests.ui.tracking.hands import button, codes_of, hub_id_of, scan

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


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
    QTest.mouseClick(button(page, "source-channel"), Qt.MouseButton.LeftButton)
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
    scan(page, "999999")
    scan(page, "100206")
    scan(page, data.code_for(930))
    scan(page, "100207")
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
    assert codes_of(stage, hub_id_of(stage, "100206")) == [(data.code_for(940), TrackingState.TYPED)]
    assert "100206" in packing.last.text()
    packing.reload()
    stage.rest()
    assert packing.count.text().startswith(f"Faltam {waiting - 1} ")
    packing.resize(700, 480)
    packing.close()
    assert PackingWindow(stage.bench, stage.window).size() == packing.size()
    QTest.keyClick(packing.pane.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []
