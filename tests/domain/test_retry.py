"""The steps of trying again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otimo_tray.domain.retry import GIVE_UP_AFTER, Cause, retry_delay


def test_an_item_is_tried_later_and_later_and_one_day_no_more() -> None:
    seconds = [delay.total_seconds() for n in range(1, 8) if (delay := retry_delay(n, "item")) is not None]
    assert seconds == [25, 120, 600, 3600, 18_000, 86_400, 86_400]
    assert retry_delay(GIVE_UP_AFTER - 1, "item") == timedelta(days=1)
    assert retry_delay(GIVE_UP_AFTER, "item") is None


@pytest.mark.parametrize(
    ("attempts", "cause", "retry_after", "seconds"),
    [
        (0, "environment", None, 25),
        (2, "environment", None, 120),
        (50, "environment", None, 600),
        (1, "environment", 5.0, 25),
        (1, "busy", 7.0, 7),
        (9, "busy", 7.0, 7),
        (1, "busy", 0.2, 1),
        (1, "busy", 21_600.0, 900),
        (1, "busy", float("inf"), 900),
        (2, "busy", None, 120),
        (2, "busy", -3.0, 120),
        (2, "busy", float("nan"), 120),
    ],
)
def test_what_heals_is_tried_soon(attempts: int, cause: Cause, retry_after: float | None, seconds: float) -> None:
    assert retry_delay(attempts, cause, retry_after) == timedelta(seconds=seconds)
