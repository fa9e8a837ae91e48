"""Sends due values over a few connections at once: doubt stored before each PUT, cleared by its answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Protocol

from otimo_tray.domain.catalogue import HubProduct
from otimo_tray.domain.plan import DuePush, Kind, PriceValue, PushResult, StockValue, value_from_text
from otimo_tray.domain.retry import retry_delay
from otimo_tray.errors import (
    HubAway,
    HubBusy,
    HubNotFound,
    HubRefusedItem,
    HubUnchanged,
    LeaseLost,
    OtimoError,
    PersonNeeded,
)
from otimo_tray.sync.context import FlowContext

BLOCK = 250
"""Pushes sent before the flow looks again at what changed meanwhile: a new order's SKU must not wait behind 20,000."""
_BATCH = 40
"""SKUs put in doubt and handed out together: one commit for all of them."""
_MAX_ENVIRONMENT_FAILURES = 5
"""After so many answers in a row that say "the hub is away" the run ends; the rest waits for the next one."""


SendCounts = dict[str, int]
"""`stock_pushed`, `stock_unchanged`, `stock_failed`, `stock_skipped`, and the same for price."""


class Pool(Protocol):
    """Threads that PUTs run in: at most so many of one shop at once."""

    def submit(self, work: Callable[[], None], /) -> object: ...
    def shutdown(self, wait: bool = True) -> None: ...


def own_pool(connections: int) -> Pool:
    """A pool of this engine alone."""
    return ThreadPoolExecutor(connections, thread_name_prefix="sender")


class Sender:
    """Empties the outbox of values. One PUT in flight per SKU; `connections` at once.

    The pool lives as long as the engine, so that each thread keeps its connection.
    """

    def __init__(self, connections: int, pool: Pool | None = None) -> None:
        self._pool = own_pool(connections) if pool is None else pool
        self._connections = connections

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def send_block(
        self, context: FlowContext, kinds: Sequence[Kind], limit: int = BLOCK
    ) -> tuple[SendCounts, OtimoError | None]:
        """Sends at most `limit` due pushes; answers the counts and what ended the block early, if anything did.

        Empty counts and no error mean that nothing was due.
        """
        pushes = context.storage.values.due_pushes(kinds, context.clock.now(), limit)
        return _SendBlock(context, pushes, self._pool, self._connections * 2).run()


