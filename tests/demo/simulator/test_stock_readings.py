"""What orders do to stock, under each reading of what the hub's documentation leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Outsider


@pytest.fixture
def shop(hub: Outsider) -> Outsider:
    """The hub with 10 units of 000001."""
    hub.call("PUT", "/skus/000001/stock", {"action": "update", "quantity": 10})
    return hub


def numbers(hub: Outsider, sku: str = "000001") -> tuple[int, int]:
    product = hub.get(f"/skus/{sku}")["Product"]
    return product["quantity"], product["reserved"]


def buy(hub: Outsider, **fields: object) -> str:
    body: dict[str, Any] = {"items": [{"sku": "000001", "quantity": 3}], "status": "approved", **fields}
    return hub.order(**body)["id"]


def test_an_order_reserves_until_it_is_invoiced(shop: Outsider) -> None:
    own = buy(shop, status="pending")
    assert numbers(shop) == (10, 3)
    shop.put(f"/orders/{own}", {"status": "approved"})
    assert numbers(shop) == (10, 3)
    shop.put(f"/orders/{own}", {"status": "invoiced"})
    assert numbers(shop) == (10, 0)


@pytest.mark.parametrize("ended", ["canceled", "refunded"])
def test_an_ended_order_reserves_nothing(shop: Outsider, ended: str) -> None:
    shop.put(f"/orders/{buy(shop)}", {"status": ended})
    assert numbers(shop) == (10, 0)


def test_an_unknown_status_goes_on_reserving(shop: Outsider) -> None:
    shop.put(f"/orders/{buy(shop)}", {"status": "awaiting_collection_window"})
    assert numbers(shop) == (10, 3)


@pytest.mark.parametrize("fields", [{"auto_reserve": False}, {"delivery_type": "fulfillment"}])
def test_some_orders_reserve_nothing(shop: Outsider, fields: dict[str, object]) -> None:
    buy(shop, **fields)
    assert numbers(shop) == (10, 0)


@pytest.mark.parametrize(
    "item",
    [{"sku": "000010", "variation": {"sku": "000010-P"}}, {"sku": None, "variation": {"sku": "000010-P"}}],
)
def test_the_variation_is_what_is_sold(shop: Outsider, item: dict[str, object]) -> None:
    buy(shop, items=[{**item, "quantity": 2}])
    assert numbers(shop, "000010-P")[1] == 2
    assert numbers(shop, "000010")[1] == 0


def test_changed_items_change_the_reservation(shop: Outsider) -> None:
    own = buy(shop)
    shop.put(f"/orders/{own}", {"items": [{"sku": "000002", "quantity": 1}]})
    assert (numbers(shop)[1], numbers(shop, "000002")[1]) == (0, 1)


@pytest.mark.parametrize(("until", "reserved"), [("approved", 0), ("invoiced", 3), ("shipped", 3)])
def test_until_when_an_order_reserves_is_a_switch(shop: Outsider, until: str, reserved: int) -> None:
    shop.switch(reserved_until=until)
    buy(shop)
    assert numbers(shop) == (10, reserved)


def test_quantity_may_be_net_of_what_is_reserved(shop: Outsider) -> None:
    shop.switch(quantity_net_of_reserved=True)
    buy(shop)
    assert numbers(shop) == (7, 3)
    answer = shop.put("/skus/000001/stock", {"action": "update", "quantity": 20})["Product"]
    assert answer["quantity"] == 17
    assert shop.get("/products")["result"][0]["Product"]["quantity"] == 17
    light = {"action": "update", "quantity": 20}
    assert shop.call("PUT", "/skus/000001/stock", light).json()["type"] == "not_updated"


def test_the_hub_may_lower_the_stock_itself_on_approval(shop: Outsider) -> None:
    shop.switch(lowers_stock_on_approval=True)
    own = buy(shop, status="pending")
    assert numbers(shop) == (10, 3)
    shop.put(f"/orders/{own}", {"status": "approved"})
    assert numbers(shop) == (7, 0)
    shop.put(f"/orders/{own}", {"status": "invoiced"})
    assert numbers(shop) == (7, 0)
    shop.put(f"/orders/{own}", {"status": "canceled"})
    assert numbers(shop) == (10, 0)
