"""The field of one setting: made from its declaration, checks while one types, says what is wrong beside itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from otimo_tray.ui.formats import decimal_text, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import label
from otimo_tray.ui.settings.duration import DurationBox
from otimo_tray.ui.settings.options import Option, key_of
from otimo_tray.ui.tables.folding import fold
from otimo_tray.ui.text import translate


class Field(QWidget):
    """Shows and takes one setting.

    Attributes:
        option: the declaration.
        reason: why the text isn't right; "" when it is.
    """

    def __init__(self, option: Option, changed: Callable[[], object]) -> None:
        super().__init__()
        self.option = option
        self.reason = ""
        self._changed = changed
        self.setObjectName(option.path)
        self.box = self._make()
        self.box.setAccessibleName(option.title)
        self.box.setAccessibleDescription(option.help)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.box)
        if option.unit and option.kind != "whole":
            line.addWidget(label(option.unit))
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        if option.help:
            layout.addWidget(label(option.help, wrap=True, tone=Tone.QUIET))
        self._wrong = label(wrap=True, tone=Tone.BAD)
        self._wrong.hide()
        layout.addWidget(self._wrong)

    def show_value(self, value: Any) -> None:
        """Show a value, without telling that it changed."""
        box = self.box
        box.blockSignals(True)
        if isinstance(box, QCheckBox):
            box.setChecked(bool(value))
        elif isinstance(box, QComboBox):
            place = box.findData(value)
            if place < 0:
                box.addItem(str(value), value)
                place = box.count() - 1
            box.setCurrentIndex(place)
        elif isinstance(box, QSpinBox):
            box.setValue(box.minimum() if value is None else int(value))
        elif isinstance(box, QLineEdit):
            box.setText(self._text(value))
        box.blockSignals(False)
        self._check()

    def value(self) -> Any:
        """Return the value typed; look at `reason` first."""
        box, option = self.box, self.option
        if isinstance(box, QCheckBox):
            return box.isChecked()
        if isinstance(box, QComboBox):
            return box.currentData()
        if isinstance(box, QSpinBox):
            return None if option.optional and box.value() == box.minimum() else box.value()
        assert isinstance(box, QLineEdit)
        text = box.text().strip()
        if option.kind == "decimal":
            return raw_decimal(text) if text else None if option.optional else Decimal(0)
        if option.kind == "number":
            return float(raw_decimal(text) or 0)
        if option.kind == "list":
            parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
            if option.path == "shop.cnpjs":  # copied with its punctuation
                parts = ["".join(char for char in part if char.isalnum()).upper() for part in parts]
            return tuple(dict.fromkeys(parts))
        return text

    def matches(self, words: list[str]) -> bool:
        """Tell whether a search means this setting."""
        text = fold(f"{self.option.title} {self.option.help} {self.option.path}")
        return all(word in text for word in words)

    def _make(self) -> QWidget:
        option = self.option
        if option.kind == "switch":
            switch = QCheckBox(option.title)
            switch.toggled.connect(self._edited)
            return switch
        if option.kind == "choice":
            choice = QComboBox()
            for value, words in option.choices:
                choice.addItem(words, value)
            choice.currentIndexChanged.connect(self._edited)
            return choice
        if option.kind in {"whole", "minutes"}:
            number = DurationBox() if option.kind == "minutes" else QSpinBox()
            number.setRange(int(option.low) - (1 if option.optional else 0), int(option.high))
            number.setGroupSeparatorShown(True)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            number.setKeyboardTracking(True)
            number.setMinimumWidth(120)
            if option.optional:
                number.setSpecialValueText(translate("Settings", "sem limite"))
            if option.kind == "whole" and option.unit:
                number.setSuffix(f" {option.unit}")
            number.valueChanged.connect(self._edited)
            return number
        line = QLineEdit()
        if option.kind in {"decimal", "number"}:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setMaximumWidth(120)
        else:
            line.setMinimumWidth(280)
        line.textChanged.connect(self._edited)
        return line

    def _text(self, value: Any) -> str:
        if value is None:
            return ""
        if self.option.kind in {"decimal", "number"}:
            return decimal_text(Decimal(str(value)), None)
        if self.option.kind == "list":
            return ", ".join(value)
        return str(value)

    def _edited(self, *_: object) -> None:
        self._check()
        self._changed()

    def _check(self) -> None:
        self.reason = self._find_reason()
        self._wrong.setText(self.reason)
        self._wrong.setVisible(bool(self.reason))

    def _find_reason(self) -> str:
        option = self.option
        if option.kind in {"decimal", "number"} and isinstance(self.box, QLineEdit):
            text = self.box.text().strip()
            number = raw_decimal(text)
            if number is None and (text or option.kind == "number"):
                return translate("Settings", "“{text}” não é um número.").format(text=text)
            if number is not None and not option.low <= number <= option.high:
                low, high = decimal_text(Decimal(str(option.low)), None), decimal_text(Decimal(str(option.high)), None)
                return translate("Settings", "Entre {low} e {high}.").format(low=low, high=high)
        if option.path == "shop.cnpjs":
            for cnpj in self.value():
                if len(cnpj) != 14:
                    return translate("Settings", "{cnpj} não tem os 14 caracteres de um CNPJ.").format(cnpj=cnpj)
        test = key_of(option.path).test
        if test is not None and not test(self.value()):
            if "url" in option.path:
                return translate("Settings", "Precisa começar com https:// e não ter espaços.")
            return translate("Settings", "Este valor não serve.")
        return ""
