"""Previews: what a link by code or EAN, or a sheet, would change, before it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import SearchField, heading, label
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.folding import FoldedIndex
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate

_LinkRow = tuple[str, str, bool]


class Preview(QDialog):
    """A list, a sentence, and one button that does it."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        summary: str,
        table: Table[Any],
        do: str,
        *,
        possible: bool,
        search: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 480)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancelar"))
        self.do = buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setEnabled(possible)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.summary = label(summary, wrap=True)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(title))
        layout.addWidget(self.summary)
        if search:
            field = SearchField(search, self)
            field.searched.connect(table.rows_model.set_query)
            field.left_down.connect(table.setFocus)
            layout.addWidget(field)
        self.table = table
        layout.addWidget(table, 1)
        layout.addWidget(buttons)


class LinkList(NamedTuple):
    """What a link would do, folded for its search: (SKU, codes, whether it is clear)."""

    rows: list[_LinkRow]
    folded: FoldedIndex[_LinkRow]
    clear: list[tuple[str, str]]


def link_list(found: tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]) -> LinkList:
    """Prepare the pairs in a worker, the ambiguous ones first."""
    clear, ambiguous = found
    rows: list[_LinkRow] = [(sku, ", ".join(codes), False) for sku, codes in ambiguous]
    rows += [(sku, code, True) for sku, code in clear]
    index: FoldedIndex[_LinkRow] = FoldedIndex(_link_text)
    index.build(rows)
    return LinkList(rows, index, clear)


def _link_text(row: _LinkRow) -> str:
    return f"{row[0]} {row[1]}"


class LinkPreview(Preview):
    """SKUs that would be linked, and the ambiguous ones that stay as they are."""

    def __init__(self, parent: QWidget, bench: Bench, found: LinkList, *, by_ean: bool) -> None:
        columns: list[Column[_LinkRow]] = [
            Column("sku", translate("Mapping", "SKU Plugg.to"), lambda row: row[0], 24, code=True),
            Column("code", translate("Mapping", "Código no ERP"), lambda row: row[1], 0, code=True),
            Column(
                "state",
                translate("Mapping", "Situação"),
                lambda row: (
                    translate("Mapping", "✓ será vinculado")
                    if row[2]
                    else translate("Mapping", "▲ mais de um código: fica de fora")
                ),
                30,
                tone=lambda row: None if row[2] else Tone.WARN,
            ),
        ]
        model = RowsModel(columns, _link_text)
        model.run_sort = lambda op, done: bench.work.run(model, op, done)
        table = Table(model, "link-preview", bench.layout)
        table.empty_text = lambda: translate("Mapping", "Nenhum SKU sem De/Para tem um código correspondente no ERP.")
        model.set_rows(found.rows, found.folded)
        clear, ambiguous = len(found.clear), len(found.rows) - len(found.clear)
        summary = translate("Mapping", "{n} SKUs serão vinculados; {m} ambíguos ficam como estão.").format(
            n=number(clear), m=number(ambiguous)
        )
        title = (
            translate("Mapping", "Vincular por EAN") if by_ean else translate("Mapping", "Vincular por código igual")
        )
        super().__init__(
            parent,
            title,
            summary,
            table,
            translate("Mapping", "&Vincular {n}").format(n=number(clear)),
            possible=bool(clear),
            search=translate("Mapping", "Filtrar por SKU ou código"),
        )
        model.setParent(self)


class SheetLine(NamedTuple):
    """A row of the preview, with its sentence ready: a table asks too often to make it each time."""

    line: int
    key: str
    outcome: str
    why: str


class SheetList(NamedTuple):
    """A sheet's rows in the preview's order, folded for its search."""

    rows: list[SheetLine]
    folded: FoldedIndex[SheetLine]
    counts: dict[str, int]


_ORDER = {"refused": 0, "new": 1, "changed": 2, "same": 3}


def sheet_list(rows: Sequence[SheetRow], sentence: Callable[[str, Mapping[str, object]], str]) -> SheetList:
    """Prepare a sheet's rows in a worker: refused ones first, then new, changed and same."""
    groups: dict[str, list[SheetLine]] = {outcome: [] for outcome in _ORDER}
    for row in rows:
        why = sentence(row.error.code, row.error.params) if row.error is not None else ""
        groups[row.outcome].append(SheetLine(row.line, row.key, row.outcome, why))
    listed = [line for group in groups.values() for line in group]
    index: FoldedIndex[SheetLine] = FoldedIndex(_sheet_text)
    index.build(listed)
    return SheetList(listed, index, {outcome: len(group) for outcome, group in groups.items()})


def _sheet_text(line: SheetLine) -> str:
    return f"{line.key} {line.why}"


class SheetPreview(Preview):
    """What each row of a sheet would do: new, changed, same, refused and why."""

    def __init__(self, parent: QWidget, bench: Bench, name: str, found: SheetList, *, key: str = "") -> None:
        words = {
            "refused": translate("Mapping", "▲ recusada"),
            "new": translate("Mapping", "+ nova"),
            "changed": translate("Mapping", "→ alterada"),
            "same": translate("Mapping", "= igual"),
        }
        tones = {"refused": Tone.BAD, "new": Tone.NOTE, "changed": Tone.NOTE, "same": Tone.QUIET}
        columns: list[Column[SheetLine]] = [
            Column(
                "line",
                translate("Mapping", "Linha"),
                lambda row: number(row.line),
                6,
                right=True,
                sort=lambda row: row.line,
            ),
            Column("key", key or translate("Mapping", "SKU"), lambda row: row.key, 24, code=True),
            Column(
                "outcome",
                translate("Mapping", "Situação"),
                lambda row: words[row.outcome],
                14,
                tone=lambda row: tones[row.outcome],
                sort=lambda row: _ORDER[row.outcome],
            ),
            Column("why", translate("Mapping", "Motivo"), lambda row: row.why, 0, tip=lambda row: row.why),
        ]
        model = RowsModel(columns, _sheet_text)
        model.run_sort = lambda op, done: bench.work.run(model, op, done)
        table = Table(model, "sheet-preview", bench.layout)
        table.empty_text = lambda: translate("Mapping", "A planilha não tem linhas.")
        model.set_rows(found.rows, found.folded)
        counts = found.counts
        summary = translate("Mapping", "{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.").format(
            new=number(counts["new"]),
            changed=number(counts["changed"]),
            same=number(counts["same"]),
            refused=number(counts["refused"]),
        )
        todo = counts["new"] + counts["changed"]
        super().__init__(
            parent,
            name,
            summary,
            table,
            translate("Mapping", "&Aplicar {n}").format(n=number(todo)),
            possible=bool(todo),
            search=translate("Mapping", "Filtrar"),
        )
        model.setParent(self)
