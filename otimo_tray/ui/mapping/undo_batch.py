"""Take the last batch of prices or stock back: what would go back to what, then one button; the guards look at it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from otimo_tray.domain.plan import Kind
from otimo_tray.sync.storage import TakenBack
from otimo_tray.sync.undo import Undone
from otimo_tray.ui.formats import near_moment, number, raw_decimal
from otimo_tray.ui.mapping.explained import value_text
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import count_words
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate


def folded_undo(found: Undone) -> FoldedIndex[TakenBack]:
    """Prepare the search in a worker."""
    index: FoldedIndex[TakenBack] = FoldedIndex(_text)
    index.build(found.back)
    return index


def _text(entry: TakenBack) -> str:
    return entry.sku


class UndoPreview(Preview):
    """The values of the last batch, and those they would go back to."""

    def __init__(self, parent: QWidget, bench: Bench, found: Undone, folded: FoldedIndex[TakenBack]) -> None:
        kind: Kind = found.kind

        def amount(text: str) -> float:
            return float(raw_decimal(text.partition("/")[2] or text) or 0)

        def shown(pick: Callable[[TakenBack], str]) -> Callable[[TakenBack], str]:
            return lambda entry: value_text(kind, pick(entry))

        columns: list[Column[TakenBack]] = [
            Column("sku", translate("Mapping", "SKU Plugg.to"), lambda entry: entry.sku, 0, code=True),
            Column(
                "now",
                translate("Mapping", "No Plugg.to"),
                shown(lambda entry: entry.value),
                18,
                right=True,
                sort=lambda entry: amount(entry.value),
            ),
            Column(
                "back",
                translate("Mapping", "Volta a"),
                shown(lambda entry: entry.instead),
                18,
                right=True,
                sort=lambda entry: amount(entry.instead),
            ),
        ]
        model = RowsModel(columns, _text)
        model.run_sort = lambda op, done: bench.work.run(model, op, done)
        table = Table(model, "undo-batch", bench.layout)
        table.empty_text = lambda: translate(
            "Mapping", "Todos os valores deste envio eram os primeiros: não há a que voltar."
        )
        model.set_rows(found.back, folded)
        now, zone = bench.desk.clock.now(), bench.zone()
        moved = count_words(
            len(found.back),
            translate("Mapping", "SKU volta ao valor de antes"),
            translate("Mapping", "SKUs voltam ao valor de antes"),
        )
        kept = count_words(
            len(found.first),
            translate("Mapping", "não tinha valor antes e fica"),
            translate("Mapping", "não tinham valor antes e ficam"),
        )
        summary = translate(
            "Mapping",
            "Último envio: {since} a {until}. {moved}; {kept}. "
            "As proteções valem como em qualquer envio, e o valor do ERP volta quando ele mudar.",
        ).format(
            since=near_moment(found.since, now, zone),
            until=near_moment(found.until, now, zone),
            moved=moved,
            kept=kept,
        )
        title = (
            translate("Mapping", "Desfazer o último envio de estoque")
            if kind == "stock"
            else translate("Mapping", "Desfazer o último envio de preços")
        )
        super().__init__(
            parent,
            title,
            summary,
            table,
            translate("Mapping", "&Desfazer {n}").format(n=number(len(found.back))),
            possible=bool(found.back),
            search=translate("Mapping", "Filtrar por SKU"),
        )
        model.setParent(self)
