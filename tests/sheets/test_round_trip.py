"""What is written into a sheet is read back equal, and no spreadsheet takes any of it for a formula."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from otimo_tray.errors import ConfigurationError
from otimo_tray.sheets.guard import guarded, storable, unguarded
from otimo_tray.sheets.reading import PersonSheet
from otimo_tray.sheets.writing import Column, write_sheet

COLUMNS = (Column("Código", 10), Column("Nome", 20))
KNOWN = {"code": ("codigo",), "name": ("nome",)}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

texts = st.text(alphabet=st.characters(), max_size=40) | st.sampled_from(
    ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\t=1", "'=1", "''=x", "'", '"', '";"', "a;b,c\td", "linha\nduas",
     "\U0001f600 emoji", "00123", "1E5", "_x0041_", "_x005F_x0041_", "#N/A", "TRUE", " branco ", "=\"00123\"", "#total"]
)  # fmt: skip


def round_trip(path: Path, rows: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    assert write_sheet(path, "Teste", COLUMNS, rows) == len(rows)
    return [cells for _, cells in PersonSheet(path, KNOWN, ("code", "name"), "").rows()]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@settings(deadline=None, max_examples=60, print_blob=True)
@example(rows=[("=cmd|' /C calc'!A0", "\U0001f600\r\n\"aspas\"; 'a'")])
@example(rows=[("", "só a segunda"), ("#total", "7")])
@given(rows=st.lists(st.tuples(texts, texts), max_size=8))
def test_every_text_comes_back_equal(ending: str, rows: list[tuple[str, str]]) -> None:
    expected = [(storable(code), storable(name)) for code, name in rows if code or name]
    with tempfile.TemporaryDirectory() as folder:
        assert round_trip(Path(folder) / f"planilha{ending}", rows) == expected


@given(text=texts)
def test_a_guarded_text_is_never_run_and_is_told_apart(text: str) -> None:
    assert not guarded(text).startswith(DANGEROUS)
    assert unguarded(guarded(text)) == text


@given(text=texts)
def test_only_what_no_sheet_can_hold_is_changed(text: str) -> None:
    kept = storable(text)
    assert storable(kept) == kept
    if all(char >= " " and not 0xD800 <= ord(char) <= 0xDFFF and ord(char) < 0xFFFE for char in text):
        assert kept == text


def test_no_cell_of_the_csv_file_starts_as_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "planilha.csv"
    round_trip(path, [(f"{start}1+1", f"{start}HYPERLINK(1)") for start in DANGEROUS])
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert len(cells) == 2 * (1 + len(DANGEROUS))
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]


def test_no_cell_of_the_workbook_is_a_formula_or_an_error(tmp_path: Path) -> None:
    path = tmp_path / "planilha.xlsx"
    round_trip(path, [("=1+1", "#N/A"), ("-1", "@x"), ("00123", "1e5")])
    sheet = load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells[2:]} == {"@"}
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == 10
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_csv_is_as_brazilian_excel_has_it(tmp_path: Path) -> None:
    path = tmp_path / "planilha.csv"
    columns = (*COLUMNS, Column("Preço", 9, "money"), Column("Saldo", 9, "number"))
    write_sheet(path, "Teste", columns, [("001", "Ação", Decimal("1990.50"), Decimal(-3)), ("2", "", None, 7)])
    assert path.read_bytes() == (
        b"\xef\xbb\xbf" + "Código;Nome;Preço;Saldo\r\n001;Ação;1990,50;-3\r\n2;;;7\r\n".encode()
    )


def test_numbers_are_numbers_in_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "planilha.xlsx"
    columns = (*COLUMNS, Column("Preço", 9, "money"), Column("Saldo", 9, "number"))
    write_sheet(path, "Teste", columns, [("001", "x", Decimal("1990.50"), Decimal(-3))])
    row = list(load_workbook(path).worksheets[0].iter_rows())[1]
    assert [(cell.value, cell.data_type) for cell in row] == [("001", "s"), ("x", "s"), (1990.5, "n"), (-3, "n")]
    assert row[2].number_format == "#,##0.00"


class Counted(tuple[str, str]):
    """A row that knows how many of its kind are alive."""

    alive = 0
    most = 0
    __slots__ = ()

    def __new__(cls, number: int) -> Counted:
        cls.alive += 1
        cls.most = max(cls.most, cls.alive)
        return super().__new__(cls, (str(number), "x"))

    def __del__(self) -> None:
        Counted.alive -= 1


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_rows_are_written_as_they_come_and_forgotten(tmp_path: Path, ending: str) -> None:
    Counted.most = 0
    path = tmp_path / f"planilha{ending}"
    assert write_sheet(path, "Teste", COLUMNS, (Counted(number) for number in range(3_000))) == 3_000
    assert 1 <= Counted.most <= 3


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"planilha{ending}"
        path.write_text("antes")

        def rows() -> list[tuple[str, str]]:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            write_sheet(path, "Teste", COLUMNS, (row for _ in range(3) for row in rows()))
        assert path.read_text() == "antes"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["planilha.csv", "planilha.xlsx"]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as missing:
        write_sheet(tmp_path / "nenhuma" / "x.csv", "Teste", COLUMNS, [])
    assert (missing.value.code, missing.value.params["why"]) == ("C-483", "folder")
    with pytest.raises(ConfigurationError) as ending:
        write_sheet(tmp_path / "x.pdf", "Teste", COLUMNS, [])
    assert ending.value.code == "C-484"
