"""Stock and price against a hub: only what differs goes, a lost answer hides nothing, one fault stays one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import FlowSettings, StockRules
from otimo_tray.domain.status import Flow
from otimo_tray.sync.decisions import discard_plan, edit_mappings, release_plan
from tests.sync.world import CODES, World, world

STOCK_PUT = {"method": "PUT", "path": "/skus/000001/stock"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    """A shop in step: everything mapped, sent and confirmed."""
    with world(tmp_path) as shop:
        reports = shop.run()
        assert all(report.ok for report in reports.values())
        shop.puts()
        yield shop


def test_the_first_run_brings_every_value_up_and_a_quiet_one_sends_nothing(shop: World) -> None:
    for code in CODES:
        entry = shop.hub_sku(code)
        assert (entry["quantity"], Decimal(str(entry["price"]))) == (20, Decimal(10))
    shop.run()
    assert shop.puts() == 0


def test_one_change_is_one_put(shop: World) -> None:
    shop.erp.shop.set_balance("000003", 7)
    shop.run()
    assert shop.hub_sku("000003")["quantity"] == 7
    assert shop.puts() == 1


def test_a_lost_answer_cannot_hide_a_value(shop: World) -> None:
    """Confirmed 0, PUT 5 took effect, its answer lost, the ERP back to 0: 0 must be sent again."""
    shop.erp.shop.set_balance("000001", 0)
    shop.run()
    shop.erp.shop.set_balance("000001", 5)
    shop.fault({"kind": "lost_answer", **STOCK_PUT})
    shop.run()
    assert shop.hub_sku("000001")["quantity"] == 5
    shop.fault()
    shop.erp.shop.set_balance("000001", 0)
    shop.clock.advance(3600)
    shop.run()
    assert shop.hub_sku("000001")["quantity"] == 0


def test_a_doubt_survives_a_restart(shop: World) -> None:
    shop.erp.shop.set_balance("000001", 5)
    shop.fault({"kind": "lost_answer", **STOCK_PUT})
    shop.run()
    shop.fault()
    shop.restart()
    shop.erp.shop.set_balance("000001", 20)
    shop.clock.advance(3600)
    shop.run()
    assert shop.hub_sku("000001")["quantity"] == 20


def test_one_failing_sku_holds_no_other_and_comes_back_later_and_later(shop: World) -> None:
    for code in CODES:
        shop.erp.shop.set_balance(code, 9)
    shop.fault({"kind": "500", **STOCK_PUT})
    report = shop.run(Flow.STOCK)[Flow.STOCK]
    assert report.counts["pushed"] == 8
    assert report.counts["failed"] == 1
    assert [shop.hub_sku(code)["quantity"] for code in CODES[1:]] == [9] * 8
    shop.puts()
    shop.run(Flow.STOCK)
    assert shop.puts() == 0, "not again before its time"
    shop.fault()
    shop.clock.advance(minutes=20)
    shop.run(Flow.STOCK)
    assert shop.hub_sku("000001")["quantity"] == 9


def test_a_hub_that_asks_for_patience_gets_it(shop: World) -> None:
    for code in CODES:
        shop.erp.shop.set_balance(code, 9)
    shop.fault({"kind": "429", "method": "PUT", "retry_after": 120})
    report = shop.run(Flow.STOCK)[Flow.STOCK]
    assert report.code == "P-120"
    shop.fault()
    shop.clock.advance(600)
    assert shop.run(Flow.STOCK)[Flow.STOCK].ok
    assert {shop.hub_sku(code)["quantity"] for code in CODES} == {9}


def test_an_approved_order_lowers_its_sku_in_the_same_run_until_the_erp_booked_it(shop: World) -> None:
    hub_id = shop.sell("000002", 3)
    shop.run()
    assert shop.hub_sku("000002")["quantity"] == 17
    shop.clock.advance(60)
    shop.erp.shop.invoice_order(hub_id)
    shop.clock.advance(60)
    shop.run()
    shop.clock.advance(60)
    shop.run()
    assert shop.hub_order(hub_id)["status"] == "invoiced"
    assert shop.hub_sku("000002")["quantity"] == 17, "booked by the ERP now: never subtracted twice"


def test_a_pending_order_commits_and_a_cancelled_one_releases(shop: World) -> None:
    hub_id = shop.sell("000002", 4, status="pending")
    shop.run()
    assert shop.hub_sku("000002")["quantity"] == 16
    assert shop.stage(hub_id) == "pending"
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert shop.hub_sku("000002")["quantity"] == 20
    assert shop.stage(hub_id) == "cancelled"


def test_a_hub_that_lowers_its_own_stock_is_brought_back_in_step(tmp_path: Path) -> None:
    """We subtract a pending order; its approval makes the hub subtract it again: the same number must go again."""
    with world(tmp_path) as shop:
        shop.call("POST", "switches", {"lowers_stock_on_approval": True})
        shop.run()
        hub_id = shop.sell("000001", 3, status="pending")
        shop.run()
        assert shop.hub_sku("000001")["quantity"] == 17
        shop.call("POST", "approve", {"id": hub_id})
        assert shop.hub_sku("000001")["quantity"] == 14
        shop.run()
        assert shop.hub_sku("000001")["quantity"] == 17
        shop.puts()
        shop.run()
        assert shop.puts() == 0


def test_an_order_bought_and_cancelled_between_two_polls_leaves_no_gap(tmp_path: Path) -> None:
    with world(tmp_path) as shop:
        shop.run()
        hub_id = shop.sell("000001", 3)
        shop.call("POST", "cancel", {"id": hub_id})
        shop.call("POST", "change-sku", {"sku": "000001", "quantity": 15})
        shop.run()
        assert shop.hub_sku("000001")["quantity"] == 20


def test_an_invoice_the_hub_refuses_does_not_subtract_twice(shop: World) -> None:
    hub_id = shop.sell("000002", 3)
    shop.run()
    shop.clock.advance(60)
    shop.erp.shop.invoice_order(hub_id)
    shop.fault({"kind": "500", "method": "PUT", "path": f"/orders/{hub_id}"})
    shop.clock.advance(minutes=5)
    shop.run()
    shop.clock.advance(minutes=5)
    shop.run()
    assert shop.hub_order(hub_id)["status"] == "approved"
    assert shop.hub_sku("000002")["quantity"] == 17


def test_a_kit_shares_its_component_with_the_single_sku(shop: World) -> None:
    edit_mappings(shop.store, [SkuMapping("000009", (Component("000001", 3),))], shop.clock.now())
    shop.run()
    assert shop.hub_sku("000009")["quantity"] == 6
    shop.sell("000001", 3)
    shop.run()
    assert shop.hub_sku("000001")["quantity"] == 17
    assert shop.hub_sku("000009")["quantity"] == 5


def test_one_rule_is_its_skus_put_and_a_default_rule_is_everybodys(shop: World) -> None:
    shop.store.catalogue.set_rules({"000004": SkuRule(safety_stock=2)}, shop.clock.now())
    shop.run()
    assert shop.hub_sku("000004")["quantity"] == 18
    assert shop.puts() == 1
    shop.change(stock_rules=StockRules(max_announced=5))
    shop.run()
    assert {shop.hub_sku(code)["quantity"] for code in CODES} == {5}


def test_a_promotion_begins_and_ends_by_time_alone(shop: World) -> None:
    shop.erp.shop.set_promotion("000005", Decimal("8.50"), "", "25/11/2026")
    shop.run()
    assert Decimal(str(shop.hub_sku("000005")["special_price"])) == Decimal("8.50")
    shop.puts()
    shop.clock.advance(days=3)
    shop.run(Flow.PRICE)
    entry = shop.hub_sku("000005")
    assert Decimal(str(entry["special_price"])) == Decimal(str(entry["price"])) == Decimal(10)
    assert shop.puts() == 1


def test_a_price_that_jumps_waits_for_a_person(shop: World) -> None:
    shop.erp.shop.set_price("000006", Decimal(1000))
    shop.erp.shop.set_price("000007", Decimal(11))
    shop.run()
    assert Decimal(str(shop.hub_sku("000006")["price"])) == Decimal(10)
    assert Decimal(str(shop.hub_sku("000007")["price"])) == Decimal(11), "a held SKU holds no other"
    (plan,) = shop.store.held.list()
    assert plan.guard == "G-211"
    release_plan(shop.store, plan.id, "Ana", shop.clock.now())
    shop.run()
    assert Decimal(str(shop.hub_sku("000006")["price"])) == Decimal(1000)
    shop.run()
    assert shop.store.held.list() == []


def test_a_discarded_value_stays_away_until_the_erp_says_something_else(shop: World) -> None:
    shop.erp.shop.set_price("000006", Decimal(1000))
    shop.run()
    discard_plan(shop.store, shop.store.held.list()[0].id, "Ana", shop.clock.now())
    shop.run()
    assert shop.store.held.list() == []
    shop.erp.shop.set_price("000006", Decimal(12))
    shop.run()
    assert Decimal(str(shop.hub_sku("000006")["price"])) == Decimal(12)


def test_the_first_sync_ever_waits_for_a_person(tmp_path: Path) -> None:
    with world(tmp_path, approve_first_sync=False) as shop:
        shop.run()
        assert shop.puts() == 0
        (plan,) = shop.store.held.list()
        assert plan.guard == "G-221"
        release_plan(shop.store, plan.id, "Ana", shop.clock.now())
        shop.run()
        assert {shop.hub_sku(code)["quantity"] for code in CODES} == {20}
        shop.erp.shop.set_balance("000001", 3)
        shop.run()
        assert shop.hub_sku("000001")["quantity"] == 3, "later changes go by themselves"


def test_a_switched_off_flow_sends_nothing_and_catches_up_when_it_is_on(shop: World) -> None:
    shop.change(price=FlowSettings(enabled=False))
    shop.erp.shop.set_price("000001", Decimal(12))
    shop.run(Flow.STOCK)
    assert shop.puts() == 0
    shop.change(price=FlowSettings())
    shop.run()
    assert Decimal(str(shop.hub_sku("000001")["price"])) == Decimal(12)


def test_a_pilot_pushes_its_skus_alone(tmp_path: Path) -> None:
    with world(tmp_path, pilot_skus=("000001", "000002")) as shop:
        shop.run()
        assert shop.puts() <= 4
        shop.change(pilot_skus=())
        shop.run()
        assert {shop.hub_sku(code)["quantity"] for code in CODES} == {20}


def test_a_dead_hub_is_said_and_everything_waits(shop: World) -> None:
    shop.erp.shop.set_balance("000001", 5)
    shop.fault({"kind": "drop"})
    report = shop.run(Flow.STOCK)[Flow.STOCK]
    assert report.code is not None
    assert report.code.startswith("P-11")
    assert shop.problems() == set(), "what heals by itself is no problem"
    shop.fault()
    shop.clock.advance(minutes=20)
    assert shop.run(Flow.STOCK)[Flow.STOCK].ok
    assert shop.hub_sku("000001")["quantity"] == 5


def test_an_edit_made_before_a_push_wins_over_it(shop: World) -> None:
    """A value planned for a mapping that was edited meanwhile isn't sent."""
    shop.erp.shop.set_balance("000001", 5)
    shop.fault({"kind": "503", **STOCK_PUT})
    shop.run(Flow.STOCK)
    shop.fault()
    edit_mappings(shop.store, [SkuMapping("000001", (Component("000002", 1),))], shop.clock.now())
    shop.clock.advance(hours=1)
    shop.run(Flow.STOCK)
    assert shop.hub_sku("000001")["quantity"] == 20


def test_settings_are_values(shop: World) -> None:
    assert replace(shop.settings) == shop.settings
