"""An end at any moment of a move leaves one whole state in force, and a copy that differs is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from otimo_tray.domain.orders import OrderStage
from otimo_tray.errors import ConfigurationError, StoreDamaged
from otimo_tray.store import backup, copying, open_store
from otimo_tray.store.copying import Steps
from otimo_tray.store.journal import Journal
from otimo_tray.store.shared.opening import open_shared_store
from tests.shared.moving_places import Places, filled, instead
from tests.store.build import NOW, order
from tests.support.clock import FakeClock


class _Crash(BaseException):
    """The process ends here."""


@pytest.mark.filterwarnings("ignore:.*ServerCursor.*")  # a process that ended doesn't close its cursors
@pytest.mark.parametrize("way", ["there", "back"])
def test_an_end_at_any_statement_leaves_one_whole_state_in_force(places: Places, clock: FakeClock, way: str) -> None:
    """Statements of both databases and the moments around the settings; after each end the state in force is the
    start, and the next try succeeds."""
    filled(places.path, clock)
    if way == "back":
        places.there()
    start, before, after = places.rows(), places.settings, "postgresql" if way == "there" else "sqlite"
    move = getattr(places, way)
    ends = 0
    number = 1
    while True:
        countdown = _Countdown(number)
        with countdown:
            try:
                move()
            except _Crash:
                ends += 1
                finished = False
            else:
                finished = True
        assert places.settings in (before, after)
        assert places.rows() == start, f"after the end at statement {number}"
        if finished or places.settings == after:
            break
        number += max(1, number // 3)  # each of the first ones, then fewer: there are hundreds
        clock.advance(minutes=1)
    assert ends > 8
    assert places.settings == after


class _Countdown:
    """Ends the process before the n-th statement of any database."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, *_: Any) -> None:
        self._left -= 1
        if self._left == 0:
            raise _Crash

    def __enter__(self) -> None:
        event.listen(Engine, "before_cursor_execute", self)

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self)


@pytest.mark.parametrize("way", ["there", "back"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_end_beside_the_settings(places: Places, clock: FakeClock, way: str, when: str) -> None:
    filled(places.path, clock)
    if way == "back":
        places.there()
    start, before, after = places.rows(), places.settings, "postgresql" if way == "there" else "sqlite"

    def end() -> None:
        if when == "after":
            places.settings = after
        raise _Crash

    real, places.say = places.say, instead(end)
    move = getattr(places, way)
    with pytest.raises(_Crash):
        move()
    places.say = real
    assert places.settings == (after if when == "after" else before)
    assert places.rows() == start
    if when == "before":
        clock.advance(minutes=1)
        move()
        assert places.rows() == start


def test_settings_that_cannot_be_written_leave_the_old_one_in_force(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()

    def refuse() -> None:
        raise ConfigurationError("L-311", path="settings.toml", reason="disk")

    real, places.say = places.say, instead(refuse)
    with pytest.raises(ConfigurationError):
        places.there()
    places.say = real
    assert places.rows() == start
    places.there()
    places.say = instead(refuse)
    with pytest.raises(ConfigurationError):
        places.back()
    places.say = real
    assert places.settings == "postgresql"
    assert places.rows() == start
    assert not places.path.exists()
    assert not backup.waiting_restore(places.path).exists()


def test_a_server_that_goes_at_the_last_word_does_not_undo_the_move(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    places.there()
    start = places.rows()

    def end_session() -> None:
        places.settings = "sqlite"
        places.schemas.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )

    places.say = instead(end_session)
    moved = places.back()
    assert moved.aside == ""
    assert moved.copied.rows == sum(map(len, start.values()))
    assert places.rows() == start


def test_a_move_that_was_cut_off_is_begun_anew_only_from_the_same_pc(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)

    def end() -> None:
        raise _Crash

    real, places.say = places.say, instead(end)
    with pytest.raises(_Crash):
        places.there()
    places.say, places.own = real, "pc-2"
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-370"
    places.own = "pc-1"
    with closing(open_shared_store(places.server, places.schema, clock)) as store:
        store.facts.set("somebody", "began to use it")
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-370"


def test_it_can_be_cancelled(places: Places, clock: FakeClock) -> None:
    filled(places.path, clock)
    start = places.rows()
    steps = Steps()
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if done > total * 0.75:
            steps.stop.set()

    steps.told = tell
    places.steps = steps
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert caught.value.code == "L-376"
    assert places.rows() == start
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    places.steps = Steps()
    done: list[tuple[int, int]] = []
    places.steps.told = lambda one, total: done.append((one, total))
    places.there()
    assert done[-1][0] == done[-1][1], "all was copied and compared"


def test_a_copy_that_differs_is_refused(places: Places, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(places.path, clock)
    start = places.rows()
    real = copying._fill

    def spoilt(target: Any, table: Any, blocks: Any) -> None:
        real(target, table, blocks)
        if table.name == "orders":
            target.execute(text("UPDATE orders SET total = '0' WHERE hub_id = '7'"))

    monkeypatch.setattr(copying, "_fill", spoilt)
    with pytest.raises(StoreDamaged) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-371", "orders")
    assert places.settings == "sqlite"
    assert places.rows() == start


@pytest.mark.parametrize(
    "statement", ["DELETE FROM fact WHERE key = 'ponteiro'", "INSERT INTO fact VALUES ('zzz', '')"]
)
def test_a_row_more_or_less_is_refused(
    places: Places, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    filled(places.path, clock)
    real = copying._fill

    def spoilt(target: Any, table: Any, blocks: Any) -> None:
        real(target, table, blocks)
        if table.name == "fact":
            target.execute(text(statement))

    monkeypatch.setattr(copying, "_fill", spoilt)
    with pytest.raises(StoreDamaged) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-371", "fact")


def test_a_row_that_does_not_fit_is_said(places: Places, clock: FakeClock) -> None:
    with closing(sqlite3.connect(places.path)) as raw:
        raw.execute("INSERT INTO commitment (erp_code, units) VALUES ('A', 'muitos')")
        raw.commit()
    with pytest.raises(ConfigurationError) as caught:
        places.there()
    assert (caught.value.code, caught.value.params["table"]) == ("L-373", "commitment")


def test_what_was_typed_before_the_move_is_not_done_again_after_it(places: Places, clock: FakeClock) -> None:
    """A journal's line from before would bring an old code back over a newer one, at the next rescue."""
    with closing(open_store(places.path, clock)) as store:
        store.orders.add(order("1"), OrderStage.INVOICED, NOW)
        store.trackings.add("1", "OLD", "Correios", "PAC", "", NOW)
    assert list(Journal(places.path).since(None))
    places.there()
    assert list(Journal(places.path).since(None)) == []
    assert list((places.path.parent / "backups").glob("*.old"))
