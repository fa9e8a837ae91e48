"""The order file itself: its columns, its numbers, and that Excel sees no formula in it."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order, OrderItem, Party, Payment, Shipment
from otimo_tray.errors import ErpAway, ErpMisconfigured
from tests.erp.folder.shop_folder import ShopFolder

CONTRACT = Path(__file__).resolve().parents[3] / "resources" / "contracts.md"


def order(hub_id: str = "6067c1", name: str = "João da Silva", **parts: object) -> ErpOrder:
    sale = Order(
        hub_id=hub_id,
        original_id="2000001",
        status="approved",
        channel="MercadoLivre",
        approved=datetime(2026, 11, 24, 2, 30, tzinfo=UTC),
        total=Decimal("1990.00"),
        subtotal=Decimal("1985.5"),
        shipping=Decimal("12.90"),
        discount=Decimal("-8.4"),
        payer=Party(name=name, document="12345678909", phone="+55 11 91234-5678"),
        receiver=Party(address="Rua A;\nfundos", zipcode="01001000"),
        items=(OrderItem("SKU", 'Tubo 1/2" "azul"', 1, Decimal(1)),),
        payments=(Payment("credit", "visa", "3", None),),
        shipments=(Shipment("s1", company="Correios", method="PAC"),),
    )
    for field, value in parts.items():
        object.__setattr__(sale, field, value)
    return ErpOrder(sale, (ErpOrderLine("SKU", "000123", 3, Decimal("661.8333"), Decimal("1985.50")),))


def written(shop: ShopFolder, wanted: ErpOrder) -> dict[str, str]:
    reference = shop.open().import_order(wanted).reference
    with (shop.root / "pedidos" / reference).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    return row


def test_has_exactly_the_columns_of_the_contract(shop: ShopFolder) -> None:
    text = CONTRACT.read_text("utf-8")
    match = re.search(r"columns `(versao;.*?)`", text, re.DOTALL)
    assert match is not None
    assert list(written(shop, order())) == re.split(r";\s*", match[1].replace("\n", ""))


def test_numbers_dates_and_codes_as_brazilian_programs_read_them(shop: ShopFolder) -> None:
    row = written(shop, order())
    assert (shop.root / "pedidos" / "pedido_6067c1.csv").read_bytes().startswith(b"\xef\xbb\xbfversao;id_pluggto;")
    expected = {
        "versao": "1",
        "id_pluggto": "6067c1",
        "data_aprovacao": "23/11/2026 23:30",
        "despachar_ate": "",
        "total_pedido": "1990,00",
        "total_produtos": "1985,50",
        "frete": "12,90",
        "desconto": "-8,40",
        "codigo": "000123",
        "descricao": 'Tubo 1/2" "azul"',
        "quantidade": "3",
        "preco_unitario": "661,8333",
        "total_linha": "1985,50",
        "entrega_endereco": "Rua A; fundos",
        "forma_pagamento": "visa",
        "parcelas": "3",
        "transportadora": "Correios",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("name", ["=1+1", "+55", "-2", "@SUM(A1)", "\tx", "\r=1"])
def test_no_text_becomes_a_formula(shop: ShopFolder, name: str) -> None:
    cell = written(shop, order(name=name))["comprador_nome"]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.strip("' \t") == name.strip()


def test_nothing_but_the_whole_file_is_ever_seen(shop: ShopFolder) -> None:
    shop.open().import_order(order())
    assert shop.names("pedidos") == [".otimo", "pedido_6067c1.csv"]
    assert shop.names("pedidos/.otimo") == ["enviados.txt"]


def test_an_order_the_erp_has_filed_away_is_found(shop: ShopFolder) -> None:
    shop.open().import_order(order())
    done = shop.root / "pedidos" / "importados" / "2026"
    done.mkdir(parents=True)
    (shop.root / "pedidos" / "pedido_6067c1.csv").rename(done / "pedido_6067c1.csv.ok")
    for path in (shop.root / "pedidos" / ".otimo").iterdir():
        path.unlink()  # even without our own journal
    assert shop.open().find_order("6067c1") is not None
    shop.open().import_order(order())
    assert not (shop.root / "pedidos" / "pedido_6067c1.csv").exists()


def test_a_line_of_the_journal_that_a_power_cut_tore_is_not_believed(shop: ShopFolder) -> None:
    shop.open().import_order(order("first"))
    journal = shop.root / "pedidos" / ".otimo" / "enviados.txt"
    journal.write_bytes(journal.read_bytes() + b"\nsecond")
    erp = shop.open()
    assert erp.find_order("second") is None
    erp.import_order(order("third"))
    (shop.root / "pedidos" / "pedido_third.csv").unlink()
    assert shop.open().find_order("third") is not None
    assert shop.open().find_order("second") is None


def test_no_right_to_write_is_for_a_person_and_a_vanished_share_heals(
    shop: ShopFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erp = shop.open()

    def denied(path: Path, data: bytes) -> None:
        raise PermissionError(13, "denied", str(path), data)

    with monkeypatch.context() as patch:
        patch.setattr(shop.disk, "write", denied)
        with pytest.raises(ErpMisconfigured, match="E-221"):
            erp.import_order(order())
    shop.root.rename(tmp_path / "longe")
    with pytest.raises(ErpAway, match="E-210"):
        erp.import_order(order())
    assert not shop.root.exists(), "a folder that went away isn't made anew elsewhere"
