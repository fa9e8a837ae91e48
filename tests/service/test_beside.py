"""Care beside a single shop's engine: no thread while it is off, one that ends when it is on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import pytest

from otimo_tray.domain.settings import CareSettings
from otimo_tray.service import beside
from otimo_tray.service.beside import CareThread
from otimo_tray.service.care import Care, is_wanted
from otimo_tray.sync.engine import EngineApi, EventKind


class _Engine:
    """What is asked of an engine."""

    def __init__(self) -> None:
        self.callbacks: list[Callable[[EventKind], None]] = []

    def subscribe(self, callback: Callable[[EventKind], None]) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)


class _Care:
    def __init__(self) -> None:
        self.looked = threading.Semaphore(0)
        self.fails = True

    def look(self) -> None:
        self.looked.release()
        if self.fails:
            self.fails = False
            raise ZeroDivisionError


def test_what_makes_care_wanted() -> None:
    assert not is_wanted(CareSettings())
    assert not is_wanted(CareSettings(mail_to="a@b.c"))
    assert is_wanted(CareSettings(mail_to="a@b.c", smtp_server="localhost"))
    assert is_wanted(CareSettings(heartbeat_url="https://x.example"))


@pytest.mark.logs_errors("care ended with a bug")
def test_the_thread_begins_when_the_settings_want_it_and_survives_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "LOOK_S", 0.01)
    engine, care = _Engine(), _Care()
    wanted = False
    before = threading.active_count()
    thread = CareThread(cast("Care", care), lambda: wanted, cast("EngineApi", engine))
    engine.callbacks[0]("status")
    assert threading.active_count() == before
    wanted = True
    engine.callbacks[0]("orders")
    assert threading.active_count() == before
    engine.callbacks[0]("status")
    engine.callbacks[0]("status")
    assert threading.active_count() == before + 1
    for _ in range(3):
        assert care.looked.acquire(timeout=10)
    thread.stop(10)
    assert threading.active_count() == before
    assert not engine.callbacks


def test_a_thread_never_begins_after_the_end() -> None:
    engine = _Engine()
    wanted = False
    thread = CareThread(cast("Care", _Care()), lambda: wanted, cast("EngineApi", engine))
    callback = engine.callbacks[0]
    thread.stop()
    wanted = True
    before = threading.active_count()
    callback("status")
    assert threading.active_count() == before
