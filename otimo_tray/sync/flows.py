"""The five flows behind one call, and the ledger of their runs. Lanes and `sync --once` both come through here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.errors import LeaseLost, OtimoError
from otimo_tray.sync.board import Board
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.invoices_flow import InvoicesFlow
from otimo_tray.sync.orders_flow import OrdersFlow
from otimo_tray.sync.sender import Pool, Sender, own_pool
from otimo_tray.sync.tracking_flow import TrackingFlow
from otimo_tray.sync.values_flow import ValuesFlow

VALUE_FLOWS = (Flow.STOCK, Flow.PRICE)
PAPER_FLOWS = (Flow.ORDERS, Flow.INVOICES, Flow.TRACKING)
"""Orders and what follows them: a lane of their own, so that an invoice never waits behind 20,000 prices."""
FACT_HOUSEKEPT = "housekept_on"
HOUSEKEEPING = "state"
"""The "flow" of problems of the state database itself."""
_QUIET_FLOWS = (Flow.INVOICES, Flow.TRACKING)
"""Looked at every few seconds: only runs that did something are written down."""


def housekeep(context: FlowContext) -> None:
    """Once a local day: a copy of the state, then what is older than the retention goes (customers' data, audit)."""
    now, facts = context.clock.now(), context.storage.facts
    today = now.astimezone(context.zone).date().isoformat()
    if facts.get(FACT_HOUSEKEPT) == today:
        return
    context.storage.backup(now)
    context.storage.prune(now, context.settings.retention_days)
    facts.set(FACT_HOUSEKEPT, today)


class Flows:
    """Owns the flows' state between runs. Value flows and paper flows may run in two threads at once."""

    def __init__(self, board: Board, connections: int, senders: Callable[[int], Pool] = own_pool) -> None:
        self._board = board
        self._sender = Sender(connections, senders(connections))
        self._values = ValuesFlow(self._sender)
        self._orders = OrdersFlow()
        self._invoices = InvoicesFlow()
        self._tracking = TrackingFlow()
        self._failed: dict[Flow, str | None] = dict.fromkeys(ALL_FLOWS)

    def close(self) -> None:
        """Waits for PUTs in flight and ends the sender threads."""
        self._sender.close()

    def run_values(self, context: FlowContext, flows: Sequence[Flow]) -> list[FlowReport]:
        started = context.clock.now()
        self._board.begin(flows)
        reports = self._values.run(context, flows)
        return self._note(context, started, reports)

    def run_papers(self, context: FlowContext, flows: Sequence[Flow]) -> list[FlowReport]:
        """Orders first (an invoice may belong to one just seen), then invoices, then codes."""
        reports: list[FlowReport] = []
        for flow in PAPER_FLOWS:
            if flow in flows and not context.stop.is_set():
                reports += self._run_paper(context, flow)
                self._follow_orders(context, flows, reports)
        if Flow.ORDERS in flows and not context.dry_run:
            try:
                housekeep(context)
            except OtimoError as error:  # no room for a copy, or a damaged database: the flows' own work is done
                context.storage.problems.report(HOUSEKEEPING, "", error, context.clock.now())
            else:
                context.storage.problems.solve(HOUSEKEEPING, [""])
        return reports

    def _follow_orders(self, context: FlowContext, flows: Sequence[Flow], reports: Sequence[FlowReport]) -> None:
        """A cancellation asks what the ERP has invoiced, in this run too if it isn't the invoices' turn."""
        orders = reports[-1]
        wanted = orders.flow is Flow.ORDERS and bool(orders.counts.get("cancelled"))
        if wanted and Flow.INVOICES not in flows and context.settings.invoices.enabled and not context.dry_run:
            self._invoices.decide_cancelled(context)

    def _run_paper(self, context: FlowContext, flow: Flow) -> list[FlowReport]:
        started = context.clock.now()
        if flow not in _QUIET_FLOWS:
            self._board.begin([flow])
        if flow is Flow.ORDERS:
            report = self._orders.run(context)
        elif flow is Flow.INVOICES:
            report = self._invoices.run(context)
        else:
            report = self._tracking.run(context)
        return self._note(context, started, [report])

    def run_once(self, context: FlowContext, flows: Sequence[Flow]) -> list[FlowReport]:
        """Every flow asked for, once, in the order in which they need each other."""
        value_flows = [flow for flow in VALUE_FLOWS if flow in flows]
        started = context.clock.now()
        counts: dict[str, int] = {}
        error: OtimoError | None = None
        if value_flows or Flow.ORDERS in flows:
            counts, error = self._values.prepare(context)
        reports = self.run_papers(context, flows)
        if value_flows:
            self._board.begin(value_flows)
            done = self._values.finish(context, value_flows, counts, error)
            reports += self._note(context, started, done)
        return reports

    def _note(self, context: FlowContext, started: datetime, reports: list[FlowReport]) -> list[FlowReport]:
        """Writes the ledger of runs and the board."""
        if context.dry_run:
            return reports
        for report in reports:
            if report.code == LeaseLost.default_code:
                self._board.drop([report.flow])  # nothing failed: the run goes on at the desk that leads now
                continue
            eventful = bool(report.counts) or report.code != self._failed[report.flow]
            if eventful or report.flow not in _QUIET_FLOWS:
                error = OtimoError(report.code, **report.params) if report.code else None
                context.storage.runs.add(
                    report.flow,
                    started,
                    context.clock.now(),
                    "ok" if report.code is None else "failed",
                    error=error,
                    counts=report.counts,
                )
                self._board.recount(context.storage)
                self._board.end(report)
            elif self._failed[report.flow] is None:
                self._board.end(report)
            self._failed[report.flow] = report.code
        return reports
