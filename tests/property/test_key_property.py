"""Laws of access keys and numbers: the check digit notices every wrong digit; formats can be read back."""

from __future__ import annotations

import string
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.invoice_rules import check_digit, key_parts
from otimo_tray.domain.text import fold, money, number

bodies = st.tuples(
    st.text("0123456789", min_size=6, max_size=6),
    st.text(string.digits + string.ascii_uppercase, min_size=12, max_size=12),
    st.text("0123456789", min_size=25, max_size=25),
).map("".join)


@given(bodies)
def test_check_digit_makes_the_weighted_sum_a_multiple_of_eleven(body: str) -> None:
    """The defining property, computed the other way round: weights from the left, the digit included."""
    weights = [(42 - index) % 8 + 2 for index in range(43)]
    total = sum((ord(char) - 48) * weight for char, weight in zip(body, weights, strict=True))
    digit = int(check_digit(body))
    if total % 11 in (0, 1):
        assert digit == 0
    else:
        assert (total + digit) % 11 == 0


@given(bodies, st.integers(0, 42), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_wherever_the_digit_can_tell(body: str, place: int, step: int) -> None:
    if not body[place].isdigit():
        return
    wrong = body[:place] + str((int(body[place]) + step) % 10) + body[place + 1 :]
    # Remainders 0 and 1 share the digit 0: only there may a slip stay unseen.
    if check_digit(body) == check_digit(wrong):
        assert check_digit(body) == "0"


@given(bodies)
def test_parts_make_the_key_again(body: str) -> None:
    key = body + check_digit(body)
    parts = key_parts(key)
    rebuilt = (
        parts.uf,
        parts.year_month,
        parts.cnpj,
        parts.model,
        parts.serie,
        parts.number,
        parts.emission,
        parts.code,
        parts.digit,
    )
    assert "".join(rebuilt) == key


@given(st.integers(-(10**14), 10**14))
def test_money_can_be_read_back(cents: int) -> None:
    shown = money(Decimal(cents).scaleb(-2))
    plain = shown.replace("R$ ", "").replace(".", "").replace(",", ".")
    assert int(Decimal(plain) * 100) == cents


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_numbers_can_be_read_back(value: Decimal) -> None:
    assert Decimal(number(value).replace(".", "").replace(",", ".")) == value


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
