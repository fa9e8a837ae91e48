"""Sentences with good, missing and hostile parameters."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otimo_tray.words import LANGUAGES, en, is_known, line, pt_br, sentence
from otimo_tray.words.catalogue import LONGEST, Filler, clean

MANAUS = ZoneInfo("America/Manaus")
FILLER = Filler({"yes": "sim", "no": "não", "status.canceled": "cancelado"}, MANAUS, decimal_comma=True)
NOON = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def test_the_sentence_of_the_style_guide() -> None:
    wanted = "O Plugg.to não aceitou o API user ou o API secret. Confira em Ajustes → Plugg.to. (P-101)"
    assert line("P-101", {}) == wanted
    assert str(sentence("P-101", {})) == wanted


def test_parts_of_a_sentence() -> None:
    found = sentence("S-301", {"sku": "CAM-AZ-M", "erp_code": "000123"})
    assert found.title == "Sem saldo no ERP"
    assert found.text.startswith("O código 000123, usado pelo SKU CAM-AZ-M,")
    assert found.hint == "Corrija o De/Para ou o cadastro no ERP."
    assert found.line.endswith(f"{found.hint} (S-301)")


def test_without_a_hint_nothing_is_left_of_it() -> None:
    assert line("O-511", {}) == "O pedido foi aprovado no Plugg.to. (O-511)"


def test_an_unknown_code_keeps_its_number() -> None:
    found = sentence("Z-999", {"detail": "x"}, "en")
    assert found.code == "Z-999"
    assert found.line.endswith("(Z-999)")
    assert not is_known("Z-999")
    assert is_known("P-101")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(pt_br.SENTENCES))
def test_missing_parameters_never_crash_nor_show_their_names(code: str, language: str) -> None:
    found = sentence(code, {}, language)
    assert "{" not in found.line
    assert "[[" not in found.line
    assert found.title


@pytest.mark.parametrize(
    ("template", "params", "expected"),
    [
        ("a {x} b", {}, "a ? b"),
        ("a {x} b", {"x": None}, "a ? b"),
        ("a {x} b", {"x": ""}, "a ? b"),
        ("a {x} b", {"x": 0}, "a 0 b"),
        ("a[[ ({x})]]", {}, "a"),
        ("a[[ ({x})]]", {"x": "y"}, "a (y)"),
        ("a[[ ({x}, {y})]]", {"x": "y"}, "a"),
        ("{x}", {"x": 12345}, "12.345"),
        ("{x}", {"x": Decimal("1990.50")}, "1.990,5"),
        ("{x}", {"x": 0.1}, "0,1"),
        ("{x}", {"x": float("nan")}, "?"),
        ("{x}", {"x": True}, "sim"),
        ("{x}", {"x": ["A", "B", 3]}, "A, B, 3"),
        ("{x}", {"x": []}, "?"),
        ("{x}", {"x": NOON}, "23/11/2026 12:00"),
        ("{x}", {"x": NOON.isoformat()}, "23/11/2026 12:00"),
        ("{x}", {"x": "2026-11-23"}, "2026-11-23"),
        ("{status}", {"status": "canceled"}, "cancelado"),
        ("{status}", {"status": "brand_new"}, "brand_new"),
        ("{value}", {"value": "1990.00/1890.50"}, "R$ 1.890,50 (R$ 1.990,00)"),
        ("{value}", {"value": "19.90/19.90"}, "R$ 19,90"),
        ("{order}", {"order": "19.90/19.90"}, "19.90/19.90"),
        ("{x}", {"x": "{y} [[z]] %s", "y": "no"}, "{y} [[z]] %s"),
        ("{x}", {"x": "<b>a</b>"}, "<b>a</b>"),
        ("{x}", {"x": "a\x00b\r\nc\td"}, "a b c d"),
        ("{x}", {"x": "\u202egnp.exe\u200b\ufeff"}, "gnp.exe"),
        ("{x}", {"x": "\x07"}, "?"),
    ],
)
def test_parameters(template: str, params: dict[str, object], expected: str) -> None:
    assert FILLER.fill(template, params) == expected


def test_numbers_in_english() -> None:
    english = Filler({}, MANAUS, decimal_comma=False)
    assert english.fill("{x}", {"x": Decimal("1990.5")}) == "1,990.5"


def test_long_text_is_cut() -> None:
    assert clean("x" * 500) == "x" * (LONGEST - 1) + "…"
    many = [f"SKU-{n}" for n in range(500)]
    assert len(FILLER.fill("{skus}", {"skus": many})) == LONGEST


def test_moments_are_shown_in_the_shops_zone() -> None:
    params = {"source": "estoque.csv", "as_of": NOON, "last": NOON}
    assert "23/11/2026 13:00" in line("E-251", params)
    assert "23/11/2026 12:00" in line("E-251", params, zone=MANAUS)


hostile = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=300),
    st.lists(st.text(max_size=20), max_size=20),
    st.datetimes(),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
)


@settings(derandomize=True, deadline=None, database=None, max_examples=150)
@given(st.sampled_from(sorted(en.SENTENCES)), st.sampled_from(LANGUAGES), st.data())
def test_no_parameter_breaks_a_sentence(code: str, language: str, data: st.DataObject) -> None:
    names = ("order", "sku", "skus", "status", "key", "number", "value", "detail", "as_of", "last", "source")
    params = {name: data.draw(hostile) for name in names}
    shown = line(code, params, language)
    assert shown.endswith(f"({code})")
    assert len(shown) < 4 * LONGEST + 300
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf"}]
