"""The ways into the ERP without a database: exchange folder, HTTP API, demonstration."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import button, label, row
from otimo_tray.ui.settings.erp_part import ErpPart, SecretText, file_line, folder_line, line


class FolderPart(ErpPart):
    """The exchange folder.

    Signals:
        columns_asked: the person wants to map the columns.
    """

    columns_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.folder, folder_row = folder_line(self, self.tr("Pasta de integração"), self.touched)
        self.nfe, nfe_row = folder_line(
            self,
            self.tr("Pasta dos XML das notas"),
            self.touched,
            self.tr("a pasta “notas” dentro da pasta de integração"),
        )
        self.watch = QCheckBox(self.tr("Sincronizar quando um arquivo da pasta muda"))
        self.watch.toggled.connect(self.touched)
        self.columns: dict[str, str] = {}
        self.columns_said = label(tone=Tone.QUIET)
        self.map = button(self.tr("Co&lunas…"), self.columns_asked.emit, name="map-columns")
        self.add_row(self.tr("&Pasta"), folder_row, self.folder)
        self.add_row(self.tr("&XML das notas"), nfe_row, self.nfe)
        self.add_row("", self.watch)
        self.add_row(self.tr("Planilhas"), row(self.map, self.columns_said, None))

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        self.folder.setText(erp.folder)
        self.nfe.setText(erp.nfe_folder)
        self.watch.setChecked(erp.watch)
        self.set_columns(dict(erp.columns))

    def set_columns(self, columns: dict[str, str]) -> None:
        """Take a mapping of columns over."""
        self.columns = columns
        self.columns_said.setText(
            self.tr("%n coluna(s) com nome próprio", "", len(columns)) if columns else self.tr("nomes reconhecidos")
        )
        self.changed.emit()

    def settings(self, erp: ErpSettings) -> ErpSettings:
        """Return the settings with what was typed."""
        return replace(
            erp,
            kind="folder",
            folder=self.folder.text().strip(),
            nfe_folder=self.nfe.text().strip(),
            watch=self.watch.isChecked(),
            columns=dict(self.columns),
        )


class DemoPart(ErpPart):
    """The demonstration: a made-up ERP in one file."""

    def __init__(self) -> None:
        super().__init__()
        self.file, file_row = file_line(self, self.tr("Arquivo do ERP de demonstração"), self.touched)
        self.add_row(self.tr("&Arquivo"), file_row, self.file)

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        self.file.setText(erp.demo_data)

    def settings(self, erp: ErpSettings) -> ErpSettings:
        """Return the settings with what was typed."""
        return replace(erp, kind="demo", demo_data=self.file.text().strip())


class HttpPart(ErpPart):
    """The HTTP API that the ERP's vendor offers (resources/erp/openapi)."""

    secret = "erp.http"  # noqa: S105 - its name in the keyring

    def __init__(self) -> None:
        super().__init__()
        self.address = line(self.tr("Endereço da API"), self.touched, hint="https://…")
        self.auth = QComboBox()
        self.auth.setAccessibleName(self.tr("Acesso à API"))
        self.auth.addItem(self.tr("Token"), "token")
        self.auth.addItem(self.tr("Usuário e senha"), "basic")
        self.auth.currentIndexChanged.connect(self._show_auth)
        self.user = line(self.tr("Usuário da API"), self.touched)
        self.word = line(self.tr("Token ou senha da API"), self.touched, hidden=True)
        self.add_row(self.tr("E&ndereço"), self.address)
        self.add_row(self.tr("Acesso"), self.auth)
        self.add_row(self.tr("&Usuário"), self.user)
        self.add_row(self.tr("To&ken ou senha"), self.word)

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        self.address.setText(erp.address)
        self.auth.setCurrentIndex(max(0, self.auth.findData(erp.auth)))
        self._show_auth()

    def settings(self, erp: ErpSettings) -> ErpSettings:
        """Return the settings with what was typed."""
        return replace(erp, kind="http", address=self.address.text().strip(), auth=self.auth.currentData())

    def show_secret(self, kept: str | None) -> None:
        """Say whether something is kept, and show the user's name, which is no secret."""
        self.word.setPlaceholderText(self.tr("•••••••• guardado") if kept else self.tr("não informado"))
        if kept and self.auth.currentData() == "basic" and not self.user.text():
            self.user.setText(kept.partition(":")[0])

    def secret_text(self) -> SecretText | None:
        """Return the token, or `user:password`."""
        word, user = self.word.text().strip(), self.user.text().strip()
        if self.auth.currentData() == "token":
            return (lambda _kept: word) if word else None
        if not user:
            return None
        return lambda kept: f"{user}:{word or (kept or '').partition(':')[2]}"

    def _show_auth(self, *_: object) -> None:
        self.form.setRowVisible(self.user, self.auth.currentData() == "basic")
        self.changed.emit()
