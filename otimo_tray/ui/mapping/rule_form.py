"""The form of a rule: its fields in groups, checked together, with what counts where nothing is typed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from otimo_tray.domain.rule_book import Told
from otimo_tray.domain.rules import SkuRule
from otimo_tray.ui.formats import decimal_text, raw_decimal
from otimo_tray.ui.look import Tone
from otimo_tray.ui.mapping.explained import origin
from otimo_tray.ui.mapping.rule_fields import RuleBox, rule_fields
from otimo_tray.ui.parts import label


class RuleForm(QWidget):
    """Edits one `SkuRule`.

    Args:
        zone: the shop's time zone.
        names: the fields offered; None offers all.

    Signals:
        edited: something was typed; `rule` is None while it isn't right.
    """

    edited = Signal()

    def __init__(self, zone: tzinfo, names: Collection[str] | None = None) -> None:
        super().__init__()
        self.boxes: dict[str, RuleBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        place = 0
        for title, declared in rule_fields():
            offered = [field for field in declared if names is None or field.name in names]
            if not offered:
                continue
            over = label(title, tone=Tone.QUIET)
            over.setContentsMargins(0, 8 if place else 0, 0, 0)
            grid.addWidget(over, place, 0, 1, 2)
            for field in offered:
                place += 1
                box = RuleBox(field, zone, self._changed)
                self.boxes[field.name] = box
                if field.kind == "switch":
                    grid.addWidget(box, place, 0, 1, 2)
                    continue
                words = label(field.title)
                words.setBuddy(box.box)
                words.setContentsMargins(0, (box.box.sizeHint().height() - words.sizeHint().height()) // 2, 0, 0)
                grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(box, place, 1)
            place += 1
        grid.setRowStretch(place, 1)

    @property
    def rule(self) -> SkuRule | None:
        """The rule typed; None while a field isn't right."""
        if any(box.reason for box in self.boxes.values()):
            return None
        return SkuRule(**{name: box.value() for name, box in self.boxes.items()})

    def show_rule(self, rule: SkuRule) -> None:
        """Show a rule; fields that aren't offered are left out."""
        for name, box in self.boxes.items():
            box.show_value(getattr(rule, name))
        self._check_together()

    def show_defaults(self, told: Told) -> None:
        """Say in each empty field what counts without it: a pattern's number, or the shop's."""
        for name, box in self.boxes.items():
            entry = told.get(name)
            if box.field.kind in {"start", "end", "switch"}:
                continue
            if entry is None:
                box.show_default(self.tr("nenhum") if box.field.kind != "rounding" else self.tr("padrão: não"))
                continue
            value = entry["value"]
            if box.field.kind == "rounding":
                shown = self.tr("não") if value == "none" else f",{value}"
            else:
                shown = decimal_text(raw_decimal(value), 2 if box.field.kind == "money" else None)
            box.show_default(f"{shown} ({origin(told, name)})")

    def _changed(self) -> None:
        self._check_together()
        self.edited.emit()

    def _check_together(self) -> None:
        """What one field alone can't tell."""
        if "own_special_price" not in self.boxes:
            return
        special, start, end = (self.boxes[name] for name in ("own_special_price", "special_from", "special_until"))
        own = self.boxes["own_price"]
        for box in (special, start, end):
            box.recheck()
        dates: list[Any] = [box.value() for box in (start, end)]
        if any(dates) and special.value() is None and not special.reason:
            special.blame(self.tr("Informe o preço promocional, ou apague as datas."))
        if all(dates) and not end.reason and dates[0] >= dates[1]:
            end.blame(self.tr("A promoção termina antes de começar."))
        prices: list[Any] = [special.value(), own.value()]
        if all(price is not None for price in prices) and prices[0] > prices[1] and not special.reason:
            special.blame(self.tr("A promoção é mais cara que o preço próprio."))