class _SendBlock:
    """One block: this thread hands out and writes results, the pool sends."""

    def __init__(self, context: FlowContext, pushes: Sequence[DuePush], pool: Pool, window: int) -> None:
        self._context = context
        self._pushes = pushes
        self._pool = pool
        self._window = window
        self._results: queue.SimpleQueue[list[PushResult]] = queue.SimpleQueue()
        self._halt = threading.Event()
        self._ended_by: OtimoError | None = None
        self._failures_in_row = 0
        self._away: HubAway | None = None
        self._any_answer = False
        self._lock = threading.Lock()
        self._counts: SendCounts = {}

    def run(self) -> tuple[SendCounts, OtimoError | None]:
        try:
            return self._run()
        except BaseException:
            self._halt.set()  # what can't be recorded any more isn't sent either
            raise

    def _run(self) -> tuple[SendCounts, OtimoError | None]:
        in_flight = 0
        for group in self._groups():
            self._pool.submit(partial(self._work, group))
            in_flight += 1
            if in_flight >= self._window:
                in_flight -= self._collect()
            if self._stopping():
                break
        while in_flight:
            in_flight -= self._collect()
        if self._ended_by is None and self._away is not None and not self._any_answer:
            self._ended_by = self._away  # few pushes, and the hub answered none of them
        return self._counts, self._ended_by

    def _stopping(self) -> bool:
        return self._halt.is_set() or self._context.stop.is_set()

    def _groups(self) -> Iterator[list[DuePush]]:
        """Pushes by SKU (its stock, then its price, one after the other), put in doubt a batch at a time."""
        by_sku: dict[str, list[DuePush]] = {}
        for push in self._pushes:
            by_sku.setdefault(push.sku, []).append(push)
        groups = list(by_sku.values())
        for start in range(0, len(groups), _BATCH):
            batch = groups[start : start + _BATCH]
            self._context.storage.values.mark_doubt(
                [push for group in batch for push in group], self._context.clock.now()
            )
            yield from batch

    def _collect(self) -> int:
        """Waits for at least one result, takes all that are there, writes them in one transaction."""
        done = [self._results.get()]
        while len(done) < _BATCH:
            try:
                done.append(self._results.get_nowait())
            except queue.Empty:
                break
        results = [result for group in done for result in group]
        with self._context.storage.batch():
            self._context.storage.values.record_results(results)
            self._tell_problems(results)
        for result in results:
            name = f"{result.push.kind}_{_outcome(result)}"
            self._counts[name] = self._counts.get(name, 0) + 1
        return len(done)

    def _tell_problems(self, results: Sequence[PushResult]) -> None:
        """A refused item becomes a problem, a confirmed one ends it. Environment faults are the run's alone."""
        problems = self._context.storage.problems
        for result in results:
            if result.error is not None and not isinstance(result.error, HubAway):
                problems.report(result.push.kind, result.push.sku, result.error, result.at)
        for kind in ("stock", "price"):
            problems.solve(kind, [r.push.sku for r in results if r.push.kind == kind and r.confirmed is not None])

    # --- in the pool's threads ---------------------------------------------------------------------------------------

    def _work(self, group: list[DuePush]) -> None:
        results: list[PushResult] = []
        try:
            results.extend(map(self._one, group))
        except LeaseLost as error:
            # Nothing is known of what was under way: its doubt stays, for the desk that leads now.
            self._end(error)
        except BaseException as error:  # a bug must not leave the run waiting for a result for ever
            with self._lock:
                self._ended_by = self._ended_by or OtimoError("X-001", error=type(error).__name__)
            self._halt.set()
            raise
        finally:
            self._results.put(results)

    def _one(self, push: DuePush) -> PushResult:
        now = self._context.clock.now()
        if self._stopping() or not self._context.storage.values.is_current(push):
            return PushResult(push, now, answer="skipped")
        try:
            confirmed, answer = self._put(push)
        except HubAway as error:
            return self._environment(push, error)
        except PersonNeeded as error:
            self._end(error)
            return PushResult(push, now, answer="skipped")
        except HubRefusedItem as error:
            with self._lock:
                self._any_answer = True
            delay = retry_delay(push.attempts + 1, "item")
            # What the hub holds now is unknown when it took the PUT and shows something else.
            return self._failed(push, error, delay, keep_doubt=error.code in ("P-133", "P-136"))
        with self._lock:
            self._failures_in_row = 0
            self._any_answer = True
        return PushResult(push, self._context.clock.now(), confirmed=confirmed, answer=answer)

    def _put(self, push: DuePush) -> tuple[str, str]:
        hub = self._context.hub
        wanted = value_from_text(push.kind, push.value)
        answer = "confirmed"
        try:
            if isinstance(wanted, StockValue):
                product = hub.put_stock(push.sku, wanted.quantity)
            else:
                product = hub.put_price(push.sku, wanted.price, wanted.special)
            if push.product_id and product.product_id and product.product_id != push.product_id:
                # The upsert made a new product instead of updating ours: never repeat that for this SKU.
                raise HubRefusedItem("P-136", sku=push.sku, raw=product.product_id)
        except HubUnchanged:
            product, answer = hub.product(push.sku), "unchanged"
        if not _holds(product, wanted):
            product = hub.product(push.sku)  # the answer may be thin; the read is what counts
            if not _holds(product, wanted):
                raise HubRefusedItem("P-133", sku=push.sku, wanted=push.value)
        return push.value, answer

    def _environment(self, push: DuePush, error: HubAway) -> PushResult:
        busy = isinstance(error, HubBusy)
        with self._lock:
            self._failures_in_row += 1
            self._away = error
            if busy or self._failures_in_row >= _MAX_ENVIRONMENT_FAILURES:
                self._ended_by = self._ended_by or error
                self._halt.set()
        delay = (
            retry_delay(push.attempts + 1, "busy", error.retry_after)
            if isinstance(error, HubBusy)
            else retry_delay(push.attempts + 1, "environment")
        )
        return self._failed(push, error, delay, keep_doubt=error.after_send)

    def _end(self, error: OtimoError) -> None:
        with self._lock:
            self._ended_by = self._ended_by or error
        self._halt.set()

    def _failed(
        self, push: DuePush, error: OtimoError, delay: timedelta | None, *, keep_doubt: bool = False
    ) -> PushResult:
        now = self._context.clock.now()
        final = delay is None or error.code == "P-136" or isinstance(error, HubNotFound)
        error.params.setdefault("sku", push.sku)
        return PushResult(
            push,
            now,
            answer=error.code,
            error=error,
            keep_doubt=keep_doubt,
            retry_at=None if final or delay is None else now + delay,
        )


def _outcome(result: PushResult) -> str:
    if result.error is not None:
        return "failed"
    return {"skipped": "skipped", "unchanged": "unchanged"}.get(result.answer, "pushed")


def _holds(product: HubProduct, wanted: StockValue | PriceValue) -> bool:
    """Whether the hub's product shows the wanted value. A special price of null means "as the list price"."""
    if isinstance(wanted, StockValue):
        return product.quantity == wanted.quantity
    special = product.special_price if product.special_price is not None else product.price
    return product.price == wanted.price and special == wanted.special
