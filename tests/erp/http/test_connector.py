"""What the connector asks for and what it makes of the answers."""

from __future__ import annotations

import base64
import importlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from otimo_tray.demo.erp.nfe_xml import Note, NoteLine, note_xml
from otimo_tray.domain.catalogue import RawRow
from otimo_tray.domain.orders import ErpOrder, ErpOrderLine, Order, OrderItem, Party, Payment, Shipment
from otimo_tray.erp.http import HttpErp
from otimo_tray.erp.http.connector import FULL_EVERY
from otimo_tray.erp.http.orders import key_of, order_document
from otimo_tray.errors import ErpAway, ErpMisconfigured, ErpRefusedOrder, ReadRefused, RowRefused
from tests.erp.http.canned import ZONE, Reply, canned, page, problem
from tests.support.clock import FakeClock

jsonschema: Any = importlib.import_module("jsonschema")  # its types are half known only
CONTRACT = Path(__file__).parents[3] / "resources" / "erp" / "openapi.yaml"


def item(code: str, balance: Any = "5", price: Any = "19.90", **more: Any) -> dict[str, Any]:
    return {"code": code, "balance": balance, "price": price, **more}


def read(erp: HttpErp) -> list[RawRow]:
    reading = erp.read_items()
    rows = [row for chunk in reading.chunks() for row in chunk]
    reading.accepted()
    return rows


def asked(log: Sequence[tuple[str, dict[str, str]]]) -> list[str]:
    return [line.partition("/otimo/v1")[2] for line, _ in log]


# --- readings --------------------------------------------------------------------------------------------------------


def test_pages_are_read_to_the_last_one() -> None:
    first = page([item("1"), item("2")], total=3, next="p2")
    with canned(first, page([item("3")], total=3)) as (erp, server):
        assert [row[0] for row in read(erp)] == ["1", "2", "3"]
        assert asked(server.asked) == ["/items?limit=2000", "/items?limit=2000&cursor=p2"]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (page([item("3")], total=3, snapshot="b"), "snapshot"),
        (page([item("3")], total=3, as_of="2026-11-24T12:00:01Z"), "snapshot"),
        (page([item("3")], total=4), "snapshot"),
        (page([item("3"), item("4")], total=3), "rows_told"),
        (page([], total=3), "rows_told"),
        (page([], total=3, next="p3"), "blank_page"),
    ],
)
def test_pages_that_do_not_make_a_whole_count_for_nothing(second: Reply, reason: str) -> None:
    with canned(page([item("1"), item("2")], total=3, next="p2"), second) as (erp, _):
        reading = erp.read_items()
        with pytest.raises(ReadRefused) as caught:
            list(reading.chunks())
    assert (caught.value.code, caught.value.params["reason"]) == ("E-290", reason)


@pytest.mark.parametrize("codes", [("1", "2", "2"), ("2", "1", "2"), ("1", "2", "1")])
def test_a_code_that_comes_twice_refuses_the_reading(codes: Sequence[str]) -> None:
    first = page([item(codes[0]), item(codes[1])], total=3, next="p2")
    with canned(first, page([item(codes[2])], total=3)) as (erp, _), pytest.raises(ReadRefused, match="E-291"):
        read(erp)


def test_a_reading_that_the_erp_gave_up_heals_at_the_next_run() -> None:
    with canned(page([item("1")], total=2, next="p2"), problem(410), page([item("1")])) as (erp, _):
        with pytest.raises(ErpAway, match="E-276"):
            read(erp)
        assert len(read(erp)) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({}, "items/1/code"), ({"code": 12}, "items/1/code"), ({"code": " "}, "items/1/code"), (7, "items/1")],
)
def test_an_item_without_a_code_is_named_by_its_place(wrong: Any, field: str) -> None:
    with canned(page([item("1"), wrong])) as (erp, _), pytest.raises(ErpMisconfigured) as caught:
        erp.read_items()
    assert (caught.value.code, caught.value.params["field"]) == ("E-284", field)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12.5", Decimal("12.5")),
        (12, Decimal(12)),
        (19.9, Decimal("19.9")),
        (None, None),
        ("", None),
    ],
)
def test_numbers_come_exact_in_whatever_form(value: Any, expected: Decimal | None) -> None:
    with canned(page([item("1"), item("2", price=value)])) as (erp, _):
        assert erp.parse_row(read(erp)[1]).price == expected


