"""The lease's statements and the feed at a real server: what the fakes of `test_lease` take for granted."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable, Generator

import psycopg
import pytest

from otimo_tray.store.shared import lease_sql
from otimo_tray.store.shared.feed import AWAY, BACK, Feed
from otimo_tray.store.shared.lease import LeaseSession
from otimo_tray.store.shared.line import Answer, Line
from otimo_tray.store.shared.names import LEAD, lock_key
from otimo_tray.store.shared.server import Server
from tests.servers.door import Door
from tests.servers.server import PASSWORD
from tests.servers.server import Server as OwnServer
from tests.shared.schemas import LEASE, run
from tests.support.clock import FakeClock

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def shared_address(postgresql_server: OwnServer) -> Generator[str]:
    """`postgresql://user@host:port/database` of a database that these tests share, without the password."""
    address = postgresql_server.new_database()
    yield address.replace(f":{PASSWORD}@", "@")
    postgresql_server.drop_database(address)


@pytest.fixture
def server(shared_address: str) -> Generator[Server]:
    made = Server(shared_address, PASSWORD)
    yield made
    made.close()


@pytest.fixture
def schema(server: Server) -> Generator[str]:
    name = f"desks_{next(_NUMBERS)}"
    run(server, f'CREATE SCHEMA "{name}"; {LEASE.format(schema=name)}')
    yield name
    run(server, f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture
def make_session(server: Server) -> Generator[Callable[[], tuple[LeaseSession, FakeClock]]]:
    made: list[LeaseSession] = []

    def make() -> tuple[LeaseSession, FakeClock]:
        clock = FakeClock()
        made.append(LeaseSession(server, clock))
        return made[-1], clock

    yield make
    for session in made:
        session._drop()


def test_number_desk_and_beat_are_written_down(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    session, clock = make_session()
    lease = session.lease(schema, "Balcão d'Água \\ 1", "Ana")
    lease.stand(True)
    session.tend()
    assert lease.term is not None
    row = f'SELECT number, desk, person, backend <> 0, beat_at FROM "{schema}".lease'
    number, desk, person, there, beat = run(server, row)[0]
    assert (number, desk, person, there) == ("1", "Balcão d'Água \\ 1", "Ana", "t")
    assert lease.term.number == 1
    clock.advance(4)
    session.tend()
    assert str(run(server, row)[0][4]) > str(beat)
    assert lease.term is not None
    assert lease.term.is_valid()


def test_the_second_desk_waits_and_leads_after_the_first_stepped_down(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    (first, _), (second, _) = make_session(), make_session()
    one, two = first.lease(schema, "Caixa", "Ana"), second.lease(schema, "Estoque", "Rui")
    for session, lease in ((first, one), (second, two)):
        lease.stand(True)
        session.tend()
    assert one.term is not None
    assert two.term is None
    assert two.holder is not None
    assert two.holder.desk == "Caixa"
    one.stand(False)
    first.tend()
    two.look()
    second.tend()
    assert two.term is not None
    assert two.term.number == 2


def test_a_session_that_broke_holds_nothing_but_its_term_is_waited_for(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    (first, _), (second, _) = make_session(), make_session()
    one, two = first.lease(schema, "Caixa", "Ana"), second.lease(schema, "Estoque", "Rui")
    one.stand(True)
    first.tend()
    first._drop()  # as a killed process does
    two.stand(True)
    second.tend()
    assert two.term is None, "the first one's term may not have run out"
    run(server, f"UPDATE \"{schema}\".lease SET beat_at = '2020-01-01T00:00:00.000000Z'")
    two.look()
    second.tend()
    assert two.term is not None


def test_a_leader_that_does_not_beat_any_more_is_ended(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    (first, _), (second, later) = make_session(), make_session()
    one, two = first.lease(schema, "Caixa", "Ana"), second.lease(schema, "Estoque", "Rui")
    one.stand(True)
    first.tend()
    run(server, f"UPDATE \"{schema}\".lease SET beat_at = '2020-01-01T00:00:00.000000Z'")
    two.stand(True)
    second.tend()
    assert two.term is None
    later.advance(18)
    second.tend()  # ends the first one's session
    deadline = time.monotonic() + 30
    while two.term is None and time.monotonic() < deadline:
        later.advance(0.5)
        second.tend()
    assert two.term is not None
    first._beaten = None
    first.tend()
    assert one.term is None
    assert one.trouble is not None


def test_a_hundred_shops_beat_in_one_exchange(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    session, clock = make_session()
    names = [f"{schema}_{number}" for number in range(100)]
    for name in names:
        run(server, f'CREATE SCHEMA "{name}"; CREATE TABLE "{name}".lease (LIKE "{schema}".lease INCLUDING ALL)')
    try:
        leases = [session.lease(name, "Servidor", "") for name in names]
        for lease in leases:
            lease.stand(True)
        for _ in range(20):
            session.tend()
            if all(lease.term for lease in leases):
                break
        terms = [lease.term for lease in leases]
        assert all(terms)
        clock.advance(4)
        asked: list[str] = []
        line = session._line
        assert isinstance(line, Line)
        ask = line.ask

        def counted(statements: str, seconds: float) -> list[Answer]:
            asked.append(statements)
            return ask(statements, seconds)

        line.ask = counted
        session.tend()
        assert len(asked) == 2, "the beats, and a look for writers that are stuck"
        run(server, f'DROP SCHEMA "{names[0]}" CASCADE')
        clock.advance(4)
        session.tend()
        assert [lease.term for lease in leases[1:]] == terms[1:], "one shop's trouble is its own"
        assert leases[0].term is None
    finally:
        for name in names:
            run(server, f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def test_a_candidate_does_not_end_another_that_is_just_taking_the_lead(
    server: Server, schema: str, make_session: Callable[[], tuple[LeaseSession, FakeClock]]
) -> None:
    session, later = make_session()
    lease = session.lease(schema, "Estoque", "Rui")
    run(server, f"INSERT INTO \"{schema}\".lease VALUES ('engine', 3, 'Caixa', '', 1, '2020-01-01T00:00:00.000000Z')")
    other = Line(server)
    other.ask(f"SELECT pg_advisory_lock({lock_key(schema, LEAD)})", 5.0)
    lease.stand(True)
    session.tend()
    later.advance(60)
    session.tend()
    assert lease.term is None
    assert other.ask("SELECT 1", 5.0)[0].rows == [("1",)], "it lives"
    other.close()


@pytest.mark.parametrize("how", ["idle in its transaction", "in the middle of an answer"])
def test_a_writer_whose_desk_died_does_not_keep_the_next_leader_from_leading(
    server: Server,
    schema: str,
    make_session: Callable[[], tuple[LeaseSession, FakeClock]],
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    monkeypatch.setattr(lease_sql, "_SILENT", lease_sql._SILENT.replace("'10.0 s'", "'0.3 s'"))
    dead = Line(server)
    dead.ask(f"BEGIN; SELECT pg_advisory_xact_lock({lock_key(schema)})", 5.0)
    if how == "in the middle of an answer":  # that nobody reads: the server waits to send more of it
        dead._pg.send_query(b"SELECT repeat('x', 1000) FROM generate_series(1, 100000)")
        dead._pg.flush()
    session, clock = make_session()
    lease = session.lease(schema, "Estoque", "Rui")
    lease.stand(True)
    deadline = time.monotonic() + 30
    while lease.term is None and time.monotonic() < deadline:
        session.tend()
        clock.advance(1)
    assert lease.term is not None
    dead.close()


def test_a_writer_that_works_is_left_alone(server: Server, schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_sql, "_SILENT", lease_sql._SILENT.replace("'10.0 s'", "'0.0 s'"))
    busy = Line(server)
    busy.ask(f"BEGIN; SELECT pg_advisory_xact_lock({lock_key(schema)})", 5.0)
    busy._pg.send_query(b"SELECT pg_sleep(1)")
    busy._pg.flush()
    assert run(server, lease_sql.end_stuck([schema])) == []
    busy.close()


def test_an_answer_that_does_not_come_is_not_waited_for(shared_address: str) -> None:
    door = Door(_port(shared_address))
    server = Server(_through(shared_address, door), PASSWORD)
    try:
        line = Line(server)
        assert line.ask("SELECT 1", 5.0)[0].rows == [("1",)]
        door.set("dead")
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError):
            line.ask("SELECT 2", 0.3)
        assert time.monotonic() - began < 2.0
        line.close()
    finally:
        server.close()
        door.close()


def _port(address: str) -> int:
    return int(address.rpartition(":")[2].partition("/")[0])


def _through(address: str, door: Door) -> str:
    head, _, tail = address.rpartition(":")
    return f"{head}:{door.port}/{tail.partition('/')[2]}"


class _Ears:
    """What a feed said; waits for a word without polling."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._condition = threading.Condition()

    def __call__(self, word: str) -> None:
        with self._condition:
            self.words.append(word)
            self._condition.notify_all()

    def wait(self, word: str, times: int = 1) -> bool:
        with self._condition:
            return self._condition.wait_for(lambda: self.words.count(word) >= times, 20)


