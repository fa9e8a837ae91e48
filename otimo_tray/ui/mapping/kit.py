"""The small editor of a kit: which ERP codes a SKU is made of, and how many of each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from otimo_tray.domain.catalogue import Component
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.mapping.edits import MAX_UNITS, Components
from otimo_tray.ui.mapping.table import CodeField
from otimo_tray.ui.parts import button, column, heading, label, row

SPARE = 2
"""Empty lines offered after the last component."""


class KitDialog(QDialog):
    """Edits the components of one SKU; OK stays off while a code is unknown or nothing is there."""

    def __init__(self, parent: QWidget, sku: str, name: str, components: Components, book: CodeBook) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Componentes do kit"))
        self.setMinimumWidth(520)
        self._book = book
        self._grid = QGridLayout()
        self._grid.addWidget(label(self.tr("Código no ERP"), tone=Tone.QUIET), 0, 0)
        self._grid.addWidget(label(self.tr("Qtd."), tone=Tone.QUIET), 0, 1)
        self._grid.addWidget(label(self.tr("Produto no ERP"), tone=Tone.QUIET), 0, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 2)
        self.lines: list[tuple[CodeField, QSpinBox]] = []
        self.reason = label(tone=Tone.BAD, wrap=True)
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Ok | boxes.Cancel)
        self.buttons.button(boxes.Cancel).setText(self.tr("Cancelar"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(
            column(
                heading(sku),
                label(name, wrap=True),
                self._grid,
                row(button(self.tr("&Mais um componente"), self.add_line), None),
                self.reason,
                self.buttons,
                margin=4,
            )
        )
        for part in components:
            self.add_line(part)
        for _ in range(max(1, SPARE - len(components))):
            self.add_line()
        self._check()

    def add_line(self, part: Component | None = None) -> None:
        """Offer one more component."""
        code, units, name = CodeField(self._book.suggest, self), QSpinBox(), label()
        code.setFrame(True)
        code.setAccessibleName(self.tr("Código no ERP"))
        units.setAccessibleName(self.tr("Quantidade"))
        units.setRange(1, MAX_UNITS)
        line = len(self.lines) + 1
        for place, widget in enumerate((code, units, name)):
            self._grid.addWidget(widget, line, place)
        if part is not None:
            code.setText(part.erp_code)
            units.setValue(part.units)

        def changed(_text: str = "") -> None:
            name.setText(self._book.name(code.code().strip()))
            self._check()

        code.textChanged.connect(changed)
        self.lines.append((code, units))
        changed()

    def components(self) -> Components:
        """Return what was entered; the same code twice becomes one."""
        units: dict[str, int] = {}
        for code, count in self.lines:
            typed = code.code().strip()
            if typed:
                resolved = self._book.resolve(typed) or typed
                units[resolved] = units.get(resolved, 0) + count.value()
        return tuple(Component(code, count) for code, count in units.items())

    def _check(self) -> None:
        parts = self.components()
        unknown = [part.erp_code for part in parts if len(self._book) and part.erp_code not in self._book]
        text = self.tr("O ERP não tem: {codes}").format(codes=", ".join(unknown)) if unknown else ""
        self.reason.setText(text)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(parts) and not unknown)
