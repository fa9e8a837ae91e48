"""Numbers, moments and search text as people in Brazil read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from otimo_tray.domain import text

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
D = Decimal


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (D("1990"), "R$ 1.990,00"),
        (D("0.5"), "R$ 0,50"),
        (D("1234567.895"), "R$ 1.234.567,90"),
        (D("-5"), "-R$ 5,00"),
        (D("-0.001"), "R$ 0,00"),
        (D("0.125"), "R$ 0,13"),
        (None, "–"),
        (D("NaN"), "–"),
    ],
)
def test_money(value: Decimal | None, shown: str) -> None:
    assert text.money(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (4812, None, "4.812"),
        (D("12.50"), None, "12,5"),
        (D("1E+3"), None, "1.000"),
        (D("-1234.5"), None, "-1.234,5"),
        (D("2"), 3, "2,000"),
        (D("0"), None, "0"),
        (D("-0"), None, "0"),
        (D("100"), None, "100"),
        (None, None, "–"),
        (D("Infinity"), 2, "–"),
    ],
)
def test_number(value: int | Decimal | None, places: int | None, shown: str) -> None:
    assert text.number(value, places) == shown


def test_percent_and_moments() -> None:
    assert text.percent(D("12.50")) == "12,5 %"
    assert text.moment(NOW, ZONE) == "23/11/2026 14:05"
    assert text.clock(NOW, ZONE) == "14:05"
    assert text.day(date(2026, 1, 2)) == "02/01/2026"
    assert text.moment(None, ZONE) == text.clock(None, ZONE) == text.day(None) == text.percent(None) == "–"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-90, "agora"),
        (4, "agora"),
        (20, "há 20 s"),
        (59.9, "há 59 s"),
        (180, "há 3 min"),
        (3599, "há 59 min"),
        (7200, "há 2 h"),
        (86_400, "há 1 dia"),
        (4 * 86_400 + 5, "há 4 dias"),
    ],
)
def test_ago(seconds: float, shown: str) -> None:
    assert text.ago(NOW - timedelta(seconds=seconds), NOW) == shown


def test_ahead_and_never() -> None:
    assert text.ahead(NOW + timedelta(minutes=3), NOW) == "em 3 min"
    assert text.ahead(NOW - timedelta(minutes=3), NOW) == "agora"
    assert text.ahead(None, NOW) == "–"
    assert text.ago(None, NOW) == "nunca"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(0, "hoje 14:05"), (24, "amanhã 14:05"), (-24, "ontem"), (-48, "21/11/2026"), (10, "amanhã 00:05"), (None, "–")],
)
def test_due(hours: int | None, shown: str) -> None:
    value = None if hours is None else NOW + timedelta(hours=hours)
    assert text.due(value, NOW, ZONE) == shown


@pytest.mark.parametrize(
    ("given", "folded"),
    [("São  Paulo ", "sao paulo"), ("AÇÃO", "acao"), ("a\u0301", "a"), ("ﬁta", "fita"), ("STRASSE", "strasse")],
)
def test_fold(given: str, folded: str) -> None:
    assert text.fold(given) == folded
