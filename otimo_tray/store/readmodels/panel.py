"""The panel's numbers: what happened in the last hours, and when nothing did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from otimo_tray.store.readmodels.connection import ReadConnection
from otimo_tray.sync.absence import FACT_ABSENCE, FACT_ABSENCE_READ, Absence, read_absence

FLOWS: Final = ("stock", "price", "orders", "invoices", "tracking")
TOLD_FOR: Final = timedelta(hours=24)
"""How long after a return the absence is told, unless a person took note before."""
_SETTLED: Final = timedelta(hours=1)
"""What comes in within this time after a return happened meanwhile."""
_PER_HOUR: Final = """
SELECT kind, substr(at, 1, 13), count(*) FROM sent_value WHERE at >= :since GROUP BY 1, 2
UNION ALL SELECT 'orders', substr(imported_at, 1, 13), count(*) FROM orders WHERE imported_at >= :since GROUP BY 2
UNION ALL SELECT 'invoices', substr(sent_at, 1, 13), count(*) FROM invoice WHERE sent_at >= :since GROUP BY 2
UNION ALL SELECT 'tracking', substr(sent_at, 1, 13), count(*) FROM tracking WHERE sent_at >= :since GROUP BY 2
"""
_MEANWHILE: Final = """
SELECT (SELECT count(*) FROM orders WHERE seen_at >= :until AND seen_at < :settled
    AND coalesce(approved, created, seen_at) < :until),
  (SELECT count(*) FROM orders WHERE cancel_open IS 1 AND stage_at >= :until AND stage_at < :settled),
  (SELECT count(*) FROM invoice WHERE found_at >= :until AND found_at < :settled
    AND coalesce(issued, found_at) < :until),
  (SELECT count(*) FROM sent_value WHERE at >= :until AND at < :settled)
"""


class Meanwhile(NamedTuple):
    """An absence and what it left to do."""

    absence: Absence
    orders: int
    cancelled: int
    invoices: int
    values: int


class PanelReader:
    """Questions of the panel."""

    def __init__(self, connection: ReadConnection) -> None:
        self._connection = connection

    def per_hour(self, start: datetime, hours: int) -> dict[str, list[int]]:
        """Return for each flow its successes in each hour from `start` (a whole hour, aware)."""
        first = start.astimezone(UTC)
        places = {(first + timedelta(hours=n)).strftime("%Y-%m-%dT%H"): n for n in range(hours)}
        counts = {flow: [0] * hours for flow in FLOWS}
        for flow, hour, count in self._connection.rows(_PER_HOUR, {"since": stored(first)}):
            if hour in places and flow in counts:
                counts[flow][places[hour]] += count
        return counts

    def since(self, moment: datetime) -> dict[str, int]:
        """Return for each flow how many succeeded since a moment."""
        counts: dict[str, int] = dict.fromkeys(FLOWS, 0)
        for flow, _hour, count in self._connection.rows(_PER_HOUR, {"since": stored(moment)}):
            counts[flow] += count
        return counts

    def oldest_parcel(self) -> str | None:
        """Return since when the oldest invoiced order waits for a code, as ISO text."""
        query = (
            "SELECT min(stage_at) FROM orders o WHERE stage = 'invoiced' AND delivery_type <> 'fulfillment' "
            "AND hub_code = '' AND NOT EXISTS (SELECT 1 FROM tracking t WHERE t.hub_id = o.hub_id "
            "AND t.state <> 'replaced')"
        )
        return self._connection.list(query)[0][0]

    def meanwhile(self, now: datetime) -> Meanwhile | None:
        """Return the last absence and what came of it; None when there was none lately or it was taken note of."""
        facts = dict(
            self._connection.list("SELECT key, value FROM fact WHERE key IN (?, ?)", (FACT_ABSENCE, FACT_ABSENCE_READ))
        )
        absence = read_absence(facts.get(FACT_ABSENCE))
        if absence is None or now - absence.until > TOLD_FOR:
            return None
        if facts.get(FACT_ABSENCE_READ) == absence.until.isoformat():
            return None
        values = {"until": stored(absence.until), "settled": stored(absence.until + _SETTLED)}
        return Meanwhile(absence, *self._connection.list(_MEANWHILE, values)[0])


def stored(moment: datetime) -> str:
    """Return a time as the state database writes it: sortable ISO text in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
