"""Creating, reading and changing orders, with the quirks of a PUT."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .conftest import NOON, MakeHub, Outsider, Wall

KEY = "35200159594315000157550010000000012062777161"
INVOICE = {
    "nfe_key": KEY,
    "nfe_number": "12",
    "nfe_serie": "1",
    "nfe_date": "2024-07-15T18:07:07.000Z",
    "nfe_link": "https://example.invalid/1.xml",
    "cfops": "6602",
}


@pytest.fixture
def order(hub: Outsider) -> dict[str, Any]:
    """An approved order with one shipment."""
    shipment = {"shipping_company": "Correios", "shipping_method": "PAC"}
    return hub.order(status="approved", channel="Teste", items=[{"sku": "000001", "quantity": 2}], shipments=[shipment])


def test_a_post_answers_201_with_ids_and_iso_times(hub: Outsider) -> None:
    body: dict[str, Any] = {"payments": [{"payment_installments": 3}], "shipments": [{}], "total": "18"}
    answer = hub.call("POST", "/orders", body)
    assert answer.status_code == 201
    made = answer.json()["Order"]
    for given in (made["id"], made["shipments"][0]["id"], made["payments"][0]["id"]):
        assert re.fullmatch("[0-9a-f]{24}", given)
    assert made["created"] == made["modified"] == "2025-10-09T08:53:20.000Z"
    assert made["timestamp"] == int(NOON)
    assert (made["status"], made["total"], made["payments"][0]["payment_installments"]) == ("pending", "18", 3)
    assert hub.get(f"/orders/{made['id']}")["Order"] == made


def test_an_unknown_order_is_404_not_found(hub: Outsider) -> None:
    for method in ("GET", "PUT"):
        answer = hub.call(method, "/orders/606b87e9e7cb7f1d4d5f8d33", {"ack": True} if method == "PUT" else None)
        assert answer.status_code == 404
        assert answer.json()["type"] == "not_found"
        assert set(answer.json()) == {"error", "type", "message", "details"}


def test_a_put_is_a_flat_partial_merge(hub: Outsider, order: dict[str, Any], wall: Wall) -> None:
    wall.moment += 5
    changed = hub.put(f"/orders/{order['id']}", {"external": "ERP-7", "ack": True})["Order"]
    assert (changed["external"], changed["ack"], changed["modified"]) == ("ERP-7", True, "2025-10-09T08:53:25.000Z")
    moved = {"external", "ack", "modified", "timestamp"}
    assert {name: changed[name] for name in changed.keys() - moved} == {
        name: order[name] for name in order.keys() - moved
    }


def test_modified_moves_even_within_one_millisecond(hub: Outsider, order: dict[str, Any]) -> None:
    times = [hub.put(f"/orders/{order['id']}", {"external": n})["Order"]["modified"] for n in (1, 2, 3)]
    assert len({order["modified"], *times}) == 4
    assert sorted(times) == times


@pytest.mark.parametrize("body", [{}, {"status": "approved"}, {"id": "x", "created": "2020-01-01"}, {"nonsense": 1}])
def test_a_put_that_changes_nothing_is_400_not_updated(
    hub: Outsider, order: dict[str, Any], body: dict[str, Any]
) -> None:
    answer = hub.call("PUT", f"/orders/{order['id']}", body)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": True,
        "type": "not_updated",
        "message": "An error occurred, see details for more information.",
        "details": "Changes not found in the order",
    }
    assert hub.get(f"/orders/{order['id']}")["Order"] == order


def test_an_invoice_goes_into_the_shipment_that_is_there(hub: Outsider, order: dict[str, Any]) -> None:
    shipment = order["shipments"][0]
    body = {"status": "invoiced", "shipments": [{"id": shipment["id"], **INVOICE}]}
    changed = hub.put(f"/orders/{order['id']}", body)["Order"]
    assert changed["shipments"] == [{**shipment, **INVOICE}]
    assert changed["status"] == "invoiced"
    assert [entry["status"] for entry in changed["status_history"]] == ["approved", "invoiced"]
    tags = changed["tags"]
    assert (tags["has_invoice_key"], tags["has_invoice_number"], tags["has_track"]) == (1, 1, None)
    assert hub.call("PUT", f"/orders/{order['id']}", body).json()["type"] == "not_updated"


def test_a_shipment_without_an_id_duplicates_the_delivery(hub: Outsider, order: dict[str, Any]) -> None:
    body = {"status": "invoiced", "shipments": [INVOICE]}
    changed = hub.put(f"/orders/{order['id']}", body)["Order"]
    assert len(changed["shipments"]) == 2
    assert changed["shipments"][0] == order["shipments"][0]
    assert changed["shipments"][1]["nfe_key"] == KEY
    assert len(hub.put(f"/orders/{order['id']}", body)["Order"]["shipments"]) == 3


def test_without_a_shipment_yet_one_is_made(hub: Outsider) -> None:
    made = hub.order(status="approved")
    changed = hub.put(f"/orders/{made['id']}", {"shipments": [INVOICE]})["Order"]
    assert len(changed["shipments"]) == 1
    assert re.fullmatch("[0-9a-f]{24}", changed["shipments"][0]["id"])


def test_tracking_then_delivery(hub: Outsider, order: dict[str, Any]) -> None:
    path, own = f"/orders/{order['id']}", order["shipments"][0]["id"]
    track = {
        "id": own, "track_code": "QC123456729BR", "track_url": "https://example.invalid",
        "date_shipped": "2024-07-17T18:14:00.000Z", "status": "shipped",
    }  # fmt: skip
    changed = hub.put(path, {"status": "shipping_informed", "shipments": [track]})["Order"]
    assert (changed["tags"]["has_track"], changed["tags"]["has_track_url"]) == (1, 1)
    assert changed["shipments"][0]["shipping_company"] == "Correios"
    done = {"id": own, "status": "delivered", "date_delivered": "2024-07-19 10:00:00"}
    changed = hub.put(path, {"status": "delivered", "shipments": [done]})["Order"]
    assert changed["shipments"][0]["date_delivered"] == "2024-07-19T10:00:00.000Z"
    assert changed["shipments"][0]["track_code"] == "QC123456729BR"


@pytest.mark.parametrize("reading", ["survive", "vanish"])
def test_what_becomes_of_left_out_shipments_is_a_switch(hub: Outsider, reading: str) -> None:
    hub.switch(left_out_shipments=reading)
    made = hub.order(shipments=[{"status": "a"}, {"status": "b"}])
    first, second = (one["id"] for one in made["shipments"])
    changed = hub.put(f"/orders/{made['id']}", {"shipments": [{"id": second, "nfe_serie": "2"}]})["Order"]
    left = [one["id"] for one in changed["shipments"]]
    assert left == ([first, second] if reading == "survive" else [second])


def test_a_strange_shipment_id_is_appended_or_refused(hub: Outsider, order: dict[str, Any]) -> None:
    body = {"shipments": [{"id": "606b87e9e7cb7f1d4d5f8d33", "status": "shipped"}]}
    hub.switch(unknown_shipment_id="refuse")
    assert hub.call("PUT", f"/orders/{order['id']}", body).status_code == 400
    hub.switch(unknown_shipment_id="append")
    assert len(hub.put(f"/orders/{order['id']}", body)["Order"]["shipments"]) == 2


def test_numbers_given_for_texts_stay_texts(hub: Outsider, order: dict[str, Any]) -> None:
    body = {"shipments": [{"id": order["shipments"][0]["id"], "nfe_number": 12, "nfe_serie": 1}]}
    shipment = hub.put(f"/orders/{order['id']}", body)["Order"]["shipments"][0]
    assert (shipment["nfe_number"], shipment["nfe_serie"]) == ("12", "1")


@pytest.mark.parametrize(
    ("switches", "seen"),
    [
        ({}, "2024-07-15T18:07:07.000Z"),
        ({"bare_dates": "brasilia"}, "2024-07-15T21:07:07.000Z"),
        ({"normalise_dates": False}, "2024-07-15 18:07:07"),
    ],
)
def test_how_dates_come_back_is_a_switch(
    hub: Outsider, order: dict[str, Any], switches: dict[str, object], seen: str
) -> None:
    hub.switch(**switches)
    body = {"shipments": [{"id": order["shipments"][0]["id"], "nfe_date": "2024-07-15 18:07:07"}]}
    assert hub.put(f"/orders/{order['id']}", body)["Order"]["shipments"][0]["nfe_date"] == seen


def test_log_history_is_appended_to(hub: Outsider, order: dict[str, Any], wall: Wall) -> None:
    wall.moment += 1
    path = f"/orders/{order['id']}"
    first = hub.put(path, {"log_history": {"message": "SKU sem De/Para"}})["Order"]["log_history"]
    assert first == [{"message": "SKU sem De/Para", "date": "2025-10-09T08:53:21.000Z"}]
    whole = [*first, {"message": "importado", "date": "2025-10-10T00:00:00.000Z"}]
    assert hub.put(path, {"log_history": whole})["Order"]["log_history"] == whole
    assert hub.call("PUT", path, {"log_history": whole}).json()["type"] == "not_updated"


def test_tags_are_merged(hub: Outsider, order: dict[str, Any]) -> None:
    tags = hub.put(f"/orders/{order['id']}", {"tags": {"has_label": 1}})["Order"]["tags"]
    assert (tags["has_label"], tags["has_track"], len(tags)) == (1, None, 10)


def test_an_approval_dates_itself(hub: Outsider, wall: Wall) -> None:
    made = hub.order()
    wall.moment += 60
    changed = hub.put(f"/orders/{made['id']}", {"status": "approved"})["Order"]
    assert (made["approved_date"], changed["approved_date"]) == (None, "2025-10-09T08:54:20.000Z")


@pytest.mark.parametrize(
    ("rules", "accepted"),
    [("any", {"approved", "invented", "delivered"}), ("known", {"approved", "delivered"}), ("forward", {"delivered"})],
)
def test_which_statuses_a_put_may_set_is_a_switch(hub: Outsider, rules: str, accepted: set[str]) -> None:
    hub.switch(status_rules=rules)
    taken: set[str] = set()
    for wanted in ("approved", "invented", "delivered"):
        made = hub.order(status="invoiced")
        if hub.call("PUT", f"/orders/{made['id']}", {"status": wanted}).status_code == 200:
            taken.add(wanted)
    assert taken == accepted


@pytest.mark.parametrize(
    "body",
    [
        {"shipments": {"id": 1}}, {"shipments": [1]}, {"shipments": "x"}, {"payments": 5}, {"items": [None]},
        {"status": 7}, {"status": ""}, {"tags": "x"}, {"log_history": 3},
    ],
)  # fmt: skip
def test_values_of_the_wrong_kind_are_refused_and_change_nothing(
    hub: Outsider, order: dict[str, Any], body: dict[str, Any]
) -> None:
    answer = hub.call("PUT", f"/orders/{order['id']}", body)
    assert (answer.status_code, answer.json()["type"]) == (400, "invalid_field")
    assert hub.get(f"/orders/{order['id']}")["Order"] == order


@pytest.mark.parametrize("wrapped", [True, False])
def test_whether_answers_to_writes_are_wrapped_is_a_switch(hub: Outsider, order: dict[str, Any], wrapped: bool) -> None:
    hub.switch(wrap_write_answers=wrapped)
    for answer in (
        hub.call("PUT", f"/orders/{order['id']}", {"ack": True}),
        hub.call("POST", "/orders", {}),
    ):
        assert ("Order" in answer.json()) is wrapped
    assert ("Product" in hub.put("/skus/000001", {"price": 1.11})) is wrapped
    assert "Order" in hub.get(f"/orders/{order['id']}")


def test_unknown_fields_are_ignored_or_kept(hub: Outsider) -> None:
    assert "my_field" not in hub.order(my_field=1)
    hub.switch(unknown_fields="keep")
    assert hub.order(my_field=1)["my_field"] == 1


def test_the_documented_extra_fields_of_a_post_are_kept(hub: Outsider) -> None:
    assert hub.order(stock_code="warehouse_1")["stock_code"] == "warehouse_1"


def test_a_second_order_with_the_same_number_is_a_switch(make_hub: MakeHub) -> None:
    hub = make_hub().login()
    body = {"channel": "A", "original_id": "1"}
    hub.order(**body)
    assert hub.call("POST", "/orders", body).status_code == 201
    hub.switch(duplicate_orders="refuse")
    assert hub.call("POST", "/orders", body).status_code == 400
    assert hub.call("POST", "/orders", {**body, "channel": "B"}).status_code == 201
