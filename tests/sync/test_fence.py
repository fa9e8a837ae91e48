"""A desk that no longer leads: nothing gets to hub or ERP, nothing is recorded as failed, all doubts stay."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from decimal import Decimal
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.orders import OrderStage, OrderUpdate
from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.errors import LeaseLost
from otimo_tray.pluggto.client import PluggtoHub
from otimo_tray.ports import Erp, Hub, StockReading, Watchable
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.fence import VALID_S, FencedErp, FencedHub, Moment, Term, fenced_erp
from otimo_tray.sync.flows import Flows
from tests.support.clock import FakeClock
from tests.sync.world import World, world


@pytest.fixture
def shop(tmp_path: Path) -> Generator[World]:
    """A shop in step."""
    with world(tmp_path) as shop:
        shop.run()
        shop.puts()
        yield shop


def _term(shop: World, number: int = 3) -> Term:
    return Term(number, shop.clock, Moment(shop.clock))


def _run(shop: World, term: Term, *flows: Flow, hub: Hub | None = None) -> list[FlowReport]:
    """One run under a term, as its engine does it."""
    ran = Flows(Board(shop.clock, shop.settings), 1)
    context = FlowContext(
        shop.store,
        FencedHub(hub or shop.hub, term),
        fenced_erp(shop.erp, term),
        shop.settings,
        shop.clock,
        stop=threading.Event(),
    )
    try:
        return ran.run_once(context, flows or ALL_FLOWS)
    finally:
        ran.close()


HUB_CALLS: dict[str, Callable[[Hub], object]] = {
    "check_login": lambda hub: hub.check_login(),
    "orders": lambda hub: list(hub.orders("approved")),
    "order": lambda hub: hub.order("1"),
    "find_orders": lambda hub: hub.find_orders("1"),
    "update_order": lambda hub: hub.update_order("1", OrderUpdate("invoiced", ())),
    "products": lambda hub: list(hub.products()),
    "product": lambda hub: hub.product("000001"),
    "put_stock": lambda hub: hub.put_stock("000001", 1),
    "put_price": lambda hub: hub.put_price("000001", Decimal(1), Decimal(1)),
}
ERP_CALLS: dict[str, Callable[[Erp], object]] = {
    "read_items": lambda erp: erp.read_items(),
    "find_order": lambda erp: erp.find_order("1"),
    "invoices": lambda erp: erp.invoices(""),
}


@pytest.mark.parametrize("call", HUB_CALLS)
def test_no_call_reaches_the_hub_after_the_term(shop: World, call: str) -> None:
    term = _term(shop)
    hub = FencedHub(shop.hub, term)
    shop.call("POST", "requests/reset", {})
    shop.clock.advance(VALID_S)
    with pytest.raises(LeaseLost):
        HUB_CALLS[call](hub)
    assert not shop.call("GET", "requests")["total"]


@pytest.mark.parametrize("call", ERP_CALLS)
def test_no_call_reaches_the_erp_after_the_term(shop: World, call: str) -> None:
    term = _term(shop)
    term.end()
    with pytest.raises(LeaseLost):
        ERP_CALLS[call](FencedErp(shop.erp, term))


def test_every_call_of_the_ports_is_behind_the_fence() -> None:
    """One that is added later must be thought of here."""
    free = {"clock_difference", "close"}
    assert {name for name in vars(Hub) if not name.startswith("_")} - free == set(HUB_CALLS)
    free = {"check", "parse_row", "close", "import_order"}
    assert {name for name in vars(Erp) if not name.startswith("_")} - free == set(ERP_CALLS)


def test_a_list_ends_between_two_pages(shop: World) -> None:
    term = _term(shop)
    listed = FencedHub(shop.hub, term).products()
    next(listed)
    term.end()
    with pytest.raises(LeaseLost):
        next(listed)


def test_a_reading_is_not_answered_for_after_the_term(shop: World) -> None:
    term = _term(shop)
    shop.erp.shop.set_balance("000001", 3)
    reading = fenced_erp(shop.erp, term).read_items()
    assert reading is not None
    term.end()
    for call in (lambda: list(reading.chunks()), reading.accepted, lambda: reading.refused(LeaseLost())):
        with pytest.raises(LeaseLost):
            call()


def test_an_erp_that_can_be_watched_still_can(shop: World) -> None:
    class Folder(FencedErp):
        def glance(self) -> object:
            return "seen"

    term = _term(shop)
    assert not isinstance(fenced_erp(shop.erp, term), Watchable)
    watched = fenced_erp(Folder(shop.erp, term), term)
    assert isinstance(watched, Watchable)
    assert watched.glance() == "seen"


def test_a_run_that_loses_the_lead_before_it_sends_leaves_no_trace(shop: World) -> None:
    shop.erp.shop.set_balance("000001", 7)
    runs = shop.store.runs.since(None, shop.clock.now())
    term = _term(shop)
    term.end()
    reports = _run(shop, term)
    assert {report.flow for report in reports if report.code != LeaseLost.default_code} <= {Flow.TRACKING}
    assert not shop.puts()
    assert not shop.problems()
    assert shop.store.runs.since(None, shop.clock.now()) == runs


class _LosesIt(PluggtoHub):
    """The lead is lost while the first PUT is on its way: it has its effect, and what follows is refused."""

    term: Term

    def put_stock(self, sku: str, quantity: int) -> HubProduct:
        product = super().put_stock(sku, quantity)
        self.term.end()
        self.term.check()
        return product


def test_a_put_whose_term_ended_meanwhile_stays_in_doubt_and_is_sent_by_the_next(shop: World) -> None:
    for code in ("000001", "000002"):
        shop.erp.shop.set_balance(code, 7)
    hub = _LosesIt(shop.settings.hub, shop.secrets, shop.clock)
    hub.term = _term(shop)
    _run(shop, hub.term, Flow.STOCK, hub=hub)
    hub.close()
    assert shop.puts() == 1
    doubts = {c.mapping.sku for block in shop.store.values.contexts(None) for c in block if "stock" in c.doubt}
    assert "000001" in doubts
    assert not shop.problems()
    assert shop.store.values.due_count(["stock"], shop.clock.now()) == 2, "both are still to be sent"
    _run(shop, _term(shop, 4), Flow.STOCK)
    assert [shop.hub_sku(code)["quantity"] for code in ("000001", "000002")] == [7, 7]
    assert not shop.store.values.due_count(["stock"], shop.clock.now())


def test_an_order_half_way_into_the_erp_is_asked_for_by_the_next(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hub_id = shop.sell("000001")
    term = _term(shop)
    write = type(shop.erp).import_order

    def loses(erp: object, order: object) -> object:
        write(erp, order)  # pyright: ignore[reportArgumentType]
        term.end()
        raise LeaseLost()

    with monkeypatch.context() as broken:
        broken.setattr(type(shop.erp), "import_order", loses)
        _run(shop, term, Flow.ORDERS)
    assert shop.stage(hub_id) == OrderStage.IMPORTING
    assert not shop.problems()

    def twice(erp: object, order: object) -> object:
        raise AssertionError("the ERP has it")

    monkeypatch.setattr(type(shop.erp), "import_order", twice)
    _run(shop, _term(shop, 4), Flow.ORDERS)
    assert shop.stage(hub_id) == OrderStage.IMPORTED


def test_the_fence_is_asked_with_the_connection_made_right_before_the_first_byte(shop: World) -> None:
    clock = FakeClock()
    term = Term(1, clock, Moment(clock))
    hub = PluggtoHub(shop.settings.hub, shop.secrets, shop.clock, term.check)
    hub.product("000001")
    shop.call("POST", "requests/reset", {})
    before = shop.call("GET", "requests")["connections"]["opened"]
    term.end()
    fresh = PluggtoHub(shop.settings.hub, shop.secrets, shop.clock, term.check)
    for one in (hub, fresh):
        with pytest.raises(LeaseLost):
            one.put_stock("000001", 5)
        one.close()
    seen = shop.call("GET", "requests")
    assert not seen["total"], "nothing left, on a kept connection or a new one"
    assert seen["connections"]["opened"] > before + 1, "though the new one was there"


def test_a_reading_keeps_what_it_says_of_itself(shop: World) -> None:
    shop.erp.shop.set_balance("000001", 3)
    bare = shop.erp.read_items()
    fenced = fenced_erp(shop.erp, _term(shop)).read_items()
    assert bare is not None
    assert fenced is not None
    names = [name for name in StockReading.__annotations__ if name != "as_of"]
    assert [getattr(fenced, name) for name in names] == [getattr(bare, name) for name in names]
