"""The tray is quiet by rule, and each balloon leads to where it can be handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from otimo_tray.domain.status import State, Status, Trouble, Waiting
from otimo_tray.ui.notices import KINDS, Notices
from otimo_tray.ui.rail import PAGES
from tests.ui.shop import NOW, calm_status


def at(seconds: float, *, state: State = State.ATTENTION, trouble: Trouble | None = None, **counts: int) -> Status:
    return replace(
        calm_status(state=state, waiting=Waiting(**counts), trouble=trouble), at=NOW + timedelta(seconds=seconds)
    )


@pytest.fixture
def notices() -> Notices:
    """One that has been up for a while, with nothing waiting."""
    made = Notices()
    for seconds in range(0, 61, 20):
        assert made.look(at(seconds, state=State.OK), "") is None
    return made


def test_nothing_right_after_a_start_and_after_a_wake() -> None:
    notices = Notices()
    assert notices.look(at(0, held=1), "") is None
    assert notices.look(at(10, held=1), "") is None
    found = notices.look(at(16, held=1), "")
    assert found is not None
    assert notices.look(at(3600, held=2), "") is None  # the PC slept
    assert notices.look(at(3616, held=2), "") is not None


def test_nothing_for_what_heals_and_for_everyday_work(notices: Notices) -> None:
    assert notices.look(at(80, state=State.AWAY, trouble=Trouble("P-110")), "…") is None
    assert notices.look(at(100, state=State.ATTENTION, trouble=Trouble("P-120")), "…") is None
    assert notices.look(at(120, tracking_codes=38, unmapped_skus=12, unsent_values=200), "") is None


def test_many_things_are_one_balloon_that_leads_to_the_most_urgent(notices: Notices) -> None:
    found = notices.look(at(80, problems=3, cancelled_orders=1, held=2), "")
    assert found is not None
    assert found.place == "orders"
    assert found.text.splitlines() == [
        "1 pedido cancelado: não despache",
        "2 envios aguardam sua liberação",
        "3 problemas",
    ]
    assert notices.look(at(100, problems=3, cancelled_orders=1, held=2), "") is None


def test_then_it_is_silent_for_a_while_but_not_about_a_cancelled_order(notices: Notices) -> None:
    assert notices.look(at(80, problems=1), "") is not None
    assert notices.look(at(140, problems=2), "") is None
    assert notices.look(at(200, problems=2, cancelled_orders=1), "") is not None
    for seconds in range(300, 800, 100):
        assert notices.look(at(seconds, problems=5, cancelled_orders=1), "") is None
    found = notices.look(at(801, problems=5, cancelled_orders=1), "")
    assert found is not None
    assert found.text == "5 problemas"


def test_what_was_seen_or_handled_is_not_told_and_what_comes_back_is(notices: Notices) -> None:
    assert notices.look(at(80, problems=4), "", seen=True) is None
    assert notices.look(at(100, problems=4), "") is None
    assert notices.look(at(120, problems=1), "") is None
    assert notices.look(at(140, problems=2), "") is not None


@pytest.mark.parametrize(("code", "place"), [("P-101", "settings"), ("C-412", "settings"), ("E-220", "panel")])
def test_a_trouble_that_needs_a_person_leads_to_its_place(notices: Notices, code: str, place: str) -> None:
    found = notices.look(at(80, trouble=Trouble(code)), "A frase.")
    assert found is not None
    assert (found.text, found.place) == ("A frase.", place)
    assert notices.look(at(100, trouble=Trouble(code)), "A frase.") is None


def test_every_place_is_a_page() -> None:
    assert {place for _, place in KINDS} <= set(PAGES)
