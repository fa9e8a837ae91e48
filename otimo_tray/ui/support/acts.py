"""Who did what: every decision and edit of this shop's desks, searched, copied and saved as a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from otimo_tray.domain.desks import Act
from otimo_tray.ui.formats import date_time, number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import REFRESH_MS, Bench
from otimo_tray.ui.parts import MessageBar, SearchField, button, column, heading, label, row, waiting_text
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.words.deeds import deed_text

SHOWN = 5_000
"""Newest deeds that are read."""
_KINDS = frozenset({"mappings", "values", "orders", "tracking", "held", "status"})


class DeedRow(NamedTuple):
    """A deed as it is shown."""

    id: int
    at: str
    sort: str
    person: str
    desk: str
    what: str
    item: str


class ActsWindow(QWidget):
    """The book of deeds."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._read_once = False
        self.setWindowTitle(self.tr("Quem fez o quê – Ótimo Tray"))
        self.resize(940, 560)
        columns: list[Column[DeedRow]] = [
            Column("at", self.tr("Quando"), lambda found: found.at, 17, sort=lambda found: found.sort),
            Column("person", self.tr("Quem"), lambda found: found.person, 16),
            Column("desk", self.tr("Computador"), lambda found: found.desk, 18),
            Column("what", self.tr("O quê"), lambda found: found.what, 0, tip=lambda found: found.what),
            Column("item", self.tr("SKU ou pedido"), lambda found: found.item, 22, code=True),
        ]
        self.model: RowsModel[DeedRow] = RowsModel(columns, _text)
        self.model.setParent(self)
        self.model.run_sort = lambda op, done: bench.work.run(self, op, done)
        self.table = Table(self.model, "acts", bench.layout)
        self.table.key = lambda found: found.id
        self.table.empty_text = self._empty_text
        self.search = SearchField(self.tr("Buscar pessoa, computador, SKU ou pedido"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.count = label(tone=Tone.QUIET)
        self.model.shown_changed.connect(self._show_count)
        self.export = button(self.tr("&Exportar…"), self._export, name="export-acts")
        self.messages = MessageBar()
        days = bench.desk.settings().retention_days
        self.setLayout(
            column(
                heading(self.tr("Quem fez o quê")),
                label(
                    self.tr(
                        "Cada alteração do De/Para, regra, código de rastreio, liberação, decisão e ajuste, com a "
                        "pessoa e o computador. Fica guardado por {n} dias."
                    ).format(n=number(days)),
                    wrap=True,
                    tone=Tone.QUIET,
                ),
                row(self.search, self.count, None, self.export),
                self.table,
                self.messages,
            )
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.reload)
        bench.bridge.changed.connect(self._changed)

    def show_item(self, item: str) -> None:
        """Search for a SKU, an order or a person."""
        if item:
            self.search.setText(item)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the newest deeds."""
        desk, zone = self._bench.desk, self._bench.zone()
        language = desk.settings().shop.language

        def read() -> tuple[list[DeedRow], FoldedIndex[DeedRow]]:
            deeds = desk.storage.acts.recent(SHOWN)
            numbers = desk.reader.orders.numbers({deed.item for deed in deeds if deed.item})

            def shown(deed: Act) -> DeedRow:
                return DeedRow(
                    deed.id,
                    date_time(deed.at, zone),
                    deed.at.isoformat(),
                    deed.author.person,
                    deed.author.desk,
                    deed_text(deed, language, zone=zone),
                    numbers.get(deed.item, deed.item),
                )

            rows = [shown(deed) for deed in deeds]
            index: FoldedIndex[DeedRow] = FoldedIndex(_text)
            index.build(rows)
            return rows, index

        def show(found: tuple[list[DeedRow], FoldedIndex[DeedRow]]) -> None:
            self._read_once = True
            self.model.set_rows(*found)

        self._bench.work.run(self, read, show, self._failed)

    def save_sheet(self, path: Path) -> None:
        """Write what is shown into a sheet."""
        titles = [one.title for one in self.model.columns]
        rows = [[one.show(found) for one in self.model.columns] for found in self.model.shown_rows()]
        name = self.tr("Quem fez o quê")
        self._bench.work.run(
            self,
            lambda: self._bench.desk.export_table(path, name, titles, rows),
            lambda _: self.messages.say(self.tr("Salvo em {file}.").format(file=path.name)),
            self._failed,
        )

    def _export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Exportar"), self.tr("quem-fez-o-que.xlsx"), self.tr("Excel (*.xlsx);;CSV (*.csv)")
        )
        if chosen:
            self.save_sheet(Path(chosen))

    def _failed(self, error: Exception) -> None:
        self.messages.say(self._bench.desk.error_sentence(error), tone=Tone.BAD)

    def _changed(self, kind: str) -> None:
        if kind in _KINDS and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what happened while nobody looked."""
        super().showEvent(event)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._soon.stop()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.rows)
        self.count.setText(
            "" if shown == total else self.tr("{n} de {total}").format(n=number(shown), total=number(total))
        )

    def _empty_text(self) -> str:
        if not self._read_once:
            return waiting_text()
        if self.model.query.strip():
            return self.tr("Nada encontrado para “{text}”.").format(text=self.model.query.strip())
        return self.tr("Nada ainda. Alterações e decisões aparecem aqui assim que alguém as faz.")


def _text(found: DeedRow) -> str:
    return f"{found.person} {found.desk} {found.what} {found.item}"
