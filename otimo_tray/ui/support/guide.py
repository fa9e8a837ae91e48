"""The guide: chapters at the left, searched by their whole text, the chosen one at the right."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPalette, QTextDocument
from PySide6.QtWidgets import QListWidget, QSplitter, QTextBrowser, QWidget

from otimo_tray.ui.look import Tone, resource, tone_colour
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import SearchField, button, column, heading, row
from otimo_tray.ui.tables.folding import fold

OF_PAGE = {
    "panel": "inicio",
    "mapping": "depara",
    "tracking": "rastreio",
    "orders": "pedidos",
    "problems": "problemas",
    "settings": "ajustes",
    "wizard": "ativar",
}
"""Page of the program → chapter that F1 opens there."""
WIDEST = 640
"""Pictures are shown no wider, in pixels."""


class Chapter(NamedTuple):
    """One Markdown file of `resources/guide`; its first heading is its title."""

    key: str
    title: str
    text: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the guide in its order: file names begin with a number."""
    found: list[Chapter] = []
    for path in sorted(resource("guide").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ").strip()
        found.append(Chapter(path.stem.partition("-")[2], title, text))
    return tuple(found)


class GuideWindow(QWidget):
    """Reads the guide.

    Signals:
        go: another support window is asked for by a link, e.g. `otimo:diagnostics`.
    """

    go = Signal(str, str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setWindowTitle(self.tr("Guia – Ótimo Tray"))
        self.resize(980, 640)
        self._shown: list[Chapter] = []
        self.search = SearchField(self.tr("Buscar no guia"), self)
        self.search.searched.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Capítulos"))
        self.list.currentRowChanged.connect(self._choose)
        self.search.left_down.connect(self.list.setFocus)
        self.text = _Browser()
        self.text.setAccessibleName(self.tr("Capítulo do guia"))
        self.text.anchorClicked.connect(self._follow)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([230, 750])
        self.setLayout(
            column(
                row(
                    heading(self.tr("Guia")),
                    None,
                    self.search,
                    button(self.tr("&Códigos…"), lambda: self.go.emit("codes", ""), name="codes"),
                    button(self.tr("&Diagnóstico…"), lambda: self.go.emit("diagnostics", ""), name="diagnostics"),
                ),
                split,
            )
        )
        self._filter("")

    def show_item(self, item: str) -> None:
        """Show a chapter by its key, or that of a page."""
        self.search.clear()
        key = OF_PAGE.get(item, item) or "inicio"
        places = [place for place, chapter in enumerate(self._shown) if chapter.key == key]
        self.list.setCurrentRow(places[0] if places else 0)
        self.list.setFocus()

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        found = [chapter for chapter in chapters() if all(word in fold(chapter.text) for word in words)]
        self._shown = found
        self.list.clear()
        self.list.addItems([chapter.title for chapter in found])
        self.list.setCurrentRow(0)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self.text.show_chapter(self._shown[place].text)

    def _follow(self, link: QUrl) -> None:
        """Links lead to other chapters (`#depara`) and windows (`otimo:log`); nowhere outside."""
        if link.scheme() == "otimo":
            self.go.emit(link.path(), "")
        elif link.hasFragment():
            self.show_item(link.fragment())


class _Browser(QTextBrowser):
    """Shows Markdown with the pictures of `resources/`, never wider than the text."""

    def __init__(self) -> None:
        self._tinting = True
        self._markdown = ""
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(16)
        self._tinting = False
        self._tint()

    def show_chapter(self, text: str) -> None:
        """Show a chapter; its links take the colour of the moment."""
        self._markdown = text
        self.setMarkdown(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._tinting:
            self._tint()
            self.show_chapter(self._markdown)

    def _tint(self) -> None:
        """Links in a colour that can be read on this ground."""
        self._tinting = True
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Link, tone_colour(Tone.NOTE))
        self.setPalette(palette)
        self._tinting = False

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's name
        """Pictures come from our own resources only, sharp on every screen."""
        place = name.toString() if isinstance(name, QUrl) else name
        if type != int(QTextDocument.ResourceType.ImageResource.value) or ".." in place.removeprefix("../"):
            return None
        image = QImage(str(resource(*place.removeprefix("../").split("/"))))
        if image.isNull():
            return None
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        wide = min(image.width(), int(WIDEST * ratio))
        scaled = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        return scaled