@pytest.mark.parametrize("value", ["sob consulta", "19,90", " 7", "1e3", True, {"a": 1}, [1], "1" * 44])
def test_a_value_that_is_none_refuses_its_row_alone(value: Any) -> None:
    with canned(page([item("1"), item("2", balance=value)])) as (erp, _):
        good, bad = read(erp)
        assert erp.parse_row(good).balance == 5
        with pytest.raises(RowRefused) as caught:
            erp.parse_row(bad)
    assert (caught.value.code, caught.value.params["code"], caught.value.params["field"]) == ("E-231", "2", "balance")


def test_texts_are_kept_and_half_characters_do_no_harm() -> None:
    name = "Cafeteira “São” 😀" + "á" * 5_000
    body = json.dumps(page([item("1", name=name), item("2", name="X")]).body).replace('"X"', '"\\ud83d!"')
    with canned(Reply(body=body.encode())) as (erp, _):
        rows = read(erp)
    assert rows[0][6] == name
    assert rows[1][6] == "\ufffd!"


def test_it_speaks_of_the_erps_moment_by_our_clock() -> None:
    clock = FakeClock()
    started = clock.now()
    stale = page([], as_of="2031-01-01T03:00:00-03:00", now="2031-01-01T06:10:00Z")
    ahead = page([], as_of="2031-01-01T07:00:00Z", now="2031-01-01T06:00:00Z")
    with canned(stale, ahead, clock=clock) as (erp, _):
        assert erp.read_items().as_of == started - timedelta(minutes=10)
        assert erp.read_items().as_of == started, "a moment that hasn't come yet is now"


# --- changes ---------------------------------------------------------------------------------------------------------


def test_changes_go_on_from_the_last_accepted_reading() -> None:
    first, second = "2026-11-24T09:00:00.5-03:00", "2026-11-24T12:05:00Z"
    change = page([item("1", "4")], full=False, as_of=second, snapshot="b")
    with canned(page([item("1")], as_of=first), change, change, page([], full=False)) as (erp, server):
        read(erp)
        reading = erp.read_items()
        assert not reading.full
        reading.refused(ReadRefused("E-250"))
        assert [row[1] for row in read(erp)] == ["4"]
        read(erp)
    since = "updated_since=2026-11-24T09%3A00%3A00.5-03%3A00"
    assert asked(server.asked) == [
        "/items?limit=2000",
        f"/items?limit=2000&{since}",
        f"/items?limit=2000&{since}",
        "/items?limit=2000&updated_since=2026-11-24T12%3A05%3A00Z",
    ]


def test_a_product_that_went_away_brings_a_whole_reading() -> None:
    gone = page([{"code": "2", "removed": True}], full=False, snapshot="b")
    with canned(page([item("1"), item("2")]), gone, page([item("1")], snapshot="c")) as (erp, server):
        read(erp)
        reading = erp.read_items()
        assert reading.full
        assert [row[0] for chunk in reading.chunks() for row in chunk] == ["1"]
        assert asked(server.asked)[2] == "/items?limit=2000"


def test_twice_a_day_everything_is_read_again() -> None:
    clock = FakeClock()
    with canned(page([item("1")], etag='"e"'), page([], full=False), page([item("1")]), clock=clock) as (erp, server):
        read(erp)
        read(erp)
        clock.advance(FULL_EVERY.total_seconds())
        assert len(read(erp)) == 1
    assert [("updated_since" in line, "If-None-Match" in headers) for line, headers in server.asked] == [
        (False, False),
        (True, False),
        (False, False),
    ]


