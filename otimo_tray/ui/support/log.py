"""The program's log: the newest lines, filtered as one types, followed while it grows."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.support.diagnostics import newest_log
from otimo_tray.ui.look import Tone, fixed_font
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import SearchField, column, heading, label, row
from otimo_tray.ui.tables.folding import fold

LOOK_MS = 2000
LINES_SHOWN = 5000
LEVELS = ("", "WARNING", "ERROR")


def filtered(text: str, query: str, level: str) -> list[str]:
    """Return the newest lines that hold every word, at or above a level; a line without a level follows its record."""
    wanted = {"": ("",), "WARNING": (" WARNING ", " ERROR ", " CRITICAL "), "ERROR": (" ERROR ", " CRITICAL ")}[level]
    words = fold(query).split()
    records: list[list[str]] = []
    for line in text.splitlines():
        if line[:4].isdigit() or not records:
            records.append([line])
        else:
            records[-1].append(line)
    found: list[str] = []
    for record in records:
        whole = fold("\n".join(record)) if words else ""
        if any(mark in record[0] for mark in wanted) and all(word in whole for word in words):
            found += record
    return found[-LINES_SHOWN:]


class LogWindow(QWidget):
    """Shows the log; looks for new lines while it is followed and visible."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._text = ""
        self.setWindowTitle(self.tr("Registro – Ótimo Tray"))
        self.resize(900, 520)
        self.search = SearchField(self.tr("Filtrar linhas"), self)
        self.search.searched.connect(self._show)
        self.level = QComboBox()
        self.level.setAccessibleName(self.tr("Nível"))
        for key, title in zip(
            LEVELS, (self.tr("todas as linhas"), self.tr("avisos e erros"), self.tr("só erros")), strict=True
        ):
            self.level.addItem(title, key)
        self.level.currentIndexChanged.connect(self._show)
        self.follow = QCheckBox(self.tr("&Acompanhar"))
        self.follow.setChecked(True)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFont(fixed_font())
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setAccessibleName(self.tr("Linhas do registro"))
        self.lines.setTabChangesFocus(True)
        self.count = label(tone=Tone.QUIET)
        self.setLayout(
            column(
                row(heading(self.tr("Registro")), None, self.search, self.level, self.follow), self.lines, self.count
            )
        )
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def show_item(self, item: str) -> None:
        """Filter by a text."""
        self.search.setText(item)
        self.read()

    def read(self) -> None:
        """Read the log anew."""
        folder = ProfilePaths(self._bench.desk.profile_dir).logs
        self._bench.work.run(self, lambda: newest_log(folder), self._took, lambda _error: None)

    def showEvent(self, event: QShowEvent) -> None:
        """Look while somebody does."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._timer.stop()

    def _look(self) -> None:
        if self.follow.isChecked():
            self.read()

    def _took(self, text: str) -> None:
        if text != self._text or not self.count.text():
            self._text = text
            self._show()

    def _show(self, *_: object) -> None:
        found = filtered(self._text, self.search.text(), str(self.level.currentData()))
        self.lines.setPlainText("\n".join(found))
        self.count.setText(
            self.tr("%n linha(s)", "", len(found)) if found else self.tr("Nada aqui: o registro só guarda o que falha.")
        )
        if self.follow.isChecked():
            bar = self.lines.verticalScrollBar()
            bar.setValue(bar.maximum())
