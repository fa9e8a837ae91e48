"""`explain` and `audit`: the numbers behind a SKU, and every value that was sent."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.plan import Kind, PlannedPush, PushResult
from otimo_tray.domain.rules import PatternRule, SkuRule
from otimo_tray.domain.settings import ErpSettings, PriceRules, StockRules
from otimo_tray.errors import HubRefusedItem, ItemError
from otimo_tray.store import StateStore
from tests.cli.commands.conftest import Shell
from tests.sheets.shop import NOW, map_skus, put_items, put_products
from tests.store.build import order, plan


def send(
    store: StateStore, sku: str, value: str, *, kind: Kind = "stock", minutes: int = 0, error: str | None = None
) -> None:
    """A value planned, sent and answered."""
    at = NOW + timedelta(minutes=minutes)
    push = PlannedPush(sku, kind, value, None, "changed", {"balance": "12"}, 5)
    store.values.apply(plan(pushes=[push], now=at))
    [due] = [entry for entry in store.values.due_pushes([kind], at, 100) if entry.sku == sku]
    store.values.mark_doubt([due], at)
    failed = None if error is None else HubRefusedItem(error, sku=sku)
    store.values.record_results(
        [PushResult(due, at, confirmed=None if failed else value, answer=error or "confirmed", error=failed)]
    )


@pytest.fixture
def store(shell: Shell, tmp_path: Path) -> StateStore:
    shell.profile.settings = replace(
        shell.profile.settings,
        erp=ErpSettings(folder=str(tmp_path)),
        stock_rules=StockRules(safety_stock=2),
        price_rules=PriceRules(markup_percent=Decimal(10)),
    )
    found = shell.profile.store()
    put_products(found, ["KIT", "SOLO", "SEM"])
    put_items(
        found, [("A", "21", "10.00", None, None, None, "A", None), ("B", "9", "5.00", None, None, None, "B", None)]
    )
    map_skus(found, {"KIT": {"A": 3, "B": 1}, "SOLO": {"A": 1}})
    found.orders.add(order("h1", ("KIT", 2)), OrderStage.SEEN, NOW)
    found.orders.add(order("h2", ("SOLO", 1)), OrderStage.SEEN, NOW)
    return found


def test_each_number_of_a_kit(shell: Shell, store: StateStore) -> None:
    code, told = shell.json("explain", "KIT")
    stock = told["values"]["stock"]
    assert (code, told["mapped"], told["at_hub"]) == (0, True, True)
    # A: 21 − (2 kits × 3 + 1) − 2 = 12 → 4 kits; B: 9 − 2 − 2 = 5.
    assert (stock["desired"], stock["announced"], stock["numbers"]["limiting_code"]) == ("4", "4", "A")
    assert [(part["committed"], part["possible"]) for part in stock["numbers"]["components"]] == [(7, 4), (2, 5)]
    assert [(held["hub_id"], held["erp_code"], held["units"]) for held in told["commitments"]] == [
        ("h1", "A", 6), ("h2", "A", 1), ("h1", "B", 2),
    ]  # fmt: skip
    assert told["values"]["price"]["desired"] == "38.50/38.50"  # (3 × 10 + 5) + 10 %


def test_people_read_the_same_numbers(shell: Shell, store: StateStore) -> None:
    text = shell.text("explain", "KIT")[1]
    for part in (
        "código A: saldo 21 − vendido 7 − segurança 2, 3 por SKU → 4",
        "vendido 6 no pedido h1",
        "acréscimo 10 %: padrão da loja",
        "segurança 2: padrão da loja",
    ):
        assert part in text, text


def test_which_rule_gave_each_number(shell: Shell, store: StateStore) -> None:
    store.catalogue.set_rules({"KIT": SkuRule(max_announced=3)}, NOW)
    pattern = PatternRule("k*", SkuRule(safety_stock=1, markup_percent=Decimal(20), rounding="90"))
    branded = PatternRule("*", SkuRule(floor=Decimal("9.90")), "Forte")
    shell.profile.change_rules([pattern, branded])
    values = shell.json("explain", "KIT")[1]["values"]
    assert {name: told["from"] for name, told in values["stock"]["numbers"]["rules"].items()} == {
        "safety_stock": "pattern", "max_announced": "own",
    }  # fmt: skip
    assert values["price"]["numbers"]["rules"]["markup_percent"] == {"value": "20", "from": "pattern", "pattern": "k*"}
    assert (values["stock"]["desired"], values["price"]["desired"]) == ("3", "42.90/42.90")
    text = shell.text("explain", "KIT")[1]
    for part in ("segurança 1: regra k*", "máximo anunciado 3: regra do SKU", "arredondado para ,90: regra k*"):
        assert part in text, text
    assert "Forte" not in text, "another brand's rule gives this SKU nothing"


def test_what_waits_what_is_in_doubt_and_what_holds_it(shell: Shell, store: StateStore) -> None:
    send(store, "SOLO", "7")
    held = PlannedPush("SOLO", "stock", "0", "7", "changed", {}, 5, "G-222")
    [number] = store.values.apply(plan(pushes=[held]))
    told = shell.json("explain", "SOLO")[1]
    stock = told["values"]["stock"]
    assert (stock["confirmed"], stock["waiting"]["state"], stock["waiting"]["plan"]) == ("7", "held", number)
    assert (stock["waiting"]["guard"], [sent["value"] for sent in told["sent"]]) == ("G-222", ["7"])
    assert f"retenção nº {number}" in shell.text("explain", "SOLO")[1]
    store.held.release(number, "Ana", NOW)
    store.values.mark_doubt(store.values.due_pushes(["stock"], NOW, 10), NOW)
    stock = shell.json("explain", "SOLO")[1]["values"]["stock"]
    assert (stock["doubt"], stock["waiting"]["state"]) == ("0", "due")
    assert "em dúvida: 0" in shell.text("explain", "SOLO")[1]


def test_a_rule_a_missing_code_and_a_missing_mapping(shell: Shell, store: StateStore) -> None:
    store.catalogue.set_rules({"SOLO": SkuRule(stop_selling=True)}, NOW)
    stock = shell.json("explain", "SOLO")[1]["values"]["stock"]
    assert (stock["desired"], stock["numbers"]["capped_by"]) == ("0", "stop_selling")
    map_skus(store, {"SOLO": {"GONE": 1}})
    values = shell.json("explain", "SOLO")[1]["values"]
    assert [values[kind]["error"]["code"] for kind in ("stock", "price")] == ["S-301", "S-311"]
    assert shell.json("explain", "SEM")[1]["mapped"] is False
    with pytest.raises(ItemError) as caught:
        shell.json("explain", "NADA")
    assert caught.value.code == "G-240"


def test_the_audit_by_sku_and_day(shell: Shell, store: StateStore) -> None:
    send(store, "SOLO", "7")
    send(store, "KIT", "4", minutes=1)
    send(store, "SOLO", "6", minutes=60 * 24, error="P-101")
    code, told = shell.json("audit")
    assert (code, told["total"], [row["value"] for row in told["sent"]]) == (0, 3, ["6", "4", "7"])
    assert [row["answer"] for row in told["sent"]] == ["P-101", "confirmed", "confirmed"]
    assert told["sent"][2]["basis"] == {"balance": "12"}
    assert shell.json("audit", "--sku", "SOLO", "--limit", 1)[1]["total"] == 2
    assert [row["value"] for row in shell.json("audit", "--since", "2026-11-24")[1]["sent"]] == ["6"]
    assert shell.json("audit", "--since", "24/11/2026")[1]["total"] == 1


def test_the_audit_is_searched_by_kind_and_text(shell: Shell, store: StateStore, tmp_path: Path) -> None:
    send(store, "SOLO", "7")
    send(store, "KIT", "38.50/38.50", kind="price", minutes=1)
    send(store, "SOLO", "6", minutes=2, error="P-101")

    def values(*words: object) -> list[str]:
        told = shell.json("audit", *words)[1]
        assert told["total"] == len(told["sent"])
        return [row["value"] for row in told["sent"]]

    assert values("--kind", "price") == ["38.50/38.50"]
    assert values("--find", "p-101") == ["6"]
    assert values("--find", "solo", "--kind", "stock") == ["6", "7"]
    assert values("--find", '"balance": "12"') == ["6", "38.50/38.50", "7"], "the numbers behind it too"
    assert values("--find", "nothing of that") == []
    assert shell.json("audit", "--find", "solo", "--limit", 1)[1]["total"] == 2
    assert shell.json("audit", "--kind", "stock", "--csv", tmp_path / "a.csv")[1]["rows"] == 2


def test_the_audit_as_a_sheet_runs_nothing(shell: Shell, store: StateStore, tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    put_products(store, [evil])
    map_skus(store, {evil: {"A": 1}})
    send(store, evil, "7")
    for number in range(1_100):  # more than one block of the store
        send(store, "SOLO", str(number), minutes=number)
    path = tmp_path / "envios.csv"
    assert shell.json("audit", "--csv", path)[1]["rows"] == 1_101
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][:3] == ["Quando", "SKU", "Valor de"]
    assert rows[-1][1] == f"'{evil}"
    assert [row[3] for row in rows[1:-1]] == [str(number) for number in reversed(range(1_100))]
    assert shell.json("audit", "--csv", tmp_path / "envios.doc")[0] == 2
