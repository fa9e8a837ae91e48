"""What breaks off half-way is done at the next run: in the same program, and after a restart."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.errors import StoreAway
from tests.sync.world import World, world


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    """A shop in step, without orders."""
    with world(tmp_path) as shop:
        shop.run()
        yield shop


@pytest.mark.parametrize("restarted", [True, False])
def test_a_cancellation_stored_half_way_is_not_lost(
    shop: World, monkeypatch: pytest.MonkeyPatch, restarted: bool
) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    shop.call("POST", "cancel", {"id": hub_id})

    def full(*_: object, **__: object) -> None:
        raise StoreAway("L-312")

    with monkeypatch.context() as broken:
        broken.setattr(shop.store.orders, "advance", full)
        shop.run()
    if restarted:
        shop.restart()
    shop.clock.advance(300)
    shop.run()
    assert shop.stage(hub_id) == OrderStage.CANCELLED
    assert "O-521" in shop.problems()
    assert shop.hub_sku("000001")["quantity"] == 20


@pytest.mark.parametrize("broken_call", ["by_stage", "counts"])
def test_an_invoice_whose_matching_broke_off_is_matched_at_the_next_run(
    shop: World, monkeypatch: pytest.MonkeyPatch, broken_call: str
) -> None:
    hub_id = shop.sell("000001")
    shop.run()
    key = shop.erp.shop.invoice_order(hub_id)

    def locked(*_: object, **__: object) -> None:
        raise StoreAway("L-313")

    with monkeypatch.context() as broken:
        broken.setattr(shop.store.orders, broken_call, locked)
        with contextlib.suppress(StoreAway):
            shop.run(Flow.INVOICES)
    shop.clock.advance(300)
    shop.run(Flow.INVOICES)
    assert shop.hub_order(hub_id)["shipments"][0]["nfe_key"] == key
