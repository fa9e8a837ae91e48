"""What a packer's hands do at the tracking page, and what it leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.ui.tracking.page import TrackingPage
from otimo_tray.ui.tracking.paste_preview import PastePreview
from tests.ui.conftest import Stage


def scan(page: TrackingPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Scan a text with its end, as a scanner types it."""
    QTest.keyClicks(page.pane.field, text)
    QTest.keyClick(page.pane.field, end)


def codes_of(stage: Stage, hub_id: str) -> list[tuple[str, TrackingState]]:
    """The codes of an order that count."""
    return [
        (row.code, row.state)
        for row in stage.shop.store.trackings.of_order(hub_id)
        if row.state is not TrackingState.REPLACED
    ]


def hub_id_of(stage: Stage, number: str) -> str:
    """The hub's id of an order."""
    return stage.shop.store.orders.by_original_ids([number])[0].order.hub_id


def paste(stage: Stage, page: TrackingPage, text: str) -> None:
    """Paste two columns and say yes to what is shown."""
    page.bulk.paste(text)
    stage.rest()
    preview = page.findChild(PastePreview)
    assert preview is not None
    QTest.keyClick(preview, Qt.Key.Key_Return)
    stage.rest()


def button(page: TrackingPage, name: str) -> QPushButton:
    """The page's button of a name."""
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found
