"""The tray: what it says in every state, and that a real one opens the panel."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from otimo_tray.domain.status import Flow, State, Status, Trouble, Waiting
from otimo_tray.ui.look import picture
from otimo_tray.ui.tray import Tray
from otimo_tray.ui.tray_words import ICONS, TOOLTIP_LIMIT, headline, last_success, tooltip
from tests.ui.shop import NOW, busy_status, calm_status

ZONE = ZoneInfo("America/Sao_Paulo")


def _say(trouble: Trouble) -> str:
    return f"O Plugg.to não respondeu a nenhuma das perguntas feitas até agora por este programa. ({trouble.code})"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (calm_status(), "Tudo em dia"),
        (calm_status(state=State.SYNCING), "Sincronizando…"),
        (calm_status(state=State.PAUSED), "Pausado até você retomar"),
        (calm_status(state=State.PAUSED, paused_until=NOW + timedelta(minutes=15)), "Pausado até 14:20"),
        (calm_status(state=State.ATTENTION, waiting=Waiting(held=1)), "Precisa de você: 1 envio aguarda liberação"),
        (busy_status(), "Precisa de você: 1 pedido cancelado e mais 4"),
        (calm_status(state=State.SETUP, trouble=Trouble("C-432")), f"Falta configurar. {_say(Trouble('C-432'))}"),
    ],
)
def test_the_first_line(status: Status, text: str) -> None:
    assert headline(status, _say, ZONE) == text


def test_the_tool_tip_tells_times_and_fits_windows() -> None:
    text = tooltip(calm_status(), _say, ZONE)
    assert text == "Ótimo Tray: Tudo em dia\nÚltima sincronização: 14:02; próxima: 14:05"
    long = tooltip(calm_status(state=State.AWAY, trouble=Trouble("P-110")), _say, ZONE)
    assert len(long) <= TOOLTIP_LIMIT
    assert "…\nÚltima sincronização: 14:02" in long


def test_which_desk_leads_is_told_where_there_is_room(qtbot: QtBot) -> None:
    text = tooltip(calm_status(), _say, ZONE, "Sincronização em: Balcão 1 (Ana)")
    assert text.endswith("\nSincronização em: Balcão 1 (Ana)")
    assert len(text) <= TOOLTIP_LIMIT
    assert "Sincronização" not in tooltip(calm_status(), _say, ZONE, "Sincronização em: " + "x" * 90)
    tray = Tray(lambda: False)
    qtbot.addWidget(tray.menu)
    tray.show_status(calm_status(), _say, ZONE, "Sincronização em: Balcão 1 (Ana)")
    told = next(action for action in tray.menu.actions() if "Balcão 1" in action.text())
    assert told.isVisible()
    assert not told.isEnabled()
    tray.show_status(calm_status(), _say, ZONE)
    assert not told.isVisible()
    tray.stop()


def test_yesterdays_success_is_not_todays() -> None:
    status = calm_status()
    flows = dict(status.flows)
    flows[Flow.PRICE] = replace(flows[Flow.PRICE], last_success=NOW - timedelta(days=1))
    assert "ontem 14:05" in tooltip(replace(status, flows=flows), _say, ZONE)


def test_without_every_flow_there_is_no_success() -> None:
    status = calm_status()
    flows = dict(status.flows)
    flows[Flow.ORDERS] = replace(flows[Flow.ORDERS], last_success=None)
    assert last_success(replace(status, flows=flows)) is None
    flows[Flow.ORDERS] = replace(flows[Flow.ORDERS], enabled=False)
    assert last_success(replace(status, flows=flows)) is not None


def test_every_state_has_a_shape_of_its_own(qtbot: QtBot) -> None:
    del qtbot
    shapes: dict[bytes, State] = {}
    for state, name in ICONS.items():
        image = picture(name).pixmap(24, 24).toImage()
        outline = bytes(image.pixelColor(x, y).alpha() > 127 for x in range(24) for y in range(24))
        assert outline not in shapes, (state, shapes.get(outline))
        shapes[outline] = state
    assert len(shapes) == len(State)


def test_menu_and_signals(qtbot: QtBot) -> None:
    del qtbot
    tray = Tray(available=lambda: True)
    asked: list[object] = []
    tray.open_page.connect(asked.append)
    tray.pause_asked.connect(asked.append)
    titles = {action.text().replace("&", ""): action for action in tray.menu.actions()}
    for title in ("De/Para", "Rastreio", "Pedidos", "Problemas", "Ajustes"):
        titles[title].trigger()
    assert asked == ["mapping", "tracking", "orders", "problems", "settings"]
    tray.show_status(calm_status(state=State.PAUSED), _say, ZONE)
    assert titles["Retomar"].isVisible()
    assert not titles["Pausar"].isVisible()
    tray.show_status(calm_status(), _say, ZONE)
    assert titles["Pausar"].isVisible()
    tray.stop()


@pytest.mark.qt_log_ignore(r"systemTrayWindowChanged", extend=True)  # the offscreen platform has no trays at all
def test_a_tray_host_that_comes_later_gets_the_icon(qtbot: QtBot) -> None:
    del qtbot
    there = [False]
    tray = Tray(available=lambda: there[0])
    missing: list[None] = []
    tray.host_missing.connect(lambda: missing.append(None))
    tray.start()
    assert missing == [None]
    assert tray._look.isActive()
    there[0] = True
    tray._try_again()
    assert not tray._look.isActive()
    tray.stop()


@pytest.mark.tray_host
def test_a_left_click_on_the_real_tray_opens_the_panel_and_a_right_click_the_menu(qtbot: QtBot) -> None:
    tray = Tray()
    opened: list[str] = []
    tray.open_page.connect(opened.append)
    tray.start()

    def click(button: int) -> None:
        # The host moves the icon to its place some time after it took it in: look anew each time.
        place = tray.icon.geometry().center()
        subprocess.run(["xdotool", "mousemove", str(place.x()), str(place.y())], check=True)
        subprocess.run(["xdotool", "click", str(button)], check=True)

    def click_opens() -> bool:
        if not opened:
            click(1)
        return opened[:1] == ["panel"]

    def click_shows_menu() -> bool:
        if not tray.menu.isVisible():
            click(3)
        return tray.menu.isVisible()

    try:
        qtbot.waitUntil(lambda: tray.icon.isVisible() and tray.icon.geometry().width() > 0, timeout=10_000)
        qtbot.waitUntil(click_opens, timeout=10_000)
        qtbot.waitUntil(click_shows_menu, timeout=10_000)
    finally:
        tray.menu.close()
        tray.stop()
        qtbot.waitUntil(lambda: not any(widget.isVisible() for widget in QApplication.topLevelWidgets()))


def test_the_tray_opens_the_packers_window(qtbot: QtBot) -> None:
    del qtbot
    tray = Tray(available=lambda: True)
    asked: list[str] = []
    tray.open_page.connect(asked.append)
    next(action for action in tray.menu.actions() if "Embalagem" in action.text().replace("&", "")).trigger()
    assert asked == ["packing"]
    tray.stop()
