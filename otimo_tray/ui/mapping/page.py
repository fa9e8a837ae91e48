"""The De/Para page: tabs, search, the table, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QSplitter, QVBoxLayout

from otimo_tray.domain.catalogue import SkuMapping
from otimo_tray.domain.status import Flow
from otimo_tray.store.readmodels.mapping import COMPONENTS, NAME, SKU, MappingRow
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.sync.decisions import edit_mappings, remove_mappings
from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.mapping.columns import CODE_COLUMN, UNITS_COLUMN, states_of, tab_counts, tabs
from otimo_tray.ui.mapping.commands import EditCommand
from otimo_tray.ui.mapping.details import SkuDetails
from otimo_tray.ui.mapping.edits import Change, Components, Draft, Editor
from otimo_tray.ui.mapping.kit import KitDialog
from otimo_tray.ui.mapping.model import MappingModel
from otimo_tray.ui.mapping.preview import LinkPreview, SheetPreview
from otimo_tray.ui.mapping.table import MappingTable
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, count_words, label, row, waiting_text
from otimo_tray.ui.tables.clipboard import from_block
from otimo_tray.ui.tables.folding import FoldedIndex

RELOAD_ALL = 5_000
"""From so many changed SKUs on everything is read anew."""
DETAILS_WIDTH = 372
LARGE = 300
"""Pasted rows from which on a change is worked out in a worker."""
FIRST_COLUMNS = (CODE_COLUMN, UNITS_COLUMN)


class Loaded(NamedTuple):
    """What a worker read."""

    rows: list[MappingRow]
    folded: FoldedIndex[MappingRow]
    kits: dict[str, list[tuple[str, int]]]
    book: CodeBook
    since: str


class MappingPage(Page):
    """Which ERP code stands behind each SKU."""

    kinds = frozenset({"values", "mappings", "held"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.book = CodeBook()
        self.model = MappingModel()
        self.model.setParent(self)
        self.model.run_sort = lambda op, done: self.work.run(self, op, done)
        self.table = MappingTable(self.model, self._suggest, bench.layout)
        self.table.empty_text = self._empty_text
        self.table.row_menu = self._row_menu
        self.undo = QUndoStack(self)
        self._since = ""
        self._wanted = ""
        self._loading = False
        self._unsaved = 0
        self.tabs = Tabs(tabs())
        self.tabs.chosen.connect(self._choose_tab)
        self.search = SearchField(self.tr("Buscar SKU, produto, código ou EAN"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self._into_table)
        self.count = label(tone=Tone.QUIET)
        self.details = SkuDetails(bench)
        self.details.hide()
        self._build()
        self.model.shown_changed.connect(self._show_count)
        self.model.typed.connect(self._typed)
        self.table.paste_asked.connect(self.paste)
        self.table.fill_asked.connect(self.fill_down)
        self.table.clear_asked.connect(self.clear_cells)
        self.table.current_changed.connect(self._show_details)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self.undo.undo),
            (QKeySequence.StandardKey.Redo, self.undo.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _build(self) -> None:
        self.link = QPushButton(self.tr("&Vincular"))
        self.link.setObjectName("link")
        menu = QMenu(self.link)
        menu.addAction(self.tr("Por código igual…")).triggered.connect(lambda: self._preview_links(by_ean=False))
        menu.addAction(self.tr("Por EAN…")).triggered.connect(lambda: self._preview_links(by_ean=True))
        self.link.setMenu(menu)
        self.export = QPushButton(self.tr("&Exportar"))
        self.export.setObjectName("export")
        menu = QMenu(self.export)
        menu.addAction(self.tr("De/Para inteiro…")).triggered.connect(lambda: self._export(only_unmapped=False))
        menu.addAction(self.tr("Só os SKUs sem De/Para…")).triggered.connect(lambda: self._export(only_unmapped=True))
        self.export.setMenu(menu)
        self.show_details = button(self.tr("&Detalhes"), self._toggle_details, name="details")
        self.show_details.setCheckable(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        top.setSpacing(8)
        top.addLayout(row(self.tabs, None))
        top.addLayout(
            row(
                self.search,
                self.count,
                None,
                self.link,
                button(self.tr("&Importar planilha…"), self._import, name="import"),
                self.export,
                self.show_details,
            )
        )
        whole.addLayout(top)
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        whole.addWidget(split, 1)
        whole.addWidget(self.messages)

    # --- reading ------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Be ready to search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read everything the first time, later what changed."""
        if self._loading:
            self._stale = True
            return
        self._loading = True
        reader, now, since = self.desk.reader.mapping, self.desk.clock.now(), self._since

        def read() -> Loaded | tuple[list[MappingRow], dict[str, list[tuple[str, int]]], str]:
            changed = reader.changed_since(since) if since else None
            if changed is None or len(changed) > RELOAD_ALL or any(self.model.place_of(sku) is None for sku in changed):
                rows = reader.rows()
                index: FoldedIndex[MappingRow] = FoldedIndex(self.model.search_text)
                index.build(rows)
                return Loaded(rows, index, reader.kits(), CodeBook(reader.codes_and_names()), stored(now))
            return reader.rows_of(changed), reader.kits() if changed else {}, stored(now)

        self.work.run(self, read, self._loaded, self._not_loaded)

    def _loaded(self, found: Loaded | tuple[list[MappingRow], dict[str, list[tuple[str, int]]], str]) -> None:
        self._loading = False
        if self._unsaved:  # what we showed is newer than what was read
            self._stale = True
            self._soon.start()
            return
        if isinstance(found, Loaded):
            self.book, self.model.kits, self._since = found.book, found.kits, found.since
            self.model.set_rows(found.rows, found.folded)
        else:
            rows, kits, self._since = found
            self.model.put_rows(rows, kits)
        self._count_tabs()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_item(wanted)
        if self._stale:
            self._soon.start()

    def _not_loaded(self, error: Exception) -> None:
        self._loading = False
        self.failed(error)

    def show_item(self, item: str) -> None:
        """Show a tab ("unmapped"), or one SKU."""
        if not self.model.rows:
            self._wanted = item
            return
        if item in {key for key, _ in tabs()}:
            self.tabs.choose(item)
            return
        place = self.model.place_of(item)
        self.tabs.choose("all")
        if place is None:
            self.search.setText(item)
        else:
            self.search.clear()
            self.table.go_to(place, CODE_COLUMN)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- editing ------------------------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Paste a block from the clipboard at the current cell; at the SKU column rows find their SKU by themselves."""
        index = self.table.currentIndex()
        block = from_block(QGuiApplication.clipboard().text())
        if not index.isValid() or not block:
            return
        if self.table.columns_from(index.column())[:1] == [0] and any(len(cells) > 1 for cells in block):

            def by_sku() -> Change:
                known = self.model.components_of(cells[0].strip() for cells in block if cells)
                editor = self._editor(self.tr("colar"), known)
                editor.paste_by_sku(block, known)
                return editor.change

            self._work_out(by_sku, len(block))
        else:
            selected = list(self.table.selected_cells())
            if len(block) == 1 and len(selected) > 1:
                skus, block = selected, block * len(selected)
            else:
                skus = self.table.skus_from(index, len(block))
            columns = self.table.columns_from(index.column())

            def from_here() -> Change:
                editor = self._editor(self.tr("colar"), self.model.components_of(skus))
                editor.paste(skus, columns, block)
                return editor.change

            self._work_out(from_here, len(block))

    def _work_out(self, make: Callable[[], Change], rows: int) -> None:
        """Make a change and do it; a large one is made in a worker, so that keys stay quick."""
        if rows <= LARGE:
            self.do(make())
            return
        self.messages.say(self.tr("Conferindo {n} linhas…").format(n=number(rows)), seconds=600)
        self.work.run(self, make, self.do, self.failed)

    def fill_down(self) -> None:
        """Copy the topmost selected cells into those below."""
        cells = self.table.selected_cells()
        skus = list(cells)
        if len(skus) < 2:
            return
        editor = self._editor(self.tr("preencher para baixo"), self.model.components_of(skus))
        place = self.model.place_of(skus[0])
        assert place is not None
        first = self.model.rows[place]
        for column in sorted(cells[skus[0]] & {CODE_COLUMN, UNITS_COLUMN}):
            text = self.model.columns[column].show(first)
            for sku in skus[1:]:
                editor.set_cell(sku, column, text)
        self.do(editor.change)

    def clear_cells(self) -> None:
        """Clear the selected codes (that takes the De/Para away) and set selected units to one."""
        cells = self.table.selected_cells()
        editor = self._editor(self.tr("limpar"), self.model.components_of(cells))
        for sku, columns in cells.items():
            if CODE_COLUMN in columns:
                editor.set_code(sku, "")
            elif UNITS_COLUMN in columns:
                editor.set_units(sku, "1")
        self.do(editor.change)

    def do(self, change: Change) -> None:
        """Do a change: shown at once, saved in order, undone by one key."""
        if change.is_empty:
            if change.outside:
                self.messages.say(self._outside_words(change.outside), tone=Tone.WARN)
            else:
                self.messages.clear()
            return
        self.undo.push(EditCommand(change, self._put))
        self._tell(change)

    def _typed(self, sku: str, column: int, text: str) -> None:
        editor = self._editor(self.tr("editar {sku}").format(sku=sku), self.model.components_of([sku]))
        editor.set_cell(sku, column, text)
        self.do(editor.change)

    def _editor(self, title: str, now: dict[str, Components]) -> Editor:
        return Editor(title, self.book, now, self.model.drafts, FIRST_COLUMNS)

    def _put(self, after: dict[str, Components], drafts: dict[tuple[str, int], Draft | None]) -> None:
        self.model.put_drafts(drafts)
        self.model.put_components(after)
        self._count_tabs()
        if not after:
            return
        storage, reader, now = self.desk.storage, self.desk.reader.mapping, self.desk.clock.now()
        mapped = [SkuMapping(sku, components) for sku, components in after.items() if components]
        unmapped = [sku for sku, components in after.items() if not components]

        def save() -> tuple[list[MappingRow], dict[str, list[tuple[str, int]]]]:
            with storage.batch():
                if mapped:
                    edit_mappings(storage, mapped, now)
                if unmapped:
                    remove_mappings(storage, unmapped, now)
            self.desk.engine.wake(Flow.STOCK)
            self.desk.engine.wake(Flow.PRICE)
            self.desk.engine.wake(Flow.ORDERS)  # orders may have waited for this De/Para
            return reader.rows_of(list(after)), reader.kits() if any(len(parts) > 1 for parts in after.values()) else {}

        self._unsaved += 1
        self.work.save(self, save, self._saved, self._not_saved)

    def _saved(self, found: tuple[list[MappingRow], dict[str, list[tuple[str, int]]]]) -> None:
        self._unsaved -= 1
        if self._unsaved == 0:
            self.model.put_rows(*found)
        self._count_tabs()

    def _not_saved(self, error: Exception) -> None:
        self._unsaved -= 1
        self.failed(error)
        self._since = ""
        self.undo.clear()
        self.reload()

    # --- links, sheets, kits ------------------------------------------------------------------------------------------

    def _preview_links(self, *, by_ean: bool) -> None:
        reader = self.desk.reader.mapping

        def show(found: tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]) -> None:
            clear, ambiguous = found
            preview = LinkPreview(self, self.bench, clear, ambiguous, by_ean=by_ean)
            preview.accepted.connect(lambda: self._link(clear, by_ean=by_ean))
            preview.open()

        self.work.run(self, reader.equal_eans if by_ean else reader.equal_codes, show, self.failed)

    def _link(self, pairs: list[tuple[str, str]], *, by_ean: bool) -> None:
        title = self.tr("vincular por EAN") if by_ean else self.tr("vincular por código igual")
        editor = self._editor(title, self.model.components_of(sku for sku, _ in pairs))
        for sku, code in pairs:
            editor.set_code(sku, code)
        self.do(editor.change)

    def edit_kit(self, sku: str) -> None:
        """Open the editor of a kit's components."""
        place = self.model.place_of(sku)
        if place is None:
            return
        found = self.model.rows[place]
        dialog = KitDialog(self, sku, found[NAME], self.model.components(found), self.book)

        def take() -> None:
            editor = self._editor(self.tr("kit {sku}").format(sku=sku), self.model.components_of([sku]))
            editor.set_components(sku, dialog.components())
            self.do(editor.change)

        dialog.accepted.connect(take)
        dialog.open()

    def _export(self, *, only_unmapped: bool) -> None:
        name = "sku-sem-de-para.xlsx" if only_unmapped else "de-para.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Exportar"), name, self.tr("Excel (*.xlsx);;CSV (*.csv)"))
        if chosen:
            path = Path(chosen)
            self.work.run(
                self,
                lambda: self.desk.export_mapping(path, only_unmapped),
                lambda n: self._exported(n, path),
                self.failed,
            )

    def _exported(self, count: int, path: Path) -> None:
        self.messages.say(
            self.tr("{rows} em {file}").format(
                rows=count_words(count, self.tr("linha"), self.tr("linhas")), file=path.name
            )
        )

    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Importar planilha"), "", self.tr("Planilhas (*.xlsx *.xls *.csv);;Todos (*)")
        )
        if chosen:
            self.import_sheet(Path(chosen))

    def import_sheet(self, path: Path) -> None:
        """Show what a sheet would change; apply it when the person says so."""
        self.messages.say(self.tr("Lendo {file}…").format(file=path.name), seconds=600)

        def show(rows: list[SheetRow]) -> None:
            self.messages.clear()
            preview = SheetPreview(self, self.bench, path.name, rows)
            preview.accepted.connect(lambda: self._apply_sheet(path))
            preview.open()

        self.work.run(self, lambda: self.desk.import_mapping(path, False), show, self.failed)

    def _apply_sheet(self, path: Path) -> None:
        before = {found[SKU]: self.model.components(found) for found in self.model.rows}
        self._unsaved += 1

        def done(rows: list[SheetRow]) -> None:
            self._unsaved -= 1
            self._since = ""
            changed = [found.key for found in rows if found.outcome in {"new", "changed"}]
            words = count_words(len(changed), self.tr("De/Para importado"), self.tr("De/Para importados"))
            self.messages.say(
                words, action=self.tr("Desfazer"), todo=lambda: self._restore(changed, before), seconds=60
            )
            self.reload()

        def failed(error: Exception) -> None:
            self._unsaved -= 1
            self.failed(error)

        self.work.save(self, lambda: self.desk.import_mapping(path, True), done, failed)

    def _restore(self, skus: list[str], before: dict[str, Components]) -> None:
        change = Change(self.tr("desfazer a importação"))
        for sku, components in self.model.components_of(skus).items():
            change.before[sku] = components
            change.after[sku] = before.get(sku, ())
        self.do(change)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _tell(self, change: Change) -> None:
        changed = change.changed
        parts: list[str] = []
        if changed:
            parts.append(count_words(len(changed), self.tr("SKU alterado"), self.tr("SKUs alterados")))
        if change.completed:
            parts.append(self.tr("{n} com o código completado").format(n=number(change.completed)))
        if change.refused:
            parts.append(self.tr("{n} recusados, marcados com ⚠").format(n=number(change.refused)))
        if change.outside:
            parts.append(self._outside_words(change.outside))
        tone = Tone.WARN if change.refused or change.outside else None
        self.messages.say("; ".join(parts), tone=tone, action=self.tr("&Desfazer"), todo=self.undo.undo)
        if change.refused > 1:
            self.messages.say(
                "; ".join(parts),
                tone=tone,
                action=self.tr("Ver os recusados"),
                todo=lambda: self.model.show_tab("refused"),
                seconds=60,
            )

    def _outside_words(self, count: int) -> str:
        return self.tr("{n} linhas coladas sem SKU correspondente").format(n=number(count))

    def _count_tabs(self) -> None:
        self.tabs.set_counts(tab_counts(states_of(self.model.rows)))

    def _choose_tab(self, tab: str) -> None:
        self.model.show_tab(tab)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.rows)
        self.count.setText(
            "" if shown == total else self.tr("{n} de {total}").format(n=number(shown), total=number(total))
        )

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, CODE_COLUMN))

    def _empty_text(self) -> str:
        if self._loading and not self.model.rows:
            return waiting_text()
        if not self.model.rows:
            return self.tr(
                "Nenhum SKU ainda. Os SKUs aparecem aqui depois da primeira leitura do catálogo do Plugg.to."
            )
        if self.model.query.strip():
            return self.tr("Nada encontrado para “{text}”. Esc limpa a busca.").format(text=self.model.query.strip())
        return {
            "unmapped": self.tr("Todos os SKUs têm De/Para."),
            "conflict": self.tr("Nenhum conflito."),
            "divergent": self.tr("Nada diverge do Plugg.to."),
            "held": self.tr("Nada aguarda liberação."),
            "mapped": self.tr("Nenhum SKU com De/Para ainda. Use Vincular por código igual, ou importe a planilha."),
        }.get(self.tabs.current, self.tr("Nada a mostrar."))

    def _row_menu(self, menu: QMenu, rows: list[MappingRow]) -> None:
        def add(text: str, act: Callable[[], object]) -> None:
            menu.addAction(text).triggered.connect(act)

        add(self.tr("Colar"), self.paste)
        add(self.tr("Preencher para baixo"), self.fill_down)
        add(self.tr("Limpar"), self.clear_cells)
        if len(rows) == 1:
            kit = self.tr("Componentes do kit…") if rows[0][COMPONENTS] > 1 else self.tr("Tornar kit…")
            add(kit, lambda: self.edit_kit(rows[0][SKU]))

    def _suggest(self, text: str) -> list[tuple[str, str]]:
        return self.book.suggest(text)

    def _toggle_details(self) -> None:
        self.details.setVisible(self.show_details.isChecked())
        self._split.setSizes([self.width() - DETAILS_WIDTH, DETAILS_WIDTH])
        current = self.table.current_row()
        if current is not None:
            self._show_details(current)

    def _show_details(self, shown: MappingRow) -> None:
        if self.details.isVisible():
            self.details.show_sku(shown)
