"""Readers of the hub's values: any JSON gives a value or nothing; what is certain is brought to one form."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.orders import Order, OrderUpdate, ShipmentUpdate
from otimo_tray.pluggto import jsontext, wire
from otimo_tray.pluggto.wire_orders import order_of, update_body
from otimo_tray.pluggto.wire_people import best_document, document, is_valid_document, party, state, zipcode
from otimo_tray.pluggto.wire_products import find_sku, price_body, products_of, stock_body

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.floats(),
    st.text(),
    st.sampled_from(["2025-04-27T12:30:39.691Z", "1.234,56", "18", "***", "São Paulo", "01000-000", "0"]),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ORDER_FIELDS = [
    "id",
    "original_id",
    "status",
    "channel",
    "external",
    "sub_status",
    "delivery_type",
    "created",
    "modified",
    "approved_date",
    "total",
    "subtotal",
    "expected_send_date",
    "shipping",
    "discount",
    "total_paid",
    "items",
    "payments",
    "shipments",
    "receiver_name",
    "receiver_state",
    "receiver_zipcode",
    "receiver_phone",
    "payer_cpf",
    "payer_cnpj",
    "payer_tax_id",
]
PART_FIELDS = [
    "id",
    "sku",
    "name",
    "quantity",
    "price",
    "total",
    "discount",
    "variation",
    "shipping_items",
    "nfe_date",
    "payment_total",
    "status",
    "special_price",
    "reserved",
    "ean",
    "price_table",
    "stock_table",
    "variations",
]
PARTS = st.dictionaries(st.sampled_from(PART_FIELDS), JSON, max_size=8)
ORDERS = st.dictionaries(st.sampled_from(ORDER_FIELDS), JSON | st.lists(PARTS, max_size=3))
PRODUCTS = st.dictionaries(st.sampled_from(PART_FIELDS), JSON | st.lists(PARTS, max_size=3))


@given(JSON)
def test_any_value_reads(value: Any) -> None:
    for read in (wire.text, wire.exact_text, wire.number, wire.money, wire.cents, wire.whole, wire.moment):
        read(value)
    for amount in (wire.number(value), wire.money(value), wire.cents(value)):
        assert amount is None or (amount.is_finite() and abs(amount) < 10**13)
    text = wire.text(value)
    text.encode()  # neither lone surrogates nor what a database refuses
    assert "\0" not in text
    found = wire.moment(value)
    assert found is None or found.utcoffset() == timedelta(0)


@given(JSON | ORDERS | st.fixed_dictionaries({"Order": ORDERS}))
def test_any_order_reads(value: Any) -> None:
    order = order_of(value)
    assert order is None or (order.hub_id and isinstance(order, Order) and order.skus is not None)


@given(JSON | PRODUCTS | st.fixed_dictionaries({"Product": PRODUCTS}))
def test_any_product_reads(value: Any) -> None:
    for product in products_of(value):
        assert product.sku
        assert find_sku(value, product.sku) is not None


@given(st.text() | st.binary().map(lambda one: one.decode("latin-1")))
def test_any_text_is_json_or_is_not(text: str) -> None:
    with contextlib.suppress(jsontext.NotJsonError):
        jsontext.loads(text)


@given(JSON.filter(lambda one: "nan" not in repr(one).lower() and "inf" not in repr(one).lower()))
def test_json_goes_both_ways(value: Any) -> None:
    def plain(one: Any) -> Any:
        if isinstance(one, float):
            return Decimal(repr(one))
        if isinstance(one, list):
            return [plain(inner) for inner in one]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(one, dict):
            return {key: plain(inner) for key, inner in one.items()}  # pyright: ignore[reportUnknownVariableType]
        return one

    assert jsontext.loads(jsontext.dumps(plain(value))) == plain(value)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("19.90", "19.90"), ("0.1", "0.1"), ("1E+3", "1000"), ("123456789.01", "123456789.01"), ("-0.30", "-0.30")],
)
def test_a_price_is_written_exactly(amount: str, text: str) -> None:
    assert jsontext.dumps({"price": Decimal(amount)}) == f'{{"price":{text}}}'


def test_a_lone_surrogate_and_nan_do_no_harm() -> None:
    found = jsontext.loads(r'{"a\ud800":["\udfffx", NaN, -Infinity, "\ud83d\ude00"]}')
    assert found == {"a\ufffd": ["\ufffdx", None, None, "😀"]}


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), object(), 1.5])
def test_what_json_has_not_is_refused(bad: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        jsontext.dumps([bad])


@pytest.mark.parametrize(
    ("given_", "number"),
    [
        ("18", "18"), ("18.21", "18.21"), (" 18,21 ", "18.21"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("1,234", None), ("1.234.567", None), ("12.345", "12.345"), ("R$ 5", None), ("", None), ("abc", None),
        (18, "18"), (Decimal("10.21"), "10.21"), (0.1, "0.1"), (True, None), ([], None), ({}, None), (None, None),
        (10**12, None), ("1e999999", None), (Decimal("1e999999999"), None), ("٣", None), ("1_000", None),
        (Decimal("1e-999999"), "0"), ("-3", "-3"), (float("inf"), None),
    ],
)  # fmt: skip
def test_numbers(given_: Any, number: str | None) -> None:
    assert wire.number(given_) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("given_", "cents"), [("9.995", "10.00"), (Decimal("12.445"), "12.45"), (12.444, "12.44"), (2, "2.00")]
)
def test_prices_are_rounded_half_up_to_cents(given_: Any, cents: str) -> None:
    assert str(wire.cents(given_)) == cents


def test_money_loses_only_a_floats_noise() -> None:
    assert str(wire.money(Decimal("10.219999999999999"))) == "10.220000"
    assert str(wire.money(Decimal("10.333"))) == "10.333"


@pytest.mark.parametrize(
    ("given_", "units"), [(2, 2), ("2", 2), (Decimal("2.0"), 2), (12.5, None), ("x", None), (-3, -3)]
)
def test_units_are_whole(given_: Any, units: int | None) -> None:
    assert wire.whole(given_) == units


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ("2025-04-27T12:30:39.691Z", datetime(2025, 4, 27, 12, 30, 39, 691000, UTC)),
        ("2025-04-27T12:30:39Z", datetime(2025, 4, 27, 12, 30, 39, 0, UTC)),
        ("2025-04-27T12:30:39-03:00", datetime(2025, 4, 27, 15, 30, 39, 0, UTC)),
        ("2025-04-27T12:30:39+0000", datetime(2025, 4, 27, 12, 30, 39, 0, UTC)),
        ("2024-07-19 10:00:00", datetime(2024, 7, 19, 10, 0, 0, 0, UTC)),
        ("2024-07-19T10:00", datetime(2024, 7, 19, 10, 0, 0, 0, UTC)),
        ("2016-11-05", datetime(2016, 11, 5, 3, 0, 0, 0, UTC)),
        (1746687427, datetime(2025, 5, 8, 6, 57, 7, 0, UTC)),
        ("0000-00-00 00:00:00", None), ("2025-02-30", None), ("2025-04-27T25:00:00Z", None), ("", None),
        ("0001-01-01", None), ("9999-12-31T23:59:59-23:00", None), ("05/11/2016", None), (5, None), (None, None),
        ([], None), ({"sec": 1}, None), (10**300, None), (True, None), ("2025-04-27T12:30:39+99:99", None),
    ],
)  # fmt: skip
def test_moments(given_: Any, found: datetime | None) -> None:
    assert wire.moment(given_) == found


def test_the_hubs_form_of_an_instant() -> None:
    brasilia = timezone(timedelta(hours=-3))
    assert wire.iso(datetime(2024, 7, 15, 15, 7, 7, 123456, brasilia)) == "2024-07-15T18:07:07.123Z"
    with pytest.raises(ValueError, match="zone"):
        wire.iso(datetime(2024, 7, 15))  # noqa: DTZ001 -- that is the point


@pytest.mark.parametrize(
    ("given_", "uf"),
    [
        ("SP", "SP"), ("sp", "SP"), ("São Paulo", "SP"), ("SAO PAULO", "SP"), ("Estado de São Paulo", "SP"),
        ("BR-RJ", "RJ"), ("Para", "PA"), ("Paraná", "PR"), ("Mato Grosso do Sul", "MS"), ("XX", "XX"),
        ("Buenos Aires", "Buenos Aires"), (None, ""), (3, "3"),
    ],
)  # fmt: skip
def test_states(given_: Any, uf: str) -> None:
    assert state(given_) == uf


@pytest.mark.parametrize(
    ("given_", "code"),
    [("01000-000", "01000000"), ("01.000-000", "01000000"), (1000000, "01000000"), ("4457-115", "4457-115"), (None, ""),
     ("*****-000", "*****-000"), (99999999, "99999999"), ("W1A 1AA", "W1A 1AA")],
)  # fmt: skip
def test_zip_codes(given_: Any, code: str) -> None:
    assert zipcode(given_) == code


@pytest.mark.parametrize(
    ("given_", "bare"),
    [("529.982.247-25", "52998224725"), ("12.abc.345/01de-35", "12ABC34501DE35"), ("***.982.247-**", "***982247**"),
     (191, "00000000191"), (52998224725, "52998224725"), (123, "123"), (None, "")],
)  # fmt: skip
def test_documents(given_: Any, bare: str) -> None:
    assert document(given_) == bare


def test_check_digits_of_old_and_new_documents() -> None:
    for good in ("52998224725", "11222333000181", "12ABC34501DE35"):
        assert is_valid_document(good)
    for bad in ("52998224724", "11222333000180", "12ABC34501DE36", "00000000000", "1122233300018A", "", "١" * 11):
        assert not is_valid_document(bad)


def test_the_best_document_wins() -> None:
    assert best_document([None, "22.211.221", "529.982.247-25"]) == "52998224725"
    assert best_document(["***.982.247-**", None, "22.211.221"]) == "***982247**"
    assert best_document(["11122233344", "529.982.247-25"]) == "52998224725"
    assert best_document([None, "", 0.0]) in {"", "0"}
    buyer = {"payer_cpf": "529.982.247-25", "payer_cnpj": "11.222.333/0001-81"}
    assert party(buyer, "payer").document == "52998224725"
    assert party({**buyer, "payer_razao_social": "Loja Ltda"}, "payer").document == "11222333000181"


SAMPLE: dict[str, Any] = {
    "id": "606a7d2de2dc666bac3206b5",
    "original_id": 2000000000000001,
    "external": {"id": "X-1"},
    "status": "Approved",
    "total": "52,38",
    "created": "2025-04-27T14:30:39.691Z",
    "expected_send_date": "2025-04-29",
    "receiver_name": "Fulano",
    "receiver_lastname": "De Tal",
    "receiver_state": "São Paulo",
    "receiver_zipcode": 1000000,
    "receiver_phone_area": "011",
    "receiver_phone": "9911-22111",
    "payer_name": "Fulano De Tal",
    "payer_lastname": "de tal",
    "payer_tax_id": "529.982.247-25",
    "items": [
        {"sku": "P", "variation": {"sku": "P-1"}, "quantity": "2", "price": 42.38, "name": "Produto"},
        {"sku": None, "variation": None, "quantity": None, "price": None},
        {"sku": 123, "variation": [], "quantity": 1.5},
    ],
    "payments": {"payment_type": "credit", "payment_installments": 3, "payment_total": "100"},
    "shipments": [
        {"id": "a", "status": None, "nfe_number": 12, "shipping_items": [{"sku": "P-1", "quantity": 2}, {}]},
        None,
    ],
}


def test_an_order_in_all_its_oddities() -> None:
    order = order_of({"Order": SAMPLE})
    assert order is not None
    assert (order.original_id, order.external, order.status) == ("2000000000000001", "X-1", "approved")
    assert order.total == Decimal("52.38")
    assert order.expected_send == datetime(2025, 4, 29, 3, tzinfo=UTC)
    assert (order.receiver.name, order.receiver.state, order.receiver.zipcode) == ("Fulano De Tal", "SP", "01000000")
    assert order.receiver.phone == "11991122111"
    assert (order.payer.name, order.payer.document) == ("Fulano De Tal", "52998224725")
    assert [(one.sku, one.quantity) for one in order.items] == [("P-1", 2), ("", 0), ("123", 0)]
    assert order.payments[0].installments == "3"
    assert [(one.id, one.nfe_number, one.items) for one in order.shipments] == [("a", "12", (("P-1", 2),))]
    assert order.raw is SAMPLE


def test_an_order_without_id_is_none() -> None:
    assert order_of({"Order": {**SAMPLE, "id": None}}) is None
    assert order_of({"Order": {**SAMPLE, "id": {}}}) is None


def test_an_update_names_every_shipment_and_only_what_is_set() -> None:
    update = OrderUpdate(
        "invoiced",
        (
            ShipmentUpdate(
                "a", nfe_key="K", nfe_number="12", nfe_serie="1",
                nfe_date=datetime(2024, 7, 15, 18, 7, 7, tzinfo=UTC), status="invoiced",
            ),
            ShipmentUpdate("b"),
            ShipmentUpdate("", company="Correios", track_code="", date_shipped=datetime(2024, 7, 17, tzinfo=UTC)),
        ),
    )  # fmt: skip
    assert json.loads(jsontext.dumps(update_body(update))) == {
        "status": "invoiced",
        "shipments": [
            {
                "id": "a", "nfe_key": "K", "nfe_number": "12", "nfe_serie": "1",
                "nfe_date": "2024-07-15T18:07:07.000Z", "status": "invoiced",
            },
            {"id": "b"},
            {"shipping_company": "Correios", "track_code": "", "date_shipped": "2024-07-17T00:00:00.000Z"},
        ],
    }  # fmt: skip


PARENT: dict[str, Any] = {
    "id": "p", "sku": "P", "name": "Camisa", "quantity": 9, "price": 50, "stock_table": [],
    "variations": [
        {"id": "v1", "sku": "P-1", "name": "Azul", "quantity": "3", "price": "12.455", "special_price": None},
        {"id": None, "sku": "P-2", "name": "Camisa Verde", "price_table": [{"code": "x"}]},
        {"sku": None},
        None,
    ],
}  # fmt: skip


def test_variations_are_skus_of_their_own() -> None:
    first, second, _parent = products_of({"Product": PARENT})
    assert (first.sku, first.product_id, first.parent_sku, first.name) == ("P-1", "v1", "P", "Camisa Azul")
    assert (first.quantity, first.price, first.special_price) == (3, Decimal("12.46"), None)
    assert (second.product_id, second.name, second.has_price_table) == ("p", "Camisa Verde", True)
    assert not first.has_stock_table


def test_a_product_whose_variations_have_no_sku_sells_itself() -> None:
    assert [one.sku for one in products_of({**PARENT, "variations": [{"sku": None}, {"sku": "P"}]})] == ["P"]
    assert [one.sku for one in products_of({**PARENT, "variations": {}})] == ["P"]
    assert products_of({"id": "x", "sku": None}) == []


@pytest.mark.parametrize("table", [[{"code": "1"}], {"code": "1"}, {"0": {"code": "1"}}])
def test_a_table_of_any_shape_is_noticed(table: Any) -> None:
    for name in ("price_table", "stock_table"):
        found = find_sku({"id": "1", "sku": "A", name: table}, "A")
        assert found is not None
        assert getattr(found, f"has_{name}")


def test_a_sku_is_found_in_whatever_comes_back() -> None:
    for answer in (PARENT, {"Product": PARENT}):
        assert getattr(find_sku(answer, "P-1"), "product_id", None) == "v1"
        assert getattr(find_sku(answer, "p-1 "), "sku", None) == "p-1 "
        assert getattr(find_sku(answer, "P"), "product_id", None) == "p"
        assert find_sku(answer, "Q") is None
    assert getattr(find_sku({"id": "v1", "sku": "P-1"}, "P-1"), "product_id", None) == "v1"
    nothings: list[Any] = [None, [], "x", {}, {"Product": None}]
    for nothing in nothings:
        assert find_sku(nothing, "P") is None


def test_bodies() -> None:
    assert stock_body("A", 2) == {"action": "update", "quantity": 2, "sku": "A"}
    assert jsontext.dumps(price_body(Decimal("19.9"), Decimal(18))) == '{"price":19.90,"special_price":18.00}'
    for bad in ("0", "-1", "1.999", "NaN", "Infinity"):
        with pytest.raises(ValueError, match="not a price"):
            price_body(Decimal(bad), Decimal(1))
        with pytest.raises(ValueError, match="not a price"):
            price_body(Decimal(1), Decimal(bad))
