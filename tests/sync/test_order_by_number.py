"""One order by its number: asked for at any desk, brought by the one that leads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from otimo_tray.errors import EnvironmentFault, HubAway, ItemError, LeaseLost, OtimoError, StoreAway
from tests.sync.lead_shop import Desk, Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def _ask_for(shop: Shop, desk: Desk, number: str) -> int:
    """Asks as a window's worker does, while everybody goes on stepping."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(desk.engine.fetch_order, number, 20.0)
        for _ in range(2_000):
            if answer.done():
                break
            shop.deliver()
            wait([answer], 0.01)
        return answer.result()


@pytest.mark.parametrize("place", [0, 1])
def test_an_order_is_brought_by_the_leader_and_answered_where_it_was_asked(shop: Shop, place: int) -> None:
    shop.lead(shop.desks[0])
    shop.fetches = lambda number: 2
    assert _ask_for(shop, shop.desks[place], "123-4") == 2
    assert shop.fetched == ["123-4"]


@pytest.mark.parametrize("error", [ItemError("O-551", order="9"), HubAway()])
def test_what_goes_wrong_at_the_leader_is_raised_where_it_was_asked(shop: Shop, error: OtimoError) -> None:
    def fails(number: str) -> int:
        raise error

    shop.fetches = fails
    shop.lead(shop.desks[0])
    with pytest.raises(OtimoError) as caught:
        _ask_for(shop, shop.desks[1], "9")
    assert caught.value.code == error.code
    assert isinstance(caught.value, EnvironmentFault) is isinstance(error, EnvironmentFault)


def test_an_order_whose_leader_lost_is_brought_by_the_next(shop: Shop) -> None:
    first, second = shop.desks
    shop.lead(first)

    def loses(number: str) -> int:
        shop.fetches = lambda number: 1
        shop.leases.give(second.seat)
        raise LeaseLost()

    shop.fetches = loses
    assert _ask_for(shop, second, "77") == 1
    assert shop.fetched == ["77", "77"]


def test_nobody_to_bring_an_order_is_said_in_time(shop: Shop) -> None:
    with pytest.raises(StoreAway) as caught:
        shop.desks[0].engine.fetch_order("1", 0.01)
    assert caught.value.code == "L-353"
