"""What belongs to the settings but isn't one: autostart, wizard, template, another PC."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QVBoxLayout, QWidget

from otimo_tray.support import transfer
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label


class ToolsPart(QWidget):
    """A switch with effect at once, and buttons.

    Signals:
        go: the wizard or a window of help is asked for.
        changed: settings were changed here.
    """

    go = Signal(str, str)
    changed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.start = QCheckBox(self.tr("Iniciar com o computador"))
        self.start.setObjectName("autostart")
        self.start.clicked.connect(self._switch)
        self.wizard = button(self.tr("Assistente de ativação…"), lambda: self.go.emit("wizard", ""), name="wizard")
        self.use = button(self.tr("Usar um modelo…"), self._use, name="use-template")
        self.move_ = button(self.tr("Outro PC e modelos…"), lambda: self.go.emit("transfer", ""), name="transfer")
        self.said = label(wrap=True)
        self.said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.start)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, press in enumerate((self.wizard, self.use, self.move_)):
            grid.addWidget(press, place // 2, place % 2)
        grid.setColumnStretch(2, 1)
        layout.addLayout(grid)
        layout.addWidget(self.said)

    def reload(self) -> None:
        """Ask the system whether it starts us."""
        autostart = self._bench.desk.autostart
        self._bench.work.run(self, lambda: autostart().is_on(), self.start.setChecked, self._failed)

    def use_template(self, path: Path) -> None:
        """Take a template's settings over."""
        desk = self._bench.desk

        def done(_none: None) -> None:
            self._say(self.tr("✓ Modelo aplicado."), Tone.GOOD)
            self.changed.emit()

        self._bench.work.save(
            self, lambda: desk.save_settings(transfer.with_template(desk.settings(), path)), done, self._failed
        )

    def _use(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Modelo de ajustes"), "", "TOML (*.toml)")
        if name:
            self.use_template(Path(name))

    def _switch(self, *_: object) -> None:
        autostart, wanted = self._bench.desk.autostart, self.start.isChecked()

        def switch() -> bool:
            system = autostart()
            system.switch(wanted)
            return system.is_on()

        def failed(error: Exception) -> None:
            self._failed(error)
            self.reload()

        self._bench.work.save(self, switch, self.start.setChecked, failed)

    def _failed(self, error: Exception) -> None:
        self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    def _say(self, text: str, tone: Tone) -> None:
        self.said.setText(text)
        self.said.show()
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
