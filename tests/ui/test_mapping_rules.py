"""Rules of a SKU and of patterns, the last batch taken back, codes without SKU, a sheet undone: by keys and mouse."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QLineEdit, QPushButton

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.rules import NO_RULE, PatternRule, SkuRule
from otimo_tray.errors import ItemError
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.mapping.patterns import PatternsDialog
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.mapping.rule_dialog import RuleDialog
from otimo_tray.ui.mapping.rule_fields import day_text, parse_day, parse_decimal
from otimo_tray.ui.mapping.spare import SKU_COLUMN
from tests.ui.conftest import Stage, watched
from tests.ui.shop import NOW

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
SKU = "CAM-AZ-P"
ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.fixture
def page(stage: Stage) -> MappingPage:
    return cast("MappingPage", stage.page("mapping"))


def _rule_dialog(stage: Stage, page: MappingPage) -> RuleDialog:
    page.show_item(SKU)
    page.show_details.click()
    stage.rest()
    QTest.mouseClick(page.details.rule, Qt.MouseButton.LeftButton)
    stage.rest()
    dialog = page.findChild(RuleDialog)
    assert dialog is not None
    return dialog


def _type(dialog: RuleDialog | PatternsDialog, name: str, text: str) -> None:
    box = dialog.form.boxes[name].box
    assert isinstance(box, QLineEdit)
    box.selectAll()
    QTest.keyClicks(box, text)


def _previewed(stage: Stage, dialog: RuleDialog, line: str) -> str:
    """The value of a line of the preview once it was worked out for what was typed."""
    asked = dialog._asked
    stage.wait_for(lambda: dialog._asked > asked and not stage.bench.work.busy)
    lines = [*dialog.outcome.lines, *dialog.stock.lines, *dialog.price.lines]
    return next(found.value for found in lines if found.title == line)


def test_a_rule_shows_its_outcome_while_one_types_and_is_undone(stage: Stage, page: MappingPage) -> None:
    dialog = _rule_dialog(stage, page)
    before = next(line.value for line in dialog.stock.lines if line.title == "= Disponível")
    assert before == "7"
    _type(dialog, "safety_stock", "5")
    assert _previewed(stage, dialog, "Estoque") == "7 → 2"
    notes = {line.title: line.note for line in dialog.stock.lines}
    assert notes["− estoque de segurança"] == "regra deste SKU"
    _type(dialog, "markup_percent", "10,5")
    assert _previewed(stage, dialog, "= Preço") == "55,14"
    QTest.keyClick(dialog.form.boxes["floor"].box, Qt.Key.Key_Return)
    stage.rest()
    catalogue = stage.shop.store.catalogue
    assert catalogue.rule(SKU) == SkuRule(safety_stock=5, markup_percent=Decimal("10.5"))
    assert ("wake", "stock") in stage.shop.engine.asked
    page.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert catalogue.rule(SKU) == NO_RULE
    page.undo.redo()
    stage.rest()
    assert catalogue.rule(SKU).safety_stock == 5
    assert page.details.stock.lines[-1].value == "2"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("safety_stock", "-1"),
        ("safety_stock", "2,5"),
        ("safety_percent", "101"),
        ("markup_percent", "-100"),
        ("own_price", "0"),
        ("special_from", "31/02/2026"),
        ("special_until", "30/11/2026"),
    ],
)
def test_what_makes_no_rule_is_said_beside_the_field_and_not_saved(
    stage: Stage, page: MappingPage, field: str, text: str
) -> None:
    dialog = _rule_dialog(stage, page)
    _type(dialog, field, text)
    assert any(box.reason for box in dialog.form.boxes.values())
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    dialog.reject()
    stage.rest()
    assert stage.shop.store.catalogue.rule(SKU) == NO_RULE


def test_a_promotion_lasts_through_its_last_day(stage: Stage, page: MappingPage) -> None:
    dialog = _rule_dialog(stage, page)
    _type(dialog, "own_special_price", "39,90")
    _type(dialog, "special_from", "01/11/2026")
    _type(dialog, "special_until", "30/11/2026")
    assert _previewed(stage, dialog, "= Preço") == "39,90 (de 49,90)"
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    stage.rest()
    rule = stage.shop.store.catalogue.rule(SKU)
    assert rule.special_until == datetime(2026, 12, 1, 3, tzinfo=UTC)
    again = _rule_dialog(stage, page) if page.details.isVisible() is False else page.rules.edit(SKU, "")
    stage.rest()
    box = again.form.boxes["special_until"].box
    assert isinstance(box, QLineEdit)
    assert box.text() == "30/11/2026"
    again.reject()


def test_a_rule_for_a_pattern_counts_its_skus_and_is_undone(stage: Stage, page: MappingPage) -> None:
    dialog = page.rules.edit_patterns()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    with stage.bot.waitSignal(dialog.counted):
        QTest.keyClicks(dialog.pattern, "ten-*")
    mapped = [row[0] for row in page.model.rows if row[0].startswith("TEN-") and row[10]]
    assert f"{len(mapped)} SKUs" in dialog.reach.text()
    assert "não muda nada" in dialog.reason.text()
    _type(dialog, "safety_stock", "3")
    assert dialog.reason.text() == ""
    QTest.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton)
    stage.rest()
    assert stage.shop.settings[-1].rules == (PatternRule("ten-*", SkuRule(safety_stock=3)),)
    page.undo.undo()
    stage.rest()
    assert stage.shop.settings[-1].rules == ()


def test_pattern_rules_are_reached_from_the_settings(stage: Stage) -> None:
    settings = stage.page("settings")
    opener = settings.findChild(QPushButton, "patterns")
    assert opener is not None
    QTest.mouseClick(opener, Qt.MouseButton.LeftButton)
    dialog = settings.findChild(PatternsDialog)
    assert dialog is not None
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.pattern, "MEI-*")
    dialog.brand.setEditText("Lupo")
    box = dialog.form.boxes["stop_selling"].box
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    stage.rest()
    assert stage.shop.settings[-1].rules == (PatternRule("MEI-*", SkuRule(stop_selling=True), "Lupo"),)


def test_the_upper_rule_wins_and_one_pattern_stands_once(stage: Stage, page: MappingPage) -> None:
    dialog = page.rules.edit_patterns()
    for pattern, units in (("*", "1"), ("CAM-*", "4")):
        dialog.add_rule()
        QTest.keyClicks(dialog.pattern, pattern)
        _type(dialog, "safety_stock", units)
    QTest.mouseClick(dialog.up, Qt.MouseButton.LeftButton)
    assert [rule.pattern for rule in dialog.rules] == ["CAM-*", "*"]
    dialog.add_rule()
    QTest.keyClicks(dialog.pattern, "cam-*")
    _type(dialog, "safety_stock", "9")
    assert "duas vezes" in dialog.reason.text()
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    stage.rest()
    page.show_item(SKU)
    page.show_details.click()
    stage.rest()
    notes = {line.title: (line.value, line.note) for line in page.details.stock.lines}
    assert notes["− estoque de segurança"] == ("4", "regra CAM-*")


def test_the_last_batch_goes_back_and_comes_again(stage: Stage, page: MappingPage) -> None:
    page.rules.undo_batch("stock")
    stage.rest()
    preview = page.findChild(Preview)
    assert preview is not None
    assert preview.table.rows_model.rowCount() == 1
    QTest.mouseClick(preview.do, Qt.MouseButton.LeftButton)
    stage.rest()
    audit = stage.shop.store.audit
    taken = audit.taken_back(SKU)
    assert [(entry.value, entry.instead) for entry in taken] == [("6", "7")]
    assert ("wake", "stock") in stage.shop.engine.asked
    page.undo.undo()
    stage.rest()
    assert audit.taken_back(SKU) == []
    page.undo.redo()
    stage.rest()
    assert len(audit.taken_back(SKU)) == 1
    page.rules.undo_batch("stock")
    stage.rest()
    assert "G-241" in page.messages.text


def test_a_code_without_sku_is_linked_by_keys(stage: Stage, page: MappingPage) -> None:
    free = next(row[0] for row in page.model.rows if not row[10])
    taken = next(row[0] for row in page.model.rows if row[10])
    watch = watched(page.codes_model)
    QTest.mouseClick(page.tabs.findChild(object, "tab-codes"), Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
    stage.rest()
    count = page.codes_model.rowCount()
    assert count > 1
    code = page.codes_model.rows[0].code
    for sku in (taken, free):
        page.codes.setCurrentIndex(page.codes_model.index(0, SKU_COLUMN))
        QTest.keyClicks(page.codes, sku[:1])
        editor = next(field for field in page.codes.findChildren(QLineEdit) if field.isVisible())
        editor.setText(sku)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        if sku == taken:
            assert "já tem De/Para" in page.messages.text
    stage.rest()
    mapping = stage.shop.store.catalogue.mapping(free)
    assert mapping is not None
    assert mapping.components == (Component(code, 1),)
    stage.wait_for(lambda: page.codes_model.rowCount() == count - 1)
    page.undo.undo()
    stage.rest()
    assert stage.shop.store.catalogue.mapping(free) is None
    del watch


def test_skus_are_proposed_by_name_those_without_mapping_first(stage: Stage, page: MappingPage) -> None:
    del stage
    free = {row[0] for row in page.model.rows if not row[10]}
    found = page.model.suggest("preta")
    assert found
    places = [sku in free for sku, _ in found]
    assert places == sorted(places, reverse=True)


def test_an_imported_sheet_is_undone_and_redone_by_keys(stage: Stage, page: MappingPage, tmp_path: Path) -> None:
    catalogue = stage.shop.store.catalogue
    free = next(row[0] for row in page.model.rows if not row[10])
    sheet = tmp_path / "de-para.csv"
    lines = ["SKU Plugg.to;Código no ERP;Qtd. por SKU", f"{SKU};000140;2", f"{free};000150;1", f"{free};000151;3"]
    sheet.write_text("\n".join([*lines, "NADA;000140;1", "CAM-AZ-G;999;1"]), encoding="cp1252")
    page.transfers.import_sheet(sheet)
    stage.rest()
    preview = page.findChild(Preview)
    assert preview is not None
    shown = [preview.table.rows_model.index(row, 2).data() for row in range(5)]
    assert shown == ["▲ recusada", "▲ recusada", "+ nova", "+ nova", "→ alterada"]
    assert "(M-403)" in preview.table.rows_model.index(0, 3).data()
    QTest.mouseClick(preview.do, Qt.MouseButton.LeftButton)
    stage.rest()
    kit = (Component("000150", 1), Component("000151", 3))

    def stored(sku: str) -> tuple[Component, ...]:
        found = catalogue.mapping(sku)
        return found.components if found is not None else ()

    assert (stored(SKU), stored(free)) == ((Component("000140", 2),), kit)
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert (stored(SKU), stored(free)) == ((Component("000123", 1),), ())
    place = page.model.place_of(free)
    assert place is not None
    assert page.model.rows[place][10] == 0
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.rest()
    assert (stored(SKU), stored(free)) == ((Component("000140", 2),), kit)


def test_filling_down_copies_a_kit_whole(stage: Stage, page: MappingPage) -> None:
    kit = (Component("000140", 1), Component("000141", 2))
    first = page.model.rows[0][0]
    stage.shop.clock.advance(60)
    stage.shop.store.catalogue.set_mappings([SkuMapping(first, kit)], stage.shop.clock.now())
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: page.model.rows[0][10] == 2)
    page.table.setCurrentIndex(page.model.index(0, 2))
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    found = stage.shop.store.catalogue.mapping(page.model.rows[1][0])
    assert found is not None
    assert found.components == kit


def test_a_sku_that_only_a_waiting_order_knows_is_listed_as_unmapped(stage: Stage, page: MappingPage) -> None:
    orders = stage.shop.store.orders
    waiting = next(row for row in orders.find("1002", 50) if row.stage == "seen")
    store = stage.shop.store
    with store._database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO order_item VALUES (?, 9, 'SUMIDO', 'Vela de citronela', 1, '9.00')", (waiting.order.hub_id,)
        )
    stage.shop.clock.advance(60)
    orders.wait(
        waiting.order.hub_id,
        ItemError("O-501", order="1", skus="SUMIDO"),
        NOW,
        stage.shop.clock.now(),
    )
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: page.model.place_of("SUMIDO") is not None)
    page.tabs.choose("unmapped")
    assert ("SUMIDO", "Vela de citronela") in [(row[0], row[1]) for row in page.model.shown_rows()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.990", "1990"),
        ("1.990,50", "1990.50"),
        ("19,9", "19.9"),
        ("19.90", "19.90"),
        ("R$ 5", "5"),
        ("-12,5", "-12.5"),
        ("1.234.567", "1234567"),
        ("0.125", None),
        ("1,234,5", None),
        ("12.34.5", None),
        ("abc", None),
        ("1e3", None),
    ],
)
def test_numbers_are_what_a_brazilian_means(text: str, value: str | None) -> None:
    assert parse_decimal(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("end", [False, True])
@pytest.mark.parametrize("text", ["01/12/2026", "30/11/2026 18:30", "29/02/2028"])
def test_days_come_back_as_they_were_typed(text: str, end: bool) -> None:
    moment = parse_day(text, ZONE, end=end)
    assert moment is not None
    assert day_text(moment.astimezone(UTC), ZONE, end=end) == text
