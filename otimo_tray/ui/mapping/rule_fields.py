"""What a person types for a rule, checked while typing: numbers, money and dates as the shop writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from otimo_tray.ui.formats import decimal_text, number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.parts import label
from otimo_tray.ui.text import translate

FieldKind = Literal["whole", "percent", "share", "money", "switch", "rounding", "start", "end"]
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d{1,2})?")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2}))?")
_MOST_UNITS = 1_000_000
_MOST_MONEY = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field of a rule: its name in `SkuRule`, how it is called, what it takes."""

    name: str
    title: str
    kind: FieldKind
    unit: str = ""


def rule_fields() -> tuple[tuple[str, tuple[RuleField, ...]], ...]:
    """Return all fields in the order of the screen, in groups with a title."""
    percent = "%"
    return (
        (
            translate("Rules", "Estoque"),
            (
                RuleField(
                    "safety_stock", translate("Rules", "Estoque de segurança"), "whole", translate("Rules", "un.")
                ),
                RuleField("safety_percent", translate("Rules", "… ou por cento do saldo"), "share", percent),
                RuleField("max_announced", translate("Rules", "Máximo anunciado"), "whole", translate("Rules", "un.")),
                RuleField("stop_selling", translate("Rules", "Parar de vender (anuncia 0)"), "switch"),
            ),
        ),
        (
            translate("Rules", "Preço"),
            (
                RuleField("markup_percent", translate("Rules", "Acréscimo sobre o ERP"), "percent", percent),
                RuleField("margin_percent", translate("Rules", "Margem dentro do preço"), "share", percent),
                RuleField("rounding", translate("Rules", "Arredondar para cima"), "rounding"),
                RuleField("floor", translate("Rules", "Preço mínimo"), "money", "R$"),
                RuleField("own_price", translate("Rules", "Preço próprio"), "money", "R$"),
                RuleField("own_special_price", translate("Rules", "Preço promocional"), "money", "R$"),
                RuleField("special_from", translate("Rules", "Promoção de"), "start"),
                RuleField("special_until", translate("Rules", "Promoção até"), "end"),
            ),
        ),
    )


def parse_decimal(text: str) -> Decimal | None:
    """Return `1.990`, `1.990,50`, `19,9` or `19.90` as the number that a Brazilian means; None for anything else."""
    cleaned = text.strip().removeprefix("R$").strip()
    if _GROUPED.fullmatch(cleaned):
        return Decimal(cleaned.replace(".", "").replace(",", "."))
    return Decimal(cleaned.replace(",", ".")) if _PLAIN.fullmatch(cleaned) else None


