"""The first two steps: Plugg.to's credentials and the way into the ERP, each tested on the page."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.support import transfer
from otimo_tray.ui.desk import SECRET_NAMES
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.settings.erp import ErpForm
from otimo_tray.ui.settings.hub import HubForm
from otimo_tray.ui.wizard.step import Step


class HubStep(Step):
    """Plugg.to's credentials. A shop that was elsewhere before begins with its file instead."""

    key = "hub"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Plugg.to"),
            self.tr("Digite o que o Plugg.to entregou; o programa confere na hora."),
        )
        self.form = HubForm(bench)
        self.form.saved.connect(lambda: self.set_ready(True))
        self.template = button(self.tr("Usar um &modelo de ajustes…"), self._template, name="use-template")
        self.moved = button(self.tr("Tra&zer de outro PC…"), lambda: self.go.emit("transfer", "import"), name="moved")
        self.join = button(
            self.tr("&Entrar numa loja no servidor…"), lambda: self.go.emit("settings", "desks"), name="join-shop"
        )
        self.said = label(wrap=True)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.body.addWidget(label(self.tr("Esta loja já usa o Ótimo Tray, ou há um modelo pronto?"), wrap=True))
        self.body.addLayout(row(self.moved, self.join, self.template, None))
        self.body.addWidget(self.said)
        self.ready = False

    def enter(self) -> None:
        """See whether credentials are kept already."""
        self.form.show_kept()
        secrets = self.bench.desk.secrets

        def look() -> bool:
            return all(secrets.get(f"hub.{name}") for name in SECRET_NAMES)

        self.bench.work.run(self, look, self.set_ready, lambda _error: self.set_ready(False))
        self.form.boxes[SECRET_NAMES[0]].setFocus()

    def _template(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Modelo de ajustes"), "", self.tr("Ajustes (*.toml)"))
        if name:
            self.take_template(name)

    def take_template(self, name: str) -> None:
        """Take a template's settings over."""
        from pathlib import Path

        desk = self.bench.desk

        def take() -> None:
            desk.save_settings(transfer.with_template(desk.settings(), Path(name)))

        def done(_none: None) -> None:
            self.form.address.setText(desk.settings().hub.base_url)
            self._say(self.tr("✓ Modelo aplicado."), Tone.GOOD)

        self.bench.work.save(self, take, done, lambda error: self._say("▲ " + desk.error_sentence(error), Tone.BAD))

    def _say(self, text: str, tone: Tone) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)


def has_place(erp: ErpSettings) -> bool:
    """Whether the settings say where the ERP is."""
    place = {"folder": erp.folder, "demo": erp.demo_data, "http": erp.address, "database": "keyring"}
    return bool(place[erp.kind])


class ErpStep(Step):
    """The way into the ERP, with a look at its first rows."""

    key = "erp"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Ótimo Gestor (ERP)"),
            self.tr("Diga onde o ERP deixa saldos e preços. O programa testa e mostra as primeiras linhas."),
        )
        self.form = ErpForm(bench)
        self.form.saved.connect(self._look)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.ready = False

    def enter(self) -> None:
        """Show what is kept."""
        self.form.show_settings(self.bench.desk.settings().erp)
        self._look()
        self.form.kind.setFocus()

    def _look(self, *_: object) -> None:
        desk = self.bench.desk
        erp = desk.settings().erp

        def look() -> bool:
            return has_place(erp) and (erp.kind != "database" or bool(desk.secrets.get("erp.database")))

        self.bench.work.run(self, look, self.set_ready, lambda _error: self.set_ready(False))
