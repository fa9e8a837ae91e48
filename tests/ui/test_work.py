"""Workers: outcomes come back in the GUI thread, in order where order counts, and never to somebody who is gone."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.work import Work


@pytest.fixture
def work(qtbot: QtBot) -> Generator[Work]:
    del qtbot
    bridge = Bridge()
    work = Work(bridge)
    work.kept = bridge  # type: ignore[attr-defined]
    yield work
    work.close()


def test_the_outcome_arrives_in_the_gui_thread(work: Work, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[tuple[int, str, str]]()
    work.run(
        owner,
        lambda: threading.current_thread().name,
        lambda name: seen.append((1, name, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][1].startswith("ui-read")
    assert seen[0][2] == threading.main_thread().name


def test_a_failure_arrives_as_what_it_was(work: Work, qtbot: QtBot) -> None:
    owner, seen = QObject(), list[Exception]()
    work.run(owner, lambda: 1 // 0, None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_nobody_is_told_when_the_owner_is_gone(work: Work, qtbot: QtBot) -> None:
    gate, owner, seen = threading.Event(), QObject(), list[object]()
    work.run(owner, gate.wait, seen.append)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.set()
    qtbot.waitUntil(lambda: not work.busy)
    assert seen == []


def test_writes_happen_in_the_order_they_were_asked_for(work: Work, qtbot: QtBot) -> None:
    owner, written = QObject(), list[int]()
    for number in range(200):
        work.save(owner, lambda number=number: written.append(number))
    qtbot.waitUntil(lambda: not work.busy)
    assert written == list(range(200))


def test_a_cancelled_job_is_silent(work: Work, qtbot: QtBot) -> None:
    gate, owner, seen = threading.Event(), QObject(), list[object]()
    job = work.run(owner, gate.wait, seen.append)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not work.busy)
    assert seen == []


def test_closing_waits_for_writes(qtbot: QtBot) -> None:
    del qtbot
    work, written = Work(Bridge()), list[int]()
    owner = QObject()
    for number in range(20):
        work.save(owner, lambda number=number: written.append(number))
    work.close()
    assert written == list(range(20))


def _alive(thing: QObject) -> bool:
    import shiboken6

    return shiboken6.isValid(thing)
