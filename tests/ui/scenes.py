"""What each page is shown doing in the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
        made.tabs.choose("conflict")
        yield "-conflict", 0.2
        made.tabs.choose("all")
        made.search.setText("nada disso")
        yield "-empty", 0.2
        made.search.clear()
    elif page == "tracking":
        made.scan("100201")
        yield "-order", 0.5
        made.scan("AA123456789BR")
        yield "-warning", 0.5
        made.scan("35261159")
        yield "-unknown", 0.4
        made.drop()
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
