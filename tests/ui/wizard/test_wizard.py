"""Somebody who never saw the product sets a shop up, by keys and mouse: real engine, simulator, exchange folder."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from otimo_tray.demo.simulator import Simulator
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.orders import OrderStage
from otimo_tray.domain.settings import HubSettings, Settings
from otimo_tray.profile import Profile
from otimo_tray.sync.values_flow import FACT_FIRST_SYNC
from otimo_tray.tray_start import TraySession
from otimo_tray.ui.bridge import Bridge
from otimo_tray.ui.desk import Desk
from otimo_tray.ui.page import Bench
from otimo_tray.ui.settings.columns import ColumnsDialog
from otimo_tray.ui.wizard import Wizard
from otimo_tray.ui.wizard.connections import ErpStep, HubStep
from otimo_tray.ui.wizard.finish import FinishStep
from otimo_tray.ui.wizard.first_sync import FirstSyncStep
from otimo_tray.ui.wizard.mapping import MappingStep
from otimo_tray.ui.wizard.shop import ShopStep
from otimo_tray.ui.work import Work
from tests.store.build import order
from tests.support.memory_secrets import MemorySecrets
from tests.ui.desks import FakeAutostart

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)
SKUS = 12


@dataclass
class NewShop:
    """A PC on which the program was just installed."""

    hub: Simulator
    desk: Desk
    bench: Bench
    secrets: MemorySecrets
    folder: Path
    starts: FakeAutostart
    bot: QtBot
    wizards: list[Wizard]

    def open(self) -> Wizard:
        """Open the wizard, as the program's start does."""
        made = Wizard(self.bench)
        self.wizards.append(made)
        made.open()
        self.rest()
        return made

    def rest(self) -> None:
        """Wait for all work asked for so far."""
        for _ in range(2):
            self.until(lambda: not self.bench.work.busy)

    def until(self, test: Callable[[], bool]) -> None:
        self.bot.waitUntil(test, timeout=20_000)


@pytest.fixture
def shop(qtbot: QtBot, tmp_path: Path) -> Generator[NewShop]:
    folder = tmp_path / "integracao"
    folder.mkdir()
    with Simulator(products=SKUS, orders=0) as hub:
        paths = ProfilePaths(tmp_path / "perfil")
        paths.create()
        secrets = MemorySecrets()
        profile = Profile(paths, Settings(hub=HubSettings(base_url=hub.address)), secrets)
        session = TraySession(profile)
        starts = FakeAutostart()
        desk = replace(session.make_desk(), autostart=lambda: starts)
        bridge = Bridge()
        work = Work(bridge)
        layout = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
        forget = desk.engine.subscribe(bridge.event_happened)
        made = NewShop(hub, desk, Bench(desk, bridge, work, layout), secrets, folder, starts, qtbot, [])
        yield made
        forget()
        work.close()
        session.quitting()
        for thing in (*made.wizards, bridge, layout):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)


def click(root: QWidget, name: str) -> None:
    found = root.findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def type_credentials(shop: NewShop, wizard: Wizard, password: str) -> None:
    """Type the four, with Tab from box to box, and Enter."""
    step = cast("HubStep", wizard.step)
    typed = {**asdict(shop.hub.credentials), "password": password}
    for name, box in step.form.boxes.items():
        box.clear()
        box.setFocus()
        QTest.keyClicks(box, typed[name])
    QTest.keyClick(step.form.boxes["password"], Qt.Key.Key_Return)
    shop.rest()


def write_stock(shop: NewShop, header: str = "codigo;saldo;preco;descricao") -> None:
    """The ERP's sheet for every SKU of the hub: one piece less, the same price."""
    rows = [header]
    for product in products(shop):
        price = str(product["price"]).replace(".", ",")
        rows.append(f"{product['sku']};{int(product['quantity']) + 1};{price};Peça")
    file = shop.folder / "estoque.csv"
    file.write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))
    import os

    os.utime(file, (1_700_000_000, 1_700_000_000))


def products(shop: NewShop) -> list[dict[str, Any]]:
    import requests

    answer = requests.get(f"{shop.hub.address}/_sim/skus?limit=100", timeout=30)
    return cast("list[dict[str, Any]]", answer.json()["skus"])


