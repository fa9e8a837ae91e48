"""The window beside a busy engine: threads change often, and full collections wait until nobody looks."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from otimo_tray.ui import responsive
from otimo_tray.ui.responsive import DUE, MIDDLE, OVERDUE, YOUNG, Tidy, keep_responsive


@pytest.fixture
def kept() -> Generator[None]:
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    keep_responsive()
    yield
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


class _Ring:
    def __init__(self) -> None:
        self.me = self


def _old_ring() -> weakref.ref[_Ring]:
    """A ring of garbage that only a full collection finds."""
    ring = _Ring()
    gc.collect(1)
    gc.collect(1)
    return weakref.ref(ring)


@pytest.mark.usefixtures("kept")
def test_work_never_begins_a_full_collection() -> None:
    full = gc.get_stats()[2]["collections"]
    kept_alive = [[number] for number in range(YOUNG * MIDDLE * 12)]
    assert gc.get_count()[2] >= DUE
    assert gc.get_stats()[2]["collections"] == full
    del kept_alive
    gc.collect()


@pytest.mark.usefixtures("kept")
def test_garbage_goes_when_no_window_is_open(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = QObject()
    tidy, window = Tidy(owner), QWidget()
    qtbot.addWidget(window)
    gc.collect()
    assert not tidy.look()
    ring = _old_ring()
    counts = [DUE]
    monkeypatch.setattr(responsive.gc, "get_count", lambda: (0, 0, counts[0]))
    window.show()
    assert not tidy.look()
    assert ring() is not None
    counts[0] = OVERDUE
    assert tidy.look()
    assert ring() is None
    counts[0] = DUE
    window.hide()
    assert tidy.look()
