"""The state machine of the lead, with clocks and a server of the test's own: every desk has its own clock."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from otimo_tray.errors import LeaseLost
from otimo_tray.store.shared.lease import ALIVE_S, ANSWER_S, BEAT_S, STALE_S, Lease, LeaseSession
from otimo_tray.store.shared.lease_sql import QUIET_S, end_stuck
from otimo_tray.store.shared.line import Answer
from otimo_tray.store.shared.names import LEAD, lock_key
from otimo_tray.sync.fence import VALID_S, Moment, Term
from tests.shared.lease_fakes import FakeLine, FakeServer
from tests.support.clock import FakeClock


@dataclass
class Desk:
    """One PC: its session, its lease, its clock. `tend` is what its thread would do."""

    name: str
    server: FakeServer
    clock: FakeClock = field(default_factory=FakeClock)
    lines: list[FakeLine] = field(default_factory=list[FakeLine])
    changes: int = 0
    due: float = 0.0
    cut: bool = False

    def __post_init__(self) -> None:
        self.session = LeaseSession(self.server, self.clock, line=lambda _: self._line())
        self.lease: Lease = self.session.lease(self.server.schema, self.name, "Ana")
        self.lease.watch(self._changed)
        self.lease.stand(True)

    def _line(self) -> FakeLine:
        self.lines.append(FakeLine(self.server, self.name, self.clock))
        self.lines[-1].silent = self.cut
        return self.lines[-1]

    def _changed(self) -> None:
        self.changes += 1

    @property
    def leads(self) -> bool:
        return self.lease.term is not None


@dataclass
class Shop:
    server: FakeServer = field(default_factory=FakeServer)
    frozen: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.desks = [Desk(name, self.server) for name in ("Caixa", "Estoque", "Escritório")]

    def pass_time(self, seconds: float, step: float = 0.1) -> None:
        """Time goes on for all; each desk tends when it said it would. A frozen one (or a killed one) doesn't."""
        for _ in range(round(seconds / step)):
            self.server.now += step
            for desk in self.desks:
                desk.clock.advance(step)
                if desk.name not in self.frozen and desk.clock.monotonic() >= desk.due:
                    desk.due = desk.clock.monotonic() + desk.session.tend()
            assert len(self.leaders()) <= 1, "two desks lead"

    def leaders(self) -> list[Desk]:
        return [desk for desk in self.desks if desk.leads]

    def until_led(self, at_most: float, *, but: Desk | None = None) -> tuple[Desk, float]:
        """The desk that leads (another one than `but`), and the seconds it took."""
        spent = 0.0
        while not (found := [desk for desk in self.leaders() if desk.name not in self.frozen and desk is not but]):
            assert spent < at_most, "nobody leads"
            self.pass_time(0.1)
            spent += 0.1
        return found[0], spent


def test_one_desk_leads_and_the_others_know_who() -> None:
    shop = Shop()
    leader, spent = shop.until_led(1.0)
    assert spent <= 0.2
    shop.pass_time(60)
    assert [desk.name for desk in shop.leaders()] == [leader.name]
    assert {desk.lease.holder.desk for desk in shop.desks if desk.lease.holder} == {leader.name}
    assert shop.server.row.number == 1, "a lease that is kept has one number"


def test_a_leader_that_steps_down_hands_over_at_once() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    term = leader.lease.term
    assert term is not None
    leader.lease.stand(False)
    assert not term.is_valid(), "nothing gets through from the very call on"
    leader.due = 0.0  # what `hurry` does to the thread
    for desk in shop.desks:
        desk.due = min(desk.due, desk.clock.monotonic() + 0.5)  # they hear of it by NOTIFY
        desk.lease.look()
    other, spent = shop.until_led(2.0)
    assert other is not leader
    assert spent <= 1.0
    assert other.lease.term is not None
    assert other.lease.term.number == term.number + 1


