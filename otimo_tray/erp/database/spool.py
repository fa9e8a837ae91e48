"""Where a reading waits until it is whole: the ERP's database is read at full speed, whatever we do with the rows.

So no cursor and no transaction stays open in the ERP while our engine thinks, and a reading counts whole or not at all.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator
from typing import IO, Final, cast

from otimo_tray.domain.catalogue import RawRow

KEPT_IN_MEMORY: Final = 1024 * 1024
"""Bytes; a small shop's reading never touches the disk."""


class Spool:
    """Blocks of raw rows in the order they came; past `KEPT_IN_MEMORY` in a temporary file without a name."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - closed below
        self._sizes: list[int] = []

    def add(self, rows: list[RawRow]) -> None:
        """Keeps a block."""
        data = marshal.dumps(rows, 4)
        self._file.write(data)
        self._sizes.append(len(data))

    def blocks(self) -> Iterator[list[RawRow]]:
        """Gives each block once, then lets go of everything."""
        try:
            self._file.seek(0)
            for size in self._sizes:
                # Written by this very process a moment ago, into a file nobody else has.
                yield cast("list[RawRow]", marshal.loads(self._file.read(size)))  # noqa: S302
        finally:
            self.close()

    def close(self) -> None:
        """Lets go of the rows. Safe to repeat."""
        self._file.close()
