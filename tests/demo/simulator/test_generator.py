"""The made-up shop: the same for the same seed, believable, and odd where the hub is odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest

from otimo_tray.demo.simulator import generate_catalogue
from otimo_tray.demo.simulator.checkdigits import cnpj, cpf, ean13, nfe_key

from .conftest import MakeHub, Outsider


@pytest.mark.parametrize(
    ("made", "known"),
    [
        (ean13("400638133393"), "4006381333931"),
        (cpf("111444777"), "11144477735"),
        (cnpj("112223330001"), "11222333000181"),
        (cnpj("12ABC34501DE"), "12ABC34501DE35"),
        (nfe_key("3520015959431500015755001000000001206277716"), "35200159594315000157550010000000012062777161"),
        (nfe_key("3526081" + "2ABC34501DE3555001000000123112345678"), "35260812ABC34501DE35550010000001231123456780"),
    ],
)
def test_check_digits_of_known_numbers(made: str, known: str) -> None:
    assert made == known


class TestCatalogue:
    def test_the_relation_of_number_and_sku(self) -> None:
        items = list(generate_catalogue(20, seed=3))
        assert [item.sku for item in items[:12]] == [
            *(f"{number:06d}" for number in range(1, 11)), "000010-P", "000010-M",
        ]  # fmt: skip
        assert {item.parent_sku for item in items} == {None, "000010", "000020"}
        assert [item.number for item in items if item.parent_sku] == [10, 10, 20, 20]

    def test_it_depends_on_the_seed_alone(self) -> None:
        few, many = list(generate_catalogue(50, 1)), list(islice(generate_catalogue(10**9, 1), 60))
        assert few == many
        assert few != list(generate_catalogue(50, 2))

    def test_its_values_are_believable(self) -> None:
        items = list(generate_catalogue(500))
        assert len({item.sku for item in items}) == len({item.ean for item in items}) == len(items)
        for item in items:
            assert ean13(item.ean[:12]) == item.ean
            assert Decimal(0) < item.special_price <= item.price
            assert item.price == item.price.quantize(Decimal("0.01"))
            assert item.quantity >= 0
        assert any(item.special_price < item.price for item in items)
        assert any(item.quantity == 0 for item in items)
        assert any(not item.name.isascii() for item in items)


def test_the_hub_has_the_catalogue(make_hub: MakeHub) -> None:
    hub = make_hub(products=20, seed=9)
    found = {one["sku"]: one for one in hub.get("/_sim/skus")["skus"]}
    for item in generate_catalogue(20, 9):
        row = found.pop(item.sku)
        assert (Decimal(str(row["price"])), row["quantity"]) == (item.price, item.quantity)
        assert row["variation"] is (item.parent_sku is not None)
    assert found == {}


@pytest.fixture
def orders(make_hub: MakeHub) -> list[dict[str, Any]]:
    return make_hub(products=40, orders=160).get("/_sim/orders")["orders"]


def test_orders_depend_on_the_seed_alone(make_hub: MakeHub, orders: list[dict[str, Any]]) -> None:
    def without_client(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**one, "created_by": None, "modified_by": None} for one in made]

    again = make_hub(products=40, orders=160).get("/_sim/orders")["orders"]
    assert without_client(again) == without_client(orders)
    assert make_hub(products=40, orders=160, seed=2).get("/_sim/orders")["orders"] != orders


def test_most_are_approved_and_of_skus_that_exist(orders: list[dict[str, Any]]) -> None:
    statuses = Counter(one["status"] for one in orders)
    assert statuses["approved"] > len(orders) * 0.7
    known = {item.sku for item in generate_catalogue(40)}
    sold = [(item["variation"]["sku"] or item["sku"]) for one in orders for item in one["items"]]
    assert sum(sku in known for sku in sold) > len(sold) * 0.95
    assert [one["created"] for one in orders] == sorted(one["created"] for one in orders)
    assert len({one["id"] for one in orders}) == len({one["original_id"] for one in orders}) == 160


ODD: dict[str, Callable[[dict[str, Any]], object]] = {
    "money as text": lambda one: isinstance(one["total"], str),
    "external number": lambda one: isinstance(one["external"], int),
    "external text": lambda one: isinstance(one["external"], str),
    "external map": lambda one: isinstance(one["external"], dict),
    "state in full": lambda one: one["receiver_state"] == "São Paulo",
    "state short": lambda one: one["receiver_state"] == "SP",
    "country in full": lambda one: one["payer_country"] == "Brasil",
    "zip code with dash": lambda one: re.fullmatch(r"\d{5}-\d{3}", one["receiver_zipcode"]),
    "zip code without": lambda one: re.fullmatch(r"\d{8}", one["receiver_zipcode"]),
    "CPF in tax_id only": lambda one: one["payer_tax_id"] and not one["payer_cpf"],
    "CPF in document only": lambda one: one["payer_document"] and not one["payer_cpf"],
    "company": lambda one: one["payer_cnpj"] and one["payer_ie"] and one["payer_razao_social"],
    "masked": lambda one: one["payer_name"] == "***" and one["receiver_address"] == "***",
    "sku null": lambda one: one["items"][0]["sku"] is None and one["items"][0]["variation"]["sku"],
    "variation": lambda one: re.fullmatch(r"\d{6}-[PM]", one["items"][0]["variation"]["sku"] or ""),
    "two items": lambda one: len(one["items"]) == 2,
    "two shipments": lambda one: len(one["shipments"]) == 2,
    "no shipment": lambda one: one["shipments"] == [],
    "fulfillment": lambda one: one["delivery_type"] == "fulfillment",
    "unknown status": lambda one: one["status"] == "awaiting_collection_window",
    "unknown SKU": lambda one: one["items"][0]["sku"] == "KIT CAFÉ/2 UN",
    "paid over total": lambda one: float(one["total_paid"] or 0) > float(one["total"] or 0) > 0,
    "discount": lambda one: one["discount"],
    "null shipping": lambda one: one["shipping"] is None,
    "invoiced": lambda one: one["status"] == "invoiced" and len(one["shipments"][0]["nfe_key"]) == 44,
    "tracked": lambda one: one["status"] == "shipping_informed" and one["tags"]["has_track"] == 1,
    "channel makes the code": lambda one: one["shipments"] and one["shipments"][0]["label_type"] == "channel",
}


def test_every_oddity_occurs(orders: list[dict[str, Any]]) -> None:
    assert [name for name, holds in ODD.items() if not any(holds(one) for one in orders)] == []


def test_invoice_keys_are_valid(orders: list[dict[str, Any]]) -> None:
    keys = [part["nfe_key"] for one in orders for part in one["shipments"] if part["nfe_key"]]
    assert keys
    for key in keys:
        assert re.fullmatch(r"[0-9]{6}[0-9A-Z]{12}[0-9]{26}", key)
        assert nfe_key(key[:43]) == key


def test_made_orders_reserve_their_units(make_hub: MakeHub) -> None:
    hub: Outsider = make_hub(products=10, orders=30)
    held: Counter[str] = Counter()
    for one in hub.get("/_sim/orders")["orders"]:
        open_status = one["status"] in ("pending", "partial_payment", "under_review", "paid", "approved") or (
            one["status"] in ("waiting_invoice", "awaiting_collection_window")
        )
        if open_status and one["delivery_type"] != "fulfillment":
            for item in one["items"]:
                held[item["variation"]["sku"] or item["sku"]] += item["quantity"]
    for row in hub.get("/_sim/skus")["skus"]:
        assert row["reserved"] == held[row["sku"]]


def test_no_products_no_orders(make_hub: MakeHub) -> None:
    state = make_hub(products=0, orders=5).get("/_sim/state")
    assert (state["products"], state["orders"]) == (0, 0)
