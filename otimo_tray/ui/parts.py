"""Small widgets that every page uses: headings, plain labels, search field, tabs with counts, bar of messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from otimo_tray.ui.formats import number
from otimo_tray.ui.look import MARGIN, Tone, heading_font, is_high_contrast, line_colour, tone_colour
from otimo_tray.ui.text import translate


def label(text: str = "", *, wrap: bool = False, tone: Tone | None = None, select: bool = False) -> QLabel:
    """Return a label that shows its text as it is: rich text never comes from data."""
    made = ToneLabel(text, tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class ToneLabel(QLabel):
    """A label whose colour has a meaning and follows light and dark."""

    def __init__(self, text: str = "", tone: Tone | None = None) -> None:
        self._tinting = False
        super().__init__(text)
        self._tone: Tone | None = tone
        self._tint()

    def set_tone(self, tone: Tone | None) -> None:
        """Give it another meaning."""
        if tone is not self._tone:
            self._tone = tone
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette of the application."""
        super().changeEvent(event)
        # PaletteChange is what a widget hears when the system goes dark; setting our own colour says so once more.
        if event.type() == QEvent.Type.PaletteChange and not self._tinting:
            self._tint()

    def _tint(self) -> None:
        palette = QPalette()
        if self._tone is not None:
            palette.setColor(QPalette.ColorRole.WindowText, tone_colour(self._tone))
        self._tinting = True
        self.setPalette(palette)
        self._tinting = False


def heading(text: str = "") -> QLabel:
    """Return a page's first line."""
    made = label(text)
    made.setFont(heading_font())
    return made


def button(text: str, pressed: Callable[[], object], *, name: str = "", default: bool = False) -> QPushButton:
    """Return a push button with its action. `text` may hold a mnemonic (&)."""
    made = QPushButton(text)
    made.setObjectName(name or text.replace("&", ""))
    made.setAutoDefault(False)
    made.setDefault(default)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def row(*parts: QWidget | int | None, margin: int = 0) -> QHBoxLayout:
    """Return a line of widgets; None stretches, a number is a space."""
    made = QHBoxLayout()
    made.setContentsMargins(margin, 0, margin, 0)
    made.setSpacing(8)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, int):
            made.addSpacing(part)
        else:
            made.addWidget(part)
    return made


class Line(QWidget):
    """A hairline between parts."""

    def __init__(self, *, vertical: bool = False) -> None:
        self._tinting = False
        super().__init__()
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.setAutoFillBackground(True)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        # PaletteChange is what a widget hears when the system goes dark; setting our own colour says so once more.
        if event.type() == QEvent.Type.PaletteChange and not self._tinting:
            self._tint()

    def _tint(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, line_colour(palette))
        self._tinting = True
        self.setPalette(palette)
        self._tinting = False


class SearchField(QLineEdit):
    """Filters as one types; Ctrl+F goes there, Esc clears it, Down goes into the table.

    Signals:
        searched: the words, at once for each key.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, page: QWidget) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        wide = self.fontMetrics().horizontalAdvance(hint) + 40
        self.setMinimumWidth(min(180, wide))
        self.setMaximumWidth(max(220, wide))
        self._wide = max(220, wide)
        self.textChanged.connect(self.searched)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), page)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._take)

    def sizeHint(self) -> QSize:
        """Return a size that shows the whole hint."""
        return QSize(self._wide, super().sizeHint().height())

    def _take(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Down leaves."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class Tabs(QWidget):
    """Tabs with live counts that filter the table below.

    Signals:
        chosen: key of the tab.
    """

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._titles = dict(tabs)
        self.counts: dict[str, int] = {}
        """What the tabs show."""
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for key, title in tabs:
            made = QToolButton()
            made.setText(title)
            made.setObjectName(f"tab-{key}")
            made.setCheckable(True)
            made.setAutoRaise(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            made.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            made.toggled.connect(self._mark)
            group.addButton(made)
            layout.addWidget(made)
            self._buttons[key] = made
        layout.addStretch(1)
        self._buttons[tabs[0][0]].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Mark the chosen tab as the system's contrast needs it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self, _on: bool = False) -> None:
        """In high contrast a darker ground says nothing: there the chosen tab is underlined."""
        for made in self._buttons.values():
            font = made.font()
            font.setUnderline(made.isChecked() and is_high_contrast())
            made.setFont(font)

    @property
    def current(self) -> str:
        """Key of the chosen tab."""
        return next(key for key, made in self._buttons.items() if made.isChecked())

    def choose(self, key: str) -> None:
        """Choose a tab, as a click does."""
        self._buttons[key].setChecked(True)
        self.chosen.emit(key)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each holds."""
        self.counts = dict(counts)
        for key, made in self._buttons.items():
            made.setText(f"{self._titles[key]}  {number(counts.get(key, 0))}")


class MessageBar(QFrame):
    """The line at a page's foot: what was done, with one button (mostly *Desfazer*), or what went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("messages")
        self._text = ToneLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.setAutoDefault(False)
        self._action.setAccessibleName(self.tr("Ação do aviso"))
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Fechar o aviso"))
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 4, MARGIN, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._todo: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        text: str,
        *,
        tone: Tone | None = None,
        action: str = "",
        todo: Callable[[], object] | None = None,
        seconds: float = 12,
    ) -> None:
        """Say something; errors (tone BAD) stay until closed."""
        self._text.setText(text)
        self._text.set_tone(tone)
        self._todo = todo
        self._action.setText(action)
        self._action.setAccessibleName(action.replace("&", "") or self.tr("Ação do aviso"))
        self._action.setVisible(bool(action))
        self.show()
        if tone is Tone.BAD:
            self._timer.stop()
        else:
            self._timer.start(int(seconds * 1000))

    def clear(self) -> None:
        """Hide it."""
        self._timer.stop()
        self.hide()

    def _act(self) -> None:
        todo, self._todo = self._todo, None
        self.clear()
        if todo is not None:
            todo()


def column(*parts: object, spacing: int = 8, margin: int = MARGIN) -> QVBoxLayout:
    """Return widgets and layouts, one below the other."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        elif part is None:
            made.addStretch(1)
        else:
            made.addLayout(part)  # type: ignore[arg-type]
    return made


def trouble_size() -> QSize:
    """Return the smallest size of a window: 1366 × 768 at 150 % must hold it."""
    return QSize(780, 440)


def count_words(count: int, one: str, many: str) -> str:
    """Return `1 pedido` or `12 pedidos`; both forms translated by the caller."""
    return f"{number(count)} {one if count == 1 else many}"


def waiting_text() -> str:
    """Return what a table says while its rows are being read."""
    return translate("Parts", "Lendo…")
