"""A box for intervals, typed and shown as people say them: `5 min`, `20 s`, `2 h`."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

from otimo_tray.ui.text import translate

_UNITS = {"s": 1, "seg": 1, "m": 60, "min": 60, "h": 3600}
_FORM = re.compile(r"\s*(\d{1,6})\s*([a-z]*)[a-z.]*\s*")


def duration_text(seconds: int) -> str:
    """Return an interval in its largest whole unit."""
    if seconds % 3600 == 0:
        return translate("Duration", "{n} h").format(n=seconds // 3600)
    if seconds % 60 == 0:
        return translate("Duration", "{n} min").format(n=seconds // 60)
    return translate("Duration", "{n} s").format(n=seconds)


def parse_duration(text: str) -> int | None:
    """Return the seconds of a text; a bare number means minutes. None for anything else."""
    match = _FORM.fullmatch(text.casefold())
    if match is None:
        return None
    unit = match[2] or "min"
    known = next((_UNITS[name] for name in ("min", "seg", "s", "m", "h") if unit.startswith(name)), None)
    return None if known is None else int(match[1]) * known


class DurationBox(QSpinBox):
    """Steps by ten seconds below a minute and by minutes above. Its value is in seconds."""

    def textFromValue(self, val: int) -> str:
        """Show it as people say it."""
        return duration_text(val)

    def valueFromText(self, text: str) -> int:
        """Understand what was typed."""
        return parse_duration(text) or self.value()

    def validate(self, input: str, pos: int) -> object:  # noqa: A002
        """Let a person type; only a whole interval within the limits counts."""
        seconds = parse_duration(input)
        if seconds is None:
            form = re.fullmatch(r"[\d\sa-z.]*", input.casefold())
            state = QValidator.State.Intermediate if form else QValidator.State.Invalid
        elif self.minimum() <= seconds <= self.maximum():
            state = QValidator.State.Acceptable
        else:
            state = QValidator.State.Intermediate
        return state, input, pos

    def stepBy(self, steps: int) -> None:
        """Step to the next round interval."""
        step = 10 if self.value() + steps < 60 else 60 if self.value() + steps < 3600 else 600
        if self.value() == 60 and steps > 0:
            step = 60
        self.setValue((self.value() // step + steps) * step)
