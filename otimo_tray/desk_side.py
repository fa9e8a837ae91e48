"""What stands behind the windows of one profile, whether its state is this PC's own or shared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from otimo_tray.app import make_engine
from otimo_tray.desk_calls import DeskCalls
from otimo_tray.profile import Profile

if TYPE_CHECKING:
    from otimo_tray.store import StateStore
    from otimo_tray.sync.engine import RunningEngine
    from otimo_tray.ui.desk import DeskLink, Presence


@dataclass(frozen=True, slots=True)
class Side:
    """Attributes:
    database: the file that the windows read.
    link, presence: how this desk stands with others; None where there are none.
    end: ends what follows the server; before the engine is stopped.
    """

    store: StateStore
    engine: RunningEngine
    calls: DeskCalls
    database: Path
    link: DeskLink | None = None
    presence: Presence | None = None
    end: Callable[[], None] = lambda: None


def open_side(profile: Profile, start_after: float) -> Side:
    """Opens the state and starts the engine. It may take a moment, and raises as `Profile.store`."""
    if profile.is_shared:
        from otimo_tray import shared_desk

        return shared_desk.open_side(profile, start_after)
    store = profile.store()
    engine = make_engine(profile, start_after=start_after)
    engine.start()
    return Side(store, engine, DeskCalls(profile, engine), profile.paths.state)
