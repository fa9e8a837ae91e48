"""The main window: a narrow rail with the pages and what waits in each, and the page at its right."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QEnterEvent,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from otimo_tray.domain.status import Status
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone, icon, picture, tone_colour
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import Line, MessageBar, trouble_size
from otimo_tray.ui.support.windows import help_menu
from otimo_tray.ui.text import translate

if TYPE_CHECKING:
    from otimo_tray.ui.tracking.packing import PackingWindow

PAGES = {
    "panel": ("otimo_tray.ui.panel", "PanelPage"),
    "mapping": ("otimo_tray.ui.mapping", "MappingPage"),
    "tracking": ("otimo_tray.ui.tracking", "TrackingPage"),
    "orders": ("otimo_tray.ui.orders", "OrdersPage"),
    "problems": ("otimo_tray.ui.problems", "ProblemsPage"),
    "settings": ("otimo_tray.ui.settings", "SettingsPage"),
}
"""Pages by name: loaded when first shown, so that the window opens fast."""
PACKING = "packing"
"""No page: the packer's own window."""


def page_title(name: str) -> str:
    """Return a page's name on the screen."""
    return {
        "panel": translate("Window", "Painel"),
        "mapping": translate("Window", "De/Para"),
        "tracking": translate("Window", "Rastreio"),
        "orders": translate("Window", "Pedidos"),
        "problems": translate("Window", "Problemas"),
        "settings": translate("Window", "Ajustes"),
        "help": translate("Window", "Ajuda"),
    }[name]


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


class RailButton(QAbstractButton):
    """A page's entry in the rail: icon, word, badge."""

    def __init__(self, name: str, number_key: int) -> None:
        super().__init__()
        self.name = name
        self.setObjectName(f"rail-{name}")
        self.setText(page_title(name))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"Ctrl+{number_key}")
        self._count = 0
        self._urgent = False

    def set_badge(self, count: int, urgent: bool) -> None:
        """Show a count; 0 shows none."""
        if (count, urgent) != (self._count, self._urgent):
            self._count, self._urgent = count, urgent
            said = f", {number(count)}" if count else ""
            self.setAccessibleName(self.text() + said)
            self.update()

    @property
    def badge(self) -> int:
        """The count shown."""
        return self._count

    def sizeHint(self) -> QSize:
        """Return one size for all: wide enough for the longest word and a badge."""
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(page_title(name)) for name in PAGES)
        return QSize(longest + 88, max(36, metrics.height() + 20))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Calm down again."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it flat: the chosen one has a bar at its left, whatever the colours."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        area = self.rect()
        text_colour = palette.color(QPalette.ColorRole.WindowText)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            ground = palette.color(QPalette.ColorRole.WindowText)
            ground.setAlphaF(0.09 if self.isChecked() else 0.05)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 4, 4)
        if self.isChecked():
            painter.setBrush(palette.color(QPalette.ColorRole.Accent))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRect(4, 9, 3, area.height() - 18), 1, 1)
        icon(self.name, text_colour).paint(painter, QRect(16, (area.height() - 20) // 2, 20, 20))
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(text_colour)
        painter.drawText(area.adjusted(44, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._count:
            self._paint_badge(painter)
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(4, 1, -5, -2), 4, 4)

    def _paint_badge(self, painter: QPainter) -> None:
        text = number(self._count) if self._count < 1000 else "999+"
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        metrics = QFontMetrics(font)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        place = QRect(self.width() - width - 10, (self.height() - height) // 2, width, height)
        if self._urgent:
            ground, ink = tone_colour(Tone.BAD), self.palette().color(QPalette.ColorRole.Base)
        else:
            ground = self.palette().color(QPalette.ColorRole.WindowText)
            ground.setAlphaF(0.13)
            ink = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


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