def test_a_shop_is_set_up_from_nothing_with_wrong_credentials_first(shop: NewShop) -> None:
    write_stock(shop, "SKU interno;saldo;preco;descricao")
    before = {product["sku"]: product["quantity"] for product in products(shop)}
    wizard = shop.open()

    # 1. Plugg.to: wrong first, and nothing of it is kept
    assert not wizard.next.isEnabled()
    type_credentials(shop, wizard, "errado")
    hub = cast("HubStep", wizard.step)
    assert "P-101" in hub.form.said.text()
    assert shop.secrets.values == {}
    assert not wizard.next.isEnabled()
    type_credentials(shop, wizard, shop.hub.credentials.password)
    assert "✓" in hub.form.said.text()
    assert all(not box.text() for box in hub.form.boxes.values())
    assert shop.secrets.values["hub.password"] == shop.hub.credentials.password
    QTest.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shop.rest()

    # 2. ERP: a column with another name is mapped once
    erp = cast("ErpStep", wizard.step)
    assert not wizard.next.isEnabled()
    erp.form.folder.folder.setFocus()
    QTest.keyClicks(erp.form.folder.folder, str(shop.folder))
    click(erp, "test-erp")
    shop.rest()
    assert "E-255" in erp.form.said.text()
    click(erp, "map-columns")
    shop.rest()
    dialog = erp.form.findChild(ColumnsDialog, "columns")
    assert dialog is not None
    box = dialog.boxes["codigo"]
    box.setFocus()
    QTest.keyClicks(box, "SKU")
    assert dialog.model.rowCount() == 10
    dialog.accept()
    click(erp, "save-erp")
    shop.rest()
    assert erp.form.model.rowCount() == 10
    assert shop.desk.settings().erp.columns == {"codigo": "SKU interno"}
    click(wizard, "next")
    shop.rest()

    # 3. how the shop works
    step = cast("ShopStep", wizard.step)
    QTest.keyClicks(step.fields["shop.support_contact"].box, "(11) 4002-8922")
    click(wizard, "next")
    shop.rest()
    assert shop.desk.settings().shop.support_contact == "(11) 4002-8922"

    # 4. De/Para by equal codes
    mapping = cast("MappingStep", wizard.step)
    shop.until(lambda: mapping.counts["products"].text() == str(len(before)))
    click(mapping, "link-equal")
    shop.until(lambda: mapping.counts["mapped"].text() == str(len(before)))
    click(wizard, "next")
    shop.rest()

    # 5. the first sync is a dry run until somebody lets it go
    first = cast("FirstSyncStep", wizard.step)
    shop.until(lambda: first.pane.model.rowCount() >= len(before))
    assert {product["sku"]: product["quantity"] for product in products(shop)} == before
    click(first.pane, "release")
    shop.until(lambda: all(product["quantity"] == before[product["sku"]] + 1 for product in products(shop)))
    shop.until(lambda: "✓" in first.said.text())
    assert shop.desk.storage.facts.get(FACT_FIRST_SYNC) == "approved"
    # Without the list the words stay together at the top.
    shop.until(lambda: not first.pane.isVisible() and first.said.mapTo(first, first.said.rect().topLeft()).y() < 120)
    click(wizard, "next")
    shop.rest()

    # 6. autostart, done
    finish = cast("FinishStep", wizard.step)
    assert finish.start.isChecked()
    ended: list[None] = []
    wizard.finished.connect(lambda: ended.append(None))
    click(wizard, "next")
    shop.rest()
    assert shop.starts.on
    assert ended == [None]
    assert not wizard.isVisible()
    assert not shop.bench.layout.contains("wizard/step")


def test_left_in_the_middle_it_goes_on_there(shop: NewShop) -> None:
    wizard = shop.open()
    type_credentials(shop, wizard, shop.hub.credentials.password)
    click(wizard, "next")
    shop.rest()
    click(wizard, "later")
    assert not wizard.isVisible()
    again = shop.open()
    assert isinstance(again.step, ErpStep)
    click(again, "back")
    shop.rest()
    assert isinstance(again.step, HubStep)
    assert again.next.isEnabled()
    assert shop.desk.missing() is not None


def test_the_answer_about_first_orders_is_for_those_found_already_too(shop: NewShop) -> None:
    """The engine looks as soon as the ERP is known; the question comes a page later."""
    desk = shop.desk
    desk.storage.orders.add(order("a1", ("CAMISETA", 1)), OrderStage.FIRST_RUN, desk.clock.now())
    shop.bench.layout.setValue("wizard/step", "shop")
    wizard = shop.open()
    step = cast("ShopStep", wizard.step)
    QTest.keyClicks(step.fields["first_orders"].box, "i")
    click(wizard, "next")
    shop.rest()
    assert desk.settings().first_orders == "import"
    counts = desk.storage.orders.counts()
    assert (counts.get("first_run", 0), counts.get("seen", 0)) == (0, 1)


def test_a_template_is_taken_over_at_the_first_step(shop: NewShop, tmp_path: Path) -> None:
    model = tmp_path / "modelo.toml"
    model.write_text('version = 1\n[guards]\nzero_percent = 12\n[shop]\nsupport_contact = "Ana"\n', encoding="utf-8")
    wizard = shop.open()
    step = cast("HubStep", wizard.step)
    step.take_template(str(model))
    shop.rest()
    assert "✓" in step.said.text()
    assert shop.desk.settings().guards.zero_percent == 12
    model.write_text("version = 1\nzero = 1\n", encoding="utf-8")
    step.take_template(str(model))
    shop.rest()
    assert "C-401" in step.said.text()
