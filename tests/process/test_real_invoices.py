"""Real NF-e documents (nfelib's published samples) go the whole way; what isn't a sale is left alone."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nfelib
import pytest

from tests.process.world import Hub, Shop, start_hub, stop_hub

NS = "{http://www.portalfiscal.inf.br/nfe}"
SALES = ("1687", "47428", "47649", "47671", "47686", "27677")
"""Numbers of the samples that are authorised sales to a named buyer, read by a person."""


@dataclass(frozen=True)
class Sample:
    """A document as the standard library's parser shows it, without our reader."""

    file: Path
    key: str
    number: str
    serie: str
    issued: datetime
    buyer: str
    total: float


def samples() -> list[Sample]:
    found: list[Sample] = []
    for file in sorted((Path(nfelib.__file__).parent / "nfe/samples/v4_0/leiauteNFe").glob("*.xml")):
        root = ET.parse(file).getroot()

        def text(path: str, root: ET.Element = root) -> str:
            node = root.find(".//" + "/".join(f"{NS}{part}" for part in path.split("/")))
            return (node.text or "") if node is not None else ""

        info = root.find(f".//{NS}infNFe")
        if info is None or text("ide/nNF") not in SALES:
            continue
        issued = datetime.fromisoformat(text("ide/dhEmi"))
        buyer = text("dest/CNPJ") or text("dest/CPF")
        total = float(text("ICMSTot/vNF"))
        found.append(Sample(file, info.attrib["Id"][3:], text("ide/nNF"), text("ide/serie"), issued, buyer, total))
    return found


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = start_hub(tmp_path, "--products", "10", "--orders", "0")
    yield hub
    stop_hub(hub)


@pytest.mark.timeout(180)
def test_real_documents_reach_their_orders_after_a_person_confirmed_them(
    hub: Hub, tmp_path: Path, private_keyring: object
) -> None:
    del private_keyring
    wanted = samples()
    assert len(wanted) == len(SALES)
    folder = tmp_path / "pasta"
    (folder / "notas" / "2018").mkdir(parents=True)
    shop = Shop(hub, tmp_path / "perfil", folder)
    shop.write_stock([(sku, "50", "10,00") for sku in hub.skus()])
    shop.setup()
    orders: dict[str, str] = {}
    for sample in wanted:
        document = "payer_cnpj" if len(sample.buyer) == 14 else "payer_cpf"
        other = "payer_cpf" if document == "payer_cnpj" else "payer_cnpj"
        order = hub.post(
            "/_sim/sell",
            {"sku": "000001", "quantity": 1, "status": "approved", "total": sample.total, "shipping": 0,
             document: sample.buyer, other: None, "payer_tax_id": sample.buyer, "payer_document": sample.buyer},
        )["Order"]  # fmt: skip
        orders[sample.key] = order["id"]
    shop.run("sync", "--once")
    assert set(shop.erp_orders()) == set(orders.values())

    for file in (Path(nfelib.__file__).parent / "nfe/samples/v4_0/leiauteNFe").glob("*.xml"):
        shutil.copy(file, folder / "notas" / "2018" / file.name)
    shop.run("sync", "--once", expect=None)
    assert {order["status"] for order in hub.orders().values()} == {"approved"}, "a proposal alone sends nothing"
    proposed = {row["key"] for row in shop.run("invoices", "list", "--state", "proposed")["invoices"]}
    assert proposed == set(orders)

    for key in proposed:
        shop.run("invoices", "confirm", key)
    shop.run("sync", "--once", expect=None)
    after = hub.orders()
    for sample in wanted:
        order = after[orders[sample.key]]
        assert order["status"] == "invoiced", sample.file.name
        (shipment,) = order["shipments"]
        assert shipment["nfe_key"] == sample.key
        assert int(shipment["nfe_number"]) == int(sample.number)
        assert int(shipment["nfe_serie"]) == int(sample.serie)
        told = datetime.fromisoformat(shipment["nfe_date"])
        assert told.astimezone(UTC) == sample.issued.astimezone(UTC)
