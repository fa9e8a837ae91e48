"""Taking the last batch of values back."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from otimo_tray.domain.plan import DuePush, Kind, PlannedPush, PushResult
from otimo_tray.errors import ItemError
from otimo_tray.sync.undo import last_batch, undo
from tests.exports.shop import Row, Shop


@pytest.fixture
def shop(tmp_path: Path) -> Generator[Shop]:
    found = Shop(tmp_path)
    found.sync(found.rows)
    yield found
    found.close()


def changed(
    rows: Sequence[Row], some: Sequence[int], *, stock: str | None = None, price: str | None = None
) -> list[Row]:
    return [
        (code, name, stock if stock and place in some else balance, price if price and place in some else amount)
        for place, (code, name, balance, amount) in enumerate(rows)
    ]


def near(rows: Sequence[Row], some: Sequence[int]) -> list[Row]:
    """Some prices R$ 1 higher: no guard minds."""
    return [
        (code, name, balance, f"{int(amount.split(',')[0]) + 1},90" if place in some else amount)
        for place, (code, name, balance, amount) in enumerate(rows)
    ]


def test_prices_go_back_and_stay_until_the_erp_says_another(shop: Shop) -> None:
    before = dict(shop.hub.shown)
    new = near(shop.rows, range(5, 15))
    shop.sync(new)
    assert len(shop.hub.sent) == 10
    shop.hub.sent.clear()
    found = undo(shop.store, "price", shop.clock.now())
    assert (len(found.back), found.first) == (10, [])
    shop.run()
    assert len(shop.hub.sent) == 10
    assert shop.hub.shown == before
    # The same export again, other stock, a restart of the flow: nothing brings the prices back.
    shop.hub.sent.clear()
    shop.sync(changed(new, [6], stock="2"))
    assert shop.hub.sent == [("P006", "2")]
    sent = next(shop.store.audit.sent(sku="P007"))
    assert (sent.reason, sent.basis["taken_back"]) == ("undo", sent.previous)
    # The ERP moves on: its value counts again.
    shop.sync(near(new, [7]))
    assert shop.hub.shown["P007"].price == before["P007"].price + 2  # pyright: ignore[reportOptionalOperand]
    shop.sync(changed(new, [6], stock="4"))
    assert shop.hub.shown["P007"].price == before["P007"].price + 1  # pyright: ignore[reportOptionalOperand]


@pytest.mark.parametrize("kind", ["price", "stock"])
def test_only_the_last_batch_of_its_kind(shop: Shop, kind: Kind) -> None:
    first = near(changed(shop.rows, [1], stock="1"), [1])
    shop.sync(first)
    second = near(changed(first, [2, 3], stock="2"), [2, 3])
    shop.sync(second)
    shop.hub.sent.clear()
    assert {row.sku for row in last_batch(shop.store, kind)} == {"P002", "P003"}
    undo(shop.store, kind, shop.clock.now())
    shop.run()
    assert {sku for sku, _ in shop.hub.sent} == {"P002", "P003"}
    assert {"/" in value for _, value in shop.hub.sent} == {kind == "price"}
    with pytest.raises(ItemError) as caught:  # taken back once; the undo's own sends are no batch
        undo(shop.store, kind, shop.clock.now())
    assert caught.value.code == "G-241"
    shop.sync(near(changed(second, [9], stock="3"), [9]))
    assert {row.sku for row in last_batch(shop.store, kind)} == {"P009"}


def test_a_dry_run_changes_nothing(shop: Shop) -> None:
    shop.sync(changed(shop.rows, [1], stock="3"))
    shop.hub.sent.clear()
    assert [entry.sku for entry in undo(shop.store, "stock", shop.clock.now(), dry_run=True).back] == ["P001"]
    shop.run()
    assert shop.hub.sent == []
    assert len(undo(shop.store, "stock", shop.clock.now()).back) == 1


def test_the_guards_hold_what_goes_back_too_far(shop: Shop) -> None:
    shop.sync(changed(shop.rows, [4], price="900,00"))
    [plan] = shop.store.held.list()
    shop.store.held.release(plan.id, "Ana", shop.clock.now())
    shop.run()
    assert [sku for sku, _ in shop.hub.sent] == ["P004"]
    undo(shop.store, "price", shop.clock.now())
    shop.hub.sent.clear()
    shop.run()
    assert shop.hub.sent == []
    [plan] = shop.store.held.list()
    assert (plan.guard, plan.items) == ("G-211", 1)
    shop.store.held.release(plan.id, "Ana", shop.clock.now())
    shop.run()
    assert [sku for sku, _ in shop.hub.sent] == ["P004"]


def test_a_sale_after_the_undo_counts(shop: Shop) -> None:
    """Stock that was put back is no promise: what is sold since makes another value, which goes."""
    from otimo_tray.domain.orders import OrderStage
    from tests.store.build import order

    shop.sync(changed(shop.rows, [1], stock="6"))
    undo(shop.store, "stock", shop.clock.now())
    shop.run()
    assert shop.hub.shown["P001"].quantity == int(shop.rows[1][2])
    shop.store.orders.add(order("h1", ("P001", 2)), OrderStage.SEEN, shop.clock.now())
    shop.run()
    assert shop.hub.shown["P001"].quantity == 4


def test_nothing_was_ever_sent(shop: Shop) -> None:
    assert last_batch(shop.store, "price") == []


def test_a_batch_of_the_ledgers_run_however_long_it_took(shop: Shop) -> None:
    """Twenty minutes of sending are one batch where the ledger has the run; without it, a gap of minutes ends it."""
    for minutes, sku in enumerate(["P001", "P002", "P003"]):
        shop.clock.advance(minutes=10 if minutes else 0)
        push = PlannedPush(sku, "stock", "99", "1", "changed")
        due = DuePush(sku, "stock", push.value, push.previous, push.reason, {}, 0, "")
        shop.store.values.record_results([PushResult(due, shop.clock.now(), confirmed="99")])
    now = shop.clock.now()
    assert [row.sku for row in last_batch(shop.store, "stock")] == ["P003"]
    shop.store.runs.add("stock", now - timedelta(minutes=15), now, "ok")
    assert [row.sku for row in last_batch(shop.store, "stock")] == ["P003", "P002"]
    shop.store.runs.add("stock", now - timedelta(minutes=30), now - timedelta(minutes=16), "ok")
    assert [row.sku for row in last_batch(shop.store, "stock")] == ["P003", "P002"]
    assert {entry.instead for entry in undo(shop.store, "stock", now).back} == {"1"}


def test_what_had_nothing_before_it_is_named(shop: Shop) -> None:
    due = DuePush("P001", "stock", "99", None, "first", {}, 0, "")
    shop.store.values.record_results([PushResult(due, shop.clock.now(), confirmed="99")])
    found = undo(shop.store, "stock", shop.clock.now())
    assert (found.back, found.first) == ([], ["P001"])
