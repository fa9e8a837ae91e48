"""Time switched off or asleep is noticed, told with what happened meanwhile, and told no more once read."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from otimo_tray.domain.orders import OrderStage, Shipment
from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import Flow, Progress
from otimo_tray.store import StateStore, open_store
from otimo_tray.store.readmodels import Reader
from otimo_tray.sync import absence
from otimo_tray.sync.board import Board
from otimo_tray.sync.code_sources import answer
from tests.store.build import NOW, order
from tests.support.clock import FakeClock


@pytest.fixture
def store(tmp_path: Path) -> Generator[StateStore]:
    made = open_store(tmp_path / "estado.db", FakeClock(NOW))
    yield made
    made.close()


@pytest.fixture
def reader(store: StateStore) -> Generator[Reader]:
    made = Reader(store.path)
    yield made
    made.close()


def _worked_until(store: StateStore, moment: datetime) -> None:
    store.runs.add(Flow.ORDERS, moment - timedelta(seconds=3), moment, "ok", counts={})


def test_a_night_switched_off_is_told_with_what_came_meanwhile(store: StateStore, reader: Reader) -> None:
    evening = NOW - timedelta(hours=14)
    _worked_until(store, evening)
    store.orders.add(order("old", approved=evening - timedelta(hours=1)), OrderStage.SEEN, evening)
    assert absence.note_start(store, NOW)
    later = NOW + timedelta(minutes=2)
    for number in range(3):
        store.orders.add(order(f"n{number}", approved=NOW - timedelta(hours=2)), OrderStage.SEEN, later)
    store.orders.add(order("after", approved=later), OrderStage.SEEN, later)
    found = reader.panel.meanwhile(NOW + timedelta(minutes=10))
    assert found is not None
    assert (found.absence.since, found.absence.until, found.absence.why) == (evening, NOW, "off")
    assert (found.orders, found.invoices, found.values) == (3, 0, 0)


def test_it_is_told_until_a_person_took_note_or_a_day_passed(store: StateStore, reader: Reader) -> None:
    _worked_until(store, NOW - timedelta(hours=2))
    absence.note_start(store, NOW)
    assert reader.panel.meanwhile(NOW + timedelta(hours=25)) is None
    found = reader.panel.meanwhile(NOW)
    assert found is not None
    absence.mark_read(store.facts, found.absence)
    assert reader.panel.meanwhile(NOW) is None
    assert absence.note(store.facts, NOW + timedelta(hours=5), NOW + timedelta(hours=6), "slept")
    slept = reader.panel.meanwhile(NOW + timedelta(hours=6))
    assert slept is not None
    assert slept.absence.why == "slept"


def test_a_quick_restart_and_a_first_start_are_no_absence(store: StateStore, reader: Reader) -> None:
    assert not absence.note_start(store, NOW)
    _worked_until(store, NOW - timedelta(minutes=5))
    assert not absence.note_start(store, NOW)
    assert reader.panel.meanwhile(NOW) is None
    store.facts.set(absence.FACT_ABSENCE, "{broken")
    assert reader.panel.meanwhile(NOW) is None


def test_time_left_follows_the_pace_so_far() -> None:
    clock = FakeClock(NOW)
    board = Board(clock, Settings())

    def left(done: int, after: float) -> float | None:
        clock.advance(after)
        board.progress(Flow.ORDERS, Progress(done, 100))
        progress = board.status(lambda _: None).flows[Flow.ORDERS].progress
        assert progress is not None
        return progress.seconds_left

    assert left(0, 0) is None
    assert left(10, 1) is None  # too early to tell
    assert left(20, 3) == pytest.approx(16)
    assert left(60, 8) == pytest.approx(8)
    assert left(5, 1) is None  # another part of the run begins
    assert left(15, 10) == pytest.approx(85)


def test_parcels_to_give_a_code_are_counted_by_who_informs_it(store: StateStore) -> None:
    def put(hub_id: str, method: str, code: str = "", channel: str = "Loja") -> None:
        shipped = (Shipment("1", track_code="A1"), Shipment("2", method=method, track_code=code))
        made = order(hub_id, channel=channel, shipments=shipped if code or method else ())
        store.orders.add(made, OrderStage.INVOICED, NOW)

    put("a", "PAC")  # its second shipment has none yet
    put("b", "Mercado Envios")
    put("c", "Turbo")
    put("d", "PAC", code="B2")
    put("e", "PAC")
    board = Board(FakeClock(NOW), Settings())

    def counted() -> int:
        board.recount(store)
        return board.status(lambda _: None).waiting.tracking_codes

    assert counted() == 3
    store.trackings.add("e", "X1", "Correios", "PAC", "", NOW)
    assert counted() == 2
    answer(store.facts, "Loja|Turbo", "channel")
    assert counted() == 1
    answer(store.facts, "Loja|Turbo", "unknown")
    assert counted() == 2
