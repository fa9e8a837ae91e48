"""Edits that met somebody else's: both values stand in the row until the person chooses, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from otimo_tray.domain.desks import Components, Meanwhile, components_text
from otimo_tray.ui.formats import ago
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.parts import ToneLabel, button, row
from otimo_tray.ui.text import translate


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a person wanted of a SKU, and what somebody else had made of it by then.

    Attributes:
        mine: the components, or the rule, that the person wanted.
        words: says such a value.
    """

    mine: Any
    theirs: Meanwhile
    words: Callable[[Any], str] = field(default=lambda value: shown(value or ()))

    @property
    def name(self) -> str:
        """Who the other one is."""
        return self.theirs.by.name or translate("Mapping", "outra pessoa")

    def when(self, now: datetime) -> str:
        """Return `Alterado por Ana há 1 min`."""
        text = translate("Mapping", "Alterado por {name}").format(name=self.name)
        return text if self.theirs.at is None else f"{text} {ago(self.theirs.at, now)}"


def shown(components: Components) -> str:
    """Return components as a cell shows them, in words where there are none."""
    return components_text(components) or translate("Mapping", "sem De/Para")


class ConflictBar(QFrame):
    """One conflict after the other, with its two choices.

    Signals:
        theirs, mine: the SKU whose conflict is settled so.
    """

    theirs = Signal(str)
    mine = Signal(str)

    def __init__(self, now: Callable[[], datetime], title: str = "{sku}") -> None:
        super().__init__()
        self.title = title
        self._now = now
        self.sku = ""
        self.setObjectName("conflict")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.told = ToneLabel("", Tone.WARN)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.take_theirs = button(self.tr("&Ficar com o outro"), lambda: self.theirs.emit(self.sku), name="take-theirs")
        self.take_mine = button(self.tr("&Usar o meu"), lambda: self.mine.emit(self.sku), name="take-mine")
        line = row(self.told, self.take_theirs, self.take_mine)
        line.setContentsMargins(MARGIN, 4, MARGIN, 4)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_conflicts(self, conflicts: Mapping[str, Conflict], current: str = "") -> None:
        """Show one of them: the current row's, else the one that was shown, else the first."""
        if not conflicts:
            self.sku = ""
            self.hide()
            return
        self.sku = next(sku for sku in (current, self.sku, next(iter(conflicts))) if sku in conflicts)
        found = conflicts[self.sku]
        text = self.tr("▲ {sku}: {when}. De {name}: {theirs}. O seu: {mine}.").format(
            sku=self.title.format(sku=self.sku),
            when=found.when(self._now()),
            name=found.name,
            theirs=found.words(found.theirs.value),
            mine=found.words(found.mine),
        )
        if len(conflicts) > 1:
            text += " " + self.tr("Mais {n} assim.").format(n=len(conflicts) - 1)
        self.told.setText(text)
        self.take_theirs.setText(self.tr("&Ficar com o de {name}").format(name=found.name.replace("&", "&&")))
        self.show()
