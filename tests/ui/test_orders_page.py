"""Orders: the whole ledger is searched, its history is told, and long lists come page by page."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import cast

import pytest

from otimo_tray.store.readmodels.orders import OrdersReader
from otimo_tray.ui.orders import page as orders_page
from otimo_tray.ui.orders.page import OrdersPage
from tests.ui.conftest import Stage, watched
from tests.ui.desks import fill_all

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


@pytest.fixture
def page(stage: Stage) -> OrdersPage:
    return cast("OrdersPage", stage.page("orders"))


def _search(stage: Stage, page: OrdersPage, text: str) -> list[str]:
    page.search.setText(text)
    stage.wait_for(lambda: not page._typing.isActive())
    stage.rest()
    return [row.original_id for row in page.model.shown_rows()]


def test_every_tab_holds_what_its_count_says(stage: Stage, page: OrdersPage) -> None:
    watch = watched(page.model)
    for tab in ("first_run", "waiting", "cancelled", "open", "all"):
        page.tabs.choose(tab)
        stage.rest()
        assert page.model.rowCount() == page.tabs.counts[tab], tab
    assert page.tabs.counts["cancelled"] == 1
    assert page.tabs.counts["proposals"] == 2
    del watch


def test_a_part_of_a_number_and_signs_of_the_pattern_are_found_as_they_stand(stage: Stage, page: OrdersPage) -> None:
    assert "LU-9800001" in _search(stage, page, "9800001")
    assert _search(stage, page, "%") == []
    assert _search(stage, page, "_") == []
    assert len(_search(stage, page, "")) == page.tabs.counts["all"]


def test_a_code_made_by_the_channel_finds_its_order(stage: Stage, page: OrdersPage) -> None:
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE orders SET hub_code = 'ME44123' WHERE original_id = '100206'")
    connection.close()
    assert _search(stage, page, "me44123") == ["100206"]


def test_long_lists_come_page_by_page_and_the_search_goes_over_all(
    stage: Stage, page: OrdersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_page, "PAGE_ROWS", 10)
    page.tabs.choose("all")
    stage.rest()
    assert page.model.rowCount() == 10
    assert page.foot.isVisibleTo(page)
    assert str(page.tabs.counts["all"]) in page.shown.text()
    page.more.click()
    stage.rest()
    assert page.model.rowCount() == 20
    oldest = stage.shop.reader.orders.rows("all", 1_000)[-1]
    assert oldest.original_id in _search(stage, page, oldest.original_id)


def test_the_newest_come_first(stage: Stage, page: OrdersPage) -> None:
    del stage
    moments = [row.approved or row.seen_at for row in page.model.rows]
    assert moments == sorted(moments, reverse=True)


def test_the_history_tells_what_went_to_the_hub_and_what_came_back(stage: Stage, page: OrdersPage) -> None:
    done = next(row for row in page.model.rows if row.stage == "tracked")
    page.show_item(done.hub_id)
    stage.rest()
    codes = [row.code for row in page.detail.events_model.rows]
    for code in ("O-560", "O-561", "O-562", "O-563", "O-564", "O-565", "O-566"):
        assert code in codes
    moments = [row.at for row in page.detail.events_model.rows]
    assert moments == sorted(moments)
    told = " ".join(page.detail.events_model.columns[2].show(row) for row in page.detail.events_model.rows)
    assert done.invoice_key in told
    assert done.tracking_code in told
    assert [row.code for row in page.detail.codes_model.rows] == [done.tracking_code]


def test_raw_answers_of_invoice_and_code_stand_with_the_order(stage: Stage, page: OrdersPage) -> None:
    done = next(row for row in page.model.rows if row.tracking_state == "problem")
    with sqlite3.connect(stage.shop.store.path) as connection:
        connection.execute("UPDATE tracking SET error_raw = ? WHERE hub_id = ?", ('{"why":"no"}', done.hub_id))
    connection.close()
    page.show_item(done.hub_id)
    stage.rest()
    assert json.loads(page.detail.raw.toPlainText().split("\n\n")[0]) == {"why": "no"}


class TestManyFirstRunOrders:
    @pytest.fixture
    def fill(self) -> object:
        def fill(path: Path) -> None:
            fill_all(path)
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE orders SET stage = 'first_run', cancel_open = 0, error_code = NULL")
            connection.close()

        return fill

    def test_all_means_also_those_not_shown(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(orders_page, "PAGE_ROWS", 5)
        page = cast("OrdersPage", stage.page("orders"))
        assert page.model.rowCount() == 5
        page.deciding.decide(None, "ignore")
        stage.rest()
        assert len(stage.shop.decided[0][0]) == page.tabs.counts["all"] > 5


def test_no_long_row_is_read_to_find_an_order(stage: Stage) -> None:
    """The plan of each question names an index for every look at the orders."""
    from otimo_tray.store.readmodels import orders as module

    reader: OrdersReader = stage.shop.reader.orders
    values = dict.fromkeys(("text", "document", "code", "number", "part", "name"), "x") | {"n": 10}
    queries = [module._ROWS + listed + module._NEWEST for listed in module._LISTED.values()]
    for query in (*queries, module._ROWS + module._FOUND + module._NEWEST, module._COUNTS):
        used = {name: value for name, value in values.items() if f":{name}" in query}
        plan = [row[3] for row in reader._connection.rows(f"EXPLAIN QUERY PLAN {query}", used)]
        wrong = [
            step for step in plan if step.startswith("SCAN") and step.split()[1] in {"orders", "o", "p", "invoice"}
        ]
        assert [step for step in wrong if "INDEX" not in step] == [], query


def test_an_ended_order_is_erased_after_a_question_and_one_in_progress_is_not(stage: Stage, page: OrdersPage) -> None:
    store = stage.shop.store
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE orders SET stage = 'tracked', cancel_open = 0 WHERE original_id = '100206'")
    connection.close()
    page.reload()
    stage.rest()
    rows = {row.original_id: row for row in page.model.rows}
    other = next(row for row in page.model.rows if row.stage == "seen")
    for found, code in ((other, "O-556"), (rows["100206"], "")):
        page.deciding.ask_to_erase(found)
        assert store.orders.get(found.hub_id) is not None  # only asked so far
        page.messages._action.click()
        stage.rest()
        assert (store.orders.get(found.hub_id) is None) == (not code)
        assert stage.shop.desk.sentence(code, {"order": found.original_id}) in page.messages.text if code else True
    assert "100206" not in [row.original_id for row in page.model.shown_rows()]