def test_nothing_new_moves_only_the_moment() -> None:
    clock = FakeClock()
    nothing = page([], full=False, etag='W/"e1"')
    with canned(page([item("1")]), nothing, Reply(304, b""), clock=clock) as (erp, server):
        read(erp)
        read(erp)
        clock.advance(300)
        reading = erp.read_items()
        assert (list(reading.chunks()), reading.full, reading.as_of) == ([], False, clock.now())
        reading.accepted()
        read(erp)
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, None, 'W/"e1"', 'W/"e1"']


def test_an_erp_that_knows_no_changes_is_asked_for_everything_by_etag() -> None:
    clock = FakeClock()
    whole = page([item("1")], etag='"e1"')
    with canned(whole, whole, whole, Reply(304, b""), clock=clock) as (erp, server):
        for _ in range(4):
            read(erp)
    assert [("updated_since" in line, headers.get("If-None-Match")) for line, headers in server.asked] == [
        (False, None),
        (True, None),
        (False, None),
        (False, '"e1"'),
    ]


def test_an_etag_that_is_none_is_not_given_back() -> None:
    whole = page([item("1")], etag="e1\u00e9 x")
    with canned(whole, whole, whole, whole) as (erp, server):
        for _ in range(4):
            read(erp)
    assert [headers.get("If-None-Match") for _, headers in server.asked] == [None] * 4


# --- orders ----------------------------------------------------------------------------------------------------------


def an_order(hub_id: str = "6067aa") -> ErpOrder:
    party = Party(name="João", document="12345678909", city="São Paulo", state="SP")
    sale = Order(
        hub_id=hub_id,
        original_id="200123",
        status="approved",
        approved=datetime(2026, 11, 24, 3, 10, tzinfo=UTC),
        total=Decimal("52.70"),
        shipping=Decimal("1E+1"),
        payer=party,
        receiver=party,
        items=(OrderItem("SKU-1", "Caneca 😀", 2, Decimal("19.90")),),
        payments=(Payment("credit", "visa", "3", Decimal("52.70")),),
        shipments=(Shipment("1", company="Correios", method="Sedex"),),
    )
    lines = (
        ErpOrderLine("SKU-1", "000123", 2, Decimal("19.90"), Decimal("39.80")),
        ErpOrderLine("KIT", "00000A-1", 3, Decimal("3.3333"), Decimal("10.00")),
    )
    return ErpOrder(sale, lines)


RECEIPT = Reply(201, {"version": 1, "hub_id": "6067aa", "reference": "1234"})


def test_what_is_sent_is_what_the_contract_says() -> None:
    contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/Order", "components": contract["components"]}
    document = order_document(an_order())
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["freight"] == "10"
    assert [line["total"] for line in document["lines"]] == ["39.80", "10.00"]
    # Against a schema that takes everything:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({**document, "lines": []})


@pytest.mark.parametrize("hub_id", ["6067aa", "a/b", "..", "ação 😀", "x" * 300, "~x", ""])
def test_a_key_is_one_segment_that_tells_ids_apart(hub_id: str) -> None:
    contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    pattern = contract["paths"]["/orders/{key}"]["parameters"][0]["schema"]["pattern"]
    key = key_of(hub_id)
    jsonschema.validate(key, {"type": "string", "pattern": pattern}) if hub_id else None
    assert key == hub_id or base64.urlsafe_b64decode(key[1:] + "==").decode() == hub_id


def test_an_order_known_already_is_as_good_as_a_new_one() -> None:
    with canned(Reply(200, RECEIPT.body)) as (erp, server):
        assert erp.import_order(an_order()).reference == "1234"
        assert server.asked[0][0] == "PUT /otimo/v1/orders/6067aa"


