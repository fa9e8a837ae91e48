"""A reading of stock and prices: all rows of one snapshot, read at full speed, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Final

from otimo_tray.domain.catalogue import RawRow
from otimo_tray.erp.database import queries
from otimo_tray.erp.database.fetching import driver_blocks
from otimo_tray.erp.database.link import Link
from otimo_tray.erp.database.rows import RowMaker
from otimo_tray.erp.database.spool import Spool
from otimo_tray.errors import OtimoError, ReadRefused

_HASH_OF_NONE: Final = hash(None)


class DatabaseReading:
    """Implements `ports.StockReading`.

    `as_of` is our own clock's moment before the snapshot was taken: every other moment that it is compared with (when
    an order was imported, when a value was sent) is of that clock too, and another one that runs ahead would let a
    reading claim bookings that it doesn't show.
    """

    full = True
    more = False
    digest = ""

    def __init__(self, link: Link, source: queries.Source, as_of: datetime) -> None:
        self.as_of = as_of
        self.source = source.name
        self._link = link
        self._source = source

    def chunks(self) -> Iterator[list[RawRow]]:
        """See the port. Nothing is given before everything was read.

        Raises:
            ErpAway, ErpMisconfigured: the database; ReadRefused E-292 (codes more than once), E-293 (no code).
        """
        spool = Spool()
        try:
            self._read(spool)
            yield from spool.blocks()
        finally:
            spool.close()

    def _read(self, spool: Spool) -> None:
        seen: set[int] = set()
        count = 0
        with (
            self._link.reading(self._source.name) as connection,
            closing(queries.run(self._link.flavour.stream(connection), self._source)) as result,
        ):
            names, numbers = list(result.keys()), self._link.flavour.number_places(result)
            maker = RowMaker(queries.places(self._source, names), numbers)
            for block in driver_blocks(connection, result, self._link.flavour.fetched):
                columns = maker.columns(block)
                codes = columns[0]
                seen.update(map(hash, codes))
                if _HASH_OF_NONE in seen and None in codes:
                    raise ReadRefused("E-293", source=self.source, row=count + codes.index(None) + 1)
                count += len(codes)
                spool.add(columns, len(codes))
        if len(seen) != count:
            self._refuse_twice(spool)

    def _refuse_twice(self, spool: Spool) -> None:
        """Two codes may have one hash, so the codes themselves decide."""
        twice = [str(code) for code, times in Counter(spool.codes()).items() if times > 1]
        if twice:
            raise ReadRefused("E-292", source=self.source, count=len(twice), codes=", ".join(twice[:5]))

    def accepted(self) -> None:
        """Nothing to tidy up."""

    def refused(self, error: OtimoError) -> None:
        """Nothing to tidy up."""
