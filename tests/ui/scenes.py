"""What each page is shown doing in the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from otimo_tray.sync import absence
from otimo_tray.ui.mapping.kit import KitDialog
from otimo_tray.ui.mapping.preview import Preview
from otimo_tray.ui.page import Page
from otimo_tray.ui.tracking.carriers import CarriersDialog
from otimo_tray.ui.tracking.missing import MissingDialog
from otimo_tray.ui.tracking.paste_preview import PastePreview
from otimo_tray.ui.tracking.scanner_test import Reading, ScannerTest
from tests.ui.desks import Shop
from tests.ui.shop import NOW

READ = 0.8
"""Seconds within which a page of this size has surely been read."""


def prepare(page: str, shown: Page, shop: Shop) -> Iterator[tuple[str, float]]:
    """Bring a page into each of its scenes; yields the scene's name and how long it takes to settle."""
    if page == "panel":
        absence.note(shop.store.facts, NOW - timedelta(hours=20), NOW - timedelta(hours=6), "off")
    made: Any = shown
    if page == "panel":
        yield "", READ
        made.hide()
        made._numbers_soon.stop()
        made.show()
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
        made.pane.scan("100207")
        yield "-alarm", 0.4
        made.pane.drop()
        for name, show, kind in (
            ("carriers", made.show_carriers, CarriersDialog),
            ("scanner", made.show_scanner_test, ScannerTest),
            ("missing", made.show_missing, MissingDialog),
            ("pasted", lambda: made.bulk.paste("100206\tAA123456789BR\n100207\tX1\nnada\tX2"), PastePreview),
        ):
            show()
            yield "", READ  # the page behind it is drawn again
            dialog = made.findChild(kind)
            if kind is ScannerTest:
                dialog.show_reading(Reading("`^id^Ç^44123456789^,^t^Ç^lm^{", "none", 0.002))
            elif kind is CarriersDialog:
                dialog.table.go_to(1)
            yield f"-dialog-{name}", 0.3
            dialog.reject()
        made.go.emit("packing", "")
        packing = made.window().packing
        packing.pane.scan("100201")
        yield "-dialog-packing", READ
        packing.pane.scan("100207")
        yield "-dialog-packing-alarm", READ
        packing.close()
    elif page == "orders":
        made.table.setCurrentIndex(made.model.index(4, 0))
        made.table.opened.emit(made.model.rows[4])
        yield "-details", READ
        made.detail.parts.setCurrentIndex(1)
        yield "-history", 0.3
        made.tabs.choose("proposals")
        yield "-proposals", 0.3
    elif page == "problems":
        made.table.setCurrentIndex(made.model.index(0, 0))
        yield "-one", 0.3
        made.table.setCurrentIndex(made.model.index(2, 0))
        made.show_raw.click()
        yield "-raw", 0.3
        made.tabs.choose("held")
        yield "-held", 0.4
    elif page == "settings":
        made.area.verticalScrollBar().setValue(620)
        yield "-more", 0.2
