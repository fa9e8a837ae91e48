"""The client against the simulator, with every reading of what is unknown turned both ways, and with lost answers."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from otimo_tray.demo.simulator.simulator import Simulator
from otimo_tray.domain.orders import Order, OrderUpdate, ShipmentUpdate
from otimo_tray.errors import HubAway, HubBusy, HubNotFound, HubRefusedLogin, HubUnchanged
from otimo_tray.pluggto.client import PluggtoHub
from otimo_tray.ports import Hub
from tests.support.memory_secrets import MemorySecrets
from tests.support_pluggto.doubles import FakeClock, hub_at
from tests.support_pluggto.server import PRODUCT, Reply, ScriptedHub, Seen, always

NAMES = ("client_id", "client_secret", "username", "password")


class Side:
    """The hub's own side: its state and switches over plain HTTP."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get(self, name: str) -> Any:
        with urllib.request.urlopen(f"{self._address}/_sim/{name}", timeout=10) as answer:
            return json.load(answer)

    def post(self, name: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"{self._address}/_sim/{name}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def fault(self, **rule: object) -> None:
        self.post("faults", {"rules": [rule]})

    def skus(self) -> dict[str, Any]:
        return {one["sku"]: one for one in self.get("skus")["skus"]}

    def order(self, hub_id: str) -> Any:
        return next(one for one in self.get("orders")["orders"] if one["id"] == hub_id)

    def puts(self) -> int:
        return sum(one["method"] == "PUT" for one in self.get("requests?last=1000")["last"])


@contextmanager
def a_hub(
    products: int = 12, orders: int = 20, switches: dict[str, object] | None = None
) -> Generator[tuple[PluggtoHub, Side]]:
    with Simulator(products=products, orders=orders, switches=switches) as simulator:
        given = {f"hub.{name}": getattr(simulator.credentials, name) for name in NAMES}
        hub = hub_at(simulator.address, MemorySecrets(given), FakeClock())
        try:
            yield hub, Side(simulator.address)
        finally:
            hub.close()


def test_it_is_a_hub() -> None:
    hub: Hub = hub_at("http://127.0.0.1:1")
    hub.close()


BOTH_WAYS: list[dict[str, object]] = [
    {},
    {"max_limit": 7},
    {"default_limit": 10},
    {"newest_first": True},
    {"cursor_past_end": "repeat"},
    {"wrap_write_answers": False},
    {"variation_answer": "parent"},
    {"unauthorized_form": "html", "old_access_survives": False},
    {"normalise_dates": False},
    {"unknown_shipment_id": "refuse", "left_out_shipments": "vanish"},
]


@pytest.mark.parametrize("switches", BOTH_WAYS, ids=str)
def test_the_whole_integration_whichever_way_the_unknown_turns_out(switches: dict[str, object]) -> None:
    with a_hub(switches=switches) as (hub, side):
        hub.check_login()
        catalogue = {one.sku: one for one in hub.products()}
        everything = side.skus()
        assert set(catalogue) <= set(everything)
        left_out = set(everything) - set(catalogue)
        assert all(any(sku.startswith(f"{one}-") for sku in catalogue) for one in left_out)  # parents only
        for sku, product in catalogue.items():
            assert product.product_id == everything[sku]["id"]
            wanted = (product.quantity or 0) + 5
            stocked = hub.put_stock(sku, wanted)
            assert (stocked.sku, stocked.quantity, stocked.product_id) == (sku, wanted, product.product_id)
            priced = hub.put_price(sku, Decimal("1019.90"), Decimal("999.99"))
            assert (priced.price, priced.special_price) == (Decimal("1019.90"), Decimal("999.99"))
            assert hub.product(sku) == priced
        now = side.skus()
        assert all(now[sku]["price"] == 1019.9 and now[sku]["special_price"] == 999.99 for sku in catalogue)
        assert set(now) == set(everything)  # nothing was created

        listed = list(hub.orders("approved"))
        assert {one.hub_id for one in listed} == {
            one["id"] for one in side.get("orders")["orders"] if one["status"] == "approved"
        }
        before = hub.order(listed[0].hub_id)
        after = hub.update_order(before.hub_id, _invoice(before))
        assert after.status == "invoiced"
        kept = side.order(before.hub_id)
        assert [one["id"] for one in kept["shipments"]] == [one.id for one in before.shipments]
        assert kept["shipments"][0]["nfe_key"] == "35200159594315000157550010000000012062777161"
        with pytest.raises(HubUnchanged):
            hub.update_order(before.hub_id, _invoice(before))


def _invoice(order: Order) -> OrderUpdate:
    first, *others = order.shipments
    noted = ShipmentUpdate(
        first.id,
        nfe_key="35200159594315000157550010000000012062777161",
        nfe_number="1",
        nfe_serie="1",
        nfe_date=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    )
    return OrderUpdate("invoiced", (noted, *(ShipmentUpdate(one.id) for one in others)))


@pytest.mark.parametrize("status", [400, 401, 403, 503])
@pytest.mark.parametrize("form", ["oauth", "hub", "empty", "html"])
def test_wrong_credentials(status: int, form: str) -> None:
    with a_hub(0, 0, {"bad_login_status": status, "login_error_form": form}) as (hub, _):
        session = hub.session
        session._tokens._secrets.set("hub.password", "wrong")
        if status == 503 and form in {"empty", "html"}:
            with pytest.raises(HubAway):  # nothing tells it from a hub that is down
                hub.check_login()
        else:
            with pytest.raises(HubRefusedLogin):
                hub.check_login()


@pytest.mark.parametrize("kind", ["lost_answer", "truncate"])
def test_after_a_lost_answer_the_repeat_says_unchanged_and_the_value_is_there(kind: str) -> None:
    with a_hub() as (hub, side):
        sku = next(hub.products()).sku
        side.fault(kind=kind, method="PUT", times=1)
        with pytest.raises(HubAway) as caught:
            hub.put_stock(sku, 4321)
        assert caught.value.after_send
        with pytest.raises(HubUnchanged):
            hub.put_stock(sku, 4321)
        assert hub.product(sku).quantity == 4321


def test_a_drop_before_the_effect_is_in_doubt_too() -> None:
    with a_hub() as (hub, side):
        sku = next(hub.products()).sku
        side.fault(kind="drop", method="PUT", times=1)
        with pytest.raises(HubAway) as caught:
            hub.put_stock(sku, 4321)
        assert caught.value.after_send  # nobody here can tell, so it counts as possible
        assert hub.put_stock(sku, 4321).quantity == 4321


def test_a_401_in_the_middle_repeats_the_same_item_and_nothing_else() -> None:
    with a_hub() as (hub, side):
        skus = [one.sku for one in hub.products()][:3]
        side.post("requests/reset", {})
        side.fault(kind="401", method="PUT", after=1, times=1)
        for sku in skus:
            assert hub.put_stock(sku, 77).quantity == 77
        assert hub.session.log_ins == 2
        assert all(side.skus()[sku]["quantity"] == 77 for sku in skus)


def test_busy_and_away() -> None:
    with a_hub() as (hub, side):
        sku = next(hub.products()).sku
        side.fault(kind="429", retry_after="12", method="PUT", times=1)
        with pytest.raises(HubBusy) as caught:
            hub.put_stock(sku, 1)
        assert caught.value.retry_after == 12.0
        side.fault(kind="503", times=1)
        with pytest.raises(HubAway):
            hub.product(sku)


def test_what_is_not_there() -> None:
    with a_hub() as (hub, _):
        for call in (lambda: hub.product("não há"), lambda: hub.put_stock("não há", 1), lambda: hub.order("0" * 24)):
            with pytest.raises(HubNotFound):
                call()


def test_one_order_is_found_by_any_of_its_numbers() -> None:
    with a_hub(orders=120) as (hub, _):
        wanted = next(hub.orders("approved"))
        for number in (wanted.hub_id, wanted.external, wanted.original_id, f"  {wanted.original_id} "):
            assert wanted.hub_id in [one.hub_id for one in hub.find_orders(number)]
        assert hub.find_orders("not a number of ours") == []
        assert hub.find_orders(" ") == []


def test_only_the_calls_of_the_interface_notes_are_made() -> None:
    """No product is ever created: the bodies hold stock or price alone, the methods are GET and PUT."""
    with ScriptedHub(always(PRODUCT)) as server:
        hub = hub_at(server.address)
        hub.put_stock("A", 5)
        hub.put_price("A", Decimal("19.9"), Decimal(18))
        hub.product("A")
        hub.close()
    assert [(one.method, one.path, one.body) for one in server.seen] == [
        ("PUT", "/skus/A/stock", b'{"action":"update","quantity":5,"sku":"A"}'),
        ("PUT", "/skus/A", b'{"price":19.90,"special_price":18.00}'),
        ("GET", "/skus/A", b""),
    ]


@pytest.mark.parametrize("silent", [None, {}, {"Product": {}}, [], {"Product": {"id": "1", "sku": "other"}}])
def test_an_answer_without_the_sku_is_read_back(silent: Any) -> None:
    def script(seen: Seen) -> Reply:
        return Reply(silent) if seen.method == "PUT" else Reply(PRODUCT)

    with ScriptedHub(script) as server:
        hub = hub_at(server.address)
        assert hub.put_stock("A", 2).quantity == 2
        hub.close()
    assert [one.method for one in server.seen] == ["PUT", "GET"]


@pytest.mark.parametrize("silent", [None, {}, {"Order": {"id": "other"}}])
def test_an_answer_without_the_order_is_read_back(silent: Any) -> None:
    def script(seen: Seen) -> Reply:
        return Reply(silent) if seen.method == "PUT" else Reply({"Order": {"id": "o1", "status": "invoiced"}})

    with ScriptedHub(script) as server:
        hub = hub_at(server.address)
        assert hub.update_order("o1", OrderUpdate("invoiced", ())).status == "invoiced"
        hub.close()
    assert [one.method for one in server.seen] == ["PUT", "GET"]
