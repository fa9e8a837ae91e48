"""The quick part of the fault loop: every kind of fault, some of its points."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import loop
from tests.faults.breaks import Break, forget_hooks

STRIDES = {"database statements": 47}
WHOLE_DAY = (
    "HTTP calls, 500", "HTTP calls, 401", "HTTP calls, drop", "keyring calls", "ERP calls (demo), before their effect",
)  # fmt: skip
"""Here only the case that has all flows in one."""


@pytest.fixture(autouse=True)
def no_hooks() -> Iterator[None]:
    """Nothing listens to file operations after a test."""
    yield
    forget_hooks()


@pytest.mark.parametrize("number", range(len(loop.breaks())), ids=[one.name for one in loop.breaks()])
def test_both_sides_agree_after_each_single_fault(number: int) -> None:
    broken: Break = loop.breaks()[number]
    cases = loop.CASES[-1:] if broken.name in WHOLE_DAY else loop.CASES
    row = loop.run_break(broken, cases=cases, stride=STRIDES.get(broken.name, 4))
    assert row.told == []
    assert row.tried >= 2


def test_a_loop_that_never_compared_would_be_noticed() -> None:
    """The comparison sees what is really missing: a value that somebody changed at the hub behind our back."""
    broken = loop.breaks()[0]
    sabotage = loop.Case("sabotage", (), lambda shop, _: None, lambda shop, _: shop.balances.update({"000001": 1}))
    row = loop.run_break(broken, cases=(sabotage,))
    assert row.lost == 1
