"""Between two starts of the tray: the shop's state goes to a server or back, with nothing else of the program open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.desk import MovedState
from otimo_tray.ui.formats import number, span
from otimo_tray.ui.look import Tone, picture
from otimo_tray.ui.parts import ToneLabel, button, heading, label, row
from otimo_tray.ui.work import Work

SURE_S = 2.0
"""Only after so long is the time left worth saying."""
Move = Callable[[Callable[[int, int], None], threading.Event], MovedState]
"""Gets who hears rows done and rows to do (each counted twice: copied and compared), and what says that it was
cancelled. Raises OtimoError: nothing was moved, and everything is as it was."""


class MoveWindow(QWidget):
    """How far it is, and what came of it.

    Args:
        title: what is done.
        sentence: an error's sentence.
        join: this PC joins a shop; nothing is copied.

    Signals:
        ended: the person has seen what came of it; the program goes on.
    """

    ended = Signal()

    def __init__(
        self, title: str, sentence: Callable[[Exception], str], *, join: bool, work: Work, bridge: Bridge
    ) -> None:
        super().__init__()
        self._sentence = sentence
        self._join = join
        self._work = work
        self._bridge = bridge
        self._stop = threading.Event()
        self._began = 0.0
        self.running = False
        self.setWindowTitle(f"{title} – Ótimo Tray")
        self.setWindowIcon(picture("app"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setMinimumSize(560, 220)
        self.text = ToneLabel(self.tr("Entrando…") if join else self.tr("Copiando e conferindo…"))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Andamento"))
        self.bar.setVisible(not join)
        self.count = label(tone=Tone.QUIET)
        self.cancel = button(self.tr("&Cancelar"), self._cancel, name="cancel-move")
        self.cancel.setVisible(not join)
        self.go_on = button(self.tr("&Abrir o Ótimo Tray"), self.ended.emit, name="go-on", default=True)
        self.go_on.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(heading(title))
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addWidget(self.count)
        layout.addStretch(1)
        layout.addLayout(row(None, self.cancel, self.go_on))

    def start(self, move: Move) -> None:
        """Do it in a worker."""
        self.running, self._began = True, time.monotonic()
        self._work.save(self, lambda: move(self._told, self._stop), self._done, self._failed)

    def _told(self, done: int, total: int) -> None:
        """From the worker."""

        def show() -> None:
            if shiboken6.isValid(self) and self.running:
                self.show_progress(done, total, time.monotonic() - self._began)

        self._bridge.post(show)

    def show_progress(self, done: int, total: int, passed: float) -> None:
        """Show rows done of rows to do after so many seconds, and the time left once it can be told."""
        self.bar.setValue(1000 * done // max(1, total))
        if self._stop.is_set():
            return
        told = self.tr("{done} de {total} linhas").format(done=number(done // 2), total=number(total // 2))
        if passed > SURE_S and done:
            told += self.tr(" · faltam {span}").format(span=span(passed * (total - done) / done))
        self.count.setText(told)

    def _done(self, found: MovedState) -> None:
        if self._join:
            text = self.tr("✓ Este computador entrou na loja.")
        else:
            text = self.tr("✓ {n} linhas copiadas e conferidas, uma a uma.").format(n=number(found.rows))
        if found.aside:
            text += " " + self.tr("O que havia antes ficou guardado em {place}.").format(place=found.aside)
        self._end(text, Tone.GOOD)

    def _failed(self, error: Exception) -> None:
        cancelled = getattr(error, "code", "") == "L-376"
        said = self._sentence(error)
        self._end(said if cancelled else "▲ " + said, None if cancelled else Tone.BAD)

    def _end(self, text: str, tone: Tone | None) -> None:
        self.running = False
        self.bar.hide()
        self.count.hide()
        self.cancel.hide()
        self.text.setText(text)
        self.text.set_tone(tone)
        self.go_on.show()
        self.go_on.setFocus()

    def _cancel(self) -> None:
        self._stop.set()
        self.cancel.setEnabled(False)
        self.count.setText(self.tr("Cancelando…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing cancels while it moves, and goes on afterwards."""
        event.ignore()
        if self.running:
            self._cancel()
        else:
            self.ended.emit()


def run_move(title: str, move: Move, sentence: Callable[[Exception], str], *, join: bool, language: str) -> None:
    """Show the window, do it, and return when the person has seen what came of it. In the main thread."""
    from otimo_tray.ui.app import application
    from otimo_tray.ui.translation import speak

    app = application()
    speak(app, language)
    bridge = Bridge()
    work = Work(bridge)
    window = MoveWindow(title, sentence, join=join, work=work, bridge=bridge)
    loop = QEventLoop()
    window.ended.connect(loop.quit)
    window.show()
    window.start(move)
    loop.exec()
    window.hide()
    work.close()
    for thing in (window, loop, bridge):
        shiboken6.delete(thing)
