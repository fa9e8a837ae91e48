"""The main window: a narrow rail with the pages and what waits in each, and the page at its right."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otimo_tray.domain.status import Status
from otimo_tray.ui.link import LinkBanner
from otimo_tray.ui.look import picture
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import Line, MessageBar, trouble_size
from otimo_tray.ui.rail import PACKING, PAGES, RailButton, page_title
from otimo_tray.ui.support.windows import help_menu

if TYPE_CHECKING:
    from otimo_tray.ui.tracking.packing import PackingWindow


def badges(status: Status) -> dict[str, tuple[int, bool]]:
    """Return for each page how many things wait there, and whether they are urgent."""
    waiting = status.waiting
    orders = waiting.orders_waiting + waiting.first_run_orders + waiting.cancelled_orders + waiting.invoices_proposed
    return {
        "mapping": (waiting.unmapped_skus, False),
        "tracking": (waiting.tracking_codes, False),
        "orders": (orders, waiting.cancelled_orders > 0),
        "problems": (waiting.problems + waiting.held, True),
    }


class Window(QWidget):
    """The one window.

    Signals:
        quit_asked: it was closed where there is no tray to stay in.
        support_asked: the wizard or a window of help is asked for, and where in it.
    """

    quit_asked = Signal()
    support_asked = Signal(str, str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._pages: dict[str, Page] = {}
        self._areas: dict[str, QScrollArea] = {}
        self.packing: PackingWindow | None = None
        self._stays: Callable[[], bool] = lambda: False
        self._shown = "panel"
        self.setObjectName("main")
        self.setWindowTitle("Ótimo Tray")
        self.setWindowIcon(picture("app"))
        self.setMinimumSize(trouble_size())
        self.resize(1180, 700)
        self.rail: dict[str, RailButton] = {}
        self._stack = QStackedWidget()
        group = QButtonGroup(self)
        rail = QVBoxLayout()
        rail.setContentsMargins(0, 8, 0, 8)
        rail.setSpacing(2)
        for key, name in enumerate(PAGES, 1):
            if name == "settings":
                rail.addStretch(1)
            made = RailButton(name, key)
            made.clicked.connect(lambda _=False, name=name: self.show_page(name))
            group.addButton(made)
            rail.addWidget(made)
            self.rail[name] = made
            shortcut = QShortcut(QKeySequence(f"Ctrl+{key}"), self)
            shortcut.activated.connect(lambda name=name: self.show_page(name))
        rail.addWidget(self._help_button())
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(self._help)
        refresh = QShortcut(QKeySequence("F5"), self)
        refresh.activated.connect(bench.desk.engine.sync_now)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(rail)
        layout.addWidget(Line(vertical=True))
        self.notices = MessageBar()
        self.notices.setObjectName("notices")
        pages = QVBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(LinkBanner(bench))
        pages.addWidget(self.notices)
        pages.addWidget(self._stack, 1)
        layout.addLayout(pages, 1)
        kept = bench.layout.value("window/geometry")
        if kept is not None:
            self.restoreGeometry(kept)

    def open_at(self, page: str = "", item: str = "") -> None:
        """Show the window at a page, in front of the others; the packer's window alone where that is asked for."""
        if page == PACKING:
            self.open_packing()
            return
        self.show_page(page or str(self._bench.layout.value("window/page", "panel")), item)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _help_button(self) -> RailButton:
        """An entry of the rail that opens a menu instead of a page."""
        made = RailButton("help", 0)
        made.setCheckable(False)
        made.setToolTip("F1")
        menu = help_menu(made, lambda name: self.support_asked.emit(name, self._shown if name == "guide" else ""))
        made.clicked.connect(lambda _=False: menu.popup(made.mapToGlobal(QPoint(made.width(), 0))))
        return made

    def _help(self) -> None:
        """The guide, at the chapter of the page that is shown."""
        self.support_asked.emit("guide", self._shown)

    def _go(self, name: str, item: str) -> None:
        """A page asked for another one, for the packer's window, or for a window of help."""
        if name == PACKING:
            self.open_packing()
        elif name in PAGES:
            self.show_page(name, item)
        else:
            self.support_asked.emit(name, item)

    def show_page(self, name: str, item: str = "") -> Page:
        """Bring a page to the front."""
        name = name if name in PAGES else "panel"
        self._shown = name
        page = self._page(name)
        self._stack.setCurrentWidget(self._areas[name])
        self.rail[name].setChecked(True)
        self.setWindowTitle(self.tr("{page} – Ótimo Tray").format(page=page_title(name)))
        self._bench.layout.setValue("window/page", name)
        page.take_focus()
        if item:
            page.show_item(item)
        return page

    def open_packing(self) -> None:
        """Open the packer's own window; this one stays as it is."""
        from otimo_tray.ui.tracking.packing import PackingWindow

        if self.packing is None:
            self.packing = PackingWindow(self._bench, self)
            self.packing.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.packing.open()

    def show_status(self, status: Status) -> None:
        """Show what waits."""
        for name, (count, urgent) in badges(status).items():
            self.rail[name].set_badge(count, urgent)

    def set_stays(self, stays: Callable[[], bool]) -> None:
        """Say how to find out whether closing leaves the program in the tray."""
        self._stays = stays

    def leave(self) -> None:
        """Remember where it was, for good. The packer's window stays: somebody may be scanning there."""
        self._bench.layout.setValue("window/geometry", self.saveGeometry())
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay in the tray; without one, end."""
        self.leave()
        event.ignore()
        if not self._stays():
            self.quit_asked.emit()

    def _page(self, name: str) -> Page:
        page = self._pages.get(name)
        if page is None:
            module, made_by = PAGES[name]
            page = getattr(import_module(module), made_by)(self._bench)
            assert isinstance(page, Page)
            page.go.connect(self._go)
            self._pages[name] = page
            area = QScrollArea()  # a longer language or a narrow screen scrolls; nothing is ever cut
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            self._areas[name] = area
            self._stack.addWidget(area)
        return page
