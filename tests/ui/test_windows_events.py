"""The messages of Windows become calls, each once and only where it counts."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

from otimo_tray.ui.windows_events import (
    PBT_APMRESUMEAUTOMATIC,
    PBT_APMSUSPEND,
    WM_ENDSESSION,
    WM_POWERBROADCAST,
    WM_QUERYENDSESSION,
    WindowsEvents,
)


def listener() -> tuple[WindowsEvents, list[str]]:
    heard: list[str] = []
    events = WindowsEvents(lambda: heard.append("ends"), lambda: heard.append("slept"), lambda: heard.append("woke"))
    return events, heard


def send(events: WindowsEvents, message: int, word: int) -> tuple[bool, int]:
    sent = wintypes.MSG()
    sent.message, sent.wParam = message, word
    return events.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))


def test_the_end_of_the_session_stops_the_program_once() -> None:
    events, heard = listener()
    for _ in range(3):  # every top window gets it
        assert send(events, WM_ENDSESSION, 1) == (False, 0)
    assert heard == ["ends"]


def test_the_question_before_and_a_cancelled_end_stop_nothing() -> None:
    events, heard = listener()
    send(events, WM_QUERYENDSESSION, 0)
    send(events, WM_ENDSESSION, 0)
    assert heard == []
    send(events, WM_ENDSESSION, 1)
    assert heard == ["ends"]


def test_sleep_and_waking_are_told() -> None:
    events, heard = listener()
    send(events, WM_POWERBROADCAST, PBT_APMSUSPEND)
    send(events, WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC)
    send(events, WM_POWERBROADCAST, 0x000A)  # the battery's state
    assert heard == ["slept", "woke"]


def test_messages_of_other_systems_are_not_read() -> None:
    events, heard = listener()
    assert events.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert heard == []
