"""What the desk that leads tells of itself, and what the others show of it."""

from __future__ import annotations

import pytest

from otimo_tray.domain.status import Flow, FlowStatus, Progress, State, Trouble, Waiting
from otimo_tray.errors import StoreAway
from otimo_tray.sync.asking import FACT_ASKED
from otimo_tray.sync.telling import FACT_STATUS, NOBODY_S, PUBLISH_S
from tests.sync.lead_shop import Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_the_leader_publishes_its_status_once_a_second_at_most_and_only_changes(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    assert shop.writes.count(FACT_STATUS) == 1
    for number in range(20):
        inner.show(flows={**inner.shown.flows, Flow.STOCK: FlowStatus(Flow.STOCK, True, progress=Progress(number, 20))})
        leader.step()
        shop.clock.advance(0.1)
    assert PUBLISH_S == 1.0
    assert shop.writes.count(FACT_STATUS) == 2
    for _ in range(20):
        shop.clock.advance(1)
        shop.leases.confirm()
        leader.step()
    assert shop.writes.count(FACT_STATUS) == 3, "the last change came late, and after it there was none"
    desk.engine.heard("status")
    desk.step()
    shown = desk.engine.status()
    assert shown.flows[Flow.STOCK].progress == Progress(19, 20)
    assert shown.leader is not None
    assert (shown.leader.desk, shown.leader.here) == ("Caixa", False)
    assert shown.leader.since is not None


def test_a_desk_does_not_show_a_dead_leaders_run_as_going_on(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    inner.show(flows={**inner.shown.flows, Flow.PRICE: FlowStatus(Flow.PRICE, True, running=True)})
    shop.clock.advance(2)
    leader.step()
    shop.deliver()
    assert desk.engine.status().flows[Flow.PRICE].running
    shop.leases.holder = None
    desk.step()
    assert not desk.engine.status().flows[Flow.PRICE].running
    assert desk.engine.status().leader is None


def test_nobody_in_the_lead_is_said_after_a_handovers_time(shop: Shop) -> None:
    desk = shop.desks[0]
    desk.step()
    assert desk.engine.status().trouble is None
    shop.clock.advance(NOBODY_S + 1)
    status = desk.engine.status()
    assert (status.state, status.trouble) == (State.AWAY, Trouble("L-351"))


def test_a_server_that_is_away_is_said(shop: Shop) -> None:
    leader, desk = shop.desks
    shop.lead(leader)
    shop.leases.trouble = StoreAway("L-331", host="servidor")
    status = desk.engine.status()
    assert (status.state, status.trouble) == (State.AWAY, Trouble("L-331", {"host": "servidor"}))


def test_a_leader_that_lost_publishes_and_takes_nothing_more(shop: Shop) -> None:
    first, second = shop.desks
    shop.lead(first)
    term = first.seat.held
    shop.leases.number += 1  # somebody else leads, and this desk hasn't heard
    second.engine.sync_now()
    second.step()
    first.engine.heard("ask")
    first.inner.show(waiting=Waiting(problems=3))
    shop.clock.advance(2)
    writes = list(shop.writes)
    first.step()
    assert shop.writes == writes
    assert shop.store.facts.get(FACT_ASKED)
    assert term is not None
