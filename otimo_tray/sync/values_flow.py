"""Stock and price: read the ERP, find what differs from what the hub confirmed, push only that.

    catalogue (daily) → reading → difference → [transaction 1: rows + dirty marks]
                                                     → plan of the dirty SKUs → guards → [transaction 2: pushes]
                                                                                            → senders

A crash between any two steps repeats work and loses none: dirty marks and pushes are rows of the state database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from otimo_tray.domain.commitments import committed_units
from otimo_tray.domain.plan import Kind
from otimo_tray.domain.reconcile import CODES
from otimo_tray.domain.status import Flow, Progress
from otimo_tray.errors import EnvironmentFault, OtimoError
from otimo_tray.sync.context import FlowContext
from otimo_tray.sync.engine import FlowReport
from otimo_tray.sync.erp_picture import ErpPicture
from otimo_tray.sync.gently import in_order, let_go
from otimo_tray.sync.hub_catalogue import refresh_catalogue
from otimo_tray.sync.masses import let_go_lately
from otimo_tray.sync.planner import Plan, Planner
from otimo_tray.sync.reconcile import Reconciler
from otimo_tray.sync.rules import mark_changed_patterns
from otimo_tray.sync.sender import Sender
from otimo_tray.sync.storage import Applied

FACT_FIRST_SYNC = "first_sync"
"""Set to "approved" once a person (or the set-up file) let the first sync go."""
FACT_RULES = "rules_fingerprint"


class ValuesFlow:
    """Runs the stock and the price flow, together or alone. Used by one thread at a time."""

    def __init__(self, sender: Sender) -> None:
        self._picture = ErpPicture()
        self._sender = sender
        self._reconciler = Reconciler()

    def run(self, context: FlowContext, flows: Sequence[Flow]) -> list[FlowReport]:
        """One cycle of these flows (stock, price or both). Counts: changed_rows, planned, held, pushed, unchanged,
        failed, refused. Never raises what the outside does wrong: that is in the reports."""
        counts, error = self.prepare(context)
        return self.finish(context, flows, counts, error)

    def prepare(self, context: FlowContext) -> tuple[dict[str, int], OtimoError | None]:
        """First half: the hub's catalogue and the ERP's picture, so that orders find their De/Para and prices."""
        counts: dict[str, int] = {}
        try:
            refresh_catalogue(context)
            self._picture.read(context, counts)
        except OtimoError as caught:
            return counts, caught
        return counts, None

    def finish(
        self,
        context: FlowContext,
        flows: Sequence[Flow],
        counts: dict[str, int],
        error: OtimoError | None,
    ) -> list[FlowReport]:
        """Second half: plan and send. What is already planned goes out even if this cycle's read failed (`error`)."""
        planned: list[dict[str, object]] = []
        try:
            planned = self._plan(context, flows, counts)
            if not context.dry_run:
                error = self._send(context, flows, counts) or error
                if error is None:
                    self._reconcile(context, counts)
        except OtimoError as caught:
            error = error or caught
        if counts.get("planned") or counts.get("pushed"):
            context.emit("values")
        return [self._report(context, flow, counts, error, planned) for flow in flows]

    @staticmethod
    def _report(
        context: FlowContext,
        flow: Flow,
        counts: dict[str, int],
        error: OtimoError | None,
        planned: list[dict[str, object]],
    ) -> FlowReport:
        own = {name.removeprefix(f"{flow}_"): n for name, n in counts.items() if name.startswith(f"{flow}_")}
        shared = {name: n for name, n in counts.items() if not name.startswith(("stock_", "price_"))}
        if error is not None and not isinstance(error, EnvironmentFault):
            context.storage.problems.report(flow, "", error, context.clock.now())
        elif error is None and not context.dry_run:
            context.storage.problems.solve(flow, [""])
        return FlowReport(
            flow,
            error is None and not own.get("failed"),
            {**shared, **own},
            error.code if error else None,
            error.params if error else {},
            [entry for entry in planned if entry["kind"] == flow],
        )

    # --- the plan ----------------------------------------------------------------------------------------------------

    def _plan(self, context: FlowContext, flows: Sequence[Flow], counts: dict[str, int]) -> list[dict[str, object]]:
        """Computes the dirty SKUs and stores what is to be sent."""
        settings, values, now = context.settings, context.storage.values, context.clock.now()
        kinds = _enabled_kinds(context)
        self._mark_changed_rules(context, kinds)
        commitments, moved = self._commitments(context)
        dirty = values.dirty()
        skus = self._dirty_skus(context, dirty, moved, now)
        if skus is not None and not skus:
            if dirty or moved:
                self._apply_plan(context, Plan(), commitments if moved else None, dirty, now)
            return []
        approved = context.storage.facts.get(FACT_FIRST_SYNC) == "approved"
        # Held as one plan or approved as one: a jump away from what the hub held before us is what it is about.
        first_sync = not approved
        planner = Planner(settings, context.erp.parse_row, kinds, now, commitments, first_sync=first_sync)
        plan = planner.plan(values.contexts(skus))
        recent = let_go_lately(context.storage, now) if plan.pushes and not first_sync else ()
        approved_now = approved or settings.approve_first_sync
        planner.judge(plan, values.mapped_count(), first_sync_approved=approved_now, recent=recent)
        plans = self._apply_plan(context, plan, commitments if moved else None, dirty, now)
        if first_sync and settings.approve_first_sync and (plan.pushes or plan.healthy):
            # Also where the hub had it all already: approved is this plan, not the first that changes something.
            context.storage.facts.set(FACT_FIRST_SYNC, "approved")
        context.storage.audit.forget_taken_back(plan.overtaken)
        self._note_refused(context, plan, now)
        for push in plan.pushes:
            name = "held" if push.guard else "planned"
            counts[name] = counts.get(name, 0) + 1
            counts[f"{push.kind}_{name}"] = counts.get(f"{push.kind}_{name}", 0) + 1
        if plan.refused:
            counts["refused"] = len(plan.refused)
        if plans:
            context.emit("held")
        if context.dry_run:
            return [
                {"sku": p.sku, "kind": p.kind, "value": p.value, "previous": p.previous, "guard": p.guard}
                for p in plan.pushes
            ]
        let_go(plan.pushes)
        return []

    @staticmethod
    def _mark_changed_rules(context: FlowContext, kinds: Sequence[Kind]) -> None:
        """A changed default rule, pilot or switch makes every SKU dirty, whoever changed it and however; a changed
        pattern rule those that it makes a difference for."""
        settings = context.settings
        mark_changed_patterns(context.storage, settings)
        fingerprint = repr((settings.stock_rules, settings.price_rules, settings.pilot_skus, tuple(kinds)))
        facts = context.storage.facts
        if facts.get(FACT_RULES) != fingerprint:
            with context.storage.batch():
                context.storage.values.mark_dirty([("all", "")])
                facts.set(FACT_RULES, fingerprint)

    @staticmethod
    def _commitments(context: FlowContext) -> tuple[dict[str, int], list[str]]:
        """Units committed now by ERP code, and the codes where that differs from what was last applied."""
        storage, shop = context.storage, context.settings.shop
        lines = storage.orders.committed_lines()
        skus = list({line[1] for line in lines})
        mappings = {m.sku: m for block in storage.catalogue.mappings(skus) for m in block} if skus else {}
        last = storage.values.last_reading()
        commitments = committed_units(
            lines,
            mappings.get,
            shop.booking,
            shop.balance_is_net,
            context.settings.hub.nets_reservations,
            last.as_of if last else None,
        )
        before = storage.values.applied_commitments()
        moved = [c for c in commitments.keys() | before.keys() if commitments.get(c, 0) != before.get(c, 0)]
        return commitments, moved

    @staticmethod
    def _dirty_skus(
        context: FlowContext, dirty: Sequence[tuple[str, str]], moved: Sequence[str], now: datetime
    ) -> list[str] | None:
        """SKUs to compute; None = all."""
        values = context.storage.values
        if any(kind == "all" for kind, _ in dirty):
            return None
        codes = [key for kind, key in dirty if kind == "code"]
        skus = {key for kind, key in dirty if kind == "sku"}
        skus.update(values.skus_of_codes([*codes, *moved]))
        skus.update(values.time_changes(now))
        return in_order(skus)

    @staticmethod
    def _apply_plan(
        context: FlowContext,
        plan: Plan,
        commitments: dict[str, int] | None,
        dirty: Sequence[tuple[str, str]],
        now: datetime,
    ) -> list[int]:
        return context.storage.values.apply(
            Applied(
                reading=None,
                source="",
                read_at=now,
                rows=(),
                gone=(),
                pushes=plan.pushes,
                withdrawn=plan.withdrawn,
                next_changes=plan.next_changes,
                commitments=commitments,
                cleaned=dirty,
                guard_params=plan.guard_params,
            )
        )

    @staticmethod
    def _note_refused(context: FlowContext, plan: Plan, now: datetime) -> None:
        problems = context.storage.problems
        # That a value can be told ends no divergence: only what the hub shows does.
        diverging = {(p.flow, p.item) for p in problems.list() if plan.healthy and p.code in CODES}
        with context.storage.batch():
            for sku, kind, error in plan.refused:
                problems.report(kind, sku, error, now)
            for kind, skus in plan.healthy.items():
                problems.solve(kind, [sku for sku in skus if (kind, sku) not in diverging] if diverging else skus)
        if plan.refused:
            context.emit("problems")

    # --- what the hub really shows -----------------------------------------------------------------------------------

    def _reconcile(self, context: FlowContext, counts: dict[str, int]) -> None:
        """A slice of the daily round, when nothing is waiting to be sent."""
        kinds = _enabled_kinds(context)
        if kinds and not context.stop.is_set() and not context.storage.values.due_count(kinds, context.clock.now()):
            counts.update(self._reconciler.slice(context))

    # --- sending -----------------------------------------------------------------------------------------------------

    def _send(self, context: FlowContext, flows: Sequence[Flow], counts: dict[str, int]) -> OtimoError | None:
        """Sends block after block; between two blocks looks at what became dirty meanwhile (orders, edits)."""
        wanted = {flow.value for flow in flows}
        kinds: list[Kind] = [kind for kind in _enabled_kinds(context) if kind in wanted]
        done, started = 0, context.clock.monotonic()
        error: OtimoError | None = None
        context.storage.values.retry_unreached(context.clock.now())
        while error is None and not context.stop.is_set():
            sent, error = self._sender.send_block(context, kinds)
            step = sum(sent.values())
            for name, number in sent.items():
                counts[name] = counts.get(name, 0) + number
            if not step:
                break
            done += step
            waiting = context.storage.values.due_count(kinds, context.clock.now())
            if waiting:
                spent = context.clock.monotonic() - started
                for flow in flows:
                    context.progress(flow, Progress(done, done + waiting, spent / done * waiting))
            self._plan(context, flows, counts)
        for flow in flows:
            context.progress(flow, None)
        return error


def _enabled_kinds(context: FlowContext) -> list[Kind]:
    kinds: list[Kind] = []
    if context.settings.stock.enabled:
        kinds.append("stock")
    if context.settings.price.enabled:
        kinds.append("price")
    return kinds
