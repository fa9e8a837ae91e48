"""Excel sheets through the whole connector: codes stay text, numbers stay exact, bombs stay packed."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from otimo_tray.erp.folder import excel_sheet
from otimo_tray.errors import ReadRefused
from tests.erp.folder.shop_folder import ShopFolder

EVENING = datetime(2026, 11, 24, 18, 30)  # noqa: DTZ001 - Excel knows no zones


def workbook(rows: Sequence[Sequence[object]], hidden_first: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if hidden_first:
        sheet.append(("rascunho",))
        sheet.sheet_state = "hidden"
        sheet = book.create_sheet("Produtos")
    for row in rows:
        sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    book.close()
    return data.getvalue()


def test_cells_come_as_what_they_mean(shop: ShopFolder) -> None:
    shop.write(
        "estoque.xlsx",
        workbook(
            [
                ("Código", "Saldo", "Preço", "Promoção", "Promocao inicio", "promocao_fim", "Descrição", "EAN"),
                ("000123", 12.5, 19.9, 17, date(2026, 11, 20), EVENING, "Caneca", 7891234567895),
                (456, -3, 0.1 + 0.2, None, None, None, 110, None),
                (None,) * 8,
                ("789", None, "1.990,00", "19,90", "20/11/2026", None, None, "0789"),
            ]
        ),
    )
    assert shop.read() == [
        ("000123", "12.5", "19.9", "17", "2026-11-20", "2026-11-24 18:30:00", "Caneca", "7891234567895"),
        ("456", "-3", "0.3", None, None, None, "110", None),
        ("789", None, "1990.00", "19.90", "20/11/2026", None, None, "0789"),
    ]


def test_the_first_sheet_that_can_be_seen_counts(shop: ShopFolder) -> None:
    shop.write("estoque.xlsx", workbook([("codigo", "saldo"), ("1", 5)], hidden_first=True))
    assert shop.read()[0][:2] == ("1", "5")


@pytest.mark.parametrize("code", [123.5, 1e22, 44.0**15, True, ""])
def test_a_code_that_excel_has_spoilt_refuses_the_sheet(shop: ShopFolder, code: object) -> None:
    shop.write("estoque.xlsx", workbook([("codigo", "saldo"), ("1", 5), (code, 6)]))
    with pytest.raises(ReadRefused, match="E-259") as caught:
        shop.read()
    assert caught.value.params["row"] == 3


def test_texts_of_both_styles_in_one_sheet_are_refused(shop: ShopFolder) -> None:
    shop.write("estoque.xlsx", workbook([("codigo", "saldo", "preco"), ("1", 5, "1.990,00"), ("2", 5, "19.90")]))
    with pytest.raises(ReadRefused, match="E-253"):
        shop.read()


def test_an_old_xls_is_read_too(shop: ShopFolder) -> None:
    xlwt: Any = importlib.import_module("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("Produtos")
    for row, cells in enumerate([("codigo", "saldo", "preco"), ("0012", 5, 19.9)]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    data = io.BytesIO()
    book.save(data)
    shop.write("estoque.xls", data.getvalue())
    assert shop.read()[0][:3] == ("0012", "5", "19.9")


def test_wherever_a_workbook_is_cut_it_is_refused(shop: ShopFolder) -> None:
    whole = workbook([("codigo", "saldo"), *((f"{n:06d}", n) for n in range(200))])
    for place in range(0, len(whole) - 1, max(1, len(whole) // 60)):
        shop.write("estoque.xlsx", whole[:place])
        with pytest.raises(ReadRefused) as caught:
            shop.read()
        assert caught.value.code == "E-252"


def test_a_bomb_is_refused_by_its_declared_size(shop: ShopFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_sheet, "UNPACKED_LIMIT", 10 * 1024 * 1024)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20 * 1024 * 1024)
    shop.write("estoque.xlsx", data.getvalue())
    with pytest.raises(ReadRefused, match="E-256") as caught:
        shop.read()
    assert caught.value.params["size"] == 20 * 1024 * 1024


@pytest.mark.parametrize("data", [b"codigo;saldo\n1;5\n", b"<html></html>"])
def test_what_only_calls_itself_excel_is_refused(shop: ShopFolder, data: bytes) -> None:
    shop.write("estoque.xlsx", data)
    with pytest.raises(ReadRefused, match="E-258"):
        shop.read()


def test_a_zip_that_is_no_workbook_is_refused(shop: ShopFolder) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("leia-me.txt", "nada")
    shop.write("estoque.xlsx", data.getvalue())
    with pytest.raises(ReadRefused, match="E-258"):
        shop.read()


def test_excels_own_lock_file_is_overlooked(shop: ShopFolder) -> None:
    shop.write("~$estoque.xlsx", b"\x05Joana")
    shop.write("estoque.csv", "codigo;saldo\n1;5\n")
    assert shop.read()[0][:2] == ("1", "5")
