"""Reading and changing products and SKUs, the light table and its staleness."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from .conftest import Outsider, Wall

PRODUCT = """
id sku name type external ean ncm brand model description short_description price special_price quantity reserved
stock_code supplier_id user_id created created_by modified modified_by dimension real_dimension stock_table
categories photos attributes variations
""".split()  # noqa: SIM905 -- as the documented shape lists them


def stock(quantity: object, action: str = "update") -> dict[str, object]:
    return {"action": action, "quantity": quantity, "sku": "x"}


def sku(hub: Outsider, name: str) -> Any:
    return hub.get(f"/skus/{quote(name, safe='')}")["Product"]


def test_a_product_has_the_documented_fields(hub: Outsider) -> None:
    page = hub.get("/products?limit=1")
    assert (page["total"], page["showing"], page["limit"]) == (12, 1, 1)
    product = page["result"][0]["Product"]
    assert set(product) == set(PRODUCT)
    assert product["sku"] == "000001"
    assert sku(hub, "000001") == product
    assert hub.get(f"/products/{product['id']}")["Product"] == product


@pytest.mark.parametrize("way", ["next", "page"])
def test_the_list_walks_to_the_end(hub: Outsider, way: str) -> None:
    found: list[str] = []
    last = ""
    for number in range(1, 5):
        page = hub.get(f"/products?limit=5&{f'page={number}' if way == 'page' else f'next={last}'}")["result"]
        found += [entry["Product"]["sku"] for entry in page]
        if not page:
            break
        last = page[-1]["Product"]["id"]
    assert found == [f"{number:06d}" for number in range(1, 13)]


def test_variations_are_inside_their_product_and_have_skus_of_their_own(hub: Outsider) -> None:
    parent = sku(hub, "000010")
    assert [one["sku"] for one in parent["variations"]] == ["000010-P", "000010-M"]
    for one in parent["variations"]:
        own = sku(hub, one["sku"])
        assert (own["id"], own["quantity"], own["variations"]) == (one["id"], one["quantity"], [])
        assert hub.get(f"/products/{one['id']}")["Product"] == own
    hub.switch(variation_answer="parent")
    assert sku(hub, "000010-P") == parent


def test_filters_by_sku_and_time(hub: Outsider, wall: Wall) -> None:
    def found(query: str) -> list[str]:
        return [entry["Product"]["sku"] for entry in hub.get(f"/products?{query}")["result"]]

    assert found("sku=000003") == ["000003"]
    assert found("sku=000010-M") == ["000010"]
    assert found("sku=3") == []
    wall.moment += 86400
    hub.login()
    assert found("modified=2025-10-10to2025-10-10") == []
    hub.put("/skus/000010-P/stock", stock(777))
    hub.put("/skus/000004/stock", stock(777))
    assert found("modified=2025-10-10to2025-10-10") == ["000004", "000010"]
    assert hub.call("GET", "/products?created=soon").status_code == 400


def test_a_stock_is_set_and_the_answer_is_the_product(hub: Outsider) -> None:
    before = sku(hub, "000001")
    after = hub.put("/skus/000001/stock", stock(before["quantity"] + 5))["Product"]
    assert (after["id"], after["quantity"]) == (before["id"], before["quantity"] + 5)
    assert after["modified"] > before["modified"]
    assert sku(hub, "000001") == after


def test_a_variations_stock_is_its_own(hub: Outsider) -> None:
    parent = sku(hub, "000010")["quantity"]
    assert hub.put("/skus/000010-P/stock", stock(41))["Product"]["sku"] == "000010-P"
    product = sku(hub, "000010")
    assert (product["quantity"], product["variations"][0]["quantity"]) == (parent, 41)


def test_increase_and_decrease_are_not_safe_to_repeat(hub: Outsider) -> None:
    hub.put("/skus/000001/stock", stock(100))
    for _ in range(2):
        hub.put("/skus/000001/stock", stock(3, "increase"))
    assert hub.put("/skus/000001/stock", stock(1, "decrease"))["Product"]["quantity"] == 105


@pytest.mark.parametrize("path", ["/skus/000001", "/skus/000001/stock"])
def test_no_change_is_400_not_updated(hub: Outsider, path: str) -> None:
    body = {"price": 10, **stock(5)}
    hub.put(path, body)
    before = sku(hub, "000001")
    answer = hub.call("PUT", path, body)
    assert answer.status_code == 400
    assert answer.json() == {
        "error": True,
        "type": "not_updated",
        "message": "An error occurred, see details for more information.",
        "details": "Changes not found in the document",
    }
    assert sku(hub, "000001") == before


def test_prices_keep_three_decimals(hub: Outsider) -> None:
    after = hub.put("/skus/000001", {"price": 12.3456, "special_price": "9.9995"})["Product"]
    assert (after["price"], after["special_price"]) == (12.346, 10.0)
    assert hub.call("PUT", "/skus/000001", {"price": 12.3461}).json()["type"] == "not_updated"
    assert hub.put("/skus/000001", {"special_price": None})["Product"]["special_price"] is None


def test_a_put_of_an_unknown_sku_creates_a_product(hub: Outsider) -> None:
    made = hub.put("/skus/NOVO-1", {"price": 5.5, "name": "Criado sem querer"})["Product"]
    assert (made["sku"], made["price"], made["quantity"], made["name"]) == ("NOVO-1", 5.5, 0, "Criado sem querer")
    assert set(made) == set(PRODUCT)
    assert hub.get("/products")["total"] == 13
    hub.switch(upsert_create_status=201)
    assert hub.call("PUT", "/skus/NOVO-2", {}).status_code == 201


def test_a_stock_put_of_an_unknown_sku_is_404_or_creates_by_switch(hub: Outsider) -> None:
    assert hub.call("PUT", "/skus/NOVO/stock", stock(0)).json()["type"] == "not_found"
    assert hub.call("GET", "/skus/NOVO").status_code == 404
    hub.switch(stock_put_creates=True)
    assert hub.put("/skus/NOVO/stock", stock(0))["Product"]["quantity"] == 0
    assert sku(hub, "NOVO")["sku"] == "NOVO"


@pytest.mark.parametrize("name", ["KIT CAFÉ/2 UN", "a+b&c?d#e", "100%", "ção ñ", "../x", "stock", "-1"])
def test_skus_with_odd_letters_are_addressed_encoded(hub: Outsider, name: str) -> None:
    path = f"/skus/{quote(name, safe='')}"
    assert hub.put(path, {"quantity": 3})["Product"]["sku"] == name
    assert hub.put(f"{path}/stock", stock(4))["Product"]["quantity"] == 4
    assert sku(hub, name)["quantity"] == 4


def test_skus_are_compared_letter_for_letter(hub: Outsider) -> None:
    hub.put("/skus/abc", {"quantity": 1})
    assert hub.call("GET", "/skus/ABC").status_code == 404
    assert hub.call("GET", "/skus/1").status_code == 404


def test_posting_a_product_with_variations(hub: Outsider) -> None:
    body = {"sku": "P1", "name": "Camiseta", "price": 10, "variations": [{"sku": "P1-G", "quantity": 2, "ean": "1"}]}
    answer = hub.call("POST", "/products", body)
    assert answer.status_code == 201
    assert answer.json()["Product"]["variations"][0]["sku"] == "P1-G"
    assert sku(hub, "P1-G")["quantity"] == 2
    assert hub.call("POST", "/products", body).status_code == 400
    assert hub.call("POST", "/products", {"name": "sem SKU"}).status_code == 400
    changed = hub.put("/skus/P1", {"variations": [{"sku": "P1-G", "quantity": 9}, {"sku": "P1-GG"}]})["Product"]
    assert [(one["sku"], one["quantity"]) for one in changed["variations"]] == [("P1-G", 9), ("P1-GG", 0)]
    assert hub.call("PUT", "/skus/P1", {"variations": [{"sku": "000001"}]}).status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/skus/000001/stock", {"quantity": 1}), ("/skus/000001/stock", stock(1, "set")),
        ("/skus/000001/stock", {"action": "update"}), ("/skus/000001/stock", stock("doze")),
        ("/skus/000001/stock", stock(True)), ("/skus/000001/stock", stock(10**13)),
        ("/skus/000001/stock", stock([1])), ("/skus/000001", {"price": "19,90"}), ("/skus/000001", {"price": -1}),
        ("/skus/000001", {"price": {}}), ("/skus/000001", {"variations": 3}),
    ],
)  # fmt: skip
def test_values_of_the_wrong_kind_are_refused_and_change_nothing(hub: Outsider, path: str, body: object) -> None:
    before = sku(hub, "000001")
    answer = hub.call("PUT", path, body)
    assert (answer.status_code, answer.json()["type"]) == (400, "invalid_field")
    assert sku(hub, "000001") == before


@pytest.mark.parametrize(("reading", "seen"), [("keep", -2), ("zero", 0), ("refuse", None)])
def test_a_stock_below_zero_is_a_switch(hub: Outsider, reading: str, seen: int | None) -> None:
    hub.put("/skus/000001/stock", stock(7))
    hub.switch(negative_quantity=reading)
    for body in (stock(-2), stock(9, "decrease")):
        answer = hub.call("PUT", "/skus/000001/stock", body)
        if seen is None:
            assert answer.status_code == 400
        else:
            assert answer.json()["Product"]["quantity"] == seen
        hub.call("PUT", "/skus/000001/stock", stock(7))


@pytest.mark.parametrize(("reading", "seen"), [("keep", 12.5), ("floor", 12), ("refuse", None)])
def test_half_a_unit_is_a_switch(hub: Outsider, reading: str, seen: float | None) -> None:
    hub.switch(fractional_quantity=reading)
    answer = hub.call("PUT", "/skus/000001/stock", stock(12.5))
    assert answer.status_code == (400 if seen is None else 200)
    if seen is not None:
        assert answer.json()["Product"]["quantity"] == seen


def test_stock_tables_are_shown_when_given_or_by_switch(hub: Outsider) -> None:
    assert sku(hub, "000001")["stock_table"] == []
    hub.put("/skus/000002", {"stock_table": [{"code": "w1", "quantity": 3}], "price_table": [{"code": "r"}]})
    assert sku(hub, "000002")["stock_table"] == [{"code": "w1", "quantity": 3}]
    assert sku(hub, "000002")["price_table"] == [{"code": "r"}]
    hub.switch(own_stock_table=True)
    (own,) = sku(hub, "000001")["stock_table"]
    assert (own["type"], own["quantity"]) == ("own", sku(hub, "000001")["quantity"])


class TestLightTable:
    def light(self, hub: Outsider, name: str) -> Any:
        for product in hub.get("/products/tabledata")["Products"]:
            for row in (product, *product["variations"]):
                if row["sku"] == name:
                    return row
        return None

    def test_its_shape_and_paging(self, hub: Outsider) -> None:
        first = hub.get("/products/tabledata?limit=10")
        assert set(first) == {"Products"}
        assert set(first["Products"][0]) == {"id", "sku", "price", "special_price", "quantity", "variations"}
        assert [one["sku"] for one in first["Products"][9]["variations"]] == ["000010-P", "000010-M"]
        rest = hub.get(f"/products/tabledata?limit=10&next={first['Products'][-1]['id']}")["Products"]
        assert [one["sku"] for one in rest] == ["000011", "000012"]
        assert hub.get(f"/products/tabledata?next={rest[-1]['id']}")["Products"] == []

    @pytest.mark.parametrize("name", ["000001", "000010-M"])
    def test_it_answers_stale_values_after_a_put(self, hub: Outsider, wall: Wall, name: str) -> None:
        before = self.light(hub, name)
        hub.put(f"/skus/{name}/stock", stock(1001))
        wall.moment += 200
        hub.put(f"/skus/{name}", {"price": 7.77})
        assert self.light(hub, name) == before
        assert sku(hub, name)["quantity"] == 1001
        wall.moment += 99
        assert self.light(hub, name) == before
        wall.moment += 1
        after = self.light(hub, name)
        assert (after["quantity"], after["price"]) == (1001, 7.77)
        hub.put(f"/skus/{name}/stock", stock(1002))
        assert self.light(hub, name) == after

    def test_its_delay_is_a_switch(self, hub: Outsider) -> None:
        hub.switch(tabledata_delay=0)
        hub.put("/skus/000001/stock", stock(1001))
        assert self.light(hub, "000001")["quantity"] == 1001
        assert self.light(hub, "nowhere") is None
