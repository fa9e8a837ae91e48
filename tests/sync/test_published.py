"""A status as text, and what of it is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from otimo_tray.domain.status import ALL_FLOWS, Flow, FlowStatus, Progress, State, Status, Trouble, Waiting
from otimo_tray.sync.published import comparable, read_status, status_text
from tests.support.clock import FakeClock


def test_a_status_survives_its_text() -> None:
    now = FakeClock().now()
    flows = {flow: FlowStatus(flow, flow is not Flow.PRICE, next_run=now, today={"pushed": 3}) for flow in ALL_FLOWS}
    flows[Flow.STOCK] = FlowStatus(
        Flow.STOCK, True, True, now, now, None, Trouble("P-110", {"host": "api", "seconds": 3}), Progress(1, 9, 2.5)
    )
    status = Status(State.ATTENTION, now, flows, Waiting(problems=2), now, Trouble("P-101"), now)
    assert read_status(status_text(status)) == status


@pytest.mark.parametrize("text", [None, "", "null", "[]", "{}", '{"version": 2}', '{"version": 1, "flows": 3}', "{"])
def test_what_is_no_status_is_none(text: str | None) -> None:
    assert read_status(text) is None


def test_a_timer_that_trembles_is_no_news() -> None:
    now = FakeClock().now()
    flows = {flow: FlowStatus(flow, True, next_run=now + timedelta(seconds=30)) for flow in ALL_FLOWS}
    status = Status(State.OK, now, flows)
    later = replace(
        status,
        at=now + timedelta(seconds=3),
        flows={f: replace(s, next_run=now + timedelta(seconds=30.02)) for f, s in flows.items()},
    )
    assert comparable(status) == comparable(later)
    assert comparable(status) != comparable(replace(status, state=State.SYNCING))
