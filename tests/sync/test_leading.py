"""One desk leads, the others ask: the shared engine with a lease, inner engines and a clock of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from otimo_tray.domain.settings import FlowSettings, Settings
from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Leader, Progress, State, Status, Trouble, Waiting
from otimo_tray.errors import EnvironmentFault, HubAway, ItemError, KeyringAway, LeaseLost, OtimoError, StoreAway
from otimo_tray.store.shared.lease import ALIVE_S
from otimo_tray.sync.asking import FACT_ASKED, FACT_PAUSED, Ask, add_asks, merged
from otimo_tray.sync.attending import Attendant, Steps
from otimo_tray.sync.engine import EventKind
from otimo_tray.sync.fence import Holder, Moment, Term
from otimo_tray.sync.lead_ports import Led
from otimo_tray.sync.leading import SharedEngine
from otimo_tray.sync.published import comparable, read_status, status_text
from otimo_tray.sync.storage import Storage
from otimo_tray.sync.telling import FACT_STATUS, NOBODY_S, PUBLISH_S
from tests.support.clock import FakeClock


class Leases:
    """The shop's lease: gives it to one desk at a time, by hand."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.number = 0
        self.holder: Holder | None = None
        self.trouble: OtimoError | None = None
        self.seats: list[Seat] = []

    def give(self, seat: Seat) -> Term:
        """The desk leads from now on; whoever did before doesn't."""
        for other in self.seats:
            other.take_away()
        self.number += 1
        seat.held = Term(self.number, self.clock, Moment(self.clock))
        self.holder = Holder(self.number, seat.name, "Ana")
        for other in self.seats:
            other.changed()
        return seat.held

    def confirm(self) -> None:
        for seat in self.seats:
            if seat.held is not None:
                seat.held.confirm(Moment(self.clock))


