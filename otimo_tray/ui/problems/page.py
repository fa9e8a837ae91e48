"""The problems page: what, which, since when, what to do; and *tentar de novo*."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.sync.decisions import discard_plan, release_plan, retry
from otimo_tray.sync.storage import HeldPlan, Problem
from otimo_tray.ui.formats import ago, date_time, number
from otimo_tray.ui.link import NeedsServer
from otimo_tray.ui.look import MARGIN, Tone, fixed_font
from otimo_tray.ui.page import Bench, Page
from otimo_tray.ui.parts import SearchField, Tabs, button, count_words, label, row, waiting_text
from otimo_tray.ui.problems.held import HeldPane
from otimo_tray.ui.problems.raw import shown as shown_raw
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.tray_words import flow_word

KEPT = "kept"
"""The "flow" of codes that were kept away from the server and could not go up (`store.shared.kept.NOTICE`)."""


class Found(NamedTuple):
    """What a worker read."""

    problems: list[Problem]
    folded: FoldedIndex[Problem]
    plans: list[HeldPlan]


def item_word(problem: Problem) -> str:
    """Return what people call a problem's item: an order's and an invoice's number rather than the hub's id."""
    if problem.flow in {Flow.ORDERS, Flow.TRACKING}:
        return str(problem.params.get("order") or problem.item)
    if problem.flow == Flow.INVOICES:
        return str(problem.params.get("number") or problem.item)
    return problem.item


class ProblemsPage(Page):
    """What needs a person."""

    kinds = frozenset({"problems", "held"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._read_once = False
        self._wanted = ""
        self.model: RowsModel[Problem] = RowsModel(self._columns(), self._search_text)
        self.model.setParent(self)
        self.table = Table(self.model, "problems", bench.layout)
        self.table.empty_text = lambda: (
            (
                self.tr("Nada encontrado.")
                if self.model.query.strip()
                else self.tr("Nenhum problema. Tudo o que falhou já se resolveu.")
            )
            if self._read_once
            else waiting_text()
        )
        self.table.row_menu = self._row_menu
        self.table.key = lambda found: (found.flow, found.item)
        self.table.current_changed.connect(self._show_one)
        self.table.opened.connect(self._go_there)
        self.tabs = Tabs([("problems", self.tr("Problemas")), ("held", self.tr("Aguardando liberação"))])
        self.tabs.chosen.connect(self._show_tab)
        self.held = HeldPane(bench)
        self.held.decided.connect(self._decide)
        self.held.sku_asked.connect(self._show_sku)
        self.search = SearchField(self.tr("Buscar"), self)
        self.search.searched.connect(self.model.set_query)
        self.search.left_down.connect(self.table.setFocus)
        self.retry = button(self.tr("&Tentar de novo"), self._retry_selected, name="retry")
        self.retry_all = button(self.tr("Tentar t&odos de novo"), self._retry_all, name="retry-all")
        self.text = label(wrap=True, select=True)
        self.times = label(tone=Tone.QUIET)
        self.go_there = button(self.tr("&Ir até lá"), self._go_to_current, name="go-there")
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setFont(fixed_font())
        self.raw.setPlaceholderText(self.tr("Sem resposta bruta guardada."))
        self.raw.setAccessibleName(self.tr("Resposta bruta"))
        self.raw.hide()
        self.show_raw = button(
            self.tr("Resposta &bruta"), lambda: self.raw.setVisible(self.show_raw.isChecked()), name="raw"
        )
        self.show_raw.setCheckable(True)
        self.needs_server = NeedsServer(bench, self, [self.retry, self.retry_all, self.held.release, self.held.discard])
        self._build()

    def _build(self) -> None:
        detail = QWidget()
        inside = QVBoxLayout(detail)
        inside.setContentsMargins(MARGIN, 8, MARGIN, 8)
        inside.addWidget(self.text)
        inside.addLayout(row(self.times, None, self.go_there, self.show_raw))
        inside.addWidget(self.raw, 1)
        inside.addStretch(0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(detail)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        problems = QWidget()
        laid = QVBoxLayout(problems)
        laid.setContentsMargins(0, 0, 0, 0)
        laid.setSpacing(8)
        laid.addLayout(row(self.search, None, self.retry, self.retry_all, margin=MARGIN))
        laid.addWidget(split, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(problems)
        self.stack.addWidget(self.held)
        self.detail = detail
        detail.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = row(self.tabs, None)
        top.setContentsMargins(MARGIN, MARGIN, MARGIN, 8)
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.messages)

    # --- reading ------------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Be ready to choose."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read problems and plans."""
        storage = self.desk.storage

        def read() -> Found:
            problems = storage.problems.list()
            folded: FoldedIndex[Problem] = FoldedIndex(self._search_text)
            folded.build(problems)
            return Found(problems, folded, storage.held.list())

        self.work.run(self, read, self._show, self.failed)

    def _show(self, found: Found) -> None:
        self._read_once = True
        self.model.set_rows(found.problems, found.folded)
        self.held.show_plans(found.plans)
        self.tabs.set_counts({"problems": len(found.problems), "held": len(found.plans)})
        self.retry_all.setEnabled(bool(found.problems))
        self.retry.setEnabled(bool(found.problems))
        if not found.problems:
            self.detail.hide()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_item(wanted)
        elif not found.problems and found.plans and self.tabs.current == "problems":
            self.tabs.choose("held")

    def show_item(self, item: str) -> None:
        """Show the held plans, or one item's problem."""
        if not self._read_once:
            self._wanted = item
            return
        if item == "held":
            self.tabs.choose("held")
            return
        self.tabs.choose("problems")
        place = next((n for n, found in enumerate(self.model.rows) if found.item == item), None)
        if place is not None:
            self.table.go_to(place)

    # --- acting -------------------------------------------------------------------------------------------------------

    def _retry_selected(self) -> None:
        self._retry(self.table.selected_rows() or list(self.model.rows[:1]))

    def _retry_all(self) -> None:
        self._retry(list(self.model.rows))

    def _retry(self, problems: list[Problem]) -> None:
        storage = self.desk.storage
        by_flow: dict[Flow, list[str]] = {}
        for problem in problems:
            if problem.flow in set(ALL_FLOWS):
                by_flow.setdefault(Flow(problem.flow), []).append(problem.item)

        def save() -> int:
            for flow, items in by_flow.items():
                named = [item for item in items if item]
                if flow is Flow.TRACKING:
                    ids = [str(code.id) for item in named for code in storage.trackings.of_order(item)]
                    if ids:
                        retry(storage, flow, ids)
                elif named:
                    retry(storage, flow, named)
                self.desk.engine.sync_now([flow])
            for problem in problems:
                if problem.flow not in set(ALL_FLOWS):
                    storage.problems.solve(problem.flow, [problem.item])  # told, and read: nothing is to be repeated
            return len(problems)

        def done(count: int) -> None:
            self.messages.say(
                self.tr("Tentando de novo: {n}").format(n=count_words(count, self.tr("item"), self.tr("itens"))),
            )

        self.work.save(self, save, done, self.failed)

    def _show_sku(self, sku: str) -> None:
        self.go.emit("mapping", sku)

    def _decide(self, plan_id: int, what: str, skus: list[str]) -> None:
        storage, now, person = self.desk.storage, self.desk.clock.now(), self.desk.person

        def save() -> int:
            act = release_plan if what == "release" else discard_plan
            count = act(storage, plan_id, person, now, skus or None)
            self.desk.engine.wake(Flow.STOCK)
            self.desk.engine.wake(Flow.PRICE)
            return count

        def done(count: int) -> None:
            values = count_words(count, self.tr("valor"), self.tr("valores"))
            said = (
                self.tr("{n} a caminho")
                if what == "release"
                else self.tr("{n} descartados: só mudam quando o ERP mudar")
            )
            self.messages.say(said.format(n=values))
            self.reload()

        self.work.save(self, save, done, self.failed)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show_tab(self, tab: str) -> None:
        self.stack.setCurrentIndex(1 if tab == "held" else 0)

    def _show_one(self, problem: Problem) -> None:
        zone = self.bench.zone()
        self.text.setText(self.desk.sentence(problem.code, problem.params))
        since, last = date_time(problem.since, zone), date_time(problem.last_seen, zone)
        if problem.times == 1:
            self.times.setText(self.tr("Desde {since}").format(since=since))
        else:
            seen = self.tr("Desde {since}; visto {times} vezes, a última em {last}")
            self.times.setText(seen.format(since=since, times=number(problem.times), last=last))
        self.raw.setPlainText(shown_raw(problem.raw) if problem.raw else "")
        self.go_there.setVisible(bool(problem.item))
        self.detail.show()

    def _go_to_current(self) -> None:
        problem = self.table.current_row()
        if problem is not None:
            self._go_there(problem)

    def _go_there(self, problem: Problem) -> None:
        if problem.flow == KEPT:
            self.go.emit("tracking", str(problem.params.get("hub_id") or ""))
            return
        page = {
            Flow.STOCK: "mapping",
            Flow.PRICE: "mapping",
            Flow.ORDERS: "orders",
            Flow.TRACKING: "tracking",
        }.get(Flow(problem.flow) if problem.flow in set(ALL_FLOWS) else Flow.INVOICES)
        if page is not None and problem.item:
            self.go.emit(page, problem.item)
        elif problem.code.startswith(("P-1", "C-4", "E-2")) and not problem.item:
            self.go.emit("settings", "")

    def _row_menu(self, menu: QMenu, rows: list[Problem]) -> None:
        menu.addAction(self.tr("Tentar de novo")).triggered.connect(lambda: self._retry(rows))
        menu.addAction(self.tr("Ir até lá")).triggered.connect(lambda: self._go_there(rows[0]))

    def _search_text(self, problem: Problem) -> str:
        return f"{problem.item} {item_word(problem)} {problem.code} {self.desk.sentence(problem.code, problem.params)}"

    def _columns(self) -> list[Column[Problem]]:
        def flow(problem: Problem) -> str:
            if problem.flow == KEPT:
                return flow_word(Flow.TRACKING)
            return flow_word(Flow(problem.flow)) if problem.flow in set(ALL_FLOWS) else problem.flow

        def what(problem: Problem) -> str:
            return self.desk.say(problem.code, problem.params).text

        return [
            Column("flow", self.tr("Onde"), flow, 10),
            Column(
                "title",
                self.tr("Problema"),
                lambda problem: "▲ " + self.desk.title(problem.code, problem.params),
                26,
                tone=lambda _: Tone.BAD,
            ),
            Column("item", self.tr("Item"), item_word, 20, code=True, tip=lambda problem: problem.item),
            Column(
                "text",
                self.tr("O que houve"),
                what,
                0,
                tip=lambda problem: self.desk.sentence(problem.code, problem.params),
            ),
            Column(
                "since",
                self.tr("Desde"),
                lambda problem: ago(problem.since, self.desk.clock.now()),
                10,
                sort=lambda problem: problem.since,
            ),
            Column("code", self.tr("Código"), lambda problem: problem.code, 7, code=True),
        ]
