"""What each page is shown doing in the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from otimo_tray.ui.mapping.kit import KitDialog
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.page import Page
from tests.ui.desks import Shop

READ = 0.8
"""Seconds within which a page of this size has surely been read."""


def prepare(page: str, shown: Page, shop: Shop) -> Iterator[tuple[str, float]]:
    """Bring a page into each of its scenes; yields the scene's name and how long it takes to settle."""
    del shop
    made: Any = shown
    yield "", READ
    if page == "mapping":
        made.show_item("CAM-AZ-P")
        made.show_details.click()
        yield "-details", READ
        made.show_details.click()
        dialog = made.rules.edit("CAM-AZ-P", "Camiseta básica algodão azul P")
        yield "-dialog-rule", READ
        dialog.form.boxes["safety_stock"].box.setText("2")
        dialog.form.boxes["markup_percent"].box.setText("12,5")
        dialog.form.boxes["floor"].box.setText("60")
        dialog.form.boxes["special_from"].box.setText("31/02/2026")
        dialog.form.boxes["special_from"].recheck()
        dialog.form.edited.emit()
        yield "-dialog-rule-typed", READ
        dialog.reject()
        dialog = made.rules.edit_patterns()
        dialog.add_rule()
        dialog.pattern.setText("TEN-*")
        dialog.form.boxes["safety_stock"].box.setText("2")
        dialog.form.edited.emit()
        yield "-dialog-patterns", READ
        dialog.reject()
        made.rules.undo_batch("stock")
        yield "-dialog-undo", READ
        made.findChild(Preview).reject()
        made.editing.edit_kit("CAM-AZ-P")
        yield "-dialog-kit", READ
        made.findChild(KitDialog).reject()
        made.tabs.choose("codes")
        yield "-codes", READ
        made.tabs.choose("conflict")
        yield "-conflict", 0.2
        made.tabs.choose("all")
        made.search.setText("nada disso")
        yield "-empty", 0.2
        made.search.clear()
    elif page == "tracking":
        made.pane.scan("100201")
        yield "-order", 0.5
        made.pane.scan("AA123456789BR")
        yield "-warning", 0.5
        made.pane.scan("35261159")
        yield "-unknown", 0.4
        made.pane.drop()
    elif page == "orders":
        made.table.setCurrentIndex(made.model.index(4, 0))
        made.table.opened.emit(made.model.rows[4])
        yield "-details", READ
        made.tabs.choose("proposals")
        yield "-proposals", 0.3
    elif page == "problems":
        made.table.setCurrentIndex(made.model.index(0, 0))
        yield "-one", 0.3
        made.tabs.choose("held")
        yield "-held", 0.4
    elif page == "settings":
        made.area.verticalScrollBar().setValue(620)
        yield "-more", 0.2
