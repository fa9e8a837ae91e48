"""The ERP's database: what it is, where, who we are there; in place of its views, queries of one's own."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import button, label, row
from otimo_tray.ui.settings.database_address import PORTS, DatabaseAddress, family, join, split
from otimo_tray.ui.settings.erp_part import ErpPart, SecretText, file_line, line


class DatabasePart(ErpPart):
    """The form of a database.

    Signals:
        queries_asked: the person wants queries of their own.
    """

    queries_asked = Signal()
    secret = "erp.database"  # noqa: S105 - its name in the keyring

    def __init__(self) -> None:
        super().__init__()
        self._driver = ""
        self._query: tuple[tuple[str, str], ...] = ()
        self.dialect = QComboBox()
        self.dialect.setAccessibleName(self.tr("Tipo de banco de dados"))
        for key, title in (
            ("firebird", "Firebird"),
            ("mssql", "SQL Server"),
            ("postgresql", "PostgreSQL"),
            ("mysql", "MySQL / MariaDB"),
            ("sqlite", "SQLite"),
        ):
            self.dialect.addItem(title, key)
        self.dialect.currentIndexChanged.connect(self._show_dialect)
        self.host = line(self.tr("Servidor"), self._host_typed, hint=self.tr("nome ou IP; ou cole o endereço inteiro"))
        self.port = QSpinBox()
        self.port.setAccessibleName(self.tr("Porta"))
        self.port.setRange(0, 65535)
        self.port.valueChanged.connect(self.touched)
        self.base, base_row = file_line(self, self.tr("Banco de dados"), self.touched)
        self.user = line(self.tr("Usuário do banco"), self.touched)
        self.word = line(self.tr("Senha do banco"), self.touched, hidden=True)
        self.queries: dict[str, str] = {}
        self.queries_said = label(tone=Tone.QUIET)
        self.ask = button(self.tr("Consultas &próprias…"), self.queries_asked.emit, name="own-queries")
        self._host_row = row(self.host, label(self.tr("porta")), self.port)
        self.add_row(self.tr("T&ipo"), self.dialect)
        self.add_row(self.tr("Se&rvidor"), self._host_row, self.host)
        self.add_row(self.tr("&Banco"), base_row, self.base)
        self.add_row(self.tr("&Usuário"), self.user)
        self.add_row(self.tr("Sen&ha"), self.word)
        self.add_row(self.tr("Leitura"), row(self.ask, self.queries_said, None))
        self._show_dialect()

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept outside of the keyring."""
        self.set_queries(dict(erp.queries))

    def set_queries(self, queries: dict[str, str]) -> None:
        """Take queries over."""
        self.queries = queries
        self.queries_said.setText(
            self.tr("%n consulta(s) própria(s)", "", len(queries)) if queries else self.tr("visões do contrato")
        )
        self.changed.emit()

    def settings(self, erp: ErpSettings) -> ErpSettings:
        """Return the settings with what was typed."""
        return replace(erp, kind="database", queries=dict(self.queries))

    def show_secret(self, kept: str | None) -> None:
        """Show everything of the kept address but its password."""
        self.word.setPlaceholderText(self.tr("•••••••• guardado") if kept else self.tr("não informado"))
        address = split(kept) if kept else None
        if address is not None and not self.host.text() and not self.base.text():
            self._show(replace(address, password=""))

    def address(self) -> DatabaseAddress:
        """Return what was typed."""
        dialect = str(self.dialect.currentData())
        driver = self._driver if family(self._driver) == dialect else dialect
        port = self.port.value()
        return DatabaseAddress(
            driver,
            self.host.text().strip(),
            port if port and port != PORTS.get(dialect) else None,
            self.base.text().strip(),
            self.user.text().strip(),
            self.word.text(),
            self._query,
        )

    def secret_text(self) -> SecretText | None:
        """Return the address as one text."""
        address = self.address()
        return (lambda kept: join(address, kept)) if address.is_whole else None

    def _show(self, address: DatabaseAddress) -> None:
        self._driver, self._query = address.dialect, address.query
        kind = "mysql" if family(address.dialect) == "mariadb" else family(address.dialect)
        self.dialect.setCurrentIndex(max(0, self.dialect.findData(kind)))
        self.host.setText(address.host)
        self.port.setValue(address.port or PORTS.get(kind, 0))
        self.base.setText(address.name)
        self.user.setText(address.user)
        if address.password:
            self.word.setText(address.password)

    def _host_typed(self, *_: object) -> None:
        """A whole address pasted into the first field fills them all."""
        text = self.host.text().strip()
        if "://" in text:
            address = split(text)
            if address is not None:
                self._show(address)
        self.changed.emit()

    def _show_dialect(self, *_: object) -> None:
        dialect = str(self.dialect.currentData())
        is_file = dialect == "sqlite"
        self.form.setRowVisible(self._host_row, not is_file)
        self.form.setRowVisible(self.user, not is_file)
        self.form.setRowVisible(self.word, not is_file)
        self.port.setValue(PORTS.get(dialect, 0))
        self.base.setPlaceholderText(
            {
                "firebird": self.tr("caminho do .fdb no servidor, ou alias"),
                "sqlite": self.tr("caminho do arquivo"),
            }.get(dialect, self.tr("nome do banco"))
        )
        self.changed.emit()
