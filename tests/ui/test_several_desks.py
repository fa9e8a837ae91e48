"""What people see of several desks: edits that meet, who has what open, and the server that is away."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPushButton

from otimo_tray.domain.catalogue import Component
from otimo_tray.domain.desks import Author
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.rules import SkuRule
from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.store import StateStore, open_store
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.link import LinkBanner, leader_words
from otimo_tray.ui.mapping.columns import CODE_COLUMN, STATE_COLUMN
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.presence import presence_of
from otimo_tray.ui.support.acts import ActsWindow
from otimo_tray.ui.tracking.session import Outcome
from tests.ui.conftest import Stage
from tests.ui.desks import FakePresence
from tests.ui.shop import NOW

SKU, OTHER = "CAM-AZ-M", "CAM-AZ-G"
MINE, HERS = (Component("000130", 1),), (Component("000140", 2),)


@pytest.fixture
def ana(stage: Stage) -> Generator[StateStore]:
    """The same state, as Ana's desk has it open."""
    opened = open_store(stage.shop.store.path, stage.shop.clock)
    opened.acts.author = Author("Ana", "Balcão 1")
    yield opened
    opened.close()


@pytest.fixture
def page(stage: Stage) -> MappingPage:
    made = stage.page("mapping")
    assert isinstance(made, MappingPage)
    return made


def _components(stage: Stage, sku: str) -> Any:
    found = stage.shop.store.catalogue.mapping(sku)
    return found.components if found is not None else ()


