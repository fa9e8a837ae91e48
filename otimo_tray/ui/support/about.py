"""About: version, whom to call, what the program doesn't do."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from otimo_tray import __version__
from otimo_tray.ui.look import MARGIN, Tone, heading_font, picture
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import Line, button, column, label, row


class AboutWindow(QWidget):
    """Version and support contact; links to guide, diagnostics, known limits.

    Signals:
        go: another support window is asked for, and where in it.
    """

    go = Signal(str, str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setWindowTitle(self.tr("Sobre o Ótimo Tray"))
        self.resize(480, 340)
        image = QLabel()
        image.setPixmap(picture("app").pixmap(QSize(48, 48)))
        image.setAccessibleName("Ótimo Tray")
        name = label("Ótimo Tray")
        name.setFont(heading_font(1.6))
        self.version = label(self.tr("Versão {version}").format(version=__version__), select=True, tone=Tone.QUIET)
        self.contact = label(wrap=True, select=True)
        self.system = label(
            f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform(terse=True)}",
            select=True,
            wrap=True,
            tone=Tone.QUIET,
        )
        beside = column(name, self.version, spacing=2, margin=0)
        top = row(image, MARGIN)
        top.addLayout(beside)
        top.addStretch(1)
        self.setLayout(
            column(
                top,
                label(
                    self.tr("Mantém o Ótimo Gestor e o Plugg.to em dia: estoque, preço, pedidos, notas e rastreio."),
                    wrap=True,
                ),
                Line(),
                self.contact,
                self.system,
                None,
                row(
                    button(self.tr("&Limites conhecidos"), lambda: self.go.emit("guide", "limites"), name="limits"),
                    button(self.tr("&Diagnóstico…"), lambda: self.go.emit("diagnostics", ""), name="diagnostics"),
                    button(self.tr("&Copiar"), self._copy, name="copy"),
                    None,
                    button(self.tr("&Fechar"), self.close, name="close", default=True),
                ),
            )
        )

    def show_item(self, item: str) -> None:
        """Show who helps now."""
        del item
        contact = self._bench.desk.settings().shop.support_contact
        self.contact.setText(
            self.tr("Suporte: {contact}").format(contact=contact)
            if contact
            else self.tr("Suporte: informe o contato em Ajustes → Loja e programa.")
        )

    def _copy(self) -> None:
        """Copy what support asks first."""
        QGuiApplication.clipboard().setText(f"{self.version.text()}\n{self.system.text()}\n{self.contact.text()}")
