"""Maps the columns of the ERP's sheets once, with a look at the first rows as they will be understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from otimo_tray.ui.look import MARGIN, Tone
from otimo_tray.ui.page import Bench
from otimo_tray.ui.parts import ToneLabel, heading, label
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate

if TYPE_CHECKING:
    from otimo_tray.erp.folder.look import SheetLook

NAMES = ("codigo", "saldo", "preco", "preco_promocional", "promocao_inicio", "promocao_fim", "descricao", "ean")
"""Our columns, in the order of the contract."""
NEEDED = ("codigo", "saldo")
Row = tuple[str, ...]


def column_title(name: str) -> str:
    """Return one of our columns as people call it."""
    return {
        "codigo": translate("Columns", "Código no ERP"),
        "saldo": translate("Columns", "Saldo"),
        "preco": translate("Columns", "Preço"),
        "preco_promocional": translate("Columns", "Preço promocional"),
        "promocao_inicio": translate("Columns", "Início da promoção"),
        "promocao_fim": translate("Columns", "Fim da promoção"),
        "descricao": translate("Columns", "Produto"),
        "ean": translate("Columns", "EAN"),
    }[name]


class ColumnsDialog(QDialog):
    """One line for each of our columns: which header of the file it is. Below, the first rows."""

    def __init__(self, parent: QWidget, bench: Bench, looks: Sequence[SheetLook], columns: dict[str, str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("columns")
        self.setWindowTitle(self.tr("Colunas das planilhas"))
        self.resize(760, 560)
        self._looks = [look for look in looks if look.header]
        self._headers = list(dict.fromkeys(name for look in self._looks for name in look.header if name.strip()))
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, name in enumerate(NAMES):
            box = self._box(name, columns.get(name))
            title = label(column_title(name))
            title.setBuddy(box)
            line, side = place % 4, place // 4 * 2
            grid.addWidget(title, line, side)
            grid.addWidget(box, line, side + 1)
            self.boxes[name] = box
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.said = label(wrap=True)
        self.model: RowsModel[Row] = RowsModel(
            [
                Column(
                    name, column_title(name), lambda row, place=place: row[place], 12, code=name in {"codigo", "ean"}
                )
                for place, name in enumerate(NAMES)
            ],
            lambda row: row[0],
        )
        self.model.setParent(self)
        self.table = Table(self.model, "columns-preview", bench.layout)
        self.table.empty_text = lambda: self.tr("Nenhuma planilha “estoque” na pasta ainda.")
        boxes = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(boxes.Ok | boxes.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(8)
        files = ", ".join(look.source for look in looks) or self.tr("nenhum arquivo")
        layout.addWidget(heading(self.tr("Que coluna é qual?")))
        layout.addWidget(label(self.tr("Arquivos na pasta: {files}").format(files=files), wrap=True, tone=Tone.QUIET))
        for look in looks:
            if look.error is not None:
                layout.addWidget(label(f"▲ {bench.desk.error_sentence(look.error)}", wrap=True, tone=Tone.BAD))
        layout.addLayout(grid)
        layout.addWidget(self.said)
        layout.addWidget(label(self.tr("Primeiras linhas, como serão lidas:"), tone=Tone.QUIET))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)
        self._show()

    def columns(self) -> dict[str, str]:
        """Return what goes into the settings: only where our own names don't fit."""
        chosen = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        return {name: header for name, header in chosen.items() if header and header != self._own(name)}

    def _own(self, name: str) -> str:
        """The header found by our own names for a column; "" when none was."""
        for look in self._looks:
            place = (look.found or {}).get(name)
            if place is not None:
                return look.header[place]
        return ""

    def _box(self, name: str, kept: str | None) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"column-{name}")
        box.setAccessibleName(column_title(name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        own = self._own(name)
        if not own:
            box.addItem(self.tr("– não há –"), "")
        for header in self._headers:
            box.addItem(header, header)
        wanted = kept or own
        if wanted and box.findData(wanted) < 0:
            box.addItem(wanted, wanted)
        box.setCurrentIndex(max(0, box.findData(wanted)))
        box.currentIndexChanged.connect(self._show)
        return box

    def _show(self, *_: object) -> None:
        chosen = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        used = [header for header in chosen.values() if header]
        twice = sorted({header for header in used if used.count(header) > 1})
        missing = [column_title(name) for name in NEEDED if not chosen[name]]
        if twice:
            text = self.tr("▲ A mesma coluna foi escolhida duas vezes: {names}").format(names=", ".join(twice))
        elif missing:
            text = self.tr("▲ Falta escolher: {names}").format(names=", ".join(missing))
        else:
            text = self.tr("✓ As colunas servem.")
        wrong = bool(twice or missing)
        self.said.setText(text)
        if isinstance(self.said, ToneLabel):
            self.said.set_tone(Tone.BAD if wrong else Tone.GOOD)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not wrong)
        self.model.set_rows(self._rows(chosen))
        for place, name in enumerate(NAMES):
            self.table.setColumnHidden(place, not chosen[name])

    def _rows(self, chosen: dict[str, str]) -> list[Row]:
        """The first rows of the first sheet, with the price sheet's cells beside them where the code is the same."""
        if not self._looks:
            return []
        first, others = self._looks[0], self._looks[1:]
        rows: list[Row] = []
        for cells in first.rows:
            shown = {name: _cell(first, cells, header) for name, header in chosen.items()}
            for other in others:
                beside = next((one for one in other.rows if _cell(other, one, chosen["codigo"]) == shown["codigo"]), ())
                shown |= {name: _cell(other, beside, header) for name, header in chosen.items() if not shown[name]}
            rows.append(tuple(shown[name] for name in NAMES))
        return rows


def _cell(look: SheetLook, cells: Sequence[str], header: str) -> str:
    """The cell under a header; "" where there is none."""
    if not header or header not in look.header:
        return ""
    place = look.header.index(header)
    return cells[place] if place < len(cells) else ""
