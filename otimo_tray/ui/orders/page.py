"""The orders page: the list, one order's details, the first run's question, and the invoices to confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from otimo_tray.domain.invoice import InvoiceState
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.status import Flow
from otimo_tray.store.readmodels.orders import Detail, OrderRow, Proposal
from otimo_tray.sync.decisions import confirm_invoice, erase_order, handle_cancelled
from otimo_tray.ui.desk import FirstOrdersChoice
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.orders import words
from otimo_tray.ui.orders.detail import OrderDetail
from otimo_tray.ui.orders.proposals import Proposals
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, count_words, label, row, waiting_text
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
        self.detail.asked.connect(self._asked)
        self.detail.map_asked.connect(self._go_to_sku)
        self.proposals = Proposals(bench)
        self.proposals.confirmed.connect(self._confirm)
        self.proposals.refused.connect(self._refuse)
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
                button(self.tr("&Importar todos"), lambda: self.decide(None, "import"), name="all-import"),
                button(self.tr("&Já estão no ERP"), lambda: self.decide(None, "in_erp"), name="all-in-erp"),
                button(self.tr("I&gnorar todos"), lambda: self.decide(None, "ignore"), name="all-ignore"),
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

    def _done(self, _result: object) -> None:
        self.reload()

    def _read(self, hub_id: str) -> None:
        def shown(detail: Detail | None) -> None:
            if detail is not None:
                self.detail.show_order(detail)

        self.work.run(self, lambda: self.desk.reader.orders.detail(hub_id), shown, self.failed)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def decide(self, hub_ids: Sequence[str] | None, choice: FirstOrdersChoice) -> None:
        """Answer the first run's question for these orders, or for all that wait."""
        storage = self.desk.storage

        def save() -> int:
            # All means all, also those that the list doesn't show.
            waiting = storage.orders.by_stage((OrderStage.FIRST_RUN,)) if hub_ids is None else ()
            chosen = list(hub_ids or ()) or [row.order.hub_id for row in waiting]
            self.desk.decide_first_orders(chosen, choice)
            return len(chosen)

        def done(count: int) -> None:
            said = {
                "import": self.tr("{orders} vão para o ERP"),
                "in_erp": self.tr("{orders} marcados como já no ERP"),
                "ignore": self.tr("{orders} ignorados"),
            }[choice]
            self.messages.say(said.format(orders=count_words(count, self.tr("pedido"), self.tr("pedidos"))))
            self.reload()

        self._save(save, done, Flow.ORDERS)

    def _asked(self, hub_id: str, what: str) -> None:
        storage, now = self.desk.storage, self.desk.clock.now()
        kind, _, choice = what.partition(":")
        if kind == "diagnose":
            self.go.emit("diagnostics", hub_id)
        elif kind == "first":
            self.decide([hub_id], cast("FirstOrdersChoice", choice))
        elif kind == "handled":
            self._save(lambda: handle_cancelled(storage, hub_id, now), self._done, Flow.ORDERS)
        elif kind == "retry":
            self._save(lambda: storage.orders.retry_now([hub_id]), self._retried, Flow.ORDERS)

    def _retried(self, _count: int) -> None:
        self.messages.say(self.tr("Tentando de novo…"))

    def _confirm(self, pairs: list[tuple[str, str]]) -> None:
        storage, now = self.desk.storage, self.desk.clock.now()

        def save() -> int:
            for key, hub_id in pairs:
                confirm_invoice(storage, key, hub_id, now)
            return len(pairs)

        def done(count: int) -> None:
            self.messages.say(
                self.tr("{n} a transmitir").format(n=count_words(count, self.tr("nota"), self.tr("notas"))),
            )
            self.reload()

        self._save(save, done, Flow.INVOICES)

    def _refuse(self, keys: list[str]) -> None:
        storage, now = self.desk.storage, self.desk.clock.now()
        kept = {found.key: found for found in self.proposals.model.rows if found.key in set(keys)}

        def save() -> int:
            for key in keys:
                storage.invoices.set_state(key, InvoiceState.UNMATCHED, now, matched_by="refused")
            return len(keys)

        def undo() -> None:
            def again() -> int:
                for key, found in kept.items():
                    storage.invoices.set_state(
                        key, InvoiceState.PROPOSED, now, hub_id=found.hub_id, matched_by="document_total"
                    )
                return len(kept)

            self._save(again, self._done, Flow.INVOICES)

        def done(count: int) -> None:
            said = self.tr("{n} deixadas de lado").format(n=count_words(count, self.tr("nota"), self.tr("notas")))
            self.messages.say(said, action=self.tr("&Desfazer"), todo=undo)
            self.reload()

        self._save(save, done, Flow.INVOICES)

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

    def _save(self, op: Callable[[], object], done: Callable[..., None], flow: Flow) -> None:
        def both() -> object:
            result = op()
            self.desk.engine.wake(flow)
            return result

        self.work.save(self, both, done, self.failed)

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
        if undecided:
            menu.addSeparator()
            menu.addAction(self.tr("Importar")).triggered.connect(lambda: self.decide(undecided, "import"))
            menu.addAction(self.tr("Já está no ERP")).triggered.connect(lambda: self.decide(undecided, "in_erp"))
            menu.addAction(self.tr("Ignorar")).triggered.connect(lambda: self.decide(undecided, "ignore"))
        if rows[0].stage == OrderStage.INVOICED:
            menu.addAction(self.tr("Dar o código de rastreio")).triggered.connect(
                lambda: self.go.emit("tracking", rows[0].hub_id)
            )

        menu.addSeparator()
        menu.addAction(self.tr("Apagar dados do comprador…")).triggered.connect(lambda: self.ask_to_erase(rows[0]))

    def ask_to_erase(self, found: OrderRow) -> None:
        """Ask, then forget an ended order's buyer, as the buyer may demand (LGPD)."""
        storage, hub_id = self.desk.storage, found.hub_id

        def erased(_result: object) -> None:
            self.detail.hide()
            self.messages.say(self.tr("Os dados do pedido {number} foram apagados.").format(number=number))
            self.reload()

        number = found.original_id or hub_id
        self.messages.say(
            self.tr(
                "Apagar deste computador tudo sobre o pedido {number}? Não há volta; só o número fica, para que não "
                "seja importado de novo."
            ).format(number=number),
            action=self.tr("&Apagar"),
            todo=lambda: self.work.run(self, lambda: erase_order(storage, hub_id), erased, self.failed),
            seconds=60,
        )

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
