"""Sheets as people save them: encodings, separators, short rows, numbers that Excel changed, and no sheets at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook

from otimo_tray.errors import ConfigurationError
from otimo_tray.sheets.reading import PersonSheet
from otimo_tray.words import sentence

KNOWN = {"sku": ("sku_plugg_to", "sku"), "code": ("codigo_no_erp", "codigo"), "units": ("qtd_por_sku", "qtd")}
EXPECTED = "SKU Plugg.to; Código no ERP"


def rows_of(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return list(PersonSheet(path, KNOWN, ("sku", "code"), EXPECTED).rows())


def excel(path: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_csv_a_person_may_save(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    path = tmp_path / "De para.csv"
    lines = [
        ["sku PLUGG.TO", "Código no ERP", "qtd. por sku", "Ação"],
        ["A-1", "001", "2", "ção"],
        ["A-2", "002", "", ""],
    ]
    path.write_bytes(end.join(separator.join(line) for line in lines).encode(encoding))  # without a last line's end
    assert rows_of(path) == [(2, ("A-1", "001", "2")), (3, ("A-2", "002", ""))]


def test_rows_that_excel_cut_short_and_blank_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("SKU;Código;Qtd\nA;1\n;;\n\nB;2;3;;\nC;3;4\n", encoding="utf-8")
    assert rows_of(path) == [(2, ("A", "1", "")), (5, ("B", "2", "3")), (6, ("C", "3", "4"))]


def test_blank_rows_of_a_workbook_keep_their_numbers(tmp_path: Path) -> None:
    path = excel(tmp_path / "x.xlsx", [["SKU", "Código", "Qtd"], ["A", "1", 1], [], [None, None, None], ["B", "2", 2]])
    assert rows_of(path) == [(2, ("A", "1", "1")), (5, ("B", "2", "2"))]


def test_columns_in_any_order_with_others_between(tmp_path: Path) -> None:
    path = excel(tmp_path / "x.xlsx", [["Obs", "CODIGO NO ERP", "x", "  Sku "], ["o", "007", "y", "A"]])
    assert rows_of(path) == [(2, ("A", "007", ""))]


def test_cells_of_excel_become_the_text_a_person_sees(tmp_path: Path) -> None:
    cells = [["SKU", "Código"], [123, 7891234567895], [1.5, 123456789012345678], [True, date(2026, 5, 12)]]
    path = excel(tmp_path / "x.xlsx", cells)
    assert [cells for _, cells in rows_of(path)] == [
        ("123", "7891234567895", ""), ("1.5", "1.23457E+17", ""), ("True", "2026-05-12", ""),
    ]  # fmt: skip


def test_an_old_workbook(tmp_path: Path) -> None:
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("um")
    for row, cells in enumerate([("SKU", "Código", "Qtd"), ("A", "001", 2)]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    path = tmp_path / "velha.xls"
    book.save(str(path))
    assert rows_of(path) == [(2, ("A", "001", "2"))]


def test_a_csv_row_far_down_has_the_row_number_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = ["SKU;Código;Qtd", *(f"S{n};C{n};1" for n in range(60_000)), 'ultimo;"duas\nlinhas";1', "fim;1;1"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = rows_of(path)
    assert rows[0] == (2, ("S0", "C0", "1"))
    assert rows[59_999] == (60_001, ("S59999", "C59999", "1"))
    assert rows[-2:] == [(60_002, ("ultimo", "duas\nlinhas", "1")), (60_003, ("fim", "1", "1"))]


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Produto;Preço\nA;1\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        rows_of(path)
    assert caught.value.code == "C-480"
    text = sentence(caught.value.code, caught.value.params).text
    assert "Produto, Preço" in text
    assert EXPECTED in text


def test_a_column_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("SKU;Código;codigo\nA;1;2\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        rows_of(path)
    assert (caught.value.code, caught.value.params["repeated"]) == ("C-480", "codigo")


NO_SHEETS = {
    "gone.xlsx": (None, "C-481", "gone"),
    "gone.csv": (None, "C-481", "gone"),
    "empty.csv": (b"", "C-482", "empty"),
    "blank.csv": (b"\n\n", "C-482", "empty"),
    "binary.csv": (b"\x00\x01\x02\x03" * 50, "C-482", "not_text"),
    "zip.csv": (b"PK\x03\x04\x14\x00rest", "C-482", "not_text"),
    "text.xlsx": (b"SKU;Codigo\n", "C-482", "not_excel"),
    "half.xlsx": (b"PK\x03\x04half of it", "C-482", "no_end"),
    "text.xls": (b"SKU;Codigo\n", "C-482", "not_excel"),
    "quotes.csv": (b'SKU;Codigo\nA;"1\nB;2\n', "C-482", "quotes"),
}


@pytest.mark.parametrize("name", NO_SHEETS)
def test_what_is_no_sheet_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    content, code, why = NO_SHEETS[name]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        rows_of(path)
    assert (caught.value.code, caught.value.params["why"]) == (code, why)
    told = sentence(code, caught.value.params)
    assert name in told.text
    assert why not in told.text.split()


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "pasta.csv").mkdir()
    with pytest.raises(ConfigurationError) as caught:
        rows_of(tmp_path / "pasta.csv")
    assert caught.value.code == "C-482"
