"""The tray icon: a thin shell over `tray_words`; shape, tool tip and menu say how things stand.

Imports nothing that is slow: it is up before the windows, the database and the engine are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from otimo_tray.domain.status import State, Status
from otimo_tray.ui.look import picture
from otimo_tray.ui.tray_words import ICONS, Sentence, headline, tooltip

LOOK_MS = 3000
"""How often we look for a tray host, only while there is none."""
PAGES = ("mapping", "tracking", "orders", "problems", "settings")


class Tray(QObject):
    """The icon near the clock.

    Signals:
        open_page: a page of the window is asked for, by name; "" where the window was left.
        sync_asked, resume_asked, quit_asked: the menu's entries.
        pause_asked: minutes; 0 until resumed.
        host_missing: there is no tray host at all (told once).
    """

    open_page = Signal(str)
    sync_asked = Signal()
    pause_asked = Signal(int)
    resume_asked = Signal()
    quit_asked = Signal()
    host_missing = Signal()

    def __init__(self, available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable) -> None:
        super().__init__()
        self._available = available
        self._state = State.SETUP
        self.menu = self._make_menu()
        self.icon = QSystemTrayIcon(self._picture(State.SYNCING), self)
        self.icon.setContextMenu(self.menu)
        self.icon.setToolTip("Ótimo Tray")
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self._message_clicked)
        self._message_place = ""
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._try_again)

    def start(self) -> None:
        """Show the icon, or wait for a tray host and tell that there is none."""
        if self._available():
            self.icon.show()
            return
        self._look.start()
        self.host_missing.emit()

    def stop(self) -> None:
        """Take the icon away."""
        self._look.stop()
        self.icon.hide()

    def show_status(self, status: Status, sentence: Sentence, zone: tzinfo, leader: str = "") -> None:
        """Tell how things stand; `leader`: which desk of several runs the synchronisation, or that none is reached."""
        if status.state is not self._state:
            self._state = status.state
            self.icon.setIcon(self._picture(status.state))
        text = tooltip(status, sentence, zone, leader)
        if text != self.icon.toolTip():
            self.icon.setToolTip(text)
        paused = status.state is State.PAUSED or status.paused_until is not None
        self._pause.menuAction().setVisible(not paused)
        self._resume.setVisible(paused)
        self._sync.setEnabled(status.state not in {State.SYNCING, State.SETUP})
        self._said.setText(headline(status, sentence, zone).replace("&", "&&")[:80])
        self._leader.setText(leader.replace("&", "&&")[:80])
        self._leader.setVisible(bool(leader))

    def say(self, title: str, text: str, place: str) -> None:
        """Show a balloon; a click on it leads to where it can be handled."""
        self._message_place = place
        self.icon.showMessage(title, text, self.icon.icon(), 10_000)

    def _try_again(self) -> None:
        if self._available():
            self._look.stop()
            self.icon.hide()
            self.icon.show()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        opening = {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}
        if reason in opening:
            self.open_page.emit("panel")

    def _message_clicked(self) -> None:
        self.open_page.emit(self._message_place)

    def _make_menu(self) -> QMenu:
        menu = QMenu()
        self._said = self._add(menu, "Ótimo Tray", None)
        self._said.setEnabled(False)
        self._leader = self._add(menu, "", None)
        self._leader.setEnabled(False)
        self._leader.setVisible(False)
        menu.addSeparator()
        self._sync = self._add(menu, self.tr("&Sincronizar agora"), self.sync_asked.emit)
        self._pause = menu.addMenu(self.tr("&Pausar"))
        self._add(self._pause, self.tr("Por &15 minutos"), lambda: self.pause_asked.emit(15))
        self._add(self._pause, self.tr("Por &1 hora"), lambda: self.pause_asked.emit(60))
        self._add(self._pause, self.tr("&Até eu retomar"), lambda: self.pause_asked.emit(0))
        self._resume = self._add(menu, self.tr("&Retomar"), self.resume_asked.emit)
        self._resume.setVisible(False)
        menu.addSeparator()
        titles = (
            self.tr("&De/Para"),
            self.tr("Ras&treio"),
            self.tr("P&edidos"),
            self.tr("Pro&blemas"),
            self.tr("A&justes"),
        )
        for name, title in zip(PAGES, titles, strict=True):
            self._add(menu, title, lambda name=name: self.open_page.emit(name))
        self._add(menu, self.tr("E&mbalagem (ler códigos)"), lambda: self.open_page.emit("packing"))
        menu.addSeparator()
        self._add(menu, self.tr("Sai&r"), self.quit_asked.emit)
        return menu

    @staticmethod
    def _add(menu: QMenu, title: str, chosen: Callable[[], object] | None) -> QAction:
        action = menu.addAction(title)
        if chosen is not None:
            action.triggered.connect(lambda _checked=False: chosen())
        return action

    @staticmethod
    def _picture(state: State) -> QIcon:
        return picture(ICONS[state])
