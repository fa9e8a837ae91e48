"""Once a day the state is copied and old data goes; a quiet day costs one look."""

from __future__ import annotations

from pathlib import Path

from otimo_tray.domain.status import Flow
from otimo_tray.store.backup import backups
from tests.sync.world import world


def test_a_copy_a_day_and_old_orders_go_but_stay_known(tmp_path: Path) -> None:
    with world(tmp_path) as shop:
        hub_id = shop.sell("000001")
        shop.run()
        assert len(backups(shop.store.path)) == 1
        shop.run(Flow.ORDERS)
        assert len(backups(shop.store.path)) == 1
        shop.erp.shop.invoice_order(hub_id)
        shop.run()
        shipments = [{**shop.hub_order(hub_id)["shipments"][0], "track_code": "XYZ1"}]
        shop.call("POST", "change-order", {"id": hub_id, "shipments": shipments})
        shop.clock.advance(hours=2)
        shop.run()
        shop.clock.advance(days=120)
        shop.run(Flow.ORDERS)
        assert len(backups(shop.store.path)) == 2
        assert shop.store.orders.get(hub_id) is None, "kept no longer than the flow needs"
        assert hub_id in shop.store.orders.known([hub_id]), "once stays once"
