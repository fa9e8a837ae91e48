"""The first sync as a dry run: every value that would go up, from and to, until a person lets it go."""

from __future__ import annotations

from typing import NamedTuple

from otimo_tray.domain.status import Flow, Status
from otimo_tray.sync.decisions import FIRST_SYNC_GUARD, discard_plan, release_plan
from otimo_tray.sync.storage import HeldPlan
from otimo_tray.sync.values_flow import FACT_FIRST_SYNC
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, button, label, row
from otimo_tray.ui.problems.held import HeldPane
from otimo_tray.ui.wizard.step import Step


class Found(NamedTuple):
    """What a worker read."""

    approved: bool
    plans: list[HeldPlan]
    first_orders: int


class FirstSyncStep(Step):
    """The held plan of the first sync, with its two buttons."""

    key = "first"

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Primeira sincronização"),
            self.tr("Um ensaio: isto é o que iria ao Plugg.to. Nada segue sem você liberar."),
        )
        self.said = label(wrap=True)
        self.again = button(self.tr("Ler de &novo"), self._read_again, name="read-again")
        self.pane = HeldPane(bench)
        self.pane.setMinimumHeight(260)
        self.pane.choose.setMinimumContentsLength(24)
        self.pane.decided.connect(self._decide)
        self.orders = button(
            self.tr("Decidir os &pedidos…"), lambda: self.go.emit("orders", "first_run"), name="orders"
        )
        self.orders.hide()
        top = row(self.said, self.again)
        top.setStretchFactor(self.said, 1)
        self.body.addLayout(top)
        self.body.addWidget(self.pane, 1)
        self.body.addLayout(row(self.orders, None))
        self.body.addStretch()  # takes the room that the list leaves when it is hidden
        self.found = Found(False, [], 0)

    def enter(self) -> None:
        """Look; the engine reads both sides by itself."""
        self.bench.desk.engine.sync_now()
        self._look()

    def heard(self, kind: str) -> None:
        """Look again."""
        if kind in {"held", "status", "values", "orders"}:
            self._look()

    def _look(self) -> None:
        desk = self.bench.desk

        def read() -> Found:
            plans = [plan for plan in desk.storage.held.list() if plan.items]
            first = [plan for plan in plans if plan.guard == FIRST_SYNC_GUARD]
            approved = desk.storage.facts.get(FACT_FIRST_SYNC) == "approved"
            waiting = desk.storage.orders.counts().get("first_run", 0)
            return Found(approved, first or plans, waiting)

        self.bench.work.run(self, read, self._show, self._failed)

    def _show(self, found: Found) -> None:
        self.found = found
        status = self.bench.desk.engine.status()
        self.pane.setVisible(bool(found.plans))
        self.pane.show_plans(found.plans)
        self.orders.setVisible(found.first_orders > 0)
        self.orders.setText(self.tr("Decidir os &pedidos… (%n)", "", found.first_orders))
        if found.plans:
            self._say(self.tr("Confira a lista. “Liberar” envia; “Descartar” deixa o Plugg.to como está."), Tone.WARN)
        elif found.approved:
            self._say(self.tr("✓ Liberada. Daqui em diante só o que muda é enviado."), Tone.GOOD)
        else:
            self._say(*self._why_nothing(status))

    def _why_nothing(self, status: Status) -> tuple[str, Tone | None]:
        trouble = next(
            (flow.trouble for flow in status.flows.values() if flow.flow is Flow.STOCK and flow.trouble), status.trouble
        )
        if trouble is not None:
            return "▲ " + self.bench.desk.sentence(trouble.code, trouble.params), Tone.BAD
        stock = status.flows.get(Flow.STOCK)
        if stock is not None and stock.last_success is not None and not stock.running:
            return self.tr("✓ Nada a enviar: o Plugg.to já mostra os valores do ERP."), Tone.GOOD
        return self.tr("Lendo os dois lados…"), None

    def _read_again(self) -> None:
        self.bench.desk.engine.sync_now()
        self._look()

    def _decide(self, plan_id: int, what: str, skus: list[str]) -> None:
        desk = self.bench.desk
        now = desk.clock.now()

        def save() -> int:
            act = release_plan if what == "release" else discard_plan
            count = act(desk.storage, plan_id, desk.person, now, skus or None)
            desk.engine.wake(Flow.STOCK)
            desk.engine.wake(Flow.PRICE)
            return count

        self.bench.work.save(self, save, lambda _count: self._look(), self._failed)

    def _failed(self, error: Exception) -> None:
        self._say("▲ " + self.bench.desk.error_sentence(error), Tone.BAD)

    def _say(self, text: str, tone: Tone | None) -> None:
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(tone)
