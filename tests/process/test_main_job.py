"""The main job, seen from outside: a shop is configured, synchronised once, and both sides are compared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from tests.process.invoices import nfe_for
from tests.process.world import Hub, Shop, start_hub, stop_hub

PRODUCTS = 60
ORDERS = 30
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A simulator in a process of its own."""
    hub = start_hub(tmp_path, "--products", str(PRODUCTS), "--orders", str(ORDERS), "--seed", "7")
    yield hub
    stop_hub(hub)


@pytest.fixture
def shop(hub: Hub, tmp_path: Path, private_keyring: object) -> Shop:
    """A configured shop whose ERP knows every SKU of the hub, with its own stock and prices."""
    del private_keyring
    folder = tmp_path / "Pasta de Integração"
    folder.mkdir()
    shop = Shop(hub, tmp_path / "perfil", folder)
    rng = random.Random(7)
    shop.write_stock(
        [
            (sku, str(rng.randrange(40, 90)), f"{rng.randrange(900, 90000) / 100:.2f}".replace(".", ","))
            for sku in sorted(hub.skus())
        ]
    )
    shop.setup()
    return shop


def folder_values(shop: Shop) -> dict[str, tuple[Decimal, Decimal]]:
    """Balance and price by code, read from the sheet without our reader."""
    text = (shop.folder / "estoque.csv").read_bytes().decode("cp1252")
    rows = [line.split(";") for line in text.splitlines()[1:]]
    return {row[0]: (Decimal(row[3]), Decimal(row[4].replace(",", "."))) for row in rows}


def committed(orders: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Units that the hub's orders hold: approved and not yet approved ones that the channel doesn't ship itself."""
    units: dict[str, int] = {}
    for order in orders.values():
        if order["status"] not in ("approved", "pending", "partial_payment", "under_review"):
            continue
        if order["delivery_type"] == "fulfillment":
            continue
        for item in cast("list[dict[str, Any]]", order["items"]):
            variation = cast("dict[str, Any]", item.get("variation") or {})
            sku = str(variation.get("sku") or item["sku"])
            units[sku] = units.get(sku, 0) + int(item["quantity"])
    return units


def assert_values_equal(shop: Shop) -> None:
    """Every SKU's stock and price at the hub are what the folder says."""
    held = committed(shop.hub.orders())
    wanted = folder_values(shop)
    for sku, entry in shop.hub.skus().items():
        balance, price = wanted[sku]
        assert entry["quantity"] == max(0, int(balance) - held.get(sku, 0)), sku
        assert Decimal(str(entry["price"])).quantize(Decimal("0.01")) == price, sku
        assert Decimal(str(entry["special_price"])).quantize(Decimal("0.01")) == price, sku


def test_everything_reaches_the_other_side_once(shop: Shop) -> None:
    hub = shop.hub
    before = hub.orders()
    shop.run("sync", "--once", expect=None)
    assert_values_equal(shop)

    importable = {
        order_id
        for order_id, order in before.items()
        if order["status"] == "approved" and order["delivery_type"] != "fulfillment"
    }
    imported = set(shop.erp_orders())
    waiting = {row["id"] for row in shop.run("orders", "list", "--waiting")["orders"]}
    assert imported | waiting == importable
    assert imported
    assert not imported & waiting

    shop.run("sync", "--once", expect=None)
    assert set(shop.erp_orders()) == imported, "a second run must not import anything again"

    hub.forget_requests()
    shop.run("sync", "--once", expect=None)
    puts = {call: number for call, number in hub.requests_made().items() if call.startswith("PUT")}
    assert puts == {}, "a quiet run sends nothing"


def test_invoices_and_codes_arrive_in_the_shipment_that_was_there(shop: Shop) -> None:
    hub = shop.hub
    shop.run("sync", "--once", expect=None)
    imported = shop.erp_orders()
    before = hub.orders()
    records: dict[str, dict[str, str]] = {}
    for number, (hub_id, rows) in enumerate(sorted(imported.items()), start=1):
        record, xml = nfe_for(rows, number)
        records[hub_id] = record
        (shop.folder / "notas").mkdir(exist_ok=True)
        (shop.folder / "notas" / f"{record['key']}.xml").write_text(xml, encoding="utf-8")
    shop.run("sync", "--once", expect=None)
    after = hub.orders()
    for hub_id, record in records.items():
        order = after[hub_id]
        assert order["status"] == "invoiced", hub_id
        if before[hub_id]["shipments"]:
            old = [shipment["id"] for shipment in before[hub_id]["shipments"]]
            assert [shipment["id"] for shipment in order["shipments"]] == old, "a delivery was made twice"
        with_key = [shipment for shipment in order["shipments"] if shipment["nfe_key"]]
        assert with_key
        for shipment in with_key:
            assert shipment["nfe_key"] == record["key"]
            assert int(shipment["nfe_number"]) == int(record["number"])
            assert int(shipment["nfe_serie"]) == int(record["serie"])
            assert shipment["nfe_date"].startswith(record["utc"])

    sheet = shop.folder.parent / "codigos.csv"
    lines: list[str] = ["pedido;código de rastreio;transportadora"]
    codes = {hub_id: f"JAD{number:09d}" for number, hub_id in enumerate(sorted(records))}
    lines += [f"{hub_id};{code};Jadlog" for hub_id, code in codes.items()]
    sheet.write_text("\n".join(lines) + "\n", encoding="cp1252")
    shop.run("tracking", "import", str(sheet))
    shop.run("sync", "--once", "--only", "tracking", expect=None)
    final = hub.orders()
    for hub_id, code in codes.items():
        order = final[hub_id]
        assert order["status"] == "shipping_informed", hub_id
        assert code in [shipment["track_code"] for shipment in order["shipments"]]
        for shipment in order["shipments"]:
            if shipment["track_code"] == code:
                assert shipment["track_url"].startswith("https://")
                assert shipment["shipping_company"]
                assert shipment["shipping_method"]
                assert shipment["status"] == "shipped"


def test_only_what_changed_is_sent_at_20_000_skus(tmp_path: Path, private_keyring: object) -> None:
    del private_keyring
    hub = start_hub(tmp_path, "--products", "20000", "--orders", "0", "--seed", "3")
    try:
        folder = tmp_path / "pasta"
        folder.mkdir()
        shop = Shop(hub, tmp_path / "perfil", folder)
        skus = sorted(hub.skus())
        rng = random.Random(3)
        rows = {sku: (rng.randrange(5, 500), rng.randrange(500, 99_999)) for sku in skus}

        def write() -> None:
            shop.write_stock(
                [(sku, str(units), f"{cents / 100:.2f}".replace(".", ",")) for sku, (units, cents) in rows.items()]
            )

        write()
        shop.setup()
        shop.run("sync", "--once")
        assert_values_equal(shop)
        changed = rng.sample(skus, len(skus) // 100)
        for sku in changed:
            rows[sku] = (rows[sku][0] + 1, rows[sku][1])
        write()
        hub.forget_requests()
        shop.run("sync", "--once")
        assert_values_equal(shop)
        calls = hub.requests_made()
        puts = sum(number for call, number in calls.items() if call.startswith("PUT"))
        assert puts == len(changed)
        # Nothing is read before a PUT; only the daily round over the hub's real values has its few reads.
        assert calls.get("GET /skus/{sku}", 0) <= len(changed) // 10, calls
    finally:
        stop_hub(hub)
