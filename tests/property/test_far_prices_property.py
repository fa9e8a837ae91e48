"""Properties of the guard against shifted columns: it holds all that changes, or nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from otimo_tray.domain.guard import judge_plan
from otimo_tray.domain.plan import PlannedPush
from otimo_tray.domain.settings import GuardSettings

_pushes = st.builds(
    PlannedPush,
    sku=st.sampled_from([f"P{n}" for n in range(9)]),
    kind=st.just("price"),
    value=st.sampled_from(["1.00/1.00", "9.00/9.00", "9.50/9.50"]),
    previous=st.sampled_from([None, "9.00/9.00"]),
    reason=st.just("changed"),
    guard=st.sampled_from([None, None, "G-211", "G-212"]),
)


@given(st.lists(_pushes, max_size=30), st.integers(0, 60), st.integers(0, 100), st.integers(0, 20))
def test_above_the_threshold_nothing_that_changes_is_free(
    pushes: list[PlannedPush], mapped: int, percent: int, minimum: int
) -> None:
    settings = GuardSettings(far_prices_percent=percent, minimum_items=minimum, changes_percent=100, zero_percent=100)
    verdict = judge_plan(pushes, mapped, True, settings)
    far = sum(1 for push in pushes if push.guard == "G-211")
    if mapped >= minimum and far * 100 > mapped * percent:
        assert all(push.value == push.previous for push in verdict.free)
    else:
        assert "G-224" not in verdict.held
    for before, after in zip(pushes, verdict.pushes, strict=True):
        assert before.guard in (None, after.guard)  # a push held on its own keeps its guard
