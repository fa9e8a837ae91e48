"""What the ERP form's parts have in common: each asks for what one way into the ERP needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from otimo_tray.domain.settings import ErpSettings
from otimo_tray.ui.parts import button, label, row
from otimo_tray.ui.text import translate

SecretText = Callable[[str | None], str | None]
"""Gets the kept secret, answers the one to keep; None for none. Runs in a worker."""


class ErpPart(QWidget):
    """One way into the ERP.

    Signals:
        changed: something was typed.

    Attributes:
        secret: name in the keyring of what this way needs; "" for nothing.
    """

    changed = Signal()
    secret = ""

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(8)
        self.form.setHorizontalSpacing(12)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)

    def show_settings(self, erp: ErpSettings) -> None:
        """Show what is kept."""
        raise NotImplementedError

    def settings(self, erp: ErpSettings) -> ErpSettings:
        """Return the settings with what was typed."""
        raise NotImplementedError

    def show_secret(self, kept: str | None) -> None:
        """Say whether a secret is kept; it is never shown."""

    def secret_text(self) -> SecretText | None:
        """Return what makes the secret to keep; None when none was typed."""
        return None

    def touched(self, *_: object) -> None:
        """Something was typed."""
        self.changed.emit()

    def add_row(self, title: str, field: QWidget | QHBoxLayout, buddy: QWidget | None = None) -> None:
        """Add a line with its title, which leads to the field (&)."""
        named = label(title)
        target = buddy or (field if isinstance(field, QWidget) else None)
        if target is not None:
            named.setBuddy(target)
        self.form.addRow(named, field)


def line(name: str, changed: Callable[..., None], *, hint: str = "", hidden: bool = False) -> QLineEdit:
    """Return a line to type in."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setMinimumWidth(160)
    if hidden:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    made.textChanged.connect(changed)
    return made


def folder_line(
    owner: QWidget, name: str, changed: Callable[..., None], hint: str = ""
) -> tuple[QLineEdit, QHBoxLayout]:
    """Return a line for a folder with a button that chooses one."""
    made = line(name, changed, hint=hint)

    def choose() -> None:
        chosen = QFileDialog.getExistingDirectory(owner, name, made.text())
        if chosen:
            made.setText(chosen)

    press = button(translate("Settings", "Escolher…"), choose, name=f"choose-{name}")
    press.setAccessibleName(translate("Settings", "Escolher: {name}").format(name=name))
    return made, row(made, press)


def file_line(owner: QWidget, name: str, changed: Callable[..., None]) -> tuple[QLineEdit, QHBoxLayout]:
    """Return a line for a file with a button that chooses one."""
    made = line(name, changed)

    def choose() -> None:
        chosen, _ = QFileDialog.getOpenFileName(owner, name, made.text())
        if chosen:
            made.setText(chosen)

    press = button(translate("Settings", "Escolher…"), choose, name=f"choose-{name}")
    press.setAccessibleName(translate("Settings", "Escolher: {name}").format(name=name))
    return made, row(made, press)
