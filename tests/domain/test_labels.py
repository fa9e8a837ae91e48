"""What labels hold and how scanners spell it: one table, from what Correios, channels and carriers print."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.carriers import Carriers
from otimo_tray.domain.labels import Kind, Oddity, read_scan
from otimo_tray.domain.tracking import DEFAULT_CARRIERS, Carrier

KEY = "35200159594315000157550010000000012062777161"
KEY_WITH_LETTERS = "35260812ABC34501DE35550010000001231123456780"
S10 = "AA473124829BR"
CORREIOS_LABEL = f"01310100000000413010030000051{S10}250000000000761234560329800000000100Rua das Flores|loja 7|"
"""Postcodes and their digit (29 characters), the code, services, contract …"""
MORE = frozenset({Oddity.MORE})


@pytest.mark.parametrize(
    ("raw", "kind", "code", "oddities"),
    [
        (S10, Kind.S10, S10, frozenset[Oddity]()),
        ("  aa 473 124 829 br \r", Kind.S10, S10, frozenset[Oddity]()),
        ("AA123456789BR", Kind.S10, "AA123456789BR", frozenset({Oddity.DIGIT})),
        (f"]C1{S10}", Kind.S10, S10, frozenset({Oddity.AIM})),
        (f"\x02{S10}\x03", Kind.S10, S10, frozenset({Oddity.FRAME})),
        (S10 + S10, Kind.S10, S10, frozenset({Oddity.TWICE})),
        (CORREIOS_LABEL, Kind.S10, S10, MORE),
        (CORREIOS_LABEL.lower(), Kind.S10, S10, MORE),
        ("]d2" + CORREIOS_LABEL, Kind.S10, S10, MORE | {Oddity.AIM}),
        # Of two texts of the form the one whose digit is right is the code.
        (f"013101000000XX123456789YY0000051{S10}2500", Kind.S10, S10, MORE),
        (f"013101000000XX123456780BR0000051{S10}2500", Kind.S10, S10, MORE),
        (json.dumps({"id": "44123456789", "t": "lm"}), Kind.JSON, "44123456789", MORE),
        (json.dumps({"id": 44123456789, "sender_id": 77, "security_digit": "0"}), Kind.JSON, "44123456789", MORE),
        (json.dumps({"data": {"tracking_number": "BR2512345678901A"}, "id": 9}), Kind.JSON, "BR2512345678901A", MORE),
        ("`^id^Ç^44123456789^,^t^Ç^lm^{", Kind.JSON, "44123456789", MORE | {Oddity.KEYBOARD}),
        ("`îd^ç^44123456789^,^t^ç^lm^{", Kind.JSON, "44123456789", MORE | {Oddity.KEYBOARD}),
        (
            f"https://rastreamento.correios.com.br/app/index.php?objetos={S10}",
            Kind.URL,
            S10,
            MORE,
        ),
        ("https://www.loggi.com/rastreador/LGI-AB12CD34", Kind.URL, "LGI-AB12CD34", MORE),
        (
            "httpsÇ;;www.jadlog.com.br;jadlog;tracking:cte=08012345678901",
            Kind.URL,
            "08012345678901",
            MORE | {Oddity.KEYBOARD},
        ),
        ("BR2512345678901A", Kind.PLAIN, "BR2512345678901A", frozenset[Oddity]()),
        ("888030123456789", Kind.PLAIN, "888030123456789", frozenset[Oddity]()),
        ("57712345675", Kind.PLAIN, "57712345675", frozenset[Oddity]()),
        ("{isto não é JSON", Kind.PLAIN, "{ISTONÃOÉJSON", frozenset[Oddity]()),
        ("", Kind.EMPTY, "", frozenset[Oddity]()),
    ],
)
def test_the_code_of_a_label(raw: str, kind: Kind, code: str, oddities: frozenset[Oddity]) -> None:
    scan = read_scan(raw)
    assert (scan.kind, scan.code, scan.key, scan.oddities) == (kind, code, None, oddities)


@pytest.mark.parametrize("key", [KEY, KEY_WITH_LETTERS])
def test_an_access_key_is_found_however_it_is_printed(key: str) -> None:
    spaced = " ".join(key[start : start + 4] for start in range(0, 44, 4))
    qr = f"http://www.fazenda.sp.gov.br/nfce/qrcode?p={key}|2|1|1|ABCDEF"
    for raw in (key, key.lower(), f"]C1{key}", spaced, key + key, qr):
        assert read_scan(raw).key == key, raw
    assert read_scan(key).kind is Kind.KEY


def test_a_key_with_a_wrong_digit_is_none() -> None:
    assert read_scan(KEY[:-1] + "2").key is None


def test_numbers_of_orders_stay_as_they_are() -> None:
    assert read_scan("#1001").numbers == ("#1001", "1001")
    assert read_scan("LU-9800001").numbers == ("LU-9800001",)
    assert "44123456789" in read_scan('{"id":"44123456789"}').numbers


@given(st.text(max_size=80))
def test_whatever_is_read_has_an_answer(raw: str) -> None:
    scan = read_scan(raw)
    assert scan.kind is Kind.EMPTY or scan.code or scan.key or not scan.text.strip()


@given(st.text(alphabet="0123456789", min_size=29, max_size=29), st.text(alphabet="0123456789 ", max_size=60))
def test_the_code_in_a_correios_label_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert read_scan(before + S10 + after).code == S10


class TestCarriers:
    CARRIERS = Carriers([*DEFAULT_CARRIERS, Carrier("Motoboy do João", "", "Entrega")])

    @pytest.mark.parametrize(
        ("code", "company", "method", "found"),
        [
            (S10, "", "", ("Correios", "")),
            (S10, "Correios", "SEDEX", ("Correios", "SEDEX")),
            (S10, "Jadlog", "Package", ("Correios", "")),
            ("123", "Correios PAC", "", ("Correios", "PAC")),
            ("123", "", "Sedex", ("Correios", "SEDEX")),
            ("123", "JADLOG", "Package", ("Jadlog", "Package")),
            ("123", "motoboy do joao", "", ("Motoboy do João", "")),
            ("123", "Transportes Novos", "Rápido", ("Transportes Novos", "Rápido")),
            ("123", "", "", None),
        ],
    )
    def test_proposed_from_the_codes_form_and_the_channels_own_data(
        self, code: str, company: str, method: str, found: tuple[str, str] | None
    ) -> None:
        proposed = self.CARRIERS.proposed(code, company, method)
        assert (None if proposed is None else (proposed[0].name, proposed[1])) == found