def test_a_receipt_of_another_order_is_not_believed() -> None:
    wrong = Reply(200, {"version": 1, "hub_id": "outro", "reference": "1"})
    with canned(wrong) as (erp, _), pytest.raises(ErpMisconfigured, match="E-284"):
        erp.import_order(an_order())


@pytest.mark.parametrize(
    ("reply", "code", "params"),
    [
        (
            problem(422, errors=[{"pointer": "/lines/1/erp_code", "code": "unknown-item", "detail": "não há"}]),
            "E-243",
            {"code": "00000A-1", "sku": "KIT"},
        ),
        (
            problem(
                422, errors=[{"pointer": "/buyer/zipcode", "detail": "CEP?"}, {"pointer": "/freight", "detail": "não"}]
            ),
            "E-240",
            {"detail": "/buyer/zipcode: CEP?; /freight: não"},
        ),
        (
            problem(422, "Mês fechado", detail="O caixa de novembro está fechado."),
            "E-240",
            {"detail": "O caixa de novembro está fechado."},
        ),
        (problem(409, "Excluído"), "E-245", {"detail": "Excluído"}),
        (problem(422, errors=[{"pointer": "/lines/9/erp_code", "code": "unknown-item", "detail": "x"}]), "E-240", {}),
        (problem(422, errors="?"), "E-240", {}),
    ],
)
def test_a_refusal_tells_each_field_in_the_erps_words(reply: Reply, code: str, params: dict[str, str]) -> None:
    with canned(reply) as (erp, _), pytest.raises(ErpRefusedOrder) as caught:
        erp.import_order(an_order())
    assert caught.value.code == code
    assert caught.value.params["order"] == "200123"
    assert {name: caught.value.params[name] for name in params} == params


def test_an_order_that_is_not_there() -> None:
    with canned(problem(404, type="urn:otimo:order-unknown")) as (erp, _):
        assert erp.find_order("6067aa") is None


# --- invoices --------------------------------------------------------------------------------------------------------

KEY = "35261111222333000181550010000000011164099340"


def notes(*entries: Any, after: str = "9", more: bool = False, etag: str = "", **further: Any) -> Reply:
    body = {"version": 1, "invoices": list(entries), "next": after, "more": more, **further}
    return Reply(body=body, headers={"ETag": etag} if etag else {})


def test_documents_and_facts_and_what_is_neither() -> None:
    xml = note_xml(
        Note(1, datetime(2026, 11, 24, 9, tzinfo=ZONE), (NoteLine("7", "Caneca", 1, Decimal("19.90")),))
    ).decode()
    facts = {"key": KEY, "number": "000001", "serie": "1", "issued": "2026-11-24T23:30:00-03:00", "total": "19.90"}
    wrong = [{**facts, "issued": "ontem"}, {**facts, "number": "x"}, {**facts, "total": "1,2"}, {**facts, "key": ""}]
    entries = [
        {"id": "1", "xml": xml, "order": "200123"},
        {"id": "2", "nfe": {**facts, "cancelled": True, "buyer_document": "123.456.789-09"}},
        *({"id": f"w{place}", "nfe": one} for place, one in enumerate(wrong)),
        {"id": "9", "xml": "<lixo/>"},
        {"id": "10"},
        7,
        {"id": "11", "xml": '<!DOCTYPE x [<!ENTITY a "b">]><NFe>&a;</NFe>'},
    ]
    with canned(notes(*entries)) as (erp, _):
        batch = erp.invoices("")
    first, second = batch.invoices
    assert (first.order_ref, first.number, first.total) == ("200123", "1", Decimal("19.90"))
    assert (second.key, second.number, second.cancelled, second.buyer_document) == (KEY, "1", True, "12345678909")
    assert (second.issued, second.issued_date) == (datetime(2026, 11, 25, 2, 30, tzinfo=UTC), "2026-11-24")
    assert [error.code for _, error in batch.refused] == ["I-716"] * 4 + ["I-710", "I-714", "I-714", "I-712"]
    assert batch.refused[4][0] == "nota 9"


