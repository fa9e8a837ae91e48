"""Edits of two desks that meet: both are shown, and nothing is overwritten without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from otimo_tray.domain.catalogue import Component
from otimo_tray.domain.rules import SkuRule
from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.store import StateStore
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.mapping.columns import CODE_COLUMN, STATE_COLUMN
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.mapping.preview import Preview
from tests.ui.conftest import Stage
from tests.ui.several.desk_looks import HERS, MINE, OTHER, SKU, cell_of, change_as, components_of, type_code
from tests.ui.shop import NOW


def test_an_edit_that_met_another_shows_both_and_the_others_are_saved(
    stage: Stage, page: MappingPage, ana: StateStore
) -> None:
    change_as(ana, SKU)
    page.editing.link("vincular", [(SKU, "000130"), (OTHER, "000131")])
    stage.rest()
    assert components_of(stage, SKU) == HERS
    assert components_of(stage, OTHER) == (Component("000131", 1),)
    assert cell_of(page, SKU, CODE_COLUMN) == "▲ 000130"
    assert cell_of(page, SKU, STATE_COLUMN) == "▲ Ana: 000140 × 2"
    assert "Alterado por Ana há 1 min" in cell_of(page, SKU, CODE_COLUMN, Qt.ItemDataRole.ToolTipRole)
    assert page.conflicts.isVisible()
    assert page.conflicts.told.text() == (f"▲ {SKU}: Alterado por Ana há 1 min. De Ana: 000140 × 2. O seu: 000130.")
    page.model.show_tab("refused")
    assert page.model.rowCount() == 1


def test_who_keeps_the_other_ones_writes_nothing(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    change_as(ana, SKU)
    type_code(stage, page, SKU, "000130")
    page.conflicts.take_theirs.click()
    stage.rest()
    assert components_of(stage, SKU) == HERS
    assert not page.conflicts.isVisible()
    assert cell_of(page, SKU, CODE_COLUMN) == "000140"


def test_who_insists_writes_on_top_and_can_undo_it(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    change_as(ana, SKU)
    type_code(stage, page, SKU, "000130")
    page.conflicts.take_mine.click()
    stage.rest()
    assert components_of(stage, SKU) == MINE
    assert not page.conflicts.isVisible()
    page.undo.undo()
    stage.rest()
    assert components_of(stage, SKU) == HERS


def test_insisting_on_what_changed_again_asks_again(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    change_as(ana, SKU)
    type_code(stage, page, SKU, "000130")
    change_as(ana, SKU, ())
    page.conflicts.take_mine.click()
    stage.rest()
    assert components_of(stage, SKU) == ()
    assert "De Ana: sem De/Para" in page.conflicts.told.text()


def test_an_undo_carries_its_version_too(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    before = components_of(stage, SKU)
    type_code(stage, page, SKU, "000130")
    change_as(ana, SKU)
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: cell_of(page, SKU, CODE_COLUMN) == "000140")  # hers is seen here by now
    page.undo.undo()
    stage.rest()
    assert components_of(stage, SKU) == HERS
    found = page.model.conflicts[SKU]
    assert (found.mine, found.theirs.by.name) == (before, "Ana")


def test_ones_own_edits_never_meet(stage: Stage, page: MappingPage) -> None:
    before = components_of(stage, SKU)
    for code in ("000130", "000131", "000132"):
        page.model.typed.emit(SKU, CODE_COLUMN, code)  # none of them is saved yet when the next is typed
    for _ in range(3):
        page.undo.undo()
    page.undo.redo()
    stage.rest()
    assert components_of(stage, SKU) == MINE
    assert page.model.conflicts == {}
    page.undo.undo()
    stage.rest()
    assert components_of(stage, SKU) == before


def test_what_could_not_be_written_stays_in_its_cell(
    stage: Stage, page: MappingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreAway("L-310")

    monkeypatch.setattr(stage.shop.store.catalogue, "change_mappings", away)
    type_code(stage, page, SKU, "000130")
    assert cell_of(page, SKU, CODE_COLUMN) == "⚠ 000130"


def test_a_setting_changed_meanwhile_says_by_whom_and_keeps_what_was_typed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Any = stage.page("settings")
    shop = stage.shop
    refused = ConfigurationError("C-465", person="Ana", setting="retention_days", at=NOW)

    seen_by: list[object] = []

    def save(settings: object, seen: object = None) -> None:
        del settings
        seen_by.append(seen)
        shop.settings.append(replace(shop.settings[-1], retention_days=45))
        raise refused

    object.__setattr__(shop.desk, "save_settings", save)
    field = made.fields["retention_days"]
    field.show_value(30)
    made._enable()
    made.save.click()
    stage.rest()
    assert "Ana alterou" in made.messages.text
    made.save.click()
    stage.rest()
    assert seen_by == [shop.settings[0], shop.settings[1]]  # the second time it has seen what Ana wrote
    assert field.value() == 30
    assert made.save.isEnabled()
    made.messages._action.click()
    assert made.messages.text == ""
    assert field.value() == 45


def test_a_rule_that_met_another_offers_both(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    catalogue, mine, hers = stage.shop.store.catalogue, SkuRule(safety_stock=2), SkuRule(stop_selling=True)
    dialog = page.rules.edit(SKU, "Camiseta")
    stage.rest()
    ana.catalogue.change_rule(SKU, hers, {0}, NOW - timedelta(minutes=1))
    dialog.form.show_rule(mine)
    dialog._accept()
    stage.rest()
    assert catalogue.rule(SKU) == hers
    assert page.rule_conflicts.told.text() == (
        f"▲ regra de {SKU}: Alterado por Ana há 1 min. De Ana: venda parada. O seu: segurança 2."
    )
    page.rule_conflicts.take_mine.click()
    stage.rest()
    assert catalogue.rule(SKU) == mine
    assert not page.rule_conflicts.isVisible()
    page.undo.undo()
    stage.rest()
    assert catalogue.rule(SKU) == hers
    ana.catalogue.change_rule(SKU, None, {catalogue.rule_now(SKU)[1]}, NOW)
    page.undo.redo()  # an undo and a redo carry their versions too
    stage.rest()
    assert catalogue.rule(SKU) == SkuRule()
    assert "De Ana: sem regra própria" in page.rule_conflicts.told.text()


def test_a_sheet_is_shown_again_when_somebody_changed_its_rows_meanwhile(
    stage: Stage, page: MappingPage, ana: StateStore, tmp_path: Path
) -> None:
    stage.shop.sheet = [SheetRow(2, SKU, "changed")]
    page.transfers.import_sheet(tmp_path / "de-para.xlsx")
    stage.rest()
    first = page.findChildren(Preview)[-1]
    change_as(ana, SKU)
    first.do.click()
    stage.rest()
    assert [apply for _, apply in stage.shop.imported] == [False, False]  # looked at again, nothing applied
    assert "Veja de novo" in page.messages.text
    page.findChildren(Preview)[-1].do.click()
    stage.rest()
    assert [apply for _, apply in stage.shop.imported] == [False, False, True]
