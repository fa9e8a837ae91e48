"""Lists are read to their end, whichever way the hub pages, and every entry comes once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from otimo_tray.errors import HubAway
from tests.support_pluggto.doubles import hub_at
from tests.support_pluggto.server import Reply, ScriptedHub, Seen, listing

Pager = Callable[[dict[str, str], list[Any]], dict[str, Any]]


def orders(count: int) -> list[Any]:
    return [{"id": f"{number:024x}", "status": "approved"} for number in range(1, count + 1)]


def _after(asked: dict[str, str], entries: list[Any]) -> int:
    if "next" in asked:
        return next((at + 1 for at, one in enumerate(entries) if one["id"] == asked["next"]), len(entries))
    return (int(asked.get("page", 1)) - 1) * 100


def by_next(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 100], total=len(entries))


def lower_maximum(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 30], limit=30, total=len(entries))


def silent_lower_maximum(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    """Gives 30 and says 100; only `total` tells."""
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 30], total=len(entries))


def no_numbers(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return {"result": [{"Order": one} for one in entries[start : start + 100]]}


def total_of_the_page(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 100])


def total_left(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 100], total=len(entries) - start)


def ignores_next(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = (int(asked.get("page", 1)) - 1) * 100
    return listing("Order", entries[start : start + 100], total=len(entries))


def ignores_next_without_total(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    answer = ignores_next(asked, entries)
    del answer["total"]
    return answer


def repeats_the_last_page(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = min(_after(asked, entries), max(0, len(entries) - 100))
    answer = listing("Order", entries[start : start + 100])
    del answer["total"]
    return answer


def numbers_as_text(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return listing("Order", entries[start : start + 100]) | {"limit": "100", "total": str(len(entries))}


def bare_entries(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    start = _after(asked, entries)
    return {"total": len(entries), "limit": 100, "result": entries[start : start + 100]}


PAGERS: list[Pager] = [
    by_next,
    lower_maximum,
    silent_lower_maximum,
    no_numbers,
    total_of_the_page,
    total_left,
    ignores_next,
    ignores_next_without_total,
    repeats_the_last_page,
    numbers_as_text,
    bare_entries,
]


def read(pager: Pager, entries: list[Any], max_pages: int | None = None) -> tuple[list[str], list[Seen]]:
    def script(seen: Seen) -> Reply:
        return Reply(pager({name: one[0] for name, one in parse_qs(seen.query).items()}, entries))

    with ScriptedHub(script) as server:
        hub = hub_at(server.address)
        found = [one.hub_id for one in hub.orders("approved", max_pages=max_pages)]
        hub.close()
        return found, server.seen


@pytest.mark.parametrize("count", [0, 1, 100, 101, 350])
@pytest.mark.parametrize("pager", PAGERS, ids=[one.__name__ for one in PAGERS])
def test_to_the_end_and_each_once(pager: Pager, count: int) -> None:
    entries = orders(count)
    found, seen = read(pager, entries)
    assert found == [one["id"] for one in entries]
    least = -(-count // (30 if "lower" in pager.__name__ else 100))
    assert len(seen) <= least + 3


def test_the_usual_list_costs_no_call_too_many() -> None:
    assert [len(read(by_next, orders(count))[1]) for count in (0, 1, 99, 101, 199)] == [1, 1, 1, 2, 2]


def test_it_asks_as_the_interface_says() -> None:
    _, seen = read(by_next, orders(150))
    assert [parse_qs(one.query) for one in seen] == [
        {"status": ["approved"], "limit": ["100"]},
        {"status": ["approved"], "limit": ["100"], "next": [f"{100:024x}"]},
    ]


def dated(count: int) -> list[Any]:
    """Orders with a date, the oldest first."""
    return [{**one, "created": f"2026-01-01T{at // 60:02}:{at % 60:02}:00Z"} for at, one in enumerate(orders(count))]


def ignores_page(asked: dict[str, str], entries: list[Any]) -> dict[str, Any]:
    return by_next({name: one for name, one in asked.items() if name != "page"}, entries)


NEWEST: list[Pager] = [by_next, no_numbers, ignores_next, ignores_page]


@pytest.mark.parametrize("pager", NEWEST, ids=[one.__name__ for one in NEWEST])
@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newest_pages_are_at_whichever_end(pager: Pager, newest_first: bool) -> None:
    entries = dated(450)
    shown = entries[::-1] if newest_first else entries
    found, seen = read(pager, shown, max_pages=2)
    assert {one["id"] for one in entries[-100:]} <= set(found)
    assert len(found) == len(set(found))
    if pager in (by_next, ignores_next):
        assert len(seen) <= 3


@pytest.mark.parametrize("count", [0, 1, 100, 101, 200])
def test_the_newest_pages_of_a_short_list_are_all_of_it(count: int) -> None:
    for entries in (dated(count), dated(count)[::-1], orders(count)):
        found, _ = read(by_next, entries, max_pages=2)
        assert set(found) == {one["id"] for one in entries}


def test_the_newest_pages_where_the_hub_gives_fewer_than_asked() -> None:
    entries = dated(95)

    def small(asked: dict[str, str], given: list[Any]) -> dict[str, Any]:
        start = (int(asked.get("page", 1)) - 1) * 30
        return listing("Order", given[start : start + 30], total=len(given))

    found, _ = read(small, entries, max_pages=2)
    assert {one["id"] for one in entries[-35:]} <= set(found)


def test_entries_that_arrive_meanwhile_do_not_hide_others() -> None:
    """A new order on top shifts numbered pages by one; the known one is passed over, none is lost."""
    entries = orders(250)
    late = {"id": "f" * 24, "status": "approved"}

    def shifting(asked: dict[str, str], given: list[Any]) -> dict[str, Any]:
        return ignores_next(asked, given if "page" not in asked and "next" not in asked else [late, *given])

    found, _ = read(shifting, entries)
    assert set(found) >= {one["id"] for one in entries}
    assert len(found) == len(set(found))


def test_an_entry_without_id_is_skipped_with_a_line(caplog: pytest.LogCaptureFixture) -> None:
    entries: list[Any] = [*orders(2), {"status": "approved"}, {"id": None}, 7]
    found, _ = read(bare_entries, entries)
    assert found == [f"{1:024x}", f"{2:024x}"]
    assert "without id" in caplog.text


@pytest.mark.parametrize("answer", [{}, {"result": None}, {"result": "none"}, [], "text", {"total": 3}])
def test_no_list_is_no_empty_list(answer: Any) -> None:
    with ScriptedHub(lambda _: Reply(answer)) as server:
        hub = hub_at(server.address)
        with pytest.raises(HubAway) as caught:
            list(hub.products())
        hub.close()
    assert caught.value.code == "P-111"


def test_an_order_of_another_status_is_not_taken() -> None:
    """A hub that ignores the filter must not make us import what isn't approved."""
    entries: list[Any] = [*orders(2), {"id": "a" * 24, "status": "pending"}, {"id": "b" * 24}]
    assert len(read(bare_entries, entries)[0]) == 2
