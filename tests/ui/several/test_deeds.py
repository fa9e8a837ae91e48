"""Who did what is told, and what another desk's settings say shows here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import shiboken6

from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.rules import SkuRule
from otimo_tray.store import StateStore
from otimo_tray.ui.mapping.page import MappingPage
from otimo_tray.ui.support.acts import ActsWindow
from tests.ui.conftest import Stage
from tests.ui.several.desk_looks import SKU, change_as
from tests.ui.shop import NOW


def test_a_skus_details_tell_who_did_what(stage: Stage, page: MappingPage, ana: StateStore) -> None:
    change_as(ana, SKU)
    page.show_details.click()
    page.show_item(SKU)
    stage.rest()
    line = page.details.deeds.lines[0]
    assert (line.title, line.note) == ("De/Para 000124 → 000140 × 2", "Ana · Balcão 1 · 14:04")


def test_an_orders_history_tells_who_did_what_in_between(stage: Stage, ana: StateStore) -> None:
    made: Any = stage.page("orders")
    hub_id = made.model.rows[5].hub_id
    ana.trackings.add(hub_id, "AA123456785BR", "Correios", "PAC", "", NOW)
    made.show_item(hub_id)
    stage.rest()
    model = made.detail.events_model
    shown = [(model.columns[1].show(row), model.columns[2].show(row)) for row in model.rows]
    assert shown[-1] == ("Ana · Balcão 1", "Código de rastreio AA123456785BR, no lugar de AA123456839BR")
    assert len(shown) > 1


def test_the_book_is_searched_and_saved(stage: Stage, ana: StateStore, tmp_path: Path) -> None:
    number = stage.shop.store.orders.by_stage((OrderStage.SEEN,))
    seen = next(iter(number))
    ana.trackings.add(seen.order.hub_id, "AA123456785BR", "Correios", "PAC", "", NOW)
    stage.shop.store.catalogue.set_rules({SKU: SkuRule(stop_selling=True)}, NOW + timedelta(seconds=1))
    window = ActsWindow(stage.bench)
    window.show()
    stage.wait_for(lambda: len(window.model.rows) == 2)
    assert [row[3:] for row in window.model.rows] == [
        ("Maria", "Escritório", "Regra do SKU: venda parada", SKU),
        ("Ana", "Balcão 1", "Código de rastreio AA123456785BR", seen.order.original_id),
    ]
    window.show_item("balcão")
    assert window.model.rowCount() == 1
    window.save_sheet(tmp_path / "atos.xlsx")
    stage.rest()
    _, titles, rows = stage.shop.exported[-1]
    assert titles == ["Quando", "Quem", "Computador", "O quê", "SKU ou pedido"]
    assert [row[1] for row in rows] == ["Ana"]
    window.hide()
    shiboken6.delete(window)


def test_a_pause_is_noted(stage: Stage) -> None:
    made: Any = stage.page("panel")
    made._pause(15)
    made._resume()
    stage.rest()
    deeds = stage.shop.store.acts.recent()
    assert [(deed.what, dict(deed.params)) for deed in deeds] == [("act.resumed", {}), ("act.paused", {"minutes": 15})]
    assert stage.shop.engine.asked[:2] == [("pause", 15), ("resume", None)]


def test_a_setting_that_another_desk_changed_shows_at_once_but_never_over_what_is_typed(stage: Stage) -> None:
    made: Any = stage.page("settings")
    shop, field = stage.shop, made.fields["retention_days"]
    shop.settings.append(replace(shop.settings[-1], retention_days=45))
    stage.bench.bridge.event_happened("status")
    stage.wait_for(lambda: field.value() == 45)
    field.show_value(30)
    shop.settings.append(replace(shop.settings[-1], retention_days=60))
    stage.bench.bridge.event_happened("status")
    stage.rest()
    assert field.value() == 30