def test_a_killed_leader_is_followed_once_its_term_has_run_out() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    shop.pass_time(10)
    shop.frozen.add(leader.name)
    shop.server.end(leader.lines[-1].backend)
    term = leader.lease.term
    assert term is not None
    other, spent = shop.until_led(30.0)
    assert other is not leader
    assert spent <= QUIET_S + 0.5
    assert not term.is_valid(), "a dead session is no dead process: its term must have run out first"
    assert not shop.server.ended, "nobody needed to be ended"


def test_a_frozen_leader_is_ended_and_finds_itself_replaced() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    shop.pass_time(9)
    shop.frozen.add(leader.name)
    old = leader.lease.term
    assert old is not None
    other, spent = shop.until_led(30.0)
    assert spent <= STALE_S + BEAT_S + 1.0
    assert shop.server.ended == [leader.lines[-1].backend]
    with pytest.raises(LeaseLost):
        old.check()
    shop.frozen.clear()  # it thaws
    shop.pass_time(5)
    assert shop.leaders() == [other]
    assert not leader.leads
    shop.pass_time(60)
    assert shop.leaders() == [other]


def test_a_cut_cable_ends_the_term_before_anybody_else_can_lead() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    shop.pass_time(9)
    leader.lines[-1].silent = True
    shop.server.away = False
    term = leader.lease.term
    assert term is not None
    leader.due = leader.clock.monotonic() + BEAT_S
    leader.cut = True
    _, spent = shop.until_led(30.0, but=leader)
    assert not term.is_valid()
    assert BEAT_S < spent <= STALE_S + BEAT_S + 1.0


def test_a_beat_without_answer_ends_the_term_long_before_it_would_by_itself() -> None:
    server = FakeServer()
    desk = Desk("Caixa", server)
    desk.session.tend()
    term = desk.lease.term
    assert term is not None
    desk.clock.advance(BEAT_S)
    desk.lines[-1].silent = True
    desk.session.tend()
    assert not term.is_valid()
    assert BEAT_S + ANSWER_S < VALID_S
    assert desk.lease.trouble is not None


def test_a_term_counts_from_before_the_beat_was_sent() -> None:
    clock, server = FakeClock(), FakeServer()
    session = LeaseSession(server, clock, line=lambda _: line)
    line = FakeLine(server, "Caixa", clock)
    lease = session.lease("loja", "Caixa", "Ana")
    lease.stand(True)
    line.takes_s = 1.0  # every answer takes a second
    session.tend()
    term = lease.term
    assert term is not None
    clock.advance(VALID_S - 1.1)  # the take was sent a second before its answer came
    assert term.is_valid()
    clock.advance(0.1)
    assert not term.is_valid()


@pytest.mark.parametrize("how", ["advance", "sleep_machine"])
def test_a_term_runs_out_by_either_clock(how: str) -> None:
    clock = FakeClock()
    term = Term(7, clock, Moment(clock))
    getattr(clock, how)(seconds=VALID_S - 0.01)
    assert term.is_valid()
    getattr(clock, how)(seconds=0.01)
    assert not term.is_valid()
    term.confirm(Moment(clock))
    assert not term.is_valid(), "an answer that comes too late brings nothing back"


def test_a_clock_set_back_makes_no_term_longer() -> None:
    clock = FakeClock()
    term = Term(7, clock, Moment(clock))
    clock.sleep_machine(seconds=-3600)
    clock.advance(VALID_S)
    assert not term.is_valid()


def test_a_leader_that_slept_leads_again_only_under_a_new_number() -> None:
    server = FakeServer()
    desk = Desk("Caixa", server)
    desk.session.tend()
    first = desk.lease.term
    desk.clock.sleep_machine(seconds=60)
    server.now += 60
    desk.session.tend()
    second = desk.lease.term
    assert first is not None
    assert second is not None
    assert not first.is_valid()
    assert second.number == first.number + 1


def test_a_server_whose_clock_jumps_ends_nobody_who_beats() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    shop.pass_time(6)
    shop.server.now += 3600
    for desk in shop.desks:
        if desk is not leader:  # they look before it beats the next time
            desk.lease.look()
            desk.session.tend()
    shop.pass_time(30)
    assert shop.leaders() == [leader]
    assert not shop.server.ended