class Seat:
    """Implements `LeadApi`."""

    def __init__(self, leases: Leases, name: str) -> None:
        self.leases, self.name = leases, name
        self.held: Term | None = None
        self.wanted: bool | None = None
        self.changed: Callable[[], None] = lambda: None
        self.looked = self.signs = 0
        self.forgotten = False
        leases.seats.append(self)

    @property
    def term(self) -> Term | None:
        return self.held if self.held is not None and self.held.is_valid() else None

    @property
    def holder(self) -> Holder | None:
        return self.leases.holder

    @property
    def trouble(self) -> OtimoError | None:
        return self.leases.trouble

    def take_away(self) -> None:
        if self.held is not None:
            self.held.end()
            self.held = None

    def watch(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def stand(self, wanted: bool) -> None:
        self.wanted = wanted
        if not wanted:
            self.step_down()

    def step_down(self) -> None:
        if self.held is not None:
            self.leases.holder = None
        self.take_away()

    def look(self) -> None:
        self.looked += 1

    def alive(self) -> None:
        self.signs += 1

    def forget(self) -> None:
        self.forgotten = True
        self.step_down()


class Inner:
    """An engine that notes what it is told."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.done: list[object] = []
        self.hangs = False
        self.shown = Status(State.OK, clock.now(), {flow: FlowStatus(flow, True) for flow in ALL_FLOWS})
        self.callbacks: list[Callable[[EventKind], None]] = []

    def start(self) -> None:
        self.done.append("start")

    def stop(self, timeout: float = 10.0) -> bool:
        self.done.append(("stop", timeout))
        return not self.hangs

    def change_settings(self, settings: Settings) -> None:
        self.done.append(settings)

    def woke(self) -> None:
        self.done.append("woke")

    def status(self) -> Status:
        return replace(self.shown, at=self.clock.now())

    def sync_now(self, flows: Sequence[Flow] | None = None) -> None:
        self.done.append(("sync", flows))

    def wake(self, flow: Flow) -> None:
        self.done.append(("wake", flow))

    def pause(self, minutes: float | None = None) -> None:
        self.done.append(("pause", minutes))

    def resume(self) -> None:
        self.done.append("resume")

    def cancel(self) -> None:
        self.done.append("cancel")

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def show(self, **changes: object) -> None:
        self.shown = replace(self.shown, **changes)
        for callback in list(self.callbacks):
            callback("status")


class ByHand:
    """Nobody steps but the test."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.stirred = 0

    def start(self) -> None:
        pass

    def stir(self) -> None:
        self.stirred += 1

    def stop(self, timeout: float) -> bool:
        return True


class Desk:
    def __init__(self, shop: Shop, name: str) -> None:
        self.seat = Seat(shop.leases, name)
        self.inners: list[Inner] = []
        self.missing: Trouble | None = None
        self.keyring_away = False
        self.closed = 0
        self.events: list[EventKind] = []
        self.shop = shop
        self.refuses: OtimoError | None = None
        self.engine = SharedEngine(
            shop.store,
            self.seat,
            shop.ring,
            Settings(),
            shop.clock,
            self._missing,
            self._make,
            attend=ByHand,
        )
        self.engine.subscribe(self.events.append)
        self.engine.start()
        self.step()

    def _missing(self, settings: Settings) -> Trouble | None:
        if self.keyring_away:
            raise KeyringAway()
        return self.missing

    def _make(self, term: Term, settings: Settings) -> Led:
        if self.refuses is not None:
            raise self.refuses
        self.inners.append(Inner(self.shop.clock))
        return Led(self.inners[-1], self.shop.storage_of(term), self._closed, self.shop.fetch)

    def _closed(self) -> None:
        self.closed += 1

    def step(self) -> float:
        return self.engine.step()

    @property
    def inner(self) -> Inner:
        return self.inners[-1]


class DeskState:
    """The shop's facts as one desk writes them; under a term's number, or (None) as any desk."""

    def __init__(self, shop: Shop, term: Term | None) -> None:
        self._shop, self._term = shop, term
        self.facts = self

    def get(self, key: str) -> str | None:
        return self._shop.facts.get(key)

    def set(self, key: str, value: str) -> None:
        if self._shop.away:
            raise StoreAway("L-331")
        if self._term is not None and self._term.number != self._shop.leases.number:
            raise LeaseLost()
        self._shop.writes.append(key)
        self._shop.facts[key] = value

    @contextmanager
    def batch(self) -> Generator[None]:
        before = dict(self._shop.facts)
        try:
            yield
        except BaseException:
            self._shop.facts.clear()
            self._shop.facts.update(before)
            raise


class Shop:
    def __init__(self) -> None:
        self.clock = clock = FakeClock()
        self.facts: dict[str, str] = {}
        self.store = self.storage_of(None)
        self.leases = Leases(clock)
        self.words: list[str] = []
        self.writes: list[str] = []
        self.away = False
        self.fetched: list[str] = []
        self.fetches: Callable[[str], int] = lambda number: 1
        self.desks = [Desk(self, name) for name in ("Caixa", "Estoque")]

    def storage_of(self, term: Term | None) -> Storage:
        return cast("Storage", DeskState(self, term))

    def fetch(self, number: str) -> int:
        self.fetched.append(number)
        return self.fetches(number)

    def ring(self, word: str, storage: Storage) -> None:
        self.words.append(word)

    def deliver(self) -> None:
        """What was rung is heard everywhere, and acted upon."""
        words, self.words = self.words, []
        for desk in self.desks:
            for word in words:
                desk.engine.heard(word)
        for desk in self.desks:
            desk.step()

    def lead(self, desk: Desk) -> Inner:
        self.leases.give(desk.seat)
        for one in self.desks:
            one.step()
        return desk.inner


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


def _nobody(word: str, storage: Storage) -> None:
    """Nobody hears it."""


def test_asks_that_nobody_takes_do_not_grow_without_end(shop: Shop) -> None:
    for number in range(600):
        add_asks(shop.store, [Ask("sync", (f"{number}",))], _nobody)
    assert len(shop.store.facts.get(FACT_ASKED) or "") < 60_000


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
    add_asks(shop.store, [Ask("sync", ("orders",))], _nobody)  # its word was missed
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


# --- one order by its number -----------------------------------------------------------------------------------------


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


# --- the status as text ---------------------------------------------------------------------------------------------


def test_a_status_survives_its_text() -> None:
    now = FakeClock().now()
    flows = {flow: FlowStatus(flow, flow is not Flow.PRICE, next_run=now, today={"pushed": 3}) for flow in ALL_FLOWS}
    flows[Flow.STOCK] = FlowStatus(
        Flow.STOCK, True, True, now, now, None, Trouble("P-110", {"host": "api", "seconds": 3}), Progress(1, 9, 2.5)
    )
    status = Status(State.ATTENTION, now, flows, Waiting(problems=2), now, Trouble("P-101"), now)
    assert read_status(status_text(status)) == status


@pytest.mark.parametrize("text", [None, "", "null", "[]", "{}", '{"version": 2}', '{"version": 1, "flows": 3}', "{"])
def test_what_is_no_status_is_none(text: str | None) -> None:
    assert read_status(text) is None


def test_a_timer_that_trembles_is_no_news() -> None:
    now = FakeClock().now()
    flows = {flow: FlowStatus(flow, True, next_run=now + timedelta(seconds=30)) for flow in ALL_FLOWS}
    status = Status(State.OK, now, flows)
    later = replace(
        status,
        at=now + timedelta(seconds=3),
        flows={f: replace(s, next_run=now + timedelta(seconds=30.02)) for f, s in flows.items()},
    )
    assert comparable(status) == comparable(later)
    assert comparable(status) != comparable(replace(status, state=State.SYNCING))


# --- the attendant ---------------------------------------------------------------------------------------------------


class _Once:
    def __init__(self) -> None:
        self.stepped = 0
        self.attendant: Attendant | None = None

    def step(self) -> float:
        self.stepped += 1
        if self.stepped == 2 and self.attendant is not None:
            self.attendant.stop(0.0)
        return 3600.0


def test_an_attendant_steps_when_stirred_and_ends() -> None:
    steps = _Once()
    attendant = steps.attendant = Attendant(steps)
    attendant.start()
    attendant.stir()
    assert attendant.stop(5.0)
    assert 1 <= steps.stepped <= 2
