"""What a test may not leave behind: threads, child processes, running QTimers, visible windows."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

#: How long something that is ending may take after the test. Never slept through: waited for.
GRACE_SECONDS = float(os.environ.get("OTIMO_GRACE_SECONDS", "2"))
# Helpers that the standard library keeps for the life of the process.
_KEPT_PROCESSES = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
_ROOT = Path(__file__).resolve().parents[2]

_started_at: weakref.WeakKeyDictionary[threading.Thread, str] = weakref.WeakKeyDictionary()
_timers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def _where() -> str:
    """Return the line, outside this module and the standard library, that is starting something."""
    for frame in reversed(traceback.extract_stack()[:-2]):
        path = Path(frame.filename)
        if _ROOT in path.parents and ".venv" not in path.parts and path != Path(__file__):
            return f"{path.relative_to(_ROOT)}:{frame.lineno}"
    return "a place outside this project"


def remember_starts() -> None:
    """Make threads and QTimers remember the line that started them, for this process, for good."""
    start_thread = threading.Thread.start

    def start(self: threading.Thread) -> None:
        _started_at[self] = _where()
        start_thread(self)

    threading.Thread.start = start

    from PySide6.QtCore import QTimer

    start_timer: Callable[..., None] = QTimer.start

    def start_qtimer(self: QTimer, *arguments: Any) -> None:
        _timers[self] = _where()
        start_timer(self, *arguments)

    QTimer.start = start_qtimer


@dataclass
class Present:
    """What is there at one moment.

    Attributes:
        threads: living threads other than the main one.
        processes: the ids of living child processes.
        timers: running QTimers started from Python, with the line that started them.
        windows: visible top-level widgets.
    """

    threads: set[threading.Thread] = field(default_factory=set[threading.Thread])
    processes: set[int] = field(default_factory=set[int])
    timers: dict[Any, str] = field(default_factory=dict[Any, str])
    windows: dict[int, str] = field(default_factory=dict[int, str])

    def add(self, other: Present) -> None:
        """Take over what `other` has."""
        self.threads |= other.threads
        self.processes |= other.processes
        self.timers |= other.timers
        self.windows |= other.windows


def children() -> set[int]:
    """Return the ids of this process's living children."""
    if sys.platform.startswith("linux"):
        found: set[int] = set()
        for task in Path("/proc/self/task").iterdir():
            try:
                found.update(int(word) for word in (task / "children").read_text(encoding="ascii").split())
            except OSError:  # the thread ended while we looked
                continue
        return found
    return {child.pid for child in psutil.Process().children()}


def look() -> Present:
    """Return what is there now."""
    now = Present(
        threads={thread for thread in threading.enumerate() if thread is not threading.main_thread()},
        processes=children(),
    )
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        now.timers = {timer: where for timer, where in list(_timers.items()) if _is_running(timer)}
        import shiboken6

        # By the C++ object: a widget that only Qt owns gets a new Python wrapper each time we look.
        now.windows = {
            shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.windowTitle()!r}"
            for widget in widgets.QApplication.topLevelWidgets()
            if widget.isVisible()
        }
    return now


def _is_running(timer: Any) -> bool:
    try:
        return bool(timer.isActive())
    except RuntimeError:  # its C++ half is gone, and with it the timer
        return False


def left_since(before: Present, allowed_threads: str | None = None) -> list[str]:
    """Return one line for each thing that is there now, wasn't before, and doesn't end within the grace.

    Left-over child processes are ended, so that they hold no later test.

    Args:
        before: what may be there.
        allowed_threads: a regular expression; threads with such names may stay.
    """
    deadline = time.monotonic() + GRACE_SECONDS
    now = look()
    lines: list[str] = []
    for thread in now.threads - before.threads:
        if allowed_threads is not None and re.search(allowed_threads, thread.name):
            continue
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
        elif not thread.is_alive():
            continue
        if thread.is_alive():
            lines.append(f"thread {thread.name!r}, started at {_started_at.get(thread, 'a place unknown')}")
    for number in now.processes - before.processes:
        line = _end_process(number, max(0.0, deadline - time.monotonic()))
        if line is not None:
            lines.append(line)
    lines += [
        f"running QTimer, started at {where}" for timer, where in now.timers.items() if timer not in before.timers
    ]
    lines += [f"visible window {name}" for key, name in now.windows.items() if key not in before.windows]
    return lines


def _end_process(number: int, grace: float) -> str | None:
    try:
        process = psutil.Process(number)
        words = " ".join(process.cmdline())
        if any(kept in words for kept in _KEPT_PROCESSES):
            return None
        if process.status() == psutil.STATUS_ZOMBIE:
            return f"child process {number}: it ended, but nobody waited for it"
        try:
            process.wait(grace)
        except psutil.TimeoutExpired:
            tree = [process, *process.children(recursive=True)]
            for one in tree:
                one.kill()
            psutil.wait_procs(tree, 5)
            return f"child process {number}: {words}"
    except psutil.NoSuchProcess:
        pass
    return None
