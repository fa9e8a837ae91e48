"""De/Para driven by keys: edits like a spreadsheet's, saved, undone, refused with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from otimo_tray.domain.catalogue import Component, HubProduct, SkuMapping
from otimo_tray.errors import RowRefused
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.mapping.columns import CODE_COLUMN, UNITS_COLUMN
from otimo_tray.ui.mapping.kit import KitDialog
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.tables.clipboard import from_block, to_block
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


@pytest.fixture
def page(stage: Stage) -> MappingPage:
    return cast("MappingPage", stage.page("mapping"))


def _components(stage: Stage, sku: str) -> tuple[Component, ...]:
    found = stage.shop.store.catalogue.mapping(sku)
    return found.components if found is not None else ()


def _type(page: MappingPage, text: str) -> None:
    QTest.keyClicks(page.table, text[:1])
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the delegate commits a little later


def test_typing_a_code_saves_it_and_enter_goes_down(stage: Stage, page: MappingPage) -> None:
    watch = watched(page.model)
    sku = "CAM-AZ-G"
    page.show_item(sku)
    below = page.model.rows[page.model.place_of(sku) + 1][0]  # type: ignore[operator]
    _type(page, "000130")
    stage.rest()
    assert _components(stage, sku) == (Component("000130", 1),)
    assert page.table.current_row()[0] == below  # type: ignore[index]
    assert ("wake", "stock") in stage.shop.engine.asked
    page.undo.undo()
    stage.rest()
    assert _components(stage, sku) == (Component("000125", 1),)
    page.undo.redo()
    stage.rest()
    assert _components(stage, sku) == (Component("000130", 1),)
    del watch


def test_an_unknown_code_is_marked_with_its_reason_and_not_saved(stage: Stage, page: MappingPage) -> None:
    sku = "CAM-AZ-G"
    page.show_item(sku)
    before = _components(stage, sku)
    _type(page, "zzz999")
    stage.rest()
    assert _components(stage, sku) == before
    index = page.model.index(page.model.shown_row_of(page.model.place_of(sku)), CODE_COLUMN)  # type: ignore[arg-type]
    assert index.data() == "⚠ zzz999"
    assert "zzz999" in index.data(Qt.ItemDataRole.ToolTipRole)
    page.undo.undo()
    assert index.data() == "000125"


def test_zeros_that_excel_ate_come_back(stage: Stage, page: MappingPage) -> None:
    page.show_item("CAM-AZ-G")
    _type(page, "131")
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000131", 1),)


def test_delete_takes_the_mapping_away_and_undo_brings_it_back(stage: Stage, page: MappingPage) -> None:
    page.show_item("CAM-AZ-G")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == ()
    page.undo.undo()
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000125", 1),)


def test_units_are_whole_numbers_from_one(stage: Stage, page: MappingPage) -> None:
    page.show_item("CAM-AZ-G")
    page.table.setCurrentIndex(page.table.currentIndex().siblingAtColumn(UNITS_COLUMN))
    _type(page, "3")
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000125", 3),)
    page.show_item("CAM-AZ-G")
    page.table.setCurrentIndex(page.table.currentIndex().siblingAtColumn(UNITS_COLUMN))
    _type(page, "0")
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000125", 3),)
    assert len(page.model.drafts) == 1


def test_search_shows_what_holds_all_words(stage: Stage, page: MappingPage) -> None:
    del stage
    QTest.keyClicks(page.search, "tenis preto 41")
    shown = [row[0] for row in page.model.shown_rows()]
    assert shown
    assert len(shown) < 10
    assert all(sku.startswith("TEN-PR") for sku in shown)
    assert "TEN-PR-41" in shown
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 120


def test_tabs_count_and_filter(stage: Stage, page: MappingPage) -> None:
    del stage
    page.tabs.choose("unmapped")
    assert page.model.rowCount() == 5
    assert all(row[3] == "" for row in page.model.shown_rows())


def test_fill_down_copies_the_top_cell(stage: Stage, page: MappingPage) -> None:
    page.table.setCurrentIndex(page.model.index(0, CODE_COLUMN))
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    first = page.model.rows[0][3]
    assert [row[3] for row in page.model.rows[:4]] == [first] * 4


def test_a_proposed_code_is_taken_by_its_name(stage: Stage, page: MappingPage) -> None:
    del stage
    found = page.book.suggest("mochila azul")
    assert found
    assert all("Mochila" in name for _, name in found)
    assert page.book.suggest("00012")[0][0] == "000123"


def test_a_kit_of_two_codes(stage: Stage, page: MappingPage) -> None:
    page.editing.edit_kit("CAM-AZ-G")
    dialog = page.findChild(KitDialog)
    assert dialog is not None
    dialog.lines[1][0].setText("000140")
    dialog.lines[1][1].setValue(2)
    dialog.accept()
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000125", 1), Component("000140", 2))
    row = page.model.rows[page.model.place_of("CAM-AZ-G")]  # type: ignore[index]
    assert row[10] == 2
    page.undo.undo()
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000125", 1),)


def test_a_kit_with_an_unknown_code_cannot_be_accepted(stage: Stage, page: MappingPage) -> None:
    del stage
    page.editing.edit_kit("CAM-AZ-G")
    dialog = page.findChild(KitDialog)
    assert dialog is not None
    dialog.lines[1][0].setText("nada")
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    assert "nada" in dialog.reason.text()
    dialog.reject()


class TestManyRows:
    @pytest.fixture
    def watch_models(self) -> bool:
        return False

    @pytest.fixture
    def fill(self) -> object:
        def fill(path: Path) -> None:
            data.fill_catalogue(path, 5_200, troubles=False)

        return fill

    def test_paste_of_5000_rows_with_37_bad_ones(self, stage: Stage, page: MappingPage) -> None:
        stage.wait_for(lambda: page.model.rowCount() == 5_200)
        bad = set(range(50, 50 + 37 * 100, 100))
        skus = [row[0] for row in page.model.rows[:5_000]]
        cells = [
            ("errado" if line in bad else f"{123 + (line * 7) % 5_200:06d}", str(1 + line % 3)) for line in range(5_000)
        ]
        QGuiApplication.clipboard().setText(to_block(cells))
        page.table.setCurrentIndex(page.model.index(0, CODE_COLUMN))
        QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        stage.rest()
        assert len([key for key in page.model.drafts if key[1] == CODE_COLUMN]) == 37
        stored = {found.sku: found.components for block in stage.shop.store.catalogue.mappings(skus) for found in block}
        for line, sku in enumerate(skus):
            if line not in bad:
                assert stored[sku] == (Component(cells[line][0], int(cells[line][1])),)
        page.model.show_tab("refused")
        assert page.model.rowCount() == 37
        page.tabs.choose("all")
        page.undo.undo()
        stage.rest()
        assert page.model.drafts == {}
        after = {found.sku: found.components for block in stage.shop.store.catalogue.mappings(skus) for found in block}
        assert all(parts[0].erp_code == f"{parts[0].erp_code}" and len(parts) == 1 for parts in after.values())
        assert after[skus[0]] != stored[skus[0]]

    def test_copying_all_rows_and_clearing_them_is_worked_out_beside_the_keys(
        self, stage: Stage, page: MappingPage
    ) -> None:
        stage.wait_for(lambda: page.model.rowCount() == 5_200)
        page.table.setFocus()
        page.table.selectAll()
        QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        stage.rest()
        block = from_block(QGuiApplication.clipboard().text())
        assert [cells[0] for cells in block] == [row[0] for row in page.model.rows]
        assert block[7][2] == page.model.rows[7][3]
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
        stage.rest()
        assert stage.shop.store.catalogue.counts()["mapped"] == 0
        stage.wait_for(lambda: all(row[10] == 0 for row in page.model.rows))
        page.tabs.choose("unmapped")
        assert page.model.rowCount() == 5_200
        QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        stage.rest()
        assert stage.shop.store.catalogue.counts()["mapped"] == 5_200

    def test_rows_pasted_at_the_sku_find_their_place(self, stage: Stage, page: MappingPage) -> None:
        stage.wait_for(lambda: page.model.rowCount() == 5_200)
        QGuiApplication.clipboard().setText("TEN-PR-42\t000777\t2\r\nNAO-EXISTE\t000778\r\n")
        page.table.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        stage.rest()
        assert _components(stage, "TEN-PR-42") == (Component("000777", 2),)
        assert "1" in page.messages.text


def test_cells_with_quotes_tabs_and_lines_are_pasted_into_their_own_rows(stage: Stage, page: MappingPage) -> None:
    page.show_item("CAM-AZ-G")
    below = page.model.rows[page.model.place_of("CAM-AZ-G") + 1][0]  # type: ignore[operator]
    QGuiApplication.clipboard().setText('" 000130\r\n"\t2\r\n"0001""31"\t1\r\n')
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert _components(stage, "CAM-AZ-G") == (Component("000130", 2),)
    assert list(page.model.drafts) == [(below, CODE_COLUMN)]
    assert "O ERP não tem o código" in page.model.drafts[below, CODE_COLUMN].reason


def test_linking_by_ean_previews_applies_and_undoes(stage: Stage, page: MappingPage) -> None:
    unmapped = [row[0] for row in page.model.rows if not row[3]]
    page.transfers.preview_links(by_ean=True)
    stage.rest()
    preview = page.findChild(Preview)
    assert preview is not None
    preview.do.click()
    stage.rest()
    assert all(_components(stage, sku) for sku in unmapped)
    page.undo.undo()
    stage.rest()
    assert not any(_components(stage, sku) for sku in unmapped)


def test_an_import_is_previewed_and_undone(stage: Stage, page: MappingPage, tmp_path: Path) -> None:
    stage.shop.sheet = [
        SheetRow(2, "CAM-AZ-G", "changed"),
        SheetRow(3, "X", "refused", RowRefused("E-230", row=3, field="codigo", value="?")),
    ]
    page.transfers.import_sheet(tmp_path / "de-para.xlsx")
    stage.rest()
    preview = page.findChild(Preview)
    assert preview is not None
    assert "1" in preview.summary.text()
    preview.do.click()
    stage.rest()
    assert [apply for _, apply in stage.shop.imported] == [False, True]
    assert page.messages.text.startswith("1 ")


def test_a_change_made_elsewhere_is_shown(stage: Stage, page: MappingPage) -> None:
    stage.shop.clock.advance(60)
    stage.shop.store.catalogue.set_mappings([SkuMapping("CAM-AZ-G", (Component("000150", 4),))], stage.shop.clock.now())
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: page.model.rows[page.model.place_of("CAM-AZ-G")][3] == "000150")  # type: ignore[index]


def test_reading_everything_anew_leaves_selection_and_typing_alone(stage: Stage, page: MappingPage) -> None:
    page.show_item("CAM-AZ-G")
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = list(page.table.selected_blocks())
    assert chosen[0][2] > chosen[0][0]
    stage.shop.clock.advance(60)
    stage.shop.store.catalogue.set_mappings([SkuMapping("CAM-AZ-P", (Component("000150", 4),))], stage.shop.clock.now())
    page.editing.stored.emit()  # as after an import: everything is read anew
    stage.rest()
    assert page.model.rows[page.model.place_of("CAM-AZ-P")][3] == "000150"  # type: ignore[index]
    assert list(page.table.selected_blocks()) == chosen
    QTest.keyClicks(page.table, "0")
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    products = [HubProduct("NOVO", "p-novo", name="Novo")]
    stage.shop.store.catalogue.replace_products(iter(products), stage.shop.clock.now(), complete=False)
    page.editing.stored.emit()
    stage.rest()
    QTest.keyClicks(editor, "00131")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    stage.rest()
    stage.wait_for(lambda: page.model.place_of("NOVO") is not None)
    typed = [row[0] for row in page.model.rows if row[3] == "000131"]
    assert any(sku.startswith("CAM-AZ-G") for sku in typed)


def test_details_explain_the_available_number(stage: Stage, page: MappingPage) -> None:
    page.show_details.click()
    page.show_item("CAM-AZ-P")
    stage.rest()
    assert page.details.sent_model.rowCount() == 18
    assert len(page.details.chart.series["stock"]) == 14
    titles = [line.title for line in page.details.stock.lines]
    assert titles[0] == "Saldo no ERP"
    assert titles[-1] == "= Disponível"
