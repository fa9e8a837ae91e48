"""`orders`, `invoices` and `held` on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import Order, OrderStage
from otimo_tray.errors import ConfigurationError, HubAway, HubNotFound, ItemError
from tests.cli.commands.conftest import Shell
from tests.sheets.shop import KEY, NOW, OTHER_KEY, order, put_invoice, put_order


class FakeHub:
    """Knows some orders by any of their numbers."""

    def __init__(self, *orders: Order) -> None:
        self.known = orders
        self.asked: list[str] = []
        self.closed = False
        self.away = False

    def find_orders(self, original_id: str) -> list[Order]:
        self.asked.append(original_id)
        if self.away:
            raise HubAway
        if original_id == "404":
            raise HubNotFound
        return [found for found in self.known if original_id in (found.hub_id, found.original_id, found.external)]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    found = FakeHub()

    def make_hub(*_: object) -> FakeHub:
        return found

    monkeypatch.setattr("otimo_tray.app.make_hub", make_hub)
    return found


def stage(shell: Shell, hub_id: str) -> OrderStage:
    return shell.profile.store().orders.known([hub_id])[hub_id]


def codes(told: dict[str, Any]) -> list[str | None]:
    return [result["error"] and result["error"]["code"] for result in told["results"]]


# --- list ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(shell: Shell) -> None:
    store = shell.profile.store()
    for number in range(5):
        put_order(store, f"10{number}", approved=NOW - timedelta(hours=number))
    put_order(store, "200", OrderStage.FIRST_RUN, approved=NOW - timedelta(days=1))
    put_order(store, "300", OrderStage.INVOICED, approved=NOW - timedelta(days=2))
    store.orders.set_cancel_open("hub-300", True, NOW)
    store.orders.wait("hub-102", ItemError("O-501", order="102", skus="SKU-1"), NOW, NOW)


def numbers(shell: Shell, *words: str) -> list[str]:
    return [found["number"] for found in shell.json("orders", "list", *words)[1]["orders"]]


@pytest.mark.usefixtures("many")
def test_the_newest_first_and_at_most_so_many(shell: Shell) -> None:
    assert numbers(shell) == ["100", "101", "102", "103", "104", "200", "300"]
    code, told = shell.json("orders", "list", "--limit", "2")
    assert (code, told["total"], [found["number"] for found in told["orders"]]) == (0, 7, ["100", "101"])


@pytest.mark.usefixtures("many")
def test_only_a_stage_what_waits_or_what_is_found(shell: Shell) -> None:
    assert numbers(shell, "--stage", "first_run") == ["200"]
    assert numbers(shell, "--waiting") == ["102", "200", "300"]
    assert numbers(shell, "--find", "102") == ["102"]
    assert len(numbers(shell, "--find", "maria")) == 7
    assert numbers(shell, "--find", "maria", "--stage", "invoiced") == ["300"]


@pytest.mark.usefixtures("many")
def test_personal_data_only_in_full(shell: Shell) -> None:
    code, text = shell.text("orders", "list")
    assert code == 0
    assert "Maria S." in text
    assert "Souza" not in text
    assert "12345678909" not in str(shell.json("orders", "list"))
    found = shell.json("orders", "list", "--full", "--limit", "1")[1]["orders"][0]
    assert (found["buyer"], found["document"]) == ("Maria Souza Silva", "12345678909")
    assert "O-501" in text
    assert "CANCELADO" in text


# --- the first run's question ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "becomes"),
    [("import", OrderStage.SEEN), ("in-erp", OrderStage.IN_ERP), ("ignore", OrderStage.IGNORED)],
)
def test_each_answer(shell: Shell, action: str, becomes: OrderStage) -> None:
    for number in ("1", "2", "3"):
        put_order(shell.profile.store(), number, OrderStage.FIRST_RUN)
    code, told = shell.json("orders", action, "1", "hub-2")
    assert (code, codes(told), shell.nudged) == (0, [None, None], ["orders", "stock"])
    assert [stage(shell, f"hub-{number}") for number in (1, 2, 3)] == [becomes, becomes, OrderStage.FIRST_RUN]
    code, told = shell.json("orders", action, "--all")
    assert (code, [result["item"] for result in told["results"]]) == (0, ["3"])
    assert stage(shell, "hub-3") is becomes


@pytest.mark.parametrize("action", ["import", "in-erp", "ignore"])
@pytest.mark.parametrize("before", [OrderStage.IGNORED, OrderStage.IMPORTED, OrderStage.SEEN])
def test_what_is_decided_already_is_refused(shell: Shell, hub: FakeHub, action: str, before: OrderStage) -> None:
    put_order(shell.profile.store(), "1", before)
    put_order(shell.profile.store(), "2", OrderStage.FIRST_RUN)
    code, told = shell.json("orders", action, "1", "2")
    assert (code, codes(told)) == (1, ["O-550", None])
    assert "?" not in told["results"][0]["error"]["text"]
    assert stage(shell, "hub-1") is before
    assert hub.asked == []


def test_one_number_on_two_channels_is_asked_back(shell: Shell) -> None:
    put_order(shell.profile.store(), "1", OrderStage.FIRST_RUN, hub_id="a")
    put_order(shell.profile.store(), "1", OrderStage.FIRST_RUN, hub_id="b")
    code, told = shell.json("orders", "ignore", "1", "a")
    assert (code, codes(told)) == (1, ["T-620", None])
    assert (stage(shell, "a"), stage(shell, "b")) == (OrderStage.IGNORED, OrderStage.FIRST_RUN)


# --- one order by its number -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "more", "becomes"),
    [
        ("approved", {}, OrderStage.SEEN),
        ("approved", {"delivery_type": "fulfillment"}, OrderStage.SEEN),
        ("pending", {}, OrderStage.PENDING),
    ],
)
def test_an_unknown_number_is_fetched(
    shell: Shell, hub: FakeHub, status: str, more: dict[str, Any], becomes: OrderStage
) -> None:
    hub.known = (order("77", status=status, **more),)
    store = shell.profile.store()
    store.problems.report("orders", "hub-77", ItemError("O-505", order="77", status="paid"), NOW)
    code, told = shell.json("orders", "import", "77")
    assert (code, codes(told), hub.closed) == (0, [None], True)
    assert told["results"][0]["outcome"] == "fetched"
    assert stage(shell, "hub-77") is becomes
    assert store.problems.count() == 0
    assert shell.nudged == ["orders", "stock"]
    assert codes(shell.json("orders", "import", "77")[1]) == ["O-550"]


def test_what_the_hub_does_not_have_or_has_cancelled(shell: Shell, hub: FakeHub) -> None:
    hub.known = (order("88", status="canceled"),)
    code, told = shell.json("orders", "import", "404", "99", "88")
    assert (code, codes(told)) == (1, ["O-551", "O-551", "O-552"])
    assert shell.nudged == []
    assert shell.profile.store().orders.known(["hub-88"]) == {}


def test_a_first_run_order_found_by_another_number(shell: Shell, hub: FakeHub) -> None:
    put_order(shell.profile.store(), "5", OrderStage.FIRST_RUN)
    hub.known = (order("5", external="ML-5"),)
    assert shell.json("orders", "import", "ML-5")[0] == 0
    assert stage(shell, "hub-5") is OrderStage.SEEN


def test_only_an_import_asks_the_hub(shell: Shell, hub: FakeHub) -> None:
    hub.known = (order("77"),)
    assert codes(shell.json("orders", "ignore", "77")[1]) == ["T-605"]
    assert hub.asked == []


def test_a_hub_away_is_no_refusal(shell: Shell, hub: FakeHub) -> None:
    hub.away = True
    with pytest.raises(HubAway):
        shell.json("orders", "import", "77")
    assert hub.closed


# --- cancelled ones --------------------------------------------------------------------------------------------------


def test_a_cancelled_order_is_handled_once(shell: Shell) -> None:
    store = shell.profile.store()
    put_order(store, "1", OrderStage.INVOICED)
    store.orders.set_cancel_open("hub-1", True, NOW)
    code, told = shell.json("orders", "handled", "1", "nada")
    assert (code, codes(told)) == (1, [None, "T-605"])
    row = store.orders.get("hub-1")
    assert row is not None
    assert not row.cancel_open
    assert codes(shell.json("orders", "handled", "1")[1]) == ["O-554"]


# --- invoices --------------------------------------------------------------------------------------------------------


@pytest.fixture
def invoices(shell: Shell) -> Iterator[None]:
    store = shell.profile.store()
    put_order(store, "1")
    put_order(store, "2")
    put_invoice(store, KEY, "1206", "hub-1", InvoiceState.PROPOSED)
    put_invoice(store, OTHER_KEY, "123", None, InvoiceState.UNMATCHED)
    return iter(())


@pytest.mark.usefixtures("invoices")
def test_invoices_by_state(shell: Shell) -> None:
    code, told = shell.json("invoices", "list", "--state", "proposed")
    assert (code, told["total"]) == (0, 1)
    found = told["invoices"][0]
    assert (found["key"], found["state"], found["order"], found["order_number"]) == (KEY, "proposed", "hub-1", "1")
    assert found["buyer_document"] == "*********09"
    assert shell.json("invoices", "list", "--limit", "1")[1]["total"] == 2
    assert shell.text("invoices", "list")[1].count("\n") == 3


@pytest.mark.usefixtures("invoices")
def test_a_person_confirms(shell: Shell) -> None:
    code, told = shell.json("invoices", "confirm", KEY)
    assert (code, codes(told), shell.nudged) == (0, [None], ["invoices"])
    spaced = " ".join(OTHER_KEY[start : start + 4] for start in range(0, 44, 4)).lower()
    assert shell.json("invoices", "confirm", spaced, "--order", "2")[0] == 0
    store = shell.profile.store()
    rows = [store.invoices.get(key) for key in (KEY, OTHER_KEY)]
    assert [(row.state, row.hub_id, row.matched_by) for row in rows if row] == [
        (InvoiceState.MATCHED, "hub-1", "person"), (InvoiceState.MATCHED, "hub-2", "person"),
    ]  # fmt: skip


@pytest.mark.usefixtures("invoices")
def test_what_cannot_be_confirmed(shell: Shell) -> None:
    code, told = shell.json("invoices", "confirm", "nenhuma")
    assert (code, len(told["results"])) == (1, 1)
    assert told["results"][0]["error"]["code"].startswith("I-")
    assert shell.json("invoices", "confirm", OTHER_KEY)[0] == 1
    assert shell.json("invoices", "confirm", OTHER_KEY, "--order", "nada")[0] == 1
    assert shell.nudged == []


# --- held ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(shell: Shell) -> int:
    from otimo_tray.domain.plan import PlannedPush
    from otimo_tray.sync.storage import Applied

    pushes = [PlannedPush(f"SKU-{n}", "stock", str(n), None, "changed", {}, guard="G-222") for n in range(3)]
    applied = Applied(
        None, "", NOW, [], [], pushes, [], [], None, [], {"G-222": {"count": 3, "mapped": 4, "limit": 30}}
    )
    return shell.profile.store().values.apply(applied)[0]


def test_held_plans_and_their_values(shell: Shell, plan: int) -> None:
    code, told = shell.json("held", "list")
    assert (code, told["total"]) == (0, 1)
    assert (told["plans"][0]["id"], told["plans"][0]["guard"], told["plans"][0]["items"]) == (plan, "G-222", 3)
    assert "3 de 4" in told["plans"][0]["text"]
    assert "values" not in told["plans"][0]
    values = shell.json("held", "list", plan, "--limit", 2)[1]["plans"][0]["values"]
    assert [value["sku"] for value in values] == ["SKU-0", "SKU-1"]
    assert "SKU-2" in shell.text("held", "list", plan)[1]


def test_some_skus_are_released_and_the_rest_discarded(shell: Shell, plan: int) -> None:
    code, told = shell.json("held", "release", plan, "--sku", "SKU-1", "OUTRO", "--by", "Ana")
    assert (code, codes(told), told["values"], told["by"]) == (1, [None, "G-231"], 1, "Ana")
    assert shell.nudged == ["stock", "price"]
    code, told = shell.json("held", "discard", plan)
    assert (code, told["values"]) == (0, 2)
    assert shell.json("held", "list")[1]["total"] == 0


def test_a_plan_is_decided_once(shell: Shell, plan: int) -> None:
    assert shell.json("held", "release", plan)[1]["values"] == 3
    for action in ("release", "discard"):
        with pytest.raises(ConfigurationError) as caught:
            shell.json("held", action, plan)
        assert caught.value.code == "G-232"


# --- erase -----------------------------------------------------------------------------------------------------------


def test_an_ended_order_is_erased_on_request_and_one_in_progress_is_not(shell: Shell) -> None:
    put_order(shell.profile.store(), "1001", OrderStage.TRACKED)
    put_order(shell.profile.store(), "1002")
    code, told = shell.json("orders", "erase", "1001", "1002", "404")
    assert code == 1
    assert [result["outcome"] for result in told["results"]] == ["erased", "refused", "refused"]
    assert codes(told) == [None, "O-556", "T-605"]
    assert shell.profile.store().orders.get("hub-1001") is None
    assert shell.profile.store().orders.get("hub-1002") is not None
