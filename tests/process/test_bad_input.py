"""Bad input, each with its sentence, its exit code and nothing lost or half applied, looked at from outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.process.conftest import MakeShop, every_sku
from tests.process.invoices import nfe_for
from tests.process.world import HEADER, Shop, settle, start_hub, stop_hub, units_of

pytestmark = pytest.mark.timeout(120)
PERSON_NEEDED, AWAY, SOME_FAILED = 3, 4, 1


def puts(shop: Shop) -> dict[str, int]:
    return {call: number for call, number in shop.hub.requests_made().items() if call.startswith("PUT")}


def rows_of(shop: Shop) -> list[list[str]]:
    text = (shop.folder / "estoque.csv").read_bytes().decode("cp1252")
    return [line.split(";") for line in text.splitlines()[1:]]


def stock_of(shop: Shop) -> dict[str, int]:
    return {sku: entry["quantity"] for sku, entry in shop.hub.skus().items()}


def sync(shop: Shop, expect: int, *words: str) -> dict[str, Any]:
    return shop.run("sync", "--once", *words, expect=expect)


def code_of(result: dict[str, Any], flow: str = "stock") -> str:
    """The code of what went wrong in a flow; its sentence must be one and name the code."""
    error = result["flows"][flow]["error"]
    assert error is not None, result
    assert error["code"] in error["text"]
    assert len(error["text"]) > 40
    return str(error["code"])


def write_text(shop: Shop, text: str) -> Path:
    """The stock sheet with exactly this text."""
    file = shop.folder / "estoque.csv"
    file.write_text(text, encoding="utf-8", newline="")
    settle(file)
    return file


def refused_files(shop: Shop) -> list[str]:
    folder = shop.folder / "recusados"
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def unchanged(shop: Shop, before: dict[str, Any]) -> None:
    """The hub's products are exactly what they were, and nothing was even tried."""
    assert shop.hub.skus() == before
    assert puts(shop) == {}


# --- surroundings ----------------------------------------------------------------------------------------------------


def test_wrong_credentials(make_shop: MakeShop) -> None:
    shop = make_shop()
    before = shop.hub.skus()
    wrong = json.dumps({**json.loads(shop.hub.first_line), "password": "not the password"})
    shop.setup(secrets=wrong)
    assert code_of(sync(shop, PERSON_NEEDED)) == "P-101"
    assert "not the password" not in shop.told
    checks = shop.run("check", expect=PERSON_NEEDED)["checks"]
    assert [check["name"] for check in checks if not check["ok"]] == ["hub_login"]
    unchanged(shop, before)
    shop.setup()
    sync(shop, 0)
    assert set(stock_of(shop).values()) == {40}


def test_hub_away_and_back(ready: Shop, tmp_path: Path) -> None:
    port = int(ready.hub.address.rpartition(":")[2])
    sold = ready.hub.post("/_sim/sell", {"quantity": 1})["Order"]
    stop_hub(ready.hub)
    ready.write_stock([(row[0], "41", "99,90") for row in rows_of(ready)])
    assert code_of(sync(ready, AWAY), "orders") == "P-110"
    waiting = ready.run("status")["waiting"]["unsent_values"]
    assert waiting > 0, "what could not be sent is remembered"
    ready.hub = start_hub(tmp_path, port=port)
    assert set(stock_of(ready).values()) == {40}, "nothing was half applied"
    # The same values are due again after 25 s; newer ones at once.
    ready.write_stock([(row[0], "42", "99,90") for row in rows_of(ready)])
    sync(ready, 0)
    held = units_of(sold)
    for sku, quantity in stock_of(ready).items():
        assert quantity == 42 - held.get(sku, 0), sku
    assert set(ready.erp_orders()) == {sold["id"]}
    assert ready.run("status")["waiting"]["unsent_values"] == 0


