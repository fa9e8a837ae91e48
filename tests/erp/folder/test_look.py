"""The first look at a folder's sheets, before anything is mapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from otimo_tray.erp.folder.look import look_at_sheets
from otimo_tray.errors import ErpAway, ErpMisconfigured


def test_header_rows_and_what_was_recognised(tmp_path: Path) -> None:
    (tmp_path / "estoque.csv").write_bytes(
        "SKU interno;Qtde disponível;Preço\r\n007;1,5;19,90\r\n008;2;5,00\r\n".encode("cp1252")
    )
    (look,) = look_at_sheets(str(tmp_path), limit=1)
    assert look.source == "estoque.csv"
    assert look.header == ("SKU interno", "Qtde disponível", "Preço")
    assert look.rows == (("007", "1,5", "19,90"),)
    assert look.found == {"preco": 2}
    assert look.error is None


def test_a_price_sheet_stands_beside_the_stock_sheet(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["codigo", "saldo"])
    book.active.append(["007", 12.5])
    book.save(tmp_path / "estoque.xlsx")
    (tmp_path / "precos.csv").write_text("codigo;preco\n007;19,90\n", encoding="utf-8")
    stock, prices = look_at_sheets(str(tmp_path))
    assert (stock.rows, prices.rows) == ((("007", "12.5"),), (("007", "19,90"),))


def test_a_header_that_stands_twice_still_shows_its_rows(tmp_path: Path) -> None:
    (tmp_path / "estoque.csv").write_text("codigo;codigo;saldo\n1;2;3\n", encoding="utf-8")
    (look,) = look_at_sheets(str(tmp_path))
    assert look.error is not None
    assert look.error.code == "E-255"
    assert look.rows == (("1", "2", "3"),)


def test_a_damaged_sheet_is_said_and_no_folder_too(tmp_path: Path) -> None:
    (tmp_path / "estoque.xlsx").write_bytes(b"no workbook")
    (look,) = look_at_sheets(str(tmp_path))
    assert look.error is not None
    with pytest.raises(ErpAway, match="E-210"):
        look_at_sheets(str(tmp_path / "nada"))
    with pytest.raises(ErpMisconfigured, match="E-220"):
        look_at_sheets(" ")
