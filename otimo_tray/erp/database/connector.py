"""The ERP behind a database: implements `otimo_tray.ports.Erp` over SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.database.address import parse_address
from otimo_tray.erp.database.checks import check_database
from otimo_tray.erp.database.flavours import flavour_of
from otimo_tray.erp.database.invoices import InvoiceView
from otimo_tray.erp.database.link import Link
from otimo_tray.erp.database.orders import OrderTables
from otimo_tray.erp.database.queries import source_of
from otimo_tray.erp.database.reading import DatabaseReading
from otimo_tray.erp.rows import parse_raw
from otimo_tray.ports import CheckResult, Clock, ErpOrderRef, InvoiceBatch


class DatabaseErp:
    """Safe to use from any thread: every call has a connection of its own.

    Args:
        link: the way into the database.
        queries: SELECTs of the shop's own in place of the views "items" and "invoices".
        zone: the shop's zone, in which dates without one are meant.
    """

    name = "database"

    def __init__(self, link: Link, queries: Mapping[str, str], zone: ZoneInfo, clock: Clock) -> None:
        self._link = link
        self._queries = dict(queries)
        self._zone = zone
        self._clock = clock
        self._orders = OrderTables(link, clock, zone)
        self._invoices = InvoiceView(link, self._queries, zone, clock)

    def check(self) -> list[CheckResult]:
        """The connection; if it is there, both views and both tables. Writes nothing."""
        return check_database(self._link, self._queries)

    def read_items(self) -> DatabaseReading:
        """A reading of what the view shows now. Raises ErpMisconfigured E-227."""
        return DatabaseReading(self._link, source_of("items", self._queries), self._clock.now())

    def parse_row(self, row: RawRow) -> ErpItem:
        """See the port."""
        return parse_raw(row, self._zone)

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """See the port."""
        return self._orders.find(hub_id)

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        """One transaction, once for each hub id. Raises ErpRefusedOrder: E-241, E-242, E-244."""
        return self._orders.put(order)

    def invoices(self, cursor: str) -> InvoiceBatch:
        """See the port."""
        return self._invoices.after(cursor)

    def close(self) -> None:
        """Lets go of the database."""
        self._link.close()


def open_database_erp(settings: ErpSettings, address: str, zone: ZoneInfo, clock: Clock) -> DatabaseErp:
    """The connector for an address; nothing is asked of the database yet. Raises ConfigurationError C-421."""
    link = Link(flavour_of(parse_address(address), settings.timeout_s))
    return DatabaseErp(link, settings.queries, zone, clock)
