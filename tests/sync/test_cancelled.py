"""A cancelled order's units come back in the run that sees it, unless the ERP may have booked them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.status import Flow
from otimo_tray.errors import ErpAway, RowRefused
from otimo_tray.ports import InvoiceBatch
from otimo_tray.store.readmodels import Reader
from tests.sync.world import CODES, World, world

SKU = CODES[0]
OTHER_BUYER = {"payer_name": "Bruno", "payer_document": "52998224725"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as shop:
        shop.run()
        yield shop


def imported(shop: World, quantity: int = 3) -> str:
    hub_id = shop.sell(SKU, quantity)
    shop.run()
    assert (shop.stage(hub_id), shown(shop)) == ("imported", 20 - quantity)
    shop.clock.advance(60)
    return hub_id


def shown(shop: World) -> int:
    return int(shop.hub_sku(SKU)["quantity"])


def booked(shop: World, hub_id: str) -> datetime | None:
    row = shop.store.orders.get(hub_id)
    assert row is not None
    return row.booked_at


def events(shop: World, hub_id: str) -> list[str]:
    reader = Reader(shop.store.path)
    try:
        detail = reader.orders.detail(hub_id)
        assert detail is not None
        return [event.code for event in detail.events]
    finally:
        reader.close()


def show(shop: World, monkeypatch: pytest.MonkeyPatch, *batches: InvoiceBatch) -> None:
    """The ERP's invoices from now on: these batches, then nothing more, all told."""
    rest = iter(batches)

    def answer(cursor: str) -> InvoiceBatch:
        return next(rest, InvoiceBatch((), (), cursor, complete=True))

    monkeypatch.setattr(shop.erp, "invoices", answer)


def record(**fields: object) -> InvoiceRecord:
    return InvoiceRecord("1" * 44, "7", "1", None, **fields)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("flows", [(), (Flow.ORDERS, Flow.STOCK)], ids=["all flows", "without the invoices' turn"])
def test_units_that_no_invoice_took_are_offered_again_in_the_same_run(shop: World, flows: tuple[Flow, ...]) -> None:
    hub_id = imported(shop)
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run(*flows)
    assert (shop.stage(hub_id), booked(shop, hub_id), shown(shop)) == ("cancelled", None, 20)
    assert "O-523" in events(shop, hub_id)
    shop.puts()
    shop.clock.advance(300)
    shop.run()
    assert shop.puts() == 0


def test_an_order_invoiced_since_the_balance_holds_its_units_until_one_shows_the_booking(
    shop: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The balance of the run is from before the invoice, the invoice from before the cancellation."""
    hub_id = imported(shop)
    list_cancelled = shop.hub.orders

    def invoiced_meanwhile(status: str, **options: object) -> object:
        if status == "pending":
            shop.erp.shop.invoice_order(hub_id)
            shop.call("POST", "cancel", {"id": hub_id})
        return list_cancelled(status, **options)  # pyright: ignore[reportArgumentType]

    with monkeypatch.context() as raced:
        raced.setattr(shop.hub, "orders", invoiced_meanwhile)
        shop.run()
    assert (shop.stage(hub_id), shown(shop)) == ("cancelled", 17)
    assert "O-532" in events(shop, hub_id)
    shop.clock.advance(300)
    shop.run()
    assert shown(shop) == 17, "the balance lacks them now"


def test_an_invoice_that_may_be_the_orders_keeps_its_units(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hub_id = imported(shop)
    row = shop.store.orders.get(hub_id)
    assert row is not None
    theirs = record(buyer_document=row.order.payer.document, issued_date="2026-11-24")
    show(shop, monkeypatch, InvoiceBatch((theirs,), (), "1"))
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert shown(shop) == 17
    shop.clock.advance(300)
    shop.run()
    assert shown(shop) == 20, "a balance read after the cancellation speaks for itself"


@pytest.mark.parametrize(
    "what",
    ["incomplete", "away", "unread before", "unread now", "nfce of the buyer", "nfce that names it"],
)
def test_a_look_that_may_have_missed_the_invoice_frees_nothing(
    shop: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    hub_id = imported(shop)
    row = shop.store.orders.get(hub_id)
    assert row is not None
    order = row.order

    def untold(cursor: str) -> InvoiceBatch:
        return InvoiceBatch((), (), cursor)

    def away(cursor: str) -> InvoiceBatch:
        raise ErpAway

    unread = InvoiceBatch((), (("nota 7", RowRefused("I-711", source="nota 7")),), "1")
    if what == "incomplete":
        monkeypatch.setattr(shop.erp, "invoices", untold)
    elif what == "away":
        monkeypatch.setattr(shop.erp, "invoices", away)
    elif what == "nfce of the buyer":
        show(shop, monkeypatch, InvoiceBatch((record(kind="nfce", buyer_document=order.payer.document),), (), "1"))
    elif what == "nfce that names it":
        show(
            shop,
            monkeypatch,
            InvoiceBatch((record(kind="nfce", extra_text=f"Pedido: #{order.original_id}."),), (), "1"),
        )
    else:
        show(shop, monkeypatch, unread)
        if what == "unread before":
            shop.run(Flow.INVOICES)
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert (shop.stage(hub_id), shown(shop)) == ("cancelled", 17)
    shop.clock.advance(300)
    shop.run()
    assert shown(shop) == 20, "a balance read after the cancellation speaks for itself"


def test_a_strangers_invoice_and_nfce_are_no_doubt(shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hub_id = imported(shop)
    strange = record(kind="nfce", buyer_document="15350946056", extra_text="Caixa 3")
    show(shop, monkeypatch, InvoiceBatch((strange,), (), "1"))
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert shown(shop) == 20


def test_stock_without_orders_and_invoices_decides_nothing(shop: World) -> None:
    hub_id = imported(shop)
    shop.call("POST", "cancel", {"id": hub_id})
    shop.change(invoices=replace(shop.settings.invoices, enabled=False))
    shop.run(Flow.ORDERS, Flow.STOCK)
    assert (shop.stage(hub_id), shown(shop)) == ("cancelled", 17)


@pytest.mark.parametrize("changes", [{"booking": "on_import"}, {"balance_is_net": True}])
def test_where_the_import_books_no_invoice_tells(shop: World, changes: dict[str, object]) -> None:
    shop.change(shop=replace(shop.settings.shop, **changes))
    hub_id = shop.sell(SKU, 3)
    shop.run()
    shop.call("POST", "cancel", {"id": hub_id})
    shop.run()
    assert booked(shop, hub_id) is not None
