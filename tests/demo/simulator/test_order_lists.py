"""Reading the list of orders to its end, and its filters with their traps."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import NOON, MakeHub, Outsider, Wall

DAY = 86400


def ids(page: Any) -> list[str]:
    return [entry["Order"]["id"] for entry in page["result"]]


@pytest.fixture
def seven(hub: Outsider) -> list[str]:
    """The ids of seven orders, oldest first; every other one is approved."""
    return [hub.order(status="pending" if i % 2 else "approved", external=i)["id"] for i in range(7)]


def test_an_empty_list_is_the_samples(hub: Outsider) -> None:
    assert hub.get("/orders") == {"total": 0, "showing": 0, "limit": 100, "result": []}


def test_next_walks_to_the_end(hub: Outsider, seven: list[str]) -> None:
    found: list[str] = []
    cursor = ""
    while True:
        page = hub.get(f"/orders?limit=3{cursor}")
        assert (page["total"], page["limit"], page["showing"]) == (7, 3, len(page["result"]))
        if not page["result"]:
            break
        found += ids(page)
        cursor = f"&next={found[-1]}"
    assert found == seven


def test_page_walks_to_the_end(hub: Outsider, seven: list[str]) -> None:
    pages = [ids(hub.get(f"/orders?limit=3&page={number}")) for number in (1, 2, 3, 4)]
    assert pages == [seven[:3], seven[3:6], seven[6:], []]


def test_next_still_finds_its_place_when_its_order_has_left_the_filter(hub: Outsider, seven: list[str]) -> None:
    hub.put(f"/orders/{seven[2]}", {"status": "invoiced"})
    assert ids(hub.get(f"/orders?status=approved&next={seven[2]}")) == [seven[4], seven[6]]


def test_a_cursor_past_the_end_answers_nothing_or_the_last_page_again(hub: Outsider, seven: list[str]) -> None:
    assert ids(hub.get(f"/orders?limit=3&next={seven[-1]}")) == []
    hub.switch(cursor_past_end="repeat")
    assert ids(hub.get(f"/orders?limit=3&next={seven[-1]}")) == seven[-3:]


def test_an_unknown_cursor_ends_the_list(hub: Outsider, seven: list[str]) -> None:
    assert ids(hub.get("/orders?next=ffffffffffffffffffffffff")) == []


def test_the_servers_maximum_is_a_switch(hub: Outsider, seven: list[str]) -> None:
    hub.switch(max_limit=2)
    page = hub.get("/orders?limit=500")
    assert (page["limit"], ids(page)) == (2, seven[:2])


@pytest.mark.parametrize("limit", ["", "0", "-3", "many", "1.5", "99999999999999999999"])
def test_a_limit_that_is_none_is_the_servers(hub: Outsider, seven: list[str], limit: str) -> None:
    assert hub.get(f"/orders?limit={limit}")["limit"] == 100


@pytest.mark.parametrize("page", ["0", "x", "99999999999999999999"])
def test_an_odd_page_number_is_no_crash(hub: Outsider, seven: list[str], page: str) -> None:
    assert hub.get(f"/orders?page={page}")["total"] == 7


def test_newest_first_is_a_switch(hub: Outsider, seven: list[str]) -> None:
    hub.switch(newest_first=True)
    first = ids(hub.get("/orders?limit=4"))
    assert first + ids(hub.get(f"/orders?limit=4&next={first[-1]}")) == seven[::-1]


def test_status_is_exact(hub: Outsider, seven: list[str]) -> None:
    assert ids(hub.get("/orders?status=approved")) == seven[::2]
    assert ids(hub.get("/orders?status=Approved")) == []
    assert ids(hub.get("/orders?status=appro")) == []


def test_a_comma_list_of_statuses_silently_loses_orders(hub: Outsider, seven: list[str]) -> None:
    assert ids(hub.get("/orders?status=approved,pending")) == seven[::2]
    hub.switch(comma_status="none")
    assert ids(hub.get("/orders?status=approved,pending")) == []


def test_external_finds_numbers_and_texts(hub: Outsider, seven: list[str]) -> None:
    text = hub.order(external="A-1")["id"]
    hub.order(external={"pack": 3})
    assert ids(hub.get("/orders?external=3")) == [seven[3]]
    assert ids(hub.get("/orders?external=A-1")) == [text]


def test_windows_of_days_and_times(hub: Outsider, wall: Wall) -> None:
    made: list[str] = []
    for day in range(4):  # 2025-10-09T08:53:20Z and the same time on the days after
        wall.moment = NOON + day * DAY
        hub.login()
        made.append(hub.order()["id"])
    assert ids(hub.get("/orders?created=2025-10-10to2025-10-11")) == made[1:3]
    assert ids(hub.get("/orders?created=2025-10-10")) == made[1:2]
    assert ids(hub.get("/orders?created=2025-10-11to")) == made[2:]
    assert ids(hub.get("/orders?created=to2025-10-09")) == made[:1]
    assert ids(hub.get("/orders?created=2025-10-09T08:53:20Zto2025-10-10T08:53:19.999Z")) == made[:1]
    assert ids(hub.get("/orders?created=2025-10-09T05:53:20-03:00to2025-10-10T00:00:00.000Z")) == made[:1]
    hub.put(f"/orders/{made[0]}", {"ack": True})
    assert ids(hub.get("/orders?modified=2025-10-12to2025-10-12")) == [made[0], made[3]]
    hub.switch(orders_modified_filter=False)
    assert ids(hub.get("/orders?modified=2025-10-12to2025-10-12")) == made


def test_midnight_belongs_to_the_day_it_begins(hub: Outsider, wall: Wall) -> None:
    wall.moment = 1_760_054_400.0  # 2025-10-10T00:00:00Z
    hub.login()
    own = hub.order()["id"]
    assert ids(hub.get("/orders?created=2025-10-09to2025-10-09")) == []
    assert ids(hub.get("/orders?created=2025-10-10to2025-10-10")) == [own]


@pytest.mark.parametrize(("zone", "found"), [("utc", 0), ("brasilia", 1)])
def test_the_zone_of_bare_dates_is_a_switch(hub: Outsider, wall: Wall, zone: str, found: int) -> None:
    wall.moment = NOON + 18 * 3600  # 02:53 of the 10th in UTC, still the 9th in Brasília
    hub.login()
    hub.order()
    hub.switch(bare_dates=zone)
    assert hub.get("/orders?created=2025-10-09to2025-10-09")["total"] == found


def test_whether_a_bare_end_includes_its_day_is_a_switch(hub: Outsider) -> None:
    hub.order()
    hub.switch(bare_end_whole_day=False)
    assert hub.get("/orders?created=2025-10-08to2025-10-09")["total"] == 0
    assert hub.get("/orders?created=2025-10-08to2025-10-10")["total"] == 1


def test_a_window_that_is_none_is_refused(hub: Outsider) -> None:
    answer = hub.call("GET", "/orders?created=yesterday")
    assert (answer.status_code, answer.json()["type"]) == (400, "invalid_filter")


def test_the_total_follows_what_is_written(make_hub: MakeHub) -> None:
    hub = make_hub(products=1).login()
    for number in range(3):
        assert hub.get("/orders?status=pending&limit=1")["total"] == number
        hub.order()
