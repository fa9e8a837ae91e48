"""The tray with its engine in this very process, a person typing into the De/Para's search, and a heart that beats.

`python -m tests.benchmarks.ui_inside PROFILE SHEET SECONDS` prints one JSON object. Started by `tests.benchmarks.ui`.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from otimo_tray.desktop.lock import ProfileLock
from otimo_tray.profile import load_profile
from otimo_tray.tray_start import TraySession
from otimo_tray.ui.app import Hooks, Shell, application
from otimo_tray.ui.mapping import MappingPage
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.responsive import keep_responsive

BEAT_MS = 5
KEY_EVERY_MS = 350
OPENED_MS = 300
LAST_KEY_S = 2.0
"""How long the last key may take to be counted."""
WORDS = "camiseta azul 12"
TOLD_MS = 40.0
"""Stalls from here on are told with what the interpreter's threads were doing."""


class Heart(QObject):
    """Beats every few milliseconds; how much later than due it beats is how long the event loop was blocked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.stalls: list[tuple[float, float, float]] = []
        """(when, how late, how much of it the machine had no processor for us), seconds and milliseconds."""
        self.last = time.perf_counter()
        self.began = self.last
        self._queued = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.began = self.last = time.perf_counter()
        self._queued = _queued_ms()
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        late = (now - self.last) * 1000 - BEAT_MS
        queued = _queued_ms()
        if late > 10:
            self.stalls.append((now - self.began, late, queued - self._queued))
        self._queued = queued
        self.last = now


def _queued_ms() -> float:
    """How long this thread was ready to run so far but other processes had the processors."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6


class Typist(QObject):
    """Types into the search, one key after the other; a key is done when the table was painted with its result."""

    def __init__(self, page: MappingPage) -> None:
        super().__init__(page)
        self._page = page
        self.times: list[float] = []
        self._asked = 0.0
        self._shown = False
        self._wanted = ""
        page.model.shown_changed.connect(self._note_shown)
        page.table.viewport().installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setInterval(KEY_EVERY_MS)
        self._timer.timeout.connect(self._type)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @property
    def waits(self) -> bool:
        """Whether a key still has no result."""
        return self._asked > 0

    def _type(self) -> None:
        if self._asked or not self._page.model.rows:
            return  # a key still waits for its result: it is counted when it has it
        text = self._page.search.text()
        self._shown = False
        self._asked = time.perf_counter()
        if len(text) < len(WORDS):
            self._wanted = text + WORDS[len(text)]
            key, letter = 0, WORDS[len(text)]
        else:
            self._wanted = ""
            key, letter = int(Qt.Key.Key_Escape), ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.postEvent(self._page.search, event)

    def _note_shown(self) -> None:
        self._shown = self._shown or (self._page.model.query == self._wanted and not self._page.model.busy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._asked and self._shown and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._painted)
            self._shown = False
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self.times.append((time.perf_counter() - self._asked) * 1000)
        self._asked = 0.0


class Watcher(threading.Thread):
    """Says on standard error what every thread is at while the heart is late: for whoever looks for the cause."""

    def __init__(self, heart: Heart) -> None:
        super().__init__(name="watcher", daemon=True)
        self._heart = heart
        self._ended = threading.Event()

    def end(self) -> None:
        self._ended.set()

    def run(self) -> None:
        told = 0.0
        while not self._ended.wait(0.01):
            late = (time.perf_counter() - self._heart.last) * 1000
            if late > TOLD_MS and self._heart.last != told:
                told = self._heart.last
                names = {thread.ident: thread.name for thread in threading.enumerate()}
                sys.stderr.write(f"--- late {late:.0f} ms at {time.perf_counter() - self._heart.began:.1f} s\n")
                for ident, frame in sys._current_frames().items():
                    if ident != self.ident:
                        tail = traceback.extract_stack(frame)[-3:]
                        where = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(tail))
                        sys.stderr.write(f"  {names.get(ident)}: {where}\n")


class Minute(QObject):
    """The order of things: window, keys, import, end."""

    def __init__(self, shell: Shell, sheet: Path, seconds: float, watch: bool) -> None:
        super().__init__()
        self._shell = shell
        self._sheet = sheet
        self._seconds = seconds
        self.heart = Heart(self)
        self.typist: Typist | None = None
        self.told: dict[str, Any] = {}
        self.imported = 0
        self._watcher = Watcher(self.heart) if watch else None
        self._look = QTimer(self)
        self._look.setInterval(100)
        self._look.timeout.connect(self._accept)

    def begin(self) -> None:
        window = self._shell.window
        assert window is not None
        page = window.show_page("mapping")
        assert isinstance(page, MappingPage)
        self._page = page
        self.typist = Typist(page)
        QTimer.singleShot(OPENED_MS, self, self.heart.start)  # what is measured is an open window
        self.typist.start()
        if self._watcher is not None:
            self._watcher.start()
        self._after(self._seconds * 0.45, lambda: page.transfers.import_sheet(self._sheet))
        self._after(self._seconds * 0.45, self._look.start)
        self._after(self._seconds, self._end)

    def _after(self, seconds: float, act: Callable[[], object]) -> None:
        QTimer.singleShot(int(seconds * 1000), self, act)

    def _accept(self) -> None:
        preview = self._page.findChild(Preview)
        if preview is not None:
            self._look.stop()
            self.imported = preview.table.rows_model.rowCount()
            preview.do.click()

    def _end(self) -> None:
        assert self.typist is not None
        self.typist.stop()
        if self.typist.waits and time.perf_counter() - self.heart.began < self._seconds + LAST_KEY_S:
            self._after(0.05, self._end)
            return
        if self._watcher is not None:
            self._watcher.end()
        self.told = {
            "stall_ms_max": max((late for _, late, _ in self.heart.stalls), default=0.0),
            "stalls": sorted(self.heart.stalls, key=lambda one: -one[1])[:12],
            "search_ms_max": max(self.typist.times, default=-1.0),
            "search_ms": sorted(self.typist.times)[-12:],
            "searches": len(self.typist.times),
            "waiting": self.typist.waits,
            "rows": len(self._page.model.rows),
            "previewed": self.imported,
            "undo": self._page.undo.undoText(),
        }
        self._shell.quit()


def main(arguments: list[str]) -> int:
    """Run the tray for the time given."""
    profile = load_profile(Path(arguments[0]))
    lock = ProfileLock(profile.paths.lock)
    lock.acquire()
    keep_responsive()
    app = application()
    session = TraySession(profile)
    minutes: list[Minute] = []

    def started(desk: Any, show: Callable[[str], None]) -> None:
        session.started(desk, show)
        QTimer.singleShot(0, shell, lambda: (shell.open("mapping"), minutes[0].begin()))

    hooks = Hooks(started=started, failed=session.failed, quitting=session.quitting)
    shell = Shell(session.make_desk, profile.paths.folder, minimized=True, hooks=hooks)
    minutes.append(Minute(shell, Path(arguments[1]), float(arguments[2]), "--watch" in arguments))
    shell.start()
    app.exec()
    shell.close()
    lock.release()
    sys.stdout.write(json.dumps(minutes[0].told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
