"""A desk behind a door, for tests that cut it off."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from otimo_tray.domain.tracking import TrackingState
from otimo_tray.store import StateStore
from otimo_tray.store.shared.database import SharedDatabase
from otimo_tray.store.shared.kept import NOTICE, KeptCodes
from otimo_tray.store.shared.kept_file import KeptFile
from otimo_tray.store.shared.kept_trackings import KeptTrackings
from otimo_tray.store.shared.mirror import ASK_AGAIN_S, Mirror
from otimo_tray.store.shared.opening import open_shared_store
from otimo_tray.store.shared.server import Server
from tests.servers.door import Door
from tests.servers.server import PASSWORD
from tests.support.clock import FakeClock


class AwayDesk:
    """All that a desk has of a shop on a server, through a door of its own."""

    def __init__(self, port: int, schema: str, folder: Path, clock: FakeClock, empty: Path, person: str) -> None:
        self.door = Door(port)
        self.clock = clock
        self.folder = folder
        self.file = folder / "kept.jsonl"
        folder.mkdir(exist_ok=True)
        self.server = Server(f"postgresql://otimo@127.0.0.1:{self.door.port}/postgres", PASSWORD)
        shutil.copyfile(empty, folder / "mirror.db")
        self.store: StateStore = open_shared_store(self.server, schema, clock, check=False)
        assert isinstance(self.store.database, SharedDatabase)
        self.mirror = Mirror(folder / "mirror.db", self.store.database, clock)
        self.store.database.away = self.mirror
        self.kept = KeptCodes(KeptFile(self.file), self.mirror, self.store, clock)
        self.store.trackings = KeptTrackings(self.store.trackings, self.kept, self.mirror, self.store, lambda: person)

    def leave(self) -> None:
        """The cable is pulled."""
        self.door.set("cut")

    def come_back(self) -> None:
        """The cable is in again, and long enough."""
        self.door.set("open")
        self.clock.advance(ASK_AGAIN_S)

    def follow(self) -> int:
        """What happens when the server says that something changed: answers how many kept codes went up."""
        self.mirror.pull()
        count = self.kept.come_up()
        self.mirror.pull()
        return count

    def type(self, order: str, code: str, *, volume: int = 1, shipment: str | None = None) -> int:
        return self.store.trackings.add(
            order, code, "Correios", "PAC", f"https://rastreio/{code}", self.clock.now(),
            volume=volume, shipment_id=shipment,
        )  # fmt: skip

    def shown(self, order: str) -> list[tuple[str, str | None]]:
        """The codes that count at an order as the windows show them, with what they say."""
        rows = self.store.trackings.of_order(order)
        return [(row.code, row.error_code) for row in rows if row.state is not TrackingState.REPLACED]

    def close(self) -> None:
        self.mirror.close()
        self.store.close()
        self.server.close()
        self.door.close()


MakeDesk = Callable[[str], AwayDesk]
"""Makes the desk of this person."""


def counting(store: StateStore, order: str) -> list[str]:
    """The codes that count at an order for the server."""
    return [row.code for row in store.trackings.of_order(order) if row.state is not TrackingState.REPLACED]


def told(store: StateStore) -> list[tuple[str, dict[str, Any]]]:
    """Code and parameters of the problems that tell of kept codes."""
    return [(problem.code, problem.params) for problem in store.problems.list() if problem.flow == NOTICE]
