"""The table kit: search finds what a plain look finds, blocks survive Excel, the model keeps Qt's contract."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from otimo_tray.ui.look import Tone
from otimo_tray.ui.tables.clipboard import from_block, to_block
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import BLOCK, FoldedIndex, fold, narrows
from otimo_tray.ui.tables.model import SORT_RUN, RowsModel, sort_places
from otimo_tray.ui.tables.view import Table
from tests.ui.conftest import watched

Row = tuple[str, int]

_cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)


@given(st.lists(st.lists(_cells.map(lambda cell: cell or "x"), min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_block_survives_the_clipboard(rows: list[list[str]]) -> None:
    assert from_block(to_block(rows)) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\r\n\tb", [["a", ""], ["", "b"]]),
        ('"x""y\r\nz"\t1', [['x"y\r\nz', "1"]]),
        ('5" tela\t2', [['5" tela', "2"]]),
        ('"sem fim\t1', [['"sem fim', "1"]]),
        ("", []),
        ("000123\n000124\n", [["000123"], ["000124"]]),
    ],
)
def test_blocks_as_excel_writes_them(text: str, rows: list[list[str]]) -> None:
    assert from_block(text) == rows


@pytest.mark.parametrize(
    ("text", "folded"), [("Calça Ótima", "calca otima"), ("ÇÃO", "cao"), ("ABC-12", "abc-12"), ("Straße", "strasse")]
)
def test_folding_knows_no_case_and_no_accent(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(
    st.lists(st.sampled_from(["Camiseta azul", "CAMISA Açaí", "tênis 42", "meia", "a\nb"]), max_size=40),
    st.text("caméis 4", max_size=6),
)
def test_search_finds_what_a_plain_look_finds(texts: list[str], query: str) -> None:
    index: FoldedIndex[str] = FoldedIndex(lambda text: text)
    index.build(texts)
    words = fold(query).split()
    expected = [
        place for place, text in enumerate(texts) if all(word in fold(text).replace("\n", " ") for word in words)
    ]
    assert [place for block in index.search(query) for place in block] == expected


@given(
    st.lists(st.sampled_from(["Camiseta azul", "CAMISA Açaí", "tênis 42", "meia", "a\nb"]), max_size=140),
    st.text("caméis 4", max_size=5),
    st.text("caméis 4", max_size=5),
)
def test_a_narrower_search_among_the_hits_before_finds_the_same(texts: list[str], before: str, query: str) -> None:
    index: FoldedIndex[str] = FoldedIndex(lambda text: text)
    index.build(texts)
    old = bytearray(len(texts))
    for block in index.search(before):
        for place in block:
            old[place] = 1
    whole = [place for block in index.search(query) for place in block]
    if narrows(query, before):
        assert [place for block in index.search(query, old) for place in block] == whole
    else:
        assert not query.startswith(before)


def test_search_goes_over_blocks_and_sees_replaced_rows() -> None:
    rows = [f"sku-{number:06d}" for number in range(BLOCK * 2 + 7)]
    index: FoldedIndex[str] = FoldedIndex(lambda text: text)
    index.build(rows)
    assert [place for block in index.search("sku-004096") for place in block] == [4096]
    rows[4096] = "outro"
    index.replace(rows, [4096])
    assert [place for block in index.search("sku-004096") for place in block] == []
    assert [place for block in index.search("outro") for place in block] == [4096]


@given(st.lists(st.integers(-5, 5), max_size=60), st.booleans())
def test_sorting_by_runs_is_stable_sorting(values: list[int], descending: bool) -> None:
    places = list(sort_places(values, lambda value: value, descending))
    assert places == sorted(range(len(values)), key=values.__getitem__, reverse=descending)


def test_sorting_more_than_one_run() -> None:
    values = [(number * 7919) % 10007 for number in range(SORT_RUN * 2 + 11)]
    assert list(sort_places(values, lambda value: value, True)) == sorted(
        range(len(values)), key=values.__getitem__, reverse=True
    )


def _model() -> RowsModel[Row]:
    columns: list[Column[Row]] = [
        Column("name", "Nome", lambda row: row[0], 0),
        Column("count", "Qtd.", lambda row: str(row[1]), 6, right=True, sort=lambda row: row[1]),
    ]
    return RowsModel(columns, lambda row: row[0])


def test_the_model_keeps_qts_contract_through_every_change(qtbot: QtBot) -> None:
    del qtbot
    model = _model()
    watch = watched(model)
    model.set_rows([("Boné", 3), ("Calça", 12), ("Camisa", 1)])
    model.set_query("ca")
    assert [row[0] for row in model.shown_rows()] == ["Calça", "Camisa"]
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in model.shown_rows()] == ["Camisa", "Calça"]
    model.set_query("")
    assert [row[1] for row in model.shown_rows()] == [1, 3, 12]
    model.set_tab(lambda rows: bytes(row[1] > 2 for row in rows))
    assert [row[1] for row in model.shown_rows()] == [3, 12]
    model.replace_rows({1: ("Calça jeans", 2)})
    model.sort(-1)
    model.set_tab(None)
    assert [row[0] for row in model.shown_rows()] == ["Boné", "Calça jeans", "Camisa"]
    model.set_rows([])
    assert model.rowCount() == 0
    assert model.rowCount(model.index(0, 0)) == 0
    del watch


def test_a_cells_looks_asked_for_at_once_are_those_asked_for_one_by_one(qtbot: QtBot, tmp_path: Path) -> None:
    columns: list[Column[Row]] = [
        Column("name", "Nome", lambda row: row[0], 0, code=True),
        Column("count", "Qtd.", lambda row: str(row[1]), 6, right=True, tone=lambda row: Tone.BAD if row[1] else None),
    ]
    model: RowsModel[Row] = RowsModel(columns, lambda row: row[0])
    model.alarm = lambda row: row[1] == 2
    table = Table(model, "t", QSettings(str(tmp_path / "t.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(table)
    model.set_rows([("Boné", 3), ("Calça", 2), ("Meia", 0)])

    class Delegate(QStyledItemDelegate):
        def options(self, index: QModelIndex) -> QStyleOptionViewItem:
            made = QStyleOptionViewItem()
            self.initStyleOption(made, index)
            return made

    delegate = Delegate(table)
    role = Qt.ItemDataRole
    for row in range(3):
        for column in range(2):
            index = model.index(row, column)
            shown = delegate.options(index)
            assert shown.text == index.data()
            assert int(shown.displayAlignment) == index.data(role.TextAlignmentRole)
            ink, ground = index.data(role.ForegroundRole), index.data(role.BackgroundRole)
            assert ink is None or shown.palette.color(QPalette.ColorRole.Text) == ink
            assert shown.backgroundBrush.color() == ground if ground else shown.backgroundBrush == QBrush()
            font = index.data(role.FontRole)
            assert font is None or shown.font.family() == font.family()
    model.replace_rows({0: ("Boné azul", 3)})
    assert model.index(0, 0).data() == "Boné azul"


def test_copying_whole_rows_brings_headings_and_keeps_numbers_plain(qtbot: QtBot, tmp_path: Path) -> None:
    model = _model()
    table = Table(model, "t", QSettings(str(tmp_path / "t.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(table)
    model.set_rows([("Boné", 3), ('Tela 5"', 12)])
    table.show()
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert from_block(QGuiApplication.clipboard().text()) == [["Nome", "Qtd."], ["Boné", "3"], ['Tela 5"', "12"]]
    table.hide()


def test_the_current_row_stays_current_through_a_filter(qtbot: QtBot, tmp_path: Path) -> None:
    model = _model()
    table = Table(model, "t", QSettings(str(tmp_path / "t.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(table)
    model.set_rows([(f"item {number}", number) for number in range(50)])
    table.go_to(33)
    model.set_query("item 3")
    assert table.current_row() == ("item 33", 33)
    model.set_query("")
    assert table.current_row() == ("item 33", 33)
