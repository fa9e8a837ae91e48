"""Opens the windows of help and support, one of each kind, loaded when first asked for."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from otimo_tray.ui.page import Bench
from otimo_tray.ui.text import translate

SUPPORT = ("guide", "diagnostics", "log", "codes", "acts", "transfer", "about")
"""Names under which pages, menus and notices ask for them."""


class SupportWindows(QObject):
    """Holds them.

    Signals:
        restart_asked: the program must start anew, to take another PC's shop over.
    """

    restart_asked = Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._open: dict[str, QWidget] = {}

    def open(self, name: str, item: str = "") -> QWidget:
        """Open one at an item: a chapter, an order's number, a code, "import"."""
        window = self._open.get(name)
        if window is None or not shiboken6.isValid(window):
            window = self._make(name)
            window.setObjectName(name)
            window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            kept = self._bench.layout.value(f"{name}/geometry")
            if kept is not None:
                window.restoreGeometry(kept)
            self._open[name] = window
        show_item: Callable[[str], object] = getattr(window, "show_item")  # noqa: B009 - each has its own class
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        show_item(item)
        window.raise_()
        window.activateWindow()
        return window

    def close(self) -> None:
        """Remember where they were and let them go."""
        for name, window in self._open.items():
            if shiboken6.isValid(window):
                self._bench.layout.setValue(f"{name}/geometry", window.saveGeometry())
                window.hide()
                window.deleteLater()
        self._open.clear()

    def _make(self, name: str) -> QWidget:
        bench = self._bench
        if name == "diagnostics":
            from otimo_tray.ui.support.diagnostics import DiagnosticsWindow

            return DiagnosticsWindow(bench)
        if name == "log":
            from otimo_tray.ui.support.log import LogWindow

            return LogWindow(bench)
        if name == "codes":
            from otimo_tray.ui.support.codes import CodesWindow

            return CodesWindow(bench)
        if name == "acts":
            from otimo_tray.ui.support.acts import ActsWindow

            return ActsWindow(bench)
        if name == "transfer":
            from otimo_tray.ui.support.transfer import TransferWindow

            made = TransferWindow(bench)
            made.restart_asked.connect(self.restart_asked)
            return made
        if name == "about":
            from otimo_tray.ui.support.about import AboutWindow

            about = AboutWindow(bench)
            about.go.connect(self.open)
            return about
        from otimo_tray.ui.support.guide import GuideWindow

        guide = GuideWindow(bench)
        guide.go.connect(self.open)
        return guide


def help_menu(parent: QWidget, chosen: Callable[[str], object]) -> QMenu:
    """Return the menu *Ajuda*; `chosen` gets one of `SUPPORT` or "wizard"."""
    menu = QMenu(parent)
    for name, title in (
        ("guide", translate("Support", "&Guia\tF1")),
        ("codes", translate("Support", "&O que diz um código…")),
        ("", ""),
        ("diagnostics", translate("Support", "&Diagnóstico…")),
        ("log", translate("Support", "&Registro…")),
        ("acts", translate("Support", "&Quem fez o quê…")),
        ("", ""),
        ("wizard", translate("Support", "&Assistente de ativação…")),
        ("transfer", translate("Support", "&Mudar para outro PC…")),
        ("", ""),
        ("about", translate("Support", "&Sobre o Ótimo Tray")),
    ):
        if not name:
            menu.addSeparator()
            continue
        action = menu.addAction(title)
        action.setObjectName(f"help-{name}")
        action.triggered.connect(lambda _=False, name=name: chosen(name))
    return menu
