"""Reads a De/Para sheet: judges each row, then takes over exactly the good ones in one transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from otimo_tray.domain.catalogue import Component, SkuMapping
from otimo_tray.errors import ItemError
from otimo_tray.sheets.guard import lost_digits
from otimo_tray.sheets.reading import PersonSheet
from otimo_tray.sheets.results import Outcome, RowResult, SheetResult
from otimo_tray.sheets.state import SheetState
from otimo_tray.sync.decisions import edit_mappings
from otimo_tray.sync.storage import Storage

COLUMNS: Final = {
    "sku": ("sku_plugg_to", "sku_pluggto", "sku_no_plugg_to", "sku"),
    "code": ("codigo_no_erp", "codigo_erp", "cod_no_erp", "cod_erp", "codigo", "cod"),
    "units": ("qtd_por_sku", "quantidade_por_sku", "qtde_por_sku", "qtd", "qtde", "quantidade"),
}
EXPECTED: Final = "SKU Plugg.to; Código no ERP; Qtd. por SKU"
LONGEST: Final = {"sku": 200, "code": 100}
"""Characters of a SKU and of an ERP code."""
MOST_UNITS: Final = 100_000
_UNITS: Final = re.compile(r"([0-9]{1,7})(?:[.,]0{1,2})?")


@dataclass(slots=True)
class _Line:
    line: int
    sku: str
    code: str
    units_text: str
    units: int = 1
    outcome: Outcome = "same"
    error: ItemError | None = None

    def refuse(self, code: str, /, **params: str | int) -> None:
        if self.error is None:
            self.outcome, self.error = "refused", ItemError(code, raw="", **{"line": self.line, **params})

    def result(self) -> RowResult:
        value = f"{self.code} × {self.units}" if self.code and self.error is None else self.code
        return RowResult(self.line, self.sku, self.outcome, self.error, value)


def import_mapping(storage: Storage, state: SheetState, path: Path, now: datetime, *, apply: bool) -> SheetResult:
    """Judges the sheet, and with `apply` stores the good rows.

    A kit counts whole: one wrong row refuses all of its SKU. A row without an ERP code is left alone.
    Rows refused carry M-401 (no SKU), M-402 (the ERP doesn't have the code), M-403 (the hub doesn't have the SKU),
    M-404 (*Qtd. por SKU* is no whole number from 1), M-405 (the same SKU and code twice), M-406 (too long),
    M-407 (Excel took the digits away), M-408 (another row of the SKU is wrong), M-409 (no code, beside
    other rows of its SKU).

    Raises:
        ConfigurationError: C-480, C-481, C-482: the file can't be used as a whole.
        StoreAway: nothing was changed.
    """
    lines = _read(path)
    mappings = _judge(lines, state)
    written = edit_mappings(storage, mappings, now) if apply and mappings else 0
    return SheetResult([line.result() for line in lines], apply, written)


def _read(path: Path) -> list[_Line]:
    sheet = PersonSheet(path, COLUMNS, ("sku", "code"), EXPECTED)
    return [_Line(number, sku, code, units.strip()) for number, (sku, code, units) in sheet.rows()]


def _judge(lines: Sequence[_Line], state: SheetState) -> list[SkuMapping]:
    """Sets every line's outcome; answers the mappings to store."""
    _take_texts(lines, state)
    by_sku: dict[str, list[_Line]] = {}
    for line in lines:
        if line.sku:
            by_sku.setdefault(line.sku, []).append(line)
    before = state.mappings(by_sku)
    _check_known(lines, before, state)
    changes: list[SkuMapping] = []
    for sku, group in by_sku.items():
        _check_group(group)
        if any(line.error for line in group) or not group[0].code:
            continue
        wanted = {line.code: line.units for line in group}
        if wanted == before.get(sku):
            continue
        for line in group:
            line.outcome = "changed" if sku in before else "new"
        components = tuple(Component(line.code, line.units) for line in group)
        changes.append(SkuMapping(sku, components, origin="import"))
    return changes


def _take_texts(lines: Sequence[_Line], state: SheetState) -> None:
    """Cuts blanks off, except where the other side's code really has them; checks what one row alone can tell."""
    before = state.mappings(line.sku for line in lines if line.sku != line.sku.strip())
    skus = state.known_skus(line.sku for line in lines if line.sku != line.sku.strip()) | before.keys()
    codes = state.known_codes(line.code for line in lines if line.code != line.code.strip())
    for line in lines:
        if line.sku not in skus:
            line.sku = line.sku.strip()
        if line.code not in codes:
            line.code = line.code.strip()
        if not line.sku:
            line.refuse("M-401")
        for field in ("sku", "code"):
            text: str = getattr(line, field)
            if len(text) > LONGEST[field]:
                line.refuse("M-406", field=field, length=len(text), limit=LONGEST[field])
        if line.units_text and line.code:
            match = _UNITS.fullmatch(line.units_text)
            line.units = int(match[1]) if match else 0
            if not 1 <= line.units <= MOST_UNITS:
                line.refuse("M-404", sku=line.sku, value=line.units_text)


def _check_known(lines: Sequence[_Line], before: dict[str, dict[str, int]], state: SheetState) -> None:
    """SKUs that the hub has or that are mapped already; codes that the ERP has. What was never read can't be asked.

    A row that stands so already is never refused here: an export that comes back untouched changes nothing.
    """
    good = [line for line in lines if line.error is None and line.code]
    good = [line for line in good if before.get(line.sku, {}).get(line.code) != line.units]
    skus = state.known_skus(line.sku for line in good)
    codes = state.known_codes(line.code for line in good)
    bare = state.codes_without_zeros(line.code for line in good if line.code not in codes and line.code.isdigit())
    has_products, has_items = state.has_products(), state.has_items()
    for line in good:
        if line.sku not in skus and line.sku not in before:
            if lost_digits(line.sku):
                line.refuse("M-407", value=line.sku)
            elif has_products:
                line.refuse("M-403", sku=line.sku)
        if line.code not in codes:
            if lost_digits(line.code):
                line.refuse("M-407", value=line.code)
            elif has_items:
                line.refuse("M-402", sku=line.sku, erp_code=line.code, like=bare.get(line.code, ""))


def _check_group(group: Sequence[_Line]) -> None:
    """All rows of one SKU: a code only once, none without a code beside others, and all good or none."""
    if len(group) == 1:
        return
    seen: dict[str, int] = {}
    has_code = any(line.code for line in group)
    for line in group:
        if has_code and not line.code:
            line.refuse("M-409", sku=line.sku)
        elif line.code and line.code in seen:
            line.refuse("M-405", sku=line.sku, erp_code=line.code, other=seen[line.code])
        else:
            seen[line.code] = line.line
    wrong = next((line for line in group if line.error is not None), None)
    if wrong is not None:
        for line in group:
            line.refuse("M-408", sku=line.sku, other=wrong.line)
