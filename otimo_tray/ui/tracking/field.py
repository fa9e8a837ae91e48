"""The scan field: takes Enter and Tab as the end of a reading, and keeps what is typed while the last one is saved."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from otimo_tray.ui.look import fixed_font

SILENCE_MS = 180
"""After so long without a key a reading of a scanner without a suffix is over; nobody types its length faster."""
SHORTEST = 6
"""A reading that ends by silence alone has so many characters at least."""


class ScanField(QLineEdit):
    """Reads scans.

    Signals:
        scanned: a whole reading.
        pasted: a block with several cells was pasted.
        dropped: Esc on an empty field: let the chosen order go.
        undo_asked: Ctrl+Z on an empty field.
    """

    scanned = Signal(str)
    pasted = Signal(str)
    dropped = Signal()
    undo_asked = Signal()

    def __init__(self, scale: float = 1.3) -> None:
        super().__init__()
        font = fixed_font()
        font.setPointSizeF(font.pointSizeF() * scale)
        self.setFont(font)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(240)
        self.ends_by_silence = False
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self._fell_silent)
        self._slow = False

    def event(self, event: QEvent) -> bool:
        """End a reading with Tab too: that is what some scanners send."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.text()
        ):
            self._finish()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish with Enter, let go with Esc, and take whole blocks from Excel apart."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._finish()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.dropped.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip():
                self.pasted.emit(text)
            else:
                super().keyPressEvent(event)
        else:
            self._wait_for_silence()
            super().keyPressEvent(event)

    def _wait_for_silence(self) -> None:
        if not self.ends_by_silence:
            return
        if not self.text():
            self._slow = False
        elif not self._silence.isActive():
            self._slow = True  # a person types: Enter will end it
        self._silence.start()

    def _fell_silent(self) -> None:
        if not self._slow and len(self.text()) >= SHORTEST:
            self._finish()

    def _finish(self) -> None:
        self._silence.stop()
        self._slow = False
        text = self.text().strip()
        self.clear()
        if text:
            self.scanned.emit(text)
