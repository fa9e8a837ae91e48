"""Codes typed away from the server: shown at once, taken up, and never over somebody else's."""

from __future__ import annotations

from contextlib import closing

import pytest

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store import StateStore
from otimo_tray.store.readmodels.reader import Reader
from otimo_tray.store.shared.kept import KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from tests.shared.away_desks import AwayDesk, MakeDesk, counting, told
from tests.shared.looks import rows_of
from tests.store.build import NOW
from tests.support.clock import FakeClock


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
