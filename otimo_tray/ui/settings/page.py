"""The settings page: connections first, then everything else, searched and checked while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFormLayout, QGroupBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from otimo_tray.domain.settings import Settings
from otimo_tray.errors import ConfigurationError
from otimo_tray.ui.link import NeedsServer
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, button, heading, label, row
from otimo_tray.ui.settings.desks import DesksPart
from otimo_tray.ui.settings.erp import ErpForm
from otimo_tray.ui.settings.fields import Field
from otimo_tray.ui.settings.hub import HubForm
from otimo_tray.ui.settings.options import Section, get, put, sections
from otimo_tray.ui.settings.tools import ToolsPart
from otimo_tray.ui.tables.folding import fold

if TYPE_CHECKING:
    from otimo_tray.ui.mapping.rules import Rules


class SettingsPage(Page):
    """All settings."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.rules: Rules | None = None
        self.fields: dict[str, Field] = {}
        self.groups: dict[str, QWidget] = {}
        self.rows: dict[str, QWidget] = {}
        """The form's row of each setting."""
        self.hub = HubForm(bench)
        self.erp = ErpForm(bench)
        self.hub.saved.connect(self._connection_saved)
        self.erp.saved.connect(self._connection_saved)
        self.tools = ToolsPart(bench)
        self.tools.go.connect(self.go)
        self.tools.changed.connect(self._show_settings)
        self.desks = DesksPart(bench)
        self.desks.changed.connect(self._connection_saved)
        self.desks.restart_asked.connect(lambda: self.go.emit("restart", ""))
        self.search = SearchField(self.tr("Buscar um ajuste"), self)
        self.search.searched.connect(self._filter)
        self.save = button(self.tr("&Salvar"), self._save, name="save", default=True)
        self.revert = button(self.tr("&Voltar atrás"), self._show_settings, name="revert")
        self._kept: Settings = self.desk.settings()
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.setSpacing(MARGIN)
        inside.addWidget(self._group("hub", self.tr("Plugg.to"), self.hub))
        inside.addWidget(self._group("erp", self.tr("Ótimo Gestor (ERP)"), self.erp))
        inside.addWidget(self._group("tools", self.tr("Programa"), self.tools))
        inside.addWidget(self._group("desks", self.tr("Vários computadores"), self.desks))
        for section in sections():
            inside.addWidget(self._section(section))
        self.patterns = button(self.tr("Regras por padrão de SKU…"), self._edit_patterns, name="patterns")
        stock = self.groups["stock"].layout()
        assert isinstance(stock, QFormLayout)
        stock.addRow(row(self.patterns, None))
        inside.addStretch(1)
        body.setMaximumWidth(980)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        top = row(heading(self.tr("Ajustes")), None, self.search, self.revert, self.save)
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        whole.addLayout(top)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.messages)
        self.needs_server = NeedsServer(bench, self, [self.save, self.patterns])
        self._show_settings()

    def take_focus(self) -> None:
        """Be ready to search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Show what is kept now, unless somebody is typing."""
        self.hub.show_kept()
        self.tools.reload()
        if not self.is_dirty:
            self._show_settings()

    def _changed(self, kind: str) -> None:
        """Another desk may have changed the shop's settings: shown at once, unless somebody is typing here."""
        if kind == "status" and self.isVisible() and self.desk.settings() is not self._kept and not self.is_dirty:
            self._show_settings()

    def show_item(self, item: str) -> None:
        """Bring a section or a setting into view."""
        widget = self.groups.get(item) or self.fields.get(item)
        if widget is not None:
            self.area.ensureWidgetVisible(widget)

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed and not saved."""
        return any(
            field.value() != get(self._kept, path) for path, field in self.fields.items() if not field.reason
        ) or any(field.reason for field in self.fields.values())

    def _save(self) -> None:
        settings, seen = self.desk.settings(), self._kept
        for path, field in self.fields.items():
            if field.value() != get(seen, path):
                settings = put(settings, path, field.value())

        other_language = settings.shop.language != self._kept.shop.language

        def done(_none: None) -> None:
            self._show_settings()
            if other_language:
                self.messages.say(
                    self.tr("✓ Ajustes salvos. O idioma muda quando o programa começa de novo."),
                    action=self.tr("&Reiniciar agora"),
                    todo=lambda: self.go.emit("restart", ""),
                    seconds=60,
                )
            else:
                self.messages.say(self.tr("✓ Ajustes salvos. Valem a partir de agora."))

        def refused(error: Exception) -> None:
            if not isinstance(error, ConfigurationError) or error.code != "C-465":
                self.failed(error)
                return
            self._kept = self.desk.settings()  # what was typed stays: saved once more, it is made on what is there now
            self._enable()
            self.messages.say(
                self.desk.error_sentence(error),
                tone=Tone.WARN,
                action=self.tr("&Ficar com o de {name}").format(name=error.params.get("person", "")),
                todo=self._show_settings,
                seconds=600,
            )

        self.work.save(self, lambda: self.desk.save_settings(settings, seen), done, refused)

    def _edit_patterns(self) -> None:
        from otimo_tray.ui.mapping.rules import Rules

        if self.rules is None:
            self.rules = Rules(self, QUndoStack(self))
        self.rules.edit_patterns()

    def _show_settings(self) -> None:
        self._kept = self.desk.settings()
        for path, field in self.fields.items():
            field.show_value(get(self._kept, path))
        self.erp.show_settings(self._kept.erp)
        self._enable()

    def _connection_saved(self) -> None:
        self._kept = self.desk.settings()
        self._enable()

    def _enable(self) -> None:
        dirty = self.is_dirty
        wrong = any(field.reason for field in self.fields.values())
        self.save.setEnabled(dirty and not wrong)
        self.revert.setEnabled(dirty)

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        for section in sections():
            group = self.groups[section.key]
            shown = [self.fields[option.path].matches(words) for option in section.options]
            in_title = all(word in fold(section.title) for word in words)
            group.setVisible(in_title or any(shown))
            layout = group.layout()
            assert isinstance(layout, QFormLayout)
            shown_by: dict[QWidget, bool] = {}
            for option, match in zip(section.options, shown, strict=True):
                row_of = self.rows[option.path]
                shown_by[row_of] = shown_by.get(row_of, False) or match or in_title
            for row_of, visible in shown_by.items():
                layout.setRowVisible(row_of, visible)
        titles = {
            "hub": "plugg.to credenciais client id secret api user endereco credentials address",
            "erp": "otimo gestor erp pasta integracao xml notas banco de dados api http colunas consultas "
            "exchange folder invoices database columns queries connection conexao",
            "desks": "varios computadores servidor postgresql banco de dados esquema nome deste computador senha "
            "certificado several computers server database schema name password",
            "tools": "programa iniciar com o computador autostart regras padrao assistente modelo outro pc "
            "program start with the computer set-up wizard template another pc",
        }
        for key, known in titles.items():
            self.groups[key].setVisible(all(word in known for word in words))

    def _section(self, section: Section) -> QGroupBox:
        group = QGroupBox(section.title)
        form = QFormLayout(group)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        for option in section.options:
            field = Field(option, self._enable_if_ready)
            self.fields[option.path] = field
            if option.kind == "minutes":
                self._join(option.path, field)
                continue
            title = label("" if option.kind == "switch" else option.title)
            title.setBuddy(field.box)
            row_of = self.rows[option.path] = _line(field) if section.key == "flows" else field
            form.addRow(title, row_of)
        self.groups[section.key] = group
        return group

    def _join(self, path: str, interval: Field) -> None:
        """Put a flow's interval behind its switch."""
        flow = path.partition(".")[0]
        row_of = self.rows[f"{flow}.enabled"]
        self.rows[path] = row_of
        layout = row_of.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addWidget(label(self.tr("a cada")), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(interval, 0, Qt.AlignmentFlag.AlignVCenter)
        interval.box.setAccessibleName(f"{self.fields[f'{flow}.enabled'].option.title}: {interval.option.title}")

    def _enable_if_ready(self) -> None:
        if len(self.fields) == sum(len(section.options) for section in sections()):
            self._enable()

    def _group(self, key: str, title: str, content: QWidget) -> QGroupBox:
        group = QGroupBox(title)
        layout = QVBoxLayout(group)
        layout.addWidget(content)
        self.groups[key] = group
        return group


def _line(field: Field) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(field, 1)
    return line
