"""Rows on their way from the server to the mirror: in memory while they are few, else in a file without a name."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from otimo_tray.errors import StoreAway

_IN_MEMORY: Final = 4 * 1024 * 1024
"""Bytes. A day's work of a shop comes in thousands of small pulls; only a whole catalogue needs the disk."""

Row = Sequence[Any]


class Spool:
    """Blocks of rows by name, read back in the order in which they came. It is gone when it is left, even by a crash.

    It exists so that nobody holds the mirror's lock while the server is being waited for.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - left by __exit__

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, rows: Sequence[Row]) -> None:
        """Raises StoreAway L-312 when the disk is full."""
        line = json.dumps([name, [list(row) for row in rows]], separators=(",", ":")) + "\n"
        try:
            self._file.write(line.encode("ascii"))
        except OSError as error:
            raise StoreAway("L-312", detail=type(error).__name__) from error

    def blocks(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """All of them, from the first."""
        self._file.seek(0)
        for line in self._file:
            name, rows = json.loads(line)
            yield name, rows
