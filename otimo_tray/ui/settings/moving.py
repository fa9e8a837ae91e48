"""Before a shop's state goes to a server or back, or this PC joins a shop: what will happen, and one clear question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from otimo_tray.domain.settings import StateSettings
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, heading, row
from otimo_tray.ui.text import translate

SECRET = "state.password"  # noqa: S105 - its name in the keyring


def move_title(state: StateSettings, *, join: bool) -> str:
    """Return what it is called."""
    if join:
        return translate("Moving", "Entrar na loja que já está no servidor")
    if state.kind == "sqlite":
        return translate("Moving", "Trazer os dados de volta para este computador")
    return translate("Moving", "Levar os dados para o servidor")


def what_happens(state: StateSettings, *, join: bool) -> str:
    """Return what will happen, to which data, and what stays."""
    if join:
        return translate(
            "Moving",
            "Este computador passa a trabalhar na loja que está no servidor: os mesmos De/Para, pedidos e códigos que "
            "os outros computadores veem. Nada do que há neste computador vai para lá; o arquivo daqui fica guardado, "
            "com a data no nome. O programa reinicia em seguida.",
        )
    if state.kind == "sqlite":
        return translate(
            "Moving",
            "O programa reinicia, copia os dados do servidor para este computador e os confere linha por linha. Só "
            "então passam a valer aqui; no servidor eles ficam guardados, com a data no nome. Os outros computadores "
            "precisam estar fechados. Enquanto isso nada é sincronizado.",
        )
    return translate(
        "Moving",
        "O programa reinicia, copia os dados para o servidor e os confere linha por linha. Só então passam a valer lá; "
        "o arquivo deste computador não é apagado: fica guardado, com a data no nome. Enquanto isso nada é "
        "sincronizado, e até o fim dá para cancelar.",
    )


class MoveDialog(QDialog):
    """Asks.

    Args:
        state: where the state shall lie.
        typed: the password just typed; "" = the kept one.
        join: the schema holds a shop already: this PC joins it.

    Signals:
        restart_asked: it is prepared; the program has to begin anew.
    """

    restart_asked = Signal()

    def __init__(self, parent: QWidget, bench: Bench, state: StateSettings, typed: str, *, join: bool = False) -> None:
        super().__init__(parent)
        self._bench = bench
        self._state = state
        self._typed = typed
        self._join = join
        title = move_title(state, join=join)
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        self.text = ToneLabel(what_happens(state, join=join))
        self.said = ToneLabel("", Tone.BAD)
        for part in (self.text, self.said):
            part.setTextFormat(Qt.TextFormat.PlainText)
            part.setWordWrap(True)
        self.said.hide()
        self.go = button(
            self.tr("&Entrar e reiniciar") if join else self.tr("&Reiniciar e começar"), self.start, name="start-move"
        )
        self.cancel = button(self.tr("&Cancelar"), self.reject, name="cancel-move")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(heading(title))
        layout.addWidget(self.text)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(row(None, self.cancel, self.go))

    def start(self) -> None:
        """Prepare it, in the writers' lane: what was typed before is written first."""
        mover, secrets = self._bench.desk.mover, self._bench.desk.secrets
        if mover is None:
            return
        self.go.setEnabled(False)
        state, typed, join = self._state, self._typed, self._join

        def prepare() -> None:
            mover.prepare(state, typed or secrets.get(SECRET) or "", join=join)

        def done(_none: None) -> None:
            self.accept()
            self.restart_asked.emit()

        self._bench.work.save(self, prepare, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.said.setText("▲ " + self._bench.desk.error_sentence(error))
        self.said.show()
