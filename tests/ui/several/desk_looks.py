"""What tests of several desks do and look at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt

from otimo_tray.domain.catalogue import Component
from otimo_tray.store import StateStore
from otimo_tray.ui.mapping.columns import CODE_COLUMN
from otimo_tray.ui.mapping.page import MappingPage
from tests.ui.conftest import Stage
from tests.ui.shop import NOW

SKU, OTHER = "CAM-AZ-M", "CAM-AZ-G"
MINE, HERS = (Component("000130", 1),), (Component("000140", 2),)


def components_of(stage: Stage, sku: str) -> Any:
    """What a SKU is linked to."""
    found = stage.shop.store.catalogue.mapping(sku)
    return found.components if found is not None else ()


def cell_of(page: MappingPage, sku: str, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
    """What a SKU's cell shows."""
    place = page.model.place_of(sku)
    assert place is not None
    return str(page.model.answer(page.model.rows[place], column, int(role)))


def type_code(stage: Stage, page: MappingPage, sku: str, code: str) -> None:
    """Type a code into a SKU's cell, and let it be saved."""
    page.model.typed.emit(sku, CODE_COLUMN, code)
    stage.rest()


def change_as(ana: StateStore, sku: str, parts: tuple[Component, ...] = HERS) -> None:
    """Change a SKU at another desk, a minute ago."""
    ana.catalogue.change_mappings({sku: parts}, {}, NOW - timedelta(minutes=1))
