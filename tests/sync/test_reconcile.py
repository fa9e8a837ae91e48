"""The background comparison with the hub's real values, and what becomes of a difference."""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.reconcile import EDITED, FEWER, Movement, divergence
from otimo_tray.domain.settings import GuardSettings
from otimo_tray.errors import HubAway
from otimo_tray.sync.reconcile import Reconciler
from tests.exports.shop import Shop
from tests.store.build import order


@pytest.fixture
def shop(tmp_path: Path) -> Generator[Shop]:
    found = Shop(tmp_path)
    found.sync(found.rows)
    assert found.hub.sent == []
    yield found
    found.close()


def problems(shop: Shop) -> set[tuple[str, str, str]]:
    return {(p.flow, p.item, p.code) for p in shop.store.problems.list()}


@pytest.mark.parametrize(
    ("kind", "confirmed", "found", "moved", "reserved", "code"),
    [
        ("stock", "10", "10", Movement(), None, None),
        ("stock", "10", "8", Movement(sold=2), None, None),
        ("stock", "10", "9", Movement(sold=2), None, None),
        ("stock", "10", "7", Movement(sold=2), None, FEWER),
        ("stock", "10", "11", Movement(sold=2), None, EDITED),
        ("stock", "10", "11", Movement(back=1), None, None),
        ("stock", "10", "6", Movement(), 4, None),
        ("stock", "10", "5", Movement(), 4, FEWER),
        ("price", "10.00/9.00", "10.00/9.00", Movement(), None, None),
        ("price", "10.00/9.00", "10.00/10.00", Movement(sold=5), None, EDITED),
    ],
)
def test_what_sales_explain_is_no_divergence(
    kind: str, confirmed: str, found: str, moved: Movement, reserved: int | None, code: str | None
) -> None:
    assert divergence("stock" if kind == "stock" else "price", confirmed, found, moved, reserved) == code


def test_a_round_takes_about_a_day_and_reads_every_sku_once(shop: Shop) -> None:
    shop.hub.read.clear()
    cycles = 0
    while len(shop.hub.read) < len(shop.rows):
        shop.run()
        cycles += 1
        assert cycles < 400
    assert 20 * 12 <= cycles <= 26 * 12
    assert sorted(shop.hub.read) == sorted(row[0] for row in shop.rows)
    assert shop.hub.sent == []


def test_an_edited_price_is_listed_and_ends_when_it_is_right_again(shop: Shop) -> None:
    shop.hub.edit("P007", price="1.00")
    shop.clock.advance(hours=23)
    report = shop.run()[0]
    assert report.counts["diverging"] == 1
    assert problems(shop) == {("price", "P007", EDITED)}
    assert shop.hub.sent == []  # only listed: sending again is a setting
    shop.hub.edit("P007", price=shop.rows[7][3].replace(",", "."))
    shop.clock.advance(hours=2)
    shop.run()
    assert problems(shop) == set()


def test_units_missing_once_may_be_a_sale_on_its_way(shop: Shop) -> None:
    before = shop.hub.shown["P001"].quantity or 0
    shop.hub.edit("P001", quantity=before - 2)
    shop.clock.advance(hours=24)
    shop.run()
    assert problems(shop) == set()
    shop.store.orders.add(order("h1", ("P001", 2)), OrderStage.SEEN, shop.clock.now())
    shop.clock.advance(hours=1)
    shop.run()
    assert problems(shop) == set()
    # The same without an order that tells:
    shop.hub.edit("P002", quantity=1)
    for _ in range(2):
        shop.clock.advance(hours=24)
        shop.run()
    assert problems(shop) == {("stock", "P002", FEWER)}


def test_a_repair_goes_through_the_plan_and_its_guards(shop: Shop) -> None:
    shop.settings = replace(shop.settings, guards=GuardSettings(repair_divergences=True))
    right, far = shop.hub.shown["P003"], shop.hub.shown["P004"]
    shop.hub.edit("P003", quantity=999)
    shop.hub.edit("P004", price="1.00")  # ours would be many times that: a person decides
    shop.clock.advance(hours=24)
    assert shop.run()[0].counts["repaired"] == 2
    shop.run()
    assert shop.hub.sent == [("P003", str(right.quantity))]
    assert [plan.guard for plan in shop.store.held.list()] == ["G-211"]
    assert problems(shop) == {("price", "P004", EDITED)}
    shop.store.held.release(shop.store.held.list()[0].id, "Ana", shop.clock.now())
    shop.run()
    assert shop.hub.shown["P004"] == far
    assert problems(shop) == set()


def test_it_waits_while_anything_is_due_or_the_hub_is_away(shop: Shop) -> None:
    shop.hub.away = True
    shop.clock.advance(hours=24)
    position = shop.store.facts.get("reconcile_position")
    shop.run()
    assert shop.store.facts.get("reconcile_position") == position
    shop.hub.away = False
    assert shop.run()[0].counts["looked"] == len(shop.rows)


def test_one_whole_pass(shop: Shop) -> None:
    shop.hub.edit("P010", quantity=0)
    shop.hub.edit("P011", price="9999.00")
    del shop.hub.shown["P012"]
    found = Reconciler().whole(shop.context)
    assert (found.looked, found.repaired, found.error) == (len(shop.rows) - 1, 0, None)
    assert {(entry.sku, entry.kind, entry.code) for entry in found.diverging} == {
        ("P010", "stock", FEWER),
        ("P011", "price", EDITED),
    }
    shop.hub.away = True
    away = Reconciler().whole(shop.context)
    assert isinstance(away.error, HubAway)
    assert away.looked == 0


def test_a_stopped_slice_skips_no_sku(shop: Shop) -> None:
    """Cancelled in the middle: the round goes on where it was."""
    stop = threading.Event()
    context = replace(shop.context, stop=stop)
    shop.clock.advance(hours=12)
    real = shop.hub.product

    def product(sku: str) -> HubProduct:
        if len(shop.hub.read) >= 3:
            stop.set()
        return real(sku)

    shop.hub.read.clear()
    shop.hub.product = product
    Reconciler().slice(context)
    assert 3 <= len(shop.hub.read) <= 5
    shop.hub.product = real
    shop.hub.read.clear()
    Reconciler().slice(shop.context)
    assert shop.hub.read[0] == shop.rows[0][0]


def test_what_the_hub_shows_is_seen_in_the_mapping_page(shop: Shop) -> None:
    """The page's *diverge* compares the catalogue's picture with what was confirmed: the pass keeps the picture new."""
    shop.hub.edit("P020", price="1.23")
    Reconciler().whole(shop.context)
    product = shop.store.catalogue.product("P020")
    assert product is not None
    assert str(product.price) == "1.23"


def test_a_value_sent_meanwhile_is_not_judged(shop: Shop) -> None:
    """Between our look at the state and the hub's answer a value was confirmed: no divergence of a moment ago."""
    real = shop.hub.product

    def product(sku: str) -> HubProduct:
        found = real(sku)
        if sku == "P030":
            shop.store.values.set_confirmed([("P030", "stock", "1")], shop.clock.now())
        return found

    shop.hub.product = product
    assert Reconciler().whole(shop.context).diverging == []
