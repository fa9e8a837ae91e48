"""What people typed since the last copy of the state, line by line beside the copies: it survives the database.

    commit ─▶ line appended and on the disk ─▶ "it is safe" on the screen

One file for each copy, `<copy>.jsonl`, with what came after it; before the first copy `<database>-00000000.jsonl`. A
line holds ids, codes and units, never a buyer's data. After a restore the lines since the copy are done again, in
their order: doing one twice is the same as once.
"""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast

_log = logging.getLogger(__name__)
_SUFFIX: Final = ".jsonl"

Entry = dict[str, Any]
"""`what`: code, code_gone, mapping, mapping_gone, order, erased; and its fields."""


class Journal:
    """The journal of one database; any thread and any process may add to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.parent / "backups"

    def add(self, entries: Sequence[Entry]) -> None:
        """Appends what was just committed. The database has it already: without room here nothing fails."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            append(self._current(), entries)
        except OSError as error:
            _log.warning("the journal can't be written: %s", type(error).__name__)

    def _current(self) -> Path:
        copies = sorted(self._folder.glob(f"{self._path.stem}-????????{self._path.suffix}"))
        name = copies[-1].stem if copies else f"{self._path.stem}-00000000"
        return self._folder / (name + _SUFFIX)

    def files(self) -> list[Path]:
        """All its files, oldest first."""
        return sorted(self._folder.glob(f"{self._path.stem}-????????{_SUFFIX}"))

    def since(self, copy: Path | None) -> Iterator[Entry]:
        """What was typed after a copy (None = as far back as there is anything), oldest first.

        From the file before the copy's own on: while a copy was being made, lines still went there.
        """
        files = self.files()
        if copy is not None:
            before = [file for file in files if file.stem < copy.stem][-1:]
            files = before + [file for file in files if file.stem >= copy.stem]
        for file in files:
            yield from lines_of(file)

    def forget(self, oldest: Path) -> None:
        """Removes what no kept copy needs any more; `oldest` is the oldest of them."""
        for file in [file for file in self.files() if file.stem < oldest.stem][:-1]:
            file.unlink(missing_ok=True)

    def set_aside(self) -> None:
        """The database is another one from here on: what was typed before belongs to the one before, and is never done
        again in this one. The files stay, under another name."""
        for file in self.files():
            try:
                file.replace(file.with_name(file.name + ".old"))
            except OSError as error:
                _log.warning("a journal can't be set aside: %s", type(error).__name__)


_BINARY: Final = getattr(os, "O_BINARY", 0)


def append(file: Path, entries: Sequence[Entry]) -> None:
    """Adds lines to a file (made if need be): they are on the disk when this returns.

    Raises:
        OSError: they may not be there.
    """
    text = "".join(json.dumps(entry, ensure_ascii=True, separators=(",", ":")) + "\n" for entry in entries)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
    try:
        # The line break in front ends a line that a power cut may have torn.
        data = b"\n" + text.encode("ascii")
        if os.write(descriptor, data) != len(data):
            raise OSError(errno.ENOSPC, "cut short")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines_of(file: Path) -> Iterator[Entry]:
    """What was added to a file, oldest first; nothing where it can't be read, and no line that was torn."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        _log.warning("a journal can't be read: %s", type(error).__name__)
        return
    for line in lines:
        try:
            entry = json.loads(line) if line else None
        except ValueError:
            continue  # torn by a power cut
        if isinstance(entry, dict):
            yield cast(Entry, entry)
