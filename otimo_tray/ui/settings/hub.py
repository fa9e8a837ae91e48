"""Plugg.to's credentials: typed once, tested on the page, kept in the keyring, never shown again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from otimo_tray.errors import OtimoError
from otimo_tray.ui.desk import SECRET_NAMES, Credentials
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.settings.options import put


class HubForm(QWidget):
    """The form.

    Signals:
        saved: credentials were accepted by Plugg.to and are in the keyring.
    """

    saved = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.boxes: dict[str, QLineEdit] = {}
        titles = {
            "client_id": self.tr("Client ID"),
            "client_secret": self.tr("Client secret"),
            "username": self.tr("API user"),
            "password": self.tr("API secret"),
        }
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        self.address = QLineEdit(bench.desk.settings().hub.base_url)
        self.address.setMinimumWidth(320)
        self.address.setAccessibleName(self.tr("Endereço do Plugg.to"))
        form.addRow(self.tr("Endereço"), self.address)
        for name in SECRET_NAMES:
            box = QLineEdit()
            box.setObjectName(f"secret-{name}")
            box.setAccessibleName(titles[name])
            if name in {"client_secret", "password"}:
                box.setEchoMode(QLineEdit.EchoMode.Password)
            box.textChanged.connect(self._enable)
            box.returnPressed.connect(self.test)
            form.addRow(titles[name], box)
            self.boxes[name] = box
        self.try_ = button(self.tr("&Testar e guardar"), self.test, name="test-hub")
        self.said = label(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(
            label(
                self.tr(
                    "O Plugg.to entrega as quatro a quem implanta. Ficam no cofre de senhas do sistema e não voltam."
                ),
                wrap=True,
                tone=Tone.QUIET,
            )
        )
        layout.addLayout(form)
        layout.addLayout(row(self.try_, None))
        layout.addWidget(self.said)
        self._enable()

    def show_kept(self) -> None:
        """Say beside the empty boxes whether something is kept."""
        secrets = self._bench.desk.secrets

        def look() -> list[str]:
            return [name for name in SECRET_NAMES if secrets.get(f"hub.{name}")]

        def show(kept: list[str]) -> None:
            for name, box in self.boxes.items():
                box.setPlaceholderText(self.tr("•••••••• guardado") if name in kept else self.tr("não informado"))

        self._bench.work.run(
            self, look, show, lambda error: self._say(self._bench.desk.error_sentence(error), Tone.BAD)
        )

    def test(self) -> None:
        """Ask Plugg.to whether they are right; keep them only then."""
        if not self.try_.isEnabled():
            return
        credentials = Credentials(*(self.boxes[name].text().strip() for name in SECRET_NAMES))
        address, desk = self.address.text().strip(), self._bench.desk
        self.try_.setEnabled(False)
        self._say(self.tr("Perguntando ao Plugg.to…"), None)

        def check() -> OtimoError | None:
            error = desk.hub_check(credentials, address)
            if error is None:
                for name, value in credentials.as_secrets().items():
                    desk.secrets.set(name, value)
                desk.secrets.set("hub.address", address)  # they go nowhere else, whatever a file says
                settings = desk.settings()
                # Saved even if the address is the same: that tells the engine to log in anew.
                desk.save_settings(put(settings, "hub.base_url", address))
            return error

        self._bench.work.save(self, check, self._checked, self._failed)

    def _checked(self, error: OtimoError | None) -> None:
        self._enable()
        if error is not None:
            self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)
            return
        for box in self.boxes.values():
            box.clear()
        self._say(self.tr("✓ O Plugg.to aceitou. Guardadas no cofre de senhas."), Tone.GOOD)
        self.show_kept()
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        self._enable()
        self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    def _enable(self, *_: object) -> None:
        self.try_.setEnabled(all(box.text().strip() for box in self.boxes.values()))

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
