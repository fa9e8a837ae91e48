"""The control calls: looking in, moving the clock, and being the sales channels."""

from __future__ import annotations

import pytest

from .conftest import MakeHub, Outsider


def test_state_counts(hub: Outsider) -> None:
    hub.order(status="approved")
    state = hub.get("/_sim/state")
    assert (state["products"], state["skus"], state["orders"]) == (12, 14, 1)
    assert state["orders_by_status"] == {"approved": 1}
    assert state["clock"] == "2025-10-09T08:53:20.000Z"
    assert state["switches"]["max_limit"] == 100


def test_skus_and_orders_all_or_paged(hub: Outsider) -> None:
    made = [hub.order() for _ in range(3)]
    everything = hub.get("/_sim/skus")["skus"]
    assert len(everything) == 14
    assert set(everything[0]) == {
        "sku", "id", "quantity", "reserved", "price", "special_price", "advertised", "variation",
    }  # fmt: skip
    paged: list[object] = []
    page = hub.get("/_sim/skus?limit=5")
    while page["skus"]:
        paged += page["skus"]
        page = hub.get(f"/_sim/skus?limit=5&next={page['next']}")
    assert paged == everything
    assert hub.get("/_sim/orders")["orders"] == made
    first = hub.get("/_sim/orders?limit=2")
    assert hub.get(f"/_sim/orders?next={first['next']}")["orders"] == made[2:]
    assert hub.call("GET", "/_sim/orders?limit=x").status_code == 400


def test_requests_are_counted_by_call_and_outcome_without_secrets(hub: Outsider) -> None:
    hub.post("/_sim/requests/reset", {})
    token = hub.token().json()["access_token"]
    hub.get(f"/orders?access_token={token}&status=approved")
    hub.put("/skus/000001/stock", {"action": "update", "quantity": 901})
    hub.call("PUT", "/skus/000001/stock", {"action": "update", "quantity": 901})
    hub.call("GET", "/nowhere")
    answer = hub.call("GET", "/_sim/requests?last=3")
    report = answer.json()
    assert report["calls"] == {
        "GET /orders": 1, "GET ?": 1, "POST /oauth/token": 1, "PUT /skus/{sku}/stock": 2,
    }  # fmt: skip
    assert report["outcomes"]["PUT /skus/{sku}/stock"] == {"200": 1, "400": 1}
    assert (report["total"], len(report["last"])) == (5, 3)
    assert report["last"][0]["body"] == '{"action": "update", "quantity": 901}'
    whole = hub.call("GET", "/_sim/requests").text
    assert '"status":"approved"' in whole
    for secret in (token, *hub.credentials.values()):
        assert secret not in whole
    hub.post("/_sim/requests/reset", {})
    assert hub.get("/_sim/requests")["calls"] == {}


def test_the_clock_moves_and_stops(hub: Outsider) -> None:
    assert hub.post("/_sim/clock", {"advance": 3600})["clock"] == "2025-10-09T09:53:20.000Z"
    assert hub.call("GET", "/orders").status_code == 401
    assert hub.post("/_sim/clock", {"set": "2026-01-01T00:00:00Z", "freeze": True})["frozen"] is True
    hub.login()
    assert hub.order()["created"] == "2026-01-01T00:00:00.000Z"
    assert hub.post("/_sim/clock", {"freeze": False, "advance": 1})["clock"] == "2026-01-01T00:00:01.000Z"


@pytest.mark.parametrize("body", [{"advance": "x"}, {"set": "soon"}, {"advance": 1e300}, {"advance": 1e12}])
def test_a_clock_that_cant_be_set_is_left_alone(hub: Outsider, body: dict[str, object]) -> None:
    assert hub.call("POST", "/_sim/clock", body).status_code == 400
    assert hub.get("/_sim/state")["clock"] == "2025-10-09T08:53:20.000Z"


def test_switches_are_listed_and_set_all_or_none(hub: Outsider) -> None:
    named = {one["name"]: one for one in hub.get("/_sim/switches")["switches"]}
    assert named["left_out_shipments"]["choices"] == ["survive", "vanish"]
    assert named["left_out_shipments"]["meaning"].startswith("unknown:")
    assert hub.call("POST", "/_sim/switches", {"max_limit": 5, "nonsense": 1}).status_code == 400
    assert hub.get("/_sim/state")["switches"]["max_limit"] == 100


