"""The last step: starting with the session, and what there is to do from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import label
from otimo_tray.ui.wizard.step import Step


class FinishStep(Step):
    """Autostart, as the system really has it."""

    key = "finish"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Pronto"),
            self.tr("O Ótimo Tray fica ao lado do relógio e trabalha sozinho."),
        )
        self.start = QCheckBox(self.tr("&Iniciar com o computador (recomendado)"))
        self.start.setObjectName("autostart")
        self.said = label(wrap=True, tone=Tone.BAD)
        self.body.addWidget(self.start)
        self.body.addWidget(self.said)
        self.body.addSpacing(8)
        for text in (
            self.tr("✓ Verde: tudo em dia. Não há nada a fazer."),
            self.tr("▲ Vermelho: algo espera você; clique no ícone para ver o quê."),
            self.tr("Códigos de rastreio: bipe ou digite em Rastreio (Ctrl+3)."),
            self.tr("Ajuda: tecla F1 em qualquer tela."),
        ):
            self.body.addWidget(label(text, wrap=True))
        self.body.addStretch(1)

    def enter(self) -> None:
        """Ask the system; a new shop starts with the computer unless it says no."""
        autostart = self.bench.desk.autostart
        fresh = not bool(self.bench.layout.value("wizard/done", False, bool))

        def show(on: bool) -> None:
            self.start.setChecked(on or fresh)

        self.bench.work.run(self, lambda: autostart().is_on(), show, self._failed)
        self.start.setFocus()

    def leave(self) -> None:
        """Switch it as chosen."""
        autostart, wanted = self.bench.desk.autostart, self.start.isChecked()

        def switch() -> None:
            system = autostart()
            if system.is_on() != wanted:
                system.switch(wanted)

        self.bench.work.save(self, switch, None, self._failed)

    def _failed(self, error: Exception) -> None:
        self.said.setText("▲ " + self.bench.desk.error_sentence(error))
