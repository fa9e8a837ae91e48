"""What became of each row of a sheet, and of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from otimo_tray.errors import ItemError

Outcome = Literal["new", "changed", "same", "warning", "refused"]


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row. `key` is the SKU or the order as the sheet has it.

    `error` says why a row was refused, or what it is warned of.
    """

    line: int
    key: str
    outcome: Outcome
    error: ItemError | None = None
    value: str = ""
    """What the row says of its key: `001 × 2`, or the tracking code."""


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A sheet's rows in their order; `applied` False for a preview. `written` counts SKUs or codes that changed."""

    rows: Sequence[RowResult]
    applied: bool
    written: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each outcome, all five named."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in ("new", "changed", "same", "warning", "refused")}
