"""The wizard's window: the steps at the left, one of them at the right, and the way on below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from otimo_tray.ui.look import MARGIN, picture
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import Line, button, row
from otimo_tray.ui.wizard.connections import ErpStep, HubStep
from otimo_tray.ui.wizard.finish import FinishStep
from otimo_tray.ui.wizard.first_sync import FirstSyncStep
from otimo_tray.ui.wizard.mapping import MappingStep
from otimo_tray.ui.wizard.shop import ShopStep
from otimo_tray.ui.wizard.step import Step


class Wizard(QWidget):
    """Leads through the set-up; it can be left at any step and goes on there.

    Signals:
        finished: all steps are done.
        left: it was closed before the end.
        go: a page of the main window is asked for, and what to show there.
    """

    finished = Signal()
    left = Signal()
    go = Signal(str, str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setObjectName("wizard")
        self.setWindowTitle(self.tr("Ativar o Ótimo Tray"))
        self.setWindowIcon(picture("app"))
        self.resize(920, 620)
        self.steps: list[Step] = [
            HubStep(bench),
            ErpStep(bench),
            ShopStep(bench),
            MappingStep(bench),
            FirstSyncStep(bench),
            FinishStep(bench),
        ]
        self._place = 0
        self._furthest = 0
        self._stack = QStackedWidget()
        self.marks: list[QToolButton] = []
        side = QVBoxLayout()
        side.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        side.setSpacing(4)
        for place, step in enumerate(self.steps):
            mark = QToolButton()
            mark.setObjectName(f"step-{step.key}")
            mark.setAutoRaise(True)
            mark.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            mark.clicked.connect(lambda _=False, place=place: self.show_step(place))
            side.addWidget(mark)
            self.marks.append(mark)
            step.changed.connect(self._enable)
            step.go.connect(self.go)
            self._stack.addWidget(step)
        side.addStretch(1)
        self.back = button(self.tr("&Voltar"), self._go_back, name="back")
        self.later = button(self.tr("Deixar para depoi&s"), self.close, name="later")
        self.next = button(self.tr("C&ontinuar"), self._go_on, name="next", default=True)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._go_on)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addLayout(side)
        top.addWidget(Line(vertical=True))
        top.addWidget(self._stack, 1)
        foot = row(self.back, None, self.later, self.next)
        foot.setContentsMargins(MARGIN, 8, MARGIN, MARGIN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        bench.bridge.changed.connect(self._heard)
        kept = bench.layout.value("wizard/geometry")
        if kept is not None:
            self.restoreGeometry(kept)
        name = str(bench.layout.value("wizard/step", "hub"))
        places = [place for place, step in enumerate(self.steps) if step.key == name]
        self.show_step(places[0] if places else 0)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._place]

    def show_step(self, place: int) -> None:
        """Show a step, and remember it."""
        self._place = place
        self._furthest = max(self._furthest, place)
        self._bench.layout.setValue("wizard/step", self.step.key)
        self._stack.setCurrentWidget(self.step)
        self.step.enter()
        self._enable()

    def open(self) -> None:
        """Show the window in front of the others."""
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where it was."""
        self._bench.layout.setValue("wizard/geometry", self.saveGeometry())
        self._bench.layout.sync()
        super().closeEvent(event)
        self.left.emit()

    def _go_back(self) -> None:
        self.show_step(max(0, self._place - 1))

    def _go_on(self) -> None:
        if not self.step.ready:
            return
        self.step.leave()
        if self._place + 1 < len(self.steps):
            self.show_step(self._place + 1)
            return
        self._bench.layout.setValue("wizard/done", True)
        self._bench.layout.remove("wizard/step")
        self._bench.layout.sync()
        self.hide()
        self.finished.emit()

    def _heard(self, kind: str) -> None:
        if self.isVisible():
            self.step.heard(kind)

    def _enable(self) -> None:
        last = self._place + 1 == len(self.steps)
        self.back.setEnabled(self._place > 0)
        self.next.setEnabled(self.step.ready)
        self.next.setText(self.tr("&Concluir") if last else self.tr("C&ontinuar"))
        for place, (step, mark) in enumerate(zip(self.steps, self.marks, strict=True)):
            sign = "●" if place == self._place else "✓" if place < self._furthest and step.ready else "○"
            mark.setText(f"{sign}  {step.title}")
            mark.setEnabled(place <= self._furthest)
            font = mark.font()
            font.setBold(place == self._place)
            mark.setFont(font)
