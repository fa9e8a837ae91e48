"""Any list a window shows goes into a sheet as it stands: codes whole, nothing that Excel would run."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from otimo_tray.desk_calls import DeskCalls
from otimo_tray.sheets.reading import PersonSheet

TITLES = ["Pedido", "Comprador"]
ROWS = [["000123", "Ana"], ["26110047XK47", '=HYPERLINK("http://x")'], ["-", ""]]


@pytest.mark.parametrize("name", ["falta.xlsx", "falta.csv"])
def test_a_list_comes_back_as_it_was_shown(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert DeskCalls.export_table(cast("Any", None), path, "O que falta", TITLES, ROWS) == 3
    columns = {"order": ("pedido",), "buyer": ("comprador",)}
    read = [cells for _, cells in PersonSheet(path, columns, ("order",), "Pedido").rows()]
    assert [list(cells) for cells in read] == ROWS


def test_an_empty_list_is_a_sheet_with_a_heading(tmp_path: Path) -> None:
    assert DeskCalls.export_table(cast("Any", None), tmp_path / "nada.csv", "Nada", TITLES, []) == 0
    assert "Pedido;Comprador" in (tmp_path / "nada.csv").read_text(encoding="utf-8-sig")
