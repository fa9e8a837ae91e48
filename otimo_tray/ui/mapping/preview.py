"""Previews: what a link by code or EAN, or a sheet, would change, before it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from otimo_tray.ui.desk import SheetRow
from otimo_tray.ui.formats import number
from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import heading, label
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table

_LinkRow = tuple[str, str, bool]


class Preview(QDialog):
    """A list, a sentence, and one button that does it."""

    def __init__(self, parent: QWidget, title: str, summary: str, table: QWidget, do: str, *, possible: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 480)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do = buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setEnabled(possible)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.summary = label(summary, wrap=True)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(title))
        layout.addWidget(self.summary)
        layout.addWidget(table, 1)
        layout.addWidget(buttons)


class LinkPreview(Preview):
    """SKUs that would be linked, and the ambiguous ones that stay as they are."""

    def __init__(
        self,
        parent: QWidget,
        bench: Bench,
        clear: Sequence[tuple[str, str]],
        ambiguous: Sequence[tuple[str, list[str]]],
        *,
        by_ean: bool,
    ) -> None:
        rows: list[_LinkRow] = [(sku, ", ".join(codes), False) for sku, codes in ambiguous]
        rows += [(sku, code, True) for sku, code in clear]
        columns: list[Column[_LinkRow]] = [
            Column("sku", parent.tr("SKU Plugg.to"), lambda row: row[0], 24, code=True),
            Column("code", parent.tr("Código no ERP"), lambda row: row[1], 0, code=True),
            Column(
                "state",
                parent.tr("Situação"),
                lambda row: parent.tr("✓ será vinculado") if row[2] else parent.tr("▲ mais de um código: fica de fora"),
                30,
                tone=lambda row: None if row[2] else Tone.WARN,
            ),
        ]
        model = RowsModel(columns, lambda row: row[0])
        table = Table(model, "link-preview", bench.layout)
        table.empty_text = lambda: parent.tr("Nenhum SKU sem De/Para tem um código correspondente no ERP.")
        model.set_rows(rows)
        summary = parent.tr("{n} SKUs serão vinculados; {m} ambíguos ficam como estão.").format(
            n=number(len(clear)), m=number(len(ambiguous))
        )
        title = parent.tr("Vincular por EAN") if by_ean else parent.tr("Vincular por código igual")
        super().__init__(
            parent, title, summary, table, parent.tr("&Vincular {n}").format(n=number(len(clear))), possible=bool(clear)
        )
        model.setParent(self)


class SheetPreview(Preview):
    """What each row of a sheet would do: new, changed, same, refused and why."""

    def __init__(self, parent: QWidget, bench: Bench, name: str, rows: Sequence[SheetRow]) -> None:
        words = {
            "refused": parent.tr("▲ recusada"),
            "new": parent.tr("+ nova"),
            "changed": parent.tr("→ alterada"),
            "same": parent.tr("= igual"),
        }
        tones = {"refused": Tone.BAD, "new": Tone.NOTE, "changed": Tone.NOTE, "same": Tone.QUIET}
        order = list(words)

        def why(row: SheetRow) -> str:
            return bench.desk.sentence(row.error.code, row.error.params) if row.error is not None else ""

        columns: list[Column[SheetRow]] = [
            Column("line", parent.tr("Linha"), lambda row: number(row.line), 6, right=True, sort=lambda row: row.line),
            Column("key", parent.tr("SKU"), lambda row: row.key, 24, code=True),
            Column(
                "outcome",
                parent.tr("Situação"),
                lambda row: words[row.outcome],
                14,
                tone=lambda row: tones[row.outcome],
            ),
            Column("why", parent.tr("Motivo"), why, 0, tip=why),
        ]
        model = RowsModel(columns, lambda row: row.key)
        table = Table(model, "sheet-preview", bench.layout)
        table.empty_text = lambda: parent.tr("A planilha não tem linhas.")
        model.set_rows(sorted(rows, key=lambda row: (order.index(row.outcome), row.line)))
        counts = Counter(row.outcome for row in rows)
        summary = parent.tr("{new} novas, {changed} alteradas, {same} iguais, {refused} recusadas.").format(
            new=number(counts["new"]),
            changed=number(counts["changed"]),
            same=number(counts["same"]),
            refused=number(counts["refused"]),
        )
        todo = counts["new"] + counts["changed"]
        super().__init__(
            parent, name, summary, table, parent.tr("&Aplicar {n}").format(n=number(todo)), possible=bool(todo)
        )
        model.setParent(self)
