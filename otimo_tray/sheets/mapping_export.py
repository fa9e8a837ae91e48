"""Writes the De/Para sheet, for the shop or for the support that fills it in, and the list of the ERP's codes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from otimo_tray.sheets.state import SheetState
from otimo_tray.sheets.writing import Cell, Column, write_sheet
from otimo_tray.words import phrase

MAPPING_COLUMNS: Final = (
    Column("SKU Plugg.to", 24),
    Column("Produto", 48),
    Column("EAN", 16),
    Column("Código no ERP", 20),
    Column("Qtd. por SKU", 13, "number"),
    Column("Descrição no ERP", 40),
    Column("Situação", 26),
)
CODE_COLUMNS: Final = (
    Column("Código no ERP", 20),
    Column("Descrição no ERP", 48),
    Column("EAN", 16),
    Column("Preço", 13, "money"),
    Column("Saldo", 11, "number"),
)


def export_mapping(state: SheetState, path: Path, *, only_unmapped: bool = False, language: str = "pt_BR") -> int:
    """Writes every SKU with its De/Para, a kit in several rows; answers how many rows. Raises as `write_sheet`."""
    situations = {name: phrase(f"mapping.{name}", None, language) for name in _SITUATIONS}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for sku, name, ean, code, units, erp_name, situation in state.mapping_lines(only_unmapped=only_unmapped):
            yield sku, name, ean, code, units, erp_name, situations[situation]

    return write_sheet(path, "De-Para", MAPPING_COLUMNS, rows())


_SITUATIONS: Final = ("mapped", "unmapped", "no_code", "not_at_hub")


def export_codes(state: SheetState, path: Path) -> int:
    """Writes every code of the ERP, for a new shop's registration sheet; answers how many. Raises as `write_sheet`."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for code, name, ean, price, balance in state.code_lines():
            yield code, name, ean, _number(price), _number(balance)

    return write_sheet(path, "Códigos do ERP", CODE_COLUMNS, rows())


def _number(text: str | None) -> Cell:
    """The ERP's number, or its text where it is none: a person sees what is wrong with it."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return value if value.is_finite() else text
