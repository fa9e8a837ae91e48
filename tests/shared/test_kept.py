"""Codes typed away from the server: shown at once, never lost, up once, and never over somebody else's."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.errors import StoreAway
from otimo_tray.store import StateStore
from otimo_tray.store.readmodels.reader import Reader
from otimo_tray.store.shared import kept_file
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.kept import NOTICE, KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.mirror import Mirror
from otimo_tray.store.shared.patience import PatientConnection
from tests.servers import Server as RealServer
from tests.shared.away_desks import AwayDesk, counting
from tests.shared.looks import rows_of
from tests.store.build import NOW, order
from tests.support.clock import FakeClock

MakeDesk = Callable[[str], AwayDesk]


@pytest.fixture
def make_desk(
    postgresql_server: RealServer, shared_store: StateStore, profile_dir: Path, clock: FakeClock, empty: Path
) -> Generator[MakeDesk]:
    assert isinstance(shared_store.database, SharedDatabase)
    schema = shared_store.database.schema
    for number in ("1", "2", "3"):
        shared_store.orders.add(order(number, ("A", 1)), OrderStage.INVOICED, NOW)
    made: list[AwayDesk] = []

    def make(person: str) -> AwayDesk:
        desk = AwayDesk(postgresql_server.port, schema, profile_dir / person, clock, empty, person)
        made.append(desk)
        desk.mirror.pull()
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def ana(make_desk: MakeDesk) -> AwayDesk:
    return make_desk("Ana")


def told(store: StateStore) -> list[tuple[str, dict[str, Any]]]:
    """Code and parameters of the problems that tell of kept codes."""
    return [(problem.code, problem.params) for problem in store.problems.list() if problem.flow == NOTICE]


def test_a_code_is_kept_shown_and_goes_up(ana: AwayDesk, shared_store: StateStore, clock: FakeClock) -> None:
    ana.leave()
    number = ana.type("1", "BR1")
    typed_at = clock.now()
    assert number < 0
    assert ana.shown("1") == [("BR1", "T-634")]
    assert ana.store.trackings.used_by("BR1") == "1"
    assert [one.typed_by for one in ana.store.trackings.of_order("1")] == ["Ana"]
    with closing(Reader(ana.mirror.path)) as reader:
        [code] = next(parcel for parcel in reader.tracking.parcels("2026") if parcel.hub_id == "1").codes
        assert (code.id, code.code, code.state, code.error_code) == (number, "BR1", "typed", "T-634")
    clock.advance(hours=1)
    ana.come_back()
    assert ana.follow() == 1
    [row] = shared_store.trackings.of_order("1")
    assert (row.code, row.carrier, row.method, row.url, row.state, row.typed_at) == (
        "BR1", "Correios", "PAC", "https://rastreio/BR1", TrackingState.TYPED, typed_at,
    )  # fmt: skip
    assert row.id > 0
    assert ana.shown("1") == [("BR1", None)]
    assert rows_of(ana.mirror.local.database) == rows_of(shared_store.database)
    assert rows_of(shared_store.database)["tracking"][0][-1] == "Ana"
    assert ana.kept.waiting() == []
    assert told(shared_store) == []


def test_how_many_wait_is_told_when_it_changes_and_asked_without_the_file(ana: AwayDesk, clock: FakeClock) -> None:
    counts: list[int] = []
    ana.kept.recounted = lambda: counts.append(ana.kept.count)
    ana.leave()
    ana.type("1", "BR1")
    taken_back = ana.type("2", "BR2")
    ana.kept.take_back(taken_back)
    assert counts == [1, 2, 1]
    again = KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
    assert again.count == 1  # known from the beginning
    text = ana.file.read_bytes()
    ana.file.unlink()
    assert ana.kept.count == 1
    ana.file.write_bytes(text)
    ana.come_back()
    ana.follow()
    assert counts == [1, 2, 1, 0]


def test_an_hour_away_while_others_go_on(make_desk: MakeDesk, shared_store: StateStore, clock: FakeClock) -> None:
    ana, beto = make_desk("Ana"), make_desk("Beto")
    ana.type("1", "OLD1")
    ana.mirror.pull()
    ana.leave()
    for minute in range(60):
        clock.advance(minutes=1)
        if minute == 5:
            ana.type("1", "NEW1")
            ana.type("2", "ANA2")
            ana.type("2", "ANA2B", volume=2)
            ana.type("3", "ANA3")
        if minute == 20:
            beto.type("2", "BETO2")
            beto.type("3", "ANA3")
        if minute == 40:
            ana.type("1", "NEWEST1")
    assert ana.shown("2") == [("ANA2", "T-634"), ("ANA2B", "T-634")]
    ana.come_back()
    assert ana.follow() == 5
    assert counting(shared_store, "1") == ["NEWEST1"]
    assert [row.code for row in shared_store.trackings.of_order("1")] == ["OLD1", "NEW1", "NEWEST1"]
    assert counting(shared_store, "2") == ["BETO2", "ANA2B"], "what Beto typed is not overwritten"
    assert [row.code for row in shared_store.trackings.of_order("3")] == ["ANA3"], "the same parcel scanned twice"
    [(code, params)] = told(shared_store)
    assert code == "T-630"
    assert {params[name] for name in ("code", "other", "order")} == {"ANA2", "BETO2", "MLB-2"}
    assert ana.follow() == 0
    assert len(told(shared_store)) == 1
    assert rows_of(ana.mirror.local.database) == rows_of(shared_store.database)


def test_a_code_of_a_cancelled_order_stops_a_person(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.type("2", "BR2")
    shared_store.orders.advance("1", OrderStage.CANCELLED, NOW, event="O-520", params={})
    shared_store.orders.set_cancel_open("2", value=True, now=NOW)
    ana.come_back()
    ana.follow()
    assert counting(shared_store, "1") == counting(shared_store, "2") == []
    assert sorted((code, params["code"]) for code, params in told(shared_store)) == [("T-631", "BR1"), ("T-631", "BR2")]


def test_a_code_of_an_order_that_is_gone_stops_a_person(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    shared_store.erase(["1"])
    ana.come_back()
    ana.follow()
    assert shared_store.trackings.of_order("1") == []
    assert [(code, params["order"]) for code, params in told(shared_store)] == [("T-632", "MLB-1")]


def test_a_code_typed_over_the_one_that_was_seen_replaces_it(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.type("1", "WRONG")
    ana.mirror.pull()
    ana.leave()
    ana.type("1", "RIGHT")
    ana.come_back()
    ana.follow()
    assert counting(shared_store, "1") == ["RIGHT"]
    assert told(shared_store) == []


def test_a_kept_code_that_failed_at_the_hub_is_tried_anew(ana: AwayDesk, shared_store: StateStore) -> None:
    number = ana.type("1", "BR1")
    ana.mirror.pull()
    ana.leave()
    assert ana.type("1", "BR1") < 0
    shared_store.trackings.set_state(number, TrackingState.PROBLEM, NOW)
    ana.come_back()
    ana.follow()
    [_, row] = shared_store.trackings.of_order("1")
    assert (row.code, row.state) == ("BR1", TrackingState.TYPED)


def test_scanned_twice_is_kept_once(ana: AwayDesk) -> None:
    ana.leave()
    assert ana.type("1", "BR1") == ana.type("1", "BR1")
    assert len(ana.kept.waiting()) == 1
    assert ana.type("1", "BR2") < ana.type("2", "BR1", volume=3) + 2


# --- taking back ------------------------------------------------------------------------------------------------------


def test_a_kept_code_can_be_taken_back(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.type("1", "OLD")
    ana.mirror.pull()
    ana.leave()
    number = ana.type("1", "NEW")
    assert ana.shown("1") == [("NEW", "T-634")]
    assert ana.store.trackings.remove(number, NOW)
    assert ana.shown("1") == [("OLD", None)]
    ana.come_back()
    assert ana.follow() == 0
    assert [row.code for row in shared_store.trackings.of_order("1")] == ["OLD"]


def test_a_kept_code_that_is_up_by_now_can_be_taken_back_there(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    number = ana.type("1", "NEW")
    ana.come_back()
    ana.follow()
    assert ana.store.trackings.remove(number, NOW)
    assert shared_store.trackings.of_order("1") == []
    assert not ana.store.trackings.remove(number, NOW)


def test_a_code_at_the_server_is_taken_back_away(ana: AwayDesk, shared_store: StateStore) -> None:
    number = ana.type("1", "OLD")
    ana.mirror.pull()
    ana.leave()
    assert ana.store.trackings.remove(number, NOW)
    assert ana.shown("1") == []
    ana.come_back()
    ana.follow()
    assert shared_store.trackings.of_order("1") == []
    assert told(shared_store) == []


@pytest.mark.parametrize("meanwhile", ["sent", "replaced", "removed"])
def test_what_was_taken_back_away_is_compared_first(ana: AwayDesk, shared_store: StateStore, meanwhile: str) -> None:
    number = ana.type("1", "OLD")
    ana.mirror.pull()
    ana.leave()
    assert ana.store.trackings.remove(number, NOW)
    if meanwhile == "sent":
        shared_store.trackings.set_state(number, TrackingState.SENT, NOW)
    elif meanwhile == "replaced":
        shared_store.trackings.add("1", "OTHER", "Correios", "PAC", "", NOW)
    else:
        shared_store.trackings.remove(number, NOW)
    ana.come_back()
    ana.follow()
    assert counting(shared_store, "1") == {"sent": ["OLD"], "replaced": ["OTHER"], "removed": []}[meanwhile]
    assert [code for code, _ in told(shared_store)] == (["T-633"] if meanwhile == "sent" else [])


def test_a_code_that_was_sent_is_not_taken_back_away(ana: AwayDesk, shared_store: StateStore) -> None:
    number = ana.type("1", "OLD")
    shared_store.trackings.set_state(number, TrackingState.SENT, NOW)
    ana.mirror.pull()
    ana.leave()
    assert not ana.store.trackings.remove(number, NOW)
    assert ana.kept.waiting() == []


# --- order and crashes ------------------------------------------------------------------------------------------------


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


# --- the file ---------------------------------------------------------------------------------------------------------


def test_a_code_is_on_the_disk_before_it_is_said_to_be_safe(ana: AwayDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    real = os.fsync

    def seen(descriptor: int) -> None:
        real(descriptor)
        if ana.file.exists() and os.fstat(descriptor).st_ino == ana.file.stat().st_ino:
            synced.append(ana.file.read_bytes())

    ana.leave()
    monkeypatch.setattr(os, "fsync", seen)
    ana.type("1", "BR-SAFE")
    assert any(b"BR-SAFE" in text for text in synced)


def test_a_code_that_cannot_be_kept_is_said(ana: AwayDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    ana.leave()
    monkeypatch.setattr(kept_file, "append", full)
    with pytest.raises(StoreAway) as caught:
        ana.type("1", "BR1")
    assert caught.value.code == "L-362"
    assert ana.shown("1") == []


def test_a_restart_away_goes_on_with_what_is_kept(ana: AwayDesk, clock: FakeClock) -> None:
    ana.leave()
    number = ana.type("1", "BR1")
    ana.mirror.close()
    assert isinstance(ana.store.database, SharedDatabase)
    ana.mirror = Mirror(ana.mirror.path, ana.store.database, clock)
    ana.store.database.away = ana.mirror
    again = KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
    assert [code.local for code in again.waiting()] == [number]
    assert ana.shown("1") == [("BR1", "T-634")]


def test_a_mirror_that_was_lost_shows_what_is_kept_all_the_same(ana: AwayDesk, clock: FakeClock) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.mirror.close()
    ana.mirror.path.write_bytes(b"damaged" * 1000)
    assert isinstance(ana.store.database, SharedDatabase)
    ana.mirror = Mirror(ana.mirror.path, ana.store.database, clock)
    ana.store.database.away = ana.mirror
    KeptCodes(KeptFile(ana.file), ana.mirror, ana.store, clock)
    ana.come_back()
    ana.mirror.pull()
    assert rows_of(ana.mirror.local.database)["tracking"][0][4] == "BR1"


def test_a_torn_line_costs_nothing_that_was_said_to_be_safe(ana: AwayDesk) -> None:
    ana.leave()
    ana.type("1", "BR1")
    with ana.file.open("ab") as file:
        file.write(b'{"kept":{"what":"co')
    assert [code.code for code in ana.kept.waiting()] == ["BR1"]
    ana.type("2", "BR2")
    assert [code.code for code in ana.kept.waiting()] == ["BR1", "BR2"]


def test_what_a_newer_version_kept_is_understood(ana: AwayDesk, shared_store: StateStore) -> None:
    ana.leave()
    ana.type("1", "BR1")
    ana.file.write_bytes(ana.file.read_bytes().replace(b'{"kept":{', b'{"kept":{"weight":"2.5",'))
    assert [code.code for code in ana.kept.waiting()] == ["BR1"]
    ana.come_back()
    ana.follow()
    assert counting(shared_store, "1") == ["BR1"]


def test_ids_are_never_given_twice(ana: AwayDesk) -> None:
    ana.leave()
    first = ana.type("1", "BR1")
    ana.come_back()
    ana.follow()
    size = ana.file.stat().st_size
    ana.leave()
    assert ana.type("1", "BR2") == first - 1
    assert size < 40, "what is done is not kept for ever"


def test_the_overlay_comes_off_exactly(ana: AwayDesk, shared_store: StateStore, clock: FakeClock) -> None:
    """Whatever is kept, the mirror's other rows are the server's, and once nothing is kept all are."""
    number = ana.type("1", "OLD")
    shared_store.trackings.set_state(number, TrackingState.CONFIRMED, NOW)
    ana.type("1", "MIDDLE")
    ana.mirror.pull()
    ana.leave()
    ana.type("1", "KEPT", volume=2)
    ana.type("1", "NEW")
    ana.come_back()
    shared_store.trackings.add("1", "THEIRS", "Jadlog", "Package", "", NOW, volume=2)
    ana.mirror.pull()
    here, there = rows_of(ana.mirror.local.database), rows_of(shared_store.database)
    assert {name: rows for name, rows in here.items() if name != "tracking"} == {
        name: rows for name, rows in there.items() if name != "tracking"
    }
    for code in ana.kept.waiting():
        ana.kept.take_back(code.local)
    assert rows_of(ana.mirror.local.database) == there
