"""The orders page: the list, one order's details, the first run's question, and the invoices to confirm."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from otimo_tray.domain.desks import Act
from otimo_tray.domain.orders import OrderStage
from otimo_tray.store.readmodels.orders import Detail, OrderRow, Proposal
from otimo_tray.ui.formats import number
from otimo_tray.ui.link import NeedsServer
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.orders import words
from otimo_tray.ui.orders.deciding import Deciding
from otimo_tray.ui.orders.detail import OrderDetail
from otimo_tray.ui.orders.proposals import Proposals
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, label, row, waiting_text
from otimo_tray.ui.presence import Marks
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.work import Job

PAGE_ROWS = 1_000
"""Orders read at a time."""
TYPING_MS = 60
"""Letters typed within this time are searched for once."""


class Found(NamedTuple):
    """What a worker read."""

    query: str
    tab: str
    rows: list[OrderRow]
    proposals: list[Proposal]
    counts: dict[str, int]


class OrdersPage(Page):
    """Where each order stands."""

    kinds = frozenset({"orders", "invoices", "tracking", "mappings"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._read_once = False
        self._wanted = ""
        self._query = ""
        self._limit = PAGE_ROWS
        self._job: Job | None = None
        columns = words.columns(self.desk.clock.now, bench.zone(), self._title)
        self.model: RowsModel[OrderRow] = RowsModel(columns, lambda _row: "")  # the database searches, over all orders
        self.model.setParent(self)
        self.model.alarm = lambda found: found.cancel_open
        self.table = Table(self.model, "orders", bench.layout)
        self.table.empty_text = self._empty_text
        self.table.row_menu = self._row_menu
        self.table.current_changed.connect(self._read_detail)
        self.table.opened.connect(self._open_detail)
        self.table.key = lambda found: found.hub_id
        self.marks = Marks(
            self,
            "orders",
            self.model,
            lambda found: found.hub_id,
            lambda name: self.tr("{name} está com este pedido aberto.").format(name=name),
        )
        self.table.current_changed.connect(self.marks.show)
        self.tabs = Tabs(words.tabs())
        self.tabs.chosen.connect(self._show_tab)
        self.search = SearchField(self.tr("Buscar pedido, comprador, CPF/CNPJ, nota ou rastreio"), self)
        self.search.searched.connect(self._search)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.reload)
        self.search.left_down.connect(self.table.setFocus)
        self.detail = OrderDetail(bench)
        self.detail.hide()
        self.deciding = Deciding(self, self.desk)
        self.detail.asked.connect(self.deciding.asked)
        self.detail.map_asked.connect(self._go_to_sku)
        self.proposals = Proposals(bench)
        self.proposals.confirmed.connect(self.deciding.confirm)
        self.proposals.refused.connect(self.deciding.refuse)
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("número do pedido"))
        self.number.setAccessibleName(self.tr("Número do pedido a importar"))
        self.number.setMaximumWidth(180)
        self.number.returnPressed.connect(self._import_one)
        self.import_one = button(self.tr("&Importar este pedido"), self._import_one, name="import-one")
        self.shown = label(tone=Tone.QUIET)
        self.more = button(self.tr("&Mostrar mais"), self._show_more, name="more-orders")
        self._build()

    def _build(self) -> None:
        self.first = QWidget()
        self.first.setLayout(
            row(
                label(
                    self.tr("Estes pedidos já estavam aprovados quando o programa começou. O que fazer com eles?"),
                    wrap=True,
                ),
                None,
                button(self.tr("&Importar todos"), lambda: self.deciding.decide(None, "import"), name="all-import"),
                button(self.tr("&Já estão no ERP"), lambda: self.deciding.decide(None, "in_erp"), name="all-in-erp"),
                button(self.tr("I&gnorar todos"), lambda: self.deciding.decide(None, "ignore"), name="all-ignore"),
            )
        )
        self.first.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        listed = QWidget()
        under = QVBoxLayout(listed)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self.table, 1)
        self.foot = QWidget()
        self.foot.setLayout(row(self.shown, None, self.more, margin=MARGIN))
        self.foot.hide()
        under.addWidget(self.foot)
        split.addWidget(listed)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setCollapsible(0, False)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.proposals)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        top.setSpacing(8)
        top.addLayout(row(self.tabs, None))
        top.addLayout(row(self.search, None, self.number, self.import_one))
        top.addWidget(self.first)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.messages)
        detail = self.detail
        deciding = (detail.import_, detail.in_erp, detail.ignore, detail.handled, detail.retry)
        proposed = (self.proposals.yes, self.proposals.no)
        self.needs_server = NeedsServer(self.bench, self, [self.import_one, self.first, *deciding, *proposed])

    # --- reading ------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Be ready to search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the tab's or the search's orders, the proposals and the counts; a newer question drops the older."""
        reader, query, limit = self.desk.reader.orders, self._query, self._limit
        tab = "all" if query or self.tabs.current == "proposals" else self.tabs.current
        if self._job is not None and not self._job.done:
            self._job.cancel()

        def read() -> Found:
            rows = reader.find(query, limit) if query else reader.rows(tab, limit)
            return Found(query, tab, rows, reader.proposals(), reader.counts())

        self._job = self.work.run(self, read, self._show, self.failed)

    def _search(self, text: str) -> None:
        self._query, self._limit = text.strip(), PAGE_ROWS
        self._typing.start()

    def _show_more(self) -> None:
        self._limit += PAGE_ROWS
        self.reload()

    def _show(self, found: Found) -> None:
        self._read_once = True
        self.model.set_rows(found.rows)
        self.proposals.model.set_rows(found.proposals)
        self.tabs.set_counts(found.counts)
        self.first.setVisible(found.counts["first_run"] > 0 and self.tabs.current in {"all", "first_run"})
        cut = len(found.rows) >= self._limit
        self.foot.setVisible(cut)
        total = number(found.counts["all"] if found.query else found.counts[found.tab])
        said = (
            self.tr("Os {n} mais novos que a busca achou; escreva mais para achar outros.")
            if found.query
            else self.tr("Os {n} mais novos de {total}; a busca procura em todos.")
        )
        self.shown.setText(said.format(n=number(len(found.rows)), total=total))
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_item(wanted)
        elif self.detail.isVisible():
            self._read(self.detail.hub_id)

    def show_item(self, item: str) -> None:
        """Show a tab, or one order by its id at the hub."""
        if not self._read_once:
            self._wanted = item
            return
        if item in {key for key, _ in words.tabs()}:
            self.tabs.choose(item)
            return
        self.search.clear()
        if self.tabs.current == "proposals":
            self.tabs.choose("all")
        place = next((n for n, found in enumerate(self.model.rows) if found.hub_id == item), None)
        if place is not None:
            self.table.go_to(place)
        self.detail.show()
        self._read(item)

    def _read_detail(self, found: OrderRow, *, show: bool = False) -> None:
        if show:
            self.detail.show()
        if self.detail.isVisible():
            self._read(found.hub_id)

    def _open_detail(self, found: OrderRow) -> None:
        self._read_detail(found, show=True)

    def _go_to_sku(self, sku: str) -> None:
        self.go.emit("mapping", sku)

    def _read(self, hub_id: str) -> None:
        def read() -> tuple[Detail | None, list[Act]]:
            return self.desk.reader.orders.detail(hub_id), self.desk.storage.acts.of_item(hub_id)

        def shown(found: tuple[Detail | None, list[Act]]) -> None:
            detail, deeds = found
            if detail is not None:
                self.detail.show_order(detail, deeds)

        self.work.run(self, read, shown, self.failed)

    def _import_one(self) -> None:
        wanted = self.number.text().strip()
        if not wanted:
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.import_one.setEnabled(False)

        def done(count: int) -> None:
            self.import_one.setEnabled(True)
            if not count:
                self.messages.say(
                    self.tr("O Plugg.to não tem o pedido {number}.").format(number=wanted), tone=Tone.WARN
                )
                return
            self.number.clear()
            self.search.setText(wanted)
            self.reload()

        def failed(error: Exception) -> None:
            self.import_one.setEnabled(True)
            self.failed(error)

        self.work.run(self, lambda: self.desk.import_order(wanted), done, failed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_tab(self, tab: str) -> None:
        proposals = tab == "proposals"
        self.stack.setCurrentIndex(1 if proposals else 0)
        self._limit = PAGE_ROWS
        waiting = self.tabs.counts.get("first_run", 0) > 0
        self.first.setVisible(waiting and tab in {"all", "first_run"})
        if self._query and not proposals:
            self.search.clear()  # a search goes over all orders, whatever their tab
        self.reload()

    def _row_menu(self, menu: QMenu, rows: list[OrderRow]) -> None:
        menu.addAction(self.tr("Detalhes")).triggered.connect(lambda: self._read_detail(rows[0], show=True))
        undecided = [found.hub_id for found in rows if found.stage == OrderStage.FIRST_RUN]
        decide = self.deciding.decide
        if undecided:
            menu.addSeparator()
            menu.addAction(self.tr("Importar")).triggered.connect(lambda: decide(undecided, "import"))
            menu.addAction(self.tr("Já está no ERP")).triggered.connect(lambda: decide(undecided, "in_erp"))
            menu.addAction(self.tr("Ignorar")).triggered.connect(lambda: decide(undecided, "ignore"))
        if rows[0].stage == OrderStage.INVOICED:
            menu.addAction(self.tr("Dar o código de rastreio")).triggered.connect(
                lambda: self.go.emit("tracking", rows[0].hub_id)
            )
        menu.addSeparator()
        erase = menu.addAction(self.tr("Apagar dados do comprador…"))
        erase.triggered.connect(lambda: self.deciding.ask_to_erase(rows[0]))

    def _title(self, code: str, params: dict[str, object]) -> str:
        return self.desk.title(code, params)

    def _empty_text(self) -> str:
        if not self._read_once:
            return waiting_text()
        if self._query:
            return self.tr(
                "Nada encontrado para “{text}”. Um pedido antigo? Importe-o pelo número, acima à direita."
            ).format(text=self._query)
        return {
            "waiting": self.tr("Nenhum pedido parado."),
            "first_run": self.tr("Nenhum pedido a decidir."),
            "cancelled": self.tr("Nenhum cancelamento a tratar."),
            "open": self.tr("Nenhum pedido em andamento."),
        }.get(self.tabs.current, self.tr("Nenhum pedido ainda. Os pedidos aprovados no Plugg.to aparecem aqui."))
