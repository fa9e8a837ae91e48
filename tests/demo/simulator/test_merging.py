"""The merge of a PUT as a function: what holds for any body."""

from __future__ import annotations

import copy
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.demo.simulator.merging import merge
from otimo_tray.demo.simulator.switches import Switches
from otimo_tray.demo.simulator.template import ORDER, READ_ONLY, SHIPMENT

Json = dict[str, Any]
NOW = "2025-10-09T08:53:20.000Z"
PRESENT = ("a" * 24, "b" * 24)
LISTS = {"shipments", "payments", "items", "log_history", "tags", "commission", "status"}

scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.floats(-9, 9)
plain = st.dictionaries(st.sampled_from(sorted(ORDER.keys() - LISTS)), scalars, max_size=6)
shipment = st.fixed_dictionaries(
    {"id": st.sampled_from(PRESENT)},
    optional=dict.fromkeys(sorted(SHIPMENT.keys() - {"id"})[:12], scalars),
)


def _body(fields: Json, shipments: list[Json], status: str) -> Json:
    return fields | {"shipments": shipments, "status": status}


bodies: st.SearchStrategy[Json] = st.builds(
    _body, plain, st.lists(shipment, max_size=3), st.sampled_from(["approved", "invoiced", "anything"])
)


def put(order: Json, body: Json, switches: Switches | None = None) -> Json:
    numbers = count()
    return merge(order, body, NOW, switches or Switches(), lambda: f"{next(numbers):024x}")


def an_order() -> Json:
    shipments = [SHIPMENT | {"id": own} for own in PRESENT]
    return copy.deepcopy(ORDER | {"id": "c" * 24, "status": "approved", "shipments": shipments})


@given(bodies)
def test_the_same_body_twice_changes_nothing_the_second_time(body: Json) -> None:
    once = put(an_order(), body)
    assert put(once, body) == once


@given(bodies)
def test_what_a_body_doesnt_name_stays_and_the_order_given_is_left_alone(body: Json) -> None:
    order = an_order()
    merged = put(order, body)
    assert order == an_order()
    derived = {"status_history", "tags", "approved_date"}
    for name in ORDER.keys() - body.keys() - derived:
        assert merged[name] == order[name]
    for name in READ_ONLY - derived:
        assert merged[name] == order[name]
    assert [one["id"] for one in merged["shipments"]] == list(PRESENT)


@given(bodies, st.lists(st.fixed_dictionaries({}, optional={"status": scalars}), min_size=1, max_size=3))
def test_every_shipment_without_an_id_is_one_more(body: Json, strangers: list[Json]) -> None:
    merged = put(an_order(), body | {"shipments": [*body["shipments"], *strangers]})
    assert len(merged["shipments"]) == len(PRESENT) + len(strangers)
    assert len({one["id"] for one in merged["shipments"]}) == len(merged["shipments"])


@given(bodies)
def test_under_the_other_reading_only_the_named_shipments_are_left(body: Json) -> None:
    merged = put(an_order(), body, Switches(left_out_shipments="vanish"))
    assert {one["id"] for one in merged["shipments"]} == {one["id"] for one in body["shipments"]}
