"""The De/Para out and in again: each row's outcome and reason, kits whole, and exactly the good rows stored."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from otimo_tray.domain.orders import OrderItem, OrderStage
from otimo_tray.errors import ConfigurationError, ItemError, StoreAway
from otimo_tray.sheets.desk import Sheets
from otimo_tray.sheets.reading import PersonSheet
from otimo_tray.sheets.results import SheetResult
from otimo_tray.store import StateStore, open_store
from otimo_tray.words import is_known, sentence
from tests.sheets.shop import NOW, components, csv_file, map_skus, put_items, put_order, put_products
from tests.support.clock import FakeClock

HEADER = "SKU Plugg.to;Código no ERP;Qtd. por SKU"


@pytest.fixture(autouse=True)
def shop(store: StateStore) -> None:
    put_products(store, ["A", "B", "C", "KIT", "=D"])
    put_items(store, ["001", "002", "003"])
    map_skus(store, {"A": {"001": 1}, "KIT": {"001": 2, "002": 1}})


def outcomes(result: SheetResult) -> list[tuple[int, str, str, str | None]]:
    return [(row.line, row.key, row.outcome, row.error.code if row.error else None) for row in result.rows]


def preview(sheets: Sheets, path: Path, *lines: str) -> list[tuple[int, str, str, str | None]]:
    return outcomes(sheets.import_mapping(csv_file(path, HEADER, *lines), apply=False))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "depara.csv"


# --- out ------------------------------------------------------------------------------------------------------------


def test_the_export_has_every_sku_and_a_row_for_each_component(
    sheets: Sheets, store: StateStore, tmp_path: Path
) -> None:
    map_skus(store, {"X": {"003": 1}, "B": {"sumiu": 3}})
    file = tmp_path / "depara.xlsx"
    assert sheets.export_mapping(file) == 7
    rows = [tuple(cell.value for cell in row) for row in load_workbook(file).worksheets[0].iter_rows()]
    assert rows == [
        ("SKU Plugg.to", "Produto", "EAN", "Código no ERP", "Qtd. por SKU", "Descrição no ERP", "Situação"),
        ("=D", "Produto =D", "789", None, None, None, "Sem De/Para"),
        ("A", "Produto A", "789", "001", 1, "Item 001", "Com De/Para"),
        ("B", "Produto B", "789", "sumiu", 3, None, "Código não está no ERP"),
        ("C", "Produto C", "789", None, None, None, "Sem De/Para"),
        ("KIT", "Produto KIT", "789", "001", 2, "Item 001", "Com De/Para"),
        ("KIT", "Produto KIT", "789", "002", 1, "Item 002", "Com De/Para"),
        ("X", None, None, "003", 1, "Item 003", "SKU não está no Plugg.to"),
    ]


def test_the_unmapped_alone(sheets: Sheets, path: Path) -> None:
    assert sheets.export_mapping(path, only_unmapped=True) == 3
    skus = [cells[0] for _, cells in PersonSheet(path, {"sku": ("sku_plugg_to",)}, ("sku",), "").rows()]
    assert skus == ["=D", "B", "C"]


def test_a_sku_that_only_a_waiting_order_knows_is_exported_as_unmapped(
    sheets: Sheets, store: StateStore, path: Path
) -> None:
    put_order(store, "7", items=(OrderItem("SUMIDO", "Vela de citronela", 1, Decimal(9)),))
    put_order(store, "8", items=(OrderItem("A", "Produto A", 1, Decimal(9)),))
    for hub_id in ("hub-7", "hub-8"):
        store.orders.wait(hub_id, ItemError("O-501", order="7", skus="SUMIDO"), NOW, NOW)
    assert sheets.export_mapping(path, only_unmapped=True) == 4
    columns = {"sku": ("sku_plugg_to",), "name": ("produto",)}
    rows = [cells for _, cells in PersonSheet(path, columns, ("sku",), "").rows()]
    assert rows[3] == ("SUMIDO", "Vela de citronela")
    assert sheets.export_mapping(path) == 7
    assert outcomes(sheets.import_mapping(csv_file(path, HEADER, "SUMIDO;003;1"), apply=True))[0][2] == "new"
    assert sheets.export_mapping(path, only_unmapped=True) == 3


def test_the_codes_for_a_new_shop(sheets: Sheets, store: StateStore, tmp_path: Path) -> None:
    put_items(
        store, [("0007", "-2.5", "1990.00", None, None, None, "Caneca; azul", "78910"), ("x", "a", None, *[None] * 5)]
    )
    assert sheets.export_codes(tmp_path / "codigos.csv") == 5
    text = (tmp_path / "codigos.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[:3] == [
        "Código no ERP;Descrição no ERP;EAN;Preço;Saldo",
        '0007;"Caneca; azul";78910;1990,00;-2,5',
        "001;Item 001;789;19,90;5",
    ]  # fmt: skip
    assert sheets.export_codes(tmp_path / "codigos.xlsx") == 5
    row = list(load_workbook(tmp_path / "codigos.xlsx").worksheets[0].iter_rows())[1]
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("0007", "s"), ("Caneca; azul", "s"), ("78910", "s"), (1990, "n"), (-2.5, "n"),
    ]  # fmt: skip


# --- there and back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_export_that_comes_back_untouched_changes_nothing(
    sheets: Sheets, store: StateStore, tmp_path: Path, ending: str
) -> None:
    map_skus(store, {"X": {"003": 1}, "B": {"sumiu": 3}, " blank ": {"001": 1}})
    file = tmp_path / f"depara{ending}"
    count = sheets.export_mapping(file)
    result = sheets.import_mapping(file, apply=True)
    assert result.counts == {"new": 0, "changed": 0, "same": count, "warning": 0, "refused": 0}
    assert result.written == 0


def test_the_round_with_the_support(sheets: Sheets, store: StateStore, tmp_path: Path) -> None:
    """Export the unmapped, fill them in in Excel, one of them as a kit, import."""
    file = tmp_path / "sem de-para.xlsx"
    sheets.export_mapping(file, only_unmapped=True)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    sheet["D2"], sheet["D3"], sheet["E3"] = "003", "002", 2
    sheet.append(["B", None, None, "003"])
    book.save(file)
    shown = sheets.import_mapping(file, apply=False)
    assert outcomes(shown) == [
        (2, "=D", "new", None), (3, "B", "new", None), (4, "C", "same", None), (5, "B", "new", None),
    ]  # fmt: skip
    assert components(store, "B") is None
    assert sheets.import_mapping(file, apply=True).written == 2
    assert components(store, "=D") == {"003": 1}
    assert components(store, "B") == {"002": 2, "003": 1}
    mapping = store.catalogue.mapping("B")
    assert mapping is not None
    assert mapping.origin == "import"
    assert sheets.import_mapping(file, apply=True).counts["same"] == 4


# --- each row -------------------------------------------------------------------------------------------------------


def test_new_changed_same_and_left_alone(sheets: Sheets, path: Path) -> None:
    lines = ["B;002;", "A;001;2", "KIT;002;1", "KIT;001;2", "C;;5"]
    assert preview(sheets, path, *lines) == [
        (2, "B", "new", None), (3, "A", "changed", None), (4, "KIT", "same", None), (5, "KIT", "same", None),
        (6, "C", "same", None),
    ]  # fmt: skip


def test_the_sheet_names_all_components_of_a_sku(sheets: Sheets, store: StateStore, path: Path) -> None:
    sheets.import_mapping(csv_file(path, HEADER, "KIT;002;4"), apply=True)
    assert components(store, "KIT") == {"002": 4}


REFUSED = {
    "no SKU": (";001;1", "", "M-401"),
    "unknown code": ("B;999;1", "B", "M-402"),
    "unknown SKU": ("ZZZ;001;1", "ZZZ", "M-403"),
    "no number": ("B;001;duas", "B", "M-404"),
    "zero": ("B;001;0", "B", "M-404"),
    "negative": ("B;001;-1", "B", "M-404"),
    "half": ("B;001;1,5", "B", "M-404"),
    "thousands or three decimals": ("B;001;1.000", "B", "M-404"),
    "too many": ("B;001;100001", "B", "M-404"),
    "digits of another script": ("B;001;٢", "B", "M-404"),
    "long SKU": ("S" * 201 + ";001;1", "S" * 201, "M-406"),
    "long code": ("B;" + "9" * 101 + ";1", "B", "M-406"),
    "digits lost in the code": ("B;1,23457E+14;1", "B", "M-407"),
    "digits lost in the SKU": ("7,89E+12;001;1", "7,89E+12", "M-407"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_row_is_refused_with_its_reason_and_the_others_go_in(
    sheets: Sheets, store: StateStore, path: Path, case: str
) -> None:
    line, key, code = REFUSED[case]
    result = sheets.import_mapping(csv_file(path, HEADER, line, "C;003;1"), apply=True)
    assert outcomes(result) == [(2, key, "refused", code), (3, "C", "new", None)]
    assert components(store, "C") == {"003": 1}
    assert components(store, "B") is None
    error = result.rows[0].error
    assert isinstance(error, ItemError)
    assert is_known(code)
    assert "?" not in sentence(code, error.params).line


def test_units_as_people_write_them(sheets: Sheets, store: StateStore, path: Path) -> None:
    sheets.import_mapping(csv_file(path, HEADER, "A;001;2,0", "B;002; 3 ", "C;003;4.00"), apply=True)
    assert [components(store, sku) for sku in "ABC"] == [{"001": 2}, {"002": 3}, {"003": 4}]


def test_a_kit_goes_in_whole_or_not_at_all(sheets: Sheets, path: Path) -> None:
    assert preview(sheets, path, "B;001;1", "C;001;1", "B;999;1", "B;003;1") == [
        (2, "B", "refused", "M-408"), (3, "C", "new", None), (4, "B", "refused", "M-402"), (5, "B", "refused", "M-408"),
    ]  # fmt: skip


def test_the_same_code_twice_is_no_sum(sheets: Sheets, path: Path) -> None:
    assert preview(sheets, path, "B;001;1", "B;001;1") == [(2, "B", "refused", "M-408"), (3, "B", "refused", "M-405")]


def test_a_kit_with_a_row_not_filled_in_waits(sheets: Sheets, path: Path) -> None:
    assert preview(sheets, path, "B;;", "B;001;1") == [(2, "B", "refused", "M-409"), (3, "B", "refused", "M-408")]
    assert preview(sheets, path, "B;;", "B;;2") == [(2, "B", "same", None), (3, "B", "same", None)]


def test_zeros_that_excel_took_away_are_named(sheets: Sheets, path: Path) -> None:
    result = sheets.import_mapping(csv_file(path, HEADER, "B;2;1"), apply=False)
    error = result.rows[0].error
    assert error is not None
    assert (error.code, error.params["like"]) == ("M-402", "002")
    assert "002" in sentence(error.code, error.params).text


def test_what_was_never_read_refuses_nothing(tmp_path: Path, path: Path) -> None:
    clock = FakeClock(NOW)
    empty = open_store(tmp_path / "state.db", clock)
    try:
        result = Sheets(empty, empty.path, clock).import_mapping(csv_file(path, HEADER, "B;999;1"), apply=True)
        assert outcomes(result) == [(2, "B", "new", None)]
        assert components(empty, "B") == {"999": 1}
    finally:
        empty.close()


def test_blanks_around_codes_are_cut_unless_the_other_side_has_them(
    sheets: Sheets, store: StateStore, path: Path
) -> None:
    put_products(store, ["A", "B", "C", "KIT", " E "])
    sheets.import_mapping(csv_file(path, HEADER, " B ; 002 ;1", " E ;003;1"), apply=True)
    assert components(store, "B") == {"002": 1}
    assert components(store, " E ") == {"003": 1}


def test_a_waiting_order_becomes_due_at_once(sheets: Sheets, store: StateStore, path: Path) -> None:
    put_order(store, "1", items=(OrderItem("B", "Produto", 1, None),))
    store.orders.wait("hub-1", ItemError("O-501", order="1", skus="B"), NOW + timedelta(hours=1), NOW)
    assert store.orders.due((OrderStage.SEEN,), NOW, 10) == []
    sheets.import_mapping(csv_file(path, HEADER, "B;002;1"), apply=True)
    assert [row.order.hub_id for row in store.orders.due((OrderStage.SEEN,), NOW, 10)] == ["hub-1"]


# --- the whole ------------------------------------------------------------------------------------------------------


def test_a_preview_writes_nothing(sheets: Sheets, store: StateStore, path: Path) -> None:
    marks = store.values.dirty()
    result = sheets.import_mapping(csv_file(path, HEADER, "B;002;1"), apply=False)
    assert (result.applied, result.written, result.counts["new"]) == (False, 0, 1)
    assert components(store, "B") is None
    assert store.values.dirty() == marks


def test_a_failing_database_leaves_everything_as_it_was(
    sheets: Sheets, store: StateStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise StoreAway

    monkeypatch.setattr(store.orders, "retry_now", refuse)
    put_order(store, "1")
    store.orders.wait("hub-1", ItemError("O-501", order="1", skus="SKU-1"), NOW, NOW)
    put_products(store, ["A", "B", "C", "KIT", "SKU-1"])
    with pytest.raises(StoreAway):
        sheets.import_mapping(csv_file(path, HEADER, "B;002;1", "SKU-1;001;1"), apply=True)
    assert components(store, "B") is None


def test_a_sheet_of_something_else_changes_nothing(sheets: Sheets, path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        sheets.import_mapping(csv_file(path, "Produto;Preço", "a;1"), apply=True)
    assert caught.value.code == "C-480"
    assert "SKU Plugg.to" in str(caught.value.params["expected"])


def test_the_windows_rows_are_the_same(sheets: Sheets, path: Path) -> None:
    rows = sheets.mapping_rows(csv_file(path, HEADER, "B;002;1", "ZZ;1;1"), False)
    assert [(row.line, row.key, row.outcome, row.error and row.error.code) for row in rows] == [
        (2, "B", "new", None), (3, "ZZ", "refused", "M-403"),
    ]  # fmt: skip
