"""The De/Para page: tabs, search, the table, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout

from otimo_tray.domain.plan import Kind
from otimo_tray.store.readmodels.mapping import COMPONENTS, NAME, SKU, MappingRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.mapping.columns import CODE_COLUMN, states_of, tab_counts, tabs
from otimo_tray.ui.mapping.details import SkuDetails
from otimo_tray.ui.mapping.editing import Editing
from otimo_tray.ui.mapping.model import MappingModel
from otimo_tray.ui.mapping.others import Others
from otimo_tray.ui.mapping.reading import Loaded, Renewed, read_codes, read_rows
from otimo_tray.ui.mapping.rules import Rules
from otimo_tray.ui.mapping.spare import CodesModel, CodesTable
from otimo_tray.ui.mapping.table import MappingTable
from otimo_tray.ui.mapping.transfer import Transfers
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, label, row, waiting_text

DETAILS_WIDTH = 400
CODES = "codes"
"""The tab that shows ERP codes instead of SKUs."""


class MappingPage(Page):
    """Which ERP code stands behind each SKU."""

    kinds = frozenset({"values", "mappings", "held"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.model = MappingModel()
        self.model.setParent(self)
        self.model.run_sort = lambda op, done: self.work.run(self, op, done)
        self.table = MappingTable(self.model, self._suggest, bench.layout)
        self.table.empty_text = self._empty_text
        self.table.row_menu = self._row_menu
        self.codes_model = CodesModel()
        self.codes_model.setParent(self)
        self.codes_model.run_sort = lambda op, done: self.work.run(self, op, done)
        self.codes = CodesTable(self.codes_model, self._suggest_sku, bench.layout)
        self.editing = Editing(self, self.model, self.table)
        self.undo = self.editing.undo
        self.transfers = Transfers(self, self.editing)
        self.rules = Rules(self, self.undo)
        self._since = ""
        self._wanted = ""
        self._loading = False
        self._spare = 0
        self.tabs = Tabs([*tabs(), (CODES, self.tr("Códigos sem SKU"))])
        self.tabs.chosen.connect(self._choose_tab)
        self.search = SearchField(self.tr("Buscar SKU, produto, código ou EAN"), self)
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self._into_table)
        self.count = label(tone=Tone.QUIET)
        self.details = SkuDetails(bench)
        self.details.hide()
        self.others = Others(self, self.model, self.codes_model, self.table, self.editing, self.rules)
        self.conflicts, self.rule_conflicts = self.others.conflicts, self.others.rule_conflicts
        self._build()
        self.model.shown_changed.connect(self._show_count)
        self.codes_model.shown_changed.connect(self._show_count)
        self.codes_model.typed.connect(self._link_code)
        self.editing.shown.connect(self._count_tabs)
        self.model.poured.connect(self._count_tabs)
        self.editing.lost.connect(self._read_all)
        self.editing.stored.connect(self._read_all)
        self.editing.saved.connect(lambda: self._changed("mappings"))
        self.table.current_changed.connect(self._show_details)
        self.details.rule_asked.connect(self._edit_rule)
        self.rules.changed.connect(self.details.read_again)
        self.others.switch_off([self.transfers.link, self.transfers.import_button, self.details.rule, *self._writing])

    @property
    def book(self) -> CodeBook:
        """The ERP's codes."""
        return self.editing.book

    def _build(self) -> None:
        self.show_details = button(self.tr("&Detalhes"), self._toggle_details, name="details")
        self.show_details.setCheckable(True)
        self.more = QPushButton(self.tr("&Mais"))
        self.more.setObjectName("more")
        self.more.setAutoDefault(False)
        self.more.setMenu(self._more_menu())
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
                self.transfers.link,
                self.transfers.import_button,
                self.transfers.export,
                self.more,
                self.show_details,
            )
        )
        whole.addLayout(top)
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self.codes)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.conflicts)
        whole.addWidget(self.rule_conflicts)
        whole.addWidget(self.messages)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        undo = self.undo.createUndoAction(self, self.tr("Desfazer:"))
        redo = self.undo.createRedoAction(self, self.tr("Refazer:"))
        self._writing = [undo, redo]
        for action, keys in ((undo, QKeySequence.StandardKey.Undo), (redo, QKeySequence.StandardKey.Redo)):
            action.setShortcuts(QKeySequence.keyBindings(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        patterns = menu.addAction(self.tr("Regras por padrão de SKU…"))
        patterns.triggered.connect(self.rules.edit_patterns)
        self._writing.append(patterns)
        menu.addSeparator()
        stock, price = self.tr("Desfazer o último envio de estoque…"), self.tr("Desfazer o último envio de preços…")
        kinds: tuple[tuple[str, Kind], ...] = ((stock, "stock"), (price, "price"))
        for title, kind in kinds:
            action = menu.addAction(title)
            action.triggered.connect(partial(self._undo_batch, kind))
            self._writing.append(action)
        return menu

    def _undo_batch(self, kind: Kind) -> None:
        self.rules.undo_batch(kind)

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

        self.work.run(self, lambda: read_rows(reader, self.model, since, now), self._loaded, self._not_loaded)
        if self.tabs.current == CODES:
            self._read_codes()

    def _loaded(self, found: Loaded | Renewed) -> None:
        self._loading = False
        typing = self.table.state() == QAbstractItemView.State.EditingState
        if self.editing.unsaved or (typing and isinstance(found, Loaded) and found.same_as is not self.model.rows):
            # What we showed is newer than what was read, or other rows would take the cell away that is being typed.
            self._stale = True
            self._soon.start()
            return
        self._since, self._spare = found.since, found.spare
        if isinstance(found, Loaded):
            self.editing.book, self.model.kits = found.book, found.kits
            if found.same_as is not None and found.same_as is self.model.rows:
                self.model.swap_rows(found.rows, found.folded)
            else:
                self.model.set_rows(found.rows, found.folded)
        elif not self.model.put_placed(found.placed):
            self._stale = True
        self._count_tabs()
        if self.details.isVisible():
            self.details.read_again()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_item(wanted)
        if self._stale:
            self._soon.start()

    def _not_loaded(self, error: Exception) -> None:
        self._loading = False
        self.failed(error)

    def _read_all(self) -> None:
        self._since = ""
        self.reload()

    def _read_codes(self) -> None:
        reader = self.desk.reader.mapping

        self.work.run(self, lambda: read_codes(reader), lambda found: self.codes_model.set_rows(*found), self.failed)

    def show_item(self, item: str) -> None:
        """Show a tab ("unmapped"), or one SKU."""
        if not self.model.rows:
            self._wanted = item
            return
        if item == CODES or item in {key for key, _ in tabs()}:
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

    # --- codes without SKU --------------------------------------------------------------------------------------------

    def _link_code(self, code: str, sku: str) -> None:
        place = self.model.place_of(sku)
        if place is None:
            self.messages.say(self.tr("O Plugg.to não tem o SKU {sku}.").format(sku=sku), tone=Tone.WARN)
            return
        if self.model.rows[place][COMPONENTS]:
            self.messages.say(
                self.tr("O SKU {sku} já tem De/Para. Para somar este código, use Componentes do kit.").format(sku=sku),
                tone=Tone.WARN,
                action=self.tr("Ver o SKU"),
                todo=lambda: self.show_item(sku),
            )
            return
        self.editing.link(self.tr("vincular {code} a {sku}").format(code=code, sku=sku), [(sku, code)])

    def _suggest_sku(self, text: str) -> list[tuple[str, str]]:
        return self.model.suggest(text) if text.strip() else []

    # --- showing ------------------------------------------------------------------------------------------------------

    def _count_tabs(self) -> None:
        self.tabs.set_counts({**tab_counts(states_of(self.model.rows)), CODES: self._spare})

    def _choose_tab(self, tab: str) -> None:
        codes = tab == CODES
        self._stack.setCurrentIndex(1 if codes else 0)
        self.show_details.setEnabled(not codes)
        if codes:
            self.codes_model.set_query(self.search.text())
            self._read_codes()
        else:
            self.model.set_query(self.search.text())
            self.model.show_tab(tab)
        self._show_count()

    def _search(self, query: str) -> None:
        (self.codes_model if self.tabs.current == CODES else self.model).set_query(query)

    def _show_count(self) -> None:
        model = self.codes_model if self.tabs.current == CODES else self.model
        shown, total = model.rowCount(), len(model.rows)
        self.count.setText(
            "" if shown == total else self.tr("{n} de {total}").format(n=number(shown), total=number(total))
        )

    def _into_table(self) -> None:
        table = self.codes if self.tabs.current == CODES else self.table
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not table.currentIndex().isValid() and table.rows_model.rowCount():
            table.setCurrentIndex(table.rows_model.index(0, 0 if table is self.codes else CODE_COLUMN))

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
        def add(text: str, act: Callable[[], object], keys: str = "") -> None:
            action = QAction(text, menu)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(act)
            menu.addAction(action)

        add(self.tr("Colar"), self.editing.paste, "Ctrl+V")
        add(self.tr("Preencher para baixo"), self.editing.fill_down, "Ctrl+D")
        add(self.tr("Limpar"), self.editing.clear_cells, "Del")
        if len(rows) == 1:
            sku = rows[0][SKU]
            found = self.model.conflicts.get(sku)
            if found is not None:
                theirs = self.tr("Ficar com o de {name}").format(name=found.name)
                add(theirs, lambda: self.editing.take_theirs(sku))
                add(self.tr("Usar o meu"), lambda: self.editing.take_mine(sku))
            kit = self.tr("Componentes do kit…") if rows[0][COMPONENTS] > 1 else self.tr("Tornar kit…")
            add(kit, lambda: self.editing.edit_kit(sku))
            if rows[0][COMPONENTS]:
                add(self.tr("Regras deste SKU…"), lambda: self._edit_rule(sku))
            add(self.tr("Por que este número?"), lambda: self._open_details(sku))

    def _edit_rule(self, sku: str) -> None:
        place = self.model.place_of(sku)
        if place is not None:
            self.rules.edit(sku, self.model.rows[place][NAME])

    def _open_details(self, sku: str) -> None:
        if not self.details.isVisible():
            self.show_details.click()
        place = self.model.place_of(sku)
        if place is not None:
            self.table.go_to(place, CODE_COLUMN)

    def _suggest(self, text: str) -> list[tuple[str, str]]:
        return self.book.suggest(text)

    def _toggle_details(self) -> None:
        self.details.setVisible(self.show_details.isChecked())
        self._split.setSizes([self.width() - DETAILS_WIDTH, DETAILS_WIDTH])
        current = self.table.current_row()
        if current is not None:
            self._show_details(current)

    def _show_details(self, shown: MappingRow) -> None:
        if shown[SKU] in self.model.conflicts:
            self.others.show_conflicts()
        if self.details.isVisible():
            self.details.show_sku(shown)
