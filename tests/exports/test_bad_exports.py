"""Fifty bad exports as files: none of them changes anything at the hub unasked; the good one does."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.exports.bad import BAD, good_change
from tests.exports.shop import Shop, good_rows


@pytest.fixture
def shop(tmp_path: Path) -> Generator[Shop]:
    """A shop that has run for a day: yesterday's picture, then today's."""
    found = Shop(tmp_path)
    found.sync(found.rows)
    found.clock.advance(hours=20)
    found.sync(good_change(found.rows))
    assert len(found.hub.sent) > 5
    found.hub.sent.clear()
    yield found
    found.close()


def test_there_are_fifty_and_no_two_alike() -> None:
    assert len(BAD) >= 50
    texts = {make(good_rows()) for make in BAD.values()}
    assert len(texts) == len(BAD)


def test_the_good_export_reaches_the_hub(shop: Shop) -> None:
    """What the others are measured against: some sales, a delivery, some new prices."""
    rows = good_change(good_change(shop.rows))
    shop.sync(rows)
    assert {sku for sku, _ in shop.hub.sent} == {
        after[0] for before, after in zip(good_change(shop.rows), rows, strict=True) if before != after
    }
    for code, _, stock, price in rows:
        shown = shop.hub.shown[code]
        assert (str(shown.quantity), f"{shown.price}") == (stock, price.replace(",", "."))


@pytest.mark.parametrize("name", BAD)
def test_none_reaches_the_hub_unasked(shop: Shop, name: str) -> None:
    shop.clock.advance(minutes=5)
    shop.export_text(BAD[name](good_change(shop.rows)), age_s=200)
    before = dict(shop.hub.shown)
    for _ in range(3):
        shop.run()
    assert shop.hub.sent == []
    assert shop.hub.shown == before


@pytest.mark.parametrize("name", BAD)
def test_the_next_good_export_heals_it(shop: Shop, name: str) -> None:
    shop.clock.advance(minutes=5)
    shop.export_text(BAD[name](good_change(shop.rows)), age_s=200)
    shop.run()
    shop.clock.advance(minutes=5)
    rows = good_change(good_change(shop.rows))
    shop.sync(rows)
    shop.run()
    for code, _, stock, price in rows:
        shown = shop.hub.shown[code]
        assert (str(shown.quantity), f"{shown.price}") == (stock, price.replace(",", ".")), code
    assert shop.store.held.list() == []


# --- yesterday's, put back: what counts is not in the file's own text ------------------------------------------------


def test_yesterdays_file_with_its_own_time(shop: Shop) -> None:
    shop.export(shop.rows, age_s=20 * 3600)
    shop.run()
    assert shop.hub.sent == []


def test_yesterdays_content_written_anew(shop: Shop) -> None:
    """A backup put back, or an export that ran on old data: the same bytes as a picture before the last one."""
    shop.clock.advance(minutes=5)
    shop.export(shop.rows)
    for _ in range(2):
        shop.run()
    assert shop.hub.sent == []
    [plan] = shop.store.held.list()
    assert plan.guard == "G-203"
    shop.store.held.release(plan.id, "Ana", shop.clock.now())  # a person may know better
    shop.run()
    assert len(shop.hub.sent) > 5
    assert shop.store.held.list() == []


def test_the_same_picture_written_anew_is_nothing_new(shop: Shop) -> None:
    shop.sync(good_change(shop.rows))
    assert shop.hub.sent == []
    assert shop.store.held.list() == []


def test_a_unit_sold_and_returned_is_no_old_file(shop: Shop) -> None:
    """Sixty SKUs: the counter sells one unit and takes it back, and the file is byte by byte that of before."""
    rows = good_change(shop.rows)
    code, name, stock, price = rows[3]
    shop.sync([*rows[:3], (code, name, str(int(stock) - 1), price), *rows[4:]])
    shop.sync(rows)
    assert shop.hub.sent == [(code, str(int(stock) - 1)), (code, stock)]
    assert shop.store.held.list() == []


def test_a_bad_export_that_comes_in_pieces_is_held_too(shop: Shop) -> None:
    """Four SKUs more at zero in every picture: each small plan alone would pass."""
    rows = good_change(shop.rows)
    for step in range(1, 11):
        cut = 4 * step
        shop.sync([(c, n, "0", p) for c, n, _, p in rows[:cut]] + rows[cut:])
    zeros = sum(1 for product in shop.hub.shown.values() if product.quantity == 0)
    assert zeros <= len(rows) * 30 / 100
    assert {plan.guard for plan in shop.store.held.list()} == {"G-222"}


def test_a_price_that_drifts_away_in_steps_is_held_where_one_step_would_be(shop: Shop) -> None:
    rows = good_change(shop.rows)
    before = shop.hub.shown["P003"].price
    assert before is not None
    for percent in (75, 56, 42, 32):
        code, name, stock, _ = rows[3]
        shop.sync([*rows[:3], (code, name, stock, f"{before * percent / 100:.2f}".replace(".", ",")), *rows[4:]])
    shown = shop.hub.shown["P003"].price
    assert shown is not None
    assert shown >= before / 2
    assert [plan.guard for plan in shop.store.held.list()] == ["G-211"]


def test_a_small_shop_may_come_back_to_where_it_was(tmp_path: Path) -> None:
    """Nine SKUs: a unit sold and returned makes the very same file again, and that is nothing to ask about."""
    shop = Shop(tmp_path, rows=good_rows(9))
    try:
        shop.sync(shop.rows)
        shop.sync(good_change(shop.rows))
        shop.hub.sent.clear()
        shop.sync(shop.rows)
        assert shop.hub.sent
    finally:
        shop.close()
