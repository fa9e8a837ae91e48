"""*Mudar para outro PC*, and the template of settings for the next shop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGroupBox, QWidget

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.support import transfer
from otimo_tray.support.transfer import Contents
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, column, heading, label, row


class TransferWindow(QWidget):
    """Out of this PC, into this PC, and the template.

    Signals:
        restart_asked: a shop lies ready and is put in place at a fresh start.
    """

    restart_asked = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setWindowTitle(self.tr("Mudar para outro PC – Ótimo Tray"))
        self.resize(620, 520)
        self.stop = QCheckBox(self.tr("&Parar neste PC (recomendado: dois PCs não devem trabalhar juntos)"))
        self.stop.setChecked(True)
        self.out = button(self.tr("&Gerar o arquivo…"), self._export, name="export")
        self.bring = button(self.tr("&Trazer um arquivo…"), self._import, name="import")
        self.restart = button(self.tr("&Reiniciar agora"), self.restart_asked.emit, name="restart")
        self.restart.hide()
        self.template = button(self.tr("&Salvar um modelo…"), self._template, name="template")
        self.said = label(wrap=True, select=True)
        self.setLayout(
            column(
                heading(self.tr("Mudar para outro PC")),
                _group(
                    self.tr("1. Neste PC"),
                    label(
                        self.tr(
                            "Leva ajustes, De/Para, pedidos e histórico num arquivo conferido. Senhas não vão: "
                            "digite-as de novo no outro PC."
                        ),
                        wrap=True,
                    ),
                    self.stop,
                    self.out,
                ),
                _group(
                    self.tr("2. No outro PC"),
                    label(
                        self.tr(
                            "Traga o arquivo. Ele é conferido inteiro antes; o que havia aqui fica guardado ao lado."
                        ),
                        wrap=True,
                    ),
                    self.bring,
                ),
                _group(
                    self.tr("Modelo para outra loja"),
                    label(
                        self.tr("Os mesmos ajustes, sem senhas, sem CNPJs e sem as pastas desta loja."),
                        wrap=True,
                    ),
                    self.template,
                ),
                self.said,
                row(self.restart, None),
                None,
            )
        )

    def show_item(self, item: str) -> None:
        """Put the keyboard at what is asked for."""
        (self.bring if item == "import" else self.out).setFocus()

    def export_to(self, path: Path) -> None:
        """Write the file and, if wanted, stop here."""
        desk, stop = self._bench.desk, self.stop.isChecked()
        self._busy(self.tr("Gerando o arquivo…"))

        def export() -> None:
            if stop:
                desk.engine.pause(None)
            transfer.export(ProfilePaths(desk.profile_dir), desk.settings(), path, desk.clock.now())
            if stop and desk.autostart().is_on():
                desk.autostart().switch(False)

        def done(_none: None) -> None:
            said = self.tr("✓ Gerado: {path}").format(path=path)
            if stop:
                said += " " + self.tr("Este PC está pausado e não inicia mais sozinho. Saia do programa aqui.")
            self._rest(said, Tone.GOOD)

        self._bench.work.save(self, export, done, self._failed)

    def import_from(self, path: Path) -> None:
        """Check the file and lay it ready."""
        desk = self._bench.desk
        self._busy(self.tr("Conferindo o arquivo…"))

        def done(found: Contents) -> None:
            self._rest(
                self.tr(
                    "✓ Arquivo inteiro: {orders} pedidos, {mappings} SKUs no De/Para. Reinicie para usá-lo."
                ).format(orders=number(found.orders), mappings=number(found.mappings)),
                Tone.GOOD,
            )
            self.restart.show()
            self.restart.setFocus()

        self._bench.work.save(self, lambda: transfer.stage(path, ProfilePaths(desk.profile_dir)), done, self._failed)

    def template_to(self, path: Path) -> None:
        """Write the template."""
        desk = self._bench.desk
        self._bench.work.save(
            self,
            lambda: transfer.save_template(desk.settings(), path),
            lambda _none: self._rest(self.tr("✓ Gerado: {path}").format(path=path), Tone.GOOD),
            self._failed,
        )

    def _export(self) -> None:
        name = f"OtimoTray-{self._bench.desk.clock.now():%Y%m%d}.zip"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Arquivo de mudança"), name, "ZIP (*.zip)")
        if chosen:
            self.export_to(Path(chosen))

    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Arquivo de mudança"), "", "ZIP (*.zip)")
        if chosen:
            self.import_from(Path(chosen))

    def _template(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Modelo de ajustes"), "modelo.toml", "TOML (*.toml)")
        if chosen:
            self.template_to(Path(chosen))

    def _failed(self, error: Exception) -> None:
        self._rest("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    def _busy(self, text: str) -> None:
        self.out.setEnabled(False)
        self.bring.setEnabled(False)
        self._say(text, None)

    def _rest(self, text: str, tone: Tone) -> None:
        self.out.setEnabled(True)
        self.bring.setEnabled(True)
        self._say(text, tone)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)


def _group(title: str, *parts: QWidget) -> QGroupBox:
    """A titled box; its last part is a button at the left."""
    group = QGroupBox(title)
    group.setLayout(column(*parts[:-1], row(parts[-1], None)))
    return group