def parse_day(text: str, zone: tzinfo, *, end: bool) -> datetime | None:
    """Return a day (or a minute of it) of the shop as an instant; the end of a bare day is the next midnight."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, hour, minute = match.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=zone)
    except ValueError:
        return None
    if end and hour is None:
        moment += timedelta(days=1)
    return moment


def day_text(moment: datetime, zone: tzinfo, *, end: bool) -> str:
    """Inverse of `parse_day`."""
    local = moment.astimezone(zone)
    if local.hour or local.minute:
        return local.strftime("%d/%m/%Y %H:%M")
    return (local - timedelta(days=1) if end else local).strftime("%d/%m/%Y")


class RuleBox(QWidget):
    """The widget of one field.

    Args:
        field: the declaration.
        zone: the shop's time zone, for dates.
        changed: called at each key.

    Attributes:
        reason: why what is typed isn't right; "" when it is.
    """

    def __init__(self, field: RuleField, zone: tzinfo, changed: Callable[[], object]) -> None:
        super().__init__()
        self.field = field
        self.reason = ""
        self._zone = zone
        self._changed = changed
        self.box = self._make()
        self.box.setObjectName(f"rule-{field.name}")
        self.box.setAccessibleName(field.title)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.box)
        if field.unit:
            line.addWidget(label(field.unit))
        line.addStretch(1)
        self._wrong = label(wrap=True, tone=Tone.BAD)
        self._wrong.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self._wrong)

    def value(self) -> Any:
        """Return what was typed; None (False for a switch) for nothing. Look at `reason` first."""
        box = self.box
        if isinstance(box, QCheckBox):
            return box.isChecked()
        if isinstance(box, QComboBox):
            return box.currentData()
        assert isinstance(box, QLineEdit)
        return self._parsed(box.text().strip())

    def show_value(self, value: Any) -> None:
        """Show a value without telling that it changed."""
        box = self.box
        box.blockSignals(True)
        if isinstance(box, QCheckBox):
            box.setChecked(bool(value))
        elif isinstance(box, QComboBox):
            box.setCurrentIndex(max(0, box.findData(value)))
        elif isinstance(box, QLineEdit):
            box.setText("" if value is None else self._text(value))
        box.blockSignals(False)
        self._check()

    def show_default(self, text: str) -> None:
        """Say what counts while nothing is typed."""
        if isinstance(self.box, QLineEdit):
            self.box.setPlaceholderText(text)
            self.box.setToolTip(text)
        elif isinstance(self.box, QComboBox):
            self.box.setItemText(0, text)

    def blame(self, reason: str) -> None:
        """Say what is wrong beside the field; "" takes it back."""
        self.reason = reason
        self._wrong.setText(f"⚠ {reason}" if reason else "")
        self._wrong.setVisible(bool(reason))

    def _make(self) -> QWidget:
        kind = self.field.kind
        if kind == "switch":
            switch = QCheckBox(self.field.title)
            switch.toggled.connect(self._edited)
            return switch
        if kind == "rounding":
            choice = QComboBox()
            for words, value in (
                (translate("Rules", "padrão"), None),
                (translate("Rules", "não"), "none"),
                (",90", "90"),
                (",99", "99"),
            ):
                choice.addItem(words, value)
            choice.currentIndexChanged.connect(self._edited)
            choice.setMinimumWidth(150)
            return choice
        line = QLineEdit()
        line.setMinimumWidth(150)
        if kind in {"start", "end"}:
            line.setPlaceholderText(translate("Rules", "dd/mm/aaaa"))
        else:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self._edited)
        return line

    def _edited(self, *_: object) -> None:
        self._check()
        self._changed()

    def recheck(self) -> None:
        """Look at the text alone again, whatever was blamed before."""
        self._check()

    def _check(self) -> None:
        box = self.box
        text = box.text().strip() if isinstance(box, QLineEdit) else ""
        self.blame(self._reason(text) if text else "")

    def _reason(self, text: str) -> str:
        value = self._parsed(text)
        kind = self.field.kind
        if kind in {"start", "end"}:
            wanted = translate("Rules", "Uma data como 30/11/2026, ou 30/11/2026 18:00.")
            return "" if value is not None else wanted
        if kind == "whole":
            wanted = translate("Rules", "Um número inteiro a partir de 0.")
            return "" if value is not None and 0 <= value <= _MOST_UNITS else wanted
        if kind == "share":
            wanted = translate("Rules", "Um número de 0 a 100.")
            return "" if value is not None and 0 <= value <= 100 else wanted
        if kind == "percent":
            wanted = translate("Rules", "Um número acima de -100, como 10 ou 12,5.")
            return "" if value is not None and -100 < value <= 10_000 else wanted
        wanted = translate("Rules", "Um valor como 49,90.")
        return "" if value is not None and 0 < value <= _MOST_MONEY else wanted

    def _parsed(self, text: str) -> Any:
        if not text:
            return None
        kind = self.field.kind
        if kind in {"start", "end"}:
            return parse_day(text, self._zone, end=kind == "end")
        value = parse_decimal(text)
        if kind == "whole":
            return int(value) if value is not None and value == value.to_integral_value() else None
        return value

    def _text(self, value: Any) -> str:
        kind = self.field.kind
        if kind in {"start", "end"}:
            return day_text(value, self._zone, end=kind == "end")
        if kind == "whole":
            return number(int(value))
        return decimal_text(value, 2 if kind == "money" else None)
