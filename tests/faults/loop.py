"""The fault loop: the first call fails, then the second, … until a run passes untouched; both sides agree each time."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from otimo_tray.domain.status import ALL_FLOWS, Flow
from otimo_tray.errors import OtimoError
from tests.faults.breaks import Break, DatabaseBreak, ErpBreak, FileBreak, HubBreak, KeyringBreak
from tests.faults.rows import Row
from tests.faults.shop import CODES, FaultShop

STEP_S = 300.0
"""Between two runs of the program: its usual interval."""
MOST = 2_000
"""No flow makes more calls in this shop: more would be a loop that never ends."""


@dataclass(frozen=True, slots=True)
class Case:
    """One flow: what is made ready in peace, what people do then, and what the program runs while it is broken."""

    name: str
    flows: tuple[Flow, ...]
    ready: Callable[[FaultShop, int], None]
    act: Callable[[FaultShop, int], None]
    reads: int = 1
    """How many clean runs it takes: a cancelled order's units count again only in a balance read after it."""


def _nothing(shop: FaultShop, number: int) -> None:
    del shop, number


def _stock(shop: FaultShop, number: int) -> None:
    shop.set_balance(CODES[0], 5_000 + number)
    shop.set_balance(CODES[1], 6_000 + number)


def _price(shop: FaultShop, number: int) -> None:
    shop.set_price(CODES[2], Decimal(1_000 + number % 90) / 100)


def _order(shop: FaultShop, number: int) -> None:
    shop.sell(CODES[3], 1 + number % 2)


def _imported(shop: FaultShop, number: int) -> None:
    shop.sell(CODES[4])
    shop.run()
    shop.clock.advance(STEP_S)
    del number


def _cancel(shop: FaultShop, number: int) -> None:
    del number
    shop.cancel(list(shop.sold)[-1])


def _invoice(shop: FaultShop, number: int) -> None:
    del number
    shop.invoice(list(shop.sold)[-1])


def _invoiced(shop: FaultShop, number: int) -> None:
    _imported(shop, number)
    shop.invoice(list(shop.sold)[-1])
    shop.clock.advance(STEP_S)
    shop.run()
    shop.clock.advance(STEP_S)


def _code(shop: FaultShop, number: int) -> None:
    shop.type_code(list(shop.sold)[-1], f"OT{number:07d}BR")


def _everything(shop: FaultShop, number: int) -> None:
    for act in (_code, _stock, _price, _order):
        act(shop, number)


CASES = (
    Case("stock", (Flow.STOCK,), _nothing, _stock),
    Case("price", (Flow.PRICE,), _nothing, _price),
    Case("order", (Flow.ORDERS, Flow.STOCK), _nothing, _order),
    Case("cancelled order", (Flow.ORDERS, Flow.STOCK), _imported, _cancel, reads=2),
    Case("invoice", (Flow.INVOICES,), _imported, _invoice),
    Case("tracking", (Flow.TRACKING,), _invoiced, _code),
    Case("all at once", ALL_FLOWS, _invoiced, _everything),
)


def breaks() -> list[Break]:
    """One of each kind."""
    return [
        DatabaseBreak(),
        HubBreak("drop"),
        HubBreak("lost_answer"),
        HubBreak("500"),
        HubBreak("401"),
        ErpBreak("before"),
        ErpBreak("after"),
        ErpBreak("after", "folder"),
        FileBreak(),
        KeyringBreak(),
    ]


def run_case(shop: FaultShop, case: Case, broken: Break, row: Row, *, stride: int = 1, until: float = 0.0) -> None:
    """One flow under one kind of fault, from the first call to a run that passes untouched. `stride`: every n-th call
    only. `until`: monotonic moment at which to stop early (0 = never)."""
    for number in range(1, MOST, stride):
        case.ready(shop, number)
        case.act(shop, number)
        broken.arm(number)
        try:
            with contextlib.suppress(OtimoError):  # what a lane of the engine survives
                shop.run(*case.flows)
        finally:
            struck = broken.disarm()
        if number // stride % 2:
            shop.restart()
        for _ in range(case.reads):
            shop.clock.advance(STEP_S)
            shop.counter.export()
            shop.run()
        lost, twice = shop.disagreements()
        row.tried += struck
        if lost or twice:
            row.add(lost, twice, f"{case.name}, call {number}")
            return
        if not struck or (until and time.monotonic() > until):
            return
        shop.clock.advance(STEP_S)
    row.add([f"{case.name}: still making calls after {MOST}"])


def run_break(broken: Break, *, cases: Sequence[Case] = CASES, stride: int = 1, until: float = 0.0) -> Row:
    """All flows under one kind of fault, in a shop of its own."""
    row = Row(f"fault loop: {broken.name}")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="otimo-faults-") as folder, broken.shop(Path(folder)) as shop:
        broken.attach(shop)
        shop.run()
        shop.clock.advance(STEP_S)
        for case in cases:
            run_case(shop, case, broken, row, stride=stride, until=until)
    row.seconds = time.monotonic() - started
    return row


def run(until: float = 0.0, stride: int = 1) -> list[Row]:
    """The whole loop, one row a kind of fault."""
    return [run_break(broken, stride=stride, until=until) for broken in breaks()]
