"""Orders, invoices and codes against a real hub: once, whole, in the shipment that was there, whatever gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.domain.tracking import CORREIOS, TrackingState
from otimo_tray.errors import ItemError
from otimo_tray.sync.decisions import (
    decide_first_orders,
    edit_mappings,
    handle_cancelled,
    remove_mappings,
    type_tracking,
)
from tests.sync.world import World, world

CODE = "AA123456785BR"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    """A shop in step, without orders."""
    with world(tmp_path) as shop:
        shop.run()
        yield shop


def erp_orders(shop: World) -> list[str]:
    with shop.erp.shop.database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT hub_id FROM sales_order ORDER BY hub_id")]


@pytest.mark.parametrize("lose", ["before", "after"])
def test_an_order_whose_answer_was_lost_is_in_the_erp_once(shop: World, lose: str) -> None:
    hub_id = shop.sell("000001", 2)
    shop.erp.lose = lose
    report = shop.run()[Flow.ORDERS]
    assert report.code == "E-210"
    assert shop.stage(hub_id) == OrderStage.IMPORTING
    shop.erp.lose = ""
    shop.restart()
    shop.run()
    assert shop.stage(hub_id) == OrderStage.IMPORTED
    assert erp_orders(shop) == [hub_id]


def test_an_order_with_an_unmapped_sku_waits_whole_until_the_mapping_is_there(shop: World) -> None:
    shop.change(shop=shop.settings.shop.__class__(match_equal_codes=False))
    remove_mappings(shop.store, ["000003"], shop.clock.now())
    hub_id = shop.sell("000003")
    shop.run()
    assert shop.stage(hub_id) == OrderStage.SEEN
    assert erp_orders(shop) == []
    assert "O-501" in shop.problems()
    edit_mappings(shop.store, [SkuMapping("000003", (Component("000003", 1),))], shop.clock.now())
    shop.run()
    assert erp_orders(shop) == [hub_id]
    assert shop.problems() == set()


def test_a_masked_buyer_is_waited_for(shop: World) -> None:
    hub_id = shop.sell("000001", payer_name="***", receiver_name="***")
    shop.run()
    assert erp_orders(shop) == []
    shop.call("POST", "change-order", {"id": hub_id, "payer_name": "Ana", "receiver_name": "Ana"})
    shop.clock.advance(hours=2)
    shop.run()
    assert erp_orders(shop) == [hub_id]


def test_the_channels_own_shipping_is_left_out(shop: World) -> None:
    hub_id = shop.sell("000001", delivery_type="fulfillment")
    shop.run()
    assert shop.stage(hub_id) == OrderStage.IGNORED
    assert erp_orders(shop) == []
    assert shop.hub_sku("000001")["quantity"] == 20


def test_an_order_cancelled_after_its_import_alarms_until_it_is_handled(shop: World) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert "O-521" in shop.problems()
    with pytest.raises(ItemError) as stopped:
        type_tracking(shop.store, hub_id, CODE, CORREIOS, shop.clock.now())
    assert stopped.value.code == "T-606"
    handle_cancelled(shop.store, hub_id, shop.clock.now())
    shop.run()
    assert shop.problems() == set()


@pytest.mark.parametrize(("choice", "imported"), [("import", True), ("in_erp", False), ("ignore", False)])
def test_the_first_run_asks_for_orders_that_were_there_before(tmp_path: Path, choice: str, imported: bool) -> None:
    with world(tmp_path, first_orders="ask") as shop:
        old = shop.sell("000001")
        shop.run()
        assert shop.stage(old) == OrderStage.FIRST_RUN
        new = shop.sell("000002")
        shop.run()
        assert shop.stage(new) == OrderStage.IMPORTED
        decide_first_orders(shop.store, None, choice, shop.clock.now())  # pyright: ignore[reportArgumentType]
        shop.run()
        assert (old in erp_orders(shop)) is imported


def test_an_invoice_and_a_code_typed_before_it_arrive_in_the_one_shipment(shop: World) -> None:
    hub_id = shop.sell("000001", 2)
    shop.run()
    before = [entry["id"] for entry in shop.hub_order(hub_id)["shipments"]]
    type_tracking(shop.store, hub_id, CODE, CORREIOS, shop.clock.now())
    shop.run()
    assert shop.hub_order(hub_id)["status"] == "approved", "no channel takes a code before the invoice"
    key = shop.erp.shop.invoice_order(hub_id)
    shop.run()
    order = shop.hub_order(hub_id)
    assert order["status"] == "shipping_informed"
    assert [entry["id"] for entry in order["shipments"]] == before
    assert order["shipments"][0]["nfe_key"] == key
    assert order["shipments"][0]["track_code"] == CODE
    assert shop.stage(hub_id) == OrderStage.TRACKED


@pytest.mark.parametrize("times", [1, 2])
def test_an_invoice_whose_answer_was_lost_is_confirmed_and_not_sent_twice(shop: World, times: int) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.erp.shop.invoice_order(hub_id)
    shop.fault({"kind": "lost_answer", "method": "PUT", "path": f"/orders/{hub_id}", "times": times})
    shop.run()
    shop.fault()
    shop.clock.advance(minutes=30)
    shop.run()
    order = shop.hub_order(hub_id)
    assert order["status"] == "invoiced"
    assert len(order["shipments"]) == 1
    assert shop.stage(hub_id) == OrderStage.INVOICED
    assert shop.problems() == set()


def test_a_code_whose_answer_was_lost_is_confirmed(shop: World) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.erp.shop.invoice_order(hub_id)
    shop.run()
    type_tracking(shop.store, hub_id, CODE, CORREIOS, shop.clock.now())
    shop.fault({"kind": "lost_answer", "method": "PUT", "path": f"/orders/{hub_id}", "times": 1})
    shop.run(Flow.TRACKING)
    shop.fault()
    shop.clock.advance(minutes=30)
    shop.run(Flow.TRACKING)
    (row,) = shop.store.trackings.of_order(hub_id)
    assert row.state is TrackingState.CONFIRMED
    assert shop.hub_order(hub_id)["shipments"][0]["track_code"] == CODE


def test_a_corrected_code_replaces_the_one_at_the_hub(shop: World) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.erp.shop.invoice_order(hub_id)
    shop.run()
    type_tracking(shop.store, hub_id, CODE, CORREIOS, shop.clock.now())
    shop.run()
    other = "AA473124829BR"
    type_tracking(shop.store, hub_id, other, CORREIOS, shop.clock.now(), accept_warnings=True)
    shop.run()
    assert [entry["track_code"] for entry in shop.hub_order(hub_id)["shipments"]] == [other]


def test_a_code_from_the_hubs_own_panel_closes_the_order(shop: World) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.erp.shop.invoice_order(hub_id)
    shop.run()
    order = shop.hub_order(hub_id)
    shipments = [{**order["shipments"][0], "track_code": "XYZ1"}]
    shop.call("POST", "change-order", {"id": hub_id, "shipments": shipments})
    shop.clock.advance(hours=2)
    shop.run()
    assert shop.stage(hub_id) == OrderStage.TRACKED


def test_warnings_stop_a_code_until_they_are_accepted(shop: World) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    wrong = "AA123456789BR"
    row, warnings = type_tracking(shop.store, hub_id, wrong, CORREIOS, shop.clock.now())
    assert (row, warnings) == (None, ["T-601"])
    row, _ = type_tracking(shop.store, hub_id, wrong, CORREIOS, shop.clock.now(), accept_warnings=True)
    assert row is not None


def test_an_order_approved_late_is_found_however_old_it_is(shop: World) -> None:
    hub_id = shop.sell("000001", status="pending")
    shop.run()
    shop.clock.advance(days=40)
    shop.call("POST", "approve", {"id": hub_id})
    shop.run()
    assert erp_orders(shop) == [hub_id]
