"""What is asked at any desk is done by the one that leads, once, and outlives it."""

from __future__ import annotations

import pytest

from otimo_tray.domain.status import Flow
from otimo_tray.sync.asking import FACT_ASKED, FACT_PAUSED, Ask, add_asks, merged
from tests.sync.lead_shop import Shop, nobody


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.mark.parametrize("flows", [None, [Flow.STOCK]])
def test_what_is_asked_at_a_desk_is_done_by_the_leader(shop: Shop, flows: list[Flow] | None) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    desk.engine.sync_now(flows)
    desk.engine.wake(Flow.TRACKING)
    desk.step()
    assert shop.words.count("ask") == 1
    shop.deliver()
    assert inner.done == ["start", ("sync", flows), ("wake", Flow.TRACKING)]
    shop.deliver()
    assert len(inner.done) == 3, "each ask is done once"


def test_an_ask_outlives_the_leader_that_did_not_take_it(shop: Shop) -> None:
    first, second = shop.desks
    shop.lead(first)
    second.engine.sync_now([Flow.ORDERS])
    second.step()
    assert shop.store.facts.get(FACT_ASKED)
    inner = shop.lead(second)  # the first one died before it heard
    assert ("sync", [Flow.ORDERS]) in inner.done
    assert not shop.store.facts.get(FACT_ASKED)


def test_an_ask_waits_at_the_desk_while_the_server_is_away(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    shop.away = True
    desk.engine.sync_now([Flow.PRICE])
    desk.step()
    shop.away = False
    desk.step()
    shop.deliver()
    assert ("sync", [Flow.PRICE]) in inner.done


def test_an_ask_that_could_not_be_taken_is_taken_later(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    desk.engine.sync_now([Flow.PRICE])
    desk.step()
    leader.engine.heard("ask")
    shop.away = True
    leader.step()
    shop.away = False
    leader.step()
    assert inner.done == ["start", ("sync", [Flow.PRICE])]


def test_a_pause_is_the_shops_and_outlives_its_leader(shop: Shop) -> None:
    first, second = shop.desks
    shop.lead(first)
    second.engine.pause(30)
    second.step()
    shop.deliver()
    assert ("pause", 30.0) in first.inner.done
    shop.clock.advance(600)
    inner = shop.lead(second)
    assert inner.done[:2] == [("pause", 20.0), "start"], "before its timers can begin"
    second.engine.resume()
    second.step()
    assert shop.store.facts.get(FACT_PAUSED) == ""
    assert shop.lead(first).done == ["start"]


def test_a_pause_until_resumed_is_kept_and_one_that_ran_out_is_not(shop: Shop) -> None:
    first, second = shop.desks
    shop.lead(first)
    first.engine.pause()
    assert ("pause", None) in first.inner.done, "at the leader it counts at once"
    first.step()
    assert shop.lead(second).done[0] == ("pause", None)
    second.engine.pause(5)
    second.step()
    shop.clock.advance(301)
    assert shop.lead(first).done == ["start"]


def test_of_pauses_and_resumes_the_last_counts() -> None:
    asks = [Ask("pause"), Ask("sync"), Ask("resume"), Ask("sync"), Ask("pause", until="2030-01-01T00:00:00+00:00")]
    assert merged(asks) == [Ask("sync"), asks[-1]]


def test_asks_that_nobody_takes_do_not_grow_without_end(shop: Shop) -> None:
    for number in range(600):
        add_asks(shop.store, [Ask("sync", (f"{number}",))], nobody)
    assert len(shop.store.facts.get(FACT_ASKED) or "") < 60_000
