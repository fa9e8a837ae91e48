"""Two columns from Excel, order and code: each row gets its own result. Runs in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from otimo_tray.domain.labels import read_scan
from otimo_tray.domain.status import Flow
from otimo_tray.ui.desk import Desk, SheetRow
from otimo_tray.ui.tables.clipboard import from_block
from otimo_tray.ui.tracking.session import Answer, Choice, Outcome, give

_PREVIEW_BLOCK = 50
"""Others wait to write meanwhile: short."""


@dataclass(frozen=True, slots=True)
class PasteRow:
    """A pasted row; `accept` takes its code in spite of warnings."""

    line: int
    order: str
    code: str
    accept: bool = False


@dataclass(frozen=True, slots=True)
class PasteResult:
    """What became of a row: `answer` None means that it has no two cells."""

    row: PasteRow
    answer: Answer | None

    @property
    def good(self) -> bool:
        """Whether its code is saved."""
        return self.answer is not None and self.answer.outcome is Outcome.SAVED


def from_sheet(rows: Sequence[SheetRow]) -> list[PasteResult]:
    """Return the refused rows of a sheet of codes, with their reasons, to be put right where they stand."""
    return [
        PasteResult(
            PasteRow(row.line, row.key, row.value),
            Answer(
                Outcome.WARNED if row.warned else Outcome.REFUSED,
                read_scan(row.value),
                warnings=(row.error.code,) if row.error is not None else (),
                error=row.error,
            ),
        )
        for row in rows
        if row.outcome == "refused"
    ]


def read_block(text: str) -> list[PasteRow]:
    """Return a block's rows. Empty ones and a heading are left out."""
    rows: list[PasteRow] = []
    for line, cells in enumerate(from_block(text), 1):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        order, code = filled[0], filled[1] if len(filled) > 1 else ""
        if line == 1 and not any(char.isdigit() for char in order + code):
            continue
        rows.append(PasteRow(line, order, code))
    return rows


def paste_codes(desk: Desk, rows: Sequence[PasteRow], choice: Choice, now: datetime) -> list[PasteResult]:
    """Give each row's code to its order; a wrong row holds no other."""
    results = _give(desk, rows, choice, now)
    if any(result.good for result in results):
        desk.engine.wake(Flow.TRACKING)
    return results


class _UndoneError(Exception):
    """Ends a transaction whose writes shall not stay."""


def preview_codes(desk: Desk, rows: Sequence[PasteRow], choice: Choice, now: datetime) -> list[PasteResult]:
    """Return what `paste_codes` would do: it is done, block by block, in transactions that are undone."""
    results: list[PasteResult] = []
    for start in range(0, len(rows), _PREVIEW_BLOCK):
        with suppress(_UndoneError), desk.storage.batch():
            results += _give(desk, rows[start : start + _PREVIEW_BLOCK], choice, now)
            raise _UndoneError
    return results


def _give(desk: Desk, rows: Sequence[PasteRow], choice: Choice, now: datetime) -> list[PasteResult]:
    return [PasteResult(row, _one(desk, row, choice, now) if row.code else None) for row in rows]


def _one(desk: Desk, row: PasteRow, choice: Choice, now: datetime) -> Answer:
    scan = read_scan(row.order)
    found = desk.reader.tracking.scanned(scan.key or scan.text)
    if not found and scan.text.startswith("#"):
        found = desk.reader.tracking.scanned(scan.text.lstrip("#").strip())
    if not found:
        return Answer(Outcome.UNKNOWN, scan)
    if len(found) > 1:
        return Answer(Outcome.SEVERAL, scan, found[0])
    if found[0].cancelled:
        return Answer(Outcome.ALARM, scan, found[0])
    chosen = replace(choice, accept_warnings=True) if row.accept else choice
    return give(desk, read_scan(row.code), found[0], chosen, now)
