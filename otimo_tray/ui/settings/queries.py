"""Queries of one's own in place of the contract's views, each looked at with ten rows before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from otimo_tray.domain.settings import Settings
from otimo_tray.ui.look import Tone, fixed_font
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, column, heading, label, row
from otimo_tray.ui.settings.erp_part import SecretText

if TYPE_CHECKING:
    from otimo_tray.erp.database.look import Look

SECRET = "erp.database"  # noqa: S105 - its name in the keyring


class QueriesDialog(QDialog):
    """One query at a time. OK stays off until every query that isn't empty was looked at and found right."""

    def __init__(
        self,
        parent: QWidget,
        bench: Bench,
        settings: Settings,
        secret: SecretText | None,
        queries: dict[str, str],
    ) -> None:
        super().__init__(parent)
        self._bench, self._settings, self._secret = bench, settings, secret
        self.setObjectName("queries")
        self.setWindowTitle(self.tr("Consultas próprias"))
        self.resize(820, 600)
        self._texts = {"items": queries.get("items", ""), "invoices": queries.get("invoices", "")}
        self._good = {name: text for name, text in self._texts.items() if text}
        self.name = QComboBox()
        self.name.setAccessibleName(self.tr("Consulta"))
        self.name.addItem(self.tr("Saldos e preços"), "items")
        self.name.addItem(self.tr("Notas fiscais"), "invoices")
        self.text = QPlainTextEdit()
        self.text.setFont(fixed_font())
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Texto da consulta (SELECT)"))
        self.text.setPlaceholderText(self.tr("vazio: a visão do contrato"))
        self.check = button(self.tr("&Conferir"), self.look, name="look")
        self.said = label(wrap=True, select=True)
        self.rows = QTableWidget()
        self.rows.setAccessibleName(self.tr("Primeiras linhas"))
        self.rows.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.rows.setTabKeyNavigation(False)
        self.rows.setMinimumHeight(160)
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Ok | boxes.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.setLayout(
            column(
                heading(self.tr("Consultas próprias")),
                label(
                    self.tr("Uma consulta só de leitura no lugar da visão do contrato, com as mesmas colunas."),
                    wrap=True,
                    tone=Tone.QUIET,
                ),
                row(self.name, self.check, None),
                self.text,
                self.said,
                self.rows,
                self.buttons,
            )
        )
        self.name.currentIndexChanged.connect(self._show_text)
        self.text.textChanged.connect(self._typed)
        self._show_text()

    def queries(self) -> dict[str, str]:
        """Return the queries that aren't empty."""
        return {name: text.strip() for name, text in self._texts.items() if text.strip()}

    def look(self) -> None:
        """Run the query once, read-only, and show ten rows."""
        desk, name = self._bench.desk, str(self.name.currentData())
        text, secret = self._texts[name].strip(), self._secret
        settings = self._settings
        self.check.setEnabled(False)
        self._say(self.tr("Perguntando ao banco…"), None)

        def ask() -> Look:
            kept = desk.secrets.get(SECRET)
            return desk.erp_query(settings, (secret(kept) if secret is not None else kept) or "", name, text)

        def show(found: Look) -> None:
            self.check.setEnabled(True)
            self._show_rows(found)
            if found.problems:
                self._good.pop(name, None)
                self._say("\n".join(f"▲ {desk.error_sentence(error)}" for error in found.problems[:4]), Tone.BAD)
            else:
                self._good[name] = text
                self._say(self.tr("✓ A consulta serve."), Tone.GOOD)
            self._enable()

        self._bench.work.run(self, ask, show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)

    def _show_rows(self, found: Look) -> None:
        self.rows.clear()
        self.rows.setColumnCount(len(found.columns))
        self.rows.setHorizontalHeaderLabels(list(found.columns))
        self.rows.setRowCount(len(found.rows))
        for line, cells in enumerate(found.rows):
            for place, cell in enumerate(cells):
                self.rows.setItem(line, place, QTableWidgetItem(cell))

    def _show_text(self, *_: object) -> None:
        self.text.setPlainText(self._texts[str(self.name.currentData())])
        self._say("", None)
        self.rows.setRowCount(0)

    def _typed(self) -> None:
        self._texts[str(self.name.currentData())] = self.text.toPlainText()
        self._enable()

    def _enable(self) -> None:
        fine = all(self._good.get(name) == text for name, text in self.queries().items())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(fine)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
