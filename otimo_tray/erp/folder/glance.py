"""A glance at the exchange folder, cheap enough for every other second: which sheets and invoices are there, in which
version. It asks the names instead of the system's change events, which network shares don't send."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

from otimo_tray.erp.folder.layout import Layout
from otimo_tray.erp.folder.sheets import EXTENSIONS
from otimo_tray.ports import Glance

FOLDERS: Final = 64
"""Invoice folders looked at, the last ones by name: months are named so that the newest comes last."""
_SHEETS: Final = ("estoque", "precos", "alteracoes")
_SKIPPED: Final = (".otimo", "processados", "recusados")


class FolderGlance:
    """Looks at one exchange folder; from any thread."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        self._children: dict[str, tuple[int, list[str]]] = {}

    def look(self) -> Glance:
        """What is there; nothing at all while the folder is away, so that its coming back is a change."""
        with self._lock:
            notes = [self._layout.notes]
            if not self._layout.own_notes:
                notes.append(self._layout.root / "notas")
            return Glance(frozenset(_sheets(self._layout.root)), frozenset(self._folders(notes)))

    def _folders(self, roots: list[Path]) -> set[tuple[str, int]]:
        found: set[tuple[str, int]] = set()
        waiting = [str(root) for root in reversed(roots)]
        while waiting and len(found) < FOLDERS:
            folder = waiting.pop()
            try:
                moment = os.stat(folder).st_mtime_ns  # noqa: PTH116 - many plain paths, every other second
                known = self._children.get(folder)
                if known is None or known[0] != moment:
                    known = self._children[folder] = (moment, _folders_in(folder))
            except OSError:
                self._children.pop(folder, None)
                continue
            found.add((folder, moment))
            waiting += known[1]
        return found


def _folders_in(folder: str) -> list[str]:
    """Its folders, so that the last one by name is taken first."""
    with os.scandir(folder) as entries:
        kept = [one for one in entries if one.name.lower() not in _SKIPPED and one.is_dir(follow_symlinks=False)]
        return sorted(one.path for one in kept)


def _sheets(root: Path) -> set[tuple[str, int, int]]:
    found: set[tuple[str, int, int]] = set()
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                name = entry.name.lower()
                if name.startswith(_SHEETS) and name.endswith(EXTENSIONS):
                    stat = os.stat(entry.path)  # noqa: PTH116 - an entry's own may be old on Windows
                    found.add((entry.name, stat.st_size, stat.st_mtime_ns))
    except OSError:
        return set()
    return found
