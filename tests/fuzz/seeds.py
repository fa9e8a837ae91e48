"""Good inputs that the mutations start from, all made up."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

import openpyxl

from otimo_tray.desktop import settings_file
from otimo_tray.domain.settings import Settings
from tests.erp.test_nfe import NOTE

KEY = "35261111222333000181550010000000011000000017"

ORDER = {
    "Order": {
        "id": "5f3a", "original_id": "100238", "external": "100238", "channel": "Loja", "status": "approved",
        "total": "109.90", "total_paid": 109.9, "created": "2026-07-01T12:00:00-0300", "receiver_cpf": "52998224725",
        "items": [{"sku": "A-1", "quantity": 2, "price": "49.95", "variation": {"sku": "A-1-P"}}],
        "shipments": [{"id": "s1", "shipping_company": "Correios", "nfe_key": KEY, "track_code": "AA123456785BR"}],
        "payments": [{"payment_type": "pix", "payment_total": 109.9}],
    }
}  # fmt: skip
PRODUCT = {
    "Product": {
        "sku": "A-1", "name": "Caneta", "quantity": "12", "price": 49.95, "special_price": "39.9",
        "ean": "7891000000014",
        "variations": [{"sku": "A-1-P", "quantity": 3, "price_table": [{"name": "x"}]}],
    }
}  # fmt: skip
CSV = (
    "codigo;saldo;preco;preco_promocional;descricao\r\n"
    '0012;3;1.990,00;;Caneta\r\n13;"4";19,90;9,90;Lápis\r\n#total;2\r\n'
)
NOTES = f"pedido;numero;serie;data;chave;total\r\n100238;12;1;01/07/2026;{KEY};109,90\r\n"
PAGE = {
    "version": 1, "snapshot": "s1", "as_of": "2026-07-01T12:00:00Z", "now": "2026-07-01T12:00:05Z", "full": True,
    "total": 1, "next": None, "items": [{"code": "0012", "balance": "3", "price": "19.90"}], "removed": [],
}  # fmt: skip


@cache
def workbook() -> bytes:
    """A small XLSX."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["codigo", "saldo", "preco"], ["0012", 3, 19.9], ["13", 4.5, "1.990,00"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(book: bytes) -> dict[str, bytes]:
    """The files inside of a workbook, in its order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def seeds(target: str) -> list[bytes]:
    """Inputs for a target."""
    book = workbook()
    found: dict[str, list[bytes]] = {
        "hub_json": [json.dumps(ORDER).encode(), json.dumps(PRODUCT).encode(), b'{"result":[],"total":0}'],
        "csv": [CSV.encode(), CSV.encode("utf-16"), NOTES.encode("cp1252"), b"codigo,saldo\n1,2\n"],
        "xlsx": [book],
        "xlsx_parts": [bytes([place]) + data for place, data in enumerate(parts(book).values())],
        "nfe": [NOTE],
        "settings": [settings_file.dump(Settings()), b'version = 1\n[[rules]]\npattern = "A*"\nsafety_stock = 2\n'],
        "ipc": [b'{"v":1,"cmd":"show","args":{"page":"panel"}}', b'{"v":1,"ok":true,"result":{"a":[1,2]}}'],
        "erp_http": [json.dumps(PAGE).encode()],
    }
    return found[target]
