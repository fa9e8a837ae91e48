"""Which order an invoice belongs to, and when a person must say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from otimo_tray.domain.invoice import InvoiceRecord
from otimo_tray.domain.invoice_match import (
    Candidate,
    Match,
    MatchIndex,
    Unmatched,
    candidate_of,
    match,
    order_totals,
)
from otimo_tray.domain.orders import Order, Party

D = Decimal
ANA, BRUNO = "11144477735", "52998224725"
HUB_A, HUB_B, HUB_C = "a" * 24, "b" * 24, "c" * 24
A = Candidate(HUB_A, "100234", document=ANA, total=D("110.00"), subtotal=D("100.00"), shipping=D(15), discount=D(5))
B = Candidate(HUB_B, "LU-98765", external="2000001234567890", document=BRUNO, total=D("59.90"))
C = Candidate(HUB_C, "777", document="***", total=D("110.00"), masked=True)


def _record(**fields: Any) -> InvoiceRecord:
    return InvoiceRecord("", "1", "1", None, **fields)


def _find(*candidates: Candidate, **fields: Any) -> Match | Unmatched:
    return MatchIndex(candidates or (A, B, C)).find(_record(**fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"order_ref": HUB_A}, Match(HUB_A, "order_ref", True)),
        ({"order_ref": f" {HUB_A.upper()} "}, Match(HUB_A, "order_ref", True)),
        ({"order_ref": "100234"}, Match(HUB_A, "order_ref", True)),
        ({"order_ref": "#100234"}, Match(HUB_A, "order_ref", True)),
        ({"order_ref": "lu-98765"}, Match(HUB_B, "order_ref", True)),
        ({"order_ref": "2000001234567890"}, Match(HUB_B, "order_ref", True)),
        ({"order_ref": "777"}, Match(HUB_C, "order_ref", True)),
        ({"order_ref": "999", "x_ped": ("100234",)}, Match(HUB_A, "x_ped", True)),
        ({"x_ped": ("100234", "100234")}, Match(HUB_A, "x_ped", True)),
        ({"x_ped": ("100234", "LU-98765")}, Unmatched("I-721", "x_ped", (HUB_A, HUB_B))),
        ({"order_ref": "LU-98765", "x_ped": ("100234",)}, Match(HUB_B, "order_ref", True)),
        ({}, Unmatched("I-720")),
    ],
)
def test_written_numbers(fields: dict[str, Any], expected: Match | Unmatched) -> None:
    assert _find(**fields) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pedido 100234",
        "pedido:100234;",
        "Ped.100234.Obrigado pela compra",
        "PEDIDO-100234",
        "Venda Nº 100234, loja virtual",
        "ref (100234)",
        "100234",
    ],
)
def test_the_number_stands_in_the_text(text: str) -> None:
    assert _find(extra_text=text) == Match(HUB_A, "text", True)


@pytest.mark.parametrize(
    "text",
    [
        "Pedido 1002345",
        "Pedido 9100234",
        "Pedido 100234-1",
        "Pedido 55-100234",
        "Chave 35200100234",
        "Total R$ 100.234,00",
        "100_234",
        "x100234",
    ],
)
def test_a_part_of_another_number_is_no_match(text: str) -> None:
    assert _find(extra_text=text) == Unmatched("I-720")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pedido 777", True),
        ("PEDIDO Nº: 777", True),
        ("compra n. 777", True),
        ("pedido numero 777", True),
        ("777", False),
        ("caixa 777 de 900", False),
        ("Pedido 10, sala 777", False),
    ],
)
def test_a_short_number_needs_the_word_for_order(text: str, found: bool) -> None:
    assert isinstance(_find(extra_text=text), Match) is found


def test_two_orders_in_one_text_are_left_to_a_person() -> None:
    assert _find(extra_text="Pedidos 100234 e LU-98765") == Unmatched("I-721", "text", (HUB_A, HUB_B))


def test_a_longer_number_hides_the_shorter_one_inside() -> None:
    plain = Candidate(HUB_C, "98765")
    assert _find(B, plain, extra_text="Pedido LU-98765") == Match(HUB_B, "text", True)
    assert _find(plain, extra_text="Caixa CX-98765") == Unmatched("I-720")  # short, and no word for "order"


def test_the_same_number_at_two_channels_is_told_by_the_buyer() -> None:
    twin = Candidate(HUB_B, "100234", document=BRUNO)
    assert _find(A, twin, order_ref="100234") == Unmatched("I-721", "order_ref", (HUB_A, HUB_B))
    assert _find(A, twin, order_ref="100234", buyer_document="529.982.247-25") == Match(HUB_B, "order_ref", True)


def test_a_number_of_another_buyer_is_only_proposed() -> None:
    """The ERP's own order number may equal a channel's by chance."""
    assert _find(order_ref="100234", buyer_document=BRUNO) == Match(HUB_A, "order_ref", False)
    assert _find(order_ref="100234", buyer_document="***") == Match(HUB_A, "order_ref", True)
    assert _find(order_ref=HUB_A, buyer_document=BRUNO) == Match(HUB_A, "order_ref", True)
    assert _find(order_ref="777", buyer_document=BRUNO) == Match(HUB_C, "order_ref", True)


@pytest.mark.parametrize(
    "total", ["110.00", "95.00", "115.00", "100.00", "110.0", "115.000"], ids=lambda total: f"R$ {total}"
)
def test_buyer_and_total_propose(total: str) -> None:
    """With and without freight and discount; never certain."""
    assert _find(buyer_document="111.444.777-35", total=D(total)) == Match(HUB_A, "buyer_total", False)


def test_the_invoices_other_totals_count_too() -> None:
    fields = {"buyer_document": ANA, "total": D("1.00"), "total_variants": (D("110.00"),)}
    assert _find(**fields) == Match(HUB_A, "buyer_total", False)
    assert _find(buyer_document=ANA, total=D("1.00")) == Unmatched("I-720")


def test_two_orders_of_one_buyer_with_one_total_are_left_to_a_person() -> None:
    twin = Candidate(HUB_B, "2", document=ANA, total=D("110.00"))
    assert _find(A, twin, buyer_document=ANA, total=D("110.00")) == Unmatched("I-721", "buyer_total", (HUB_A, HUB_B))


@pytest.mark.parametrize("document", ["***", "***.444.***-35", ""])
def test_masked_buyers_never_match_by_document(document: str) -> None:
    masked = Candidate(HUB_C, "777", document=document, total=D("110.00"), masked=True)
    assert _find(masked, buyer_document=document, total=D("110.00")) == Unmatched("I-720")
    hidden = Candidate(HUB_C, "777", document=ANA, total=D("110.00"), masked=True)
    assert _find(hidden, buyer_document=ANA, total=D("110.00")) == Unmatched("I-720")


def test_no_amount_is_no_amount() -> None:
    free = Candidate(HUB_A, "1", document=ANA, total=D(0), discount=D(10))
    assert _find(free, buyer_document=ANA, total=D(0)) == Unmatched("I-720")
    assert order_totals(Candidate(HUB_A, "1")) == frozenset()


def test_interest_paid_to_the_channel_is_a_total_too() -> None:
    order = Candidate(HUB_A, "1", document=ANA, total=D(100), shipping=D(10), total_paid=D("108.50"))
    assert order_totals(order) == {D(100), D(90), D("108.50"), D("98.50")}


def test_every_way_to_count_freight_and_discount() -> None:
    order = Candidate(HUB_A, "1", total=D(200), subtotal=D(100), shipping=D(15), discount=D(7))
    assert order_totals(order) == {D(200), D(185), D(207), D(100), D(115), D(93), D(108)}
    negative = Candidate(HUB_A, "1", subtotal=D(100), discount=D(-7))
    assert order_totals(negative) == {D(100), D(93)}


def test_a_label_before_a_short_number_is_not_the_word_for_order() -> None:
    short = Candidate(HUB_A, "4321")
    assert _find(short, extra_text="Lote AB-4321") == Unmatched("I-720")
    assert _find(short, extra_text="Pedido NR-4321") == Match(HUB_A, "text", True)
    assert _find(short, extra_text="PEDIDO-4321") == Match(HUB_A, "text", True)
    assert _find(short, extra_text="Obs.: entrega 9h. Ped. PEDIDO-4321, portaria") == Match(HUB_A, "text", True)


def test_match_answers_none_where_nothing_is_sure() -> None:
    assert match(_record(order_ref="100234"), [A, B]) == Match(HUB_A, "order_ref", True)
    assert match(_record(x_ped=("100234", "LU-98765")), [A, B]) is None


def test_candidate_of_an_order() -> None:
    order = Order(
        HUB_A,
        "100234",
        "approved",
        total=D(10),
        payer=Party(name="Ana ***"),
        receiver=Party(document=ANA),
    )
    found = candidate_of(order)
    assert (found.document, found.masked, found.total) == (ANA, True, D(10))
