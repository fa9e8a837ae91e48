"""Palettes as the systems give them, for pictures: offscreen there is no system to ask."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

_ROLE = QPalette.ColorRole
_SETS = {
    "light": {
        "window": "#f3f3f3",
        "base": "#ffffff",
        "text": "#1b1b1b",
        "button": "#fbfbfb",
        "accent": "#005fb8",
        "dim": "#6b6b6b",
    },
    "dark": {
        "window": "#202020",
        "base": "#1a1a1a",
        "text": "#f2f2f2",
        "button": "#2d2d2d",
        "accent": "#4cc2ff",
        "dim": "#a0a0a0",
    },
    "contrast": {
        "window": "#000000",
        "base": "#000000",
        "text": "#ffffff",
        "button": "#000000",
        "accent": "#ffff00",
        "dim": "#3ff23f",
    },
}


def palette(mode: str) -> QPalette:
    """Return the palette of a mode."""
    colours = {name: QColor(value) for name, value in _SETS[mode].items()}
    made = QPalette(colours["button"], colours["window"])
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.ToolTipText):
        made.setColor(role, colours["text"])
    for role in (_ROLE.Base, _ROLE.ToolTipBase):
        made.setColor(role, colours["base"])
    made.setColor(_ROLE.AlternateBase, colours["window"])
    made.setColor(_ROLE.Button, colours["button"])
    made.setColor(_ROLE.PlaceholderText, colours["dim"])
    made.setColor(_ROLE.Highlight, colours["accent"])
    made.setColor(_ROLE.Accent, colours["accent"])
    made.setColor(_ROLE.HighlightedText, QColor("#ffffff" if mode == "light" else "#000000"))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colours["dim"])
    return made
