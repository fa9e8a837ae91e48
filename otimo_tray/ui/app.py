"""Runs the tray and the window: the only place that knows the order in which they come up.

The icon is shown first; then the desk (database, engine, keyring) is made in a worker; windows come when asked for.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from otimo_tray.domain.status import Trouble
from otimo_tray.errors import OtimoError
from otimo_tray.ui import signals, windows_events
from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.look import frame_fields, picture
from otimo_tray.ui.notices import Notices
from otimo_tray.ui.pausing import pause, resume
from otimo_tray.ui.responsive import Tidy, keep_responsive
from otimo_tray.ui.translation import speak
from otimo_tray.ui.tray import Tray
from otimo_tray.ui.work import Work

if TYPE_CHECKING:
    from otimo_tray.ui.desk import Desk
    from otimo_tray.ui.failure import FailureWindow
    from otimo_tray.ui.page import Bench
    from otimo_tray.ui.support import SupportWindows
    from otimo_tray.ui.updates import UpdateDesk, Watch
    from otimo_tray.ui.window import Window
    from otimo_tray.ui.wizard import Wizard

RESTART = 75
"""What `run_tray` answers when the program shall begin anew at once."""
STATUS_MS = 250
"""Status changes within this time are shown once."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the composition root wants to be told, and can ask.

    Attributes:
        started: the desk is there; gets a way to open a page from any thread (single instance, notifier).
        notifier: gets a way to show a balloon (title, text, page) from any thread.
        failed: the desk couldn't be made; answers the sentence for the person.
        quitting: the person quits; close engine and database here. Runs in the GUI thread after the windows are gone.
        session_ends: Windows ends the session; stop within so many seconds, the process is killed soon after.
        woke: the PC has woken up.
        updates: the watch over newer versions, asked for when the desk is there; None = this build has none.
    """

    started: Callable[[Desk, Callable[[str], None]], None] = lambda _desk, _show: None
    notifier: Callable[[Callable[[str, str, str], None]], None] = lambda _say: None
    failed: Callable[[BaseException], str] = str
    quitting: Callable[[], None] = lambda: None
    session_ends: Callable[[float], None] = lambda _seconds: None
    woke: Callable[[], None] = lambda: None
    updates: Callable[[], Watch | None] = lambda: None


def application(arguments: list[str] | None = None) -> QApplication:
    """Return the one application, made and named if it isn't there yet."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    made = QApplication(arguments or sys.argv[:1])
    made.setApplicationName("Ótimo Tray")
    made.setDesktopFileName("otimo-tray")
    made.setQuitOnLastWindowClosed(False)
    made.setWindowIcon(picture("app"))
    frame_fields()
    made.styleHints().colorSchemeChanged.connect(frame_fields)
    return made


def run_tray(
    desk: Desk | Callable[[], Desk],
    *,
    profile_dir: Path,
    minimized: bool = False,
    hooks: Hooks | None = None,
    page: str = "",
    language: str = "pt_BR",
) -> int:
    """Run until the person quits; answers the process's exit code.

    Args:
        desk: the desk, or what makes it: then it is made in a worker while the icon is up already.
        profile_dir: where `windows.ini` lives.
        minimized: True opens no window at the start.
        hooks: see `Hooks`.
        page: what to open at the start; "" where the window was left.
        language: "pt_BR" or "en".
    """
    keep_responsive()
    app = application()
    speak(app, language)
    shell = Shell(desk if callable(desk) else lambda: desk, profile_dir, minimized=minimized, hooks=hooks or Hooks())
    shell.start(page)
    code = app.exec()
    shell.close()
    return code


