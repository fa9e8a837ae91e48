"""Dates as shops write them, in the shop's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from otimo_tray.erp.dates import end_of, start_of

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
RIO_BRANCO = ZoneInfo("America/Rio_Branco")


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("24/11/2026", datetime(2026, 11, 24, 3, tzinfo=UTC), datetime(2026, 11, 25, 3, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 24, 3, tzinfo=UTC), datetime(2026, 11, 25, 3, tzinfo=UTC)),
        ("1/2/2026", datetime(2026, 2, 1, 3, tzinfo=UTC), datetime(2026, 2, 2, 3, tzinfo=UTC)),
        ("24/11/2026 18:30", datetime(2026, 11, 24, 21, 30, tzinfo=UTC), datetime(2026, 11, 24, 21, 30, tzinfo=UTC)),
        ("2026-11-24T18:30:15", datetime(2026, 11, 24, 21, 30, 15, tzinfo=UTC), None),
        ("2026-11-24T18:30:00-05:00", datetime(2026, 11, 24, 23, 30, tzinfo=UTC), None),
        ("2026-11-24 18:30:00Z", datetime(2026, 11, 24, 18, 30, tzinfo=UTC), None),
        # Until 2019 the day of the change to summer time had no midnight; the next day came all the same.
        ("03/11/2018", datetime(2018, 11, 3, 3, tzinfo=UTC), datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ],
)
def test_reads_what_shops_write(text: str, starts: datetime, ends: datetime | None) -> None:
    assert start_of(text, SAO_PAULO) == starts
    assert end_of(text, SAO_PAULO) == (ends or starts)


def test_a_day_is_the_shops_own() -> None:
    assert end_of("24/11/2026", RIO_BRANCO) == datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "24/11/26", "31/02/2026", "11/24/2026", "hoje", "46350", "24/11/2026 25:00"])
def test_refuses_what_has_no_certain_meaning(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        start_of(text, SAO_PAULO)
    with pytest.raises(ValueError, match=r".*"):
        end_of(text, SAO_PAULO)
