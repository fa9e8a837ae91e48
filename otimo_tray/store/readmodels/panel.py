"""The panel's numbers: what happened in the last hours, and when nothing did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from otimo_tray.store.readmodels.connection import ReadConnection

FLOWS: Final = ("stock", "price", "orders", "invoices", "tracking")
_PER_HOUR: Final = """
SELECT kind, substr(at, 1, 13), count(*) FROM sent_value WHERE at >= :since GROUP BY 1, 2
UNION ALL SELECT 'orders', substr(imported_at, 1, 13), count(*) FROM orders WHERE imported_at >= :since GROUP BY 2
UNION ALL SELECT 'invoices', substr(sent_at, 1, 13), count(*) FROM invoice WHERE sent_at >= :since GROUP BY 2
UNION ALL SELECT 'tracking', substr(sent_at, 1, 13), count(*) FROM tracking WHERE sent_at >= :since GROUP BY 2
"""


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
            "AND NOT EXISTS (SELECT 1 FROM tracking t WHERE t.hub_id = o.hub_id AND t.state <> 'replaced')"
        )
        return self._connection.list(query)[0][0]


def stored(moment: datetime) -> str:
    """Return a time as the state database writes it: sortable ISO text in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
