"""Finds new and changed files below the invoice folders, cheaply enough to be asked every twenty seconds for years.

A folder whose own time didn't move has no new entry, so it isn't listed; the time is believed only some seconds after
it last moved, because several files may share one tick of a coarse clock. Files that may still change in place are
watched one by one, and every ten minutes everything is looked at whatever the times say: a late copy with an old date,
a network share that keeps no folder times, a rewritten file are found then at the latest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from otimo_tray.erp.folder.seen import SeenFiles, Version
from otimo_tray.errors import ErpAway

SWEEP_S: Final = 600.0
TRUST_S: Final = 3.0
"""Seconds after which a folder's unchanged time is believed."""
WATCHED: Final = 2_000
_SKIPPED_FOLDERS: Final = (".otimo", "processados", "recusados")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: its folder (as text) and name, and the version found."""

    folder: str
    name: str
    version: Version

    @property
    def path(self) -> Path:
        return Path(self.folder, self.name)


@dataclass(slots=True)
class _Folder:
    mtime_ns: int
    since: float
    """Monotonic moment at which this time was first met."""
    listed: float
    children: list[str]


class FolderScan:
    """One tree of files with the given endings.

    Args:
        monotonic: seconds for intervals.
    """

    def __init__(
        self, root: Path, wanted: Callable[[str, bool], bool], seen: SeenFiles, monotonic: Callable[[], float]
    ) -> None:
        self._root = str(root)
        self._wanted = wanted
        self._seen = seen
        self._monotonic = monotonic
        self._folders: dict[str, _Folder] = {}
        self._watched: dict[tuple[str, str], None] = {}
        self._swept = float("-inf")

    def reset(self) -> None:
        """Looks at everything the next time: files were taken back."""
        self._folders.clear()
        self._swept = float("-inf")

    def watch(self, file: FoundFile) -> None:
        """Looks at this file's size and time each time: it may be completed in place. The oldest gives way."""
        self._watched.pop((file.folder, file.name), None)
        self._watched[file.folder, file.name] = None
        if len(self._watched) > WATCHED:
            del self._watched[next(iter(self._watched))]

    def unwatch(self, file: FoundFile) -> None:
        """Its content is final."""
        self._watched.pop((file.folder, file.name), None)

    def changed(self) -> list[FoundFile]:
        """Files that aren't known in this version, oldest first. Raises ErpAway E-210."""
        now = self._monotonic()
        sweep = now - self._swept >= SWEEP_S
        try:
            found = {(file.folder, file.name): file for file in self._walk(self._root, now, sweep)}
            for folder, name in () if sweep else tuple(self._watched):
                file = self._look(folder, name)
                if file is not None:
                    found[folder, name] = file
        except OSError as error:
            raise ErpAway("E-210", folder=self._root, raw=str(error)) from error
        if sweep:
            self._swept = now
        return sorted(found.values(), key=lambda file: (file.version[1], file.folder, file.name))

    def _walk(self, folder: str, now: float, sweep: bool) -> Iterator[FoundFile]:
        try:
            mtime_ns = os.stat(folder).st_mtime_ns  # noqa: PTH116 - thousands of plain paths, no Path objects
        except FileNotFoundError:
            if folder == self._root:
                raise
            self._folders.pop(folder, None)
            return
        known = self._folders.get(folder)
        if known is not None and known.mtime_ns == mtime_ns:
            if not sweep and known.listed - known.since >= TRUST_S:
                for child in known.children:
                    yield from self._walk(child, now, sweep)
                return
            since = known.since
        else:
            since = now
        children: list[str] = []
        versions = self._seen.versions(folder)
        top = folder == self._root
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name.lower() not in _SKIPPED_FOLDERS:
                        children.append(entry.path)
                elif self._wanted(entry.name, top) and (sweep or entry.name not in versions):
                    file = self._look(folder, entry.name)
                    if file is not None:
                        yield file
        self._folders[folder] = _Folder(mtime_ns, since, now, children)
        for child in children:
            yield from self._walk(child, now, sweep)

    def _look(self, folder: str, name: str) -> FoundFile | None:
        try:
            stat = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118
        except FileNotFoundError:
            self._watched.pop((folder, name), None)
            return None
        version = (stat.st_size, stat.st_mtime_ns)
        return None if self._seen.versions(folder).get(name) == version else FoundFile(folder, name, version)
