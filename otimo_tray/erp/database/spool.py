"""Where a reading waits until it is whole: the ERP's database is read at full speed, whatever we do with the rows.

So no cursor and no transaction stays open in the ERP while our engine thinks, and a reading counts whole or not at all.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final, cast

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.database.rows import Texts

KEPT_IN_MEMORY: Final = 1024 * 1024
"""Bytes; a small shop's reading never touches the disk."""
Packed = bytes | list[str | None] | None
_BETWEEN: Final = "\0"


class Spool:
    """Blocks of raw rows in the order they came; past `KEPT_IN_MEMORY` in a temporary file without a name.

    A block is kept by columns: one text a column costs a third of one text a cell.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 - closed below
        self._sizes: list[tuple[int, int]] = []

    def add(self, columns: Sequence[Texts], count: int) -> None:
        """Keeps a block of `count` rows, at least one, as its columns."""
        data = marshal.dumps([_packed(column, count) for column in columns])
        self._file.write(data)
        self._sizes.append((len(data), count))

    def blocks(self) -> Iterator[list[RawRow]]:
        """Gives each block once, then lets go of everything."""
        try:
            yield from self._look()
        finally:
            self.close()

    def codes(self) -> Iterator[str | None]:
        """The first field of every row; the blocks can still be had."""
        for block in self._look():
            yield from (row[0] for row in block)

    def _look(self) -> Iterator[list[RawRow]]:
        self._file.seek(0)
        for size, count in self._sizes:
            # Written by this very process a moment ago, into a file nobody else has.
            packed = cast("list[Packed]", marshal.loads(self._file.read(size)))  # noqa: S302
            yield list(zip(*(_unpacked(one, count) for one in packed), strict=True))

    def close(self) -> None:
        """Lets go of the rows. Safe to repeat."""
        self._file.close()


def _packed(column: Texts, count: int) -> Packed:
    """None for a column without texts; one text for all cells where each has one; else the cells as they are."""
    try:
        text = _BETWEEN.join(cast("Sequence[str]", column))
    except TypeError:
        return None if column.count(None) == count else list(column)
    return text.encode("utf-8", "surrogatepass") if text.count(_BETWEEN) == count - 1 else list(column)


def _unpacked(packed: Packed, count: int) -> Texts:
    if packed is None:
        return (None,) * count
    if isinstance(packed, bytes):
        return packed.decode("utf-8", "surrogatepass").split(_BETWEEN)
    return packed