class Shell(QObject):
    """Holds tray, window and workers together."""

    def __init__(self, make_desk: Callable[[], Desk], profile_dir: Path, *, minimized: bool, hooks: Hooks) -> None:
        super().__init__()
        self._make_desk = make_desk
        self._minimized = minimized
        self._hooks = hooks
        self._layout = QSettings(str(profile_dir / "windows.ini"), QSettings.Format.IniFormat)
        self.bridge = Bridge(self)
        self.work = Work(self.bridge)
        self._tidy = Tidy(self)
        self.tray = Tray()
        self.window: Window | None = None
        self.desk: Desk | None = None
        self.failure: FailureWindow | None = None
        self.updates: UpdateDesk | None = None
        self.wizard: Wizard | None = None
        self.support: SupportWindows | None = None
        self._bench: Bench | None = None
        self._lacking = False
        self._notices = Notices()
        self._wanted: str | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._deaf: tuple[Callable[[], None], ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(STATUS_MS)
        self._soon.timeout.connect(self._show_status)
        self.bridge.changed.connect(self._changed)
        self.tray.open_page.connect(self.open)
        self.tray.quit_asked.connect(self.quit)
        self.tray.host_missing.connect(self._no_tray)
        self.tray.sync_asked.connect(lambda: self.desk and self.desk.engine.sync_now())
        self.tray.resume_asked.connect(lambda: self.desk and resume(self.desk, self.work, self))
        self.tray.pause_asked.connect(self._pause)

    def start(self, page: str = "") -> None:
        """Show the icon and make the desk."""
        self._deaf = (
            windows_events.listen(self.session_ends, woke=self._hooks.woke),
            signals.listen(self.quit),
        )
        self._tidy.start()
        self.tray.start()
        if not self._minimized:
            self._wanted = page
        self.work.run(self, self._make_desk, self._begin, self._no_desk)

    def open(self, page: str = "", item: str = "") -> None:
        """Open the window at a page; before the desk is there, as soon as it is."""
        if self.desk is None:
            self._wanted = page
            return
        if page == "wizard" or (page in {"", "panel"} and self._lacking and self.window is None):
            self.open_wizard()
            return
        self._window().open_at(page, item)

    def open_wizard(self) -> None:
        """Open the set-up wizard where it was left."""
        if self.wizard is None:
            from otimo_tray.ui.wizard import Wizard

            self.wizard = Wizard(self._workbench())
            self.wizard.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.wizard.finished.connect(self._set_up)
            self.wizard.left.connect(self._wizard_left)
            self.wizard.go.connect(self._go)
        self.wizard.open()

    def quit(self) -> None:
        """Leave."""
        self.tray.stop()
        QApplication.quit()

    def restart(self) -> None:
        """Leave, to begin anew at once."""
        self.tray.stop()
        QApplication.exit(RESTART)

    def session_ends(self) -> None:
        """The session ends now: what was typed is written, what runs comes to its end, and no more is begun."""
        began = time.monotonic()
        self.work.settle(windows_events.SESSION_END_S / 4)
        self._hooks.session_ends(windows_events.SESSION_END_S - (time.monotonic() - began))

    def close(self) -> None:
        """Let go of everything, in order: no more events, then windows, workers, and last what the root made."""
        for stop in self._deaf:
            stop()
        if self.updates is not None:
            self.updates.stop()
        self._unsubscribe()
        self.bridge.changed.disconnect(self._changed)
        self.tray.stop()
        self._tidy.stop()
        self._soon.stop()
        if self.support is not None:
            self.support.close()
        if self.wizard is not None:
            self.wizard.hide()
            self.wizard.deleteLater()
            self.wizard = None
        if self.window is not None:
            if self.window.packing is not None:
                self.window.packing.close()
            self.window.leave()
            self.window.deleteLater()
            self.window = None
        if self.failure is not None:
            self.failure.hide()
        self.work.close()
        self._layout.sync()
        self._hooks.quitting()

    def zone(self) -> tzinfo:
        """Return the shop's time zone."""
        assert self.desk is not None
        return ZoneInfo(self.desk.settings().shop.time_zone)

    def _begin(self, desk: Desk) -> None:
        self.desk = desk
        self._unsubscribe = desk.engine.subscribe(self.bridge.event_happened)
        self._deaf = (*self._deaf, desk.link.subscribe(lambda: self.bridge.event_happened("status")))
        self._hooks.started(desk, lambda page: self.bridge.post(lambda: self.open(page)))
        self._hooks.notifier(self._say)
        self._watch_updates(desk)
        self._show_status()
        # The keyring is asked before the first window: a shop that isn't set up meets the wizard.
        self.work.run(
            self, lambda: desk.missing() is not None, self._first_window, lambda _e: self._first_window(False)
        )

    def _first_window(self, lacking: bool) -> None:
        if not lacking and self._layout.value("wizard/step", "") in {"hub", "erp"}:
            # What these two ask for was answered since: by the command line, or the installer's file.
            self._layout.remove("wizard/step")
        self._lacking = lacking or self._layout.contains("wizard/step")
        if self._wanted is not None:
            self.open(self._wanted)

    def _set_up(self) -> None:
        self._lacking = False
        self._go("panel", "")

    def _wizard_left(self) -> None:
        """Without a tray to stay in, leaving the wizard leaves the program."""
        if not self.tray.icon.isVisible() and self.window is None:
            self.quit()

    def _go(self, name: str, item: str) -> None:
        """A page, the wizard, a window of help and support, or a fresh start."""
        from otimo_tray.ui.support import SUPPORT

        if name == "restart":
            self.restart()
        elif name == "wizard":
            self.open_wizard()
        elif name in SUPPORT:
            self._supporters().open(name, item)
        else:
            self._window().open_at(name, item)

    def _supporters(self) -> SupportWindows:
        if self.support is None:
            from otimo_tray.ui.support import SupportWindows

            self.support = SupportWindows(self._workbench(), self)
            self.support.restart_asked.connect(self.restart)
        return self.support

    def _workbench(self) -> Bench:
        if self._bench is None:
            from otimo_tray.ui.page import Bench

            assert self.desk is not None
            self._bench = Bench(self.desk, self.bridge, self.work, self._layout)
        return self._bench

    def _watch_updates(self, desk: Desk) -> None:
        watch = self._hooks.updates()
        if watch is not None:
            from otimo_tray.ui.updates import UpdateDesk

            self.updates = UpdateDesk(watch, self.work, desk.error_sentence, self.tray.say, self)
            self.updates.start()

    def _say(self, title: str, text: str, page: str) -> None:
        """From any thread."""
        self.bridge.post(lambda: self.tray.say(title, text, page))

    def _pause(self, minutes: int) -> None:
        if self.desk is not None:
            pause(self.desk, self.work, self, minutes or None)

    def _no_desk(self, error: Exception) -> None:
        text = self._hooks.failed(error)
        from otimo_tray.ui.failure import FailureWindow

        self.failure = FailureWindow(text)
        self.failure.quit_asked.connect(self.quit)
        self.failure.show()
        if not isinstance(error, OtimoError):
            sys.excepthook(type(error), error, error.__traceback__)

    def _no_tray(self) -> None:
        if self.desk is None:
            self._wanted = self._wanted or ""
        else:
            self.open("")

    def _changed(self, kind: str) -> None:
        if kind == "status" and not self._soon.isActive():
            self._soon.start()

    def _show_status(self) -> None:
        if self.desk is None:
            return
        desk = self.desk
        status = desk.engine.status()

        def sentence(trouble: Trouble) -> str:
            return desk.sentence(trouble.code, trouble.params)

        from otimo_tray.ui.link import leader_words

        self.tray.show_status(status, sentence, self.zone(), leader_words(desk.link))
        if self.window is not None:
            self.window.show_status(status)
        seen = self.window is not None and self.window.isVisible() and self.window.isActiveWindow()
        said = sentence(status.trouble) if status.trouble is not None else ""
        notice = self._notices.look(status, said, seen=seen)
        if notice is not None:
            self.tray.say("Ótimo Tray", notice.text, notice.place)

    def _window(self) -> Window:
        if self.window is None:
            from otimo_tray.ui.window import Window

            assert self.desk is not None
            self.window = Window(self._workbench())
            self.window.support_asked.connect(self._go)
            self.window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.window.quit_asked.connect(self.quit)
            self.window.set_stays(self.tray.icon.isVisible)
            self.window.show_status(self.desk.engine.status())
            if self.updates is not None:
                self.updates.attach(self.window.notices)
        return self.window
