"""Decimal comma or point: decided for a whole file or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.erp.folder.numbers import DecimalStyle, canonical, style_of
from otimo_tray.errors import ReadRefused


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ("19,90", ","),
        ("19.90", "."),
        ("1.990,00", ","),
        ("1,990.00", "."),
        ("1.234.567", ","),
        ("1,234,567", "."),
        ("0,500", ","),
        ("0.500", "."),
        ("1234.567", "."),
        (",5", ","),
        ("-12,5", ","),
        ("R$ 19,90", ","),
        ("1.990", "?"),
        ("12,500", "?"),
        ("-1.990", "?"),
        ("1990", ""),
        ("", ""),
        ("sob consulta", ""),
        ("1,2.3,4", ""),
        ("10.0.0.1,5,5", ""),
    ],
)
def test_what_one_cell_proves(cell: str, style: str) -> None:
    assert style_of(cell) == style


@pytest.mark.parametrize(
    ("cell", "style", "expected"),
    [
        ("1.990,00", ",", "1990.00"),
        ("1.990", ",", "1990"),
        ("1.990", ".", "1.990"),
        ("1,990", ".", "1990"),
        ("-3", ",", "-3"),
        ("+3,5", ",", "3.5"),
        ("R$ 1.234,56", ",", "1234.56"),
        (" 12,5\u00a0", ",", "12.5"),
        (",5", ",", "0.5"),
        ("-,5", ",", "-0.5"),
        ("12.34,5", ",", "12.34,5"),
        ("5,", ",", "5,"),
        ("muitos", ",", "muitos"),
        ("1e5", ".", "1e5"),
        ("١٢", ".", "١٢"),
    ],
)
def test_canonical_text_or_the_cell_as_it_is(cell: str, style: str, expected: str) -> None:
    assert canonical(cell, "," if style == "," else ".") == expected


def converted(*columns: list[str]) -> list[list[str | None]]:
    """The columns of one file after all of them were looked at."""
    judge = DecimalStyle("estoque.csv")
    texts = [judge.look(cells, 2) for cells in columns]
    judge.close()
    return [list(judge.convert(cells, text)) for cells, text in zip(columns, texts, strict=True)]


def test_one_certain_cell_decides_for_all_columns() -> None:
    assert converted(["1.990", "7", ""], ["19,90", "5", "2"]) == [["1990", "7", None], ["19.90", "5", "2"]]
    assert converted(["1.990", "7", ""], ["19.90", "5", "2"]) == [["1.990", "7", None], ["19.90", "5", "2"]]


def test_whole_numbers_need_no_proof() -> None:
    assert converted(["5", "-3", ""], ["", "", ""]) == [["5", "-3", None], [None, None, None]]


def test_both_styles_in_one_file_are_refused_with_both_cells() -> None:
    with pytest.raises(ReadRefused) as caught:
        converted(["1.990,00", "19.90"])
    assert caught.value.code == "E-253"
    assert caught.value.params == {
        "source": "estoque.csv",
        "reason": "mixed",
        "row": 2,
        "value": "1.990,00",
        "other_row": 3,
        "other_value": "19.90",
    }


def test_both_styles_in_two_columns_are_refused_too() -> None:
    with pytest.raises(ReadRefused, match="E-253"):
        converted(["1,5", "2"], ["19.90", "5"])


def test_what_can_be_read_both_ways_is_refused() -> None:
    with pytest.raises(ReadRefused) as caught:
        converted(["5", "1.990", "2.500"])
    assert (caught.value.code, caught.value.params["reason"], caught.value.params["row"]) == ("E-253", "ambiguous", 3)


@given(
    st.lists(st.decimals(min_value=-99_999_999, max_value=99_999_999, places=2), min_size=1, max_size=30),
    st.sampled_from([",", "."]),
    st.booleans(),
)
def test_any_prices_come_out_as_they_went_in(values: list[Decimal], style: str, thousands: bool) -> None:
    texts = [f"{value:,.2f}" if thousands else f"{value:.2f}" for value in values]
    if style == ",":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]

    (column,) = converted(texts)

    assert [Decimal(text or "") for text in column] == values