def test_a_server_that_comes_back_is_found_and_somebody_leads() -> None:
    shop = Shop()
    shop.until_led(1.0)
    shop.server.away = True
    for desk in shop.desks:
        shop.server.end(desk.lines[-1].backend)
    shop.pass_time(60)
    assert not shop.leaders()
    assert all(desk.lease.trouble is not None for desk in shop.desks)
    shop.server.away = False
    shop.until_led(BEAT_S + QUIET_S)
    assert all(desk.lease.trouble is None for desk in shop.desks if desk.lines[-1].backend in shop.server.alive)


def test_a_desk_that_does_not_stand_never_leads_but_knows_who_does() -> None:
    shop = Shop()
    for desk in shop.desks[1:]:
        desk.lease.stand(False)
    leader, _ = shop.until_led(1.0)
    shop.pass_time(5)
    assert leader is shop.desks[0]
    shop.frozen.add(leader.name)
    shop.server.end(leader.lines[-1].backend)
    shop.pass_time(60)
    assert not [desk for desk in shop.desks[1:] if desk.leads]
    assert [desk.lease.holder.desk for desk in shop.desks[1:] if desk.lease.holder] == ["Caixa", "Caixa"]


def test_a_desk_that_hangs_gives_the_lead_away_and_stands_again_when_it_works() -> None:
    shop = Shop()
    leader, _ = shop.until_led(1.0)
    term = leader.lease.term
    leader.lease.alive()
    shop.pass_time(ALIVE_S - 5)
    assert leader.lease.term is term
    other, _ = shop.until_led(20.0, but=leader)
    shop.pass_time(30)
    assert shop.leaders() == [other]
    other.lease.stand(False)
    third, _ = shop.until_led(10.0, but=other)
    assert third is not leader, "it still hangs"
    third.lease.stand(False)
    leader.lease.alive()
    assert shop.until_led(10.0, but=third)[0] is leader


def test_one_shops_trouble_leaves_the_others_leases_alone() -> None:
    clock = FakeClock()
    good, bad = FakeServer("boa"), FakeServer("ruim")
    line = _TwoShops(good, bad, clock)
    session = LeaseSession(good, clock, line=lambda _: line)
    leases = [session.lease(name, "Caixa", "Ana") for name in ("boa", "ruim")]
    for lease in leases:
        lease.stand(True)
    session.tend()
    terms = [lease.term for lease in leases]
    assert all(terms)
    bad.broken.add("ruim")  # its schema was dropped
    for _ in range(10):
        clock.advance(BEAT_S)
        good.now += BEAT_S
        session.tend()
    assert leases[0].term is terms[0]
    assert leases[1].term is None
    assert leases[1].trouble is not None
    assert leases[0].trouble is None
    assert not line.closed


class _TwoShops:
    """One session over two schemas; a statement that fails undoes those sent with it."""

    def __init__(self, good: FakeServer, bad: FakeServer, clock: FakeClock) -> None:
        self._lines = {one.schema: FakeLine(one, "Caixa", clock) for one in (good, bad)}
        self.closed = False

    def ask(self, statements: str, seconds: float) -> list[Answer]:
        if statements.startswith("SET synchronous") or statements in (end_stuck(["boa", "ruim"]), end_stuck(["boa"])):
            return []
        answers: list[Answer] = []
        for one in self._split(statements):
            good = '"boa"' in one or str(lock_key("boa", LEAD)) in one
            answers += self._lines["boa" if good else "ruim"].ask(one, seconds)
        return answers

    @staticmethod
    def _split(statements: str) -> list[str]:
        if "INSERT" in statements or "pg_notify" in statements:
            return [statements]
        return statements.split(";")

    def close(self) -> None:
        self.closed = True


def test_no_two_shops_share_a_lock() -> None:
    shops = [f"loja_{number}" for number in range(10_000)]
    assert len({lock_key(shop, what) for shop in shops for what in ("write", LEAD)}) == 20_000
