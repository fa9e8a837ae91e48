"""The window that says why the program couldn't start, with what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import button, column, heading, label, row


class FailureWindow(QWidget):
    """Says one sentence and ends the program.

    Signals:
        quit_asked: it was closed.
    """

    quit_asked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setWindowTitle("Ótimo Tray")
        self.setMinimumWidth(440)
        title = heading(self.tr("O Ótimo Tray não pôde começar"))
        self.setLayout(
            column(
                title,
                label(text, wrap=True, tone=Tone.BAD, select=True),
                None,
                row(None, button(self.tr("&Fechar"), self.close)),
            )
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the program."""
        super().closeEvent(event)
        self.quit_asked.emit()
