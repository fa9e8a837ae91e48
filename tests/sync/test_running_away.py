"""A state that lies on a server may be away in the middle of a run: the run ends, the lanes live on."""

from __future__ import annotations

import threading
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from otimo_tray.domain.status import Flow, State
from otimo_tray.errors import LeaseLost, OtimoError, StoreAway
from otimo_tray.sync import absence
from otimo_tray.sync.running import Engine, Parts
from tests.sync.world import World, world


@pytest.fixture
def shop(tmp_path: Path) -> Generator[World]:
    with world(tmp_path) as shop:
        yield shop


@pytest.fixture
def engine(shop: World) -> Generator[Engine]:
    made = Engine(shop.store, shop.settings, shop.clock, lambda _: Parts(shop.hub, shop.erp), lambda _: None)
    yield made
    assert made.stop(20)


@pytest.mark.parametrize("error", [StoreAway("L-331", host="servidor"), LeaseLost()])
def test_a_run_that_cannot_be_written_down_ends_and_the_next_one_runs(
    shop: World, engine: Engine, monkeypatch: pytest.MonkeyPatch, error: OtimoError
) -> None:
    tried, ran = threading.Event(), threading.Event()
    add = shop.store.runs.add

    def away(*given: object, **named: object) -> None:
        if tried.is_set():
            add(*given, **named)  # pyright: ignore[reportArgumentType]
            ran.set()
            return
        tried.set()
        raise error

    monkeypatch.setattr(shop.store.runs, "add", away)
    ended = threading.Event()
    engine.subscribe(lambda kind: ended.set() if tried.is_set() and not _running(engine) else None)
    engine._papers.start()
    engine.sync_now([Flow.ORDERS])
    assert tried.wait(30)
    assert ended.wait(30)
    trouble = engine.status().flows[Flow.ORDERS].trouble
    if isinstance(error, LeaseLost):
        assert trouble is None, "nothing failed"
    else:
        assert trouble is not None
        assert trouble.code == "L-331"
        assert engine.status().state is State.AWAY
    engine.sync_now([Flow.ORDERS])
    assert ran.wait(30)


def _running(engine: Engine) -> bool:
    return engine.status().flows[Flow.ORDERS].running


def test_a_sleep_whose_end_finds_no_server_does_not_end_the_lane(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bool:
        raise StoreAway("L-331")

    monkeypatch.setattr(absence, "note", away)
    engine._slept(timedelta(hours=8))
