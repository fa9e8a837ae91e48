"""The ERP's connection: kind and folder, tested on the page with a look at the first rows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from otimo_tray.domain.settings import ErpKind, ErpSettings, Settings
from otimo_tray.ports import CheckResult
from otimo_tray.ui.formats import decimal_text, quantity, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table

FIRST_ROWS = 8
ErpRow = tuple[str, str, str, str]


class ErpForm(QWidget):
    """The form.

    Signals:
        saved: the connection was tested and kept.
    """

    saved = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Conexão com o ERP"))
        self.kind.addItem(self.tr("Pasta de integração"), "folder")
        self.kind.addItem(self.tr("ERP de demonstração"), "demo")
        self.folder, folder_line = self._folder_box(self.tr("Pasta de integração"))
        self.nfe, nfe_line = self._folder_box(self.tr("Pasta dos XML das notas"))
        self.nfe.setPlaceholderText(self.tr("a pasta “notas” dentro da pasta de integração"))
        self.demo = QLineEdit()
        self.demo.setAccessibleName(self.tr("Arquivo do ERP de demonstração"))
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.addRow(self.tr("Conexão"), self.kind)
        self.form.addRow(self.tr("Pasta"), folder_line)
        self.form.addRow(self.tr("XML das notas"), nfe_line)
        self.form.addRow(self.tr("Arquivo"), self.demo)
        self._lines = (folder_line, nfe_line)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.try_ = button(self.tr("T&estar"), self.test, name="test-erp")
        self.keep = button(self.tr("&Guardar a conexão"), self.save, name="save-erp")
        self.said = label(wrap=True)
        columns: list[Column[ErpRow]] = [
            Column("code", self.tr("Código no ERP"), lambda found: found[0], 16, code=True),
            Column("name", self.tr("Produto"), lambda found: found[1], 0),
            Column("balance", self.tr("Saldo"), lambda found: quantity(found[2]), 8, right=True),
            Column("price", self.tr("Preço"), lambda found: decimal_text(raw_decimal(found[3])), 10, right=True),
        ]
        self.model: RowsModel[ErpRow] = RowsModel(columns, lambda found: found[0])
        self.model.setParent(self)
        self.rows = Table(self.model, "erp-rows", bench.layout)
        self.rows.setMaximumHeight(220)
        self.rows.setMinimumHeight(160)
        self.rows.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self.form)
        layout.addLayout(row(self.try_, self.keep, None))
        layout.addWidget(self.said)
        layout.addWidget(self.rows)

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(erp.kind)))
        self.folder.setText(erp.folder)
        self.nfe.setText(erp.nfe_folder)
        self.demo.setText(erp.demo_data)
        self._show_kind()

    def settings(self) -> Settings:
        """Return the settings as they would be."""
        kept = self._bench.desk.settings()
        kind: ErpKind = self.kind.currentData()
        erp = replace(
            kept.erp,
            kind=kind,
            folder=self.folder.text().strip(),
            nfe_folder=self.nfe.text().strip(),
            demo_data=self.demo.text().strip(),
        )
        return replace(kept, erp=erp)

    def test(self) -> None:
        """Test without keeping anything."""
        desk, settings = self._bench.desk, self.settings()
        self._busy(self.tr("Testando…"))

        def check() -> tuple[list[CheckResult], list[ErpRow]]:
            results = desk.erp_check(settings)
            good = all(result.error is None for result in results)
            return results, desk.erp_rows(settings, FIRST_ROWS) if good else []

        self._bench.work.run(self, check, lambda found: self._tested(*found), self._failed)

    def save(self) -> None:
        """Test, then keep; what isn't reachable now may be kept too, with a word about it."""
        desk, settings = self._bench.desk, self.settings()
        self._busy(self.tr("Testando…"))

        def keep() -> tuple[list[CheckResult], list[ErpRow]]:
            results = desk.erp_check(settings)
            desk.save_settings(settings)
            good = all(result.error is None for result in results)
            return results, desk.erp_rows(settings, FIRST_ROWS) if good else []

        def kept(found: tuple[list[CheckResult], list[ErpRow]]) -> None:
            self._tested(*found, kept=True)
            self.saved.emit()

        self._bench.work.save(self, keep, kept, self._failed)

    def _tested(self, results: list[CheckResult], rows: list[ErpRow], *, kept: bool = False) -> None:
        self.try_.setEnabled(True)
        self.keep.setEnabled(True)
        wrong = [result for result in results if result.error is not None]
        lines = [f"▲ {self._bench.desk.error_sentence(result.error)}" for result in wrong if result.error is not None]
        if not lines:
            lines.append(self.tr("✓ Conexão testada."))
        if kept:
            lines.append(self.tr("Guardada."))
        self.said.setText("\n".join(lines))
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(Tone.BAD if wrong else Tone.GOOD)
        self.model.set_rows(rows)
        self.rows.setVisible(bool(rows))

    def _failed(self, error: Exception) -> None:
        self._tested([CheckResult("erp", None)], [])
        self.said.setText("▲ " + self._bench.desk.error_sentence(error))
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(Tone.BAD)

    def _busy(self, text: str) -> None:
        self.try_.setEnabled(False)
        self.keep.setEnabled(False)
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(None)

    def _show_kind(self, *_: object) -> None:
        demo = self.kind.currentData() == "demo"
        for line in self._lines:
            self.form.setRowVisible(line, not demo)
        self.form.setRowVisible(self.demo, demo)

    def _folder_box(self, name: str) -> tuple[QLineEdit, QHBoxLayout]:
        box = QLineEdit()
        box.setAccessibleName(name)
        box.setMinimumWidth(320)

        def choose() -> None:
            chosen = QFileDialog.getExistingDirectory(self, name, box.text())
            if chosen:
                box.setText(chosen)

        return box, row(box, button(self.tr("Escolher…"), choose, name=f"choose-{name}"))
