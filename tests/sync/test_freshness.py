"""Orders and stock at the same moment: what is sold leaves at once and first, and no race puts it back on sale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.status import Flow
from otimo_tray.ports import InvoiceBatch
from otimo_tray.sync.board import Board
from otimo_tray.sync.flows import Flows
from tests.sync.world import CODES, World, world


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as shop:
        shop.run()
        shop.puts()
        yield shop


def paths(shop: World) -> list[str]:
    """PUTs since the last look, in their order."""
    entries = shop.call("GET", "requests?last=200")["last"]
    return [entry["path"] for entry in entries if entry["method"] == "PUT"]


def test_an_approved_order_goes_at_once_and_before_everything_else(shop: World) -> None:
    """In the run that sees it, its SKU before the eight others that changed."""
    for code in CODES[:8]:
        shop.erp.shop.set_balance(code, 15)
    shop.sell(CODES[8], 2)
    shop.flows.close()
    shop.flows = Flows(Board(shop.clock, shop.settings), 1)  # one sender, so that the order is what was handed out
    shop.call("POST", "requests/reset", {})
    shop.run(Flow.ORDERS, Flow.STOCK, Flow.PRICE)
    assert shop.hub_sku(CODES[8])["quantity"] == 18
    stocks = [path for path in paths(shop) if path.endswith("/stock")]
    assert len(stocks) == 9
    assert stocks[0] == f"/skus/{CODES[8]}/stock"


def test_an_order_invoiced_and_cancelled_within_one_poll_offers_nothing_that_is_gone(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an ERP whose invoices come as files in its own time: that none is there yet says nothing."""
    ask = shop.erp.invoices

    def untold(cursor: str) -> InvoiceBatch:
        return replace(ask(cursor), complete=False)

    monkeypatch.setattr(shop.erp, "invoices", untold)
    hub_id = shop.sell(CODES[0], 3)
    shop.run()
    assert (shop.stage(hub_id), shop.hub_sku(CODES[0])["quantity"]) == ("imported", 17)
    shop.clock.advance(60)
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()  # reads the balance, 20, and then sees the cancellation: the invoice may lie between the two
    assert [line[0] for line in shop.store.orders.committed_lines()] == [hub_id]
    assert shop.hub_sku(CODES[0])["quantity"] == 17, "not offered again on an old balance's word"
    shop.erp.shop.set_balance(CODES[0], 17)  # it was: the ERP has booked it out; the goods come back when they do
    shop.clock.advance(60)
    shop.run()
    assert shop.hub_sku(CODES[0])["quantity"] == 17
    shop.clock.advance(300)
    shop.erp.shop.set_balance(CODES[0], 20)
    shop.run()
    assert shop.hub_sku(CODES[0])["quantity"] == 20, "a balance read after the cancellation speaks for itself"


def test_stock_that_an_order_moved_while_its_put_was_on_its_way_is_sent_again(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub takes 9, an order is approved there and takes 3 off, we hear of it, and only then comes the answer."""
    put = shop.hub.put_stock
    moved: list[str] = []

    def slow(sku: str, quantity: int) -> HubProduct:
        answer = put(sku, quantity)
        if sku == CODES[0] and not moved:
            moved.append(sku)
            put(sku, quantity - 3)  # the hub itself
            shop.store.values.doubt_stock([sku], shop.clock.now())
        return answer

    monkeypatch.setattr(shop.hub, "put_stock", slow)
    shop.erp.shop.set_balance(CODES[0], 9)
    shop.run(Flow.STOCK)
    shop.run(Flow.STOCK)
    assert shop.hub_sku(CODES[0])["quantity"] == 9
    shop.puts()
    shop.run(Flow.STOCK)
    assert shop.puts() == 0, "once is enough"