def test_the_cursor_goes_on_and_a_strange_one_starts_anew() -> None:
    with canned(notes(after="5"), notes(after="7"), notes()) as (erp, server):
        cursor = erp.invoices("").cursor
        erp.invoices(cursor)
        erp.invoices("2026-11-24|17")  # another connector's, saved before the way into the ERP was changed
    assert asked(server.asked) == [
        "/invoices?limit=200",
        "/invoices?limit=200&cursor=5",
        "/invoices?limit=200",
    ]


def test_a_cursor_that_the_erp_forgot_starts_anew() -> None:
    with canned(problem(410), notes({"id": "1", "xml": "<lixo/>"}, after="3")) as (erp, server):
        batch = erp.invoices("http:999")
        assert (len(batch.refused), batch.cursor) == (1, "http:3")
        assert asked(server.asked)[1] == "/invoices?limit=200"


def test_a_cursor_that_does_not_move_is_not_followed_for_ever() -> None:
    with (
        canned(notes({"id": "1", "xml": "<lixo/>"}, after="3")) as (erp, _),
        pytest.raises(ErpMisconfigured, match="E-284"),
    ):
        erp.invoices("http:3")


def test_quiet_invoices_cost_an_etag() -> None:
    with canned(notes(after="9", etag='"n"'), Reply(304, b"")) as (erp, server):
        assert erp.invoices("http:9").cursor == "http:9"
        batch = erp.invoices("http:9")
        assert (batch.invoices, batch.cursor) == ((), "http:9")
        assert server.asked[1][1]["If-None-Match"] == '"n"'


def test_basic_is_sent_as_user_and_password() -> None:
    from otimo_tray.domain.settings import ErpSettings
    from otimo_tray.erp.http import open_http_erp

    with canned(problem(404, type="urn:otimo:order-unknown")) as (_, server):
        settings = ErpSettings(kind="http", address=f"http://localhost:{server.port}/otimo/v1/", auth="basic")
        erp = open_http_erp(settings, "joão:s:enha", ZONE, FakeClock())
        assert erp.find_order("1") is None
        erp.close()
        sent = server.asked[0][1]["Authorization"].removeprefix("Basic ")
        assert base64.b64decode(sent).decode() == "joão:s:enha"


@pytest.mark.parametrize(
    ("more", "further", "complete"),
    [
        (False, {"complete": True}, True),
        (False, {"complete": False}, False),
        (False, {"complete": None}, False),
        (False, {}, False),
        (True, {"complete": True}, False),
    ],
)
def test_only_an_erp_that_says_so_has_shown_every_note(more: bool, further: dict[str, Any], complete: bool) -> None:
    with canned(notes(more=more, **further)) as (erp, _):
        assert erp.invoices("http:9").complete is complete


def test_what_is_neither_true_nor_false_is_no_answer() -> None:
    with canned(notes(complete="sim")) as (erp, _), pytest.raises(ErpMisconfigured, match="E-284") as caught:
        erp.invoices("http:9")
    assert caught.value.params["field"] == "complete"


def test_an_unchanged_list_is_as_complete_as_it_was() -> None:
    replies = [notes(complete=True, etag='"n"'), Reply(304, b""), notes(etag='"m"'), Reply(304, b"")]
    with canned(*replies) as (erp, server):
        assert [erp.invoices("http:9").complete for _ in range(4)] == [True, True, False, False]
        assert [headers.get("If-None-Match") for _, headers in server.asked] == [None, '"n"', '"n"', '"m"']


def test_an_unchanged_list_of_another_place_says_nothing_of_this_one() -> None:
    with canned(notes(after="9", complete=True, etag='"n"'), notes(after="8")) as (erp, server):
        assert erp.invoices("http:9").complete
        assert not erp.invoices("http:8").complete
        assert server.asked[1][1].get("If-None-Match") is None
