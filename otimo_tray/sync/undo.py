"""Takes the last batch of sent values back to what the hub had before, as a plan under the guards.

A value taken back stays away until the ERP (or a rule, or a sale) makes another one of it: then that one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from otimo_tray.domain.plan import Kind
from otimo_tray.errors import ItemError
from otimo_tray.sync.storage import SentValue, Storage, TakenBack

UNDO: Final = "undo"
"""Why a value was sent that an undo put in place of another one."""
GAP: Final = timedelta(minutes=2)
"""Values sent further apart are no batch, where the ledger knows no run that sent them."""
_LONGEST_RUN: Final = timedelta(days=1)
_TAKEN: Final = ("confirmed", "unchanged")


@dataclass(frozen=True, slots=True)
class Undone:
    """Attributes:
    back: what goes back, one entry a SKU.
    first: SKUs whose value was the first one ever: there is nothing before it.
    since, until: the first and the last instant of the batch.
    """

    kind: Kind
    back: list[TakenBack]
    first: list[str]
    since: datetime
    until: datetime


def last_batch(storage: Storage, kind: Kind) -> list[SentValue]:
    """The values of this kind that the last run sent, newest first; those an undo sent aren't looked at.

    Empty when nothing was sent, or the last batch was taken back already.
    """
    newest = next(_sent(storage, kind, None), None)
    if newest is None:
        return []
    done = storage.facts.get(_fact(kind))
    if done is not None and newest.at <= datetime.fromisoformat(done):
        return []
    start = _run_start(storage, kind, newest.at)
    batch: list[SentValue] = []
    for row in _sent(storage, kind, start if start is not None else newest.at - _LONGEST_RUN):
        if start is None and batch and batch[-1].at - row.at > GAP:
            break
        batch.append(row)
    return batch


def undo(storage: Storage, kind: Kind, now: datetime, *, dry_run: bool = False) -> Undone:
    """Takes the last batch back; the next plan sends what was there before, under the guards.

    Raises:
        ItemError: G-241, there is no batch to take back.
    """
    batch = last_batch(storage, kind)
    if not batch:
        raise ItemError("G-241", kind=kind)
    values: dict[str, str] = {}
    before: dict[str, str | None] = {}
    for row in batch:  # newest first: the first seen is the last sent, the last seen the first
        values.setdefault(row.sku, row.value)
        before[row.sku] = row.previous
    back: list[TakenBack] = []
    for sku, value in values.items():
        previous = before[sku]
        if previous is not None and previous != value:
            back.append(TakenBack(sku, kind, value, previous, now))
    result = Undone(kind, back, [sku for sku, value in before.items() if value is None], batch[-1].at, batch[0].at)
    if not dry_run:
        with storage.batch():
            storage.audit.take_back(back)
            storage.acts.note("act.undone", "", {"kind": kind, "count": len(back)}, now)
            storage.facts.set(_fact(kind), batch[0].at.isoformat())
    return result


def _fact(kind: Kind) -> str:
    return f"undone_until:{kind}"


def _sent(storage: Storage, kind: Kind, since: datetime | None) -> Iterator[SentValue]:
    return (row for row in storage.audit.sent_of(kind, since) if row.answer in _TAKEN and row.reason != UNDO)


def _run_start(storage: Storage, kind: Kind, at: datetime) -> datetime | None:
    """When the run began that sent something at `at`; None when the ledger has no such run (it was cut off)."""
    starts = [
        run.started_at
        for run in storage.runs.since(kind, at - _LONGEST_RUN)
        if run.started_at <= at and (run.ended_at is None or at <= run.ended_at)
    ]
    return max(starts, default=None)
