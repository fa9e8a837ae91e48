"""An exchange folder for tests: writes files with times of the test's clock and opens the connector."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.folder import FolderErp, open_folder_erp
from otimo_tray.erp.folder.files import Disk
from otimo_tray.erp.folder.reading import FolderReading
from tests.support.clock import FakeClock

ZONE = ZoneInfo("America/Sao_Paulo")


class HeldDisk(Disk):
    """A disk on which the file called `held` is open in another program."""

    held = ""

    def rename(self, source: Path, target: Path) -> None:
        if source.name == self.held:
            raise PermissionError(13, "open in another program")
        super().rename(source, target)


class ShopFolder:
    """`paused` collects what the connector waited for; `during_pause` writes meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.root = folder / "Integração"
        self.cache = folder / "cache"
        self.root.mkdir()
        self.paused: list[float] = []
        self.during_pause: Callable[[], object] | None = None
        self.disk = HeldDisk()

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.clock.advance(seconds)
        if self.during_pause is not None:
            self.during_pause()
            self.during_pause = None

    def open(self, **columns: str) -> FolderErp:
        settings = ErpSettings(folder=str(self.root), columns=columns)
        return open_folder_erp(settings, ZONE, self.clock, self.cache, pause=self.pause, disk=self.disk)

    def write(self, name: str, content: str | bytes, *, seconds_ago: float = 10, encoding: str = "utf-8") -> Path:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        self.touch(path, seconds_ago)
        return path

    def touch(self, path: Path, seconds_ago: float) -> None:
        moment = (self.clock.now() - timedelta(seconds=seconds_ago)).timestamp()
        os.utime(path, (moment, moment))

    def names(self, folder: str = ".") -> list[str]:
        place = self.root / folder
        return sorted(path.name for path in place.iterdir()) if place.is_dir() else []

    def read(self, **columns: str) -> list[RawRow]:
        reading = self.open(**columns).read_items()
        assert reading is not None
        return rows_of(reading)


def rows_of(reading: FolderReading) -> list[RawRow]:
    return [row for chunk in reading.chunks() for row in chunk]
