"""The ERP's codes that no SKU uses yet: to be linked by hand, or listed for a new shop's registration at Plugg.to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from otimo_tray.store.readmodels.mapping import ErpCode
from otimo_tray.ui.formats import decimal_text, quantity, raw_decimal
from otimo_tray.ui.mapping.table import CodeField
from otimo_tray.ui.tables.columns import Column
from otimo_tray.ui.tables.model import Index, RowsModel
from otimo_tray.ui.tables.view import Table
from otimo_tray.ui.text import translate

SKU_COLUMN = 5
Suggest = Callable[[str], list[tuple[str, str]]]


def code_text(row: ErpCode) -> str:
    """Return what the search looks through."""
    return f"{row.code} {row.name} {row.ean}"


def _amount(text: str | None) -> float:
    value = raw_decimal(text)
    return float("-inf") if value is None else float(value)


def _columns() -> Sequence[Column[ErpCode]]:
    return (
        Column("code", translate("Mapping", "Código no ERP"), lambda row: row.code, 18, code=True),
        Column("name", translate("Mapping", "Produto no ERP"), lambda row: row.name, 0, tip=lambda row: row.name),
        Column("ean", translate("Mapping", "EAN"), lambda row: row.ean, 15, code=True),
        Column(
            "balance",
            translate("Mapping", "Saldo"),
            lambda row: quantity(row.balance),
            9,
            right=True,
            sort=lambda row: _amount(row.balance),
        ),
        Column(
            "price",
            translate("Mapping", "Preço ERP"),
            lambda row: decimal_text(raw_decimal(row.price)),
            11,
            right=True,
            sort=lambda row: _amount(row.price),
        ),
        Column("sku", translate("Mapping", "SKU Plugg.to"), lambda _row: "", 22, code=True, editable=True),
    )


class CodesModel(RowsModel[ErpCode]):
    """Codes without SKU.

    Signals:
        typed: ERP code, and the SKU that a person gave it.
    """

    typed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_columns(), code_text)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell the page; the row goes once the link is stored."""
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole or index.column() != SKU_COLUMN:
            return False
        if str(value).strip():
            self.typed.emit(row.code, str(value).strip())
        return True


class _SkuDelegate(QStyledItemDelegate):
    def __init__(self, suggest: Suggest, parent: QObject) -> None:
        super().__init__(parent)
        self._suggest = suggest

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:  # type: ignore[override]
        """Propose SKUs by code, product and EAN."""
        return CodeField(self._suggest, parent)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:  # type: ignore[override]
        """Never over what is being typed."""
        if not (isinstance(editor, CodeField) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:  # type: ignore[override]
        """Hand over the SKU."""
        if isinstance(editor, CodeField):
            model.setData(index, editor.code(), Qt.ItemDataRole.EditRole)


class CodesTable(Table[ErpCode]):
    """The codes; the last column takes the SKU that sells one."""

    def __init__(self, model: CodesModel, suggest: Suggest, settings: QSettings) -> None:
        super().__init__(model, "erp-codes", settings)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(_SkuDelegate(suggest, self))
        self.setTabKeyNavigation(True)
        self.empty_text = lambda: self.tr("Todos os códigos do ERP têm um SKU.")
