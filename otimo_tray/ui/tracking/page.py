"""The tracking page: the scanning pane above the list of what waits, and everything that is done with the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout

from otimo_tray.domain.tracking import Carrier
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.store.readmodels.tracking import ParcelRow
from otimo_tray.ui.look import MARGIN
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, row, waiting_text
from otimo_tray.ui.presence import Marks
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.tracking import words
from otimo_tray.ui.tracking.asking import SourceBar
from otimo_tray.ui.tracking.bulk import Bulk
from otimo_tray.ui.tracking.pane import ScanPane
from otimo_tray.ui.tracking.session import Answer, Outcome

DAYS_SHOWN = 1
"""Codes typed within so many days stay on the list when they are confirmed."""


class Listed(NamedTuple):
    """What a worker read and made ready: the rows folded for the search, and the tabs' counts."""

    rows: list[ParcelRow]
    folded: FoldedIndex[ParcelRow]
    counts: dict[str, int]
    carriers: list[Carrier]


class TrackingPage(Page):
    """Where tracking codes are given."""

    kinds = frozenset({"tracking", "orders", "invoices"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._read_once = False
        columns = words.columns(self.desk.clock.now, bench.zone(), self._title)
        self.model: RowsModel[ParcelRow] = RowsModel(columns, words.search_text)
        self.model.setParent(self)
        self.model.alarm = lambda found: found.cancelled
        self.table = Table(self.model, "tracking", bench.layout)
        self.table.empty_text = self._empty_text
        self.table.row_menu = self._row_menu
        self.tabs = Tabs(words.tabs())
        self.tabs.chosen.connect(self._show_tab)
        self.search = SearchField(self.tr("Filtrar a lista"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.pane = ScanPane(bench)
        self.pane.listen(self)
        self.pane.found.connect(self._found)
        self.pane.answered.connect(self._answered)
        self.pane.undone.connect(self.look_again)
        self.bulk = Bulk(self, bench)
        self.pane.pasted.connect(self.bulk.paste)
        self.table.opened.connect(self.pane.choose)
        self.table.key = lambda found: found.hub_id
        self.marks = Marks(
            self,
            "tracking",
            self.model,
            lambda found: found.hub_id,
            lambda name: self.tr("{name} está com este pedido aberto.").format(name=name),
        )
        self.pane.found.connect(self.marks.show)
        self.asking = SourceBar(bench)
        self.asking.answered.connect(self.reload)
        self._build()
        self._show_tab("waiting")

    def _build(self) -> None:
        packing = button(self.tr("&Janela de embalagem"), lambda: self.go.emit("packing", ""), name="packing")
        packing.setToolTip(self.tr("Só a leitura, em letras grandes, para a bancada"))
        more = QPushButton(self.tr("&Mais"))
        more.setObjectName("more")
        self.menu = QMenu(more)
        entries: tuple[tuple[str, Callable[[], object]], ...] = (
            (self.tr("Importar planilha de códigos…"), self.bulk.choose_sheet),
            (self.tr("Colar pedido e código do Excel"), lambda: self.bulk.paste(QApplication.clipboard().text())),
            (self.tr("Lista do que falta…"), self.show_missing),
            (self.tr("Transportadoras…"), self.show_carriers),
            (self.tr("Quem informa o código…"), self.show_sources),
            (self.tr("Testar o leitor…"), self.show_scanner_test),
        )
        for title, act in entries:
            self.menu.addAction(title).triggered.connect(act)
        volume = self.menu.addMenu(self.tr("Som"))
        volume.aboutToShow.connect(lambda: self.pane.sounds.fill(volume))
        self.pane.sounds.fill(volume)
        more.setMenu(self.menu)
        self.pane.more.addWidget(packing)
        self.pane.more.addWidget(more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pane)
        whole.addWidget(self.asking)
        bar = row(self.tabs, None, self.search, margin=MARGIN)
        bar.setContentsMargins(MARGIN, 8, MARGIN, 8)
        whole.addLayout(bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.messages)

    # --- reading ------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Be ready to scan."""
        self.pane.take_focus()

    def reload(self) -> None:
        """Read the list."""
        now = self.desk.clock.now()
        since = stored(now - timedelta(days=DAYS_SHOWN))
        reader, storage = self.desk.reader.tracking, self.desk.storage

        def read() -> Listed:
            rows = reader.parcels(since)
            index: FoldedIndex[ParcelRow] = FoldedIndex(words.search_text)
            index.build(rows)
            return Listed(rows, index, words.counts(rows, now), storage.trackings.carriers())

        self.work.run(self, read, self._show, self.failed)

    def _show(self, found: Listed) -> None:
        self._read_once = True
        self.model.set_rows(found.rows, found.folded)
        self.tabs.set_counts(found.counts)
        self.pane.set_carriers(found.carriers)
        self.asking.ask_of(found.rows)

    def look_again(self, hub_id: str) -> None:
        """Read one order's row anew: with thousands of them on the list a code must not cost a read of all."""
        place = next((n for n, found in enumerate(self.model.rows) if found.hub_id == hub_id), None)

        def show(parcel: ParcelRow | None) -> None:
            rows = self.model.rows
            if place is None or parcel is None or place >= len(rows) or rows[place].hub_id != hub_id:
                self.reload()
                return
            counts = words.change(self.tabs.counts, rows[place], parcel, self.desk.clock.now())
            self.model.replace_rows({place: parcel})
            self.model.refilter()
            self.tabs.set_counts(counts)

        self.work.run(self, lambda: self.desk.reader.tracking.parcel(hub_id), show, self.failed)

    def show_item(self, item: str) -> None:
        """Choose an order."""
        self.work.run(
            self,
            lambda: self.desk.reader.tracking.parcel(item),
            lambda parcel: parcel and self.pane.choose(parcel),
            self.failed,
        )

    def _found(self, parcel: ParcelRow | None) -> None:
        if parcel is not None:
            place = next((n for n, found in enumerate(self.model.rows) if found.hub_id == parcel.hub_id), None)
            if place is not None:
                self.table.go_to(place)

    def _answered(self, answer: Answer) -> None:
        if answer.outcome is Outcome.SAVED and answer.parcel is not None:
            self.look_again(answer.parcel.hub_id)
        elif answer.outcome is Outcome.SEVERAL:
            self.tabs.choose("all")
            self.search.setText(answer.scan.text)

    # --- dialogs ------------------------------------------------------------------------------------------------------

    def show_missing(self) -> None:
        """Show what is missing, to be printed or saved: the day's last look."""
        from otimo_tray.ui.tracking.missing import MissingDialog

        waiting = [found for found in self.model.rows if found.is_waiting or found.cancelled]
        MissingDialog(self, self.bench, waiting).open()

    def show_carriers(self) -> None:
        """Edit the carriers."""
        from otimo_tray.ui.tracking.carriers import CarriersDialog

        dialog = CarriersDialog(self, self.bench)
        dialog.changed.connect(self.reload)
        dialog.open()

    def show_sources(self) -> None:
        """Look through what was answered about who informs codes."""
        from otimo_tray.ui.tracking.asking import SourcesDialog

        dialog = SourcesDialog(self, self.bench)
        dialog.changed.connect(self.reload)
        dialog.open()

    def show_scanner_test(self) -> None:
        """See what the scanner sends."""
        from otimo_tray.ui.tracking.scanner_test import ScannerTest

        dialog = ScannerTest(self, self.bench)
        dialog.finished.connect(self.pane.learn_scanner)
        dialog.open()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _title(self, code: str, params: dict[str, object]) -> str:
        return self.desk.title(code, params)

    def _show_tab(self, tab: str) -> None:
        self.model.set_tab(words.mask(tab, self.desk.clock.now))

    def _row_menu(self, menu: QMenu, rows: list[ParcelRow]) -> None:
        first = rows[0]
        title = self.tr("Corrigir o código deste pedido") if first.codes else self.tr("Dar o código deste pedido")
        menu.addAction(title).triggered.connect(lambda: self.pane.choose(first))
        menu.addAction(self.tr("Ver o pedido")).triggered.connect(lambda: self.go.emit("orders", first.hub_id))

    def _empty_text(self) -> str:
        if not self._read_once:
            return waiting_text()
        if self.model.query.strip():
            return self.tr("Nada encontrado para “{text}”.").format(text=self.model.query.strip())
        return {
            "waiting": self.tr("Nenhum pedido aguarda código. Eles aparecem aqui assim que a nota é transmitida."),
            "late": self.tr("Nenhum atraso."),
            "moving": self.tr("Nenhum código digitado desde ontem."),
            "problem": self.tr("Nenhum problema com códigos."),
        }.get(self.tabs.current, self.tr("Nada a mostrar."))