def test_folder_away_and_back(ready: Shop, tmp_path: Path) -> None:
    ready.hub.forget_requests()
    before = ready.hub.skus()
    elsewhere = tmp_path / "fora do ar"
    ready.folder.rename(elsewhere)
    sold = ready.hub.post("/_sim/sell", {"quantity": 1})["Order"]
    result = sync(ready, AWAY)
    assert code_of(result) == "E-210"
    assert code_of(result, "orders") == "E-210"
    assert not ready.folder.exists(), "a folder that is away isn't made anew"
    after = ready.hub.skus()
    lowered = [sku for sku in after if after[sku]["quantity"] != before[sku]["quantity"]]
    assert all(after[sku]["quantity"] < before[sku]["quantity"] for sku in lowered), "stock only falls by the sale"
    elsewhere.rename(ready.folder)
    sync(ready, 0)
    assert set(ready.erp_orders()) == {sold["id"]}
    sync(ready, 0)
    assert set(ready.erp_orders()) == {sold["id"]}


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_half_written_sheet(ready: Shop) -> None:
    ready.hub.forget_requests()
    before = ready.hub.skus()
    whole = "codigo;preco;saldo\r\n" + "".join(f"{sku};50,00;170\r\n" for sku in sorted(before))
    # Cut in a row, and where all columns are there but the last number isn't whole: 17 of 170.
    for end in (len(whole) - len("00;170\r\n"), len(whole) - len("0\r\n")):
        file = write_text(ready, whole[:end])
        result = ready.run("sync", "--once", expect=PERSON_NEEDED)
        assert code_of(result) == "E-252"
        unchanged(ready, before)
        assert file.exists(), "the ERP may still be writing it"
    write_text(ready, whole)
    sync(ready, 0)
    assert set(stock_of(ready).values()) == {170}


def test_sheet_with_a_wrong_header(ready: Shop) -> None:
    ready.hub.forget_requests()
    before = ready.hub.skus()
    lines = [HEADER.replace("saldo", "coluna1"), *(f"{sku};Peça;;7;50,00;;;" for sku in sorted(before))]
    write_text(ready, "\r\n".join(lines) + "\r\n")
    result = sync(ready, PERSON_NEEDED)
    assert code_of(result) == "E-255"
    assert "saldo" in result["flows"]["stock"]["error"]["text"]
    unchanged(ready, before)
    assert len(refused_files(ready)) == 2, "the sheet and its reason are put aside, not deleted"
    assert code_of(sync(ready, PERSON_NEEDED)) == "E-255", "silence would look like health"
    write_text(ready, "\r\n".join([HEADER, *(f"{sku};Peça;;7;50,00;;;" for sku in sorted(before))]) + "\r\n")
    sync(ready, 0)
    assert set(stock_of(ready).values()) == {7}


def test_both_decimal_styles_in_one_file(ready: Shop) -> None:
    ready.hub.forget_requests()
    before = ready.hub.skus()
    prices = ["1.990,00", "19.90"]
    rows = [(sku, "40", prices[number % 2]) for number, sku in enumerate(sorted(before))]
    ready.write_stock(rows)
    result = sync(ready, PERSON_NEEDED)
    assert code_of(result) == "E-253"
    text = result["flows"]["stock"]["error"]["text"]
    assert "1.990,00" in text
    assert "19.90" in text
    unchanged(ready, before)
    ready.write_stock(every_sku(ready.hub, price="1.990"))
    assert code_of(sync(ready, PERSON_NEEDED)) == "E-253", "R$ 1.990,00 or R$ 1,99: nobody knows"
    unchanged(ready, before)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["1.990,00", "19,90", "1990,05", "5"], ["1990.00", "19.90", "1990.05", "5.00"]),
        (["1,990.00", "19.90", "1990.05", "5"], ["1990.00", "19.90", "1990.05", "5.00"]),
    ],
)
def test_one_decimal_style_is_read_to_the_cent(
    make_shop: MakeShop, written: Sequence[str], meant: Sequence[str]
) -> None:
    shop = make_shop()
    skus = sorted(shop.hub.skus())
    shop.write_stock([(sku, "40", written[number % 4]) for number, sku in enumerate(skus)])
    shop.setup()
    sync(shop, 0)
    at_hub = shop.hub.skus()
    for number, sku in enumerate(skus):
        assert Decimal(str(at_hub[sku]["price"])) == Decimal(meant[number % 4]), sku
        assert Decimal(str(at_hub[sku]["special_price"])) == Decimal(meant[number % 4]), sku


def test_negative_fractional_and_no_number(ready: Shop) -> None:
    rows = every_sku(ready.hub, stock="44")
    names = [row[0] for row in rows]
    for place, balance in enumerate(("-3", "12,75", "0,5", "-0,25")):
        rows[place] = (names[place], balance, "99,90")
    rows[4] = (names[4], "muitos", "99,90")
    ready.write_stock(rows)
    result = ready.run("sync", "--once", expect=None)
    assert result["flows"]["stock"]["counts"]["refused"] >= 1
    after = stock_of(ready)
    assert [after[name] for name in names[:5]] == [0, 12, 0, 0, 40], "never more than there is"
    assert {after[name] for name in names[5:]} == {44}, "the others go on"


# --- De/Para and orders ----------------------------------------------------------------------------------------------


