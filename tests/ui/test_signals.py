"""Who asks the process to end is heard while Qt's loop rests, and the handlers of before come back."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest
from pytestqt.qtbot import QtBot

from otimo_tray.ui import signals


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill that only asks")
@pytest.mark.parametrize("number", signals.NUMBERS)
def test_a_signal_is_heard_once_in_the_gui_thread(qtbot: QtBot, number: signal.Signals) -> None:
    heard: list[threading.Thread] = []
    before = [signal.getsignal(one) for one in signals.NUMBERS]
    stop = signals.listen(lambda: heard.append(threading.current_thread()))
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: bool(heard))
        assert heard == [threading.main_thread()]
    finally:
        stop()
    assert [signal.getsignal(one) for one in signals.NUMBERS] == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no other signals")
def test_other_signals_end_nothing(qtbot: QtBot) -> None:
    heard: list[str] = []
    other: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: other.append(number))
    stop = signals.listen(lambda: heard.append("end"))
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: bool(heard))
        assert (heard, other) == (["end"], [signal.SIGUSR1])
    finally:
        stop()
        signal.signal(signal.SIGUSR1, before)


def test_elsewhere_than_in_the_main_thread_nothing_is_changed(qtbot: QtBot) -> None:
    del qtbot
    before = signal.getsignal(signal.SIGTERM)

    def listen() -> None:
        signals.listen(lambda: None)()

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is before
