"""A person stops the timers or lets them go on: done at once, and noted in the book of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from otimo_tray.ui.work import Work

if TYPE_CHECKING:
    from otimo_tray.ui.desk import Desk


def pause(desk: Desk, work: Work, owner: QObject, minutes: int | None) -> None:
    """Stop the timers, for some minutes or until a person lets them go on."""
    desk.engine.pause(minutes)
    _note(desk, work, owner, "act.paused", {} if minutes is None else {"minutes": minutes})


def resume(desk: Desk, work: Work, owner: QObject) -> None:
    """Let them go on."""
    desk.engine.resume()
    _note(desk, work, owner, "act.resumed", {})


def _note(desk: Desk, work: Work, owner: QObject, what: str, params: Mapping[str, object]) -> None:
    acts, now = desk.storage.acts, desk.clock.now()

    def failed(_error: Exception) -> None:
        """The pause counts all the same; the book couldn't be written just now."""

    work.save(owner, lambda: acts.note(what, "", params, now), None, failed)