def test_unknown_sku_in_the_mapping_creates_no_product(ready: Shop, tmp_path: Path) -> None:
    before = ready.hub.skus()
    sheet = tmp_path / "depara.csv"
    code = min(before)
    sheet.write_text(f"SKU Plugg.to;Código no ERP;Qtd. por SKU\nFANTASMA-1;{code};1\n", encoding="utf-8")
    result = ready.run("mapping", "import", str(sheet), expect=SOME_FAILED)
    assert [row["error"]["code"] for row in result["rows"]] == ["M-403"]
    ready.hub.forget_requests()
    sync(ready, 0)
    unchanged(ready, before)


def test_a_mapped_sku_that_left_the_hub_is_not_created_again(make_shop: MakeShop, tmp_path: Path) -> None:
    """The hub loses its products (another data file under the same address and credentials)."""
    shop = make_shop()
    shop.setup()
    sync(shop, 0)
    gone = sorted(shop.hub.skus())
    port = int(shop.hub.address.rpartition(":")[2])
    stop_hub(shop.hub)
    empty = tmp_path / "vazio"
    empty.mkdir()
    shop.hub = start_hub(empty, "--products", "0", "--orders", "0", "--seed", "5", port=port)
    shop.setup()
    shop.write_stock([(sku, "44", "99,90") for sku in gone])
    shop.run("sync", "--once", expect=None)
    assert shop.hub.skus() == {}


def test_an_order_with_an_unmapped_sku_waits_whole(ready: Shop, tmp_path: Path) -> None:
    known, other = sorted(ready.hub.skus())[:2]
    items = [
        {"sku": known, "name": "Peça", "quantity": 1, "price": 10.0, "total": 10.0},
        {"sku": "KIT NOVO/2", "name": "Kit", "quantity": 1, "price": 20.0, "total": 20.0},
    ]
    sold = ready.hub.post("/_sim/sell", {"items": items})["Order"]
    ready.run("sync", "--once", expect=None)
    assert ready.erp_orders() == {}, "not even the line that is known"
    [waiting] = ready.run("orders", "list", "--waiting")["orders"]
    assert waiting["id"] == sold["id"]
    assert waiting["error"]["code"] == "O-501"
    assert "KIT NOVO/2" in waiting["error"]["text"]
    sheet = tmp_path / "depara.csv"
    sheet.write_text(f"SKU Plugg.to;Código no ERP;Qtd. por SKU\nKIT NOVO/2;{other};2\n", encoding="utf-8")
    ready.run("mapping", "import", str(sheet))
    ready.run("sync", "--once", expect=None)
    lines = ready.erp_orders()[sold["id"]]
    assert [(line["codigo"], line["quantidade"]) for line in lines] == [(known, "1"), (other, "2")]
    assert ready.run("orders", "list", "--waiting")["orders"] == []


def test_an_order_with_two_items_and_two_shipments(ready: Shop, tmp_path: Path) -> None:
    first, second = sorted(ready.hub.skus())[:2]
    items = [
        {"sku": first, "name": "Peça A", "quantity": 1, "price": 100.0, "total": 100.0},
        {"sku": second, "name": "Peça B", "quantity": 2, "price": 30.0, "total": 60.0},
    ]
    parcel = {"shipping_company": "Jadlog", "shipping_method": ".Package", "label_type": "standard"}
    sold = ready.hub.post(
        "/_sim/sell",
        {
            "items": items, "subtotal": 160.0, "total": 160.0, "total_paid": 160.0, "shipping": 0.0,
            "delivery_type": "standard",
            "shipments": [
                {**parcel, "shipping_items": [{"sku": first, "quantity": 1}]},
                {**parcel, "shipping_items": [{"sku": second, "quantity": 2}]},
            ],
        },
    )["Order"]  # fmt: skip
    hub_id = sold["id"]
    places = [shipment["id"] for shipment in sold["shipments"]]
    assert len(places) == 2
    sync(ready, 0)
    rows = ready.erp_orders()[hub_id]
    assert [(row["codigo"], row["quantidade"]) for row in rows] == [(first, "1"), (second, "2")]

    (ready.folder / "notas").mkdir(exist_ok=True)
    keys: list[str] = []
    for number, row in enumerate(rows):
        # Odd numbers name the order in xPed; each invoice is worth one shipment.
        record, xml = nfe_for([row], 31 + 2 * number)
        keys.append(record["key"])
        (ready.folder / "notas" / f"{record['key']}.xml").write_text(xml, encoding="utf-8")
    sync(ready, 0)
    order = ready.hub.orders()[hub_id]
    assert [shipment["id"] for shipment in order["shipments"]] == places, "no third delivery"
    assert [shipment["nfe_key"] for shipment in order["shipments"]] == keys
    assert order["status"] == "invoiced"

    sheet = tmp_path / "codigos.csv"
    lines = [f"{key};JAD00000000{number};Jadlog;{number}" for number, key in enumerate(keys, start=1)]
    sheet.write_text("\n".join(["chave;código de rastreio;transportadora;volume", *lines]) + "\n", encoding="utf-8")
    ready.run("tracking", "import", str(sheet))
    sync(ready, 0, "--only", "tracking")
    order = ready.hub.orders()[hub_id]
    assert [shipment["id"] for shipment in order["shipments"]] == places
    assert [shipment["track_code"] for shipment in order["shipments"]] == ["JAD000000001", "JAD000000002"]
    assert [shipment["nfe_key"] for shipment in order["shipments"]] == keys, "the code must not wipe the invoice"


