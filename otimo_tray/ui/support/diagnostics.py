"""Diagnostics in one click: gathered at once, read before it is saved, for everything or for one order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.support.diagnostics import Collector, Diagnostics
from otimo_tray.ui.look import Tone, fixed_font
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, column, heading, label, row


class DiagnosticsWindow(QWidget):
    """Files at the left, their text at the right, and one button that saves them."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setWindowTitle(self.tr("Diagnóstico – Ótimo Tray"))
        self.resize(900, 560)
        self.found: Diagnostics | None = None
        self.order = QLineEdit()
        self.order.setObjectName("order")
        self.order.setPlaceholderText(self.tr("número do pedido (vazio: tudo)"))
        self.order.setAccessibleName(self.tr("Número do pedido"))
        self.order.setMinimumWidth(240)
        self.order.returnPressed.connect(self.gather)
        title = label(self.tr("Só um &pedido:"))
        title.setBuddy(self.order)
        self.again = button(self.tr("&Juntar"), self.gather, name="gather")
        self.keep = button(self.tr("&Salvar ZIP…"), self._save, name="save-zip", default=True)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Arquivos do diagnóstico"))
        self.files.currentRowChanged.connect(self._show_file)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(fixed_font())
        self.text.setAccessibleName(self.tr("Conteúdo do arquivo"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.said = label(wrap=True)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.files)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 700])
        self.setLayout(
            column(
                heading(self.tr("Diagnóstico")),
                label(
                    self.tr(
                        "O que o suporte precisa ver. Senhas não entram; nomes e documentos são encobertos. "
                        "Confira abaixo: nada é enviado, você salva e entrega o arquivo."
                    ),
                    wrap=True,
                    tone=Tone.QUIET,
                ),
                row(title, self.order, self.again, None, self.keep),
                self.said,
                split,
            )
        )
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretchFactor(split, 1)

    def show_item(self, item: str) -> None:
        """Gather for an order's number, or everything."""
        self.order.setText(item)
        self.gather()

    def gather(self) -> None:
        """Gather anew."""
        desk, number = self._bench.desk, self.order.text().strip()
        status = desk.engine.status()
        self.keep.setEnabled(False)
        self._say(self.tr("Juntando…"), None)

        def collect() -> Diagnostics:
            collector = Collector(
                ProfilePaths(desk.profile_dir), desk.settings(), desk.secrets, status, desk.sentence, desk.clock.now()
            )
            return collector.order(number) if number else collector.everything()

        self._bench.work.run(self, collect, self._show, self._failed)

    def save_to(self, path: Path) -> None:
        """Write the ZIP file."""
        found = self.found
        if found is None:
            return
        self._bench.work.save(
            self,
            lambda: found.save(path),
            lambda _none: self._say(self.tr("✓ Salvo em {path}").format(path=path), Tone.GOOD),
            self._failed,
        )

    def _save(self) -> None:
        if self.found is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Salvar o diagnóstico"), self.found.name, self.tr("Arquivos ZIP (*.zip)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def _show(self, found: Diagnostics) -> None:
        self.found = found
        self.keep.setEnabled(True)
        self._say("", None)
        self.files.clear()
        self.files.addItems([piece.name for piece in found.pieces])
        self.files.setCurrentRow(0)

    def _show_file(self, place: int) -> None:
        if self.found is not None and 0 <= place < len(self.found.pieces):
            self.text.setPlainText(self.found.pieces[place].text)

    def _failed(self, error: Exception) -> None:
        self.keep.setEnabled(self.found is not None)
        self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