def test_a_customer_buys_and_changes_his_mind(hub: Outsider) -> None:
    hub.put("/skus/000002/stock", {"action": "update", "quantity": 5})
    sold = hub.post("/_sim/sell", {"sku": "000002", "quantity": 2, "channel": "Feira"})["Order"]
    assert (sold["status"], sold["channel"], sold["items"][0]["quantity"]) == ("approved", "Feira", 2)
    assert (sold["created"], len(sold["shipments"])) == ("2025-10-09T08:53:20.000Z", 1)
    assert hub.get(f"/orders/{sold['id']}")["Order"] == sold
    (canceled,) = hub.post("/_sim/cancel", {"id": sold["id"]})["orders"]
    assert canceled["status"] == "canceled"
    assert hub.call("POST", "/_sim/cancel", {"id": "nowhere"}).status_code == 404


def test_a_variation_is_sold_as_channels_do(hub: Outsider) -> None:
    item = hub.post("/_sim/sell", {"sku": "000010-P", "force": True})["Order"]["items"][0]
    assert (item["sku"], item["variation"]["sku"]) == ("000010", "000010-P")


def test_any_product_is_sold_when_none_is_named(hub: Outsider) -> None:
    stock = {one["sku"]: one["quantity"] for one in hub.get("/_sim/skus")["skus"]}
    sold = [hub.post("/_sim/sell", {})["Order"]["items"][0]["original_sku"] for _ in range(12)]
    assert len(set(sold)) > 1
    assert min(stock[sku] for sku in sold) > 0
    assert hub.call("POST", "/_sim/sell", {"quantity": 100_000}).status_code == 404


def test_no_more_is_sold_than_is_advertised(hub: Outsider) -> None:
    hub.put("/skus/000002/stock", {"action": "update", "quantity": 3})
    hub.switch(quantity_net_of_reserved=True)
    hub.post("/_sim/sell", {"sku": "000002", "quantity": 2})
    answer = hub.call("POST", "/_sim/sell", {"sku": "000002", "quantity": 2})
    assert (answer.status_code, answer.json()["details"]["advertised"]) == (409, 1)
    assert hub.post("/_sim/sell", {"sku": "000002", "quantity": 2, "force": True})["Order"]["id"]
    assert hub.call("POST", "/_sim/sell", {"sku": "nowhere"}).status_code == 404
    assert hub.call("POST", "/_sim/sell", {"quantity": 0}).status_code == 400


def test_pending_orders_are_approved_one_or_all(hub: Outsider) -> None:
    made = [hub.post("/_sim/sell", {"status": "pending", "force": True})["Order"] for _ in range(3)]
    assert {one["approved_date"] for one in made} == {None}
    (approved,) = hub.post("/_sim/approve", {"id": made[0]["id"]})["orders"]
    assert (approved["status"], approved["approved_date"][:10]) == ("approved", "2025-10-09")
    assert len(hub.post("/_sim/approve", {"all": True})["orders"]) == 2
    assert hub.get("/_sim/state")["orders_by_status"] == {"approved": 3}


def test_the_panel_changes_orders_and_products_without_a_token(hub: Outsider) -> None:
    own = hub.order(shipments=[{"status": None}])
    del hub.session.headers["Authorization"]
    body = {"id": own["id"], "shipments": [{"id": own["shipments"][0]["id"], "track_code": "AB123"}]}
    assert hub.post("/_sim/change-order", body)["Order"]["shipments"][0]["track_code"] == "AB123"
    hub.post("/_sim/change-sku", {"sku": "000001", "quantity": 901})
    assert hub.get("/_sim/skus?limit=1")["skus"][0]["quantity"] == 901
    assert hub.call("POST", "/_sim/change-sku", {"sku": "nowhere"}).status_code == 404


def test_an_unknown_control_call_names_the_known_ones(hub: Outsider) -> None:
    answer = hub.call("GET", "/_sim/nonsense")
    assert answer.status_code == 404
    assert "POST /_sim/faults" in answer.json()["details"]["calls"]


def test_connections_are_counted(make_hub: MakeHub) -> None:
    hub = make_hub()
    hub.get("/_sim/state")
    hub.session.close()
    connections = hub.get("/_sim/requests")["connections"]
    assert connections["opened"] == 2
    assert connections["peak"] in (1, 2)
    assert connections["calls_at_once_peak"] == 0
