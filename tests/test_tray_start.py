"""The tray's life: a shop from another PC is put in place before anything is open, and a restart begins anew."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MethodType

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from otimo_tray import state_mover, tray_start
from otimo_tray.desktop import settings_file
from otimo_tray.desktop.paths import ProfilePaths
from otimo_tray.domain.settings import GuardSettings, Settings, StateSettings
from otimo_tray.profile import Profile
from otimo_tray.state_mover import Pending
from otimo_tray.support import transfer
from otimo_tray.tray_start import TraySession
from otimo_tray.ui.app import RESTART, Hooks
from otimo_tray.ui.desk import MovedState
from otimo_tray.ui.moving import Move, MoveWindow
from tests.support.clock import FakeClock
from tests.support.memory_secrets import MemorySecrets
from tests.ui import shop


def paths_in(folder: Path) -> ProfilePaths:
    made = ProfilePaths(folder)
    made.create()
    return made


def test_a_shop_from_another_pc_is_there_at_the_next_start(tmp_path: Path) -> None:
    old, new = paths_in(tmp_path / "velho"), paths_in(tmp_path / "novo")
    clock = FakeClock(shop.NOW)
    there = Profile(old, Settings(guards=GuardSettings(zero_percent=12)), MemorySecrets(), clock)
    there.store()
    shop.fill_orders(old.state, shop.fill_catalogue(old.state, 20))
    transfer.export(old, there.settings, tmp_path / "m.zip", shop.NOW)
    there.close()
    transfer.stage(tmp_path / "m.zip", new)
    here = Profile(new, Settings(), MemorySecrets(), clock)
    session = TraySession(here)
    desk = session.make_desk()
    try:
        assert desk.settings().guards.zero_percent == 12
        assert sum(desk.storage.orders.counts().values()) >= 48
        assert desk.missing() is not None  # secrets don't travel: the wizard asks for them
    finally:
        session.quitting()
    assert settings_file.read(new.settings).guards.zero_percent == 12


def test_a_restart_begins_anew_and_an_end_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [RESTART, RESTART, 0]
    made: list[object] = []

    hidden: list[bool] = []

    def run(make_desk: object, *, hooks: object, minimized: bool, **_: object) -> int:
        made.append(make_desk)
        hidden.append(minimized)
        hooks.quitting()  # type: ignore[attr-defined]
        return answers[len(made) - 1]

    monkeypatch.setattr(tray_start, "run_tray", run)
    assert tray_start.start_tray(tmp_path / "perfil", minimized=True) == 0
    assert len(made) == 3
    assert hidden == [True, False, False]  # whoever asked for a fresh start looked at a window
    assert len({id(getattr(one, "__self__", one)) for one in made}) == 3


def test_a_fresh_start_speaks_the_language_chosen_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []

    def run(make_desk: MethodType, *, hooks: Hooks, language: str, **_: object) -> int:
        spoken.append(language)
        session = make_desk.__self__
        assert isinstance(session, TraySession)
        profile = session._profile
        there = replace(profile.settings.shop, language="en")
        profile.change_settings(replace(profile.settings, shop=there))
        hooks.quitting()
        return RESTART if len(spoken) == 1 else 0

    monkeypatch.setattr(tray_start, "run_tray", run)
    assert tray_start.start_tray(tmp_path / "perfil", minimized=True) == 0
    assert spoken == ["pt_BR", "en"]


def test_a_move_that_was_prepared_is_done_between_two_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """With nothing of the program open, and shown in a window of its own."""
    del qtbot
    application = QApplication.instance()
    assert application is not None
    done: list[str] = []
    state = StateSettings("postgresql", "postgresql://otimo@servidor/lojas", "loja")

    def run(make_desk: MethodType, *, hooks: Hooks, **_: object) -> int:
        session = make_desk.__self__
        assert isinstance(session, TraySession)
        done.append("run")
        if len(done) == 1:
            mover = session.make_desk().mover
            assert mover is not None
            mover.prepare(state, "", join=False)
        hooks.quitting()
        return RESTART if len(done) == 1 else 0

    def carry_out(profile: Profile, pending: Pending) -> Move:
        assert pending == Pending(state, join=False)
        assert profile._store is None

        def move(told: Callable[[int, int], None], _stop: threading.Event) -> MovedState:
            told(1, 2)
            done.append("move")
            QTimer.singleShot(0, application, _press)
            return MovedState(7, "state-moved.db")

        return move

    def _press() -> None:
        """Asks until the window says what came of it, then goes on as a person does."""
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MoveWindow))
        if not window.go_on.isVisible():
            QTimer.singleShot(10, window, _press)
            return
        assert "7 linhas" in window.text.text()
        window.go_on.click()

    monkeypatch.setattr(tray_start, "run_tray", run)
    monkeypatch.setattr(state_mover, "carry_out", carry_out)
    assert tray_start.start_tray(tmp_path / "perfil", minimized=True) == 0
    assert done == ["run", "move", "run"]


def test_the_icon_waits_for_no_library_and_no_sentence() -> None:
    """What the tray imports before its icon is there, in a process of its own."""
    later = ("sqlalchemy", "psycopg", "requests", "otimo_tray.words", "otimo_tray.ui.desk", "otimo_tray.state_mover")
    look = f"import sys, otimo_tray.tray_start; print(*sorted(set(sys.modules) & set({later!r})))"
    found = subprocess.run([sys.executable, "-c", look], check=True, timeout=60, capture_output=True, text=True).stdout
    assert found.split() == []
