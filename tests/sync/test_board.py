"""The whole program in one word: the worst that is known, and never "all is well" before anybody looked."""

from __future__ import annotations

from otimo_tray.domain.settings import Settings
from otimo_tray.domain.status import State, Trouble
from otimo_tray.sync.board import Board
from tests.support.clock import FakeClock


def state(board: Board) -> State:
    return board.status(lambda _flow: None).state


def test_all_is_well_only_after_a_look_at_what_is_set_up() -> None:
    board = Board(FakeClock(), Settings())
    assert state(board) is State.SYNCING
    board.set_setup(Trouble("C-420", {"name": "hub.client_id"}))
    assert state(board) is State.SETUP
    board.set_setup(None)
    assert state(board) is State.OK


def test_a_pause_is_told_at_once() -> None:
    board = Board(FakeClock(), Settings())
    board.set_paused(paused=True)
    assert state(board) is State.PAUSED
