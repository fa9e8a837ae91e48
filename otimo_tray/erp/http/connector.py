"""An ERP that serves the HTTP interface, as `otimo_tray.ports.Erp`."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from otimo_tray.domain.catalogue import ErpItem, RawRow
from otimo_tray.domain.orders import ErpOrder
from otimo_tray.domain.settings import ErpSettings
from otimo_tray.erp.http.address import Target, target_of
from otimo_tray.erp.http.api import Api
from otimo_tray.erp.http.checks import check_api
from otimo_tray.erp.http.notes import read_entries
from otimo_tray.erp.http.reading import HttpReading, UnchangedReading
from otimo_tray.erp.http.transport import Transport
from otimo_tray.erp.http.wire import Page
from otimo_tray.erp.rows import parse_raw
from otimo_tray.errors import ErpRefusedOrder
from otimo_tray.ports import CheckResult, Clock, ErpOrderRef, InvoiceBatch

FULL_EVERY: Final = timedelta(hours=12)
"""Between full readings only changes are asked for; a full one tells what they may have left out."""
_PREFIX: Final = "http:"
"""Of our invoice cursors: one that another connector saved means nothing here."""
_ETAG: Final = re.compile(r'(W/)?"[!#-~]*"')


def open_http_erp(settings: ErpSettings, secret: str, zone: ZoneInfo, clock: Clock) -> HttpErp:
    """Opens the connector; sends nothing yet.

    Args:
        settings: `address`, `auth` and `timeout_s` of them.
        secret: the token, or `user:password`.
        zone: the shop's zone, for dates without an offset.

    Raises:
        ErpMisconfigured: E-287, E-288 the address; E-289 the secret.
    """
    return HttpErp(target_of(settings.address, settings.auth, secret), settings.timeout_s, zone, clock)


class HttpErp:
    """Implements `otimo_tray.ports.Erp`. Stock, orders and invoices may each be used by a thread of their own."""

    name = "http"

    def __init__(self, target: Target, timeout_s: float, zone: ZoneInfo, clock: Clock) -> None:
        self._zone = zone
        self._clock = clock
        self._transport = Transport(target, timeout_s, clock)
        self._api = Api(self._transport)
        self._lock = threading.Lock()
        self._since = ""
        """`as_of` of the reading accepted last, as the ERP wrote it."""
        self._full_at: datetime | None = None
        """When the last full reading was accepted."""
        self._only_full = False
        """The ERP answers every product whatever it is asked."""
        self._etag = ("", "")
        """(`updated_since`, ETag) of the last answer that brought nothing that still waits."""
        self._notes_etag = ("", "", False)
        """(cursor, ETag, whether it was complete) of the last answer without entries."""

    def check(self) -> list[CheckResult]:
        """Looks at the connection, the log-in, its rights, stock and invoices; changes nothing."""
        return check_api(self._api, self._transport.target)

    # --- stock and price -----------------------------------------------------------------------------------------

    def read_items(self) -> HttpReading | UnchangedReading:
        """Every product at first and from time to time, else what changed since the reading accepted last."""
        asked_at = self._clock.now()
        with self._lock:
            known = self._full_at is not None and abs(asked_at - self._full_at) < FULL_EVERY
            since = self._since if known and not self._only_full else ""
            etag = self._etag[1] if known and self._etag[0] == since else ""
        page, found = self._api.items(since, etag=etag)
        if page is None:
            return UnchangedReading(asked_at)
        if not page.full and page.removed:
            # A change-only reading can't take products away; a full one does.
            since = ""
            page, found = self._api.items("")
            assert page is not None, "nothing was given to compare with"
        first = page

        def further(cursor: str) -> Page:
            later, _ = self._api.items(since, cursor)
            assert later is not None, "nothing was given to compare with"
            return later

        def accepted() -> None:
            self._accept(first, since, found if _ETAG.fullmatch(found) else "")

        # Both moments are the ERP's, so that its clock and this PC's needn't agree.
        as_of = asked_at - timedelta(seconds=first.age_s)
        return HttpReading(first, further, as_of, accepted)

    def _accept(self, page: Page, since: str, etag: str) -> None:
        with self._lock:
            if page.full:
                self._full_at = self._clock.now()
                self._only_full = self._only_full or bool(since)
            if page.full or page.total:
                self._since = page.as_of
            # An ETag is of one address: it holds for the question that will be asked next, or not at all.
            asks = "" if self._only_full else self._since
            self._etag = (since, etag) if since == asks else ("", "")

    def parse_row(self, row: RawRow) -> ErpItem:
        """See the port."""
        return parse_raw(row, self._zone)

    # --- orders and invoices -------------------------------------------------------------------------------------

    def find_order(self, hub_id: str) -> ErpOrderRef | None:
        """See the port."""
        return self._api.find_order(hub_id)

    def import_order(self, order: ErpOrder) -> ErpOrderRef:
        """One request, which may be repeated. Raises ErpRefusedOrder: E-241, E-242; see `Api.put_order`."""
        number = order.order.original_id
        if not order.order.hub_id.strip():
            raise ErpRefusedOrder("E-242", order=number)
        if not order.lines:
            raise ErpRefusedOrder("E-241", order=number)
        return self._api.put_order(order)

    def invoices(self, cursor: str) -> InvoiceBatch:
        """See the port. A cursor that the ERP doesn't know any more starts from the beginning: some come again."""
        place = cursor.removeprefix(_PREFIX) if cursor.startswith(_PREFIX) else ""
        with self._lock:
            known, etag, complete = self._notes_etag
        if known != place:
            etag, complete = "", False
        try:
            document, found = self._api.invoices(place, etag)
        except KeyError:
            place = ""
            document, found = self._api.invoices(place)
        if document is None:
            return InvoiceBatch((), (), cursor, complete)
        entries = document.rows("invoices")
        after = document.cursor("next")
        records, refused = read_entries(entries, self._zone)
        if entries and after == place:
            raise document.wrong("next", after)
        # Further entries may be of notes whose units have left the balance already.
        complete = document.says("complete") and not document.says("more")
        with self._lock:
            kept = found if not entries and after == place and _ETAG.fullmatch(found) else ""
            self._notes_etag = (place, kept, complete)
        return InvoiceBatch(tuple(records), tuple(refused), _PREFIX + after, complete)

    def close(self) -> None:
        """Closes idle connections."""
        self._transport.close()
