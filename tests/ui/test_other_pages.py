"""Orders, problems, settings and panel: each decision a person takes arrives where it must."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.status import Flow
from otimo_tray.errors import ItemError
from otimo_tray.store.shared.kept import NOTICE
from otimo_tray.ui.orders.page import OrdersPage
from otimo_tray.ui.panel import PanelPage
from otimo_tray.ui.problems.page import KEPT, ProblemsPage
from otimo_tray.ui.settings.page import SettingsPage
from tests.ui import shop as data
from tests.ui.conftest import Stage, watched
from tests.ui.desks import fill_all

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


def _click(name: str, page: object) -> None:
    from PySide6.QtWidgets import QPushButton, QWidget

    found = cast("QWidget", page).findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def _noting(asked: list[tuple[str, str]]) -> Callable[[str, str], None]:
    def note(name: str, item: str) -> None:
        asked.append((name, item))

    return note


def _searched(stage: Stage, page: OrdersPage) -> None:
    stage.wait_for(lambda: not page._typing.isActive())
    stage.rest()


class TestOrders:
    @pytest.fixture
    def page(self, stage: Stage) -> OrdersPage:
        return cast("OrdersPage", stage.page("orders"))

    def test_search_finds_by_buyer_document_invoice_and_code(self, stage: Stage, page: OrdersPage) -> None:
        watch = watched(page.model)
        for text, least in (
            ("eduarda", 5),
            ("12345678909", 48),
            ("3128", 1),
            (data.code_for(6).lower(), 1),
            ("LU-9800001", 1),
        ):
            page.search.setText(text)
            _searched(stage, page)
            assert page.model.rowCount() >= least, text
        page.search.setText("não existe")
        _searched(stage, page)
        assert page.model.rowCount() == 0
        assert "não existe" in page.table.empty_text()
        del watch

    def test_an_order_that_waits_leads_to_its_missing_row(self, stage: Stage, page: OrdersPage) -> None:
        page.show_item("6650a1f20004c0ffee000004")
        stage.rest()
        page.table.opened.emit(page.model.rows[4])
        stage.rest()
        asked: list[tuple[str, str]] = []
        page.go.connect(_noting(asked))
        unmapped = next(row.sku for row in page.detail.items_model.rows if not row.erp_code)
        _click(f"map-{unmapped}", page.detail)
        assert asked == [("mapping", unmapped)]

    def test_a_cancelled_order_is_handled(self, stage: Stage, page: OrdersPage) -> None:
        hub_id = next(row.hub_id for row in page.model.rows if row.cancel_open)
        page.show_item(hub_id)
        stage.rest()
        _click("handled", page.detail)
        stage.rest()
        assert stage.shop.store.orders.counts()["cancel_open"] == 0
        assert ("wake", Flow.ORDERS) in stage.shop.engine.asked

    def test_proposals_are_confirmed_and_refused(self, stage: Stage, page: OrdersPage) -> None:
        page.tabs.choose("proposals")
        table = page.proposals.table
        first, second = (row.key for row in page.proposals.model.rows)
        table.selectRow(0)
        _click("confirm-invoices", page.proposals)
        stage.rest()
        found = stage.shop.store.invoices.get(first)
        assert found is not None
        assert (found.state, found.matched_by) == (InvoiceState.MATCHED, "person")
        table.selectRow(0)
        _click("refuse-invoices", page.proposals)
        stage.rest()
        found = stage.shop.store.invoices.get(second)
        assert found is not None
        assert found.state is InvoiceState.UNMATCHED

    def test_one_order_by_its_number(self, stage: Stage, page: OrdersPage) -> None:
        QTest.keyClicks(page.number, "100999")
        QTest.keyClick(page.number, Qt.Key.Key_Return)
        stage.rest()
        assert stage.shop.wanted == ["100999"]


class TestFirstRun:
    @pytest.fixture
    def fill(self) -> object:
        def fill(path: Path) -> None:
            fill_all(path)
            with sqlite3.connect(path) as connection:
                connection.execute(
                    "UPDATE orders SET stage = 'first_run', cancel_open = 0, error_code = NULL WHERE stage IN ('seen')"
                )
            connection.close()

        return fill

    def test_the_first_run_is_decided_for_some_and_for_all(self, stage: Stage) -> None:
        page = cast("OrdersPage", stage.page("orders"))
        assert page.first.isVisible()
        waiting = [row.hub_id for row in page.model.rows if row.stage == "first_run"]
        page.deciding.decide(waiting[:2], "in_erp")
        stage.rest()
        _click("all-import", page)
        stage.rest()
        assert stage.shop.decided[0] == (waiting[:2], "in_erp")
        assert stage.shop.decided[1] == (waiting, "import")


class TestProblems:
    @pytest.fixture
    def page(self, stage: Stage) -> ProblemsPage:
        return cast("ProblemsPage", stage.page("problems"))

    def test_each_problem_says_what_to_do_and_shows_the_raw_answer(self, stage: Stage, page: ProblemsPage) -> None:
        del stage
        place = next(n for n, row in enumerate(page.model.rows) if row.code == "P-130")
        page.table.go_to(place)
        assert "TEN-PR-42" in page.text.text()
        assert "(P-130)" in page.text.text()
        assert json.loads(page.raw.toPlainText())["details"] == "invalid quantity"

    def test_orders_and_invoices_are_named_as_people_know_them(self, stage: Stage, page: ProblemsPage) -> None:
        watch = watched(page.model)
        shown = {row.flow: page.model.columns[2].show(row) for row in page.model.rows}
        assert shown == {"stock": "TEN-PR-42", "invoices": "3127", "orders": "100207"}
        page.search.setText("100207")
        stage.wait_for(lambda: not page.model.busy)
        assert page.model.rowCount() == 1
        del watch

    def test_a_code_that_was_kept_and_could_not_go_up_leads_to_its_order(
        self, stage: Stage, page: ProblemsPage
    ) -> None:
        said = {"order": "100207", "hub_id": "o7", "code": "BR1", "other": "BR2"}
        stage.shop.store.problems.report(KEPT, "100207 BR1", ItemError("T-630", **said), stage.shop.clock.now())
        page.reload()
        stage.rest()
        place = next(n for n, row in enumerate(page.model.rows) if row.flow == NOTICE)
        assert "Rastreio" in [column.show(page.model.rows[place]) for column in page.model.columns]
        page.table.go_to(place)
        assert "BR1" in page.text.text()
        assert "BR2" in page.text.text()
        asked: list[tuple[str, str]] = []
        page.go.connect(_noting(asked))
        page._go_to_current()
        assert asked == [("tracking", "o7")]

    def test_the_raw_answer_is_shown_on_demand_without_people(self, stage: Stage, page: ProblemsPage) -> None:
        raw = {"payer": {"name": "Ana Souza", "document": "52998224725"}, "token": "abc123", "details": "no"}
        with sqlite3.connect(stage.shop.store.path) as connection:
            connection.execute("UPDATE problem SET raw = ? WHERE code = 'P-130'", (json.dumps(raw),))
        connection.close()
        page.reload()
        stage.rest()
        assert not page.raw.isVisible()
        page.table.go_to(next(n for n, row in enumerate(page.model.rows) if row.code == "P-130"))
        page.show_raw.click()  # not by mouse: the pane has only just been laid out
        assert page.raw.isVisibleTo(page)
        text = page.raw.toPlainText()
        assert "Ana" not in text
        assert "52998224725" not in text
        assert "abc123" not in text
        assert json.loads(text)["details"] == "no"

    def test_only_what_is_chosen_is_tried_again(self, stage: Stage, page: ProblemsPage) -> None:
        page.table.go_to(next(n for n, row in enumerate(page.model.rows) if row.flow == "orders"))
        _click("retry", page)
        stage.rest()
        assert [what for kind, what in stage.shop.engine.asked if kind == "sync"] == [[Flow.ORDERS]]

    def test_try_again_asks_the_flow(self, stage: Stage, page: ProblemsPage) -> None:
        _click("retry-all", page)
        stage.rest()
        asked = [what for kind, what in stage.shop.engine.asked if kind == "sync"]
        assert [Flow.STOCK] in asked
        assert [Flow.ORDERS] in asked

    def test_a_held_plan_is_released_in_part_then_discarded(self, stage: Stage, page: ProblemsPage) -> None:
        page.tabs.choose("held")
        stage.rest()
        assert page.held.model.rowCount() == 3
        page.held.table.selectRow(0)
        assert "1" in page.held.release.text()
        _click("release", page.held)
        stage.rest()
        assert stage.shop.store.values.outbox_counts().held == 2
        page.held.table.clearSelection()
        _click("discard", page.held)
        stage.rest()
        assert stage.shop.store.values.outbox_counts().held == 0
        assert stage.shop.store.held.list() == []
        assert ("wake", Flow.PRICE) in stage.shop.engine.asked


class TestSettings:
    @pytest.fixture
    def page(self, stage: Stage) -> SettingsPage:
        return cast("SettingsPage", stage.page("settings"))

    def test_wrong_credentials_first_then_right_ones(self, stage: Stage, page: SettingsPage) -> None:
        for name, text in (("client_id", "c1"), ("client_secret", "c2"), ("username", "u1"), ("password", "errado")):
            QTest.keyClicks(page.hub.boxes[name], text)
        QTest.keyClick(page.hub.boxes["password"], Qt.Key.Key_Return)
        stage.rest()
        assert "P-101" in page.hub.said.text()
        assert stage.shop.secrets.values == {}
        page.hub.boxes["password"].clear()
        QTest.keyClicks(page.hub.boxes["password"], "certo")
        _click("test-hub", page.hub)
        stage.rest()
        kept = {name: text for name, text in stage.shop.secrets.values.items() if name != "hub.address"}
        assert kept == {"hub.client_id": "c1", "hub.client_secret": "c2", "hub.username": "u1", "hub.password": "certo"}
        assert all(box.text() == "" for box in page.hub.boxes.values())
        assert "guardado" in page.hub.boxes["password"].placeholderText()

    def test_the_erp_is_tested_with_a_look_at_its_first_rows(self, stage: Stage, page: SettingsPage) -> None:
        page.erp.folder.folder.setText("D:\\nada")
        _click("test-erp", page.erp)
        stage.rest()
        assert page.erp.said.text().startswith("▲")
        page.erp.folder.folder.setText("D:\\loja")
        _click("save-erp", page.erp)
        stage.rest()
        assert page.erp.model.rowCount() == 2
        assert stage.shop.desk.settings().erp.folder == "D:\\loja"

    def test_every_setting_survives_being_shown_and_saved(self, stage: Stage, page: SettingsPage) -> None:
        before = stage.shop.desk.settings()
        page.fields["guards.zero_percent"].box.setValue(25)  # type: ignore[attr-defined]
        QTest.keyClicks(page.fields["price_rules.floor"].box, "1,50")
        _click("save", page)
        stage.rest()
        after = stage.shop.desk.settings()
        assert after.guards.zero_percent == 25
        assert str(after.price_rules.floor) == "1.50"
        assert (after.stock, after.shop, after.hub, after.pilot_skus) == (
            before.stock,
            before.shop,
            before.hub,
            before.pilot_skus,
        )
        assert not page.save.isEnabled()

    def test_a_wrong_number_is_told_beside_itself_and_not_saved(self, stage: Stage, page: SettingsPage) -> None:
        del stage
        field = page.fields["price_rules.markup_percent"]
        field.box.setText("dez")  # type: ignore[attr-defined]
        assert "dez" in field.reason
        assert not page.save.isEnabled()
        field.box.setText("10")  # type: ignore[attr-defined]
        assert field.reason == ""
        assert page.save.isEnabled()

    def test_search_shows_only_what_is_meant(self, stage: Stage, page: SettingsPage) -> None:
        del stage
        page.search.setText("arredondar")
        shown = [path for path, field in page.fields.items() if field.isVisible()]
        assert shown == ["price_rules.rounding"]
        page.search.clear()
        assert all(field.isVisible() for field in page.fields.values())


class TestPanel:
    def test_buttons_ask_the_engine(self, stage: Stage) -> None:
        page = cast("PanelPage", stage.page("panel"))
        _click("sync", page)
        page._pause(60)
        assert not page.sync.isHidden()
        assert page.resume.isVisible()
        _click("resume", page)
        assert [asked[0] for asked in stage.shop.engine.asked] == ["sync", "pause", "resume"]

    def test_what_waits_leads_to_its_place(self, stage: Stage) -> None:
        stage.shop.engine.shown = data.busy_status()
        page = cast("PanelPage", stage.page("panel"))
        asked: list[tuple[str, str]] = []
        page.go.connect(_noting(asked))
        _click("task-problems:held", page)
        _click("task-tracking:", page)
        assert asked == [("problems", "held"), ("tracking", "")]

    def test_a_flows_row_says_what_is_wrong(self, stage: Stage) -> None:
        stage.shop.engine.shown = data.busy_status()
        page = cast("PanelPage", stage.page("panel"))
        assert "P-110" in page.rows[Flow.PRICE].trouble.text()
        assert "1.480 de 4.812" in page.rows[Flow.STOCK].next.text()
        assert sum(page.rows[Flow.ORDERS].spark.values) > 0
