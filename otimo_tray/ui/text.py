"""Qt's translation under a short name, for texts outside of a QObject; widgets use their own `tr`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
"""`translate("Context", "texto")`: found by lupdate under this name."""


def plain(text: str) -> str:
    """Return a text for a tool tip: Qt would take it for rich text if it looked like HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if "<" in text else text
