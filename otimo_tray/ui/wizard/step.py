"""What every step of the wizard is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import heading, label


class Step(QWidget):
    """One question of the wizard.

    Signals:
        changed: `ready` may have changed.
        go: a page of the main window is asked for, and what to show there.

    Attributes:
        key: name under which the wizard remembers where it was left.
        ready: whether one may go on.
    """

    changed = Signal()
    go = Signal(str, str)
    key = ""

    def __init__(self, bench: Bench, title: str, text: str) -> None:
        super().__init__()
        self.bench = bench
        self.title = title
        self.ready = True
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(MARGIN * 2, MARGIN, MARGIN * 2, MARGIN)
        self.body.setSpacing(8)
        self.body.addWidget(heading(title))
        self.body.addWidget(label(text, wrap=True, tone=Tone.QUIET))
        self.body.addSpacing(4)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def enter(self) -> None:
        """The step is shown: read what it needs."""

    def leave(self) -> None:
        """One goes on: keep what was chosen. Only called when `ready`."""

    def heard(self, kind: str) -> None:
        """Something changed in the engine (`EventKind`)."""

    def set_ready(self, ready: bool) -> None:
        """Say whether one may go on."""
        if ready != self.ready:
            self.ready = ready
            self.changed.emit()
