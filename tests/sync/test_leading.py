"""One desk leads, the others ask: who runs an engine, and how it ends."""

from __future__ import annotations

import pytest

from otimo_tray.domain.settings import FlowSettings, Settings
from otimo_tray.domain.status import Flow, Leader, State, Trouble
from otimo_tray.errors import StoreAway
from otimo_tray.store.shared.lease import ALIVE_S
from otimo_tray.sync.asking import Ask, add_asks
from otimo_tray.sync.fence import Term
from otimo_tray.sync.lead_ports import Led
from tests.sync.lead_shop import Shop, nobody


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_the_desk_that_leads_runs_an_engine_and_the_other_runs_none(shop: Shop) -> None:
    first, second = shop.desks
    inner = shop.lead(first)
    assert inner.done == ["start"]
    assert not second.inners
    leader = first.engine.status().leader
    assert leader == Leader("Caixa", "Ana", shop.clock.now(), here=True)


def test_a_desk_that_loses_the_lead_ends_its_engine_and_hears_no_more_of_it(shop: Shop) -> None:
    first, second = shop.desks
    old = shop.lead(first)
    shop.lead(second)
    assert "cancel" in old.done, "the rest of the run is spared at once, from the lease's thread"
    assert ("stop", 0.0) in old.done
    assert first.closed == 1
    assert not old.callbacks
    assert second.inner.done == ["start"]


def test_an_engine_that_hangs_is_left_behind_and_let_go_of_when_it_ends(shop: Shop) -> None:
    first, second = shop.desks
    old = shop.lead(first)
    old.hangs = True
    shop.lead(second)
    assert first.closed == 0
    assert first.step() <= 1.0, "it looks again soon"
    new = shop.lead(first)  # meanwhile it leads again, under another number
    assert new is not old
    assert new.done == ["start"]
    old.hangs = False
    first.step()
    assert first.closed == 1


def test_an_engine_of_a_term_that_ran_out_is_ended_without_anybody_telling(shop: Shop) -> None:
    first = shop.desks[0]
    inner = shop.lead(first)
    shop.clock.sleep_machine(seconds=60)
    first.step()
    assert ("stop", 0.0) in inner.done


def test_a_desk_without_secrets_never_stands_until_it_has_them(shop: Shop) -> None:
    desk = shop.desks[0]
    desk.missing = Trouble("C-420", {"name": "hub.client_id"})
    desk.engine.change_settings(Settings())
    desk.step()
    assert desk.seat.wanted is False
    assert desk.engine.status().state is State.SETUP
    desk.missing = None
    desk.step()
    assert desk.seat.wanted is False, "the keyring isn't asked all the time"
    shop.clock.advance(31)
    desk.step()
    assert desk.seat.wanted is True


def test_a_keyring_that_is_away_is_no_reason_to_stand(shop: Shop) -> None:
    desk = shop.desks[0]
    desk.keyring_away = True
    desk.engine.change_settings(Settings())
    desk.step()
    assert desk.seat.wanted is False


def test_a_desk_that_cannot_make_its_engine_gives_the_lead_away_and_says_why(shop: Shop) -> None:
    first = shop.desks[0]
    first.refuses = StoreAway("L-331", host="servidor")
    shop.leases.give(first.seat)
    first.step()
    assert first.seat.term is None
    trouble = first.engine.status().trouble
    assert trouble is not None
    assert trouble.code == "L-331"
    assert first.seat.wanted is False, "another desk may do better"
    shop.clock.advance(31)
    first.refuses = None
    first.step()
    assert first.seat.wanted is True


@pytest.mark.logs_errors("can't lead for a bug")
def test_a_bug_that_keeps_a_desk_from_leading_does_not_keep_the_lead(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shop.desks[0]

    def bug(term: Term, settings: Settings) -> Led:
        raise ZeroDivisionError

    monkeypatch.setattr(first.engine._terms, "_make", bug)
    shop.leases.give(first.seat)
    first.step()
    assert first.seat.term is None


def test_what_other_desks_write_wakes_the_leader(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    for one in (leader, desk):
        one.engine.heard("tracking")
        one.engine.heard("run")
    assert inner.done == ["start", ("wake", Flow.TRACKING)]


def test_windows_hear_what_changed_by_table(shop: Shop) -> None:
    desk = shop.desks[1]
    desk.events.clear()
    desk.engine.tables_changed(["order_item", "orders", "fact", "push"])
    assert sorted(desk.events) == ["orders", "values"]


def test_after_a_broken_feed_everything_is_looked_at(shop: Shop) -> None:
    leader, desk = shop.desks
    inner = shop.lead(leader)
    add_asks(shop.store, [Ask("sync", ("orders",))], nobody)  # its word was missed
    looked = desk.seat.looked
    leader.engine.heard("back")
    desk.engine.heard("back")
    leader.step()
    assert ("sync", [Flow.ORDERS]) in inner.done
    assert desk.seat.looked == looked + 1


def test_stop_ends_the_engine_first_and_then_gives_the_lead_away(shop: Shop) -> None:
    first = shop.desks[0]
    inner = shop.lead(first)
    held = first.seat.held
    assert held is not None
    valid: list[bool] = []
    stop = inner.stop

    def stopped(timeout: float = 10.0) -> bool:
        valid.append(held.is_valid())
        return stop(timeout)

    inner.stop = stopped
    assert first.engine.stop(5.0)
    assert valid == [True], "the item in flight may still be sent and recorded"
    assert first.seat.forgotten
    assert first.closed == 1


def test_stop_says_so_when_a_call_hangs(shop: Shop) -> None:
    first = shop.desks[0]
    shop.lead(first).hangs = True
    assert not first.engine.stop(0.1)
    assert first.closed == 0


def test_a_second_stop_waits_for_what_the_first_one_left_behind(shop: Shop) -> None:
    first = shop.desks[0]
    inner = shop.lead(first)
    inner.hangs = True
    assert not first.engine.stop(0.0)
    assert not first.engine.stop(3.0), "it still hangs: nobody may close what it works with"
    assert first.closed == 0
    assert ("stop", 3.0) in inner.done
    inner.hangs = False
    assert first.engine.stop(3.0)
    assert first.closed == 1


def test_each_step_is_a_sign_of_life(shop: Shop) -> None:
    desk = shop.desks[0]
    before = desk.seat.signs
    assert desk.step() < ALIVE_S / 2, "and one comes in time"
    assert desk.seat.signs == before + 1


def test_settings_reach_the_running_engine(shop: Shop) -> None:
    first = shop.desks[0]
    inner = shop.lead(first)
    settings = Settings(stock=FlowSettings(interval_s=60))
    first.engine.change_settings(settings)
    assert inner.done[-1] is settings
