"""An order that is asked for at one desk and brought by another: the answer's way back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from typing import cast

import pytest

from otimo_tray.errors import StoreAway
from otimo_tray.sync.asking import Ask
from otimo_tray.sync.order_asks import FACT_ANSWERS, OrderAsks
from otimo_tray.sync.storage import Storage
from tests.support.clock import FakeClock


class Facts:
    """Facts on a server that may not answer."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.fault: StoreAway | None = None

    def get(self, name: str) -> str | None:
        if self.fault is not None:
            raise self.fault
        return self.kept.get(name)


class State:
    def __init__(self) -> None:
        self.facts = Facts()


def test_an_answer_that_could_not_be_read_is_read_again() -> None:
    state, sent = State(), Queue[Ask]()
    asks = OrderAsks(cast(Storage, state), lambda word, storage: None, FakeClock(), sent.put, lambda: None)
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(asks.ask, "77", 20.0)
        state.facts.kept[FACT_ANSWERS] = json.dumps({sent.get(timeout=20.0).id: {"found": 2}})
        asks.hear()
        state.facts.fault = StoreAway("L-336")
        with pytest.raises(StoreAway):
            asks.read()
        state.facts.fault = None
        asks.read()
        assert found.result() == 2
