"""Values that change under us: one is a correction in the hub's panel, many are another writer."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.exports.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Generator[Shop]:
    found = Shop(tmp_path)
    found.sync(found.rows)
    yield found
    found.close()


def suspected(shop: Shop) -> bool:
    return any(problem.code == "P-104" for problem in shop.store.problems.list())


def look(shop: Shop) -> None:
    """As good as a whole round."""
    shop.clock.advance(hours=23)
    shop.run()


def test_one_edited_price_is_no_other_writer(shop: Shop) -> None:
    shop.hub.edit("P007", price="1.00")
    look(shop)
    assert not suspected(shop)


def test_many_values_that_nobody_here_made_are_said_until_they_are_right_again(shop: Shop) -> None:
    changed = shop.rows[: len(shop.rows) // 2]
    for row in changed:
        shop.hub.edit(row[0], price="1.00")
    look(shop)
    assert suspected(shop)
    for row in changed:
        shop.hub.edit(row[0], price=row[3].replace(",", "."))
    look(shop)
    assert not suspected(shop)
