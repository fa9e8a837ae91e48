"""Sheets that no program writes, found by fuzzing: each is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from otimo_tray.erp.folder.files import Stamp
from otimo_tray.erp.folder.reading import SheetRows, SourceFile
from otimo_tray.errors import ReadRefused
from tests.fuzz.seeds import workbook


def refusal(path: Path) -> ReadRefused:
    with pytest.raises(ReadRefused) as caught:
        list(SheetRows(SourceFile(path, Stamp.of(path.stat())), ("codigo",), {}).columns())
    return caught.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"codigo;sal\rdo\n1;2\n", "E-252"),
        ("codigo;saldo\n1;2\n".encode("utf-16") + b"\x00\xdc\x00\xdc", "E-258"),
        ("codigo;saldo\n1;2\n".encode("utf-16")[:-1], "E-258"),
        ("codigo;saldo\n".encode("utf-16") + b"a\x00" * 5_000_000, "E-258"),
    ],
)
def test_texts(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "estoque.csv"
    path.write_bytes(data)
    assert refusal(path).code == code


def test_a_workbook_that_asks_for_a_later_zip(tmp_path: Path) -> None:
    path = tmp_path / "estoque.xlsx"
    book = bytearray(workbook())
    book[book.index(b"PK\x01\x02") + 6] = 84  # the version needed to unpack the first file, tenfold
    path.write_bytes(book)
    assert refusal(path).code == "E-252"
