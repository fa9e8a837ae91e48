"""Results of pasted codes, a row each; the wrong ones first, to be put right and pasted again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import heading
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.tracking.paste import PasteResult
from otimo_tray.ui.tracking.session import Outcome


class PasteDialog(QDialog):
    """Shows what became of each row."""

    def __init__(self, parent: QWidget, bench: Bench, results: list[PasteResult]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Códigos colados"))
        self.resize(720, 420)
        desk = bench.desk

        def why(row: PasteResult) -> str:
            answer = row.answer
            if answer is None:
                return self.tr("▲ falta o código")
            if answer.outcome is Outcome.SAVED:
                return self.tr("✓ gravado")
            if answer.outcome is Outcome.WARNED:
                said = " ".join(desk.sentence(code, {"code": row.code, "order": row.order}) for code in answer.warnings)
                return f"⚠ {said}"
            if answer.error is not None:
                return "▲ " + desk.error_sentence(answer.error)
            return {
                Outcome.ALARM: self.tr("✖ NÃO DESPACHAR: cancelado"),
                Outcome.SEVERAL: self.tr("▲ mais de um pedido com este número"),
            }.get(answer.outcome, self.tr("▲ pedido não encontrado"))

        columns: list[Column[PasteResult]] = [
            Column("line", self.tr("Linha"), lambda row: str(row.line), 6, right=True, sort=lambda row: row.line),
            Column("order", self.tr("Pedido"), lambda row: row.order, 18, code=True),
            Column("code", self.tr("Código"), lambda row: row.code, 20, code=True),
            Column("why", self.tr("Resultado"), why, 0, tip=why, tone=lambda row: None if _good(row) else Tone.WARN),
        ]
        self.model: RowsModel[PasteResult] = RowsModel(columns, lambda row: f"{row.order} {row.code}")
        self.model.setParent(self)
        self.model.set_rows(sorted(results, key=lambda row: (_good(row), row.line)))
        self.table = Table(self.model, "pasted-codes", bench.layout)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Códigos colados")))
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)


def _good(row: PasteResult) -> bool:
    return row.answer is not None and row.answer.outcome is Outcome.SAVED
