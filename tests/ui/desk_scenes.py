"""Several desks at one shop, as the windows show them, for the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget

from otimo_tray.domain.catalogue import Component
from otimo_tray.domain.desks import Author
from otimo_tray.domain.rules import SkuRule
from otimo_tray.domain.settings import StateSettings
from otimo_tray.store import open_store
from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.desk import MovedState
from otimo_tray.ui.mapping.columns import CODE_COLUMN
from otimo_tray.ui.moving import MoveWindow
from otimo_tray.ui.page import Bench
from otimo_tray.ui.settings.moving import MoveDialog
from otimo_tray.ui.support.acts import ActsWindow
from otimo_tray.ui.window import Window
from tests.ui.desks import FakePresence, Shop
from tests.ui.shop import NOW, calm_status

READ = 0.9


def desk_scenes(bench: Bench, shop: Shop) -> Iterator[tuple[str, float, QWidget]]:
    """Yield scene, seconds until it is at rest, and the window to photograph."""
    link, status, kept = shop.link, shop.engine.shown, shop.settings[-1]
    link.is_shared, link.leader, shop.engine.shown = True, Author("Ana", "Balcão 1"), calm_status()
    parcels = [row for row in shop.reader.tracking.parcels("2026-11-22T00:00:00.000000Z") if row.is_waiting]
    presence = FakePresence(
        {
            ("mapping", "CAM-AZ-GG"): "Bia",
            ("tracking", parcels[1].hub_id): "Bia",
            ("tracking", parcels[4].hub_id): "Carlos",
            ("orders", parcels[2].hub_id): "Carlos",
        }
    )
    bridge = Bridge(bench.bridge)  # its own: the scenes before had nobody else at work
    bench = Bench(replace(bench.desk, presence=presence), bridge, bench.work, bench.layout)
    window = Window(bench)
    window.resize(1180, 700)
    window.open_at("panel")
    yield "-panel", READ, window
    yield from _meeting(window, shop)
    window.show_page("tracking")
    yield "-tracking", READ, window
    window.show_page("orders")
    yield "-orders", READ, window
    link.goes_away(NOW - timedelta(minutes=3), NOW - timedelta(minutes=4), kept=2)
    window.show_page("tracking")
    yield "-away-tracking", READ, window
    window.show_page("panel")
    yield "-away-panel", READ, window
    window.show_page("mapping")
    yield "-away-mapping", READ, window
    link.comes_back()
    yield from _moving(window, bench, shop)
    window.hide()
    acts = ActsWindow(bench)
    acts.show()
    yield "-acts", READ, acts
    acts.hide()
    acts.deleteLater()
    window.deleteLater()
    link.is_shared, link.leader, shop.engine.shown = False, None, status
    shop.settings.append(kept)


def _meeting(window: Window, shop: Shop) -> Iterator[tuple[str, float, QWidget]]:
    """An edit that met Ana's, and her deeds in the SKU's details."""
    page: Any = window.show_page("mapping")
    yield "", READ, window
    ana = open_store(shop.store.path, shop.clock)
    ana.acts.author = Author("Ana", "Balcão 1")
    before = NOW - timedelta(minutes=1)
    ana.catalogue.change_mappings({"CAM-AZ-M": (Component("000140", 2),)}, {}, before)
    ana.catalogue.set_rules({"CAM-AZ-M": SkuRule(safety_stock=2)}, before - timedelta(minutes=8))
    ana.close()
    page.model.typed.emit("CAM-AZ-M", CODE_COLUMN, "000130")
    page.show_item("CAM-AZ-M")
    yield "-conflict", READ, window
    page.show_details.click()
    page.details.findChild(QScrollArea).verticalScrollBar().setValue(1000)
    yield "-conflict-details", READ, window
    page.show_details.click()
    page.conflicts.take_theirs.click()
    page.table.setCurrentIndex(page.model.index(0, 0))
    shop.store.catalogue.change_mappings({"CAM-AZ-M": (Component("000124", 1),)}, {}, NOW)


def _moving(window: Window, bench: Bench, shop: Shop) -> Iterator[tuple[str, float, QWidget]]:
    page: Any = window.show_page("settings")
    part = page.desks
    for box, text in (
        (part.desk, "Balcão 2"), (part.host, "servidor.loja.local"), (part.database, "lojas"), (part.user, "otimo"),
        (part.password, "segredo"), (part.schema, "loja_centro"),
    ):  # fmt: skip
        box.setText(text)
    part.test()
    page.show_item("desks")
    yield "-settings", READ, window
    dialog = part._open_dialog(part.state())
    yield "-dialog-move", 0.4, dialog
    dialog.reject()
    shop.mover.there = True
    part.test()
    page.show_item("desks")
    yield "-settings-join", READ, window
    shop.mover.there = False
    shop.settings.append(
        replace(
            shop.settings[-1],
            state=StateSettings(
                "postgresql", "postgresql://otimo@servidor.loja.local/lojas", "loja_centro", "Balcão 2"
            ),
        )
    )
    part.show_settings()
    part.said.clear()
    page.show_item("desks")
    yield "-settings-shared", READ, window
    for found in page.findChildren(MoveDialog):
        found.deleteLater()
    moving = MoveWindow(
        "Levar os dados para o servidor", bench.desk.error_sentence, join=False, work=bench.work, bridge=bench.bridge
    )
    moving.show()
    moving.show_progress(61_480, 182_214, 11.0)
    yield "-moving", 0.3, moving
    moving._done(MovedState(91_107, "state-moved-20261123-140512.db"))
    yield "-moved", 0.3, moving
    moving.hide()
    moving.deleteLater()
