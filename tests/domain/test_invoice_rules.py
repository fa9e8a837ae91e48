"""Access keys and the checks before an invoice may be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_rules import check_digit, check_record, key_parts, nfe_instant

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MANAUS = ZoneInfo("America/Manaus")
KEY = "35200159594315000157550010000000012062777161"
KEY_WITH_LETTERS = "35260812ABC34501DE35550010000001231123456780"
RECORD = InvoiceRecord(
    KEY, "1", "1", datetime(2020, 1, 15, 12, 0, tzinfo=UTC), cnpj="59.594.315/0001-57", source="a.xml"
)
LETTERS = InvoiceRecord(KEY_WITH_LETTERS, "123", "1", None, issued_date="2026-08-31", cnpj="12.ABC.345/01DE-35")


@pytest.mark.parametrize("key", [KEY, KEY_WITH_LETTERS])
def test_the_valid_keys_add_up(key: str) -> None:
    assert check_digit(key[:43]) == key[43]


@pytest.mark.parametrize("text", ["", KEY[:42], KEY, KEY[:42] + "A", KEY[:42] + "٣", "3526081" + "a" * 36])
def test_what_is_no_key_has_no_digit(text: str) -> None:
    with pytest.raises(ValueError, match="43 characters"):
        check_digit(text)


def test_parts() -> None:
    parts = key_parts(KEY_WITH_LETTERS)
    assert (parts.uf, parts.year_month, parts.cnpj, parts.model) == ("35", "2608", "12ABC34501DE35", "55")
    assert (parts.serie, parts.number, parts.emission, parts.digit) == ("001", "000000123", "1", "0")


@pytest.mark.parametrize("record", [RECORD, LETTERS])
@pytest.mark.parametrize("cnpjs", [(), ("59594315000157", "12abc34501de35"), ("59.594.315/0001-57", "12ABC34501DE35")])
def test_right_records_pass(record: InvoiceRecord, cnpjs: tuple[str, ...]) -> None:
    assert check_record(record, cnpjs, SAO_PAULO) is None


def _keyed(body: str) -> str:
    return body + check_digit(body)


NFCE = _keyed(KEY[:20] + "65" + KEY[22:43])


@pytest.mark.parametrize(
    ("changes", "code", "params"),
    [
        ({"key": KEY[:-1]}, "I-701", {"length": 43}),
        ({"key": ""}, "I-701", {"length": 0}),
        ({"key": KEY_WITH_LETTERS.lower()}, "I-701", {"length": 44}),
        ({"key": KEY[:-1] + "2"}, "I-702", {"digit": "2", "expected": "1"}),
        ({"key": NFCE}, "I-703", {"model": "65"}),
        ({"number": "2"}, "I-704", {"in_key": "1"}),
        ({"number": ""}, "I-704", {"in_key": "1"}),
        ({"number": "1,0"}, "I-704", {"in_key": "1"}),
        ({"serie": "2"}, "I-705", {"serie": "2", "in_key": "1"}),
        ({"cnpj": "59594315000238"}, "I-706", {"cnpj": "59594315000238", "in_key": "59594315000157"}),
        ({"issued": datetime(2020, 2, 1, 12, tzinfo=UTC)}, "I-707", {"date": "2020-02-01", "in_key": "01/2020"}),
        ({"issued": None}, "I-709", {"date": ""}),
        ({"issued_date": "31/01/2020"}, "I-709", {"date": "31/01/2020"}),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], code: str, params: dict[str, object]) -> None:
    record = replace(RECORD, **changes)
    error = check_record(record, (), SAO_PAULO)
    assert error is not None
    assert error.code == code
    assert error.params == {"key": record.key, "number": record.number, "source": "a.xml", **params}


def test_another_companys_invoice_is_not_sent() -> None:
    error = check_record(RECORD, ["11222333000181"], SAO_PAULO)
    assert error is not None
    assert (error.code, error.params["cnpj"]) == ("I-708", "59594315000157")


def test_the_month_is_the_local_one() -> None:
    """23:30 on 31 January in São Paulo is February in UTC; the document's own date goes before any zone."""
    late = replace(RECORD, issued=datetime(2020, 2, 1, 2, 30, tzinfo=UTC))
    assert check_record(late, (), SAO_PAULO) is None
    assert check_record(late, (), ZoneInfo("UTC")) is not None
    assert check_record(replace(late, issued_date="2020-01-31"), (), ZoneInfo("UTC")) is None


def test_leading_zeros_are_no_difference() -> None:
    assert check_record(replace(RECORD, number="000000001", serie="001"), (), SAO_PAULO) is None


NOW = datetime(2026, 8, 31, 20, 0, tzinfo=UTC)


def test_an_exact_instant_is_kept_as_it_is() -> None:
    assert nfe_instant(RECORD, NOW, NOW, SAO_PAULO) == RECORD.issued


@pytest.mark.parametrize(
    ("approved", "now", "zone", "expected"),
    [
        (None, NOW, SAO_PAULO, datetime(2026, 8, 31, 15, 0, tzinfo=UTC)),
        (None, NOW, MANAUS, datetime(2026, 8, 31, 16, 0, tzinfo=UTC)),
        (NOW - timedelta(hours=1), NOW, SAO_PAULO, NOW - timedelta(hours=1)),
        (None, NOW - timedelta(hours=7), SAO_PAULO, NOW - timedelta(hours=7)),
        (NOW + timedelta(hours=1), NOW, SAO_PAULO, NOW),
    ],
)
def test_a_bare_date_is_noon_within_approval_and_now(
    approved: datetime | None, now: datetime, zone: ZoneInfo, expected: datetime
) -> None:
    assert nfe_instant(LETTERS, approved, now, zone) == expected


def test_no_date_at_all_is_now() -> None:
    assert nfe_instant(replace(LETTERS, issued_date=""), None, NOW, SAO_PAULO) == NOW
