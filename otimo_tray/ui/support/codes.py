"""What a short code says: it is read out on the phone, typed here, and explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import SearchField, column, heading, label
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.words import codes, sentence


class CodeRow(NamedTuple):
    """A code with its sentence, its parameters as an ellipsis."""

    code: str
    title: str
    text: str
    hint: str


class _Anything(Mapping[str, object]):
    """Every parameter, as an ellipsis: the sentence itself is shown."""

    def __getitem__(self, key: str) -> object:
        return "…"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __contains__(self, key: object) -> bool:
        return True


def code_rows(language: str) -> list[CodeRow]:
    """Return every code there is, in order."""
    rows: list[CodeRow] = []
    for code in codes():
        found = sentence(code, _Anything(), language)
        rows.append(CodeRow(code, found.title, found.text, found.hint))
    return rows


class CodesWindow(QWidget):
    """All codes, searched as one types."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Códigos – Ótimo Tray"))
        self.resize(900, 520)
        columns: list[Column[CodeRow]] = [
            Column("code", self.tr("Código"), lambda row: row.code, 8, code=True),
            Column("title", self.tr("O que é"), lambda row: row.title, 26),
            Column("text", self.tr("O que houve"), lambda row: row.text, 0, tip=lambda row: row.text),
            Column("hint", self.tr("O que fazer"), lambda row: row.hint, 40, tip=lambda row: row.hint),
        ]
        self.model: RowsModel[CodeRow] = RowsModel(
            columns, lambda row: f"{row.code} {row.code.replace('-', '')} {row.title} {row.text}"
        )
        self.model.setParent(self)
        self.table = Table(self.model, "codes", bench.layout)
        self.table.setAccessibleName(self.tr("Códigos"))
        self.search = SearchField(self.tr("Código ou palavra"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.said = label(wrap=True, select=True)
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.setLayout(
            column(
                heading(self.tr("O que diz um código")),
                label(
                    self.tr("Cada aviso termina com um código curto, como E-253. Digite-o para ver o que fazer."),
                    wrap=True,
                    tone=Tone.QUIET,
                ),
                self.search,
                self.table,
                self.said,
            )
        )
        self.model.set_rows(code_rows(bench.desk.settings().shop.language))

    def show_item(self, item: str) -> None:
        """Search for a code."""
        if item:
            self.search.setText(item)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *_: object) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self.said.setText(f"{row.text} {row.hint} ({row.code})" if row is not None else "")