# --- invoices --------------------------------------------------------------------------------------------------------


def test_xml_that_is_no_invoice_and_a_key_with_a_wrong_digit(ready: Shop) -> None:
    sold = [ready.hub.post("/_sim/sell", {"quantity": 1, "delivery_type": "standard"})["Order"] for _ in range(2)]
    sync(ready, 0)
    notes = ready.folder / "notas"
    notes.mkdir(exist_ok=True)
    rows = ready.erp_orders()
    record, good = nfe_for(rows[sold[0]["id"]], 41)
    other, bad = nfe_for(rows[sold[1]["id"]], 43)
    key = other["key"]
    broken = key[:-1] + str((int(key[-1]) + 1) % 10)
    (notes / "cte.xml").write_text("<?xml version='1.0'?><cteProc versao='4.00'><CTe/></cteProc>", encoding="utf-8")
    (notes / "digito.xml").write_text(bad.replace(key, broken), encoding="utf-8")
    (notes / "boa.xml").write_text(good, encoding="utf-8")
    before = ready.hub.orders()[sold[1]["id"]]
    ready.run("sync", "--once", expect=None)
    orders = ready.hub.orders()
    assert orders[sold[0]["id"]]["status"] == "invoiced", "the good one goes on"
    assert orders[sold[0]["id"]]["shipments"][0]["nfe_key"] == record["key"]
    assert orders[sold[1]["id"]] == before
    assert sorted(file.name for file in notes.iterdir()) == ["boa.xml", "cte.xml", "digito.xml"], "never moved"
    wrong = [row for row in ready.run("invoices", "list")["invoices"] if row["error"]]
    assert [row["error"]["code"] for row in wrong] == ["I-702"]
    assert ready.run("status")["waiting"]["problems"] == 2
    # Corrected under the same name, it is taken.
    (notes / "digito.xml").write_text(bad, encoding="utf-8")
    ready.run("sync", "--once", expect=None)
    assert ready.hub.orders()[sold[1]["id"]]["shipments"][0]["nfe_key"] == key


# --- guards ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "guard"), [(0, "G-201"), (2, "G-202")])
def test_a_sheet_with_far_too_few_rows_is_held(ready: Shop, share: int, guard: str) -> None:
    ready.hub.forget_requests()
    before = ready.hub.skus()
    all_rows = every_sku(ready.hub, stock="50")
    ready.write_stock(all_rows[: len(all_rows) // share - 1] if share else [])
    result = sync(ready, PERSON_NEEDED)
    assert result["flows"]["stock"]["counts"]["held_readings"] == 1
    unchanged(ready, before)
    [plan] = ready.run("held", "list")["plans"]
    assert plan["guard"] == guard
    sync(ready, PERSON_NEEDED)
    assert len(ready.run("held", "list")["plans"]) == 1, "asked once, not at every run"
    unchanged(ready, before)
    ready.run("held", "release", str(plan["id"]))
    ready.run("sync", "--once", expect=None)
    assert ready.run("held", "list")["plans"] == [] or all(
        entry["guard"] != guard for entry in ready.run("held", "list")["plans"]
    )
    if share:
        named = {row[0] for row in all_rows[: len(all_rows) // share - 1]}
        after = stock_of(ready)
        assert {after[sku] for sku in named} == {50}
        assert {after[sku] for sku in after if sku not in named} <= {0, 40}


def test_a_whole_sheet_after_a_held_one_needs_nobody(ready: Shop) -> None:
    ready.write_stock([])
    sync(ready, PERSON_NEEDED)
    ready.write_stock(every_sku(ready.hub, stock="52"))
    sync(ready, 0)
    assert set(stock_of(ready).values()) == {52}
    assert ready.run("held", "list")["plans"] == []
