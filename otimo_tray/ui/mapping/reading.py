"""What the De/Para page reads, in a worker: everything the first time, later what changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from otimo_tray.store.readmodels.mapping import ErpCode, MappingReader, MappingRow
from otimo_tray.store.readmodels.mapping_rows import MappingRows
from otimo_tray.store.readmodels.panel import stored
from otimo_tray.ui.mapping.codes import CodeBook
from otimo_tray.ui.mapping.model import MappingModel, Placed
from otimo_tray.ui.mapping.spare import code_text
from otimo_tray.ui.tables.folding import FoldedIndex

RELOAD_ALL = 5_000
"""From so many changed SKUs on everything is read anew."""


class Loaded(NamedTuple):
    """What a worker read."""

    rows: MappingRows
    folded: FoldedIndex[MappingRow]
    kits: dict[str, list[tuple[str, int]]]
    book: CodeBook
    since: str
    spare: int
    same_as: object
    """The shown rows at that time, if these are the same SKUs; else None."""


class Renewed(NamedTuple):
    """What a worker read about SKUs that changed."""

    placed: Placed
    since: str
    spare: int


def read_rows(reader: MappingReader, model: MappingModel, since: str, now: datetime) -> Loaded | Renewed:
    """Read all rows, or those that changed `since` (a time as the state database writes it; "" = never read)."""
    changed = reader.changed_since(since) if since else None
    if changed is None or len(changed) > RELOAD_ALL or any(model.place_of(sku) is None for sku in changed):
        rows = reader.rows()
        index: FoldedIndex[MappingRow] = FoldedIndex(model.search_text)
        index.build(rows)
        book, same = CodeBook(reader.codes_and_names()), model.same_skus(rows)
        return Loaded(rows, index, reader.kits(), book, stored(now), reader.spare_count(), same)
    placed = model.placed(reader.rows_of(changed), reader.kits() if changed else {})
    return Renewed(placed, stored(now), reader.spare_count())


def read_codes(reader: MappingReader) -> tuple[list[ErpCode], FoldedIndex[ErpCode]]:
    """Read the ERP's codes that no SKU uses, folded for their search."""
    rows = reader.spare_codes()
    index: FoldedIndex[ErpCode] = FoldedIndex(code_text)
    index.build(rows)
    return rows, index
