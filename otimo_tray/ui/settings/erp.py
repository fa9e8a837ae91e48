"""The ERP's connection: which way, where, tested on the page with a look at the first rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from otimo_tray.domain.settings import ErpSettings, Settings
from otimo_tray.errors import OtimoError
from otimo_tray.ports import CheckResult
from otimo_tray.ui.formats import decimal_text, quantity, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.settings.columns import ColumnsDialog
from otimo_tray.ui.settings.erp_database import DatabasePart
from otimo_tray.ui.settings.erp_kinds import DemoPart, FolderPart, HttpPart
from otimo_tray.ui.settings.erp_part import ErpPart
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table

if TYPE_CHECKING:
    from otimo_tray.erp.folder.look import SheetLook

FIRST_ROWS = 10
ErpRow = tuple[str, str, str, str]


class ErpForm(QWidget):
    """The form.

    Signals:
        saved: the connection was tested and kept; True when it works.
        tested: it was tried; True when it works.
    """

    saved = Signal(bool)
    tested = Signal(bool)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.kind = QComboBox()
        self.kind.setObjectName("erp-kind")
        self.kind.setAccessibleName(self.tr("Conexão com o ERP"))
        for key, title in (
            ("folder", self.tr("Pasta de integração")),
            ("database", self.tr("Banco de dados")),
            ("http", self.tr("API HTTP")),
            ("demo", self.tr("ERP de demonstração")),
        ):
            self.kind.addItem(title, key)
        self.about = label(wrap=True, tone=Tone.QUIET)
        self.folder, self.database, self.http, self.demo = FolderPart(), DatabasePart(), HttpPart(), DemoPart()
        self.parts: dict[str, ErpPart] = {
            "folder": self.folder,
            "database": self.database,
            "http": self.http,
            "demo": self.demo,
        }
        self.folder.columns_asked.connect(self.map_columns)
        self.database.queries_asked.connect(self.ask_queries)
        self.try_ = button(self.tr("T&estar"), self.test, name="test-erp")
        self.keep = button(self.tr("&Guardar a conexão"), self.save, name="save-erp")
        self.said = label(wrap=True, select=True)
        columns: list[Column[ErpRow]] = [
            Column("code", self.tr("Código no ERP"), lambda found: found[0], 16, code=True),
            Column("name", self.tr("Produto"), lambda found: found[1], 0),
            Column("balance", self.tr("Saldo"), lambda found: quantity(found[2]), 8, right=True),
            Column("price", self.tr("Preço"), lambda found: decimal_text(raw_decimal(found[3])), 10, right=True),
        ]
        self.model: RowsModel[ErpRow] = RowsModel(columns, lambda found: found[0])
        self.model.setParent(self)
        self.rows = Table(self.model, "erp-rows", bench.layout)
        self.rows.setMaximumHeight(260)
        self.rows.setMinimumHeight(140)
        self.rows.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        named = label(self.tr("&Conexão"))
        named.setBuddy(self.kind)
        layout.addLayout(row(named, self.kind, None))
        layout.addWidget(self.about)
        for part in self.parts.values():
            layout.addWidget(part)
        layout.addLayout(row(self.try_, self.keep, None))
        layout.addWidget(self.said)
        layout.addWidget(self.rows)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self._show_kind()

    @property
    def part(self) -> ErpPart:
        """The form of the chosen way."""
        return self.parts[str(self.kind.currentData())]

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(erp.kind)))
        for part in self.parts.values():
            part.show_settings(erp)
        self._show_kind()

    def settings(self) -> Settings:
        """Return the settings as they would be."""
        kept = self._bench.desk.settings()
        return replace(kept, erp=self.part.settings(kept.erp))

    def test(self) -> None:
        """Test without keeping anything."""
        self._work(keep=False)

    def save(self) -> None:
        """Test, then keep; what isn't reachable now may be kept too, with a word about it."""
        self._work(keep=True)

    def map_columns(self) -> None:
        """Look into the folder's sheets and let the person say which column is which."""
        desk, settings = self._bench.desk, self.settings()
        self._busy(self.tr("Lendo as planilhas…"))

        def show(looks: list[SheetLook]) -> None:
            self._rest("", None)
            dialog = ColumnsDialog(self, self._bench, looks, self.folder.columns)
            dialog.accepted.connect(lambda: self.folder.set_columns(dialog.columns()))
            dialog.open()

        self._bench.work.run(self, lambda: desk.erp_sheets(settings), show, self._failed)

    def ask_queries(self) -> None:
        """Open the editor of one's own queries."""
        from otimo_tray.ui.settings.queries import QueriesDialog

        dialog = QueriesDialog(self, self._bench, self.settings(), self.database.secret_text(), self.database.queries)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.database.set_queries(dialog.queries()))
        dialog.open()

    def _work(self, *, keep: bool) -> None:
        desk, settings, part = self._bench.desk, self.settings(), self.part
        make_secret = part.secret_text()
        self._busy(self.tr("Testando…"))

        def work() -> tuple[list[CheckResult], list[ErpRow]]:
            typed: dict[str, str] = {}
            if make_secret is not None:
                text = make_secret(desk.secrets.get(part.secret))
                if text:
                    typed[part.secret] = text
            results = desk.erp_check(settings, typed)
            if keep:
                for name, text in typed.items():
                    desk.secrets.set(name, text)
                desk.save_settings(settings)
            good = all(result.error is None for result in results)
            return results, desk.erp_rows(settings, typed, FIRST_ROWS) if good else []

        def done(found: tuple[list[CheckResult], list[ErpRow]]) -> None:
            good = self._tested(*found, kept=keep)
            if keep:
                self.saved.emit(good)
            self.tested.emit(good)

        run = self._bench.work.save if keep else self._bench.work.run
        run(self, work, done, self._failed)

    def _tested(self, results: list[CheckResult], rows: list[ErpRow], *, kept: bool) -> bool:
        errors: list[OtimoError] = [result.error for result in results if result.error is not None]
        lines = [f"▲ {self._bench.desk.error_sentence(error)}" for error in errors]
        if not lines:
            lines.append(self.tr("✓ Conexão testada. As primeiras linhas:") if rows else self.tr("✓ Conexão testada."))
        if kept:
            lines.append(self.tr("Guardada."))
        self._rest("\n".join(lines), Tone.BAD if errors else Tone.GOOD)
        self.model.set_rows(rows)
        self.rows.setVisible(bool(rows))
        if kept:
            self._show_secret()
        return not errors

    def _failed(self, error: Exception) -> None:
        self._rest("▲ " + self._bench.desk.error_sentence(error), Tone.BAD)
        self.model.set_rows([])
        self.rows.hide()
        self.tested.emit(False)

    def _busy(self, text: str) -> None:
        self.try_.setEnabled(False)
        self.keep.setEnabled(False)
        self._say(text, None)

    def _rest(self, text: str, tone: Tone | None) -> None:
        self.try_.setEnabled(True)
        self.keep.setEnabled(True)
        self._say(text, tone)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)

    def _show_kind(self, *_: object) -> None:
        chosen = self.part
        for part in self.parts.values():
            part.setVisible(part is chosen)
        self.model.set_rows([])
        self.rows.hide()
        self._say("", None)
        self.about.setText(
            {
                "folder": self.tr("O ERP grava planilhas numa pasta e busca nela os pedidos. O caminho mais simples."),
                "database": self.tr("Lê as visões do contrato e grava os pedidos nas tabelas de entrada."),
                "http": self.tr("O ERP oferece a API descrita no contrato do Ótimo Tray."),
                "demo": self.tr("Uma loja inventada, só para conhecer o programa."),
            }[str(self.kind.currentData())]
        )
        self._show_secret()

    def _show_secret(self) -> None:
        part, secrets = self.part, self._bench.desk.secrets
        if not part.secret:
            return
        self._bench.work.run(
            self,
            lambda: secrets.get(part.secret),
            part.show_secret,
            lambda error: self._say("▲ " + self._bench.desk.error_sentence(error), Tone.BAD),
        )
