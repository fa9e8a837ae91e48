"""*Vários computadores* in the settings, the question before a move, and the window that shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton

from otimo_tray.domain.settings import StateSettings
from otimo_tray.errors import ConfigurationError, StoreAway
from otimo_tray.ui.desk import MovedState
from otimo_tray.ui.moving import MoveWindow
from otimo_tray.ui.settings.desks import DesksPart
from otimo_tray.ui.settings.moving import MoveDialog
from tests.ui.conftest import Stage

SHARED = StateSettings("postgresql", "postgresql://otimo@servidor:5433/lojas", "loja_um", "Balcão 1")


def _part(stage: Stage) -> DesksPart:
    made: Any = stage.page("settings")
    return made.desks


def _fill(part: DesksPart) -> None:
    part.host.setText("servidor")
    part.port.setText("5433")
    part.database.setText("lojas")
    part.user.setText("otimo")
    part.password.setText("segredo")
    part.schema.setText("loja_um")
    part.desk.setText("Balcão 1")


def test_nothing_can_be_moved_before_the_connection_was_tested(stage: Stage) -> None:
    part = _part(stage)
    assert "estão neste computador" in part.where.text()
    assert not part.try_.isEnabled()
    _fill(part)
    assert part.try_.isEnabled()
    assert not part.move_there.isEnabled()
    part.try_.click()
    stage.rest()
    assert stage.shop.mover.tried == [(SHARED, "segredo")]
    assert "segredo" not in SHARED.address
    assert "✓ Servidor dos dados: servidor:5432/lojas" in part.said.text()
    assert "O esquema está vazio" in part.said.text()
    assert part.move_there.isEnabled()
    assert not part.join.isVisible()
    part.host.setText("outro")
    assert not part.move_there.isEnabled()


@pytest.mark.parametrize("box", ["host", "password"])
def test_what_was_typed_while_a_test_ran_was_not_tested(stage: Stage, box: str) -> None:
    part = _part(stage)
    _fill(part)
    part.try_.click()
    getattr(part, box).setText("outro")  # before the answer comes
    stage.rest()
    assert part.said.text() == ""
    assert not part.move_there.isEnabled()
    assert part.try_.isEnabled()


def test_what_is_wrong_is_a_sentence(stage: Stage) -> None:
    part = _part(stage)
    _fill(part)
    stage.shop.mover.error = StoreAway("L-310")
    part.try_.click()
    stage.rest()
    assert part.said.text().startswith("▲ ")
    assert "L-310" in part.said.text()
    assert not part.move_there.isEnabled()


def test_a_move_is_prepared_after_a_clear_question_and_the_program_restarts(stage: Stage) -> None:
    part = _part(stage)
    _fill(part)
    part.try_.click()
    stage.rest()
    asked: list[str] = []
    part.restart_asked.connect(lambda: asked.append("restart"))
    part.move_there.click()
    dialog = part.findChild(MoveDialog)
    assert dialog is not None
    assert "não é apagado" in dialog.text.text()
    assert stage.shop.mover.prepared == []
    dialog.go.click()
    stage.rest()
    assert stage.shop.mover.prepared == [(SHARED, "segredo", False)]
    assert asked == ["restart"]


def test_a_schema_that_holds_a_shop_is_joined_not_moved_to(stage: Stage) -> None:
    part = _part(stage)
    _fill(part)
    stage.shop.mover.there = True
    part.try_.click()
    stage.rest()
    assert part.join.isVisible()
    assert not part.move_there.isVisible()
    assert "já há uma loja" in part.said.text()
    part.join.click()
    dialog = part.findChild(MoveDialog)
    assert dialog is not None
    assert "Nada do que há neste computador vai para lá" in dialog.text.text()
    dialog.cancel.click()
    stage.rest()
    assert stage.shop.mover.prepared == []
    part.join.click()
    again = part.findChildren(MoveDialog)[-1]
    again.go.click()
    stage.rest()
    assert stage.shop.mover.prepared == [(SHARED, "segredo", True)]


def test_the_way_back_says_what_stands_in_it(stage: Stage) -> None:
    shop = stage.shop
    shop.settings.append(replace(shop.settings[-1], state=SHARED))
    shop.secrets.set("state.password", "guardada")
    part = _part(stage)
    part.show_settings()
    assert "no servidor servidor, esquema loja_um" in part.where.text()
    assert part.host.isReadOnly()
    assert not part.move_there.isVisible()
    shop.mover.refused = ConfigurationError("L-378", count=2)
    part.move_back.click()
    dialog = part.findChild(MoveDialog)
    assert dialog is not None
    dialog.go.click()
    stage.rest()
    assert "L-378" in dialog.said.text()
    shop.mover.refused = None
    dialog.go.click()
    stage.rest()
    assert shop.mover.prepared == [(replace(SHARED, kind="sqlite"), "guardada", False)]


def test_the_desks_name_is_saved_by_itself(stage: Stage) -> None:
    part = _part(stage)
    part.desk.setText("Balcão 7")
    part.keep_name.click()
    stage.rest()
    assert stage.shop.settings[-1].state == StateSettings(desk="Balcão 7")
    assert not part.keep_name.isEnabled()


def test_a_new_password_is_kept_once_it_was_found_right(stage: Stage) -> None:
    shop = stage.shop
    shop.settings.append(replace(shop.settings[-1], state=SHARED))
    shop.secrets.set("state.password", "velha")
    part = _part(stage)
    part.show_settings()
    part.password.setText("nova")
    part.ca_file.setText("/ca.pem")
    shop.mover.error = StoreAway("L-310")
    part.try_.click()
    stage.rest()
    assert shop.secrets.get("state.password") == "velha"
    shop.mover.error = None
    part.try_.click()
    stage.rest()
    assert shop.secrets.get("state.password") == "nova"
    assert shop.settings[-1].state == replace(SHARED, ca_file="/ca.pem")


# --- the window between two starts ------------------------------------------------------------------------------------

Opened = Callable[..., MoveWindow]


@pytest.fixture
def opened(stage: Stage) -> Generator[Opened]:
    made: list[MoveWindow] = []

    def make(*, join: bool = False) -> MoveWindow:
        window = MoveWindow(
            "Levar os dados",
            stage.shop.desk.error_sentence,
            join=join,
            work=stage.bench.work,
            bridge=stage.bench.bridge,
        )
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.hide()
        shiboken6.delete(window)


def test_a_move_shows_how_far_it_is_and_what_came_of_it(stage: Stage, opened: Opened) -> None:
    window, go = opened(), threading.Event()

    def move(told: Callable[[int, int], None], _stop: threading.Event) -> MovedState:
        told(100, 400)
        go.wait(20)
        return MovedState(1234, "state-moved.db")

    window.start(move)
    stage.wait_for(lambda: window.bar.value() == 250)
    assert window.count.text() == "50 de 200 linhas"
    assert window.findChild(QPushButton, "cancel-move").isVisible()  # type: ignore[union-attr]
    window.show_progress(100, 400, 10.0)
    assert window.count.text() == "50 de 200 linhas · faltam 30 s"
    go.set()
    stage.rest()
    assert "1.234 linhas copiadas e conferidas" in window.text.text()
    assert "state-moved.db" in window.text.text()
    ended: list[bool] = []
    window.ended.connect(lambda: ended.append(True))
    window.go_on.click()
    assert ended == [True]


def test_closing_cancels_first_and_goes_on_then(stage: Stage, opened: Opened) -> None:
    window = opened()

    def move(_told: Callable[[int, int], None], stop: threading.Event) -> MovedState:
        assert stop.wait(20)
        raise ConfigurationError("L-376")

    window.start(move)
    window.close()
    stage.rest()
    assert window.isVisible()
    assert window.text.text().startswith("A mudança foi cancelada")
    ended: list[bool] = []
    window.ended.connect(lambda: ended.append(True))
    window.close()
    assert ended == [True]


def test_an_error_says_that_everything_is_as_it_was(stage: Stage, opened: Opened) -> None:
    window = opened(join=True)

    def move(_told: Callable[[int, int], None], _stop: threading.Event) -> MovedState:
        raise StoreAway("L-310")

    window.start(move)
    stage.rest()
    assert window.text.text().startswith("▲ ")
    assert window.go_on.isVisible()
