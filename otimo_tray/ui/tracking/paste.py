"""Two columns from Excel, order and code: each row gets its own result. Runs in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from otimo_tray.ui.desk import Desk
from otimo_tray.ui.tables.clipboard import from_block
from otimo_tray.ui.tracking.scan import read_scan
from otimo_tray.ui.tracking.session import Answer, Choice, Outcome, give


@dataclass(frozen=True, slots=True)
class PasteResult:
    """A pasted row: `answer` None means that it has no two cells."""

    line: int
    order: str
    code: str
    answer: Answer | None


def paste_codes(desk: Desk, text: str, choice: Choice, now: datetime) -> list[PasteResult]:
    """Give each row's code to its order; a wrong row holds no other. Empty rows and a heading are left out."""
    results: list[PasteResult] = []
    for line, cells in enumerate(from_block(text), 1):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        if len(filled) < 2:
            results.append(PasteResult(line, filled[0], "", None))
            continue
        order, code = filled[0], filled[1]
        if line == 1 and not any(char.isdigit() for char in order + code):
            continue
        results.append(PasteResult(line, order, code, _one(desk, order, code, choice, now)))
    return results


def _one(desk: Desk, order: str, code: str, choice: Choice, now: datetime) -> Answer:
    scan = read_scan(order)
    found = desk.reader.tracking.scanned(scan.key or scan.text)
    if not found:
        return Answer(Outcome.UNKNOWN, scan)
    if len(found) > 1:
        return Answer(Outcome.SEVERAL, scan, found[0])
    if found[0].cancelled:
        return Answer(Outcome.ALARM, scan, found[0])
    return give(desk, read_scan(code), found[0], choice, now)
