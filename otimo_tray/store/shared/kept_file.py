"""The codes that were typed away from the server, line by line in a file of this PC.

    typed ─▶ line appended and on the disk ─▶ "it is safe" on the screen ─▶ up at the server ─▶ line that says so

The line that says so only saves a question: what is up is known by the server (`kept_code`), so that an end at any
moment repeats harmlessly. Once nothing is kept the file is emptied. A line holds ids and codes, never a buyer's data.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from filelock import FileLock

from otimo_tray.errors import StoreAway
from otimo_tray.store.journal import Entry, append, lines_of

_WAIT_S: Final = 5.0
"""How long another process that is at the file is waited for: it writes one line."""


@dataclass(frozen=True, slots=True)
class KeptCode:
    """One thing typed.

    Attributes:
        what: `code` was typed; `gone`: one that is at the server (`row`) was taken back.
        local: its id in this PC's tables until it is up: below 0, where the server gives none.
        number: what people call the order.
        before: the code that this desk saw at the same place when it typed this one.
        by: who typed it.
        at: when, as ISO text.
    """

    what: Literal["code", "gone"]
    hub_id: str
    number: str
    shipment_id: str | None
    volume: int
    code: str
    carrier: str
    method: str
    url: str
    warnings: tuple[str, ...]
    at: str
    by: str
    before: str | None
    row: int | None = None
    local: int = 0
    id: str = ""

    @property
    def place(self) -> tuple[str, str, int]:
        """Order, shipment ("" = the order's only one) and volume: one code belongs there."""
        return self.hub_id, self.shipment_id or "", self.volume


_FIELDS: Final = frozenset(field.name for field in fields(KeptCode))


class KeptFile:
    """One file; any thread and any process may use it."""

    def __init__(self, path: Path, new_id: Callable[[], str] = lambda: uuid.uuid4().hex) -> None:
        self._path = path
        self._new_id = new_id
        self._lock = FileLock(path.with_name(path.name + ".lock"), timeout=_WAIT_S)
        self._read: tuple[tuple[int, int], list[KeptCode], int] | None = None

    def add(self, code: KeptCode) -> KeptCode:
        """Keeps a code: on the disk when this returns. Answers it with its ids.

        Raises:
            StoreAway: L-362, it can't be kept here either.
        """
        try:
            with self._lock:
                kept = replace(code, id=self._new_id(), local=self._load()[1] - 1)
                append(self._path, [{"kept": asdict(kept)}])
                _sync_folder(self._path.parent)
        except (OSError, TimeoutError) as error:
            raise StoreAway("L-362", detail=type(error).__name__) from error
        return kept

    def codes(self) -> list[KeptCode]:
        """All that isn't done yet, in the order in which it was typed."""
        return list(self._load()[0])

    def done(self, code: KeptCode) -> None:
        """Says that one is up, or was taken back. Raises StoreAway: it may be done once more, harmlessly."""
        try:
            with self._lock:
                append(self._path, [{"done": code.id}])
                left, last = self._load()
                if not left:
                    self._empty(last)
        except (OSError, TimeoutError) as error:
            raise StoreAway("L-310", detail=type(error).__name__) from error

    def _empty(self, last: int) -> None:
        """A new file in its place, which remembers only the ids that were given."""
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.unlink(missing_ok=True)
        append(fresh, [{"last": last}])
        fresh.replace(self._path)

    def _load(self) -> tuple[list[KeptCode], int]:
        """What isn't done, and the lowest id given."""
        try:
            stat = self._path.stat()
        except OSError:
            return [], 0
        stamp = (stat.st_mtime_ns, stat.st_size)
        held = self._read
        if held is None or held[0] != stamp:
            held = (stamp, *_understood(list(lines_of(self._path))))
            self._read = held
        return held[1], held[2]


def _understood(lines: list[Entry]) -> tuple[list[KeptCode], int]:
    found: dict[str, KeptCode] = {}
    last = 0
    for line in lines:
        kept, done = line.get("kept"), line.get("done")
        if kept is not None:
            code = _code(kept)
            found[code.id] = code
            last = min(last, code.local)
        elif isinstance(done, str):
            found.pop(done, None)
        last = min(last, int(line.get("last", 0)))
    return list(found.values()), last


def _code(found: dict[str, Any]) -> KeptCode:
    known = {name: value for name, value in found.items() if name in _FIELDS}  # a newer version may have kept more
    return replace(KeptCode(**known), warnings=tuple(found["warnings"]))


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only with its folder; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