def test_the_feed_tells_each_shop_its_own_words(server: Server) -> None:
    feed, one, two = Feed(server), _Ears(), _Ears()
    feed.subscribe("loja_um", one)
    feed.start()
    try:
        assert one.wait(BACK)
        feed.subscribe("loja_dois", two)  # while it runs
        assert two.wait(BACK)
        run(server, "SELECT pg_notify('otimo_loja_um', 'orders'), pg_notify('otimo_loja_dois', 'ask')")
        assert one.wait("orders")
        assert two.wait("ask")
        assert (one.words, two.words) == ([BACK, "orders"], [BACK, "ask"])
    finally:
        feed.stop()
    assert not feed.is_connected


def test_the_feed_comes_back_by_itself_and_says_so(shared_address: str) -> None:
    door = Door(_port(shared_address))
    server, ears = Server(_through(shared_address, door), PASSWORD), _Ears()
    plain = Server(shared_address, PASSWORD)
    feed = Feed(server)
    feed.subscribe("loja", ears)
    feed.start()
    try:
        assert ears.wait(BACK)
        run(plain, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        assert ears.wait(AWAY)
        assert ears.wait(BACK, 2)
        run(plain, "SELECT pg_notify('otimo_loja', 'tracking')")
        assert ears.wait("tracking")
    finally:
        feed.stop()
        door.close()
        server.close()
        plain.close()


def test_a_feed_without_a_server_ends_when_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    feed = Feed(Server(f"postgresql://otimo@127.0.0.1:{port}/loja", PASSWORD))
    feed.subscribe("loja", lambda _: None)
    feed.start()
    feed.stop()
    assert not feed._thread.is_alive()
