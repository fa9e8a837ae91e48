"""The window and the shell: pages, badges, what is remembered, names for those who can't see, and a long language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
)
from pytestqt.qtbot import QtBot

from otimo_tray.domain.status import Trouble
from otimo_tray.errors import StoreDamaged
from otimo_tray.ui.app import Hooks, Shell
from otimo_tray.ui.window import PAGES, Window, badges
from tests.ui.conftest import Stage
from tests.ui.desks import open_shop
from tests.ui.shop import NOW, busy_status

pytestmark = pytest.mark.qt_log_ignore(r"plugin does not support", extend=True)


def test_every_page_opens_and_the_rail_shows_where_one_is(stage: Stage) -> None:
    for name in PAGES:
        stage.page(name)
        assert [button.name for button in stage.window.rail.values() if button.isChecked()] == [name]


def test_badges_count_what_waits(stage: Stage) -> None:
    stage.window.show_status(busy_status())
    assert {name: button.badge for name, button in stage.window.rail.items() if button.badge} == {
        "mapping": 12,
        "tracking": 38,
        "orders": 5,
        "problems": 4,
    }
    assert stage.window.rail["orders"].accessibleName() == "Pedidos, 5"
    assert badges(busy_status())["orders"][1]


def test_the_page_and_the_place_are_remembered(stage: Stage) -> None:
    stage.page("orders")
    stage.window.resize(1000, 620)
    stage.window.leave()
    assert stage.bench.layout.value("window/page") == "orders"
    stage.window.open_at()
    assert stage.window.rail["orders"].isChecked()
    assert (stage.window.width(), stage.window.height()) == (1000, 620)


def test_closing_stays_in_the_tray_and_without_one_ends(stage: Stage) -> None:
    stage.page("panel")
    ends: list[None] = []
    stage.window.quit_asked.connect(lambda: ends.append(None))
    stage.window.set_stays(lambda: True)
    stage.window.closeEvent(QCloseEvent())
    assert (stage.window.isVisible(), ends) == (False, [])
    stage.window.set_stays(lambda: False)
    stage.window.closeEvent(QCloseEvent())
    assert ends == [None]


class TestShell:
    def test_the_desk_is_made_in_a_worker_and_the_window_opens(self, qtbot: QtBot, tmp_path: Path) -> None:
        import threading

        made: list[str] = []
        shop = open_shop(tmp_path)

        def make() -> object:
            made.append(threading.current_thread().name)
            return shop.desk

        shell = Shell(make, tmp_path, minimized=False, hooks=Hooks())  # type: ignore[arg-type]
        shell.start()
        qtbot.waitUntil(lambda: shell.window is not None and shell.window.isVisible())
        assert made[0].startswith("ui-read")
        shop.engine.tell("status")
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert shop.engine.callbacks == []
        shop.close()

    def test_a_shop_that_lacks_something_meets_the_wizard_and_then_the_panel(
        self, qtbot: QtBot, tmp_path: Path
    ) -> None:
        shop = open_shop(tmp_path)
        desk = replace(shop.desk, missing=lambda: Trouble("C-420", {"name": "hub.client_id"}))
        shell = Shell(lambda: desk, tmp_path, minimized=False, hooks=Hooks())
        shell.start()
        qtbot.waitUntil(lambda: shell.wizard is not None and shell.wizard.isVisible())
        assert shell.window is None
        assert shell.wizard is not None
        shell.wizard.go.emit("transfer", "import")
        assert shell.support is not None
        shell.wizard.finished.emit()
        assert shell.window is not None
        assert cast("Window", shell.window).isVisible()
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()

    def test_something_new_that_needs_a_person_is_told_once_and_leads_there(self, qtbot: QtBot, tmp_path: Path) -> None:
        shop = open_shop(tmp_path)
        shell = Shell(lambda: shop.desk, tmp_path, minimized=True, hooks=Hooks())
        shell.tray._available = lambda: True
        told: list[tuple[str, str]] = []

        def say(_title: str, text: str, place: str) -> None:
            told.append((text, place))

        shell.tray.say = say  # type: ignore[method-assign]
        shell.start()
        qtbot.waitUntil(lambda: shell.desk is not None and not shell.work.busy)
        for seconds in (20, 40, 60):
            shop.engine.shown = replace(busy_status(), at=NOW + timedelta(seconds=seconds))
            shell._show_status()
        assert len(told) == 1
        assert told[0][1] == "orders"
        assert told[0][0].startswith("1 pedido cancelado")
        shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()

    def test_minimized_where_there_is_no_tray_still_shows_a_window(self, qtbot: QtBot, tmp_path: Path) -> None:
        shop = open_shop(tmp_path)
        shell = Shell(lambda: shop.desk, tmp_path, minimized=True, hooks=Hooks())
        shell.tray._available = lambda: False
        shell.start()
        qtbot.waitUntil(lambda: shell.window is not None and shell.window.isVisible())
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()

    def test_a_desk_that_cannot_be_made_is_told_in_a_sentence(self, qtbot: QtBot, tmp_path: Path) -> None:
        def fail() -> object:
            raise StoreDamaged("L-322")

        shell = Shell(fail, tmp_path, minimized=False, hooks=Hooks(failed=lambda error: f"Ops {error}"))  # type: ignore[arg-type]
        shell.start()
        qtbot.waitUntil(lambda: shell.failure is not None and shell.failure.isVisible())
        assert shell.failure is not None
        assert any("L-322" in label.text() for label in shell.failure.findChildren(QLabel))
        shell.close()

    def test_the_end_of_the_session_writes_what_was_typed_and_stops_in_two_seconds(
        self, qtbot: QtBot, tmp_path: Path
    ) -> None:
        import threading

        shop = open_shop(tmp_path)
        happened: list[str] = []
        left: list[float] = []
        begun = threading.Event()

        def typed() -> None:
            begun.wait(10)
            happened.append("written")

        def ends(seconds: float) -> None:
            happened.append("stopped")
            left.append(seconds)

        shell = Shell(lambda: shop.desk, tmp_path, minimized=True, hooks=Hooks(session_ends=ends))
        shell.start()
        qtbot.waitUntil(lambda: shell.desk is not None)
        shell.work.save(shell, typed)
        begun.set()
        shell.session_ends()
        assert happened == ["written", "stopped"]
        assert 0 < left[0] <= 2.0
        begun.clear()
        shell.work.save(shell, lambda: begun.wait(10))
        shell.session_ends()  # a write that hangs doesn't keep the engine from its stop
        assert happened[-1] == "stopped"
        assert 1.0 < left[1] <= 1.5
        begun.set()
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()

    def test_a_build_with_an_address_offers_its_news_in_the_window(self, qtbot: QtBot, tmp_path: Path) -> None:
        from tests.ui.test_updates import RELEASE, FakeWatch

        shop = open_shop(tmp_path)
        watch = FakeWatch(RELEASE)
        shell = Shell(lambda: shop.desk, tmp_path, minimized=False, hooks=Hooks(updates=lambda: watch))
        shell.start()
        qtbot.waitUntil(lambda: shell.window is not None and shell.window.isVisible())
        assert shell.updates is not None
        shell.updates.look()
        qtbot.waitUntil(lambda: shell.window is not None and "2.0.0" in shell.window.notices.text)
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        assert not shell.updates._timer.isActive()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()

    @pytest.mark.parametrize(("step", "title"), [("hub", "Painel – Ótimo Tray"), ("mapping", "")])
    def test_a_wizard_left_where_all_is_answered_since_stays_closed(
        self, qtbot: QtBot, tmp_path: Path, step: str, title: str
    ) -> None:
        shop = open_shop(tmp_path)
        shell = Shell(lambda: shop.desk, tmp_path, minimized=False, hooks=Hooks())
        shell._layout.setValue("wizard/step", step)
        shell.start()
        qtbot.waitUntil(lambda: shell.window is not None or shell.wizard is not None)
        assert (shell.window.windowTitle() if shell.window is not None else "") == title
        assert (shell.wizard is not None) == (not title)
        qtbot.waitUntil(lambda: not shell.work.busy)
        shell.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shop.close()
