"""Large steps in small ones give what one step gives."""

from __future__ import annotations

import random

import pytest

from otimo_tray.sync.gently import STEP, in_order, let_go


@pytest.mark.parametrize("count", [0, 1, STEP, STEP + 1, 5 * STEP + 7])
def test_an_order_in_runs_is_the_order(count: int) -> None:
    chance = random.Random(count)
    texts = {f"SKU-{chance.randrange(10**9)}-ç" for _ in range(count)}
    assert in_order(texts) == sorted(texts)


def test_a_long_list_is_let_go_whole() -> None:
    things: list[object] = [object() for _ in range(2 * STEP + 5)]
    let_go(things)
    assert things == []
