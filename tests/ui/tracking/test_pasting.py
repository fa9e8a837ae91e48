"""Codes from a sheet or two pasted columns: shown first, put right on the spot, taken back at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import ItemError
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.mapping.preview import SheetPreview
from otimo_tray.ui.tracking.page import TrackingPage
from otimo_tray.ui.tracking.paste_preview import PastePreview
from otimo_tray.ui.tracking.pasted import PasteDialog
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched
from tests.ui.tracking.hands import codes_of, hub_id_of, paste, scan

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


def test_pasted_rows_are_shown_before_anything_is_saved(stage: Stage, page: TrackingPage) -> None:
    page.bulk.paste(f"100206\t{data.code_for(980)}\n100207\t{data.code_for(981)}\nnada\tX1")
    stage.rest()
    preview = page.findChild(PastePreview)
    assert preview is not None
    shown = [preview.model.columns[3].show(row) for row in preview.model.shown_rows()]
    assert [text[0] for text in shown] == ["✖", "▲", "✓"]
    assert preview.summary.text() == "1 código será gravado; 2 com problema, para corrigir em seguida"
    assert codes_of(stage, hub_id_of(stage, "100206")) == []
    preview.reject()
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []


def test_two_columns_from_excel_get_a_result_each(stage: Stage, page: TrackingPage) -> None:
    rows = f"100206\t{data.code_for(907)}\r\n100207\t{data.code_for(908)}\r\nnada\tX1\r\n"
    paste(stage, page, "Pedido\tCódigo\r\n" + rows)
    assert codes_of(stage, hub_id_of(stage, "100206")) == [(data.code_for(907), TrackingState.TYPED)]
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    shown = [dialog.model.columns[3].show(row) for row in dialog.model.shown_rows()]
    assert [text[0] for text in shown] == ["✖", "▲", "✓"]
    dialog.reject()


def test_wrong_pasted_rows_stay_to_be_put_right(stage: Stage, page: TrackingPage) -> None:
    paste(stage, page, f"100206\t{data.code_for(920)}\nnada\t{data.code_for(921)}\n100218\tAA123456789BR")
    dialog = page.findChild(PasteDialog)
    assert dialog is not None
    watch = watched(dialog.model)
    wrong = next(n for n, found in enumerate(dialog.model.shown_rows()) if found.row.order == "nada")
    assert dialog.model.setData(dialog.model.index(wrong, 1), "100242", Qt.ItemDataRole.EditRole)
    dialog.again.click()
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100242")) == [(data.code_for(921), TrackingState.TYPED)]
    assert codes_of(stage, hub_id_of(stage, "100218")) == []
    dialog.accept_warned.click()
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100218")) == [("AA123456789BR", TrackingState.TYPED)]
    assert not dialog.again.isEnabled()
    del watch
    dialog.reject()
    page.pane.undo_last()
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100218")) == []


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
    assert codes_of(stage, hub_id_of(stage, "100218")) == [(data.code_for(951), TrackingState.TYPED)]
    assert codes_of(stage, hub_id_of(stage, "100242")) == [("AA123456789BR", TrackingState.TYPED)]
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
    scan(page, "100206")
    scan(page, data.code_for(970))
    stage.rest()
    numbers = [row.original_id for row in page.model.rows if row.is_waiting][:4]
    paste(stage, page, "\n".join(f"{number}\t{data.code_for(971 + place)}" for place, number in enumerate(numbers)))
    assert page.messages.text == "4 códigos gravados"
    sent = stage.shop.store.trackings.of_order(hub_id_of(stage, numbers[0]))[0]
    stage.shop.store.trackings.set_state(sent.id, TrackingState.SENT, stage.shop.clock.now())
    page.messages._action.click()
    stage.rest()
    assert page.messages.text == "3 códigos desfeitos; 1 já transmitidos ficam"
    left = [code for number in numbers for code in codes_of(stage, hub_id_of(stage, number))]
    assert left == [(data.code_for(971), TrackingState.SENT)]
    page.pane.undo_last()  # goes on with what was scanned before the paste
    stage.rest()
    assert codes_of(stage, hub_id_of(stage, "100206")) == []
