"""Codes typed away from the server go up in order and once, whatever ends on the way."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from otimo_tray.errors import StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.shared.kept import KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.patience import PatientConnection
from tests.shared.away_desks import AwayDesk, counting, told
from tests.store.build import NOW
from tests.support.clock import FakeClock


def test_what_is_typed_after_the_return_does_not_overtake(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "FIRST")
    ana.come_back()
    assert ana.type("1", "SECOND") > 0
    assert [row.code for row in shared_store.trackings.of_order("1")] == ["FIRST", "SECOND"]
    assert told(shared_store) == []


class _Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("moment", "times"), [("before_cursor_execute", 10), ("after_cursor_execute", 10), ("commit", 2)]
)
def test_a_crash_at_any_statement_on_the_way_up_repeats_harmlessly(
    ana: AwayDesk, shared_store: StateStore, clock: FakeClock, moment: str, times: int
) -> None:
    ana.type("3", "SEEN")
    ana.mirror.pull()
    ana.leave()
    ana.type("1", "BR1")
    ana.type("2", "BR2")
    ana.type("2", "BR2B")
    ana.type("3", "MINE")
    shared_store.trackings.add("3", "THEIRS", "Correios", "PAC", "", NOW)
    ana.come_back()
    ana.mirror.pull()
    engine, crashes = ana.server.engine, 0
    countdown = 0

    def end(*_: Any) -> None:
        nonlocal countdown
        countdown -= 1
        if countdown == 0:
            raise _Crash

    event.listen(engine, moment, end)
    try:
        for number in range(1, 200):
            countdown = number
            # What was only in this process's memory is gone: another one starts over the same files.
            again = KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
            again._trackings = ana.kept._trackings  # the plain ones
            try:
                again.come_up()
            except _Crash:
                crashes += 1
                continue
            break
    finally:
        event.remove(engine, moment, end)
    assert crashes > times
    assert counting(shared_store, "1") == ["BR1"]
    assert [row.code for row in shared_store.trackings.of_order("1")] == ["BR1"]
    assert [row.code for row in shared_store.trackings.of_order("2")] == ["BR2", "BR2B"]
    assert counting(shared_store, "3") == ["THEIRS"]
    [(code, params)] = told(shared_store)
    assert (code, params["code"]) == ("T-630", "MINE")
    assert [problem.times for problem in shared_store.problems.list()] == [1]


def test_a_crash_before_the_file_says_done_repeats_harmlessly(
    ana: AwayDesk, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.come_back()

    def end(*_: Any) -> None:
        raise _Crash

    monkeypatch.setattr(KeptFile, "done", end)
    with pytest.raises(_Crash):
        ana.kept.come_up()
    monkeypatch.undo()
    [row] = shared_store.trackings.of_order("1")
    shared_store.trackings.remove(row.id, NOW)  # somebody takes it back meanwhile: it must not come again
    ana.kept.come_up()
    assert shared_store.trackings.of_order("1") == []
    assert ana.kept.waiting() == []


def test_two_processes_bring_each_code_once(ana: AwayDesk, shared_store: StateStore, clock: FakeClock) -> None:
    ana.leave()
    for number in range(8):
        ana.type("1", f"BR{number}", volume=number + 1)
    ana.come_back()
    other = KeptCodes(KeptFile(ana.file), ana.mirror, shared_store, clock)
    threads = [threading.Thread(target=one.come_up, name="up") for one in (ana.kept, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row.code for row in shared_store.trackings.of_order("1")) == [f"BR{n}" for n in range(8)]
    assert told(shared_store) == []
    assert ana.kept.waiting() == []


def test_a_batch_is_not_kept_in_part(ana: AwayDesk) -> None:
    def both() -> None:
        with ana.store.batch():
            ana.door.set("cut")
            ana.type("1", "BR1")

    with pytest.raises(StoreAway):
        both()
    assert ana.kept.waiting() == []


def test_nothing_goes_up_inside_a_batch_that_may_be_undone(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.come_back()

    def undone() -> None:
        with ana.store.batch():
            ana.type("2", "BR2")
            assert ana.kept.come_up() == 0
            raise _Crash

    with pytest.raises(_Crash):
        undone()
    assert shared_store.trackings.of_order("1") == []
    assert [code.code for code in ana.kept.waiting()] == ["BR1"]


def test_a_server_that_goes_again_keeps_the_rest(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.type("2", "BR2")
    ana.come_back()
    real = ana.kept._bring

    def once(code: Any) -> None:
        real(code)
        ana.door.set("cut")

    ana.kept._bring = once
    with pytest.raises(StoreAway):
        ana.kept.come_up()
    assert [code.code for code in ana.kept.waiting()] == ["BR2"]
    ana.come_back()
    ana.kept._bring = real
    ana.kept.come_up()
    assert counting(shared_store, "1") + counting(shared_store, "2") == ["BR1", "BR2"]


def test_a_server_that_says_nothing_keeps_nobody_waiting_twice(
    ana: AwayDesk, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "silent_s", 0.2)
    ana.door.set("dead")
    assert ana.type("1", "BR1") < 0
    monkeypatch.setattr(ana.server, "begin", None)  # asked again now, it would be missed
    assert ana.type("2", "BR2") < 0
    assert ana.shown("2") == [("BR2", "T-634")]
    monkeypatch.undo()
    ana.come_back()
    assert ana.follow() == 2
    assert counting(shared_store, "1") + counting(shared_store, "2") == ["BR1", "BR2"]


def test_a_commit_whose_answer_is_lost_does_not_double_the_code(
    ana: AwayDesk, shared_store: StateStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Connection.commit

    def lost(connection: Connection) -> None:
        real(connection)
        if connection.dialect.name == "postgresql":
            raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(Connection, "commit", lost)
    assert ana.type("1", "BR1") < 0, "nobody knows whether it is there"
    monkeypatch.undo()
    assert counting(shared_store, "1") == ["BR1"]
    ana.come_back()
    ana.follow()
    assert [row.code for row in shared_store.trackings.of_order("1")] == ["BR1"]
    assert told(shared_store) == []
