"""Fifty ways in which an export goes wrong, each as the text of a file made from the good rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from tests.exports.shop import HEADER, Row, money

Maker = Callable[[Sequence[Row]], str]
CODE, NAME, STOCK, PRICE = range(4)


def good_change(rows: Sequence[Row]) -> list[Row]:
    """A good export some hours later: every 7th SKU sold one, every 9th was delivered, every 11th costs more."""
    found: list[Row] = []
    for place, (code, name, stock, price) in enumerate(rows):
        units = int(stock) - (1 if place % 7 == 0 and int(stock) > 1 else 0) + (10 if place % 9 == 1 else 0)
        found.append((code, name, str(units), comma(money(price) + 1) if place % 11 == 0 else price))
    return found


def comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def text(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> str:
    return "\r\n".join(";".join(row) for row in [header, *rows]) + "\r\n"


def each(change: Callable[[Row], Sequence[str]]) -> Maker:
    return lambda rows: text([change(row) for row in rows])


def part(share: float, change: Callable[[Row], Sequence[str]]) -> Maker:
    """The first part of the rows is wrong: the export's query broke on its way."""
    return lambda rows: text([change(row) if n < len(rows) * share else row for n, row in enumerate(rows)])


def kept(share: float) -> Maker:
    return lambda rows: text(rows[: int(len(rows) * share)])


def stocks(value: str) -> Maker:
    return each(lambda row: (row[CODE], row[NAME], value, row[PRICE]))


def prices(value: str) -> Maker:
    return each(lambda row: (row[CODE], row[NAME], row[STOCK], value))


def both(stock: str, price: str) -> Maker:
    return each(lambda row: (row[CODE], row[NAME], stock, price))


def times(factor: str, share: float = 1.0) -> Maker:
    number = Decimal(factor)
    return part(share, lambda row: (row[CODE], row[NAME], row[STOCK], comma(money(row[PRICE]) * number)))


def rolled(*columns: int, share: float = 1.0, by: int = 1) -> Maker:
    """These columns moved by some rows against the codes, as a sheet sorted by one column alone."""

    def make(rows: Sequence[Row]) -> str:
        last = int(len(rows) * share)
        moved = [list(row) for row in rows]
        for place in range(last):
            for column in columns:
                moved[place][column] = rows[(place + by) % last][column]
        return text(moved)

    return make


def sorted_alone(column: int) -> Maker:
    def make(rows: Sequence[Row]) -> str:
        values = sorted((row[column] for row in rows), key=money)
        return text([[*row[:column], value, *row[column + 1 :]] for row, value in zip(rows, values, strict=True)])

    return make


BAD: Final[dict[str, Maker]] = {
    # empty
    "no bytes": lambda rows: "",
    "header alone": lambda rows: text([]),
    "blank lines": lambda rows: "\r\n" * 40,
    "blank rows": lambda rows: text([["", "", "", ""] for _ in rows]),
    "one row": lambda rows: text(rows[:1]),
    "a message instead": lambda rows: "Falha ao conectar no banco de dados\r\n",
    "a page instead": lambda rows: "<html><body>502 Bad Gateway</body></html>",
    # half
    "half": kept(0.5),
    "a third": kept(0.33),
    "a tenth": kept(0.1),
    "the second half": lambda rows: text(rows[len(rows) // 2 :]),
    "every other row": lambda rows: text(rows[::2]),
    "cut in a row": lambda rows: text(rows)[: len(text(rows)) // 2],
    "cut in the last row": lambda rows: text(rows)[:-9],
    # shifted columns
    "header shifted left": lambda rows: text(rows, (*HEADER[1:], HEADER[0])),
    "header shifted right": lambda rows: text(rows, (HEADER[-1], *HEADER[:-1])),
    "cells shifted left": each(lambda row: (*row[1:], "")),
    "cells shifted right": each(lambda row: ("", *row[:-1])),
    "a cell too many": each(lambda row: ("1", *row)),
    "stock and price swapped": each(lambda row: (row[CODE], row[NAME], row[PRICE], row[STOCK])),
    "header of stock and price swapped": lambda rows: text(rows, ("codigo", "descricao", "preco", "saldo")),
    "code and name swapped": each(lambda row: (row[NAME], row[CODE], row[STOCK], row[PRICE])),
    "code in every column": each(lambda row: (row[CODE],) * 4),
    "codes moved a row": rolled(STOCK, PRICE),
    "codes moved ten rows": rolled(STOCK, PRICE, by=10),
    "half of the codes moved a row": rolled(STOCK, PRICE, share=0.5),
    "a third of the codes moved a row": rolled(STOCK, PRICE, share=0.34),
    "half of the prices moved a row": rolled(PRICE, share=0.5),
    "prices sorted alone": sorted_alone(PRICE),
    "stock sorted alone": sorted_alone(STOCK),
    "no price column's name": lambda rows: text(rows, ("codigo", "descricao", "saldo", "")),
    # all zeros, all ones
    "stock zero": stocks("0"),
    "stock empty": stocks(""),
    "stock negative": stocks("-1"),
    "price zero": prices("0,00"),
    "price empty": prices(""),
    "all zero": both("0", "0,00"),
    "half zero": part(0.5, lambda row: (row[CODE], row[NAME], "0", "0,00")),
    "stock one": stocks("1"),
    "price one": prices("1,00"),
    "all one": both("1", "1,00"),
    # prices x 100 and / 100
    "prices x 100": times("100"),
    "prices / 100": times("0.01"),
    "prices x 10": times("10"),
    "prices / 10": times("0.1"),
    "half of the prices x 100": times("100", 0.5),
    "some prices / 100": times("0.01", 0.1),
    "one price / 100": times("0.01", 0.02),
    "prices with a point for thousands": each(
        lambda row: (row[CODE], row[NAME], row[STOCK], row[PRICE].replace(",", ".") + "0")
    ),
    "prices and stock x 100": each(
        lambda row: (row[CODE], row[NAME], row[STOCK] + "00", comma(money(row[PRICE]) * 100))
    ),
    # duplicated rows
    "every row twice": lambda rows: text([*rows, *rows]),
    "one row twice": lambda rows: text([*rows, rows[3]]),
    "one row twice with another stock": lambda rows: text(
        [*rows, (rows[3][CODE], rows[3][NAME], "99", rows[3][PRICE])]
    ),
    "the first row all over": lambda rows: text([rows[0]] * len(rows)),
}
