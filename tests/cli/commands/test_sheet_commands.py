"""`mapping` and `tracking` on the command line: a result for each row, and exit codes for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from otimo_tray.domain.orders import OrderStage, Shipment
from tests.cli.commands.conftest import Shell
from tests.sheets.shop import (
    KEY,
    NOW,
    S10,
    components,
    csv_file,
    map_skus,
    put_invoice,
    put_items,
    put_order,
    put_products,
)


@pytest.fixture(autouse=True)
def shop(shell: Shell) -> None:
    store = shell.profile.store()
    put_products(store, ["A", "B", "C"])
    put_items(store, ["001", "002"])
    map_skus(store, {"A": {"001": 1}})
    put_order(store, "1001", OrderStage.INVOICED)
    put_invoice(store, KEY, "1206", "hub-1001")


def test_export_says_how_many(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "depara.xlsx"
    assert shell.json("mapping", "export", file) == (0, {"version": 1, "file": str(file), "rows": 3})
    assert shell.json("mapping", "export", file, "--unmapped")[1]["rows"] == 2
    assert load_workbook(file).worksheets[0].max_row == 3
    code, text = shell.text("mapping", "export", tmp_path / "codigos.csv", "--erp-codes")
    assert (code, text) == (0, f"2 linhas gravadas em {tmp_path / 'codigos.csv'}.\n")


def test_import_tells_each_row_and_that_some_were_refused(shell: Shell, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "x.csv", "SKU;Código;Qtd", "B;002;2", "C;999;1", "A;001;1")
    code, shown = shell.json("mapping", "import", file, "--dry-run")
    assert (code, shown["applied"], shown["written"], shell.nudged) == (1, False, 0, [])
    code, done = shell.json("mapping", "import", file)
    assert (code, done["written"], shell.nudged) == (1, 1, ["stock", "price", "orders"])
    assert done["counts"] == {"new": 1, "changed": 0, "same": 1, "warning": 0, "refused": 1}
    assert done["rows"] == shown["rows"]
    first, second, third = done["rows"]
    assert first == {"line": 2, "key": "B", "value": "002 × 2", "outcome": "new", "error": None}
    assert (second["line"], second["outcome"], second["error"]["code"]) == (3, "refused", "M-402")
    assert "999" in second["error"]["text"]
    assert third["outcome"] == "same"
    assert components(shell.profile.store(), "B") == {"002": 2}


def test_import_of_good_rows_alone_succeeds(shell: Shell, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "x.csv", "SKU;Código;Qtd", "B;002;2")
    code, text = shell.text("mapping", "import", file)
    assert code == 0
    assert text.splitlines() == ["     2  nova        B  002 × 2", "Gravado: 1. Linhas: nova 1."]


@pytest.mark.parametrize("command", ["mapping", "tracking"])
def test_a_file_that_cannot_be_used_is_wrong_usage(
    shell: Shell, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = shell.json(command, "import", tmp_path / "nada.xlsx")
    assert (code, told["error"]["code"]) == (2, "C-481")
    code, told = shell.json(command, "import", csv_file(tmp_path / "x.csv", "a;b", "1;2"))
    assert (code, told["error"]["code"]) == (2, "C-480")
    assert "C-480" in capsys.readouterr().err


def test_an_export_that_cannot_be_written_is_wrong_usage(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("mapping", "export", tmp_path / "nenhuma" / "x.csv")[0] == 2
    assert shell.json("mapping", "export", tmp_path / "x.ods")[1]["error"]["code"] == "C-484"


def test_tracking_import_types_and_wakes(shell: Shell, tmp_path: Path) -> None:
    bad = "OJ473124820BR"
    file = csv_file(tmp_path / "x.csv", "Pedido;Código de rastreio", f"1206;{bad}")
    code, told = shell.json("tracking", "import", file)
    assert (code, told["counts"]["warning"], told["rows"][0]["error"]["code"]) == (1, 1, "T-601")
    assert shell.nudged == []
    code, told = shell.json("tracking", "import", file, "--accept-warnings", "--dry-run")
    assert (code, told["applied"], shell.nudged) == (0, False, [])
    code, told = shell.json("tracking", "import", file, "--accept-warnings")
    assert (code, told["written"], shell.nudged) == (0, 1, ["tracking"])
    assert told["rows"][0]["value"] == bad


def test_tracking_list_tells_who_gives_the_code(shell: Shell) -> None:
    store = shell.profile.store()
    put_order(store, "1002", OrderStage.INVOICED, shipments=(Shipment("s", company="Correios"),))
    store.trackings.add("hub-1001", S10, "Correios", "PAC", "", NOW)
    code, told = shell.json("tracking", "list")
    assert (code, told["total"]) == (0, 2)
    by_number = {parcel["number"]: parcel for parcel in told["parcels"]}
    assert by_number["1001"]["invoice"] == "1206"
    assert [(code["code"], code["state"]) for code in by_number["1001"]["codes"]] == [(S10, "typed")]
    assert by_number["1002"]["codes"] == []
    assert {parcel["buyer"] for parcel in told["parcels"]} == {"Maria S."}
    assert shell.json("tracking", "list", "--full", "--limit", "1")[1]["parcels"][0]["buyer"] == "Maria Souza Silva"
    text = shell.text("tracking", "list")[1]
    assert f"{S10} (digitado)" in text
    assert text.endswith("2 de 2.\n")
