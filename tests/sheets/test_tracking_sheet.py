"""A sheet of tracking codes: whose order each row is, which carrier, what is warned of, and what gets typed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from otimo_tray.domain.desks import Author
from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage, Shipment
from otimo_tray.domain.tracking import Carrier, TrackingState
from otimo_tray.errors import ConfigurationError
from otimo_tray.sheets.desk import Sheets
from otimo_tray.sheets.results import SheetResult
from otimo_tray.store import StateStore
from otimo_tray.words import sentence
from tests.sheets.shop import KEY, NOW, OTHER_KEY, S10, csv_file, put_invoice, put_order

HEADER = "Pedido;Código de rastreio;Transportadora;Método;Volume"


@pytest.fixture(autouse=True)
def shop(store: StateStore) -> None:
    for number in ("1001", "1002", "1003"):
        put_order(store, number, OrderStage.INVOICED)
    put_invoice(store, KEY, "1206", "hub-1001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rastreio.csv"


def outcomes(result: SheetResult) -> list[tuple[int, str, str | None]]:
    return [(row.line, row.outcome, row.error.code if row.error else None) for row in result.rows]


def typed(store: StateStore, hub_id: str) -> list[tuple[int, str, str, str]]:
    return [
        (row.volume, row.code, row.carrier, row.method)
        for row in store.trackings.of_order(hub_id)
        if row.state is not TrackingState.REPLACED
    ]


def imported(sheets: Sheets, path: Path, *lines: str, accept: bool = False, apply: bool = True) -> SheetResult:
    return sheets.import_tracking(csv_file(path, HEADER, *lines), apply, accept_warnings=accept)


@pytest.mark.parametrize("reference", ["hub-1001", "1001", "#1001", KEY, "1206", "0001206"])
def test_an_order_is_found_by_all_its_numbers(sheets: Sheets, store: StateStore, path: Path, reference: str) -> None:
    assert outcomes(imported(sheets, path, f"{reference};{S10.lower()};;;")) == [(2, "new", None)]
    assert typed(store, "hub-1001") == [(1, S10, "Correios", "PAC")]


def test_a_cancelled_invoice_finds_nothing(sheets: Sheets, store: StateStore, path: Path) -> None:
    put_invoice(store, OTHER_KEY, "123", "hub-1002", InvoiceState.CANCELLED)
    assert outcomes(imported(sheets, path, f"{OTHER_KEY};{S10};;;", f"123;{S10};;;")) == [
        (2, "refused", "T-605"), (3, "refused", "T-605"),
    ]  # fmt: skip


CARRIERS = {
    "JADLOG": ("Jadlog", "Package"),
    "correios": ("Correios", "PAC"),
    "Correios  - SEDEX": ("Correios", "SEDEX"),
    "Sedex": ("Correios", "SEDEX"),
    "total express": ("Total Express", "Expresso"),
    "Transportes Silva": ("Transportes São Silva", "Rodoviário"),
    "transportes sao silva": ("Transportes São Silva", "Rodoviário"),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_carriers_are_known_by_name_however_written(sheets: Sheets, store: StateStore, path: Path, name: str) -> None:
    store.trackings.put_carrier(Carrier("Transportes São Silva", "https://example.org/{code}", "Rodoviário"))
    result = imported(sheets, path, f"1001;12345678;{name};;")
    if name == "Transportes Silva":
        assert outcomes(result) == [(2, "refused", "T-623")]
        error = result.rows[0].error
        assert error is not None
        assert "Transportes São Silva" in sentence(error.code, error.params).text
        return
    assert outcomes(result) == [(2, "new", None)]
    assert typed(store, "hub-1001") == [(1, "12345678", *CARRIERS[name])]


def test_a_carrier_not_said_comes_from_the_code_or_the_channel(sheets: Sheets, store: StateStore, path: Path) -> None:
    put_order(store, "1004", OrderStage.INVOICED, shipments=(Shipment("s", company="JadLog"),))
    put_order(store, "1005", OrderStage.INVOICED, shipments=(Shipment("s", company="Ninguém"),))
    result = imported(sheets, path, f"1001;{S10};;Mini Envios;", "1004;123;;;", "1005;456;;;", "1002;789;;;")
    assert outcomes(result) == [
        (2, "new", None), (3, "new", None), (4, "new", None), (5, "refused", "T-622"),
    ]  # fmt: skip
    assert typed(store, "hub-1001") == [(1, S10, "Correios", "Mini Envios")]
    assert typed(store, "hub-1004") == [(1, "123", "Jadlog", "Package")]
    assert typed(store, "hub-1005") == [(1, "456", "Ninguém", "")]  # as the channel wrote it: the hub keeps that anyway


def test_rows_of_one_order_are_its_volumes(sheets: Sheets, store: StateStore, path: Path) -> None:
    lines = ("1001;A1;Jadlog;;", "hub-1001;A2;Jadlog;;", "1206;A5;Jadlog;;5", "1001;A9;Jadlog;;5", "1002;B1;Jadlog;;x")
    result = imported(sheets, path, *lines)
    assert outcomes(result) == [
        (2, "new", None), (3, "new", None), (4, "new", None), (5, "refused", "T-625"), (6, "refused", "T-624"),
    ]  # fmt: skip
    assert result.written == 3
    assert [(volume, code) for volume, code, *_ in typed(store, "hub-1001")] == [(1, "A1"), (2, "A2"), (5, "A5")]
    again = imported(sheets, path, *lines)
    assert [row.outcome for row in again.rows] == ["same", "same", "same", "refused", "refused"]
    assert again.written == 0


def test_another_code_is_a_correction(sheets: Sheets, store: StateStore, path: Path) -> None:
    store.trackings.add("hub-1001", "A1", "Jadlog", "Package", "", NOW, shipment_id="s-1001")
    result = imported(sheets, path, "1001;A2;Jadlog;;")
    assert outcomes(result) == [(2, "changed", None)]
    assert [code for _, code, *_ in typed(store, "hub-1001")] == ["A2"]
    assert store.trackings.of_order("hub-1001")[-1].shipment_id == "s-1001"


def test_a_code_over_another_desks_waits_for_a_yes(sheets: Sheets, store: StateStore, path: Path) -> None:
    mine, store.acts.author = store.acts.author, Author("Bia", "Balcão 2")
    store.trackings.add("hub-1001", "A1", "Jadlog", "Package", "", NOW, shipment_id="s-1001")
    store.acts.author = mine
    result = imported(sheets, path, "1001;A2;Jadlog;;", "1002;OK1;Jadlog;;")
    assert outcomes(result) == [(2, "warning", "T-607"), (3, "new", None)]
    error = result.rows[0].error
    assert error is not None
    assert (error.params["person"], error.params["typed"]) == ("Bia", "A1")
    assert [code for _, code, *_ in typed(store, "hub-1001")] == ["A1"]
    imported(sheets, path, "1001;A2;Jadlog;;", accept=True)
    assert [code for _, code, *_ in typed(store, "hub-1001")] == ["A2"]


WARNED = {"digit": ("OJ473124820BR", "T-601"), "used": ("USADO1", "T-602"), "key": (OTHER_KEY, "T-603")}


@pytest.mark.parametrize("case", WARNED)
def test_a_warned_code_waits_for_a_yes(sheets: Sheets, store: StateStore, path: Path, case: str) -> None:
    code, warning = WARNED[case]
    store.trackings.add("hub-1003", "USADO1", "Jadlog", "Package", "", NOW)
    result = imported(sheets, path, f"1001;{code};Jadlog;;", "1002;OK1;Jadlog;;")
    assert outcomes(result) == [(2, "warning", warning), (3, "new", None)]
    assert typed(store, "hub-1001") == []
    assert len(typed(store, "hub-1002")) == 1
    accepted = imported(sheets, path, f"1001;{code};Jadlog;;", "1002;OK1;Jadlog;;", accept=True)
    assert outcomes(accepted) == [(2, "new", None), (3, "same", None)]
    assert typed(store, "hub-1001") == [(1, code, "Jadlog", "Package")]
    assert store.trackings.of_order("hub-1001")[0].warnings == [warning]


def test_a_code_twice_in_the_sheet_is_warned_of_too(sheets: Sheets, path: Path) -> None:
    result = imported(sheets, path, "1001;A1;Jadlog;;", "1002;A1;Jadlog;;", apply=False)
    assert outcomes(result) == [(2, "new", None), (3, "warning", "T-602")]
    error = result.rows[1].error
    assert error is not None
    assert error.params["order"] == "1001"


def test_refused_rows_say_why_and_the_others_go_in(sheets: Sheets, store: StateStore, path: Path) -> None:
    put_order(store, "2001", OrderStage.CANCELLED, status="canceled")
    put_order(store, "2002", OrderStage.INVOICED, status="canceled")
    store.orders.set_cancel_open("hub-2002", True, NOW)
    put_order(store, "1001", OrderStage.INVOICED, hub_id="another", channel="Outra")
    lines = (
        f"9999;{S10};;;", f"2001;{S10};;;", f"2002;{S10};;;", f"1001;{S10};;;", f";{S10};;;", "1002;;Jadlog;;",
        "1002;" + "9" * 61 + ";Jadlog;;", "1002;1,23457E+14;Jadlog;;", f"1003;{S10};;;",
    )  # fmt: skip
    result = imported(sheets, path, *lines)
    codes = ["T-605", "T-606", "T-606", "T-620", "T-621", "T-604", "T-604", "T-626", None]
    assert [row.error.code if row.error else None for row in result.rows] == codes
    assert typed(store, "hub-1003") == [(1, S10, "Correios", "PAC")]
    for row in result.rows[:-1]:
        assert row.error is not None
        assert "?" not in sentence(row.error.code, row.error.params).line


def test_a_preview_types_nothing(sheets: Sheets, store: StateStore, path: Path) -> None:
    result = imported(sheets, path, f"1001;{S10};;;", apply=False)
    assert (outcomes(result), result.applied, result.written) == ([(2, "new", None)], False, 0)
    assert store.trackings.of_order("hub-1001") == []


def test_typed_codes_are_due_at_once(sheets: Sheets, store: StateStore, path: Path) -> None:
    imported(sheets, path, f"1001;{S10};;;")
    assert [row.code for row in store.trackings.due((TrackingState.TYPED,), NOW, 10)] == [S10]


def test_an_order_cancelled_between_look_and_type_is_refused(
    sheets: Sheets, store: StateStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = store.batch

    def cancel_first() -> object:
        monkeypatch.setattr(store, "batch", batch)
        store.orders.set_cancel_open("hub-1001", True, NOW + timedelta(seconds=1))
        return batch()

    monkeypatch.setattr(store, "batch", cancel_first)
    result = imported(sheets, path, f"1001;{S10};;;", "1002;X1;Jadlog;;")
    assert outcomes(result) == [(2, "refused", "T-606"), (3, "new", None)]
    assert result.written == 1
    assert typed(store, "hub-1001") == []


def test_a_sheet_without_the_columns_types_nothing(sheets: Sheets, path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        sheets.import_tracking(csv_file(path, "Cliente;Cidade", "a;b"), apply=True)
    assert caught.value.code == "C-480"


def test_the_windows_rows_show_a_warned_row_as_refused(sheets: Sheets, path: Path) -> None:
    rows = sheets.tracking_rows(csv_file(path, HEADER, "1001;OJ473124820BR;;;", f"1002;{S10};;;"), True)
    assert [(row.line, row.outcome, row.error and row.error.code) for row in rows] == [
        (2, "refused", "T-601"), (3, "new", None),
    ]  # fmt: skip
