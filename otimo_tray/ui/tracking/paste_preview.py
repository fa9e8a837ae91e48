"""What pasted rows would do, before anything is saved: each with its result, and one button to save the good ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from otimo_tray.ui.look import Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import button, count_words, heading, label, row
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.tracking.paste import PasteResult
from otimo_tray.ui.tracking.pasted import why


class PastePreview(QDialog):
    """Accepted when the person wants the good rows saved; the wrong ones are put right afterwards."""

    def __init__(self, parent: QWidget, bench: Bench, results: Sequence[PasteResult]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Conferir códigos colados"))
        self.resize(760, 440)
        columns: list[Column[PasteResult]] = [
            Column(
                "line", self.tr("Linha"), lambda found: str(found.row.line), 6, right=True, sort=lambda f: f.row.line
            ),
            Column("order", self.tr("Pedido"), lambda found: found.row.order, 18, code=True),
            Column("code", self.tr("Código"), lambda found: found.row.code, 20, code=True),
            Column(
                "why",
                self.tr("Resultado"),
                lambda found: self.tr("✓ será gravado") if found.good else why(found, bench.desk),
                0,
                tip=lambda found: "" if found.good else why(found, bench.desk),
                tone=lambda found: None if found.good else Tone.WARN,
            ),
        ]
        self.model = RowsModel(columns, lambda found: f"{found.row.order} {found.row.code}")
        self.model.setParent(self)
        self.model.set_rows(sorted(results, key=lambda found: (found.good, found.row.line)))
        good = sum(found.good for found in results)
        text = count_words(good, self.tr("código será gravado"), self.tr("códigos serão gravados"))
        if good < len(results):
            text += self.tr("; {n} com problema, para corrigir em seguida").format(n=len(results) - good)
        self.summary = label(text, wrap=True)
        self.save = button(self.tr("&Gravar") if good else self.tr("&Corrigir"), self.accept, name="paste-save")
        self.save.setDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        layout = QVBoxLayout(self)
        layout.addWidget(heading(self.tr("Conferir códigos colados")))
        layout.addWidget(self.summary)
        layout.addWidget(Table(self.model, "pasted-codes", bench.layout), 1)
        layout.addLayout(row(None, self.save, buttons))
        self.save.setFocus()