def _cell(page: MappingPage, sku: str, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    place = page.model.place_of(sku)
    assert place is not None
    return str(page.model.answer(page.model.rows[place], column, int(role)))


def _type(stage: Stage, page: MappingPage, sku: str, code: str) -> None:
    page.model.typed.emit(sku, CODE_COLUMN, code)
    stage.rest()


def _hers(ana: StateStore, sku: str, parts: tuple[Component, ...] = HERS) -> None:
    ana.catalogue.change_mappings({sku: parts}, {}, NOW - timedelta(minutes=1))


# --- edits that meet -------------------------------------------------------------------------------------------------


def test_an_edit_that_met_another_shows_both_and_the_others_are_saved(
    stage: Stage, page: MappingPage, ana: StateStore
) -> None:
    _hers(ana, SKU)
    page.editing.link("vincular", [(SKU, "000130"), (OTHER, "000131")])
    stage.rest()
    assert _components(stage, SKU) == HERS
    assert _components(stage, OTHER) == (Component("000131", 1),)
    assert _cell(page, SKU, CODE_COLUMN) == "▲ 000130"
    assert _cell(page, SKU, STATE_COLUMN) == "▲ Ana: 000140 × 2"
    assert "Alterado por Ana há 1 min" in _cell(page, SKU, CODE_COLUMN, Qt.ItemDataRole.ToolTipRole)
    assert page.conflicts.isVisible()
    assert page.conflicts.told.text() == (f"▲ {SKU}: Alterado por Ana há 1 min. De Ana: 000140 × 2. O seu: 000130.")
    page.model.show_tab("refused")
    assert page.model.rowCount() == 1


def test_who_keeps_the_other_ones_writes_nothing(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    _hers(ana, SKU)
    _type(stage, page, SKU, "000130")
    page.conflicts.take_theirs.click()
    stage.rest()
    assert _components(stage, SKU) == HERS
    assert not page.conflicts.isVisible()
    assert _cell(page, SKU, CODE_COLUMN) == "000140"


def test_who_insists_writes_on_top_and_can_undo_it(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    _hers(ana, SKU)
    _type(stage, page, SKU, "000130")
    page.conflicts.take_mine.click()
    stage.rest()
    assert _components(stage, SKU) == MINE
    assert not page.conflicts.isVisible()
    page.undo.undo()
    stage.rest()
    assert _components(stage, SKU) == HERS


def test_insisting_on_what_changed_again_asks_again(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    _hers(ana, SKU)
    _type(stage, page, SKU, "000130")
    _hers(ana, SKU, ())
    page.conflicts.take_mine.click()
    stage.rest()
    assert _components(stage, SKU) == ()
    assert "De Ana: sem De/Para" in page.conflicts.told.text()


def test_an_undo_carries_its_version_too(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    before = _components(stage, SKU)
    _type(stage, page, SKU, "000130")
    _hers(ana, SKU)
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: _cell(page, SKU, CODE_COLUMN) == "000140")  # hers is seen here by now
    page.undo.undo()
    stage.rest()
    assert _components(stage, SKU) == HERS
    found = page.model.conflicts[SKU]
    assert (found.mine, found.theirs.by.name) == (before, "Ana")


def test_ones_own_edits_never_meet(stage: Stage, page: MappingPage) -> None:
    before = _components(stage, SKU)
    for code in ("000130", "000131", "000132"):
        page.model.typed.emit(SKU, CODE_COLUMN, code)  # none of them is saved yet when the next is typed
    for _ in range(3):
        page.undo.undo()
    page.undo.redo()
    stage.rest()
    assert _components(stage, SKU) == MINE
    assert page.model.conflicts == {}
    page.undo.undo()
    stage.rest()
    assert _components(stage, SKU) == before


def test_what_could_not_be_written_stays_in_its_cell(
    stage: Stage, page: MappingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreAway("L-310")

    monkeypatch.setattr(stage.shop.store.catalogue, "change_mappings", away)
    _type(stage, page, SKU, "000130")
    assert _cell(page, SKU, CODE_COLUMN) == "⚠ 000130"


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
    _hers(ana, SKU)
    first.do.click()
    stage.rest()
    assert [apply for _, apply in stage.shop.imported] == [False, False]  # looked at again, nothing applied
    assert "Veja de novo" in page.messages.text
    page.findChildren(Preview)[-1].do.click()
    stage.rest()
    assert [apply for _, apply in stage.shop.imported] == [False, False, True]


# --- who did what -------------------------------------------------------------------------------------------------


def test_a_skus_details_tell_who_did_what(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    _hers(ana, SKU)
    page.show_details.click()
    page.show_item(SKU)
    stage.rest()
    line = page.details.deeds.lines[0]
    assert (line.title, line.note) == ("De/Para 000124 → 000140 × 2", "Ana · Balcão 1 · 14:04")


def test_an_orders_history_tells_who_did_what_in_between(stage: Stage, ana: StateStore) -> None:
    made: Any = stage.page("orders")
    hub_id = made.model.rows[5].hub_id
    ana.trackings.add(hub_id, "AA123456785BR", "Correios", "PAC", "", NOW)
    made.show_item(hub_id)
    stage.rest()
    model = made.detail.events_model
    shown = [(model.columns[1].show(row), model.columns[2].show(row)) for row in model.rows]
    assert shown[-1] == ("Ana · Balcão 1", "Código de rastreio AA123456785BR, no lugar de AA123456839BR")
    assert len(shown) > 1


def test_the_book_is_searched_and_saved(stage: Stage, ana: StateStore, tmp_path: Path) -> None:
    number = stage.shop.store.orders.by_stage((OrderStage.SEEN,))
    seen = next(iter(number))
    ana.trackings.add(seen.order.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW)
    stage.shop.store.catalogue.set_rules({SKU: SkuRule(stop_selling=True)}, NOW + timedelta(seconds=1))
    window = ActsWindow(stage.bench)
    window.show()
    stage.wait_for(lambda: len(window.model.rows) == 2)
    assert [row[3:] for row in window.model.rows] == [
        ("Maria", "Escritório", "Regra do SKU: venda parada", SKU),
        ("Ana", "Balcão 1", "Código de rastreio AA123456785BR", seen.order.original_id),
    ]
    window.show_item("balcão")
    assert window.model.rowCount() == 1
    window.save_sheet(tmp_path / "atos.xlsx")
    stage.rest()
    _, titles, rows = stage.shop.exported[-1]
    assert titles == ["Quando", "Quem", "Computador", "O quê", "SKU ou pedido"]
    assert [row[1] for row in rows] == ["Ana"]
    window.hide()
    shiboken6.delete(window)


def test_a_pause_is_noted(stage: Stage) -> None:
    made: Any = stage.page("panel")
    made._pause(15)
    made._resume()
    stage.rest()
    deeds = stage.shop.store.acts.recent()
    assert [(deed.what, dict(deed.params)) for deed in deeds] == [("act.resumed", {}), ("act.paused", {"minutes": 15})]
    assert stage.shop.engine.asked[:2] == [("pause", 15), ("resume", None)]


def test_a_setting_that_another_desk_changed_shows_at_once_but_never_over_what_is_typed(stage: Stage) -> None:
    made: Any = stage.page("settings")
    shop, field = stage.shop, made.fields["retention_days"]
    shop.settings.append(replace(shop.settings[-1], retention_days=45))
    stage.bench.bridge.event_happened("status")
    stage.wait_for(lambda: field.value() == 45)
    field.show_value(30)
    shop.settings.append(replace(shop.settings[-1], retention_days=60))
    stage.bench.bridge.event_happened("status")
    stage.rest()
    assert field.value() == 30


# --- typing over another packer's code -------------------------------------------------------------------------------


def test_typing_over_a_code_of_a_moment_ago_asks_first(stage: Stage, ana: StateStore) -> None:
    made: Any = stage.page("tracking")
    parcel = next(row for row in made.model.rows if row.is_waiting and not row.cancelled)
    ana.trackings.add(parcel.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW - timedelta(minutes=2))
    made.pane.choose(parcel)
    answers: list[Any] = []
    made.pane.answered.connect(answers.append)
    made.pane.scan("AA473124829BR")
    stage.rest()
    assert answers[-1].outcome is Outcome.WARNED
    assert "Ana digitou AA123456785BR às 14:03" in made.pane.said.text()
    made.pane.accept.click()
    stage.rest()
    rows = stage.shop.store.trackings.of_order(parcel.hub_id)
    assert [row.code for row in rows if row.state != "replaced"] == ["AA473124829BR"]
    deeds = stage.shop.store.acts.of_item(parcel.hub_id)
    assert [(deed.author.name, deed.params["before"]) for deed in deeds] == [("Maria", "AA123456785BR"), ("Ana", "")]


@pytest.mark.parametrize(("who", "minutes"), [("Ana", 11), ("Maria", 1)])
def test_ones_own_code_or_an_old_one_is_corrected_without_a_question(
    stage: Stage, ana: StateStore, who: str, minutes: int
) -> None:
    made: Any = stage.page("tracking")
    parcel = next(row for row in made.model.rows if row.is_waiting and not row.cancelled)
    ana.acts.author = Author(who, "Escritório" if who == "Maria" else "Balcão 1")
    ana.trackings.add(parcel.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW - timedelta(minutes=minutes))
    made.pane.choose(parcel)
    made.pane.scan("AA473124829BR")
    stage.rest()
    codes = [row.code for row in stage.shop.store.trackings.of_order(parcel.hub_id) if row.state != "replaced"]
    assert codes == ["AA473124829BR"]


# --- live ------------------------------------------------------------------------------------------------------------


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
    _hers(ana, SKU)
    stage.bench.bridge.event_happened("mappings")
    stage.wait_for(lambda: _cell(page, SKU, CODE_COLUMN) == "000140")
    assert page.table.state() == QAbstractItemView.State.EditingState
    assert editor.text().endswith("00013")


# --- presence --------------------------------------------------------------------------------------------------------


class TestPresence:
    @pytest.fixture
    def presence(self) -> FakePresence:
        return FakePresence({("mapping", SKU): "Bia"})

    def test_a_row_that_somebody_has_open_says_so(
        self, stage: Stage, page: MappingPage, presence: FakePresence
    ) -> None:
        stage.wait_for(lambda: _cell(page, SKU, STATE_COLUMN).startswith("◉ Bia · "))
        assert "Bia está com este SKU aberto." in _cell(page, SKU, STATE_COLUMN, Qt.ItemDataRole.ToolTipRole)
        assert not _cell(page, OTHER, STATE_COLUMN).startswith("◉")
        presence.others.clear()
        presence_of(stage.bench).refresh()
        stage.wait_for(lambda: not _cell(page, SKU, STATE_COLUMN).startswith("◉"))

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
        stage.wait_for(lambda: _cell(page, SKU, STATE_COLUMN).startswith("◉"))
        asked = len(presence.said)
        stage.shop.link.goes_away(NOW, NOW)
        presence_of(stage.bench).refresh()
        assert not _cell(page, SKU, STATE_COLUMN).startswith("◉")
        stage.rest()
        assert len(presence.said) == asked


def test_a_shop_of_its_own_says_nothing_to_anybody(stage: Stage, page: MappingPage) -> None:
    page.table.go_to(0, CODE_COLUMN)
    desk = presence_of(stage.bench)
    desk.refresh()
    assert not any(timer.isActive() for timer in (desk._timer, desk._soon))
    assert stage.shop.store.database.read is not None
    assert page.model.mark is None


# --- away ------------------------------------------------------------------------------------------------------------


def _banner(stage: Stage) -> str:
    found = stage.window.findChild(LinkBanner)
    assert found is not None
    return found.told.text() if found.isVisible() else ""


def test_every_page_says_calmly_that_the_server_is_away(stage: Stage) -> None:
    stage.page("panel")
    link = stage.shop.link
    link.is_shared = True
    assert _banner(stage) == ""
    link.goes_away(NOW - timedelta(minutes=3), NOW - timedelta(minutes=4), kept=2)
    stage.wait_for(lambda: _banner(stage) != "")
    assert _banner(stage) == (
        "Sem contato com o servidor desde 14:02. Você vê o que havia às 14:01. "
        "Códigos de rastreio digitados ficam guardados aqui e sobem sozinhos. 2 códigos guardados."
    )
    stage.page("orders")
    assert _banner(stage)
    link.comes_back()
    stage.wait_for(lambda: _banner(stage) == "")


@pytest.mark.parametrize(
    ("name", "buttons"),
    [
        ("panel", ["sync", "pause"]),
        ("mapping", ["link", "import"]),
        ("orders", ["import-one"]),
        ("problems", ["retry-all"]),
    ],
)
def test_what_needs_the_server_waits_with_a_reason(stage: Stage, name: str, buttons: list[str]) -> None:
    link = stage.shop.link
    link.is_shared = True
    made: Any = stage.page(name)
    found = [made.findChild(QPushButton, one) for one in buttons]
    before = [(part.isEnabled(), part.toolTip()) for part in found]
    assert all(enabled for enabled, _ in before)
    link.goes_away(NOW - timedelta(minutes=3), NOW - timedelta(minutes=4))
    stage.wait_for(lambda: not any(part.isEnabled() for part in found))
    assert {part.toolTip() for part in found} == {"Sem contato com o servidor desde 14:02: isto espera até ele voltar."}
    for part in found:
        part.setEnabled(True)  # as a page does by itself
        assert not part.isEnabled()
    made.reload()
    stage.rest()
    assert not any(part.isEnabled() for part in found)
    link.comes_back()
    stage.wait_for(lambda: all(part.isEnabled() for part in found))
    assert [(part.isEnabled(), part.toolTip()) for part in found] == before


def test_cells_cannot_be_edited_while_the_server_is_away(stage: Stage) -> None:
    stage.shop.link.is_shared = True
    page: Any = stage.page("mapping")
    index = page.model.index(0, CODE_COLUMN)
    assert page.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    stage.shop.link.goes_away(NOW, NOW)
    stage.wait_for(lambda: not page.model.flags(index) & Qt.ItemFlag.ItemIsEditable)
    before = _components(stage, SKU)
    page.editing.link("colar", [(SKU, "000130")])
    stage.rest()
    assert _components(stage, SKU) == before
    assert "espera até ele voltar" in page.messages.text


def test_codes_are_typed_all_the_same(stage: Stage) -> None:
    stage.shop.link.is_shared = True
    made: Any = stage.page("tracking")
    stage.shop.link.goes_away(NOW, NOW)
    stage.rest()
    stage.wait_for(lambda: _banner(stage) != "")
    assert made.pane.field.isEnabled()


def test_a_code_that_waits_for_the_server_says_so_in_its_row(stage: Stage) -> None:
    """As `store.shared.overlay` writes it into the mirror."""
    made: Any = stage.page("tracking")
    row = next(row for row in made.model.rows if row.codes and row.codes[0].state == "typed")
    code = row.codes[0]._replace(error_code="T-634", error_params={"order": "1", "code": "X"})
    kept = row._replace(codes=(code,))
    place = made.model.rows.index(row)
    made.model.replace_rows({place: kept})
    column = next(n for n, column in enumerate(made.model.columns) if column.key == "state")
    assert made.model.columns[column].show(made.model.rows[place]).startswith("● Guardado")


def test_who_leads_is_said_on_the_panel(stage: Stage) -> None:
    link = stage.shop.link
    link.is_shared, link.leader = True, Author("Ana", "Balcão 1")
    made: Any = stage.page("panel")
    assert "Sincronização em: Balcão 1 (Ana)" in made.summary.text()
    link.leads = True
    assert leader_words(link) == "Sincronização em: Balcão 1 (Ana), neste computador"
    link.leader = None
    link.tell()
    stage.wait_for(lambda: "nenhum computador assumiu" in made.summary.text())
    link.is_shared = False
    assert leader_words(link) == ""


def test_nobody_else_no_line(stage: Stage) -> None:
    made: Any = stage.page("panel")
    assert "Sincronização em" not in made.summary.text()
    assert isinstance(made.summary, QLabel)
